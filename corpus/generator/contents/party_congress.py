# ruff: noqa: E501 - sentences stay on one line
"""A plan of a commune's party committee: party letterhead, "I-" and "1-", a timetable that begins with the time."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Column, Document, Letterhead, Row, TaskTable
from corpus.generator.writing import by, duties, items, ongoing, prose, relative, section, task

FORM = Form(scheme="party", separator=", ", repeat_head=False)

TABLE = TaskTable(
    columns=(
        Column("number", "TT", 0.5),
        Column("deadline", "Thời gian", 1.5),
        Column("work", "Nội dung", 3.6),
        Column("lead", "Cơ quan tham mưu, thực hiện", 2.0),
    ),
    rows=(
        Row(
            "Thành lập Tổ giúp việc, phân công cấp ủy viên phụ trách từng chi bộ",
            ("Ban Xây dựng Đảng",),
            deadline=by("Trước 30/9/2026", "2026-09-30"),
        ),
        Row(
            "Chọn chi bộ tổ chức điểm, rút kinh nghiệm chung",
            ("Ban Xây dựng Đảng", "Văn phòng Đảng ủy"),
            deadline=by("Tháng 10/2026", "2026-10-31"),
        ),
        Row(
            "Thẩm định dự thảo báo cáo chính trị, đề án nhân sự của các chi bộ",
            ("Ủy ban Kiểm tra Đảng ủy", "Ban Xây dựng Đảng"),
            deadline=by("Từ 01/11 đến 20/11/2026", "2026-11-20", "2026-11-01"),
        ),
        Row(
            "Chỉ đạo đại hội các chi bộ còn lại",
            ("Các đồng chí Ủy viên Ban Thường vụ Đảng ủy",),
            deadline=by("Trước ngày 25/12/2026", "2026-12-25"),
        ),
        Row(
            "Chuẩn y kết quả bầu cử chi ủy, bí thư, phó bí thư chi bộ",
            ("Ban Xây dựng Đảng",),
            deadline=by("Đầu tháng 01/2027", "2027-01-01"),
        ),
        Row("Tuyên truyền trước, trong và sau đại hội", ("Ban Xây dựng Đảng",), deadline=ongoing()),
    ),
)

DOCUMENT = Document(
    name="dang-uy-son-duong-kh-dai-hoi-chi-bo",
    letterhead=Letterhead(
        issuer="Đảng ủy xã Sơn Dương",
        lines=("ĐẢNG BỘ TỈNH TUYÊN QUANG", "ĐẢNG ỦY XÃ SƠN DƯƠNG"),
        number="31-KH/ĐU",
        kind="Kế hoạch",
        place="Sơn Dương",
        day="2026-09-07",
        subject="Lãnh đạo, chỉ đạo đại hội các chi bộ trực thuộc Đảng bộ xã nhiệm kỳ 2027-2030",
        party=True,
    ),
    opening=(
        prose("Căn cứ Điều lệ Đảng và hướng dẫn của Ban Tổ chức Trung ương;"),
        prose(
            "Thực hiện Kế hoạch số 19-KH/TU ngày 20/8/2026 của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "MỤC ĐÍCH, YÊU CẦU",
            *items(
                "Đánh giá đúng kết quả thực hiện nhiệm vụ của chi bộ, rút ra nguyên nhân, bài học kinh nghiệm.",
                "Việc chuẩn bị nhân sự phải đúng nguyên tắc, dân chủ, khách quan; đại hội tiết kiệm, tránh phô trương.",
                rank="head",
            ),
        ),
        section(
            "NỘI DUNG ĐẠI HỘI",
            prose(
                "Đại hội chi bộ thực hiện 02 nội dung: tổng kết thực hiện nghị quyết nhiệm kỳ qua; bầu chi ủy, bí thư, phó bí thư nhiệm kỳ mới."
            ),
        ),
        section("TIẾN ĐỘ THỰC HIỆN", TABLE),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Ban Xây dựng Đảng",
                task(
                    "Chủ trì, phối hợp với Văn phòng Đảng ủy ban hành hướng dẫn nghiệp vụ công tác đại hội trước ngày 20/9/2026.",
                    support=["Văn phòng Đảng ủy"],
                    due=by("trước ngày 20/9/2026", "2026-09-20"),
                ),
                "Theo dõi, nắm tình hình tư tưởng của cán bộ, đảng viên; kịp thời báo cáo Thường trực Đảng ủy những vấn đề phức tạp phát sinh.",
            ),
            duties(
                "Ủy ban Kiểm tra Đảng ủy",
                task(
                    "Giải quyết dứt điểm đơn, thư tố cáo liên quan đến nhân sự trước khi tiến hành đại hội; hoàn thành chậm nhất ngày 15/11/2026.",
                    due=by("chậm nhất ngày 15/11/2026", "2026-11-15"),
                ),
            ),
            duties(
                "Đề nghị Ủy ban Mặt trận Tổ quốc xã",
                "Lấy ý kiến góp ý của nhân dân đối với dự thảo báo cáo chính trị của các chi bộ thôn.",
                lead=["Ủy ban Mặt trận Tổ quốc xã"],
            ),
            duties(
                "Các chi bộ trực thuộc",
                task(
                    "Xây dựng kế hoạch đại hội, báo cáo Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng) trước ngày 05/10/2026.",
                    due=by("trước ngày 05/10/2026", "2026-10-05"),
                ),
                task(
                    "Gửi hồ sơ kết quả đại hội trong thời hạn 07 ngày làm việc kể từ ngày bế mạc.",
                    due=relative("trong thời hạn 07 ngày làm việc kể từ ngày bế mạc"),
                ),
            ),
            prose(
                "Quá trình thực hiện có gì vướng mắc, các chi bộ phản ánh về Ban Thường vụ Đảng ủy để xem xét, cho ý kiến."
            ),
        ),
    ),
    closing=Closing(
        (
            "Ban Thường vụ Tỉnh ủy (b/c);",
            "Các đồng chí Đảng ủy viên;",
            "Các chi bộ trực thuộc;",
            "Lưu Văn phòng Đảng ủy.",
        ),
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
        "Ma Văn Khánh",
    ),
)
