"""Web pages → blocks: what a browser shows of the document, without the portal around it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.blocks import Limits, read, web
from extractor.errors import ExtractionError, TooLargeError, UnreadableError

LONG = (
    "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về bảo đảm an toàn cầu treo dân sinh trong mùa mưa lũ, Sở Xây dựng đề "
    "nghị các địa phương tổ chức kiểm tra, cắm biển báo tải trọng và báo cáo kết quả. "
)


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def content(body, head=""):
    return web.read(page(body, head), Limits())


def lines(found):
    """Paragraphs with their labels, cells as (row, column, text) with spans where there are any."""
    result = []
    for block in found.blocks:
        cell = block.place.cell
        if cell is None:
            result.append(f"{block.label} {block.text}".strip())
        elif (cell.row_span, cell.column_span) == (1, 1):
            result.append((cell.row, cell.column, block.text))
        else:
            result.append((cell.row, cell.column, block.text, cell.row_span, cell.column_span))
    return result


# --- text ------------------------------------------------------------------------------------------------------------

TEXT = {
    "paragraphs": ("<p>Một</p><div>Hai <b>ba</b></div>bốn", ["Một", "Hai ba", "bốn"]),
    "white space folded": ("<p>Sở\n   Y\ttế&nbsp; chủ trì</p>", ["Sở Y tế chủ trì"]),
    "line breaks": ("<p>Nơi nhận:<br>- Như trên;<br/>- Lưu: VT.</p>", ["Nơi nhận:\n- Như trên;\n- Lưu: VT."]),
    "two line breaks part paragraphs": ("Mục đích<br><br>\n<br>Yêu cầu", ["Mục đích", "Yêu cầu"]),
    "entities": ("<p>TN&amp;MT &lt;kèm theo&gt; &#272;&agrave;o</p>", ["TN&MT <kèm theo> Đào"]),
    "control characters": ("<p>Sở &#7;Y<script>1</script>&#7; tế</p>", ["Sở Y tế"]),
    "inline tags in a word": ("<p>Sở Nội <span>v</span><i>ụ</i></p>", ["Sở Nội vụ"]),
    "bullets": ("<ul><li>Rà soát</li><li>Báo cáo</li></ul>", ["- Rà soát", "- Báo cáo"]),
    "numbers": ("<ol><li>Rà soát</li><li>Báo cáo</li></ol>", ["1. Rà soát", "2. Báo cáo"]),
    "letters from the third": ("<ol type=a start=3><li>Rà soát<li>Báo cáo</ol>", ["c. Rà soát", "d. Báo cáo"]),
    "roman, value": ("<ol type=I><li>A<li value=4>B</ol>", ["I. A", "IV. B"]),
    "styled list": ('<ol style="list-style-type: lower-roman"><li>Một</ol>', ["i. Một"]),
    "list without signs": ('<ul style="list-style:none"><li>Một</ul>', ["Một"]),
    "item without sign": ('<ul><li style="list-style:none">Một</ul>', ["Một"]),
    "labels typed in items": ("<ul><li>a) Rà soát<li>- Báo cáo</ul>", ["a) Rà soát", "- Báo cáo"]),
    "lists in lists": ("<ol><li>Sở Y tế<ul><li>Tập huấn</ul><li>Sở Nội vụ</ol>",
                       ["1. Sở Y tế", "- Tập huấn", "2. Sở Nội vụ"]),
    "wrapped preformatted text": ("<pre>Căn cứ Công văn số\n5/SNV ngày 3/2\n\nĐề nghị</pre>",
                                  ["Căn cứ Công văn số", "5/SNV ngày 3/2", "Đề nghị"]),
    "capitals by style": ('<p style="text-transform:uppercase">kế hoạch</p>', ["KẾ HOẠCH"]),
    "font of capitals": ('<p><font face=".VnTimeH">kÕ ho¹ch</font></p>', ["KẾ HOẠCH"]),
    "labels as Word saves them": (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>"
        "<![endif]>Rà soát<o:p></o:p></p>", ["1. Rà soát"]),
    "footnotes as Word saves them": (
        '<p>Kế hoạch<sup><a href="#_ftn1">[1]</a></sup> này</p><div id=ftn1><p>Chú thích</p></div>', ["Kế hoạch này"]),
    "not shown": ('<script>x="<p>1</p>"</script><style>p{}</style><p style="display: none">ẩn</p><p hidden>ẩn</p>'
                  "<!-- ẩn --><noscript>ẩn</noscript><p><del>cũ</del>mới</p>", ["mới"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TEXT.values(), ids=TEXT)
def test_text(body, expected):
    assert lines(content(body)) == expected


def test_look():
    found = content('<h2>Mục tiêu</h2><p align=center><b>KẾ HOẠCH</b></p><p style="font-style:italic">(Kèm theo)</p>')
    looks = [(b.text, b.level, b.bold, b.italic, b.centered) for b in found.blocks]
    assert looks == [
        ("Mục tiêu", 1, True, False, False),
        ("KẾ HOẠCH", None, True, False, True),
        ("(Kèm theo)", None, False, True, False),
    ]


# --- tables ----------------------------------------------------------------------------------------------------------

TABLES = {
    "plain": ("<table><tr><th>TT<th>Việc<tr><td>1<td>Tập huấn</table>",
              [(0, 0, "TT"), (0, 1, "Việc"), (1, 0, "1"), (1, 1, "Tập huấn")]),
    "head of two levels": (
        "<table><thead><tr><th rowspan=2>TT<th colspan=2>Phân công</tr><tr><th>Chủ trì<th>Phối hợp</tr></thead>"
        "<tbody><tr><td>1<td>Sở A<td>Sở B</tr></tbody></table>",
        [(0, 0, "TT", 2, 1), (0, 1, "Phân công", 1, 2), (1, 1, "Chủ trì"), (1, 2, "Phối hợp"),
         (2, 0, "1"), (2, 1, "Sở A"), (2, 2, "Sở B")],
    ),
    "a cell over two rows": (
        "<table><tr><td>1<td>Rà soát<td rowspan=2>Sở Tư pháp<tr><td>2<td>Công bố</table>",
        [(0, 0, "1"), (0, 1, "Rà soát"), (0, 2, "Sở Tư pháp", 2, 1), (1, 0, "2"), (1, 1, "Công bố")],
    ),
    "to the end of the table": ("<table><tr><td rowspan=0>A<td>1<tr><td>2<tr><td>3</table>",
                                [(0, 0, "A", 3, 1), (0, 1, "1"), (1, 1, "2"), (2, 1, "3")]),
    "columns that only a span makes": ("<table><tr><td colspan=4>I. Công nghiệp<tr><td>1<td colspan=3>Tập huấn</table>",
                                       [(0, 0, "I. Công nghiệp", 1, 2), (1, 0, "1"), (1, 1, "Tập huấn")]),
    "a span below the last row": ("<table><tr><td rowspan=9>A<td>1</table>", [(0, 0, "A"), (0, 1, "1")]),
    "paragraphs and lists in a cell": (
        "<table><tr><td>1<td><p>Sở Y tế:</p><ul><li>Tập huấn<li>Báo cáo</ul></table>",
        [(0, 0, "1"), (0, 1, "Sở Y tế:\n- Tập huấn\n- Báo cáo")],
    ),
    "caption": ("<table><caption>Biểu 1</caption><tr><td>1<td>2</table>", ["Biểu 1", (0, 0, "1"), (0, 1, "2")]),
    "empty cells": ("<table><tr><td>1<td><tr><td><td>2</table>", [(0, 0, "1"), (0, 1, ""), (1, 0, ""), (1, 1, "2")]),
    "one column is text": ("<table><tr><td>Kính gửi<tr><td>Các sở</table>", ["Kính gửi", "Các sở"]),
    "a table for layout around one of data": (
        f"<table><tr><td>Bên trái</td><td>{LONG}<table><tr><td>1<td>2</table></td></tr></table>",
        ["Bên trái", LONG.strip(), (0, 0, "1"), (0, 1, "2")],
    ),
    "a page in one cell": (f"<table><tr><td>Bên trái<td>{f'<p>{LONG}</p>' * 12}</table>",
                           ["Bên trái", *[LONG.strip()] * 12]),
    "a small table in a cell of data": (
        "<table><tr><td>TT<td>Việc<td>Hạn</tr>"
        + "<tr><td>1<td>A<table><tr><td>x<td>y</table><td>Quý I</tr>" * 2 + "</table>",
        [(0, 0, "TT"), (0, 1, "Việc"), (0, 2, "Hạn"),
         (1, 0, "1"), (1, 1, "A\nx\ny"), (1, 2, "Quý I"), (2, 0, "1"), (2, 1, "A\nx\ny"), (2, 2, "Quý I")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TABLES.values(), ids=TABLES)
def test_tables(body, expected):
    assert lines(content(body)) == expected


@st.composite
def tables(draw):
    """Rows of (text, rowspan, colspan)."""
    rows = draw(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=2, max_size=4), max_size=5))
    return [[(f"ô {r}.{c}", *spans) for c, spans in enumerate(row)] for r, row in enumerate(rows)]


@given(tables())
@settings(deadline=None)
def test_each_cell_stands_once_on_its_own_ground(rows):
    html = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={across}>{text}</td>" for text, down, across in row) + "</tr>"
        for row in rows
    )
    cells = [b for b in content(f"<p>x</p><table>{html}</table>").blocks if b.place.cell]
    assert sorted(b.text for b in cells) == sorted(text for row in rows for text, _, _ in row)
    ground = [
        (b.place.cell.row + r, b.place.cell.column + c)
        for b in cells
        for r in range(b.place.cell.row_span)
        for c in range(b.place.cell.column_span)
    ]
    assert all(row < len(rows) for row, _ in ground)
    starts = [(b.place.cell.row, b.place.cell.column) for b in cells]
    assert len(starts) == len(set(starts))


# --- a portal's frame ------------------------------------------------------------------------------------------------

ARTICLE = f"<h1>Kiểm tra cầu treo</h1><p>{LONG}</p><p>Báo cáo trước ngày 15/9/2026.</p>"
TOLD = ["Kiểm tra cầu treo", LONG.strip(), "Báo cáo trước ngày 15/9/2026."]
LINKS = "<ul><li><a href=/>Trang chủ</a></li><li><a href=/a>Tin tức</a></li><li><a href=/b>Văn bản</a></li></ul>"
NEWS = (
    "<ul>"
    + "".join(f"<li><a href=/{n}>Khai mạc giải bóng chuyền lần thứ {n}</a> (0{n}/01)</li>" for n in (1, 2, 3, 4))
    + "</ul>"
)
FRAMES = {
    "navigation": f"<nav><p>Giới thiệu về Sở</p></nav>{ARTICLE}",
    "a menu that is only links": f"<div>{LINKS}</div>{ARTICLE}",
    "banner and footer": f"<header>CỔNG THÔNG TIN</header>{ARTICLE}<footer>Địa chỉ: 1 Lê Lợi</footer>",
    "by role": f'<div role="navigation">Danh mục</div>{ARTICLE}',
    "by class": f'<div class="c-sidebar Box">Thời tiết hôm nay</div>{ARTICLE}<p id="binhLuan">Ý kiến của bạn</p>',
    "related news": f'{ARTICLE}<div class="tin-lien-quan"><h3>Tin liên quan</h3>{NEWS}</div>',
    "related news without a class": f"{ARTICLE}<h3>Các tin khác</h3>{NEWS}",
    "counter": f"{ARTICLE}<p>Lượt xem: 310</p>",
    "the form that wraps an ASP.NET page": f"<form id=aspnetForm>{LINKS}<input value=x>{ARTICLE}</form>",
    "layout by a table": f"<table><tr><td width=180>{LINKS}</td><td>{ARTICLE}</td></tr></table>",
    "a wrapper called sidebar": f'<div class="with-sidebar content">{ARTICLE}</div>',
    "a header inside the article": ARTICLE.replace("<h1>", "<article><header><h1>").replace("</h1>", "</h1></header>"),
}


@pytest.mark.parametrize("body", FRAMES.values(), ids=FRAMES)
def test_the_frame_is_left_out(body):
    assert lines(content(body)) == TOLD


LAW = "Căn cứ <a>Luật Đê điều năm 2006</a>, <a>Luật Thủy lợi năm 2017</a>, <a>Luật Đất đai</a><span>;</span>"
ROWS = "".join(f"<tr><td>{n}<td><a>Nghị quyết số {n}/NQ-CP của tỉnh</a><td>Sở A</tr>" for n in (1, 2, 3))
NUMBERED = f"<table border=1><tr><td>TT<td>Văn bản<td>Chủ trì</tr>{ROWS}</table>"
KEPT = {
    "a numbered table of links": NUMBERED,
    "a numbered table in a box called print": f'<div class="print">{re.sub("</?a>", "", NUMBERED)}</div>',
    "a sentence of links": f"<div><p>{LAW}</p></div>",
    "sentences with a link each": "".join(f"<p>Theo <a>Nghị quyết số {n}/NQ-CP của tỉnh</a>;</p>" for n in (1, 2, 3)),
    "a document's list of links": "<ol><li><a>Phụ lục 1</a><li><a>Phụ lục 2</a></ol>",
    "a letterhead in a header": "<header>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</header>",
    "a plan in a box called widget": '<div class="widget"><p>KẾ HOẠCH</p><p>Năm 2026</p></div>',
}


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT)
def test_what_only_looks_like_a_frame_stays(body):
    assert len(lines(content(f"{body}{ARTICLE}"))) == len(TOLD) + len(lines(content(body)))


@pytest.mark.parametrize("tag", ['<iframe src="/viewer?file=/vb/{}"></iframe>', "<object data='{}'></object>"])
def test_a_document_shown_in_a_frame_is_told_of(tag):
    found = content(ARTICLE + tag.format("kh%2012.pdf") + tag.format("kh%2012.pdf") + tag.format("video.mp4"))
    assert [(p.kind, p.severity) for p in found.problems] == [("embedded_file_not_read", "high")]
    assert "“kh 12.pdf”" in found.problems[0].message


# --- encodings -------------------------------------------------------------------------------------------------------

TITLE = "Ủy ban nhân dân tỉnh"
CHARSETS = {
    "UTF-8 that calls itself something else": ("iso-8859-1", TITLE.encode(), None),
    "UTF-8 without a word": ("", TITLE.encode(), None),
    "UTF-16": ("utf-16", None, None),
    "TCVN3": ("x-user-defined", "Uû ban nh©n d©n tØnh".encode("latin-1"), "encoding_guessed"),
    "VNI": ("windows-1252", "UÛy ban nhaân daân tænh".encode("latin-1"), "encoding_guessed"),
    "Windows-1258": ("windows-1258", "U\u0309y ban nhân dân ti\u0309nh".encode("cp1258"), "encoding_guessed"),
    "an encoding that nobody knows": ("x-sai", TITLE.encode(), None),
}


@pytest.mark.parametrize(("charset", "data", "kind"), CHARSETS.values(), ids=CHARSETS)
def test_encodings(tmp_path, charset, data, kind):
    path = tmp_path / "trang.html"
    head = f'<html><head><meta charset="{charset}"></head><body><p>'
    path.write_bytes(
        f"{head}{TITLE}".encode("utf-16") if data is None else head.encode() + data + b"</p></body></html>"
    )
    reading = read(path)
    assert [b.text.replace("uỷ", "ủy").replace("Uỷ", "Ủy") for b in reading.blocks] == [TITLE]
    assert [p.kind for p in reading.problems] == ([] if kind is None else [kind])


# --- any name, bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kế hoạch.doc", "bảng.xls", "trang.html", "trang", "chép.txt"])
def test_a_page_is_a_page_under_any_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(page("<p>Kế hoạch</p>"))
    reading = read(path)
    assert ([b.text for b in reading.blocks], reading.source.reader) == (["Kế hoạch"], "web")


BAD = {
    "nothing": (b"<html></html>", UnreadableError, "không có"),
    "only a script": (page("<script>1</script>"), UnreadableError, "không có chữ"),
    "zero bytes": (b"<html>\x00\x01\x02\x03\x04\x05" + b"\x00\x07" * 50, UnreadableError, "byte 0"),
    "too deep": (page("<div>" * 400 + "x"), TooLargeError, "quá sâu"),
    "a run of text without end": (page("<p>" + "x" * 11_000_000), TooLargeError, "quá dài"),
    "a table without end": (
        page("<p>x</p><table>" + "<tr>" + "<td rowspan=60000 colspan=1000>x<td>y" * 40 + "<tr><td>x" * 40 + "</table>"),
        TooLargeError,
        "ô bảng",
    ),
}


@pytest.mark.parametrize(("data", "error", "words"), BAD.values(), ids=BAD)
def test_bad_pages_are_refused_in_one_line(data, error, words):
    with pytest.raises(error) as caught:
        web.read(data, Limits())
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_formatting_that_was_never_closed_loses_nothing():
    body = "".join(f"<p><font size={n}><b>Đoạn {n}" for n in range(400))
    assert [b.text for b in content(body).blocks] == [f"Đoạn {n}" for n in range(400)]


def test_entities_of_a_doctype_are_not_followed():
    doctype = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    found = web.read(doctype + "<html><body><p>Kế hoạch &a; số 5</p></body></html>".encode(), Limits())
    assert lines(found) == ["Kế hoạch &a; số 5"]


def test_nested_tables_take_no_time():
    depth = 60
    html = "<table><tr><td>a</td><td>" * depth + "x" + "</td></tr></table>" * depth
    assert "x" in " ".join(str(line) for line in lines(content(html)))


PIECES = ["<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan=0>", "<li>", "<ol>",
          "<b>", "<nav>", "<a>", "<br>", "<!--", "]]>", "<pre>", "&#0;", "x", "Số: 5", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(deadline=None)
def test_any_tags_give_blocks_or_a_named_error(body):
    try:
        found = content(body)
    except ExtractionError:
        return
    assert [b.index for b in found.blocks] == list(range(len(found.blocks)))
