# ruff: noqa: E501 - sentences stay on one line
"""A sở's plan as plain text: assignment lines without a mark before them, no table."""

from corpus.generator.forms import SPELLINGS, Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import assigned, by, duties, every, ongoing, prose, section, share, task

FORM = Form(file="txt", spelling=SPELLINGS[3], line_mark="", separator="; ")

DOCUMENT = Document(
    name="bacninh-sct-kh-tiet-kiem-dien",
    letterhead=Letterhead(
        issuer="Sở Công Thương tỉnh Bắc Ninh",
        lines=("UBND TỈNH BẮC NINH", "SỞ CÔNG THƯƠNG"),
        number="75/KH-SCT",
        kind="Kế hoạch",
        place="Bắc Ninh",
        day="2026-04-03",
        subject="Tiết kiệm điện và sử dụng năng lượng hiệu quả trong các doanh nghiệp công nghiệp năm 2026",
    ),
    opening=(
        prose(
            "Căn cứ Luật Sử dụng năng lượng tiết kiệm và hiệu quả ngày 17/6/2010 và Luật sửa đổi, bổ sung năm 2025; Sở Công Thương xây dựng Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "MỤC TIÊU NĂM 2026",
            prose(
                "Tiết kiệm ít nhất 2,5% tổng điện năng tiêu thụ của khối công nghiệp.",
                "head",
                targets=[
                    share(
                        "Tiết kiệm ít nhất 2,5% tổng điện năng tiêu thụ của khối công nghiệp",
                        "Tiết kiệm tổng điện năng tiêu thụ của khối công nghiệp",
                        2.5,
                        sign=">=",
                        by="2026-12-31",
                    )
                ],
            ),
            prose(
                "100% cơ sở sử dụng năng lượng trọng điểm nộp kế hoạch năm và 5 năm.",
                "head",
                targets=[
                    share(
                        "100% cơ sở sử dụng năng lượng trọng điểm nộp kế hoạch năm và 5 năm",
                        "cơ sở sử dụng năng lượng trọng điểm nộp kế hoạch năm và 5 năm",
                        100,
                        by="2026-12-31",
                    )
                ],
            ),
        ),
        section(
            "NỘI DUNG, NHIỆM VỤ",
            assigned(
                "Tập huấn lập báo cáo kiểm toán năng lượng cho doanh nghiệp trong các khu công nghiệp.",
                lead=["Phòng Quản lý năng lượng"],
                support=[
                    "Ban Quản lý các khu công nghiệp tỉnh",
                    "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp",
                ],
                due=by("Quý II/2026", "2026-06-30"),
            ),
            assigned(
                "Kiểm tra việc thực hiện điều chỉnh phụ tải điện tại các doanh nghiệp tiêu thụ trên 5 triệu kWh/năm.",
                lead=["Thanh tra tỉnh", "Phòng Quản lý năng lượng"],
                support=["Công ty Điện lực Bắc Ninh"],
                due=by("Từ tháng 5 đến tháng 8/2026", "2026-08-31", "2026-05-01"),
            ),
            assigned(
                "Hỗ trợ thay thế động cơ, đèn chiếu sáng hiệu suất thấp theo Chương trình khuyến công:",
                "Khảo sát, lựa chọn doanh nghiệp đủ điều kiện;",
                "Nghiệm thu, thanh quyết toán kinh phí hỗ trợ.",
                lead=["Trung tâm Khuyến công và Tư vấn phát triển công nghiệp"],
                support=["Phòng Quản lý công nghiệp"],
                due=by("Trước ngày 10/12/2026", "2026-12-10"),
                extra=[("Kinh phí", "Nguồn khuyến công địa phương")],
            ),
            assigned(
                "Đăng tải tin, bài, khuyến cáo tiết kiệm điện trên Trang thông tin điện tử của Sở.",
                lead=["Văn phòng Sở"],
                due=ongoing(),
            ),
            assigned(
                "Tổng hợp số liệu tiêu thụ điện của cơ sở trọng điểm.",
                lead=["Phòng Quản lý năng lượng"],
                support=["Công ty Điện lực Bắc Ninh"],
                due=every("Trước ngày 10 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10"),
            ),
            assigned(
                "Xây dựng bản đồ điện mặt trời mái nhà của các khu công nghiệp.",
                lead=["Phòng Quản lý năng lượng"],
                due=by("Quý II/2027", "2027-06-30"),
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Phòng Quản lý năng lượng",
                "Chịu trách nhiệm theo dõi, đôn đốc, tham mưu Lãnh đạo Sở xử lý các vướng mắc trong quá trình thực hiện.",
                task(
                    "Báo cáo Bộ Công Thương, UBND tỉnh kết quả thực hiện trước ngày 20/12/2026.",
                    due=by("trước ngày 20/12/2026", "2026-12-20"),
                ),
            ),
            duties("Văn phòng Sở", "Cân đối kinh phí, bảo đảm phương tiện phục vụ các đoàn kiểm tra."),
            duties(
                "Đề nghị Công ty Điện lực Bắc Ninh",
                task(
                    "Cung cấp danh sách khách hàng sử dụng điện lớn trước ngày 25/4/2026.",
                    due=by("trước ngày 25/4/2026", "2026-04-25"),
                ),
                "Thông báo sớm lịch điều chỉnh, sa thải phụ tải đến doanh nghiệp.",
                lead=["Công ty Điện lực Bắc Ninh"],
            ),
            prose(
                "Trong quá trình thực hiện, nếu có vướng mắc, các phòng, đơn vị báo cáo Giám đốc Sở (qua Phòng Quản lý năng lượng) để được xem xét, giải quyết."
            ),
        ),
    ),
    closing=Closing(
        ("Bộ Công Thương (b/c);", "UBND tỉnh (b/c);", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, QLNL."),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        "Ngô Quang Huy",
    ),
)
