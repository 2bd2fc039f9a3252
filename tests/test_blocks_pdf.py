"""PDF files with text → blocks: paragraphs, columns and tables as the reader of the page sees them."""

import collections
import os
import pathlib
import re

import pytest

from extractor.blocks import Limits, read
from extractor.blocks.columns import column_paragraphs
from extractor.blocks.grids import cell_text
from extractor.blocks.lines import Glyph, Line, Word, lines_of
from extractor.blocks.pdf_page import draw
from extractor.blocks.pdf_widgets import flat_page, opened
from extractor.errors import ProtectedError, TooLargeError, UnreadableError, UnsupportedError

FONTS = [
    (pathlib.Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"), ("Regular", "Bold", "Italic")),
    (pathlib.Path("/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf"), ("Regular", "Bold", "Italic")),
    (pathlib.Path("C:/Windows/Fonts/times{}.ttf"), ("", "bd", "i")),
]
HEIGHT, LAST, LEFT, RIGHT, INDENT, LEADING = 842, 780, 85, 540, 113, 17


def font_files():
    for pattern, styles in FONTS:
        files = [str(pattern).format(style) for style in styles]
        if all(pathlib.Path(file).exists() for file in files):
            return files
    if os.environ.get("CI"):
        pytest.fail("CI phải có phông chữ Liberation (gói fonts-liberation2)")
    return pytest.skip("không có phông chữ có dấu tiếng Việt (gói fonts-liberation2)")


@pytest.fixture(scope="module")
def fonts():
    pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    ttfonts = pytest.importorskip("reportlab.pdfbase.ttfonts")
    for name, file in zip(("Serif", "Serif-Bold", "Serif-Italic"), font_files(), strict=True):
        pdfmetrics.registerFont(ttfonts.TTFont(name, file))
    return pdfmetrics


class Sheet:
    """A PDF under way; y counts downwards from the top of the page."""

    def __init__(self, path, fonts, **options):
        from reportlab.pdfgen.canvas import Canvas

        self.path, self.fonts = path, fonts
        self.canvas = Canvas(str(path), pagesize=(595, HEIGHT), **options)
        self.y = 80

    def width(self, text, size=14, font="Serif"):
        return self.fonts.stringWidth(text, font, size)

    def put(self, x, y, text, size=14, font="Serif"):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def center(self, x, y, text, size=14, font="Serif"):
        self.put(x - self.width(text, size, font) / 2, y, text, size, font)

    def paragraph(self, text, indent=INDENT, font="Serif", after=6, below=LEFT, justified=True):
        """Set as Word does it on the next lines of the page; those after the first begin at *below*."""
        line, x = [], indent
        for word in [*text.split(), None]:
            if word is not None and x + self.width(" ".join([*line, word]), font=font) <= RIGHT:
                line.append(word)
                continue
            gap = (RIGHT - x - self.width("".join(line), font=font)) / max(1, len(line) - 1)
            for part in line:
                self.put(x, self.y, part, font=font)
                x += self.width(part, font=font) + (gap if word and justified else self.width(" ", font=font))
            line, x = [word], below
            self.y += LEADING
            if word and self.y > LAST:
                self.page()
        self.y += after

    def page(self):
        self.canvas.showPage()
        self.y = 80

    def rule(self, x0, y0, x1, y1):
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, top, xs, heights, rows):
        """A ruled table of single-line cells; a cell "<" is merged with the left one, "^" with the one above."""
        ys = [top]
        for height in heights:
            ys.append(ys[-1] + height)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text != "^":
                    self.rule(xs[column], ys[row], xs[column + 1], ys[row])
                if text != "<":
                    self.rule(xs[column], ys[row], xs[column], ys[row + 1])
                for at, part in enumerate(text.split("\n") if text not in {"<", "^"} else []):
                    self.put(xs[column] + 4, ys[row] + 14 + 13 * at, part, 11)
        self.rule(xs[0], ys[-1], xs[-1], ys[-1])
        self.rule(xs[-1], ys[0], xs[-1], ys[-1])
        self.y = ys[-1] + 30

    def save(self):
        self.canvas.save()
        return self.path


@pytest.fixture
def sheet(tmp_path, fonts):
    return Sheet(tmp_path / "kế hoạch.pdf", fonts)


def blocks(sheet):
    return read(sheet.save()).blocks


def texts(found):
    return [block.text for block in found]


def cells(found):
    places = [(b.place.cell, b.text) for b in found if b.place.cell]
    return {(c.row, c.column, c.row_span, c.column_span): text for c, text in places}


LONG = (
    "Tổ chức rà soát, đánh giá toàn bộ hệ thống tưới tiêu, kênh mương nội đồng trên địa bàn; lập danh mục công trình"
    " hư hỏng cần sửa chữa trước mùa mưa, bố trí kinh phí từ nguồn dự phòng ngân sách và huy động lực lượng tại chỗ"
)
NEXT = (
    "Kiểm tra việc chấp hành quy định về an toàn lao động tại các công trường đang thi công, nhất là các công trường"
    " trong khu dân cư, gần trường học, bệnh viện; xử lý nghiêm các trường hợp vi phạm, công khai kết quả xử lý"
)

# --- paragraphs ------------------------------------------------------------------------------------------------------


def test_lines_are_rejoined_and_an_indented_line_begins_a_paragraph(sheet):
    for text in (f"{LONG}.", f"- {NEXT}.", f"a) {LONG};", "II. NỘI DUNG", f"{NEXT}."):
        sheet.paragraph(text)
    assert texts(blocks(sheet)) == [f"{LONG}.", f"- {NEXT}.", f"a) {LONG};", "II. NỘI DUNG", f"{NEXT}."]


@pytest.mark.parametrize("after", [0, 6, 10])
def test_paragraphs_without_indent_are_parted_by_labels_and_room_left(sheet, after):
    for text in (f"1. {LONG}.", f"2. {NEXT}.", "Phân công thực hiện:", f"{LONG}."):
        sheet.paragraph(text, indent=LEFT, after=after)
    assert texts(blocks(sheet)) == [f"1. {LONG}.", f"2. {NEXT}.", "Phân công thực hiện:", f"{LONG}."]


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize(("indent", "below"), [(LEFT, LEFT + 14), (INDENT, INDENT + 10), (INDENT, LEFT)])
def test_items_with_lines_set_in_or_out(sheet, indent, below, justified):
    items = [f"- {LONG};", f"- {NEXT}.", f"+ {NEXT};", "- Thời gian: Quý I.", f"{LONG}."]
    for text in items[:-1]:
        sheet.paragraph(text, indent=indent, below=below, after=0, justified=justified)
    sheet.paragraph(items[-1], indent=INDENT if below == LEFT else LEFT, justified=justified)
    assert texts(blocks(sheet)) == items


def test_paragraph_goes_on_over_the_page_and_its_number_is_dropped(sheet):
    sheet.paragraph(f"{NEXT}.")
    sheet.y = 770
    sheet.paragraph(f"{LONG}.")
    sheet.paragraph(f"{NEXT}.")
    sheet.center(312, 45, "2", 13)
    found = blocks(sheet)
    assert [(b.place.page, b.text) for b in found] == [(1, f"{NEXT}."), (1, f"{LONG}."), (2, f"{NEXT}.")]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Trang 3", "3/12"])
def test_page_numbers_of_all_kinds_are_dropped(sheet, number):
    sheet.paragraph(f"{LONG}.")
    sheet.center(312, 815, number, 12)
    assert texts(blocks(sheet)) == [f"{LONG}."]


def test_number_in_the_middle_of_the_page_stays(sheet):
    sheet.paragraph(f"{LONG}.")
    sheet.put(INDENT, 400, "12")
    assert "12" in " ".join(texts(blocks(sheet)))


def test_running_head_of_every_page_is_dropped(sheet):
    for page in range(3):
        sheet.put(LEFT, 40, f"Kế hoạch phòng cháy - trang {page + 1}", 10)
        sheet.paragraph(f"{page + 1}. {LONG}.")
        sheet.page()
    assert texts(blocks(sheet)) == [f"{n}. {LONG}." for n in (1, 2, 3)]


def test_footnote_and_its_mark_are_dropped_but_exponents_stay(sheet):
    sheet.put(INDENT, 80, "Cải tạo 250 m")
    sheet.put(INDENT + sheet.width("Cải tạo 250 m"), 75, "2", 8)
    sheet.put(INDENT + 100, 80, "sân trường")
    sheet.put(INDENT + 100 + sheet.width("sân trường"), 75, "1", 8)
    sheet.put(INDENT + 180, 80, "trong năm học.")
    sheet.y = 120
    sheet.paragraph(f"{LONG}.")
    sheet.put(LEFT, 757, "1", 6.5)
    sheet.put(LEFT + 6, 760, "Theo thống kê của Phòng Văn hóa - Xã hội.", 10)
    assert texts(blocks(sheet)) == ["Cải tạo 250 m2 sân trường trong năm học.", f"{LONG}."]


def test_title_of_several_lines_is_one_centred_block_apart_from_the_type(sheet):
    sheet.center(312, 80, "KẾ HOẠCH", font="Serif-Bold")
    sheet.center(312, 100, "Phòng, chống hạn hán, thiếu nước sinh hoạt", font="Serif-Bold")
    sheet.center(312, 117, "trên địa bàn tỉnh năm 2027", font="Serif-Bold")
    sheet.center(312, 137, "(Kèm theo Quyết định số 14/QĐ-UBND)", font="Serif-Italic")
    sheet.y = 180
    sheet.paragraph(f"{LONG}.")
    sheet.paragraph(f"{NEXT}.")
    sheet.paragraph(f"{LONG}.")
    found = blocks(sheet)
    assert [(b.text, b.bold, b.italic, b.centered) for b in found[:4]] == [
        ("KẾ HOẠCH", True, False, True),
        ("Phòng, chống hạn hán, thiếu nước sinh hoạt trên địa bàn tỉnh năm 2027", True, False, True),
        ("(Kèm theo Quyết định số 14/QĐ-UBND)", False, True, True),
        (f"{LONG}.", False, False, False),
    ]


def test_code_broken_at_its_hyphen_is_one_word_again(sheet):
    sheet.put(INDENT, 80, "Thực hiện đầy đủ các nội dung nêu tại Công văn số 1290/SCT-QLNL và 77/KH-")
    sheet.put(LEFT, 97, "UBND của tỉnh.")
    assert "77/KH-UBND" in " ".join(texts(blocks(sheet)))


# --- glyphs ----------------------------------------------------------------------------------------------------------


def test_decomposed_letters_are_composed(sheet):
    sheet.put(INDENT, 80, "Sở Giáo dục".replace("ở", "ơ\u0309").replace("á", "a\u0301"))
    (block,) = blocks(sheet)
    assert block.text == "Sở Giáo dục"
    assert len(block.origins) == len(block.text)


def test_letters_printed_twice_for_bold_are_read_once(sheet):
    for shift in (0, 0.4):
        sheet.put(INDENT + shift, 80, "ỦY BAN NHÂN DÂN", font="Serif-Bold")
    assert texts(blocks(sheet)) == ["ỦY BAN NHÂN DÂN"]


def test_space_that_takes_no_room_is_no_space(sheet):
    x = INDENT
    for part in ("ĐIỀ", "U TRA, KHẢO SÁT"):
        sheet.put(x, 80, part)
        sheet.put(x + sheet.width(part) - 3.4, 80, " ")
        x += sheet.width(part)
    assert texts(blocks(sheet)) == ["ĐIỀU TRA, KHẢO SÁT"]


def test_words_without_space_characters_are_parted_by_their_gaps(sheet):
    for x, word in ((113, "Sở"), (133, "Công"), (168, "Thương")):
        sheet.put(x, 80, word)
    assert texts(blocks(sheet)) == ["Sở Công Thương"]


def test_slanted_watermark_is_left_out(sheet):
    sheet.paragraph(f"{LONG}.")
    sheet.canvas.saveState()
    sheet.canvas.translate(200, 300)
    sheet.canvas.rotate(45)
    sheet.canvas.drawString(0, 0, "DỰ THẢO")
    sheet.canvas.restoreState()
    assert texts(blocks(sheet)) == [f"{LONG}."]


# --- columns ---------------------------------------------------------------------------------------------------------


def letterhead(sheet):
    for y, left, right in (
        (70, "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (86, "TỈNH BẮC KẠN", "Độc lập - Tự do - Hạnh phúc"),
    ):
        sheet.center(160, y, left, 13, "Serif-Bold")
        sheet.center(410, y, right, 13, "Serif-Bold")
    sheet.put(130, 112, "Số:", 13)
    sheet.put(170, 112, "/UBND-NL", 13)
    sheet.put(330, 112, "Bắc Kạn, ngày", 13, "Serif-Italic")
    sheet.put(430, 112, "tháng 3 năm 2027", 13, "Serif-Italic")
    sheet.center(160, 130, "V/v chuẩn bị giống cây trồng", 12)
    sheet.center(160, 144, "vụ Hè Thu năm 2027", 12)
    sheet.put(200, 190, "Kính gửi: Các cơ sở sản xuất giống.")
    sheet.y = 230


def test_letterhead_is_read_column_by_column(sheet):
    letterhead(sheet)
    sheet.paragraph(f"{LONG}.")
    assert texts(blocks(sheet)) == [
        "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN",
        "Số: /UBND-NL",
        "V/v chuẩn bị giống cây trồng vụ Hè Thu năm 2027",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Bắc Kạn, ngày tháng 3 năm 2027",
        "Kính gửi: Các cơ sở sản xuất giống.",
        f"{LONG}.",
    ]


def test_day_that_a_narrow_column_breaks_is_one():
    texts = ["Thành phố Đà Lạt, ngày 20 tháng 3 năm", "2027", "1 bản gửi kèm"]
    lines = [Line((Word(text, 300, 500, 13, 0, 0),), 15.0 * at, 15.0 * at + 13) for at, text in enumerate(texts)]
    day, *rest = column_paragraphs(lines)[0][0].split("\n")
    assert day == "Thành phố Đà Lạt, ngày 20 tháng 3 năm 2027"
    assert rest == ["1 bản gửi kèm"]


@pytest.mark.parametrize("drop", [0, 2, 7])
def test_receivers_stand_apart_from_the_signature(sheet, drop):
    sheet.paragraph(f"{LONG}./.")
    top = sheet.y + 20
    for at, line in enumerate(
        ["Nơi nhận:", "- Như trên;", "- Sở Tài chính, Sở Công Thương, Sở Nội", "vụ;", "- Lưu: VT."]
    ):
        sheet.put(LEFT, top + 13 * at, line, 11)
    for at, line in enumerate(["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]):
        sheet.center(440, top + drop + 16 * at, line, 13, "Serif-Bold")
    sheet.center(440, top + 130, "Nông Văn Bình", 13, "Serif-Bold")
    assert texts(blocks(sheet))[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Sở Tài chính, Sở Công Thương, Sở Nội vụ;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "Nông Văn Bình",
    ]


def test_stretched_line_is_not_two_columns(sheet):
    sheet.put(INDENT, 80, "Đôn đốc")
    sheet.put(INDENT + 90, 80, "các")
    sheet.put(INDENT + 170, 80, "đơn vị")
    sheet.put(INDENT + 250, 80, "nghiêm")
    sheet.put(INDENT + 340, 80, "túc thực hiện")
    sheet.put(LEFT, 97, "quy định.")
    assert texts(blocks(sheet))[0].startswith("Đôn đốc các đơn vị nghiêm túc thực hiện")


# --- annotations -----------------------------------------------------------------------------------------------------


def annotate(sheet, *fields):
    """Adds form fields that show text, as the fields of a digital signature do: (x, y, width, text)."""
    for at, (x, y, width, text) in enumerate(fields):
        sheet.canvas.acroForm.textfield(
            name=f"f{at}", value=text, x=x, y=HEIGHT - y - 4, width=width, height=18, fontSize=12, borderWidth=0,
            fillColor=None, borderColor=None, fontName="Helvetica",
        )  # fmt: skip


@pytest.mark.parametrize("lift", [0, 5, -4])
def test_number_and_day_of_a_signed_document_fill_their_blanks(sheet, lift):
    letterhead(sheet)
    sheet.paragraph(f"{LONG}.")
    annotate(sheet, (149, 112 - lift, 22, "115"), (408, 112 - lift, 22, "09"))
    found = texts(blocks(sheet))
    assert "Số: 115/UBND-NL" in found
    assert "Bắc Kạn, ngày 09 tháng 3 năm 2027" in found


def test_stamp_of_a_signature_is_left_out(sheet):
    sheet.paragraph(f"{LONG}.")
    annotate(sheet, (380, 30, 190, "vanthu@backan.gov.vn 15.03.2027 09:12:44 +07:00"))
    assert texts(blocks(sheet)) == [f"{LONG}."]


def test_printed_stamp_of_a_portal_is_left_out(sheet):
    for at, line in enumerate(
        ["Ký bởi: Cổng Thông tin điện tử", "Email: cong@backan.gov.vn", "Thời gian ký: 15.03.2027 09:12:44 +07:00"]
    ):
        sheet.put(390, 25 + 10 * at, line, 8)
    sheet.paragraph(f"{LONG}.")
    assert texts(blocks(sheet)) == [f"{LONG}."]


# --- tables ----------------------------------------------------------------------------------------------------------

XS = (60, 90, 300, 420, 540)
WIDE = (60, 220, 320, 430, 540)
HEADER = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]


def test_merged_cells_once_and_empty_cells_too(sheet):
    group, first = ["I", "Nhóm việc thứ nhất", "<", "<"], ["1", "Rà soát", "Sở A", "Quý I"]
    rows = [HEADER, group, first, ["2", "Báo cáo", "^", ""], ["3", "Họp", "", "Quý IV"]]
    sheet.grid(100, XS, [20] * 5, rows)
    assert cells(blocks(sheet)) == {
        (0, 0, 1, 1): "TT", (0, 1, 1, 1): "Nhiệm vụ", (0, 2, 1, 1): "Chủ trì", (0, 3, 1, 1): "Thời hạn",
        (1, 0, 1, 1): "I", (1, 1, 1, 3): "Nhóm việc thứ nhất",
        (2, 0, 1, 1): "1", (2, 1, 1, 1): "Rà soát", (2, 2, 2, 1): "Sở A", (2, 3, 1, 1): "Quý I",
        (3, 0, 1, 1): "2", (3, 1, 1, 1): "Báo cáo", (3, 3, 1, 1): "",
        (4, 0, 1, 1): "3", (4, 1, 1, 1): "Họp", (4, 2, 1, 1): "", (4, 3, 1, 1): "Quý IV",
    }  # fmt: skip


def test_text_of_a_table_appears_once_and_in_its_place(sheet):
    sheet.paragraph(f"{LONG}.")
    sheet.grid(sheet.y, XS, [20, 20], [HEADER, ["1", "Rà soát kênh mương", "Sở A", "Quý I"]])
    sheet.paragraph(f"{NEXT}.")
    found = blocks(sheet)
    words = collections.Counter(re.findall(r"\w+", " ".join(texts(found))))
    table = "TT Nhiệm vụ Chủ trì Thời hạn 1 Rà soát kênh mương Sở A Quý I"
    assert words == collections.Counter(re.findall(r"\w+", f"{LONG} {table} {NEXT}"))
    assert [bool(b.place.cell) for b in found] == [False, *[True] * 8, False]


def test_lines_of_a_cell_are_rejoined_and_its_items_are_lines(sheet):
    lines = "Rà soát, cập nhật phương án bảo\nvệ đê điều:\n- Hoàn thành việc cắm mốc;\n- Tu bổ kè."
    sheet.grid(100, XS, [20, 70], [HEADER, ["1", lines, "UBND các xã;\nSở A", "Quý I"]])
    found = cells(blocks(sheet))
    assert found[1, 1, 1, 1] == "Rà soát, cập nhật phương án bảo vệ đê điều:\n- Hoàn thành việc cắm mốc;\n- Tu bổ kè."
    assert found[1, 2, 1, 1] == "UBND các xã;\nSở A"


def test_a_label_in_a_cell_has_a_line_of_its_own(sheet):
    rows = [HEADER, ["1", "Rà soát", "Chủ trì: Sở Tài chính\nPhối hợp: Sở Tư pháp\nvà các xã", "Quý I"]]
    sheet.grid(100, XS, [20, 52], rows)
    assert cells(blocks(sheet))[1, 2, 1, 1] == "Chủ trì: Sở Tài chính\nPhối hợp: Sở Tư pháp và các xã"


def test_words_that_a_narrow_column_breaks_are_whole_again(sheet):
    edges = [85, 103, 300, 390, 450]
    rows = [["T\nT", "Nhiệm vụ", "Chủ trì", "Hạn"], ["II\nI", "Rà soát", "Sở A", "28/02/202\n6"]]
    rows += [["1\n2", "Họp", "Phòng Văn hóa\n- Xã hội", "Trước 30/6\n/2026"]]
    sheet.grid(100, edges, [32, 32, 32], rows)
    found = cells(blocks(sheet))
    assert [found[row, 0, 1, 1] for row in range(3)] == ["TT", "III", "12"]
    assert [found[row, 3, 1, 1] for row in (1, 2)] == ["28/02/2026", "Trước 30/6/2026"]
    assert found[2, 2, 1, 1] == "Phòng Văn hóa - Xã hội"


def test_table_over_pages_is_one_and_its_repeated_header_is_dropped(sheet):
    sheet.grid(700, XS, [20, 20], [HEADER, ["1", "Rà soát", "Sở A", "Quý I"]])
    sheet.page()
    sheet.center(312, 45, "2", 12)
    sheet.grid(80, XS, [20, 20, 20], [HEADER, ["2", "Báo cáo", "Sở B", "Quý II"], ["3", "Họp", "Sở C", ""]])
    found = blocks(sheet)
    assert [cells(found)[row, 0, 1, 1] for row in range(4)] == ["TT", "1", "2", "3"]
    assert {b.place.cell.table for b in found} == {0}
    assert [b.place.page for b in found if b.place.cell.column == 0] == [1, 1, 2, 2]


def test_row_cut_by_the_page_is_rejoined(sheet):
    cut = ["2", "Rà soát, hoàn thiện hồ sơ dự\nán nâng cấp", "Sở B", "Quý II"]
    sheet.grid(700, XS, [20, 20, 34], [HEADER, ["1", "Họp", "Sở A", "Quý I"], cut])
    sheet.page()
    sheet.grid(80, XS, [20, 20], [["", "hồ chứa nước.", "", ""], ["3", "Báo cáo", "Sở C", "Quý III"]])
    found = cells(blocks(sheet))
    assert found[2, 1, 1, 1] == "Rà soát, hoàn thiện hồ sơ dự án nâng cấp hồ chứa nước."
    assert found[3, 0, 1, 1] == "3"


def test_row_cut_above_the_number_in_its_middle_is_rejoined(sheet):
    sheet.grid(720, XS, [20, 20, 20], [HEADER, ["1", "Họp", "Sở A", "Quý I"], ["", "Rà soát hồ sơ dự", "", ""]])
    sheet.page()
    sheet.grid(80, XS, [20, 20], [["2", "án hồ chứa nước", "Sở B", "Quý II"], ["3", "Báo cáo", "Sở C", "Quý III"]])
    found = cells(blocks(sheet))
    assert [found[2, column, 1, 1] for column in range(4)] == [
        "2",
        "Rà soát hồ sơ dự án hồ chứa nước",
        "Sở B",
        "Quý II",
    ]
    assert found[3, 0, 1, 1] == "3"


def test_row_without_a_number_is_rejoined_where_its_words_go_on(sheet):
    header, row = ["Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], ["Họp giao ban", "Sở A", "Sở B", "Quý I"]
    sheet.grid(700, WIDE, [20, 20, 20], [header, row, ["Tập huấn cho cán bộ", "Phòng Văn", "Các trường", "Quý II -"]])
    sheet.page()
    sheet.grid(80, WIDE, [20, 20], [["cấp xã", "hóa", "tiểu học", "Quý III"], ["Tổng kết", "Sở B", "", "Quý IV"]])
    found = cells(blocks(sheet))
    assert [found[2, column, 1, 1] for column in range(4)] == [
        "Tập huấn cho cán bộ cấp xã",
        "Phòng Văn hóa",
        "Các trường tiểu học",
        "Quý II - Quý III",
    ]
    assert found[3, 0, 1, 1] == "Tổng kết"


@pytest.mark.parametrize("below", [["Rà soát", "hóa", "", "Quý II"], ["báo cáo", "Sở B", "Sở C", "Quý II"]])
def test_row_without_a_number_that_begins_anew_is_a_row_of_its_own(sheet, below):
    header = ["Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
    sheet.grid(720, WIDE, [20, 20], [header, ["Họp giao ban", "Sở A", "Sở B", "Quý I"]])
    sheet.page()
    sheet.grid(80, WIDE, [20], [below])
    found = cells(blocks(sheet))
    assert [found[row, 0, 1, 1] for row in (1, 2)] == ["Họp giao ban", below[0]]


def test_numbered_row_at_the_top_of_a_page_is_a_row_of_its_own(sheet):
    sheet.grid(720, XS, [20, 20], [HEADER, ["1", "Rà soát và", "Sở A", "Quý I"]])
    sheet.page()
    sheet.grid(80, XS, [20], [["2", "báo cáo", "Sở B", "Quý II"]])
    found = cells(blocks(sheet))
    assert [found[row, 1, 1, 1] for row in (1, 2)] == ["Rà soát và", "báo cáo"]


def test_merged_cell_goes_on_below_the_page(sheet):
    sheet.grid(700, XS, [20, 20, 20], [HEADER, ["1", "Rà soát", "Sở A", "Quý I"], ["2", "Họp", "^", "Quý I"]])
    sheet.page()
    sheet.grid(80, XS, [20, 20], [["3", "Báo cáo", "", "Quý II"], ["4", "Tổng kết", "Sở B", "Quý IV"]])
    assert cells(blocks(sheet))[1, 2, 3, 1] == "Sở A"


def test_another_table_with_a_header_of_its_own_is_not_joined(sheet):
    sheet.grid(720, XS, [20, 20], [HEADER, ["1", "Rà soát", "Sở A", "Quý I"]])
    sheet.page()
    sheet.grid(80, XS, [20, 20], [["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2027"], ["1", "Diện tích", "ha", "120"]])
    assert {b.place.cell.table for b in blocks(sheet)} == {0, 1}


def test_table_open_at_the_top_of_a_page_is_closed(sheet):
    ys = (60, 84, 108)
    for x in XS:
        sheet.rule(x, ys[0], x, ys[-1])
    for y in ys[1:]:
        sheet.rule(XS[0], y, XS[-1], y)
    for y, row in ((76, ["7", "Cắm biển báo", "Sở A", "Quý I"]), (100, ["8", "Tuần tra", "Sở B", "Quý II"])):
        for x, text in zip(XS, row, strict=False):
            sheet.put(x + 4, y, text, 11)
    assert cells(blocks(sheet))[0, 1, 1, 1] == "Cắm biển báo"


def test_boxes_of_one_cell_and_white_rules_are_no_tables(sheet):
    sheet.canvas.rect(LEFT - 4, HEIGHT - 74, 200, 24)
    sheet.put(LEFT, 66, "HỎA TỐC", 13, "Serif-Bold")
    sheet.y = 120
    sheet.canvas.setStrokeColorRGB(1, 1, 1)
    for y in range(105, 300, 17):
        sheet.rule(LEFT, y, RIGHT, y)
    for x in (LEFT, 300, RIGHT):
        sheet.rule(x, 105, x, 300)
    sheet.paragraph(f"{LONG}.")
    found = blocks(sheet)
    assert texts(found) == ["HỎA TỐC", f"{LONG}."]
    assert all(b.place.cell is None for b in found)


# --- files -----------------------------------------------------------------------------------------------------------


def test_source_of_a_pdf(sheet):
    sheet.paragraph("Nội dung của văn bản này.")
    source = read(sheet.save()).source
    assert (source.reader, source.pages, source.media_type, source.ocr) == ("pdf", 1, "application/pdf", False)


def test_drawing_without_a_word_is_refused_with_a_reason(sheet):
    sheet.canvas.rect(100, 100, 50, 50, fill=1)
    sheet.canvas.showPage()
    with pytest.raises(UnreadableError, match="không có chữ"):
        blocks(sheet)


def test_blank_page_and_page_of_two_words_are_no_scans(sheet):
    sheet.paragraph(f"{LONG}.")
    sheet.page()
    sheet.put(INDENT, 80, "Hết.")
    sheet.page()
    sheet.canvas.showPage()
    reading = read(sheet.save())
    assert (texts(reading.blocks), reading.problems) == ([f"{LONG}.", "Hết."], ())


def test_password_is_asked_for(tmp_path, fonts):
    sheet = Sheet(tmp_path / "a.pdf", fonts, encrypt="matkhau")
    sheet.paragraph("Nội dung")
    with pytest.raises(ProtectedError, match="mật khẩu"):
        blocks(sheet)


def test_too_many_pages(sheet):
    for _ in range(4):
        sheet.paragraph("Nội dung")
        sheet.page()
    with pytest.raises(TooLargeError, match="4 trang"):
        read(sheet.save(), Limits(pages=3))


def test_too_many_cells(sheet):
    sheet.grid(100, XS, [20, 20], [HEADER, ["1", "a", "b", "c"]])
    with pytest.raises(TooLargeError, match="ô bảng"):
        read(sheet.save(), Limits(cells=5))


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_truncated_file_is_refused_in_one_line(sheet, keep):
    for _ in range(3):
        sheet.paragraph(f"{LONG}.")
        sheet.page()
    data = sheet.save().read_bytes()
    sheet.path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises((UnreadableError, UnsupportedError)) as caught:
        read(sheet.path)
    assert "\n" not in str(caught.value)


def test_annotations_are_drawn_after_all_that_a_page_has_of_its_own(sheet):
    sheet.paragraph(f"{LONG}.")
    annotate(sheet, (149, 112, 22, "115"), (408, 112, 22, "09"))
    with opened(sheet.save().read_bytes(), 10) as document, flat_page(document, 0) as (page, own):
        drawing = draw(page, 1, own)
    assert ["".join(glyph.text for glyph in glyphs) for glyphs in drawing.annotations] == ["115", "09"]
    assert "".join(glyph.text for glyph in drawing.glyphs).startswith(LONG[:40].replace(" ", ""))


@pytest.mark.parametrize(("letters", "text"), [("STT", "STT"), ("SốTT", "Số TT"), ("MãKH", "Mã KH")])
def test_a_heading_set_letter_under_letter(letters, text):
    glyphs = [Glyph(letter, 40, 47, 100 + 14 * at, 112 + 14 * at, 12) for at, letter in enumerate(letters)]
    assert cell_text(lines_of(glyphs, 1), 8) == text
