# ruff: noqa: E501 - sentences stay on one line
"""A province's plan whose tasks stand in a landscape appendix: group rows, merged cells, units before the time."""

from corpus.generator.forms import Form
from corpus.generator.spec import SAME, Annex, Closing, Column, Document, Group, Letterhead, Row, TaskTable
from corpus.generator.writing import by, duties, every, items, ongoing, prose, section, share, task

FORM = Form(separator="; ", repeat_head=True)

TABLE = TaskTable(
    columns=(
        Column("number", "TT", 0.5),
        Column("work", "Nội dung công việc", 3.4),
        Column("lead", "Cơ quan chủ trì", 1.6),
        Column("support", "Cơ quan phối hợp", 2.0),
        Column("product", "Sản phẩm", 1.6),
        Column("deadline", "Thời gian hoàn thành", 1.4),
    ),
    restart=True,
    rows=(
        Group("Bảo tồn, tu bổ di sản", "I"),
        Row(
            "Lập hồ sơ khoa học 12 di tích chưa được xếp hạng tại vùng lõi Cố đô Hoa Lư",
            ("Sở Văn hóa và Thể thao",),
            ("UBND phường Tây Hoa Lư", "Bảo tàng tỉnh"),
            by("Tháng 6/2026", "2026-06-30"),
            product="Hồ sơ khoa học",
            targets=(
                share(
                    "Lập hồ sơ khoa học 12 di tích chưa được xếp hạng tại vùng lõi Cố đô Hoa Lư",
                    "Lập hồ sơ khoa học di tích chưa được xếp hạng tại vùng lõi Cố đô Hoa Lư",
                    12,
                    "di tích",
                    by="2026-06-30",
                ),
            ),
        ),
        Row(
            "Số hóa sắc phong, thần tích, bia ký tại các di tích cấp quốc gia",
            SAME,
            ("Sở Khoa học và Công nghệ",),
            by("Quý II - Quý IV/2026", "2026-12-31", "2026-04-01"),
            product="Bộ dữ liệu số",
        ),
        Row(
            "Tu bổ cấp thiết đền Thái Vi",
            ("Ban Quản lý Quần thể danh thắng Tràng An",),
            ("Sở Văn hóa và Thể thao", "Sở Tài chính"),
            by("Trước ngày 30/11/2026", "2026-11-30"),
            product="Công trình được nghiệm thu",
        ),
        Group("Phát triển sản phẩm du lịch", "II"),
        Row(
            "Xây dựng 05 tuyến du lịch đường thủy đêm",
            ("Sở Du lịch",),
            ("Sở Xây dựng", "Công an tỉnh", "UBND các xã, phường có liên quan"),
            by("Trước tháng 9/2026", "2026-08-31"),
            product="Quyết định công bố tuyến",
            targets=(
                share(
                    "Xây dựng 05 tuyến du lịch đường thủy đêm",
                    "tuyến du lịch đường thủy đêm",
                    5,
                    "tuyến",
                    by="2026-08-31",
                ),
            ),
        ),
        Row(
            "Đào tạo ngoại ngữ cho người chèo đò, hướng dẫn viên tại điểm",
            SAME,
            ("Trường Đại học Hoa Lư", "Hội Liên hiệp Phụ nữ tỉnh"),
            every("Hằng năm, giai đoạn 2026-2028", "FREQ=YEARLY", "2026-01-01", "2028-12-31"),
            product="Các lớp đào tạo",
        ),
        Row(
            "Tổ chức Tuần Du lịch “Sắc vàng Tam Cốc - Tràng An”",
            SAME,
            ("Sở Văn hóa và Thể thao", "UBND phường Nam Hoa Lư"),
            by("Tháng 5 - 6/2026", "2026-06-30", "2026-05-01"),
            product="Sự kiện",
        ),
        Row(
            "Hỗ trợ các hộ dân khôi phục nghề thêu ren Văn Lâm, gốm Bồ Bát thành điểm trải nghiệm",
            ("Sở Công Thương",),
            SAME,
            by("Quý I/2027", "2027-03-31"),
            product="Ít nhất 03 điểm trải nghiệm",
            targets=(
                share(
                    "Ít nhất 03 điểm trải nghiệm",
                    "điểm trải nghiệm nghề thêu ren Văn Lâm, gốm Bồ Bát",
                    3,
                    "điểm",
                    sign=">=",
                    by="2027-03-31",
                ),
            ),
        ),
        Group("Quảng bá, xúc tiến", "III"),
        Row(
            "Quảng bá hình ảnh du lịch Ninh Bình trên các nền tảng số",
            ("Trung tâm Xúc tiến đầu tư, thương mại và du lịch",),
            ("Báo và Phát thanh, Truyền hình Ninh Bình", "Các doanh nghiệp du lịch"),
            ongoing(),
            product="Tin, bài, phim ngắn",
        ),
        Row(
            "Công bố bộ nhận diện thương hiệu du lịch tỉnh",
            SAME,
            ("Sở Du lịch",),
            by("Trước ngày 25/12/2026", "2026-12-25"),
            product="Bộ nhận diện",
        ),
    ),
)

DOCUMENT = Document(
    name="ninhbinh-kh-di-san-du-lich",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Ninh Bình",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH"),
        number="86/KH-UBND",
        kind="Kế hoạch",
        place="Ninh Bình",
        day="2026-03-18",
        subject="Bảo tồn di sản gắn với phát triển du lịch bền vững trên địa bàn tỉnh Ninh Bình năm 2026",
    ),
    opening=(
        prose(
            "Thực hiện Nghị quyết số 21-NQ/TU ngày 15/01/2026 của Ban Thường vụ Tỉnh ủy về phát triển du lịch trở thành ngành kinh tế mũi nhọn, "
            "UBND tỉnh xây dựng Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "MỤC ĐÍCH, YÊU CẦU",
            *items(
                "Cụ thể hóa các nhiệm vụ được giao tại Nghị quyết số 21-NQ/TU thành các công việc có thời hạn, sản phẩm rõ ràng.",
                "Bảo đảm hài hòa giữa bảo tồn và phát triển; không vì lợi ích trước mắt mà làm tổn hại đến di sản.",
                rank="head",
            ),
        ),
        section(
            "CHỈ TIÊU NĂM 2026",
            prose(
                "Đón trên 9 triệu lượt khách, trong đó khách quốc tế đạt 1,5 triệu lượt.",
                "head",
                targets=[
                    share(
                        "Đón trên 9 triệu lượt khách",
                        "Đón lượt khách",
                        9000000,
                        "lượt khách",
                        sign=">",
                        by="2026-12-31",
                    ),
                    share("khách quốc tế đạt 1,5 triệu lượt", "khách quốc tế", 1500000, "lượt", by="2026-12-31"),
                ],
            ),
            prose(
                "Thời gian lưu trú bình quân đạt từ 1,8 ngày trở lên.",
                "head",
                targets=[
                    share(
                        "Thời gian lưu trú bình quân đạt từ 1,8 ngày trở lên",
                        "Thời gian lưu trú bình quân",
                        1.8,
                        "ngày",
                        sign=">=",
                        by="2026-12-31",
                    )
                ],
            ),
            prose(
                "Doanh thu du lịch đạt 12.500 tỷ đồng, tăng 14% so với năm 2025.",
                "head",
                targets=[
                    share(
                        "Doanh thu du lịch đạt 12.500 tỷ đồng", "Doanh thu du lịch", 12500, "tỷ đồng", by="2026-12-31"
                    ),
                    share(
                        "tăng 14% so với năm 2025", "Doanh thu du lịch so với năm 2025", 14, sign="+", by="2026-12-31"
                    ),
                ],
            ),
        ),
        section("NHIỆM VỤ CỤ THỂ", prose("(Chi tiết tại Phụ lục kèm theo)")),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Sở Du lịch",
                task(
                    "Chủ trì, phối hợp với các cơ quan, đơn vị liên quan triển khai Kế hoạch; hằng quý báo cáo UBND tỉnh kết quả thực hiện.",
                    support=["các cơ quan, đơn vị liên quan"],
                    due=every("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
                ),
                task(
                    "Tổ chức hội nghị sơ kết 6 tháng đầu năm 2026 trước ngày 15/7/2026.",
                    due=by("trước ngày 15/7/2026", "2026-07-15"),
                ),
            ),
            duties(
                "Ban Quản lý Quần thể danh thắng Tràng An",
                "Kiểm soát số lượng thuyền hoạt động đồng thời trên các tuyến, không để quá tải vào dịp lễ, Tết.",
            ),
            duties(
                "Các sở, ban, ngành, UBND các xã, phường",
                task(
                    "Căn cứ nhiệm vụ được phân công tại Phụ lục, xây dựng kế hoạch chi tiết của cơ quan, địa phương, gửi Sở Du lịch trước ngày 05/4/2026.",
                    due=by("trước ngày 05/4/2026", "2026-04-05"),
                ),
                lead=["Các sở, ban, ngành", "UBND các xã, phường"],
            ),
            prose("Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện Kế hoạch này."),
        ),
    ),
    closing=Closing(
        recipients=(
            "Bộ Văn hóa, Thể thao và Du lịch;",
            "Thường trực Tỉnh ủy;",
            "Các sở, ban, ngành của tỉnh;",
            "UBND các xã, phường;",
            "Lưu: VT, VP6.",
        ),
        capacity=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer="Phạm Quang Nghĩa",
    ),
    annexes=(
        Annex(
            (
                "PHỤ LỤC",
                "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH",
                "(Kèm theo Kế hoạch số 86/KH-UBND ngày 18/3/2026 của UBND tỉnh)",
            ),
            (TABLE,),
            landscape=True,
        ),
    ),
)
