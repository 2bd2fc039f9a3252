"""Word files → blocks: what Word shows, in body order, each piece with its place."""

import io
import re
import unicodedata
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractor.blocks import Limits, read, read_bytes
from extractor.errors import ProtectedError, TooLargeError, UnreadableError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EXTRA = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def word(tmp_path):
    """A function that writes a .docx from the XML of its body and returns what is read from it."""

    def build(body, numbering="", styles="", name="ke hoach.docx", limits=None):
        path = tmp_path / name
        path.write_bytes(package(body, numbering, styles))
        return read(path, limits or Limits()).blocks

    return build


def package(body, numbering="", styles=""):
    parts = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("numbering", "numbering.xml"), ("styles", "styles.xml")),
        "word/document.xml": f"<w:document {W}{EXTRA}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def relations(*pairs):
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(pairs)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def p(text="", properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text, number=1, level=0, more=""):
    return p(text, f'{more}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def abstract(levels, number=0, extra=""):
    """An abstract list; *levels* are (format, text) or (format, text, extra XML)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
        f'{"".join(rest)}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (fmt, text, *rest) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{extra}{inner}</w:abstractNum>'


def num(number=1, of=0, override=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def embedded(program):
    office = "urn:schemas-microsoft-com:office:office"
    return f'<w:p><w:r><w:object><o:OLEObject xmlns:o="{office}" ProgID="{program}"/></w:object></w:r></w:p>'


def tc(*texts, properties="", inner=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, texts))}{inner}</w:tc>"


def texts(blocks):
    return [block.text for block in blocks]


def labels(blocks):
    return [(block.label, block.text) for block in blocks]


# --- text of a paragraph ---------------------------------------------------------------------------------------------

TEXT_BOX = "<w:txbxContent>" + p("DỰ THẢO LẦN 2") + "</w:txbxContent>"
PARAGRAPHS = {
    "runs split in the middle of a word": (r("Sở Nội ") + r("v") + r("ụ"), ["Sở Nội vụ"]),
    "tracked insertion in, deletion out": (
        r("Sở Y tế ")
        + "<w:del><w:r><w:delText>phối hợp</w:delText></w:r></w:del>"
        + f"<w:ins>{r('chủ trì')}</w:ins>",
        ["Sở Y tế chủ trì"],
    ),
    "moved text once": (f"<w:moveFrom>{r('cũ')}</w:moveFrom><w:moveTo>{r('mới')}</w:moveTo>", ["mới"]),
    "hyperlink": (r("Gửi qua ") + f"<w:hyperlink>{r('hộp thư')}</w:hyperlink>", ["Gửi qua hộp thư"]),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('15/8/2026')}</w:sdtContent></w:sdt>", ["15/8/2026"]),
    "line break": (r("Cơ quan chủ trì: Sở A") + "<w:r><w:br/></w:r>" + r("Thời gian: Quý I"),
                   ["Cơ quan chủ trì: Sở A\nThời gian: Quý I"]),
    "tab": (r("1.") + "<w:r><w:tab/></w:r>" + r("Rà soát"), ["1. Rà soát"]),
    "no-break hyphen": (r("2026") + "<w:r><w:noBreakHyphen/></w:r>" + r("2030"), ["2026-2030"]),
    "hidden text": (r("Hiện") + r(" ẩn", "<w:vanish/>"), ["Hiện"]),
    "field code out, its result in": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF muc_2</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("mục II")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ["mục II"],
    ),
    "footnote mark": (r("Kế hoạch") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" này"), ["Kế hoạch này"]),
    "symbol": ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + r(" Họp giao ban"), ["- Họp giao ban"]),
    "formula": ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", ["a+b"]),
    "text box once, after its paragraph": (
        r("KẾ HOẠCH")
        + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{TEXT_BOX}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{TEXT_BOX}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        ["KẾ HOẠCH", "DỰ THẢO LẦN 2"],
    ),
    "old text box": (
        r("V/v") + f"<w:r><w:pict><v:textbox>{TEXT_BOX}</v:textbox></w:pict></w:r>", ["V/v", "DỰ THẢO LẦN 2"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraph_text(word, inner, expected):
    assert texts(word(f"<w:p>{inner}</w:p>")) == expected


def test_deleted_paragraph_mark_joins_the_next_paragraph(word):
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(word(p("Sở Tài chính ", mark) + p("thẩm định kinh phí."))) == ["Sở Tài chính thẩm định kinh phí."]


def test_deleted_mark_before_a_table_leaves_the_text_before_it(word):
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(word(p("Phụ lục", mark) + table([tc("TT")]) + p("Cuối"))) == ["Phụ lục", "TT", "Cuối"]


def test_text_box_of_a_paragraph_with_a_deleted_mark_is_kept(word):
    box = f"<w:r><w:pict><v:textbox>{TEXT_BOX}</v:textbox></w:pict></w:r>"
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{box}</w:p>{p('V/v')}"
    assert texts(word(body)) == ["V/v", "DỰ THẢO LẦN 2"]


def test_text_that_a_style_hides(word):
    styles = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = r("ẩn", '<w:rStyle w:val="An"/>')
    assert texts(word(f"<w:p>{r('Hiện')}{hidden}</w:p>", styles=styles)) == ["Hiện"]


def test_blank_paragraphs_are_dropped_and_numbers_count_up(word):
    blocks = word(p("Một") + p("  ") + p() + p("Hai"))
    assert [(b.index, b.place.paragraph, b.text) for b in blocks] == [(0, 0, "Một"), (1, 1, "Hai")]


def test_table_of_contents_is_left_out(word):
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('I. MỤC ĐÍCH ... 1')}</w:sdtContent></w:sdt>"
    )
    assert texts(word(contents + p("I. MỤC ĐÍCH"))) == ["I. MỤC ĐÍCH"]


def test_origins_point_into_the_raw_text(word):
    (block,) = word(p("Uy\u0309 ban\u00a0 nhân dân"))
    assert block.text == "Uỷ ban nhân dân"
    assert block.raw == "Uy\u0309 ban\u00a0 nhân dân"
    assert block.raw[block.origins[3] :].startswith("ban")


# --- automatic labels ------------------------------------------------------------------------------------------------

OFFICE_LIST = abstract([("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")])


def test_labels_of_four_levels_start_anew_below_each_number(word):
    body = "".join(numbered(f"m{at}", level=level) for at, level in enumerate([0, 1, 2, 2, 3, 1, 2, 0, 1]))
    found = [b.label for b in word(body, OFFICE_LIST + num())]
    assert found == ["I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1."]


def test_label_is_not_in_the_text_and_level_is_the_list_level(word):
    (block,) = word(numbered("Rà soát quy trình", level=2), OFFICE_LIST + num())
    assert (block.label, block.text, block.level) == ("a)", "Rà soát quy trình", 2)


@pytest.mark.parametrize(
    ("levels", "at", "expected"),
    [
        ([("decimal", "%1."), ("decimal", "%1.%2.")], [0, 1, 1, 0, 1], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([("upperRoman", "%1"), ("decimal", "%1.%2", "<w:isLgl/>")], [0, 0, 1], ["I", "II", "2.1"]),
        ([("decimal", "%1."), ("decimal", "%2)", '<w:lvlRestart w:val="0"/>')], [0, 1, 0, 1], ["1.", "1)", "2.", "2)"]),
        ([("decimalZero", "%1")], [0] * 2, ["01", "02"]),
        ([("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "+"), ("bullet", "–")], [0, 1, 2, 3], ["-", "+", "+", "-"]),
        ([("none", "Phụ lục")], [0], ["Phụ lục"]),
        ([("decimal", "Điều %1.")], [0, 0], ["Điều 1.", "Điều 2."]),
        ([("decimal", "%1."), ("lowerLetter", "%2)")], [1, 0], ["a)", "1."]),
    ],
)
def test_label_formats(word, levels, at, expected):
    body = "".join(numbered("x", level=level) for level in at)
    assert [b.label for b in word(body, abstract(levels) + num())] == expected


def test_blank_numbered_paragraph_counts_as_word_counts_it(word):
    body = numbered("a") + numbered("") + numbered("b")
    assert labels(word(body, abstract([("decimal", "%1.")]) + num())) == [("1.", "a"), ("3.", "b")]


@pytest.mark.parametrize(("mark", "content"), [("del", "del"), ("moveFrom", "moveFrom")])
def test_paragraph_deleted_by_a_tracked_change_takes_no_number(word, mark, content):
    deleted = numbered("", more=f"<w:rPr><w:{mark}/></w:rPr>").replace(
        "</w:p>", f"<w:{content}>{r('bỏ')}</w:{content}></w:p>"
    )
    body = numbered("a") + deleted + numbered("b")
    assert labels(word(body, abstract([("decimal", "%1.")]) + num())) == [("1.", "a"), ("2.", "b")]


def test_second_list_of_the_same_kind_goes_on_unless_it_starts_anew(word):
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = abstract([("decimal", "%1.")]) + num(1) + num(2) + num(3, override=start)
    body = numbered("a", 1) + numbered("b", 2) + numbered("c", 3) + numbered("d", 3)
    assert [b.label for b in word(body, lists)] == ["1.", "2.", "1.", "2."]


def test_level_override_replaces_the_look(word):
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%1)"/></w:lvl>'
    lists = abstract([("decimal", "%1.")]) + num(override=f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride>')
    assert [b.label for b in word(numbered("a") + numbered("b"), lists)] == ["(i)", "(ii)"]


def test_list_that_a_style_names(word):
    lists = (
        abstract([("decimal", "%1."), ("decimal", "%1.%2.", '<w:pStyle w:val="Muc"/>')], 0, '<w:styleLink w:val="L"/>')
        + abstract([], 5, '<w:numStyleLink w:val="L"/>')
        + num(1, 5)
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Goc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = numbered("a") + p("b", '<w:pStyle w:val="Muc"/>')
    assert labels(word(body, lists, styles)) == [("1.", "a"), ("1.1.", "b")]


def test_number_zero_takes_a_paragraph_out_of_the_list_of_its_style(word):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    out = p("b", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    blocks = word(p("a", '<w:pStyle w:val="Muc"/>') + out, abstract([("decimal", "%1.")]) + num(), styles)
    assert [b.label for b in blocks] == ["1.", ""]


@pytest.mark.parametrize("value", ["", "abc", "0x41", "-1", "1.5", "99999999999"])
def test_damaged_numbers_in_a_file_are_passed_over(word, value):
    level = f'<w:lvl w:ilvl="{value}"><w:start w:val="{value}"/><w:lvlText w:val="%1."/></w:lvl>'
    override = f'<w:lvlOverride w:ilvl="{value}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{num(override=override)}'
    cell = tc("b", properties=f'<w:gridSpan w:val="{value}"/>')
    symbol = f'<w:p><w:r><w:sym w:char="{value}"/></w:r></w:p>'
    found = word(numbered("a", level=value) + table([cell]) + symbol, lists)
    assert [b.text for b in found][:2] == ["a", "b"]
    assert found[1].place.cell.column_span <= 63


# --- look ------------------------------------------------------------------------------------------------------------

STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:styleId="H2">'
    '<w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Nghieng"><w:rPr><w:i/></w:rPr></w:style>'
)
HEADING = '<w:pPr><w:pStyle w:val="H"/></w:pPr>'
NOT_BOLD, LEANING = '<w:b w:val="0"/>', '<w:rStyle w:val="Nghieng"/>'
LOOKS = {
    "style and its parent": (p("NỘI DUNG", '<w:pStyle w:val="H2"/>'), (1, True, False, True)),
    "own run over style": (f"<w:p>{HEADING}{r('a', NOT_BOLD)}</w:p>", (None, False, False, True)),
    "character style": (f"<w:p>{r('Căn cứ', LEANING)}</w:p>", (None, False, True, False)),
    "half bold is not bold": (f"<w:p>{r('1. Sở A', '<w:b/>')}{r(' chủ trì')}</w:p>", (None, False, False, False)),
    "body outline level": (p("a", '<w:outlineLvl w:val="9"/>'), (None, False, False, False)),
}


@pytest.mark.parametrize(("body", "expected"), LOOKS.values(), ids=LOOKS)
def test_look(word, body, expected):
    (block,) = word(body, styles=STYLES)
    assert (block.level, block.bold, block.italic, block.centered) == expected


# --- tables ----------------------------------------------------------------------------------------------------------


def places(blocks):
    cells = [(b.text, b.place.cell) for b in blocks]
    return {text: (cell.row, cell.column, cell.row_span, cell.column_span) for text, cell in cells}


def test_merged_cells_once_and_empty_cells_too(word):
    down, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    blocks = word(
        table(
            [tc("TT"), tc("Nhiệm vụ"), tc("Đơn vị")],
            [tc("I", properties='<w:gridSpan w:val="3"/>')],
            [tc("1"), tc("Rà soát"), tc("Sở Nội vụ", properties=down)],
            [tc("2"), tc("Báo cáo"), tc("", properties=below)],
            [tc("3"), tc(""), tc("Sở Y tế")],
        )
    )
    assert len(blocks) == 12
    assert places(blocks) == {
        "TT": (0, 0, 1, 1), "Nhiệm vụ": (0, 1, 1, 1), "Đơn vị": (0, 2, 1, 1),
        "I": (1, 0, 1, 3),
        "1": (2, 0, 1, 1), "Rà soát": (2, 1, 1, 1), "Sở Nội vụ": (2, 2, 2, 1),
        "2": (3, 0, 1, 1), "Báo cáo": (3, 1, 1, 1),
        "3": (4, 0, 1, 1), "": (4, 1, 1, 1), "Sở Y tế": (4, 2, 1, 1),
    }  # fmt: skip


def test_tables_are_counted_and_keep_body_order(word):
    blocks = word(table([tc("a")]) + p("giữa") + table([tc("b")]))
    found = [(b.text, b.place.cell.table if b.place.cell else None) for b in blocks]
    assert found == [("a", 0), ("giữa", None), ("b", 1)]


def test_cell_of_several_paragraphs_has_a_line_for_each_with_its_label(word):
    lists = abstract([("bullet", "\uf0b7")]) + num()
    cell = f"<w:tc>{p('Rà soát:')}{numbered('quy trình;')}{numbered('biểu mẫu.')}</w:tc>"
    (block,) = word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", lists)
    assert (block.label, block.text) == ("", "Rà soát:\n- quy trình;\n- biểu mẫu.")


def test_cell_of_one_paragraph_keeps_its_label_apart(word):
    cells = "".join(f"<w:tr><w:tc>{numbered('')}</w:tc><w:tc>{numbered(t)}</w:tc></w:tr>" for t in ("Họp", "Báo cáo"))
    lists = abstract([("decimal", "%1.")]) + num()
    assert labels(word(f"<w:tbl>{cells}</w:tbl>", lists)) == [("", ""), ("2.", "Họp"), ("", ""), ("4.", "Báo cáo")]


def test_nested_table_is_text_of_the_outer_cell(word):
    blocks = word(table([tc("Tiến độ", inner=table([tc("Quý I"), tc("50%")]) + p("hết năm"))]))
    assert texts(blocks) == ["Tiến độ\nQuý I\n50%\nhết năm"]


def test_a_table_in_a_frame_of_one_cell_is_a_table(word):
    inner = table([tc("TT"), tc("Việc"), tc("Tổ")], [tc("1"), tc("Vá đường liên xóm"), tc("Tổ 3")])
    blocks = word(table([tc("Bảng phân công", inner=inner)]))
    assert [(b.text, b.place.cell and (b.place.cell.row, b.place.cell.column)) for b in blocks if b.text] == [
        ("Bảng phân công", None), ("TT", (0, 0)), ("Việc", (0, 1)), ("Tổ", (0, 2)),
        ("1", (1, 0)), ("Vá đường liên xóm", (1, 1)), ("Tổ 3", (1, 2)),
    ]  # fmt: skip


def test_lines_set_by_tabs_under_a_header_are_a_table(word):
    tab = "<w:tab/>"
    rows = (("TT", "Việc", "Đơn vị"), ("1", "Vá đường liên xóm", "Tổ 3"), ("2", "Phát quang bờ kênh", "Tổ 5"))
    lines = ["".join(f"<w:r><w:t>{cell}</w:t></w:r><w:r>{tab}</w:r>" for cell in row) for row in rows]
    blocks = word(p("Phân công:") + "".join(f"<w:p>{line}</w:p>" for line in lines) + p("Các tổ thực hiện."))
    assert [b.text for b in blocks if b.place.cell is None] == ["Phân công:", "Các tổ thực hiện."]
    assert [b.text for b in blocks if b.place.cell and b.place.cell.row == 2] == ["2", "Phát quang bờ kênh", "Tổ 5"]


def test_deleted_row_is_left_out_and_row_in_a_content_control_is_in(word):
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('bỏ')}</w:tr>"
    cell = f"<w:sdt><w:sdtContent>{tc('giữ')}</w:sdtContent></w:sdt>"
    controlled = f"<w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt>"
    assert texts(word(f"<w:tbl>{deleted}{controlled}</w:tbl>")) == ["giữ"]


def test_row_set_in_by_the_grid(word):
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("b")}</w:tr>'
    assert places(word(f"<w:tbl><w:tr>{tc('a')}{tc('c')}</w:tr>{row}</w:tbl>"))["b"] == (1, 1, 1, 1)


# --- files -----------------------------------------------------------------------------------------------------------


def test_file_that_python_docx_wrote(tmp_path):
    document = docx.Document()
    document.add_heading("KẾ HOẠCH", level=1)
    document.add_paragraph("Thực hiện nhiệm vụ năm 2027.")
    grid = document.add_table(rows=2, cols=2)
    grid.cell(0, 0).text, grid.cell(1, 1).text = "Nội dung", "Sở Xây dựng"
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.add_paragraph()._p.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Cuối</w:t></w:r></w:p>"))
    path = tmp_path / "kế hoạch.docx"
    document.save(path)
    reading = read(path)
    assert texts(reading.blocks) == [
        "KẾ HOẠCH", "Thực hiện nhiệm vụ năm 2027.", "Nội dung", "", "", "Sở Xây dựng", "Cuối",
    ]  # fmt: skip
    assert reading.blocks[0].level == 0
    assert (reading.source.reader, reading.source.pages, reading.source.ocr) == ("docx", None, False)
    assert len(reading.source.sha256) == 64


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.doc", "A.DOCX", "không đuôi"])
def test_package_is_known_by_its_bytes(word, name):
    assert texts(word(p("Nội dung"), name=name)) == ["Nội dung"]


def test_word_file_saved_as_strict(tmp_path):
    data = io.BytesIO()
    usual = package(numbered("Rà soát") + table([tc("TT")]), abstract([("decimal", "%1.")]) + num())
    with zipfile.ZipFile(io.BytesIO(usual)) as source, zipfile.ZipFile(data, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            target.writestr(name, re.sub(r"http://schemas.openxmlformats.org/(\w+)/2006/(\w+)", STRICT, part))
    path = tmp_path / "a.docx"
    path.write_bytes(data.getvalue())
    assert labels(read(path).blocks) == [("1.", "Rà soát"), ("", "TT")]


def damaged(position):
    data = bytearray(package(p("Nội dung " * 400)))
    return bytes(data[:position])


def without(part):
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(p("a")))) as source, zipfile.ZipFile(data, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return data.getvalue()


def bare(document):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", document)
    return data.getvalue()


def of_version(number):
    """A zip whose table of contents asks for a version of zip that nobody has."""
    whole = package(p("a"))
    at = whole.index(b"PK\x01\x02") + 6
    return whole[:at] + bytes([number]) + whole[at + 1 :]


STRICT = r"http://purl.oclc.org/ooxml/\1/\2"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "not a zip": (b"day khong phai tep Word", UnreadableError, "không phải gói zip"),
    "cut off": (damaged(300), UnreadableError, "cắt cụt"),
    "unknown version of zip": (of_version(138), UnreadableError, "zip không mở được"),
    "no document": (without("word/document.xml"), UnreadableError, "document.xml"),
    "bad XML": (package("<w:p>"), UnreadableError, "XML"),
    "no body": (bare(f"<w:document {W}/>"), UnreadableError, "nội dung"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedError, "mật khẩu"),
}


@pytest.mark.parametrize(("data", "error", "word_in_it"), BAD.values(), ids=BAD)
def test_bad_file_is_refused_in_one_line(tmp_path, data, error, word_in_it):
    path = tmp_path / "công văn.docx"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read(path)
    assert word_in_it in str(caught.value)
    assert "\n" not in str(caught.value)


def test_zip_bomb_is_refused_before_it_is_unpacked(word):
    with pytest.raises(TooLargeError, match="giải nén"):
        word(p("a" * 100_000), limits=Limits(unpacked_bytes=50_000))


def test_too_many_cells(word):
    with pytest.raises(TooLargeError, match="ô bảng"):
        word(table(*[[tc("a"), tc("b")]] * 4), limits=Limits(cells=6))


def test_external_entity_is_never_read(tmp_path):
    secret = tmp_path / "mat.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    document = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>Nội dung &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(bare(document))
    assert "BÍ MẬT" not in " ".join(texts(read(path).blocks))


# --- columns made with tabs ------------------------------------------------------------------------------------------


def tabbed(left, gap, right):
    return f"<w:p>{r(left)}{gap}{r(right)}</w:p>"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("gap", ["<w:r><w:tab/></w:r>", "<w:r><w:tab/></w:r><w:r><w:tab/></w:r>", r(" " * 12)])
def test_letterhead_and_signature_typed_with_tabs_are_parted(word, gap, form):
    body = (
        tabbed("UBND TỈNH LẠNG SƠN", gap, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + tabbed("SỞ TƯ PHÁP", gap, "Độc lập - Tự do - Hạnh phúc")
        + p()
        + tabbed("Số: 31/STP-PB", gap, "Lạng Sơn, ngày 04 tháng 5 năm 2027")
        + p("Kính gửi: Các phòng tư pháp.")
        + tabbed("1.", gap, "Rà soát hòa giải viên./.")
        + tabbed("Nơi nhận:", gap, "GIÁM ĐỐC")
        + p("- Như trên;")
        + tabbed("- Lưu: VT.", gap, "Hoàng Thị Lan")
    )
    assert texts(word(unicodedata.normalize(form, body))) == [
        "UBND TỈNH LẠNG SƠN\nSỞ TƯ PHÁP",
        "Số: 31/STP-PB",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lạng Sơn, ngày 04 tháng 5 năm 2027",
        "Kính gửi: Các phòng tư pháp.",
        "1. Rà soát hòa giải viên./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "GIÁM ĐỐC",
        "Hoàng Thị Lan",
    ]


def test_a_file_without_words_says_so(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    with pytest.raises(UnreadableError, match="tệp Word không có chữ nào; hãy xin lại"):
        read(tmp_path / "a.docx")


SHAPE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
URI = "http://schemas.openxmlformats.org/drawingml/2006"
OBJECTS = {
    "part of another file": (f'<w:altChunk xmlns:r="{OFFICE}" r:id="r9"/>', ["inserted_file_not_read"]),
    "embedded workbook": (embedded("Excel.Sheet.12"), ["embedded_file_not_read"]),
    "formula of an old program": (embedded("Equation.3"), []),
    "SmartArt": (f'<w:p><w:r><w:drawing><a:graphicData {SHAPE} uri="{URI}/diagram"/></w:drawing></w:r></w:p>',
                 ["diagram_not_read"]),
    "chart and its old picture": (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="c"><a:graphicData {SHAPE} uri="{URI}/chart"/></mc:Choice>'
        f'<mc:Fallback><a:graphicData {SHAPE} uri="{URI}/chart"/></mc:Fallback></mc:AlternateContent></w:r></w:p>',
        ["diagram_not_read"]),
    "picture": (f'<w:p><w:r><w:drawing><a:graphicData {SHAPE} uri="{URI}/picture"/></w:drawing></w:r></w:p>', []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "kinds"), OBJECTS.values(), ids=OBJECTS)
def test_what_word_shows_and_is_not_read_is_told_of(body, kinds):
    problems = read_bytes(package(p("Kế hoạch") + body), "a.docx").problems
    assert [problem.kind for problem in problems] == kinds
    assert all(" 1 " in problem.message for problem in problems)


def test_a_file_of_nothing_but_inserted_parts_says_so():
    with pytest.raises(UnreadableError, match="chèn nguyên từ tệp khác; hãy mở bằng Word"):
        read_bytes(package(OBJECTS["part of another file"][0]), "a.docx")


def test_large_pictures_beside_text_are_told_of(tmp_path):
    from PIL import Image

    Image.new("RGB", (300, 400), "white").save(tmp_path / "ảnh.png")
    document = docx.Document()
    document.add_paragraph("Kế hoạch diễn tập")
    document.add_picture(str(tmp_path / "ảnh.png"), width=docx.shared.Cm(2))
    document.save(tmp_path / "nhỏ.docx")
    document.add_picture(str(tmp_path / "ảnh.png"), width=docx.shared.Cm(15))
    document.save(tmp_path / "lớn.docx")
    assert read(tmp_path / "nhỏ.docx").problems == ()
    (problem,) = read(tmp_path / "lớn.docx").problems
    assert (problem.kind, problem.severity) == ("picture_not_read", "medium")


@pytest.mark.parametrize(
    "property_", ['<w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>', '<w:tcPr><w:gridSpan w:val="-{}"/></w:tcPr>']
)
@pytest.mark.parametrize("number", ["63", "32767", "2000000000", "9" * 5000])
def test_spans_no_word_table_can_have(word, property_, number):
    cell = f"<w:tc>{property_.format(number)}<w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    before = f'<w:trPr><w:gridBefore w:val="{number}"/></w:trPr>'
    blocks = word(f"<w:tbl><w:tr>{before}{cell}</w:tr></w:tbl>")
    assert blocks[0].place.cell.column <= 63
    assert blocks[0].place.cell.column_span <= 63


def test_wide_cells_count_as_many(word):
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc></w:tr>'
    with pytest.raises(TooLargeError, match="hơn 1000 ô bảng"):
        word(f"<w:tbl>{row * 20}</w:tbl>", limits=Limits(cells=1000))


def test_a_file_nested_too_deep_is_not_called_damaged(word):
    with pytest.raises(TooLargeError, match="lồng nhau quá sâu"):
        word(f"{'<w:sdt><w:sdtContent>' * 400}<w:p/>{'</w:sdtContent></w:sdt>' * 400}")


@pytest.mark.parametrize(
    ("run", "expected"),
    [("<w:caps/>", "KẾ HOẠCH Số"), ('<w:caps w:val="0"/>', "Kế hoạch Số"), ("<w:smallCaps/>", "Kế hoạch Số")],
)
def test_capitals_by_format_are_capitals(word, run, expected):
    text = f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>Kế hoạch</w:t></w:r><w:r><w:t> Số</w:t></w:r></w:p>"
    assert word(text)[0].text == expected


def test_half_a_character_is_no_text(word):
    (block,) = word('<w:p><w:r><w:t>Kế hoạch</w:t><w:sym w:font="Arial" w:char="D83D"/><w:t> số 5</w:t></w:r></w:p>')
    assert block.text == "Kế hoạch số 5"
    block.text.encode()
