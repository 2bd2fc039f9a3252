# ruff: noqa: E501 - sentences stay on one line
"""A province's short letter: three paragraphs that begin "Giao …", no bullets, the number left blank as in drafts."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Item, Letterhead, Work
from corpus.generator.writing import by, prose, task

FORM = Form(blank_number=True)

DOCUMENT = Document(
    name="langson-cv-ra-soat-cau-treo",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân tỉnh Lạng Sơn",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
        number="1877/UBND-KT",
        kind="Công văn",
        place="Lạng Sơn",
        day="2026-11-12",
        subject="rà soát, bảo đảm an toàn cầu treo dân sinh trên địa bàn tỉnh",
    ),
    addressed=("Các Sở: Xây dựng, Tài chính", "Công an tỉnh", "UBND các xã, phường"),
    opening=(
        prose(
            "UBND tỉnh nhận được Báo cáo số 366/BC-SXD ngày 03/11/2026 của Sở Xây dựng về hiện trạng cầu treo dân sinh; theo đó 17/142 cầu có dấu hiệu hư hỏng cáp, mặt cầu. Sau khi xem xét, UBND tỉnh có ý kiến như sau:"
        ),
    ),
    body=(
        task(
            "Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh, UBND các xã, phường có cầu kiểm định tải trọng 17 cầu hư hỏng, hoàn thành trước ngày 15/12/2026; tham mưu UBND tỉnh phương án sửa chữa.",
            "head",
            lead=["Sở Xây dựng"],
            support=["Công an tỉnh", "UBND các xã, phường có cầu"],
            due=by("trước ngày 15/12/2026", "2026-12-15"),
        ),
        task(
            "Giao Sở Tài chính cân đối nguồn kinh phí bảo trì đường bộ năm 2027, báo cáo UBND tỉnh trước ngày 25/12/2026.",
            "head",
            lead=["Sở Tài chính"],
            due=by("trước ngày 25/12/2026", "2026-12-25"),
        ),
        Item(
            "UBND các xã, phường cắm biển hạn chế tải trọng, rào chắn cầu không bảo đảm an toàn trong vòng 10 ngày kể từ ngày ban hành văn bản này; Chủ tịch UBND các xã, phường chịu trách nhiệm nếu để xảy ra tai nạn.",
            "head",
            works=(
                Work(
                    ("UBND các xã, phường",),
                    deadline=by("trong vòng 10 ngày kể từ ngày ban hành văn bản này", "2026-11-23"),
                    text="UBND các xã, phường cắm biển hạn chế tải trọng, rào chắn cầu không bảo đảm an toàn trong vòng 10 ngày kể từ ngày ban hành văn bản này",
                ),
                Work(
                    ("Chủ tịch UBND các xã, phường",),
                    text="Chủ tịch UBND các xã, phường chịu trách nhiệm nếu để xảy ra tai nạn.",
                ),
            ),
        ),
        prose("UBND tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện."),
    ),
    closing=Closing(
        ("Như trên;", "CT, các PCT UBND tỉnh;", "Lưu: VT, KT (HVT)."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Hoàng Trung Kiên",
    ),
)
