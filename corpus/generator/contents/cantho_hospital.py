# ruff: noqa: E501 - sentences stay on one line
"""A city's plan: a table of targets, a heading with one paragraph, "Cơ quan thực hiện" lines that each have an action."""

from corpus.generator.forms import SPELLINGS, Form
from corpus.generator.spec import Closing, Document, Grid, Item, Letterhead, Work
from corpus.generator.writing import assigned, by, duties, every, prose, section, share, task

FORM = Form(spelling=SPELLINGS[6], separator=", ", line_mark="+ ", automatic=True)

TARGETS = Grid(
    rows=(
        ("TT", "Nội dung chỉ tiêu", "Kết quả năm 2025", "Chỉ tiêu năm 2026", "Cơ quan theo dõi"),
        ("1", "Tỷ lệ người bệnh thanh toán viện phí không dùng tiền mặt", "61%", "80%", "Sở Y tế"),
        ("2", "Số bệnh viện công lập triển khai bệnh án điện tử", "09", "19", "Sở Y tế"),
        ("3", "Thời gian chờ khám trung bình tại bệnh viện hạng I", "58 phút", "40 phút", "Sở Y tế"),
        ("4", "Tỷ lệ trạm y tế có kết nối khám chữa bệnh từ xa", "35%", "70%", "Sở Khoa học và Công nghệ"),
    ),
    widths=(0.5, 3.4, 1.3, 1.3, 1.5),
    targets=(
        share(
            "Tỷ lệ người bệnh thanh toán viện phí không dùng tiền mặt",
            "Tỷ lệ người bệnh thanh toán viện phí không dùng tiền mặt",
            80,
            base=61,
            by="2026-12-31",
        ),
        share(
            "Số bệnh viện công lập triển khai bệnh án điện tử",
            "Số bệnh viện công lập triển khai bệnh án điện tử",
            19,
            "bệnh viện",
            base=9,
            by="2026-12-31",
        ),
        share(
            "Thời gian chờ khám trung bình tại bệnh viện hạng I",
            "Thời gian chờ khám trung bình tại bệnh viện hạng I",
            40,
            "phút",
            base=58,
            by="2026-12-31",
        ),
        share(
            "Tỷ lệ trạm y tế có kết nối khám chữa bệnh từ xa",
            "Tỷ lệ trạm y tế có kết nối khám chữa bệnh từ xa",
            70,
            base=35,
            by="2026-12-31",
        ),
    ),
)

DOCUMENT = Document(
    name="cantho-kh-benh-vien-thong-minh",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân thành phố Cần Thơ",
        lines=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ"),
        number="143/KH-UBND",
        kind="Kế hoạch",
        place="Cần Thơ",
        day="2026-02-25",
        subject="Chuyển đổi số trong khám bệnh, chữa bệnh trên địa bàn thành phố Cần Thơ năm 2026",
    ),
    opening=(
        prose("Căn cứ Luật Khám bệnh, chữa bệnh ngày 09/01/2023;"),
        prose(
            "Thực hiện Kế hoạch số 33/KH-UBND ngày 12/01/2026 của UBND thành phố về nhiệm vụ trọng tâm năm 2026, UBND thành phố ban hành Kế hoạch như sau:"
        ),
    ),
    body=(
        section(
            "MỤC TIÊU",
            section(
                "Mục tiêu tổng quát",
                prose("Lấy người bệnh làm trung tâm, rút ngắn thời gian chờ đợi, công khai chi phí khám, chữa bệnh."),
                rank="head",
            ),
            section("Chỉ tiêu cụ thể", TARGETS, rank="head"),
        ),
        section(
            "NHIỆM VỤ TRỌNG TÂM",
            Item(
                "Số hóa hồ sơ người bệnh mạn tính",
                "head",
                whole=True,
                works=(Work(),),
                body=(
                    prose(
                        "Nhập dữ liệu người bệnh tăng huyết áp, đái tháo đường đang quản lý tại trạm y tế vào hồ sơ sức khỏe điện tử; kiểm tra chéo với dữ liệu bảo hiểm y tế để loại bỏ trùng lặp."
                    ),
                ),
            ),
            assigned(
                "Triển khai bệnh án điện tử tại các bệnh viện công lập:",
                "Nâng cấp đường truyền, máy chủ dự phòng;",
                "Bố trí chữ ký số cho bác sĩ, điều dưỡng.",
                lead=["Sở Y tế"],
                support=["Sở Khoa học và Công nghệ", "các bệnh viện công lập"],
                due=by("Trước ngày 30/9/2026", "2026-09-30"),
            ),
            section(
                "Kết nối thanh toán không dùng tiền mặt",
                prose("Cơ quan thực hiện:"),
                task(
                    "Các bệnh viện trang bị ki-ốt tự phục vụ, mã QR tại quầy thu viện phí.",
                    lead=["Các bệnh viện"],
                    due=by("trước ngày 15/8/2026", "2026-08-15"),
                ),
                task(
                    "Ngân hàng Nhà nước Chi nhánh Khu vực 14 vận động các ngân hàng thương mại miễn phí giao dịch cho người bệnh.",
                    lead=["Ngân hàng Nhà nước Chi nhánh Khu vực 14"],
                    due=by("trước ngày 15/8/2026", "2026-08-15"),
                ),
                task(
                    "Bảo hiểm xã hội thành phố liên thông dữ liệu giám định với cổng thanh toán.",
                    lead=["Bảo hiểm xã hội thành phố"],
                    due=by("trước ngày 15/8/2026", "2026-08-15"),
                ),
                prose("Thời gian: xong trước ngày 15/8/2026."),
                rank="head",
            ),
            assigned(
                "Thí điểm đặt lịch khám qua ứng dụng Công dân số tại Bệnh viện Đa khoa thành phố, Bệnh viện Nhi đồng.",
                lead=["Sở Y tế"],
                support=["Bệnh viện Đa khoa thành phố", "Bệnh viện Nhi đồng"],
                due=by("từ ngày 01/4/2026 đến ngày 31/12/2026", "2026-12-31", "2026-04-01"),
            ),
            assigned(
                "Đánh giá an toàn thông tin hệ thống bệnh viện.",
                lead=["Công an thành phố"],
                support=["Sở Y tế"],
                due=every("Hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Sở Y tế",
                task(
                    "Tổng hợp kết quả, báo cáo UBND thành phố trước ngày 15/6 và trước ngày 05/12/2026.",
                    due=by("trước ngày 15/6 và trước ngày 05/12/2026", "2026-12-05"),
                ),
            ),
            duties(
                "Sở Tài chính",
                task(
                    "Thẩm định dự toán, tham mưu UBND thành phố bố trí vốn trong 15 ngày làm việc kể từ ngày ban hành Kế hoạch.",
                    due=by("trong 15 ngày làm việc kể từ ngày ban hành Kế hoạch", "2026-03-18"),
                ),
            ),
            duties(
                "Sở Khoa học và Công nghệ",
                "Hỗ trợ kỹ thuật, bảo đảm vận hành nền tảng dùng chung của thành phố.",
                "Tham mưu tiêu chuẩn kết nối dữ liệu giữa các bệnh viện và Trung tâm điều hành thông minh.",
            ),
            duties(
                "UBND các xã, phường",
                task("Chỉ đạo tổ công nghệ số cộng đồng hướng dẫn người dân cài đặt, sử dụng ứng dụng đặt lịch khám."),
            ),
        ),
        prose("Căn cứ Kế hoạch này, các cơ quan, đơn vị chủ động tổ chức triển khai thực hiện."),
    ),
    closing=Closing(
        ("Bộ Y tế;", "TT. TU, TT. HĐND thành phố;", "Các sở, ban, ngành thành phố;", "Lưu: VT, VX."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Huỳnh Thị Ngọc Dung",
    ),
)
