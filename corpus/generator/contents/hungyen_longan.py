# ruff: noqa: E501 - sentences stay on one line
"""A programme (Chương trình) of several years: a table of targets with a column a year, sub-items that name their units."""

from corpus.generator.forms import SPELLINGS, Form
from corpus.generator.spec import Closing, Document, Grid, Item, Letterhead, Target
from corpus.generator.writing import assigned, by, duties, every, prose, section, share, task

FORM = Form(scheme="letters", spelling=SPELLINGS[5], separator=", ", line_mark="* ")

END = "2030-12-31"


def _yearly(name: str, unit: str, values: tuple[float, float, float], base: float) -> tuple[Target, ...]:
    """The three targets of a row of the table: 2026, 2028, 2030."""
    return tuple(
        share(name, name, value, unit, base=base, by=f"{year}-12-31")
        for year, value in zip((2026, 2028, 2030), values, strict=True)
    )


TARGETS = Grid(
    rows=(
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng 2025", "Năm 2026", "Năm 2028", "Năm 2030"),
        ("1", "Diện tích nhãn, vải trồng theo quy trình VietGAP", "ha", "1.350", "1.600", "2.200", "3.000"),
        ("2", "Số mã số vùng trồng được cấp phục vụ xuất khẩu", "mã", "46", "55", "80", "120"),
        ("3", "Tỷ lệ sản lượng tiêu thụ qua hợp đồng liên kết", "%", "18", "22", "35", "50"),
    ),
    widths=(0.65, 3.2, 1.0, 1.1, 1.0, 1.0, 1.0),
    targets=(
        *_yearly("Diện tích nhãn, vải trồng theo quy trình VietGAP", "ha", (1600, 2200, 3000), 1350),
        *_yearly("Số mã số vùng trồng được cấp phục vụ xuất khẩu", "mã", (55, 80, 120), 46),
        *_yearly("Tỷ lệ sản lượng tiêu thụ qua hợp đồng liên kết", "%", (22, 35, 50), 18),
    ),
)

DOCUMENT = Document(
    name="hungyen-ctr-nhan-vai",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Hưng Yên",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH HƯNG YÊN"),
        number="03/CTr-UBND",
        kind="Chương trình",
        place="Hưng Yên",
        day="2026-05-08",
        subject="Phát triển cây nhãn, cây vải theo chuỗi giá trị trên địa bàn tỉnh Hưng Yên giai đoạn 2026-2030",
    ),
    opening=(
        prose(
            "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ I, nhiệm kỳ 2025-2030, UBND tỉnh ban hành Chương trình với các nội dung sau:"
        ),
    ),
    body=(
        section(
            "QUAN ĐIỂM, MỤC TIÊU",
            section(
                "Quan điểm",
                prose(
                    "Phát triển cây ăn quả đặc sản phải gắn với thị trường, lấy chất lượng và chỉ dẫn địa lý làm trọng tâm; Nhà nước hỗ trợ, doanh nghiệp và hợp tác xã giữ vai trò chính."
                ),
                rank="head",
            ),
            section(
                "Mục tiêu",
                prose(
                    "Hình thành vùng sản xuất nhãn, vải tập trung, có truy xuất nguồn gốc, nâng cao thu nhập của người trồng. Các chỉ tiêu chủ yếu như sau:"
                ),
                TARGETS,
                rank="head",
            ),
        ),
        section(
            "NHIỆM VỤ VÀ GIẢI PHÁP",
            section(
                "Tổ chức lại sản xuất",
                assigned(
                    "Rà soát, khoanh vùng trồng tập trung; lập bản đồ số vùng trồng nhãn lồng, vải lai chín sớm.",
                    lead=["Sở Nông nghiệp và Môi trường"],
                    support=["UBND các xã có diện tích trồng từ 30 ha"],
                    due=by("Quý III năm 2026", "2026-09-30"),
                    rank="sub",
                ),
                assigned(
                    "Hỗ trợ 40 hợp tác xã xây dựng kho lạnh, nhà sơ chế:",
                    "Hỗ trợ 50% chi phí thiết bị nhưng không quá 800 triệu đồng/hợp tác xã;",
                    "Ưu tiên hợp tác xã có hợp đồng liên kết từ 03 năm trở lên.",
                    lead=["Liên minh Hợp tác xã tỉnh"],
                    support=["Sở Tài chính", "Sở Nông nghiệp và Môi trường"],
                    due=by("2026-2028", "2028-12-31", "2026-01-01"),
                    rank="sub",
                    targets=[
                        share(
                            "Hỗ trợ 40 hợp tác xã xây dựng kho lạnh, nhà sơ chế",
                            "hợp tác xã được hỗ trợ xây dựng kho lạnh, nhà sơ chế",
                            40,
                            "hợp tác xã",
                            by="2028-12-31",
                        )
                    ],
                ),
                rank="head",
            ),
            section(
                "Xúc tiến thương mại, chế biến",
                Item(
                    "Mở rộng thị trường xuất khẩu",
                    "sub",
                    body=(
                        task(
                            "Sở Công Thương tổ chức 02 đoàn doanh nghiệp khảo sát thị trường Nhật Bản, Hàn Quốc trong năm 2027.",
                            lead=["Sở Công Thương"],
                            due=by("trong năm 2027", "2027-12-31"),
                            targets=[
                                share(
                                    "tổ chức 02 đoàn doanh nghiệp khảo sát thị trường Nhật Bản, Hàn Quốc",
                                    "đoàn doanh nghiệp khảo sát thị trường Nhật Bản, Hàn Quốc",
                                    2,
                                    "đoàn",
                                    by="2027-12-31",
                                )
                            ],
                        ),
                        task(
                            "Sở Nông nghiệp và Môi trường hỗ trợ cấp mã số vùng trồng, mã số cơ sở đóng gói; chậm nhất ngày 31/3 hằng năm công bố danh sách.",
                            lead=["Sở Nông nghiệp và Môi trường"],
                            due=every("chậm nhất ngày 31/3 hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
                        ),
                        task(
                            "Các doanh nghiệp xuất khẩu ký hợp đồng bao tiêu với hợp tác xã trước vụ thu hoạch.",
                            lead=["Các doanh nghiệp xuất khẩu"],
                        ),
                    ),
                ),
                assigned(
                    "Tổ chức Lễ hội Nhãn lồng kết hợp quảng bá trên sàn thương mại điện tử.",
                    lead=["Sở Công Thương"],
                    support=["Sở Văn hóa, Thể thao và Du lịch", "Bưu điện tỉnh"],
                    due=every("tháng 8 hằng năm", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"),
                    rank="sub",
                ),
                assigned(
                    "Kêu gọi đầu tư nhà máy chế biến long nhãn, nước vải đóng hộp tại Cụm công nghiệp Tân Dân.",
                    lead=["Sở Tài chính"],
                    support=["Sở Công Thương"],
                    due=by("trước năm 2029", "2028-12-31"),
                    rank="sub",
                ),
                rank="head",
            ),
            section(
                "Khoa học và công nghệ",
                *(
                    task("Nghiên cứu, chọn tạo các dòng nhãn chín muộn, kháng bệnh chổi rồng.", "sub"),
                    task("Ứng dụng cảm biến, tưới tiết kiệm nước cho vùng trồng tập trung.", "sub"),
                    task("Duy trì chỉ dẫn địa lý “Nhãn lồng Hưng Yên”, mở rộng bảo hộ ra nước ngoài.", "sub"),
                ),
                rank="head",
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Sở Nông nghiệp và Môi trường",
                "Là cơ quan thường trực, chủ trì tham mưu, hướng dẫn thực hiện Chương trình.",
                task(
                    "Trước ngày 15/12 hằng năm, xây dựng kế hoạch thực hiện của năm sau trình UBND tỉnh.",
                    due=every("Trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
                ),
                task(
                    "Tổ chức sơ kết giữa kỳ trong Quý IV/2028, tổng kết Chương trình vào cuối năm 2030.",
                    due=by("trong Quý IV/2028, tổng kết Chương trình vào cuối năm 2030", END),
                ),
            ),
            duties("Sở Tài chính", "Bố trí vốn sự nghiệp hằng năm cho Chương trình; hướng dẫn thanh quyết toán."),
            duties(
                "UBND các xã, phường",
                "Cụ thể hóa nội dung Chương trình vào kế hoạch phát triển kinh tế - xã hội của địa phương.",
                task(
                    "Kiểm tra vùng trồng đã cấp mã số; hằng quý báo cáo Sở Nông nghiệp và Môi trường.",
                    due=every("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
                ),
            ),
        ),
    ),
    closing=Closing(
        ("Thường trực Tỉnh ủy;", "Các sở, ban, ngành, đoàn thể tỉnh;", "UBND các xã, phường;", "Lưu: VT, KTNN."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Vũ Thị Lan Hương",
    ),
)
