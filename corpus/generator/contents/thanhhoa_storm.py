# ruff: noqa: E501 - sentences stay on one line
"""An urgent telegram (Công điện): addressees in a list, hours in the deadlines."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import by, duties, every, items, prose, share, task

FORM = Form(colon=True, scheme="classic")

DOCUMENT = Document(
    name="thanhhoa-cd-bao-so-11",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Thanh Hóa",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"),
        number="14/CĐ-UBND",
        kind="Công điện",
        place="Thanh Hóa",
        day="2026-10-18",
        subject="Tập trung ứng phó khẩn cấp với bão số 11 và mưa lũ sau bão",
        urgency="HỎA TỐC",
    ),
    opening=(
        prose("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"),
        *items(
            "Giám đốc các sở, Thủ trưởng các ban, ngành, đơn vị cấp tỉnh;",
            "Chủ tịch UBND các xã, phường;",
            "Công ty TNHH MTV Sông Chu, Công ty TNHH MTV Thủy lợi Bắc sông Mã.",
        ),
        prose(
            "Theo Trung tâm Dự báo khí tượng thủy văn quốc gia, hồi 07 giờ ngày 18/10/2026, vị trí tâm bão số 11 ở vào khoảng 18,2 độ Vĩ Bắc; 109,6 độ Kinh Đông, sức gió mạnh nhất cấp 12, giật cấp 15. Dự báo từ tối 19/10 đến ngày 21/10, khu vực tỉnh có mưa từ 200 đến 350 mm."
        ),
        prose("Để chủ động ứng phó, Chủ tịch UBND tỉnh yêu cầu:"),
    ),
    body=(
        duties(
            "Chủ tịch UBND các xã, phường",
            task(
                "Tổ chức sơ tán dân tại các khu vực ven biển, cửa sông, vùng có nguy cơ sạt lở, hoàn thành trước 17 giờ 00 ngày 19/10/2026.",
                due=by("trước 17 giờ 00 ngày 19/10/2026", "2026-10-19"),
            ),
            task(
                "Kêu gọi, hướng dẫn 100% tàu thuyền vào nơi tránh trú an toàn trước 10 giờ ngày 19/10/2026.",
                due=by("trước 10 giờ ngày 19/10/2026", "2026-10-19"),
                targets=[
                    share(
                        "Kêu gọi, hướng dẫn 100% tàu thuyền vào nơi tránh trú an toàn",
                        "tàu thuyền vào nơi tránh trú an toàn",
                        100,
                        by="2026-10-19",
                    )
                ],
            ),
            "Huy động lực lượng giúp dân chằng chống nhà cửa, thu hoạch lúa và rau màu đã đến kỳ với phương châm “xanh nhà hơn già đồng”.",
        ),
        duties(
            "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
            task(
                "Phối hợp với UBND các xã, phường ven biển kiểm đếm, quản lý chặt chẽ việc ra khơi của các phương tiện.",
                support=["UBND các xã, phường ven biển"],
            ),
            lead=["Bộ Chỉ huy Bộ đội Biên phòng tỉnh"],
        ),
        duties(
            "Sở Nông nghiệp và Môi trường",
            task(
                "Chủ trì, phối hợp với Công ty TNHH MTV Sông Chu, Công ty TNHH MTV Thủy lợi Bắc sông Mã tiêu nước đệm, vận hành hạ thấp mực nước các hồ chứa xong trong ngày 19/10/2026.",
                support=["Công ty TNHH MTV Sông Chu", "Công ty TNHH MTV Thủy lợi Bắc sông Mã"],
                due=by("trong ngày 19/10/2026", "2026-10-19"),
            ),
        ),
        duties(
            "Sở Giáo dục và Đào tạo",
            task(
                "Quyết định việc cho học sinh nghỉ học, thông báo đến phụ huynh trước 12 giờ ngày 19/10/2026.",
                due=by("trước 12 giờ ngày 19/10/2026", "2026-10-19"),
            ),
        ),
        duties(
            "Sở Công Thương",
            "Bảo đảm dự trữ lương thực, nhu yếu phẩm tại các địa bàn có nguy cơ bị chia cắt; kiểm tra an toàn hồ chứa thủy điện.",
        ),
        task(
            "Giao Văn phòng thường trực Ban Chỉ huy phòng thủ dân sự tỉnh tổng hợp tình hình, báo cáo Chủ tịch UBND tỉnh trước 16 giờ hằng ngày cho đến khi kết thúc đợt mưa lũ.",
            "head",
            lead=["Văn phòng thường trực Ban Chỉ huy phòng thủ dân sự tỉnh"],
            due=every("trước 16 giờ hằng ngày", "FREQ=DAILY"),
        ),
        prose("Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện."),
    ),
    closing=Closing(
        ("Như trên;", "Thủ tướng Chính phủ (để báo cáo);", "Ban Chỉ đạo phòng thủ dân sự quốc gia;", "Lưu: VT, NN."),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Mai Xuân Lâm",
    ),
)
