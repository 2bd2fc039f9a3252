# ruff: noqa: E501 - sentences stay on one line
"""A notice of conclusions (Thông báo kết luận): a review of the past, then units as subjects of the sentences."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import by, duties, every, prose, section, share, task

FORM = Form(colon=True)

DOCUMENT = Document(
    name="dongnai-tb-giai-phong-mat-bang",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Đồng Nai",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG NAI"),
        number="401/TB-UBND",
        kind="Thông báo",
        place="Đồng Nai",
        day="2026-09-14",
        subject="Kết luận của Phó Chủ tịch UBND tỉnh Lưu Thế Vinh tại cuộc họp về tiến độ bồi thường, giải phóng mặt bằng Dự án đường ven sông Cái",
    ),
    opening=(
        prose(
            "Ngày 10/9/2026, tại trụ sở UBND tỉnh, Phó Chủ tịch UBND tỉnh Lưu Thế Vinh chủ trì cuộc họp nghe báo cáo tiến độ Dự án đường ven sông Cái. Dự họp có đại diện lãnh đạo các sở, ngành, địa phương liên quan."
        ),
        prose(
            "Sau khi nghe Trung tâm Phát triển quỹ đất tỉnh báo cáo, ý kiến của các thành viên dự họp, Phó Chủ tịch UBND tỉnh kết luận như sau:"
        ),
    ),
    body=(
        section(
            "ĐÁNH GIÁ CHUNG",
            prose(
                "Trong thời gian qua, các cơ quan, đơn vị đã có nhiều cố gắng; đến ngày 31/8/2026 đã chi trả tiền bồi thường cho 412/538 hộ, bàn giao 4,1/5,2 km mặt bằng."
            ),
            prose(
                "Tuy nhiên, tiến độ vẫn chậm so với yêu cầu; việc xác định nguồn gốc đất của 57 hộ kéo dài, khu tái định cư chưa hoàn thiện hạ tầng điện, nước."
            ),
        ),
        section(
            "NHIỆM VỤ TRONG THỜI GIAN TỚI",
            duties(
                "Giao Trung tâm Phát triển quỹ đất tỉnh",
                task(
                    "Hoàn thành phê duyệt phương án bồi thường đối với 126 hộ còn lại trước ngày 30/9/2026.",
                    due=by("trước ngày 30/9/2026", "2026-09-30"),
                ),
                task(
                    "Phối hợp với UBND phường Trấn Biên tổ chức đối thoại với các hộ chưa đồng thuận, chậm nhất ngày 10/10/2026 báo cáo kết quả.",
                    support=["UBND phường Trấn Biên"],
                    due=by("chậm nhất ngày 10/10/2026", "2026-10-10"),
                ),
                lead=["Trung tâm Phát triển quỹ đất tỉnh"],
            ),
            duties(
                "UBND phường Trấn Biên, UBND phường Biên Hòa",
                task(
                    "Xác nhận nguồn gốc, thời điểm sử dụng đất của 57 hộ trong tuần 4 tháng 9/2026.",
                    due=by("trong tuần 4 tháng 9/2026", "2026-09-28"),
                ),
                "Lập hồ sơ cưỡng chế đối với các trường hợp cố tình không bàn giao mặt bằng sau khi đã vận động, thuyết phục.",
                lead=["UBND phường Trấn Biên", "UBND phường Biên Hòa"],
            ),
            task(
                "Sở Tài chính khẩn trương tham mưu bổ sung 96 tỷ đồng cho dự án từ nguồn dự phòng đầu tư công, trình UBND tỉnh trong tháng 10/2026.",
                "head",
                lead=["Sở Tài chính"],
                due=by("trong tháng 10/2026", "2026-10-31"),
            ),
            task(
                "Sở Xây dựng chủ trì, phối hợp với Công ty Điện lực Đồng Nai, Công ty Cổ phần Cấp nước Đồng Nai hoàn thiện hạ tầng khu tái định cư Bửu Hòa trước ngày 20/12/2026.",
                "head",
                lead=["Sở Xây dựng"],
                support=["Công ty Điện lực Đồng Nai", "Công ty Cổ phần Cấp nước Đồng Nai"],
                due=by("trước ngày 20/12/2026", "2026-12-20"),
            ),
            task(
                "Ban Quản lý dự án đầu tư xây dựng tỉnh tổ chức thi công ngay tại các đoạn đã có mặt bằng, phấn đấu đạt tối thiểu 65% giá trị khối lượng trước ngày 31/12/2026.",
                "head",
                lead=["Ban Quản lý dự án đầu tư xây dựng tỉnh"],
                due=by("trước ngày 31/12/2026", "2026-12-31"),
                targets=[
                    share(
                        "phấn đấu đạt tối thiểu 65% giá trị khối lượng",
                        "giá trị khối lượng",
                        65,
                        sign=">=",
                        by="2026-12-31",
                    )
                ],
            ),
            task(
                "Thứ Sáu hằng tuần, các đơn vị được giao nhiệm vụ báo cáo tiến độ về Sở Xây dựng để tổng hợp.",
                "head",
                lead=["các đơn vị được giao nhiệm vụ"],
                due=every("Thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
            ),
            prose(
                "Về kiến nghị điều chỉnh giá vật liệu của nhà thầu: thống nhất chủ trương theo đề xuất của Sở Xây dựng tại Văn bản số 6120/SXD-KTXD ngày 04/9/2026.",
                "head",
            ),
        ),
        prose(
            "Thừa lệnh Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị liên quan biết, thực hiện."
        ),
    ),
    closing=Closing(
        ("CT, các PCT UBND tỉnh;", "Các đơn vị dự họp;", "Lưu: VT, KTN."),
        ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        "Đỗ Minh Tuấn",
    ),
)
