# ruff: noqa: E501 - sentences stay on one line
"""A ministry's letter to all provinces: those addressed lead (rule 7), two items have subjects of their own."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import by, prose, relative, section, task

FORM = Form(file="pdf")

PROVINCES = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)

DOCUMENT = Document(
    name="bogddt-cv-thi-tot-nghiep",
    letterhead=Letterhead(
        issuer="Bộ Giáo dục và Đào tạo",
        lines=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
        number="6904/BGDĐT-QLCL",
        kind="Công văn",
        place="Hà Nội",
        day="2026-11-09",
        subject="chuẩn bị tổ chức Kỳ thi tốt nghiệp trung học phổ thông năm 2027",
    ),
    addressed=("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",),
    opening=(
        prose(
            "Kỳ thi tốt nghiệp trung học phổ thông năm 2026 đã diễn ra an toàn, nghiêm túc; tuy nhiên một số điểm thi còn lúng túng khi xử lý sự cố mất điện, mưa lớn. Bộ đã có Công văn số 5120/BGDĐT-QLCL ngày 18/8/2026 về rút kinh nghiệm công tác tổ chức thi."
        ),
        prose(
            "Để chuẩn bị tốt cho Kỳ thi năm 2027, Bộ Giáo dục và Đào tạo đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương chỉ đạo thực hiện các nội dung sau:"
        ),
    ),
    body=(
        section(
            "Về công tác chỉ đạo",
            task(
                "Kiện toàn Ban Chỉ đạo thi cấp tỉnh, phân công rõ nhiệm vụ của từng thành viên trước ngày 15/3/2027.",
                lead=PROVINCES,
                due=by("trước ngày 15/3/2027", "2027-03-15"),
            ),
            task(
                "Xây dựng phương án dự phòng về điện, giao thông, y tế cho từng điểm thi; gửi Bộ Giáo dục và Đào tạo chậm nhất ngày 30/4/2027.",
                lead=PROVINCES,
                due=by("chậm nhất ngày 30/4/2027", "2027-04-30"),
            ),
            rank="head",
        ),
        section(
            "Về cơ sở vật chất, đội ngũ",
            task(
                "Rà soát phòng thi, thiết bị in sao đề thi, camera giám sát; báo cáo nhu cầu bổ sung về Bộ trước ngày 20/12/2026.",
                lead=PROVINCES,
                due=by("trước ngày 20/12/2026", "2026-12-20"),
            ),
            task("Bố trí cán bộ thanh tra, công an tham gia bảo vệ kho đề thi.", lead=PROVINCES),
            rank="head",
        ),
        section(
            "Về đăng ký dự thi của học sinh",
            task(
                "Sở Giáo dục và Đào tạo phối hợp với Công an tỉnh, thành phố xác thực thông tin học sinh lớp 12 trên Cơ sở dữ liệu quốc gia về dân cư, hoàn thành trong tháng 02/2027.",
                lead=["Sở Giáo dục và Đào tạo"],
                support=["Công an tỉnh, thành phố"],
                due=by("trong tháng 02/2027", "2027-02-28"),
            ),
            task(
                "Hiệu trưởng các trường trung học phổ thông chịu trách nhiệm về tính chính xác của hồ sơ; sửa sai sót trong 03 ngày kể từ khi nhận được phản hồi của hệ thống.",
                lead=["Hiệu trưởng các trường trung học phổ thông"],
                due=relative("trong 03 ngày kể từ khi nhận được phản hồi của hệ thống"),
            ),
            rank="head",
        ),
        prose(
            "Mọi thông tin trao đổi đề nghị liên hệ Cục Quản lý chất lượng, Bộ Giáo dục và Đào tạo, điện thoại 024 3623 1655."
        ),
        prose("Trân trọng cảm ơn sự phối hợp của quý Ủy ban."),
    ),
    closing=Closing(
        ("Như trên;", "Bộ trưởng (để báo cáo);", "Các Sở GDĐT;", "Lưu: VT, QLCL."),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        "Đặng Hữu Cường",
    ),
)
