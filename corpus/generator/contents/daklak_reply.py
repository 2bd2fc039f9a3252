# ruff: noqa: E501 - sentences stay on one line
"""A letter without tasks: it answers a question and asks nobody to do anything."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import prose

FORM = Form()

DOCUMENT = Document(
    name="daklak-cv-tra-loi-cu-tri",
    letterhead=Letterhead(
        issuer="Sở Xây dựng tỉnh Đắk Lắk",
        lines=("UBND TỈNH ĐẮK LẮK", "SỞ XÂY DỰNG"),
        number="2288/SXD-QLKCHT",
        kind="Công văn",
        place="Đắk Lắk",
        day="2026-06-02",
        subject="trả lời kiến nghị của cử tri về Tỉnh lộ 9 đoạn qua xã Dray Bhăng",
    ),
    addressed=("Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh Đắk Lắk",),
    opening=(
        prose(
            "Sở Xây dựng nhận được Văn bản số 455/VP-CTHĐND ngày 26/5/2026 chuyển kiến nghị của cử tri xã Dray Bhăng về tình trạng xuống cấp của Tỉnh lộ 9. "
            "Sau khi kiểm tra thực tế, Sở Xây dựng có ý kiến như sau:"
        ),
    ),
    body=(
        prose(
            "Đoạn tuyến từ Km12+300 đến Km18+700 được đưa vào khai thác từ năm 2011, đến nay mặt đường đã bong tróc, nhiều vị trí đọng nước. "
            "Nguyên nhân chủ yếu là do lưu lượng xe tải trọng lớn tăng nhanh, từ 850 lượt/ngày đêm năm 2019 lên 2.100 lượt/ngày đêm năm 2025."
        ),
        prose(
            "Trong năm 2025, đơn vị quản lý đường bộ đã vá 1.240 m2 mặt đường, khơi thông 3,2 km rãnh dọc bằng nguồn kinh phí sự nghiệp giao thông. "
            "Kiến nghị của cử tri về việc sửa chữa đoạn tuyến này là chính đáng."
        ),
        prose(
            "Dự án cải tạo, nâng cấp Tỉnh lộ 9 đã có trong danh mục đầu tư công trung hạn giai đoạn 2026-2030 được HĐND tỉnh thông qua tại Nghị quyết số 64/NQ-HĐND ngày 10/12/2025, "
            "tổng mức đầu tư 182 tỷ đồng."
        ),
        prose(
            "Trên đây là ý kiến của Sở Xây dựng về kiến nghị của cử tri xã Dray Bhăng, kính gửi Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh để trả lời cử tri theo quy định."
        ),
    ),
    closing=Closing(
        ("Như trên;", "UBND tỉnh (báo cáo);", "UBND xã Dray Bhăng (để biết);", "Lưu: VT, QLKCHT."),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        "Y Thanh Niê",
    ),
)
