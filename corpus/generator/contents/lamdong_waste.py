# ruff: noqa: E501 - sentences stay on one line
"""A province's plan: purpose, targets, assignment lines under lettered items, unit by unit duties."""

from corpus.generator.forms import SPELLINGS, Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import assigned, by, duties, every, items, ongoing, prose, section, share, task

FORM = Form(spelling=SPELLINGS[1])
YEAR_END = "2026-12-31"

DOCUMENT = Document(
    name="lamdong-kh-phan-loai-rac",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Lâm Đồng",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"),
        number="1042/KH-UBND",
        kind="Kế hoạch",
        place="Lâm Đồng",
        day="2026-02-10",
        subject="Phân loại, thu gom và xử lý chất thải rắn sinh hoạt tại nguồn trên địa bàn tỉnh Lâm Đồng năm 2026",
    ),
    opening=(
        prose("Căn cứ Luật Bảo vệ môi trường ngày 17/11/2020;"),
        prose(
            "Căn cứ Nghị quyết số 88/NQ-HĐND ngày 09/12/2025 của HĐND tỉnh về nhiệm vụ phát triển kinh tế - xã hội năm 2026;"
        ),
        prose(
            "Xét đề nghị của Sở Nông nghiệp và Môi trường tại Tờ trình số 61/TTr-SNNMT ngày 29/01/2026; UBND tỉnh ban hành "
            "Kế hoạch phân loại, thu gom và xử lý chất thải rắn sinh hoạt tại nguồn năm 2026, cụ thể như sau:"
        ),
    ),
    body=(
        section(
            "MỤC ĐÍCH, YÊU CẦU",
            section(
                "Mục đích",
                *items(
                    "Nâng cao nhận thức, hình thành thói quen phân loại rác tại nhà của người dân, nhất là tại các khu dân cư đông và khu du lịch.",
                    "Giảm lượng rác phải chôn lấp, kéo dài thời gian vận hành của các bãi chôn lấp hiện có.",
                ),
                rank="head",
            ),
            section(
                "Yêu cầu",
                *items(
                    "Việc triển khai phải đồng bộ từ khâu phân loại, thu gom, vận chuyển đến xử lý; không để rác đã phân loại bị trộn lẫn khi vận chuyển.",
                    "Xác định rõ trách nhiệm của từng cơ quan, đơn vị và của người đứng đầu; kiểm tra, đánh giá kết quả theo từng quý.",
                ),
                rank="head",
            ),
        ),
        section(
            "MỤC TIÊU",
            section(
                "Mục tiêu chung",
                prose(
                    "Từng bước đưa việc phân loại chất thải rắn sinh hoạt tại nguồn trở thành nền nếp trong các hộ gia đình, cơ quan và cơ sở kinh doanh."
                ),
                rank="head",
            ),
            section(
                "Mục tiêu cụ thể đến hết năm 2026",
                prose(
                    "85% hộ gia đình tại các phường thực hiện phân loại chất thải rắn sinh hoạt tại nguồn.",
                    "dash",
                    targets=[
                        share(
                            "85% hộ gia đình tại các phường thực hiện phân loại chất thải rắn sinh hoạt tại nguồn",
                            "hộ gia đình tại các phường thực hiện phân loại chất thải rắn sinh hoạt tại nguồn",
                            85,
                            by=YEAR_END,
                        )
                    ],
                ),
                prose(
                    "Tối thiểu 60% hộ gia đình tại các xã được hướng dẫn ủ phân hữu cơ tại nhà.",
                    "dash",
                    targets=[
                        share(
                            "Tối thiểu 60% hộ gia đình tại các xã được hướng dẫn ủ phân hữu cơ tại nhà",
                            "hộ gia đình tại các xã được hướng dẫn ủ phân hữu cơ tại nhà",
                            60,
                            sign=">=",
                            by=YEAR_END,
                        )
                    ],
                ),
                prose(
                    "Giảm 15% khối lượng chất thải rắn sinh hoạt phải chôn lấp so với năm 2025.",
                    "dash",
                    targets=[
                        share(
                            "Giảm 15% khối lượng chất thải rắn sinh hoạt phải chôn lấp so với năm 2025",
                            "khối lượng chất thải rắn sinh hoạt phải chôn lấp so với năm 2025",
                            15,
                            sign="-",
                            by=YEAR_END,
                        )
                    ],
                ),
                prose(
                    "Tỷ lệ chất thải nhựa được thu hồi, tái chế tăng từ 22% lên 35%.",
                    "dash",
                    targets=[
                        share(
                            "Tỷ lệ chất thải nhựa được thu hồi, tái chế tăng từ 22% lên 35%",
                            "Tỷ lệ chất thải nhựa được thu hồi, tái chế",
                            35,
                            base=22,
                            by=YEAR_END,
                        )
                    ],
                ),
                rank="head",
            ),
        ),
        section(
            "NHIỆM VỤ, GIẢI PHÁP",
            section(
                "Hoàn thiện cơ chế, chính sách",
                assigned(
                    "Xây dựng Nghị quyết của HĐND tỉnh quy định giá tối đa dịch vụ thu gom, vận chuyển chất thải rắn sinh hoạt theo khối lượng.",
                    lead=["Sở Tài chính"],
                    support=["Sở Nông nghiệp và Môi trường", "UBND các xã, phường, đặc khu"],
                    due=by("trước ngày 30/6/2026", "2026-06-30"),
                    extra=[("Sản phẩm", "Dự thảo Nghị quyết trình HĐND tỉnh")],
                    rank="point",
                ),
                assigned(
                    "Sửa đổi quy định chi tiết về quản lý chất thải rắn sinh hoạt của hộ gia đình, cá nhân, trong đó:",
                    "Quy định màu sắc, dung tích bao bì đựng từng loại rác;",
                    "Quy định thời gian, tuyến thu gom riêng đối với rác thực phẩm.",
                    lead=["Sở Nông nghiệp và Môi trường"],
                    support=["Sở Tư pháp", "Sở Xây dựng"],
                    due=by("Quý III/2026", "2026-09-30"),
                    rank="point",
                ),
                rank="head",
            ),
            section(
                "Đầu tư hạ tầng, phương tiện",
                assigned(
                    "Lắp đặt điểm tập kết, trung chuyển rác đã phân loại tại các khu dân cư tập trung.",
                    lead=["UBND các xã, phường, đặc khu"],
                    support=["Sở Xây dựng", "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng tỉnh"],
                    due=by("trước ngày 15/12/2026", "2026-12-15"),
                    rank="point",
                ),
                assigned(
                    "Nâng cấp dây chuyền ủ phân hữu cơ của Nhà máy xử lý rác Xuân Trường, công suất đạt tối thiểu 120 tấn/ngày.",
                    lead=["Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng tỉnh"],
                    support=["Sở Tài chính", "Sở Khoa học và Công nghệ"],
                    due=by("từ Quý II/2026 đến hết Quý I/2027", "2027-03-31", "2026-04-01"),
                    extra=[("Kinh phí", "Nguồn vốn đầu tư công trung hạn")],
                    targets=[
                        share(
                            "công suất đạt tối thiểu 120 tấn/ngày",
                            "công suất dây chuyền ủ phân hữu cơ của Nhà máy xử lý rác Xuân Trường",
                            120,
                            "tấn/ngày",
                            sign=">=",
                            by="2027-03-31",
                        )
                    ],
                    rank="point",
                ),
                rank="head",
            ),
            section(
                "Tuyên truyền, vận động",
                assigned(
                    "Tuyên truyền trên các phương tiện thông tin đại chúng, mạng xã hội và hệ thống truyền thanh cơ sở về cách phân loại rác.",
                    lead=["Sở Văn hóa, Thể thao và Du lịch"],
                    support=["Báo và Phát thanh, Truyền hình Lâm Đồng", "UBND cấp xã"],
                    due=ongoing("thường xuyên"),
                    rank="point",
                ),
                task(
                    "Đưa nội dung phân loại rác vào chương trình sinh hoạt ngoại khóa của các trường phổ thông.",
                    "point",
                ),
                task("Vận động các cơ sở lưu trú, nhà hàng ký cam kết không sử dụng đồ nhựa dùng một lần.", "point"),
                rank="head",
            ),
        ),
        section(
            "KINH PHÍ THỰC HIỆN",
            prose(
                "Kinh phí thực hiện Kế hoạch được bố trí từ ngân sách nhà nước theo phân cấp hiện hành, nguồn thu giá dịch vụ và các nguồn huy động hợp pháp khác."
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Sở Nông nghiệp và Môi trường",
                "Là cơ quan đầu mối, theo dõi, đôn đốc việc thực hiện Kế hoạch; tổng hợp khó khăn, đề xuất UBND tỉnh tháo gỡ.",
                task(
                    "Biên soạn sổ tay hướng dẫn phân loại rác bằng tiếng Việt và tiếng K'Ho, phát hành trong tháng 4/2026.",
                    due=by("trong tháng 4/2026", "2026-04-30"),
                ),
                task(
                    "Tổng hợp kết quả, báo cáo UBND tỉnh định kỳ trước ngày 20 hằng tháng.",
                    due=every("định kỳ trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
                ),
            ),
            duties(
                "Sở Tài chính",
                "Tham mưu UBND tỉnh cân đối, bố trí kinh phí thực hiện Kế hoạch theo khả năng ngân sách.",
                task(
                    "Phối hợp với Sở Nông nghiệp và Môi trường thẩm định phương án giá dịch vụ xử lý rác, trình UBND tỉnh trước ngày 20/11/2026.",
                    support=["Sở Nông nghiệp và Môi trường"],
                    due=by("trước ngày 20/11/2026", "2026-11-20"),
                ),
            ),
            duties(
                "Công an tỉnh",
                task(
                    "Chủ trì, phối hợp với UBND các xã, phường, đặc khu kiểm tra, xử lý nghiêm hành vi đổ trộm chất thải ra môi trường.",
                    support=["UBND các xã, phường, đặc khu"],
                ),
            ),
            duties(
                "Sở Giáo dục và Đào tạo",
                task(
                    "Chỉ đạo các cơ sở giáo dục bố trí thùng rác theo ba nhóm; báo cáo kết quả về Sở Nông nghiệp và Môi trường trước ngày 15/9/2026.",
                    due=by("trước ngày 15/9/2026", "2026-09-15"),
                ),
            ),
            duties(
                "UBND các xã, phường, đặc khu",
                task(
                    "Ban hành kế hoạch của địa phương, gửi Sở Nông nghiệp và Môi trường trước ngày 10/3/2026.",
                    due=by("trước ngày 10/3/2026", "2026-03-10"),
                ),
                "Kiện toàn tổ tự quản về bảo vệ môi trường tại các thôn, tổ dân phố.",
                task(
                    "Phối hợp với Hội Liên hiệp Phụ nữ và Đoàn Thanh niên ra quân tổng vệ sinh vào sáng thứ Bảy hằng tuần.",
                    support=["Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên"],
                    due=every("sáng thứ Bảy hằng tuần", "FREQ=WEEKLY;BYDAY=SA"),
                ),
            ),
            duties(
                "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội",
                "Giám sát việc thực hiện phân loại rác tại cộng đồng dân cư, đưa kết quả vào tiêu chí bình xét gia đình văn hóa.",
                lead=["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"],
            ),
            prose(
                "Quá trình triển khai nếu gặp vướng mắc, đề nghị các sở, ngành, địa phương gửi ý kiến bằng văn bản đến Sở Nông nghiệp và Môi "
                "trường để báo cáo UBND tỉnh xem xét, chỉ đạo."
            ),
        ),
    ),
    closing=Closing(
        recipients=(
            "Bộ Nông nghiệp và Môi trường (báo cáo);",
            "TT. Tỉnh ủy, TT. HĐND tỉnh;",
            "Các sở, ban, ngành tỉnh;",
            "UBND các xã, phường, đặc khu;",
            "Lưu: VT, MT.",
        ),
        capacity=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        signer="Đinh Khắc Thuận",
    ),
)
