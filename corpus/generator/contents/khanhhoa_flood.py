# ruff: noqa: E501 - sentences stay on one line
"""A sở's letter to many: background first, then what each addressee is asked to do, with dates in the sentences."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import by, duties, every, prose, relative, task

FORM = Form(file="pdf", colon=True)

COMMUNES = "UBND các xã, phường, đặc khu"

DOCUMENT = Document(
    name="khanhhoa-cv-an-toan-ho-chua",
    letterhead=Letterhead(
        issuer="Sở Nông nghiệp và Môi trường tỉnh Khánh Hòa",
        lines=("UBND TỈNH KHÁNH HÒA", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        number="7315/SNNMT-TL",
        kind="Công văn",
        place="Khánh Hòa",
        day="2026-10-05",
        subject="bảo đảm an toàn hồ chứa nước và vùng hạ du trong mùa mưa lũ năm 2026",
    ),
    addressed=(
        "UBND các xã, phường, đặc khu",
        "Công ty TNHH MTV Khai thác công trình thủy lợi Khánh Hòa",
        "Chi cục Thủy lợi",
        "Trung tâm Quan trắc tài nguyên và môi trường",
    ),
    opening=(
        prose(
            "Theo bản tin dự báo khí hậu mùa của Đài Khí tượng Thủy văn khu vực Nam Trung Bộ, từ giữa tháng 10 đến đầu tháng 12 năm 2026 "
            "khu vực tỉnh có khả năng xuất hiện 4 đến 6 đợt mưa lớn diện rộng. Qua kiểm tra trong tháng 9/2026, 11 hồ chứa còn hư hỏng "
            "cửa van, thấm qua thân đập; 03 hồ chưa lắp thiết bị quan trắc mưa tự động."
        ),
        prose(
            "Để chủ động ứng phó, Sở Nông nghiệp và Môi trường đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:"
        ),
    ),
    body=(
        duties(
            COMMUNES,
            task(
                "Rà soát, bổ sung phương án sơ tán dân vùng hạ du các hồ chứa, gửi về Sở trước ngày 20/10/2026.",
                due=by("trước ngày 20/10/2026", "2026-10-20"),
            ),
            task(
                "Phối hợp với Công ty TNHH MTV Khai thác công trình thủy lợi Khánh Hòa cắm biển cảnh báo tại các ngầm tràn, xong trong tháng 10/2026.",
                support=["Công ty TNHH MTV Khai thác công trình thủy lợi Khánh Hòa"],
                due=by("trong tháng 10/2026", "2026-10-31"),
            ),
            "Bố trí lực lượng trực ban 24/24 giờ khi có tin bão gần bờ hoặc khi hồ xả lũ.",
            "Nghiêm cấm các hành vi lấn chiếm hành lang thoát lũ, đổ đất đá vào lòng suối.",
        ),
        duties(
            "Công ty TNHH MTV Khai thác công trình thủy lợi Khánh Hòa",
            task(
                "Sửa chữa xong cửa van, xử lý thấm tại 11 hồ chứa nêu trên trước ngày 15/11/2026.",
                due=by("trước ngày 15/11/2026", "2026-11-15"),
            ),
            task(
                "Lắp đặt thiết bị quan trắc mưa tự động tại các hồ Suối Trầu, Đá Bàn, Am Chúa; chậm nhất ngày 30/11/2026 đưa vào vận hành.",
                due=by("chậm nhất ngày 30/11/2026", "2026-11-30"),
            ),
            task(
                "Vận hành hồ chứa theo đúng quy trình được duyệt; thông báo cho chính quyền địa phương và người dân vùng hạ du khi vận hành xả lũ."
            ),
            task(
                "Cung cấp số liệu mực nước, lưu lượng về Chi cục Thủy lợi trước 7 giờ hằng ngày.",
                due=every("trước 7 giờ hằng ngày", "FREQ=DAILY"),
            ),
        ),
        duties(
            "Chi cục Thủy lợi",
            task(
                "Chủ trì, phối hợp với Trung tâm Quan trắc tài nguyên và môi trường kiểm tra đột xuất việc chấp hành quy trình vận hành liên hồ.",
                support=["Trung tâm Quan trắc tài nguyên và môi trường"],
            ),
            task(
                "Tham mưu Giám đốc Sở ban hành Phương án ứng phó tình huống khẩn cấp vùng hạ du trong 10 ngày kể từ ngày ký văn bản này.",
                due=by("trong 10 ngày kể từ ngày ký văn bản này", "2026-10-15"),
            ),
            task(
                "Tổng hợp, báo cáo UBND tỉnh tình hình an toàn hồ chứa vào thứ Sáu hằng tuần.",
                due=every("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
            ),
        ),
        duties(
            "Trung tâm Quan trắc tài nguyên và môi trường",
            task(
                "Kiểm định lại các trạm đo mực nước; báo cáo kết quả trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản.",
                due=relative("trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản"),
            ),
            "Duy trì đường truyền dữ liệu từ các trạm đo về Văn phòng thường trực Ban Chỉ huy phòng thủ dân sự tỉnh.",
        ),
        prose(
            "Trong quá trình thực hiện, nếu phát sinh khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về Sở (qua Chi cục Thủy lợi, "
            "điện thoại 0258 3822 711) để phối hợp giải quyết."
        ),
    ),
    closing=Closing(
        recipients=("Như trên;", "UBND tỉnh (báo cáo);", "Giám đốc, các Phó Giám đốc Sở;", "Lưu: VT, TL."),
        capacity=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        signer="Lê Hoàng Phúc",
    ),
)
