# ruff: noqa: E501 - sentences stay on one line
"""A district's plan from before 1/7/2025: Word's automatic numbering, directive items without units, then duties."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Item, Letterhead, Work
from corpus.generator.writing import by, duties, every, prose, section, share, task

FORM = Form(automatic=True, scheme="classic")

YEAR_END = "2025-12-31"

DOCUMENT = Document(
    name="huyen-vanho-kh-hop-tac-xa",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân huyện Vân Hồ",
        lines=("ỦY BAN NHÂN DÂN", "HUYỆN VÂN HỒ"),
        number="29/KH-UBND",
        kind="Kế hoạch",
        place="Vân Hồ",
        day="2025-02-17",
        subject="Phát triển kinh tế tập thể, hợp tác xã trên địa bàn huyện năm 2025",
    ),
    opening=(
        prose(
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 14/01/2025 của UBND tỉnh Sơn La, UBND huyện Vân Hồ ban hành Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "ĐÁNH GIÁ KẾT QUẢ NĂM 2024",
            prose(
                "Năm 2024, toàn huyện có 61 hợp tác xã, thành lập mới 07 hợp tác xã, vượt 16,7% kế hoạch; doanh thu bình quân đạt 1,9 tỷ đồng/hợp tác xã."
            ),
            prose(
                "Bên cạnh kết quả đạt được, trình độ quản trị của nhiều hợp tác xã còn hạn chế, thiếu vốn, chưa mạnh dạn liên kết."
            ),
        ),
        section(
            "MỤC TIÊU NĂM 2025",
            prose(
                "Thành lập mới 08 hợp tác xã, 15 tổ hợp tác.",
                "head",
                targets=[
                    share("Thành lập mới 08 hợp tác xã", "Thành lập mới hợp tác xã", 8, "hợp tác xã", by=YEAR_END),
                    share("15 tổ hợp tác", "Thành lập mới tổ hợp tác", 15, "tổ hợp tác", by=YEAR_END),
                ],
            ),
            prose(
                "Tỷ lệ hợp tác xã xếp loại khá, tốt đạt từ 60% trở lên.",
                "head",
                targets=[
                    share(
                        "Tỷ lệ hợp tác xã xếp loại khá, tốt đạt từ 60% trở lên",
                        "Tỷ lệ hợp tác xã xếp loại khá, tốt",
                        60,
                        sign=">=",
                        by=YEAR_END,
                    )
                ],
            ),
            prose(
                "Tăng thêm 5% số thành viên hợp tác xã là phụ nữ.",
                "head",
                targets=[
                    share(
                        "Tăng thêm 5% số thành viên hợp tác xã là phụ nữ",
                        "số thành viên hợp tác xã là phụ nữ",
                        5,
                        sign="+",
                        by=YEAR_END,
                    )
                ],
            ),
        ),
        section(
            "NHIỆM VỤ, GIẢI PHÁP",
            section(
                "Nâng cao nhận thức về kinh tế tập thể",
                *(
                    task("Tổ chức tuyên truyền Luật Hợp tác xã đến cán bộ bản, tiểu khu và hộ sản xuất."),
                    task(
                        "Xây dựng chuyên mục giới thiệu mô hình hợp tác xã điển hình trên trang thông tin điện tử của huyện."
                    ),
                ),
                rank="head",
            ),
            section(
                "Củng cố các hợp tác xã hoạt động yếu kém",
                *(
                    task("Rà soát, phân loại hợp tác xã theo từng lĩnh vực."),
                    task(
                        "Hướng dẫn giải thể, chuyển đổi loại hình đối với hợp tác xã ngừng hoạt động quá 12 tháng; hoàn thành trong quý III/2025.",
                        due=by("trong quý III/2025", "2025-09-30"),
                    ),
                    task("Hỗ trợ hợp tác xã làm hồ sơ vay vốn Quỹ hỗ trợ phát triển hợp tác xã tỉnh."),
                ),
                rank="head",
            ),
            Item(
                "Đưa sản phẩm lên sàn thương mại điện tử",
                "head",
                works=(Work(),),
                whole=True,
                body=(
                    prose(
                        "Lựa chọn sản phẩm chè Shan tuyết, mận hậu, rau trái vụ đã đạt OCOP để đăng ký gian hàng; hỗ trợ tem truy xuất nguồn gốc, bao bì, kỹ năng bán hàng trực tuyến cho thành viên hợp tác xã."
                    ),
                ),
            ),
        ),
        section(
            "KINH PHÍ", prose("Từ nguồn ngân sách huyện giao năm 2025 và lồng ghép các chương trình mục tiêu quốc gia.")
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Phòng Tài chính - Kế hoạch",
                "Làm đầu mối theo dõi, đôn đốc các phòng, ban, UBND các xã thực hiện Kế hoạch.",
                task(
                    "Phối hợp với Liên minh Hợp tác xã tỉnh mở 02 lớp bồi dưỡng giám đốc, kế toán hợp tác xã trong tháng 5/2025.",
                    support=["Liên minh Hợp tác xã tỉnh"],
                    due=by("trong tháng 5/2025", "2025-05-31"),
                    targets=[
                        share(
                            "mở 02 lớp bồi dưỡng giám đốc, kế toán hợp tác xã",
                            "lớp bồi dưỡng giám đốc, kế toán hợp tác xã",
                            2,
                            "lớp",
                            by="2025-05-31",
                        )
                    ],
                ),
                task(
                    "Định kỳ 6 tháng, năm tổng hợp báo cáo UBND huyện.",
                    due=every("Định kỳ 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=6"),
                ),
            ),
            duties(
                "Phòng Nông nghiệp và Môi trường", "Hướng dẫn kỹ thuật, xây dựng vùng nguyên liệu gắn với hợp tác xã."
            ),
            duties(
                "Hội Nông dân huyện, Hội Liên hiệp Phụ nữ huyện",
                "Vận động hội viên tham gia thành lập tổ hợp tác, hợp tác xã do phụ nữ làm chủ.",
                lead=["Hội Nông dân huyện", "Hội Liên hiệp Phụ nữ huyện"],
            ),
            duties(
                "UBND các xã",
                task(
                    "Đăng ký số hợp tác xã thành lập mới với UBND huyện (qua Phòng Tài chính - Kế hoạch) trước ngày 10/3/2025.",
                    due=by("trước ngày 10/3/2025", "2025-03-10"),
                ),
                "Tạo điều kiện về mặt bằng, thủ tục đất đai cho hợp tác xã.",
            ),
        ),
        prose("Trên đây là Kế hoạch phát triển kinh tế tập thể, hợp tác xã năm 2025 của UBND huyện Vân Hồ."),
    ),
    closing=Closing(
        (
            "UBND tỉnh Sơn La (B/c);",
            "TT Huyện ủy, TT HĐND huyện;",
            "Các phòng, ban, ngành huyện;",
            "UBND các xã;",
            "Lưu: VT, TCKH.",
        ),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Lò Thị Mai Phương",
    ),
)
