# ruff: noqa: E501 - sentences stay on one line
"""A directive (Chỉ thị): background, then units with numbered duties; one bullet holds three tasks in capitalised clauses."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Item, Letterhead, Work
from corpus.generator.writing import by, duties, every, prose, share, task

FORM = Form(file="pdf", colon=True)

POLICE = ("Công an tỉnh",)

DOCUMENT = Document(
    name="angiang-ct-chay-rung",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh An Giang",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH AN GIANG"),
        number="09/CT-UBND",
        kind="Chỉ thị",
        place="An Giang",
        day="2026-10-28",
        subject="tăng cường phòng cháy, chữa cháy rừng mùa khô năm 2026 - 2027",
        lead_in="Về việc ",
    ),
    opening=(
        prose(
            "Mùa khô năm 2025 - 2026, toàn tỉnh xảy ra 07 vụ cháy, thiệt hại 12,4 ha rừng tràm và rừng đồi núi. Công tác phòng cháy ở một số nơi còn chủ quan; lực lượng bảo vệ rừng của chủ rừng mỏng, phương tiện xuống cấp."
        ),
        prose("Để chủ động phòng cháy, chữa cháy rừng mùa khô năm 2026 - 2027, Chủ tịch UBND tỉnh yêu cầu:"),
    ),
    body=(
        duties(
            "Sở Nông nghiệp và Môi trường",
            task(
                "Chỉ đạo Chi cục Kiểm lâm cập nhật bản đồ vùng trọng điểm cháy rừng, hoàn thành trước ngày 15/12/2026.",
                due=by("trước ngày 15/12/2026", "2026-12-15"),
            ),
            task(
                "Chủ trì, phối hợp với Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh tổ chức diễn tập chữa cháy rừng tại khu vực Bảy Núi trong tháng 01/2027.",
                support=["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh"],
                due=by("trong tháng 01/2027", "2027-01-31"),
            ),
            task(
                "Hằng tuần, dự báo, công bố cấp cháy rừng trên Cổng thông tin điện tử của tỉnh.",
                due=every("Hằng tuần", "FREQ=WEEKLY"),
            ),
        ),
        duties(
            "Công an tỉnh",
            Item(
                "Tăng cường tuần tra tại các khu vực trọng điểm; Xử lý nghiêm các trường hợp đốt thực bì trái phép; Báo cáo kết quả về UBND tỉnh trước ngày 25 hằng tháng.",
                "dash",
                works=(
                    Work(POLICE, text="Tăng cường tuần tra tại các khu vực trọng điểm"),
                    Work(POLICE, text="Xử lý nghiêm các trường hợp đốt thực bì trái phép"),
                    Work(
                        POLICE,
                        deadline=every("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
                        text="Báo cáo kết quả về UBND tỉnh trước ngày 25 hằng tháng.",
                    ),
                ),
            ),
            task(
                "Rà soát phương tiện chữa cháy cơ giới; đề xuất mua sắm bổ sung, gửi Sở Tài chính thẩm định trước ngày 20/11/2026 để trình UBND tỉnh trước ngày 05/12/2026.",
                due=by("trước ngày 20/11/2026 để trình UBND tỉnh trước ngày 05/12/2026", "2026-11-20"),
            ),
        ),
        duties(
            "Giám đốc các Vườn quốc gia, Ban Quản lý rừng và các chủ rừng",
            "Tu sửa kênh trữ nước, đường băng cản lửa, chòi canh; bố trí người trực 24/24 giờ trong những ngày cấp dự báo cháy rừng từ cấp IV trở lên.",
            task(
                "Ký cam kết an toàn lửa với 100% hộ dân sống ven rừng trước ngày 31/12/2026.",
                due=by("trước ngày 31/12/2026", "2026-12-31"),
                targets=[
                    share(
                        "Ký cam kết an toàn lửa với 100% hộ dân sống ven rừng",
                        "hộ dân sống ven rừng ký cam kết an toàn lửa",
                        100,
                        by="2026-12-31",
                    )
                ],
            ),
            lead=["Giám đốc các Vườn quốc gia", "Ban Quản lý rừng", "các chủ rừng"],
        ),
        duties(
            "UBND các xã, phường, đặc khu có rừng",
            "Kiện toàn Ban Chỉ huy phòng thủ dân sự cấp xã; phân công thành viên phụ trách từng ấp, khóm. Người đứng đầu chịu trách nhiệm trước Chủ tịch UBND tỉnh nếu để xảy ra cháy rừng do thiếu kiểm tra, đôn đốc.",
            task(
                "Phối hợp với Đoàn Thanh niên, Hội Nông dân tuyên truyền đến từng hộ dân không đốt đồng, đốt ong lấy mật.",
                support=["Đoàn Thanh niên", "Hội Nông dân"],
            ),
        ),
        duties(
            "Đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh",
            "Đẩy nhanh tiến độ truy tố, xét xử các vụ án hủy hoại rừng để răn đe, phòng ngừa chung.",
            lead=["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"],
        ),
        task(
            "Giao Sở Nông nghiệp và Môi trường theo dõi, đôn đốc việc thực hiện Chỉ thị này; tổng hợp, báo cáo UBND tỉnh định kỳ hằng quý.",
            "head",
            lead=["Sở Nông nghiệp và Môi trường"],
            due=every("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ),
        prose(
            "Yêu cầu Thủ trưởng các sở, ban, ngành tỉnh, Chủ tịch UBND các xã, phường, đặc khu nghiêm túc triển khai thực hiện Chỉ thị này."
        ),
    ),
    closing=Closing(
        (
            "Văn phòng Chính phủ;",
            "Bộ Nông nghiệp và Môi trường;",
            "Các sở, ban, ngành tỉnh;",
            "UBND các xã, phường, đặc khu;",
            "Lưu: VT.",
        ),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Nguyễn Thanh Bình Minh",
    ),
)
