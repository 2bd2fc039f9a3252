# ruff: noqa: E501 - sentences stay on one line
"""A ministry's plan with its table in the body: two header rows, time before units, a note column that assigns nothing."""

from corpus.generator.forms import Form
from corpus.generator.spec import SAME, Closing, Column, Document, Letterhead, Row, TaskTable
from corpus.generator.writing import by, duties, every, prose, section, share, task

FORM = Form(separator=", ", last_and=True, scheme="classic")

TABLE = TaskTable(
    columns=(
        Column("number", "STT", 0.7),
        Column("work", "Hoạt động", 3.4),
        Column("deadline", "Thời gian thực hiện", 1.7),
        Column("lead", "Chủ trì", 1.6, over="Phân công"),
        Column("support", "Phối hợp", 2.0, over="Phân công"),
        Column("note", "Ghi chú", 1.0),
    ),
    rows=(
        Row(
            "Xây dựng tài liệu hướng dẫn phòng, chống tật khúc xạ cho học sinh tiểu học và trung học cơ sở",
            ("Cục Phòng bệnh",),
            ("Bệnh viện Mắt Trung ương", "Vụ Sức khỏe Bà mẹ - Trẻ em"),
            by("Quý I/2026", "2026-03-31"),
            note="Nguồn NSNN",
        ),
        Row(
            "Tập huấn cho nhân viên y tế trường học tại các tỉnh có tỷ lệ cận thị cao",
            SAME,
            ("Sở Y tế các tỉnh",),
            by("Tháng 7 đến tháng 9/2026", "2026-09-30", "2026-07-01"),
            note="Nguồn NSNN",
        ),
        Row(
            "Khám sàng lọc thị lực cho ít nhất 200.000 học sinh",
            ("Bệnh viện Mắt Trung ương",),
            ("Các bệnh viện chuyên khoa mắt tuyến tỉnh", "Sở Y tế các tỉnh"),
            by("Trong tháng 5/2027", "2027-05-31"),
            note="Xã hội hóa",
            targets=(
                share(
                    "Khám sàng lọc thị lực cho ít nhất 200.000 học sinh",
                    "Khám sàng lọc thị lực học sinh",
                    200000,
                    "học sinh",
                    sign=">=",
                    by="2027-05-31",
                ),
            ),
        ),
        Row(
            "Truyền thông trên các nền tảng số về bữa ăn học đường hợp lý",
            ("Trung tâm Truyền thông y tế Trung ương",),
            ("Viện Dinh dưỡng", "Báo Sức khỏe và Đời sống"),
            every("Hằng tháng", "FREQ=MONTHLY"),
            note="",
        ),
        Row(
            "Kiểm tra bếp ăn tập thể tại các trường tổ chức bán trú",
            ("Cục An toàn thực phẩm",),
            ("Sở An toàn thực phẩm các tỉnh, thành phố", "Sở Y tế các tỉnh"),
            by("Tháng 10 - 11/2026", "2026-11-30", "2026-10-01"),
            note="",
        ),
        Row(
            "Đánh giá kết quả thực hiện Kế hoạch, báo cáo Lãnh đạo Bộ",
            ("Cục Phòng bệnh",),
            (),
            by("Trước 20/12/2026", "2026-12-20"),
            note="",
        ),
    ),
)

DOCUMENT = Document(
    name="boyte-kh-y-te-truong-hoc",
    letterhead=Letterhead(
        issuer="Bộ Y tế",
        lines=("BỘ Y TẾ",),
        number="214/KH-BYT",
        kind="Kế hoạch",
        place="Hà Nội",
        day="2026-01-22",
        subject="Chăm sóc sức khỏe học sinh và công tác y tế trường học năm 2026",
    ),
    opening=(
        prose(
            "Thực hiện chương trình công tác năm 2026, Bộ Y tế ban hành Kế hoạch chăm sóc sức khỏe học sinh với các nội dung sau:"
        ),
    ),
    body=(
        section(
            "MỤC TIÊU",
            section(
                "Mục tiêu chung",
                prose(
                    "Bảo vệ, nâng cao sức khỏe thể chất và tinh thần của học sinh; phát hiện sớm bệnh, tật học đường."
                ),
                rank="head",
            ),
            section(
                "Mục tiêu cụ thể đến năm 2026",
                prose(
                    "Trên 90% trường học có nhân viên y tế được tập huấn.",
                    "dash",
                    targets=[
                        share(
                            "Trên 90% trường học có nhân viên y tế được tập huấn",
                            "trường học có nhân viên y tế được tập huấn",
                            90,
                            sign=">",
                            by="2026-12-31",
                        )
                    ],
                ),
                prose(
                    "Tỷ lệ học sinh tiểu học thừa cân, béo phì dưới 19%.",
                    "dash",
                    targets=[
                        share(
                            "Tỷ lệ học sinh tiểu học thừa cân, béo phì dưới 19%",
                            "Tỷ lệ học sinh tiểu học thừa cân, béo phì",
                            19,
                            sign="<",
                            by="2026-12-31",
                        )
                    ],
                ),
                rank="head",
            ),
        ),
        section("NỘI DUNG VÀ PHÂN CÔNG THỰC HIỆN", TABLE),
        section(
            "KINH PHÍ",
            prose(
                "Kinh phí thực hiện lấy từ dự toán chi thường xuyên năm 2026 của Bộ Y tế và các nguồn tài trợ hợp pháp."
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Cục Phòng bệnh",
                "Làm đầu mối hướng dẫn, đôn đốc các đơn vị triển khai Kế hoạch.",
                task(
                    "Tổ chức 02 đoàn kiểm tra, giám sát tại các địa phương trong Quý III và Quý IV năm 2026.",
                    due=by("trong Quý III và Quý IV năm 2026", "2026-12-31", "2026-07-01"),
                    targets=[
                        share(
                            "Tổ chức 02 đoàn kiểm tra, giám sát tại các địa phương",
                            "đoàn kiểm tra, giám sát tại các địa phương",
                            2,
                            "đoàn",
                            by="2026-12-31",
                        )
                    ],
                ),
            ),
            duties(
                "Vụ Kế hoạch - Tài chính",
                task(
                    "Tham mưu phân bổ kinh phí, trình Bộ trưởng trước ngày 28/02/2026.",
                    due=by("trước ngày 28/02/2026", "2026-02-28"),
                ),
            ),
            duties(
                "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương",
                task(
                    "Phối hợp với Sở Giáo dục và Đào tạo xây dựng kế hoạch của địa phương, báo cáo Bộ Y tế trước ngày 31/3/2026.",
                    support=["Sở Giáo dục và Đào tạo"],
                    due=by("trước ngày 31/3/2026", "2026-03-31"),
                ),
                task(
                    "Báo cáo kết quả thực hiện năm về Cục Phòng bệnh trước ngày 10/12/2026.",
                    due=by("trước ngày 10/12/2026", "2026-12-10"),
                ),
            ),
        ),
        prose("Kế hoạch này thay thế Kế hoạch số 175/KH-BYT ngày 20/02/2025 của Bộ Y tế."),
    ),
    closing=Closing(
        ("Bộ trưởng (để báo cáo);", "Bộ Giáo dục và Đào tạo (phối hợp);", "Các đơn vị thuộc Bộ;", "Lưu: VT, PB."),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        "Ngô Thị Minh Hạnh",
    ),
)
