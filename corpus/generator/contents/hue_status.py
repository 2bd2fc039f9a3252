# ruff: noqa: E501 - sentences stay on one line
"""A long table over several pages whose header row is not repeated, with a status column; tasks first, units last."""

from corpus.generator.forms import Form
from corpus.generator.spec import SAME, Closing, Column, Deadline, Document, Group, Letterhead, Row, TaskTable
from corpus.generator.writing import by, duties, every, ongoing, prose, relative, section, task

FORM = Form(file="pdf", separator=", ", repeat_head=False)

DOING = "Đang thực hiện"
DONE = "Đã hoàn thành"
NOT_YET = "Chưa thực hiện"


def _row(work: str, due: Deadline | str | None, status: str, lead: str, support: tuple[str, ...] = ()) -> Row:
    """A row of this document's table; "=" merges the cell with the one above."""
    return Row(work, lead if lead == SAME else (lead,), support, due, status=status)  # type: ignore[arg-type]


TABLE = TaskTable(
    columns=(
        Column("number", "STT", 0.85),
        Column("work", "Nhiệm vụ được giao", 3.3),
        Column("deadline", "Thời hạn", 1.6),
        Column("status", "Tình trạng", 1.1),
        Column("lead", "Cơ quan chịu trách nhiệm chính", 1.6),
        Column("support", "Cơ quan phối hợp", 1.7),
    ),
    rows=(
        Group("Lĩnh vực đất đai, xây dựng", "I"),
        _row(
            "Ban hành bảng giá đất điều chỉnh áp dụng từ ngày 01/01/2027",
            by("15/12/2026", "2026-12-15"),
            DOING,
            "Sở Nông nghiệp và Môi trường",
            ("Sở Tài chính", "Sở Tư pháp"),
        ),
        _row(
            "Cấp giấy chứng nhận quyền sử dụng đất cho các hộ đã di dời khỏi khu vực Thượng Thành",
            by("30/6/2026", "2026-06-30"),
            DOING,
            SAME,
            ("UBND phường Phú Xuân",),
        ),
        _row(
            "Xử lý dứt điểm 24 công trình vi phạm trật tự xây dựng tại phường An Cựu",
            by("Quý III/2026", "2026-09-30"),
            NOT_YET,
            "UBND phường An Cựu",
            ("Sở Xây dựng",),
        ),
        _row(
            "Lập quy hoạch chi tiết hai bờ sông An Cựu đoạn từ cầu Phú Cam đến cầu An Cựu",
            by("Trước 31/3/2027", "2027-03-31"),
            DOING,
            "Sở Xây dựng",
            ("UBND phường An Cựu", "UBND phường Thuận Hóa"),
        ),
        _row(
            "Rà soát các dự án chậm tiến độ quá 24 tháng, đề xuất thu hồi",
            by("10/11/2026", "2026-11-10"),
            NOT_YET,
            "Sở Tài chính",
            ("Ban Quản lý Khu kinh tế, công nghiệp thành phố",),
        ),
        Group("Lĩnh vực văn hóa, du lịch", "II"),
        _row(
            "Hoàn thiện hồ sơ đề cử nghề làm diều Huế vào danh mục di sản văn hóa phi vật thể quốc gia",
            by("31/8/2026", "2026-08-31"),
            DONE,
            "Sở Văn hóa và Thể thao",
            ("Liên hiệp các Hội Khoa học và Kỹ thuật thành phố",),
        ),
        _row(
            "Vận hành vé điện tử liên thông các điểm tham quan",
            by("Tháng 11/2026", "2026-11-30"),
            DOING,
            "Trung tâm Bảo tồn Di tích Cố đô Huế",
            ("Sở Du lịch", "Sở Khoa học và Công nghệ"),
        ),
        _row(
            "Chỉnh trang phố đi bộ Hai Bà Trưng",
            by("Trước 15/01/2027", "2027-01-15"),
            NOT_YET,
            "UBND phường Thuận Hóa",
            ("Sở Du lịch",),
        ),
        _row(
            "Tổ chức “Ngày hội Áo dài cộng đồng”",
            every("Tháng 3 hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
            DONE,
            "Sở Văn hóa và Thể thao",
            ("Hội Liên hiệp Phụ nữ thành phố",),
        ),
        Group("Lĩnh vực y tế, giáo dục", "III"),
        _row(
            "Lập dự án mở rộng Bệnh viện Đa khoa Bình Điền",
            by("Quý IV/2026", "2026-12-31"),
            DOING,
            "Sở Y tế",
            ("Sở Tài chính", "UBND xã Bình Điền"),
        ),
        _row(
            "Kết nối dữ liệu khám sức khỏe học sinh với hồ sơ sức khỏe điện tử",
            by("30/11/2026", "2026-11-30"),
            DOING,
            SAME,
            ("Sở Giáo dục và Đào tạo", "Bảo hiểm xã hội thành phố"),
        ),
        _row(
            "Xóa phòng học tạm tại các xã A Lưới 1, A Lưới 2, A Lưới 3",
            by("Trước 31/8/2027", "2027-08-31"),
            NOT_YET,
            "Sở Giáo dục và Đào tạo",
            ("UBND xã A Lưới 1", "UBND xã A Lưới 2", "UBND xã A Lưới 3"),
        ),
        _row(
            "Kiểm tra an toàn thực phẩm bếp ăn bán trú",
            every("Hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
            DOING,
            "Sở An toàn thực phẩm",
            ("Sở Giáo dục và Đào tạo",),
        ),
        Group("Lĩnh vực nội vụ, chuyển đổi số", "IV"),
        _row(
            "Xây dựng đề án vị trí việc làm của phường, xã sau sắp xếp",
            by("20/10/2026", "2026-10-20"),
            DONE,
            "Sở Nội vụ",
            ("UBND các xã, phường",),
        ),
        _row(
            "Bàn giao tài liệu lưu trữ của cấp huyện cũ về Lưu trữ lịch sử thành phố",
            by("31/12/2026", "2026-12-31"),
            DOING,
            SAME,
            ("Văn phòng UBND thành phố",),
        ),
        _row(
            "Thay thế máy tính không đủ cấu hình tại Trung tâm Phục vụ hành chính công các phường, xã",
            by("Tháng 12/2026 - Tháng 02/2027", "2027-02-28", "2026-12-01"),
            NOT_YET,
            "Sở Khoa học và Công nghệ",
            ("UBND các xã, phường",),
        ),
        _row(
            "Trả lời phản ánh của người dân trên ứng dụng Hue-S",
            ongoing("Thường xuyên"),
            DOING,
            "UBND các xã, phường",
            ("Sở Khoa học và Công nghệ",),
        ),
        _row(
            "Báo cáo giải trình kiến nghị sau giám sát của HĐND thành phố",
            relative("Trong 20 ngày kể từ ngày nhận được kết luận giám sát"),
            NOT_YET,
            "Thanh tra thành phố",
            ("Các sở, ban, ngành",),
        ),
    ),
)

DOCUMENT = Document(
    name="hue-kh-nhiem-vu-ton-dong",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân thành phố Huế",
        lines=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HUẾ"),
        number="512/KH-UBND",
        kind="Kế hoạch",
        place="Huế",
        day="2026-06-08",
        subject="Đôn đốc, xử lý các nhiệm vụ tồn đọng, kéo dài trên địa bàn thành phố Huế",
    ),
    opening=(
        prose(
            "Thực hiện Kết luận số 208-KL/TU ngày 25/5/2026 của Ban Thường vụ Thành ủy, UBND thành phố ban hành Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "MỤC ĐÍCH, YÊU CẦU",
            prose(
                "Tập trung xử lý dứt điểm các nhiệm vụ tồn đọng; nâng cao kỷ luật hành chính, trách nhiệm người đứng đầu."
            ),
        ),
        section("DANH MỤC NHIỆM VỤ", TABLE),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Văn phòng UBND thành phố",
                task(
                    "Theo dõi, đôn đốc, cập nhật tình trạng nhiệm vụ trên phần mềm trước 16 giờ thứ Năm hằng tuần.",
                    due=every("trước 16 giờ thứ Năm hằng tuần", "FREQ=WEEKLY;BYDAY=TH"),
                ),
                task(
                    "Tham mưu tổ chức phiên họp kiểm điểm tiến độ trong tuần đầu tháng 12/2026.",
                    due=by("trong tuần đầu tháng 12/2026", "2026-12-07"),
                ),
            ),
            duties(
                "Sở Nội vụ", "Lấy kết quả thực hiện Kế hoạch làm căn cứ xếp loại chất lượng tập thể, cá nhân năm 2026."
            ),
        ),
    ),
    closing=Closing(
        (
            "Ban Thường vụ Thành ủy (b/c);",
            "CT và các PCT UBND thành phố;",
            "Các cơ quan nêu tại mục II;",
            "Lưu: VT, TH.",
        ),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        "Nguyễn Khoa Điềm Thư",
    ),
)
