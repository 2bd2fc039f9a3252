"""Spreadsheets → blocks: what Excel shows, one table a region, nothing hostile followed."""

# ruff: noqa: DTZ001 - the days of a spreadsheet have no time zone

import io
import time
import unicodedata
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Border, Font, Side
from PIL import Image

from extractor.blocks import Limits, read, sheet
from extractor.blocks.sheet_values import shown
from extractor.errors import ProtectedError, TooLargeError, UnreadableError

THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]


def saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def filled(rows, *, ruled=(), merged=(), name="Sheet1"):
    """A workbook of one sheet; *ruled* are the numbers of rows with drawn lines."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = name
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(number, column, value)
            if number in ruled:
                cell.border = RULED
    for reference in merged:
        page.merge_cells(reference)
    return book


def read_book(book):
    return sheet.read(saved(book), Limits())


def lines(content):
    """Paragraphs as they are, cells as (table, row, column, text) with spans where there are any."""
    found = []
    for block in content.blocks:
        cell = block.place.cell
        if cell is None:
            found.append(block.text)
        elif (cell.row_span, cell.column_span) == (1, 1):
            found.append((cell.table, cell.row, cell.column, block.text))
        else:
            found.append((cell.table, cell.row, cell.column, block.text, cell.row_span, cell.column_span))
    return found


def table(rows, number=0):
    """What `lines` gives for a plain table."""
    return [(number, r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


# --- values ----------------------------------------------------------------------------------------------------------

ACCOUNTING = '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'
VALUES = [
    (None, "General", ""),
    ("Sở Y tế", "@", "Sở Y tế"),
    ("- Rà soát;_x000D_\n- Báo cáo.", "General", "- Rà soát;\n- Báo cáo."),
    (5, "General", "5"),
    (5.0, "General", "5"),
    (1234.5, "General", "1234,5"),
    (1 / 3, "General", "0,333333333"),
    (12345678901234, "General", "12345678901234"),
    (0.125, "0.0%", "12,5%"),
    (1, "0%", "100%"),
    (1500000, "#,##0", "1.500.000"),
    (1500000.5, "#,##0.00", "1.500.000,50"),
    (1500000, "#,##0,", "1.500"),
    (0.5, "0.##", "0,5"),
    (7, "00", "07"),
    (3, '"Quý "0', "Quý 3"),
    (15000, '#,##0" đồng"', "15.000 đồng"),
    (15000, "#,##0 [$₫-42A]", "15.000 ₫"),
    (-5, "#,##0;[Red](#,##0)", "(5)"),
    (-5, "0", "-5"),
    (0, ACCOUNTING, "-"),
    (1234, ACCOUNTING, "1.234"),
    (12, ";;;", ""),
    (1e300, "#,##0", "1,00000E+300"),
    (float("nan"), "0", ""),
    (True, "General", "TRUE"),
    (datetime(2026, 9, 30), "dd/mm/yyyy", "30/09/2026"),
    (datetime(2026, 9, 3), "m/d/yy", "03/09/2026"),
    (date(2026, 9, 30), "[$-42A]dd mmmm yyyy", "30/09/2026"),
    (datetime(2026, 9, 1), "mm/yyyy", "09/2026"),
    (datetime(2026, 12, 1), "mmm\\-yy", "12/2026"),
    (datetime(2026, 1, 1), "yyyy", "2026"),
    (datetime(2026, 9, 30), '"ngày" dd "tháng" mm', "30/09/2026"),
    (datetime(2026, 9, 30, 14, 5), "dd/mm/yyyy hh:mm", "30/09/2026 14:05"),
    (datetime(2026, 9, 30), "dd/mm/yyyy hh:mm", "30/09/2026"),
    (clock(8, 5), "h:mm", "08:05"),
    (timedelta(hours=30), "[h]:mm", "30:00"),
]


@pytest.mark.parametrize(("value", "number_format", "expected"), VALUES)
def test_shown(value, number_format, expected):
    assert shown(value, number_format) == expected


@given(
    st.floats() | st.integers(),
    st.text(st.sampled_from(list('#0?,.%;"_*\\@-() dmyhsE+[]Red')), max_size=12),
)
def test_any_format_shows_something(value, number_format):
    assert isinstance(shown(value, number_format), str)


@given(st.integers(-(10**14), 10**14))
def test_grouped_numbers_come_back(number):
    assert int(shown(number, "#,##0").replace(".", "")) == number


def test_days_and_numbers_of_a_saved_file():
    book = filled([HEADER, [1, "Tập huấn", "Sở Y tế", date(2026, 9, 30)], [1.1, "Báo cáo", "Sở Y tế", 0.5]])
    book.active["D3"].number_format = "0%"
    assert lines(read_book(book)) == table(
        [HEADER, ["1", "Tập huấn", "Sở Y tế", "30/09/2026"], ["1.1", "Báo cáo", "Sở Y tế", "50%"]]
    )


def test_days_counted_from_1904():
    book = filled([HEADER, [1, "Tập huấn", "Sở Y tế", datetime(2026, 9, 30)]])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert lines(read_book(book))[-1] == (0, 1, 3, "30/09/2026")


# --- where tables begin and end --------------------------------------------------------------------------------------

BODY = [HEADER, ["1", "Tập huấn", "Sở Y tế", "Quý I"], ["2", "Kiểm tra", "Công an tỉnh", "Quý II"]]
REGIONS = {
    "title above": (
        [["PHỤ LỤC 1"], ["Danh mục nhiệm vụ"], [], *BODY],
        {},
        ["PHỤ LỤC 1", "Danh mục nhiệm vụ", *table(BODY)],
    ),
    "no title, away from the corner": ([[], [], *[["", "", *row] for row in BODY]], {}, table(BODY)),
    "lines tell the table where no header does": (
        [["Danh sách"], ["Tên việc", "Người làm"], ["Tập huấn", "Lan"]],
        {"ruled": {2, 3}},
        ["Danh sách", *table([["Tên việc", "Người làm"], ["Tập huấn", "Lan"]])],
    ),
    "an empty row inside": ([*BODY[:2], [], BODY[2]], {}, table(BODY)),
    "an empty row inside drawn lines": (
        [*BODY[:2], [], ["", "Kiểm tra", "Công an", ""]],
        {"ruled": {1, 2, 4}},
        table([*BODY[:2], ["", "Kiểm tra", "Công an", ""]]),
    ),
    "note and signatures below": (
        [*BODY, [], ["Ghi chú: kinh phí giao sau."], [], ["NGƯỜI LẬP", "", "GIÁM ĐỐC"]],
        {},
        [*table(BODY), "Ghi chú: kinh phí giao sau.", "NGƯỜI LẬP", "GIÁM ĐỐC"],
    ),
    "note at once below drawn lines": (
        [*BODY, ["Ghi chú: kinh phí giao sau."]],
        {"ruled": {1, 2, 3}},
        [*table(BODY), "Ghi chú: kinh phí giao sau."],
    ),
    "two tables, a title between": (
        [*BODY, [], ["Biểu 2"], ["TT", "Chỉ tiêu", "Đơn vị"], ["1", "Tỷ lệ hồ sơ", "%"]],
        {},
        [*table(BODY), "Biểu 2", *table([["TT", "Chỉ tiêu", "Đơn vị"], ["1", "Tỷ lệ hồ sơ", "%"]], 1)],
    ),
    "two tables, no empty row": (
        [*BODY, ["Biểu 2"], ["TT", "Chỉ tiêu"], ["1", "Tỷ lệ hồ sơ"]],
        {},
        [*table(BODY), "Biểu 2", *table([["TT", "Chỉ tiêu"], ["1", "Tỷ lệ hồ sơ"]], 1)],
    ),
    "the header repeated on the next page": (
        [*BODY, HEADER, ["3", "Tổng kết", "Sở Y tế", "Quý IV"]],
        {},
        table([*BODY, HEADER, ["3", "Tổng kết", "Sở Y tế", "Quý IV"]]),
    ),
    "a column that holds nothing": ([[*row[:2], None, *row[2:]] for row in BODY], {}, table(BODY)),
    "letterhead in two columns": (
        [
            ["UBND TỈNH CAO BẰNG", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["SỞ NỘI VỤ", "", "", "Độc lập - Tự do - Hạnh phúc"],
            [],
            ["Số: 12/KH-SNV", "", "", "Cao Bằng, ngày 3 tháng 2 năm 2026"],
            *BODY,
        ],
        {},
        [
            "UBND TỈNH CAO BẰNG",
            "SỞ NỘI VỤ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 12/KH-SNV",
            "Cao Bằng, ngày 3 tháng 2 năm 2026",
            *table(BODY),
        ],
    ),
    "label and value in two cells of a line": (
        [["Đơn vị tính:", "triệu đồng"], *BODY],
        {},
        ["Đơn vị tính: triệu đồng", *table(BODY)],
    ),
    "a header without running numbers over a row with empty cells": (
        [["Việc", "Người làm", "Hạn"], ["I. Chuẩn bị"], ["Tập huấn", "Lan", "Quý I"]],
        {},
        [
            *table([["Việc", "Người làm", "Hạn"], ["I. Chuẩn bị"]]),
            (0, 1, 1, ""),
            (0, 1, 2, ""),
            (0, 2, 0, "Tập huấn"),
            (0, 2, 1, "Lan"),
            (0, 2, 2, "Quý I"),
        ],
    ),
    "text alone": (
        [["Kính gửi: Sở Y tế"], ["Đề nghị báo cáo."]],
        {"ruled": {1, 2}},
        ["Kính gửi: Sở Y tế", "Đề nghị báo cáo."],
    ),
}


@pytest.mark.parametrize(("rows", "options", "expected"), REGIONS.values(), ids=REGIONS)
def test_regions(rows, options, expected):
    assert lines(read_book(filled([[v or None for v in row] for row in rows], **options))) == expected


def test_merged_cells_stand_once_with_their_spans():
    rows = [
        ["STT", "Nhiệm vụ", "Phân công", None, "Thời hạn"],
        [None, None, "Chủ trì", "Phối hợp", None],
        ["I", "Cải cách hành chính"],
        ["1", "Rà soát", "Văn phòng", "Các phòng", "Quý I"],
        ["2", "Công bố", None, "Sở Tư pháp", "Quý II"],
    ]
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "B3:E3", "C4:C5"]
    found = lines(read_book(filled(rows, merged=merged)))
    assert found[:7] == [
        (0, 0, 0, "STT", 2, 1),
        (0, 0, 1, "Nhiệm vụ", 2, 1),
        (0, 0, 2, "Phân công", 1, 2),
        (0, 0, 4, "Thời hạn", 2, 1),
        (0, 1, 2, "Chủ trì"),
        (0, 1, 3, "Phối hợp"),
        (0, 2, 0, "I"),
    ]
    assert (0, 2, 1, "Cải cách hành chính", 1, 4) in found
    assert (0, 3, 2, "Văn phòng", 2, 1) in found
    assert len([line for line in found if line[1] == 4]) == 4


def test_a_title_merged_over_the_whole_sheet():
    rows = [["KẾ HOẠCH"], [], *BODY]
    assert lines(read_book(filled(rows, merged=["A1:XFD1"]))) == ["KẾ HOẠCH", *table(BODY)]


def test_what_lies_under_a_merged_cell_is_not_read():
    data = saved(filled([HEADER, ["1", "Thấy", "Khuất", "Quý I"]], merged=[]))
    merged = changed(data, "xl/worksheets/sheet1.xml", b"</sheetData>",
                     b'</sheetData><mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>')  # fmt: skip
    assert lines(sheet.read(merged, Limits()))[4:] == [(0, 1, 0, "1"), (0, 1, 1, "Thấy", 1, 2), (0, 1, 3, "Quý I")]


@st.composite
def grids(draw):
    """Texts of a ruled table, and merged ranges in it that do not overlap."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    taken = set()
    merged = []
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        bottom, right = draw(st.integers(top, rows - 1)), draw(st.integers(left, columns - 1))
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            merged.append((top, left, bottom, right))
    return rows, columns, merged


@given(grids())
@settings(max_examples=60, deadline=None)
def test_each_cell_is_read_once_and_covers_its_own_ground(grid):
    rows, columns, merged = grid
    book = filled([[f"ô {r}.{c}" for c in range(columns)] for r in range(rows)], ruled=set(range(1, rows + 1)))
    for top, left, bottom, right in merged:
        book.active.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    covered = {
        (r, c)
        for top, left, bottom, right in merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    blocks = read_book(book).blocks
    texts = [block.text for block in blocks if block.text]
    assert sorted(texts) == sorted(f"ô {r}.{c}" for r in range(rows) for c in range(columns) if (r, c) not in covered)
    ground = [
        (block.place.cell.row + r, block.place.cell.column + c)
        for block in blocks
        if block.place.cell
        for r in range(block.place.cell.row_span)
        for c in range(block.place.cell.column_span)
    ]
    assert len(ground) == len(set(ground))


def test_sheets_are_pages_and_name_their_tables():
    book = filled([["Danh mục"], *BODY], name="Sheet1")
    for name, rows in [("Sở Nội vụ", BODY), ("Sheet3", BODY), ("Trống", [])]:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    content = read_book(book)
    assert content.pages == 4
    assert [b.text for b in content.blocks if b.place.cell is None] == ["Danh mục", "Sở Nội vụ"]
    assert {(b.place.cell.table, b.place.page) for b in content.blocks if b.place.cell} == {(0, 1), (1, 2), (2, 3)}


def test_look_of_cells():
    book = filled([HEADER, ["1", "Tập huấn", "Sở Y tế", "Quý I"]])
    book.active["B2"].font = Font(bold=True, name=".VnTimeH")
    book.active["B2"] = "tËp huÊn"
    block = next(block for block in read_book(book).blocks if block.text == "TẬP HUẤN")
    assert (block.bold, block.italic) == (True, False)


# --- what could not be read is said ----------------------------------------------------------------------------------


def test_hidden_sheets_are_named_and_hidden_rows_are_read():
    book = filled(BODY)
    book.create_sheet("Mã đơn vị")["A1"] = "H12"
    book["Mã đơn vị"].sheet_state = "hidden"
    book.active.row_dimensions[3].hidden = True
    content = read_book(book)
    assert lines(content) == table(BODY)
    assert [(p.kind, p.severity) for p in content.problems] == [("hidden_rows", "low"), ("hidden_sheet", "medium")]
    assert "Mã đơn vị" in content.problems[1].message


SHAPE = (
    '<x:wsDr xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><x:twoCellAnchor><x:sp><x:txBody><a:p><a:r>'
    "<a:t>Sở Y tế chủ trì</a:t></a:r></a:p></x:txBody></x:sp></x:twoCellAnchor></x:wsDr>"
)


def with_picture(book, size):
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, "PNG")
    book.active.add_image(Picture(drawn), "B9")
    return saved(book)


def with_text_box(book):
    """The saved book, a text box in the place of its picture."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_picture(book, (9, 9)))) as source, zipfile.ZipFile(data, "w") as target:
        for name in source.namelist():
            target.writestr(name, SHAPE if name == "xl/drawings/drawing1.xml" else source.read(name))
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (with_picture(filled(BODY), (600, 800)), ["picture_not_read"]),
        (with_picture(filled(BODY), (60, 80)), []),
        (with_text_box(filled(BODY)), ["text_box_not_read"]),
    ],
    ids=["large picture", "logo", "text box"],
)
def test_what_is_drawn_over_the_cells_is_told_of(data, kinds):
    content = sheet.read(data, Limits())
    assert lines(content) == table(BODY)
    assert [(p.kind, p.page) for p in content.problems] == [(kind, 1) for kind in kinds]


def test_a_book_of_nothing_but_a_picture_says_so():
    with pytest.raises(UnreadableError, match="chỉ có ảnh"):
        sheet.read(with_picture(filled([]), (600, 800)), Limits())


def test_header_in_decomposed_letters_is_a_header():
    book = filled([[unicodedata.normalize("NFD", "Số TT"), "Nhiệm vụ"], [1.1, "Tập huấn"], [1.2, "Báo cáo"]])
    assert [b.text for b in read_book(book).blocks] == ["Số TT", "Nhiệm vụ", "1.1", "Tập huấn", "1.2", "Báo cáo"]


def test_formulas_without_a_value_are_counted():
    content = read_book(filled([HEADER, ["1", "Tập huấn", "=A1", "=B1"]]))
    assert [(p.kind, p.page) for p in content.problems] == [("formula_without_value", 1)]
    assert "2 ô" in content.problems[0].message


def test_errors_show_nothing():
    data = changed(GOOD, SHEET, b'<c r="D3" t="inlineStr"><is><t>Qu&#253; II</t></is></c>',
                   b'<c r="D3" t="e"><v>#REF!</v></c>')  # fmt: skip
    assert lines(sheet.read(data, Limits()))[-1] == (0, 2, 3, "")


def test_texts_that_cells_share():
    texts = (
        "<si><t>Tập huấn</t></si><si><r><t>Sở </t></r><r><t>Y tế</t></r><rPh><t>đọc là</t></rPh></si>"
        '<si><t xml:space="preserve"> Quý I</t></si>'
    )
    row = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>99</v></c></row></sheetData>'
    content = sheet.read(with_shared(texts, row), Limits())
    assert lines(content)[-4:] == [(0, 3, 0, "Tập huấn"), (0, 3, 1, "Sở Y tế"), (0, 3, 2, "Quý I"), (0, 3, 3, "")]


# --- bad input -------------------------------------------------------------------------------------------------------


def changed(data, part, old, new):
    """The package with *old* in *part* replaced; the whole part where *old* is None."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old is None or old in text
                text = new if old is None else text.replace(old, new)
            target.writestr(name, text)
    return result.getvalue()


def with_shared(texts, end):
    """GOOD with shared texts, which openpyxl does not write; *end* stands for the end of the sheet's data."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                own = b'<Relationship Id="r9" Type="' + kind + b'" Target="sharedStrings.xml"/></Relationships>'
                text = text.replace(b"</Relationships>", own)
            target.writestr(name, text.replace(b"</sheetData>", end.encode()) if name == SHEET else text)
        sst = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        target.writestr("xl/sharedStrings.xml", texts if texts.startswith("<?xml") else f"<sst {sst}>{texts}</sst>")
    return result.getvalue()


GOOD = saved(filled(BODY))
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BAD = {
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedError, "mật khẩu"),
    "no zip": (b"Sheet1", UnreadableError, "không phải"),
    "cut off": (GOOD[: len(GOOD) // 2], UnreadableError, "cắt cụt"),
    "no workbook": (changed(GOOD, "xl/workbook.xml", None, b""), UnreadableError, "workbook"),
    "damaged XML": (changed(GOOD, SHEET, b"</row>", b""), UnreadableError, "XML"),
    "external entity": (changed(GOOD, SHEET, b"<worksheet", ENTITY + b"<worksheet"), UnreadableError, "DOCTYPE"),
    "entity in the texts": (
        with_shared(f"{ENTITY.decode()}<sst><si><t>&a;</t></si></sst>", "</sheetData>"),
        UnreadableError,
        "DOCTYPE",
    ),
    "nothing in it": (saved(openpyxl.Workbook()), UnreadableError, "không có chữ"),
}


@pytest.mark.parametrize(("data", "error", "words"), BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_one_line(tmp_path, data, error, words):
    path = tmp_path / "phụ lục.xlsx"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_merged_range_of_the_whole_sheet_costs_nothing():
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = changed(GOOD, SHEET, b"</sheetData>", merged)
    started = time.perf_counter()
    content = sheet.read(data, Limits())
    assert [block.text for block in content.blocks] == ["STT"]
    assert time.perf_counter() - started < 5


def test_cells_far_apart_make_no_giant_table():
    book = filled([HEADER])
    for number in range(2, 60):
        book.active.cell(number, number * 100, "x").border = RULED
    for cell in book.active[1]:
        cell.border = RULED
    with pytest.raises(TooLargeError, match="ô bảng"):
        sheet.read(saved(book), Limits(cells=1000))


def test_limits():
    with pytest.raises(TooLargeError, match="ô bảng"):
        sheet.read(GOOD, Limits(cells=5))
    with pytest.raises(TooLargeError, match="giải nén"):
        sheet.read(GOOD, Limits(unpacked_bytes=1000))
    bomb = changed(GOOD, SHEET, b"</sheetData>", b"</sheetData>" + b" " * 30_000_000)
    with pytest.raises(TooLargeError, match="giải nén"):
        sheet.read(bomb, Limits(unpacked_bytes=10_000_000))
