# ruff: noqa: E501 - sentences stay on one line
"""A decision that issues a plan: articles first, the plan with its table on the next page."""

from corpus.generator.forms import Form
from corpus.generator.spec import Annex, Closing, Column, Document, Group, Item, Letterhead, Row, TaskTable
from corpus.generator.writing import by, duties, every, ongoing, prose, relative, section, share, task

FORM = Form(separator=", ", repeat_head=True, colon=True)

PILOT_WARDS = tuple(
    f"{ward}|UBND phường {ward}" for ward in ("Hồng Bàng", "Ngô Quyền", "Lê Chân", "Gia Viên", "Hải An")
)

TABLE = TaskTable(
    columns=(
        Column("number", "TT", 0.75),
        Column("work", "Nhiệm vụ", 3.2),
        Column("lead", "Đơn vị thực hiện", 1.7),
        Column("support", "Đơn vị phối hợp", 1.9),
        Column("deadline", "Tiến độ", 1.6),
        Column("product", "Kết quả", 1.4),
    ),
    rows=(
        Group("QUẢN LÝ CHÓ, MÈO NUÔI", "A"),
        Row(
            "Thống kê, lập sổ quản lý đàn chó, mèo đến từng hộ",
            ("UBND các xã, phường, đặc khu",),
            ("Chi cục Chăn nuôi và Thú y",),
            by("trong Quý I/2026", "2026-03-31"),
            deadline_text="Xong trong Quý I/2026",
            product="Sổ quản lý theo mẫu",
        ),
        Row(
            "Gắn chíp điện tử thí điểm cho chó nuôi tại 05 phường trung tâm",
            ("Chi cục Chăn nuôi và Thú y",),
            PILOT_WARDS,
            support_text="UBND các phường: Hồng Bàng, Ngô Quyền, Lê Chân, Gia Viên, Hải An",
            deadline=by("Tháng 6/2026 - tháng 12/2026", "2026-12-31", "2026-06-01"),
            product="Báo cáo thí điểm",
            targets=(
                share(
                    "Gắn chíp điện tử thí điểm cho chó nuôi tại 05 phường trung tâm",
                    "phường trung tâm gắn chíp điện tử thí điểm cho chó nuôi",
                    5,
                    "phường",
                    by="2026-12-31",
                ),
            ),
        ),
        Group("TIÊM PHÒNG", "B"),
        Row(
            "Tiêm phòng vắc-xin Dại đợt chính",
            ("UBND các xã, phường, đặc khu",),
            ("Chi cục Chăn nuôi và Thú y", "Trung tâm Dịch vụ nông nghiệp khu vực"),
            every("Tháng 4 hằng năm", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30"),
            product="Tỷ lệ tiêm từ 85% trở lên",
            targets=(share("Tỷ lệ tiêm từ 85% trở lên", "Tỷ lệ tiêm phòng vắc-xin Dại", 85, sign=">="),),
        ),
        Row(
            "Tiêm bổ sung cho đàn chó, mèo mới phát sinh",
            ("UBND các xã, phường, đặc khu",),
            ("Trung tâm Dịch vụ nông nghiệp khu vực",),
            ongoing("Thường xuyên"),
            product="",
        ),
        Row(
            "Cung ứng vắc-xin, vật tư cho đợt tiêm chính năm 2027",
            ("Sở Nông nghiệp và Môi trường",),
            ("Sở Tài chính",),
            by("Trước 15/02/2027", "2027-02-15"),
            product="Hợp đồng cung ứng",
        ),
        Group("GIÁM SÁT, XỬ LÝ Ổ DỊCH", "C"),
        Row(
            "Lấy mẫu giám sát lưu hành vi rút Dại tại các điểm giết mổ, buôn bán chó",
            ("Chi cục Chăn nuôi và Thú y",),
            ("Công an thành phố",),
            every("6 tháng/lần", "FREQ=MONTHLY;INTERVAL=6"),
            product="Kết quả xét nghiệm",
        ),
        Row(
            "Tổ chức khoanh vùng, xử lý khi có ổ dịch",
            ("UBND các xã, phường, đặc khu",),
            ("Trạm Y tế các xã, phường, đặc khu", "Công an cấp xã"),
            relative("Trong 24 giờ kể từ khi phát hiện ca bệnh"),
            product="Ổ dịch được khống chế",
        ),
        Group("ĐIỀU TRỊ DỰ PHÒNG CHO NGƯỜI", "D"),
        Row(
            "Mở thêm 08 điểm tiêm vắc-xin phòng Dại cho người tại các đảo và vùng ven biển",
            ("Sở Y tế",),
            ("UBND đặc khu Cát Hải", "UBND đặc khu Bạch Long Vĩ"),
            by("Quý IV năm 2026", "2026-12-31"),
            product="Điểm tiêm được công bố",
            targets=(
                share(
                    "Mở thêm 08 điểm tiêm vắc-xin phòng Dại cho người tại các đảo và vùng ven biển",
                    "điểm tiêm vắc-xin phòng Dại cho người tại các đảo và vùng ven biển",
                    8,
                    "điểm",
                    sign="+",
                    by="2026-12-31",
                ),
            ),
        ),
    ),
)

DOCUMENT = Document(
    name="haiphong-qd-phong-chong-dai",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân thành phố Hải Phòng",
        lines=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"),
        number="318/QĐ-UBND",
        kind="Quyết định",
        place="Hải Phòng",
        day="2026-01-30",
        subject="ban hành Kế hoạch phòng, chống bệnh Dại trên địa bàn thành phố Hải Phòng giai đoạn 2026-2028",
        lead_in="Về việc ",
    ),
    opening=(
        Item("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "title"),
        prose("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;"),
        prose("Căn cứ Luật Thú y ngày 19/6/2015;"),
        prose("Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường tại Tờ trình số 22/TTr-SNNMT ngày 16/01/2026."),
        Item("QUYẾT ĐỊNH:", "title"),
    ),
    body=(
        Item(
            "Ban hành kèm theo Quyết định này Kế hoạch phòng, chống bệnh Dại trên địa bàn thành phố Hải Phòng giai đoạn 2026-2028.",
            "article",
        ),
        Item("Quyết định này có hiệu lực kể từ ngày ký.", "article"),
        Item(
            "Chánh Văn phòng UBND thành phố, Giám đốc các Sở: Nông nghiệp và Môi trường, Y tế, Tài chính; Chủ tịch UBND các xã, phường, đặc khu và Thủ trưởng các cơ quan, đơn vị liên quan chịu trách nhiệm thi hành Quyết định này.",
            "article",
        ),
    ),
    closing=Closing(
        ("Như Điều 3;", "Bộ Nông nghiệp và Môi trường;", "CT, các PCT UBND TP;", "Lưu: VT, NNMT2."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Trần Đức Lộc",
    ),
    annexes=(
        Annex(
            (
                "KẾ HOẠCH",
                "Phòng, chống bệnh Dại trên địa bàn thành phố Hải Phòng giai đoạn 2026-2028",
                "(Ban hành kèm theo Quyết định số 318/QĐ-UBND ngày 30/01/2026 của UBND thành phố Hải Phòng)",
            ),
            (
                section(
                    "MỤC TIÊU",
                    prose("Đến hết năm 2028, không còn người tử vong do bệnh Dại trên địa bàn thành phố.", "head"),
                    prose(
                        "Trên 90% số hộ nuôi chó, mèo cam kết không thả rông vật nuôi vào năm 2027.",
                        "head",
                        targets=[
                            share(
                                "Trên 90% số hộ nuôi chó, mèo cam kết không thả rông vật nuôi",
                                "số hộ nuôi chó, mèo cam kết không thả rông vật nuôi",
                                90,
                                sign=">",
                                by="2027-12-31",
                            )
                        ],
                    ),
                ),
                section("NHIỆM VỤ VÀ PHÂN CÔNG THỰC HIỆN", TABLE),
                section(
                    "TỔ CHỨC THỰC HIỆN",
                    duties(
                        "Sở Nông nghiệp và Môi trường",
                        "Chủ trì theo dõi, hướng dẫn chuyên môn, kiểm tra việc thực hiện Kế hoạch.",
                        task(
                            "Tham mưu UBND thành phố tổ chức sơ kết vào tháng 12 hằng năm.",
                            due=every("tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
                        ),
                    ),
                    duties(
                        "Sở Y tế",
                        task(
                            "Phối hợp với Sở Nông nghiệp và Môi trường chia sẻ dữ liệu người bị chó, mèo cắn; thông báo kết quả trước ngày 05 hằng tháng.",
                            support=["Sở Nông nghiệp và Môi trường"],
                            due=every("trước ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
                        ),
                    ),
                    duties(
                        "Công an thành phố",
                        "Chỉ đạo Công an cấp xã lập đội bắt giữ chó thả rông, xử phạt chủ nuôi vi phạm.",
                    ),
                ),
            ),
        ),
    ),
)
