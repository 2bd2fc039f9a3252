"""Text files → blocks: encodings, hard-wrapped lines, flattened tables, a portal's frame."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.blocks import read
from extractor.blocks.plain import paragraphs
from extractor.blocks.plain import read as read_bytes
from extractor.errors import UnreadableError


@pytest.fixture
def pasted(tmp_path):
    """A function that writes a text file and returns the blocks read from it."""

    def build(text, encoding="utf-8"):
        path = tmp_path / "bài viết.txt"
        path.write_bytes(text.encode(encoding))
        return read(path).blocks

    return build


def texts(found):
    return [block.text for block in found]


def rows(found, table=0):
    """{(row, column): text} of one table, spans beside the text where there are any."""
    cells = [(b.place.cell, b.text) for b in found if b.place.cell and b.place.cell.table == table]
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c, _ in cells}
    return {
        (c.row, c.column): (text, *spans[c.row, c.column]) if spans[c.row, c.column] != (1, 1) else text
        for c, text in cells
    }


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_problem(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("Sở Nông nghiệp và Môi trường".encode(encoding))
    reading = read(path)
    assert (texts(reading.blocks), reading.problems) == (["Sở Nông nghiệp và Môi trường"], ())


@pytest.mark.parametrize(
    ("data", "text", "kind"),
    [
        (
            "Sơ\u0309 Y tê\u0301 báo cáo kê\u0301t qua\u0309".encode("cp1258"),
            "Sở Y tế báo cáo kết quả",
            "encoding_guessed",
        ),
        ("Uû ban nh©n d©n tØnh b¸o c¸o".encode("cp1252"), "Uỷ ban nhân dân tỉnh báo cáo", "encoding_guessed"),
        ("Uû ban nh©n d©n tØnh b¸o c¸o kÕt qu¶".encode(), "Uỷ ban nhân dân tỉnh báo cáo kết quả", "legacy_encoding"),
    ],
)
def test_encodings_before_unicode_are_read_with_a_problem_of_low_severity(tmp_path, data, text, kind):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    reading = read(path)
    (problem,) = reading.problems
    assert (texts(reading.blocks), problem.kind, problem.severity) == ([text], kind, "low")


@pytest.mark.parametrize("data", [b"  \n \n", b"Van ban\x00\x01\x02", b"\xef\xbb\xbf"])
def test_text_file_without_text_is_refused(data):
    with pytest.raises(UnreadableError):
        read_bytes(data)


# --- paragraphs ------------------------------------------------------------------------------------------------------

WRAPPED = """\
KẾ HOẠCH
KHẮC PHỤC HẬU QUẢ SẠT LỞ BỜ SÔNG, BỜ BIỂN TRÊN ĐỊA
BÀN TỈNH NĂM 2027
Căn cứ Luật Đê điều ngày
29 tháng 11 năm 2006; theo đề nghị của Giám đốc Sở Nông nghiệp
và Môi trường, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
- Hoàn thành việc gia cố những đoạn bờ sông có nguy cơ sạt lở
cao trước mùa lũ; di dời các hộ dân ở khu vực nguy hiểm đến
nơi an toàn.
- Nâng cao ý thức của người dân.
1. Sở Tài chính
Bố trí kinh phí từ nguồn dự phòng ngân sách, thẩm định dự toán
các công trình cấp bách trong vòng 07 ngày.
2. Ủy ban nhân dân các xã ven
biển:
a) Tổ chức tuần tra./.
"""


def test_hard_wrapped_lines_are_rejoined():
    assert paragraphs(WRAPPED.splitlines()) == [
        "KẾ HOẠCH",
        "KHẮC PHỤC HẬU QUẢ SẠT LỞ BỜ SÔNG, BỜ BIỂN TRÊN ĐỊA BÀN TỈNH NĂM 2027",
        "Căn cứ Luật Đê điều ngày 29 tháng 11 năm 2006; theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường, "
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
        "I. MỤC ĐÍCH",
        "- Hoàn thành việc gia cố những đoạn bờ sông có nguy cơ sạt lở cao trước mùa lũ; di dời các hộ dân ở khu vực "
        "nguy hiểm đến nơi an toàn.",
        "- Nâng cao ý thức của người dân.",
        "1. Sở Tài chính",
        "Bố trí kinh phí từ nguồn dự phòng ngân sách, thẩm định dự toán các công trình cấp bách trong vòng 07 ngày.",
        "2. Ủy ban nhân dân các xã ven biển:",
        "a) Tổ chức tuần tra./.",
    ]


def test_text_that_is_not_wrapped_keeps_its_lines():
    lines = ["Kính gửi: Các xã, phường", "", "- Đơn vị chủ trì: Sở A;", "- Thời gian: Quý I.", "Nơi nhận", "Lưu: VT"]
    assert paragraphs(lines) == [line for line in lines if line]


@pytest.mark.parametrize(
    ("above", "below", "together"),
    [
        ("Thực hiện Kế hoạch số 45/KH-", "UBND ngày 02/3/2027 của tỉnh về", True),
        ("theo quy định tại Nghị định số", "30/2020/NĐ-CP của Chính phủ về", True),
        ("do Sở Khoa học và", "Công nghệ chủ trì thực hiện trong", True),
        ("các nội dung sau đây:", "- Rà soát lại toàn bộ hồ sơ của", False),
        ("thực hiện nghiêm túc.", "Điều 2. Kế hoạch này có hiệu lực", False),
    ],
)
def test_where_a_wrapped_paragraph_ends(above, below, together):
    filler = ["trong quá trình triển khai thực hiện nhiệm", "vụ được giao tại Kế hoạch của tỉnh năm nay"] * 4
    found = paragraphs([*filler, "", above, below, "", *filler])
    assert any(re.search(rf"{re.escape(above[-6:])} ?{re.escape(below[:6])}", text) for text in found) is together


PIECES = "Sở Y tế chủ trì, rà soát; báo cáo. | - 1. a) I. TT Nơi nhận: KẾ HOẠCH ngày 02/3"
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n", "\n|\n", "\n\n"]), max_size=120)


@given(WORDS)
def test_every_word_is_kept_and_nothing_crashes(words):
    text = " ".join(words)
    if not re.search(r"\w", text):
        return
    found = read_bytes(text.encode()).blocks
    assert sorted(re.findall(r"\w+", " ".join(b.text for b in found))) == sorted(re.findall(r"\w+", text))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        content = read_bytes(data)
    except UnreadableError:
        return
    assert all(len(block.text) == len(block.origins) for block in content.blocks)


# --- flattened tables ------------------------------------------------------------------------------------------------


def flat(*cells):
    return "\n".join(f"{cell}\n|" if cell else "|" for cell in cells)


HEADER = ("TT", "Nhiệm vụ", "Đơn vị\nchủ trì", "Thời gian")


def test_flattened_table_is_laid_out_by_its_header(pasted):
    table = flat(*HEADER, "1", "Gia cố bờ kè đoạn qua chợ", "Sở A", "Quý I", "2", "Trồng cây chắn sóng", "UBND xã", "")
    found = pasted(f"II. NHIỆM VỤ\n{table}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở A\nTheo dõi, đôn đốc.")
    assert texts(found)[0] == "II. NHIỆM VỤ"
    assert texts(found)[-3:] == ["III. TỔ CHỨC THỰC HIỆN", "1. Sở A", "Theo dõi, đôn đốc."]
    assert rows(found) == {
        (0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Đơn vị\nchủ trì", (0, 3): "Thời gian",
        (1, 0): "1", (1, 1): "Gia cố bờ kè đoạn qua chợ", (1, 2): "Sở A", (1, 3): "Quý I",
        (2, 0): "2", (2, 1): "Trồng cây chắn sóng", (2, 2): "UBND xã", (2, 3): "",
    }  # fmt: skip


def test_flattened_table_with_groups_and_merged_cells(pasted):
    table = flat(
        *HEADER,
        "I", "Công trình cấp bách",
        "1", "Gia cố bờ kè đoạn qua chợ", "Sở A", "Quý I",
        "2", "Trồng cây chắn sóng ven biển", "Sở A", "Quý II",
        "II", "Công trình lâu dài",
        "3", "Lập quy hoạch chỉnh trị dòng sông", "Sở B", "Quý III",
        "4", "Nghiên cứu diễn biến lòng dẫn", "Quý IV",
        "5", "Tổng kết, đánh giá kết quả", "Sở C", "Quý IV",
    )  # fmt: skip
    found = rows(pasted(f"PHỤ LỤC\n{table}\nNơi nhận:"))
    assert found[1, 1] == ("Công trình cấp bách", 1, 3)
    assert found[4, 1] == ("Công trình lâu dài", 1, 3)
    assert found[5, 2] == ("Sở B", 2, 1)
    assert (found[6, 1], found[6, 3]) == ("Nghiên cứu diễn biến lòng dẫn", "Quý IV")
    assert (found[7, 0], found[7, 2]) == ("5", "Sở C")


def test_letterhead_and_signature_between_bars_are_cells(pasted):
    found = pasted(
        flat("ỦY\nBAN NHÂN DÂN\nTỈNH BẮC KẠN", "CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
             "Số: 17/KH-UBND", "Bắc\nKạn, ngày 02 tháng 3 năm 2027")
        + "\nKẾ HOẠCH\nNăm 2027\nI. MỤC ĐÍCH\n1. Giữ đê./.\n"
        + flat("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    )  # fmt: skip
    assert rows(found)[1, 0] == "Số: 17/KH-UBND"
    assert [b.text for b in found if b.place.cell is None] == ["KẾ HOẠCH", "Năm 2027", "I. MỤC ĐÍCH", "1. Giữ đê./."]
    assert rows(found, 1)[0, 0].startswith("Nơi nhận:")
    assert rows(found, 1)[0, 1].startswith("TM. ỦY BAN NHÂN DÂN")


# --- tables with a row a line ----------------------------------------------------------------------------------------

PASTED = {
    "tabs": "TT\tNhiệm vụ\tChủ trì\n1\tTỉa cây\tSở A\n2\tThay đèn\t",
    "bars": "| TT | Nhiệm vụ | Chủ trì |\n|---|:---:|---|\n| 1 | Tỉa cây | Sở A |\n| 2 | Thay đèn | |",
}


@pytest.mark.parametrize("table", PASTED.values(), ids=PASTED)
def test_table_with_a_row_a_line(pasted, table):
    found = pasted(f"Phân công như sau:\n\n{table}\n\nNơi nhận: Lưu VT.")
    assert (found[0].text, found[-1].text) == ("Phân công như sau:", "Nơi nhận: Lưu VT.")
    assert rows(found) == {
        (0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Chủ trì",
        (1, 0): "1", (1, 1): "Tỉa cây", (1, 2): "Sở A",
        (2, 0): "2", (2, 1): "Thay đèn", (2, 2): "",
    }  # fmt: skip


def test_pasted_cell_of_several_lines_and_group_row(pasted):
    found = rows(pasted("TT\tNhiệm vụ\tChủ trì\nI\tViệc chung\n1\tTỉa cây:\n- đường A;\n- đường B\tSở A\nHết."))
    assert found[1, 1][0] == "Việc chung"
    assert found[2, 1] == "Tỉa cây:\n- đường A;\n- đường B"
    assert found[2, 2] == "Sở A"


@pytest.mark.parametrize(
    "text",
    [
        "TT\tViệc\tCơ quan\n\n1\tHọp\tSở A\n\n\n2\tRà soát\tSở B\n\nHết.",
        "TT\tViệc\tCơ quan\n1\tHọp\tSở A\t\n2\tRà soát\tSở B\t\t\nHết.",
    ],
    ids=["a blank line after each row", "a tab at the end of rows"],
)
def test_rows_that_are_not_as_neat_as_their_header(pasted, text):
    cells = ["TT", "Việc", "Cơ quan", "1", "Họp", "Sở A", "2", "Rà soát", "Sở B"]
    found = pasted(text)
    assert rows(found) == {divmod(at, 3): cell for at, cell in enumerate(cells)}
    assert texts(found) == [*cells, "Hết."]


def test_a_row_with_a_cell_more_than_the_header_stays_in_its_table(pasted):
    found = pasted("TT\tViệc\tCơ quan\n1\tHọp\tSở A\n2\tRà soát\tSở B\ttiếp 2027\n3\tSơ kết\tSở C")
    assert {b.place.cell.table for b in found} == {0}
    assert rows(found)[2, 3] == "tiếp 2027"


def test_single_tab_in_prose_is_no_table(pasted):
    assert texts(pasted("1.\tRà soát\n2.\tBáo cáo")) == ["1. Rà soát", "2. Báo cáo"]


# --- a portal's frame ------------------------------------------------------------------------------------------------

ARTICLE = (
    "Ủy ban nhân dân tỉnh vừa có văn bản yêu cầu các địa phương chủ động phòng, chống sâu keo mùa thu hại ngô, "
    "hoàn thành việc điều tra trước ngày 25/4/2027."
)
PAGE = f"""\
Thứ ba, 06/04/2027, 08:15:20
Trang chủ
Giới thiệu
Chi tiết tin

Tăng cường phòng, chống sâu keo mùa thu
Lượt xem: 1.204

{ARTICLE}

1. Sở A: Hướng dẫn kỹ thuật.

[Trở về]
Các tin cũ hơn:
Khai mạc giải bóng chuyền
Đăng nhập
Địa chỉ: Số 1 Hùng Vương
Tổng số lượt truy cập: 99.120
"""


def test_frame_of_a_portal_is_left_out(pasted):
    assert texts(pasted(PAGE)) == [
        "Tăng cường phòng, chống sâu keo mùa thu", ARTICLE, "1. Sở A: Hướng dẫn kỹ thuật.",
    ]  # fmt: skip


def test_frame_in_decomposed_letters_is_left_out(pasted):
    assert texts(pasted(unicodedata.normalize("NFD", PAGE))) == texts(pasted(PAGE))


def test_days_alone_on_their_lines_are_deadlines_not_a_frame(pasted):
    text = "Trang chủ\nLượt xem: 5\nSở A chủ trì\n30/6/2026\nSở B chủ trì\n31/7/2026"
    assert texts(pasted(text)) == ["Sở A chủ trì", "30/6/2026", "Sở B chủ trì", "31/7/2026"]


def test_document_that_only_names_such_words_is_kept_whole(pasted):
    text = f"Kính gửi: Các sở\n\n{ARTICLE}\n\n- Công khai số lượt truy cập trên Cổng.\n\nĐăng nhập\n\n- Liên hệ Sở A."
    assert texts(pasted(text)) == [line for line in text.split("\n") if line]


def test_text_after_the_footer_words_is_kept_where_an_article_follows(pasted):
    text = f"Lượt xem: 12\nBình luận\n{ARTICLE}\n{ARTICLE.replace('ngô', 'lúa')}"
    assert texts(pasted(text)) == [ARTICLE, ARTICLE.replace("ngô", "lúa")]
