"""Scanned pages → blocks, by Tesseract run for real on pages written here, drawn, turned and stamped."""

import io
import os
import pathlib
import unicodedata
import zipfile

import docx
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from extractor.blocks import Limits, read, scan
from extractor.blocks.lines import Glyph, lines_of
from extractor.blocks.page_flow import Page, assemble
from extractor.blocks.scan_image import prepare
from extractor.blocks.scan_numerals import with_counted_numerals
from extractor.blocks.scan_words import Word
from extractor.document import secrecy
from extractor.errors import SecretError, UnreadableError, UnsupportedError

FONTS = [
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "C:/Windows/Fonts/times.ttf",
]
FONT = next((font for font in FONTS if pathlib.Path(font).exists()), None)
READY = scan.find_program() is not None and FONT is not None
if not READY and os.environ.get("CI"):
    pytest.fail("CI phải có Tesseract, dữ liệu tiếng Việt và phông Liberation", pytrace=False)
pytestmark = pytest.mark.skipif(not READY, reason="chưa cài tesseract-ocr-vie hoặc fonts-liberation2")

DPI = 200
WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
FIRST = (
    "Rà soát các công trình thủy lợi bị hư hỏng do mưa lũ, lập phương án sửa chữa trước ngày 15/9/2027"
    " và bố trí lực lượng"
)
SECOND = "trực ban; báo cáo Ủy ban nhân dân tỉnh trước 16 giờ hằng ngày."


class Paper:
    """A drawn page; positions in points from its top left corner."""

    def __init__(self):
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.draw = ImageDraw.Draw(self.image)

    def put(self, x, y, text, size=14):
        font = ImageFont.truetype(FONT, round(size * DPI / 72))
        self.draw.text((x * DPI / 72, y * DPI / 72), unicodedata.normalize("NFC", text), fill=(20, 20, 25), font=font)

    def lines(self, x, y, texts, size=14):
        for at, text in enumerate(texts):
            self.put(x if at else x + 28, y + 18 * at, text, size)

    def rule(self, x0, y0, x1, y1):
        self.draw.line([value * DPI / 72 for value in (x0, y0, x1, y1)], fill=(10, 10, 10), width=3)

    def seal(self, x, y, radius=50):
        ring = Image.new("RGB", self.image.size, "white")
        box = [value * DPI / 72 for value in (x - radius, y - radius, x + radius, y + radius)]
        ImageDraw.Draw(ring).ellipse(box, outline=(225, 40, 50), width=9)
        self.image = ImageChops.multiply(self.image, ring)
        self.draw = ImageDraw.Draw(self.image)


@pytest.fixture
def scanned(tmp_path):
    """A function that saves pages as a PDF of pictures and returns what is read from it."""

    def build(*papers, turn=0.0, limits=None):
        images = [paper.image.rotate(turn, expand=turn % 90 == 0, fillcolor="white") for paper in papers]
        path = tmp_path / "bản quét.pdf"
        images[0].save(path, save_all=True, append_images=images[1:], resolution=DPI)
        return read(path, limits or Limits())

    return build


def body(paper, top=200):
    words, line, lines = FIRST.split(), "", []
    for word in words:
        if len(f"{line} {word}") > 62:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    paper.lines(85, top, [*lines, line])


def texts(reading):
    return [block.text for block in reading.blocks]


def test_letterhead_and_paragraph_of_a_scan(scanned):
    paper = Paper()
    for y, left, right in (
        (60, "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (78, "TỈNH BẮC KẠN", "Độc lập - Tự do - Hạnh phúc"),
    ):
        paper.put(80, y, left, 12)
        paper.put(280, y, right, 12)
    paper.put(95, 110, "Số: 31/KH-UBND", 12)
    paper.put(320, 110, "Bắc Kạn, ngày 05 tháng 8 năm 2027", 12)
    body(paper)
    paper.seal(200, 230)
    reading = scanned(paper)
    found = texts(reading)
    assert found[0] == "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN"
    assert "Số: 31/KH-UBND" in found
    assert "Bắc Kạn, ngày 05 tháng 8 năm 2027" in found
    assert FIRST in " ".join(found)
    assert (reading.source.ocr, reading.source.reader, reading.source.pages) == (True, "pdf", 1)
    assert all(0.5 < block.confidence <= 1 for block in reading.blocks)


def test_paragraph_goes_on_over_scanned_pages(scanned):
    first, second = Paper(), Paper()
    body(first, top=700)
    second.lines(57, 60, [SECOND])
    second.lines(85, 90, ["- Kiểm tra, tuần tra canh gác đê điều theo cấp báo động."])
    found = texts(scanned(first, second))
    assert found[-1] == "- Kiểm tra, tuần tra canh gác đê điều theo cấp báo động."
    assert found[-2].endswith("trực ban; báo cáo Ủy ban nhân dân tỉnh trước 16 giờ hằng ngày.")


@pytest.mark.parametrize("turn", [1.5, -2.0, 90, 180])
def test_skewed_and_turned_pages(scanned, turn):
    paper = Paper()
    for at in range(4):
        body(paper, 100 + 120 * at)
    words = " ".join(texts(scanned(paper, turn=turn))).split()
    expected = (FIRST + " ").split() * 4
    assert sum(word in expected for word in words) >= 0.95 * len(expected)


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [("uẹp ueuu Án ẹA uộiu 2äu1 ", 0.53, True), ("Sở Nội vụ chủ trì ", 0.53, False), ("Sở Nội vụ chủ trì ", 0.4, True)],
    ids=["upside down, half sure", "upright, half sure", "hardly sure"],
)
def test_which_pages_may_lie(text, confidence, expected):
    words = [Word((0, 0, 0), word, 0, 0, 9, 9, confidence) for word in (text * 5).split()]
    assert scan._may_lie(words) is expected


def test_ruled_table_of_a_skewed_scan_under_a_seal(scanned):
    paper = Paper()
    xs, ys = (85, 120, 300, 420, 540), (100, 130, 180, 210)
    for y in ys:
        paper.rule(xs[0], y, xs[-1], y)
    for x in xs:
        paper.rule(x, ys[0], x, ys[-1])
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Gia cố bờ kè, nạo vét\nkênh tiêu", "Sở Xây dựng", "Quý III/2027"],
        ["2", "Trồng rừng chắn sóng", "UBND các xã", "Quý IV/2027"],
    ]
    for top, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            for at, line in enumerate(text.split("\n")):
                paper.put(x + 5, top + 6 + 17 * at, line, 13)
    paper.seal(430, 160, 30)
    cells = {(b.place.cell.row, b.place.cell.column): b.text for b in scanned(paper, turn=1.0).blocks if b.place.cell}
    assert len(cells) == 12
    assert cells[1, 1] == "Gia cố bờ kè, nạo vét kênh tiêu"
    assert cells[2, 2] == "UBND các xã"
    assert cells[0, 1] == "Nhiệm vụ"


def stamp(text, angle=0.0):
    """A stamp in red ink: a word in a frame."""
    picture = Image.new("RGB", (560, 140), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((6, 6, 550, 130), outline=(220, 30, 40), width=6)
    draw.text((60, 30), text, fill=(220, 30, 40), font=ImageFont.truetype(FONT.replace("Regular", "Bold"), 60))
    return picture.rotate(angle, expand=True, fillcolor="white")


@pytest.mark.parametrize(("text", "angle"), [("MẬT", 3), ("TỐI MẬT", -2), ("HỎA TỐC", 0)])
def test_red_stamp_of_secrecy_or_urgency_is_read(scanned, text, angle):
    paper = Paper()
    body(paper)
    paper.image.paste(stamp(text, angle), (150, 330))
    paper.seal(420, 600)
    found = texts(scanned(paper))
    assert text in found
    assert FIRST in " ".join(found)


@pytest.mark.parametrize(("text", "angle"), [("TUYỆT MẬT", -20), ("TỐI MẬT", 33), ("MẬT", 90)])
def test_red_stamp_set_aslant_is_refused(scanned, text, angle):
    paper = Paper()
    body(paper)
    paper.image.paste(stamp(text, angle), (150, 330))
    paper.seal(420, 600)
    reading = scanned(paper)
    with pytest.raises(SecretError, match=text):
        secrecy.check(reading.blocks, reading.beside, recognised=reading.source.ocr)


def test_red_stamp_on_a_page_with_text_of_its_own_is_read(tmp_path):
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    picture = tmp_path / "dấu.png"
    stamp("TUYỆT MẬT").save(picture)
    path = tmp_path / "a.pdf"
    page = canvas.Canvas(str(path), pagesize=(595, 842))
    page.drawImage(str(picture), 60, 640, 150, 38)
    page.drawString(85, 600, "Trien khai nhiem vu nam 2027 tren dia ban tinh")
    page.save()
    found = texts(read(path))
    assert sorted(found) == ["TUYỆT MẬT", "Trien khai nhiem vu nam 2027 tren dia ban tinh"]


@pytest.mark.parametrize(
    ("drawn", "read_as", "expected"),
    [
        ("III.", "II.", "III."),
        ("III/2026", "IH/2026", "III/2026"),
        ("II/2026", "II/2026", "II/2026"),
        ("II.", "IL.", "II."),
        ("I.", "I.", "I."),
        ("IV.", "IV.", "IV."),
        ("11", "11", "11"),
        ("IN", "IN", "IN"),
    ],
)
def test_ones_of_a_roman_numeral_are_counted(drawn, read_as, expected):
    paper = Paper()
    paper.put(100, 100, drawn)
    picture = prepare(paper.image, DPI)
    box = ImageChops.invert(picture.image).getbbox()
    word = Word((1, 1, 1), read_as, *(value * picture.scale for value in box), 0.9)
    assert [one.text for one in with_counted_numerals([word], picture)] == [expected]


@pytest.mark.parametrize(
    ("drawn", "read_as", "expected"),
    [("II/2026", "1/2026", "II/2026"), ("1/2026", "1/2026", "1/2026"), ("III.", "11.", "III.")],
)
def test_ones_after_quarter_are_counted(drawn, read_as, expected):
    paper = Paper()
    paper.put(100, 100, drawn)
    picture = prepare(paper.image, DPI)
    box = [value * picture.scale for value in ImageChops.invert(picture.image).getbbox()]
    words = [Word((1, 1, 1), "Quý", 10, *box[1:2], 40, *box[3:], 0.9), Word((1, 1, 1), read_as, *box, 0.9)]
    assert [one.text for one in with_counted_numerals(words, picture)] == ["Quý", expected]


def test_a_word_file_of_scanned_pages_is_recognised(tmp_path):
    document = docx.Document()
    for name in ("một", "hai"):
        paper = Paper()
        body(paper)
        paper.put(250, 100, f"KẾ HOẠCH {name.upper()}", 16)
        paper.image.save(tmp_path / f"{name}.png")
        document.add_picture(str(tmp_path / f"{name}.png"), width=docx.shared.Cm(21))
    document.save(tmp_path / "a.docx")
    reading = read(tmp_path / "a.docx")
    found = [(block.text, block.place.page) for block in reading.blocks]
    assert ("KẾ HOẠCH MỘT", 1) in found
    assert ("KẾ HOẠCH HAI", 2) in found
    assert FIRST in " ".join(text for text, _ in found)
    assert (reading.source.ocr, reading.source.pages, reading.source.reader) == (True, 2, "docx")


def test_a_damaged_picture_in_a_word_file_is_named(tmp_path):
    paper = Paper()
    body(paper)
    document = docx.Document()
    for name in ("một", "hai"):
        paper.image.save(tmp_path / f"{name}.png")
        document.add_picture(str(tmp_path / f"{name}.png"), width=docx.shared.Cm(21))
        paper.put(250, 100, "KẾ HOẠCH", 16)
    document.save(tmp_path / "a.docx")
    changed = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"no picture" if name.endswith("image1.png") else old.read(name))
    (tmp_path / "a.docx").write_bytes(changed.getvalue())
    reading = read(tmp_path / "a.docx")
    assert [(problem.kind, problem.severity, problem.page) for problem in reading.problems] == [
        ("picture_not_read", "high", 1)
    ]
    assert "KẾ HOẠCH" in texts(reading)


def test_pages_over_the_limit_are_named(scanned):
    papers = [Paper(), Paper()]
    for paper in papers:
        body(paper)
    (problem,) = scanned(*papers, limits=Limits(ocr_pages=1)).problems
    assert (problem.kind, problem.page, problem.severity) == ("page_not_recognised", 2, "high")


def test_each_page_is_told_when_it_is_done(scanned):
    done = []
    papers = [Paper(), Paper(), Paper()]
    for paper in papers:
        body(paper)
    scanned(*papers, limits=Limits(ocr_at_a_time=1, page_done=lambda: done.append(1)))
    assert len(done) == 3


def test_digits_have_a_confidence_of_their_own():
    words = (("Số:", 0.96), ("124", 0.3), ("/CĐ-TTg", 0.9))
    glyphs = [
        Glyph(text, 80 + 40 * at, 115 + 40 * at, 100, 112, 12, whole=True, confidence=sure)
        for at, (text, sure) in enumerate(words)
    ]
    (block,) = assemble([Page(1, 595, 842, lines_of(glyphs, 1), [])])
    assert (block.text, block.digits) == ("Số: 124 /CĐ-TTg", 0.3)
    assert 0.6 < block.confidence < 0.9


def test_page_that_takes_too_long_is_named(scanned):
    papers = [Paper(), Paper()]
    for paper in papers:
        body(paper)
    with pytest.raises(UnreadableError, match="Tesseract không nhận dạng được"):
        scanned(*papers, limits=Limits(ocr_seconds=0.01))


def test_blank_scanned_page_is_no_problem(scanned):
    paper = Paper()
    body(paper)
    assert scanned(paper, Paper()).problems == ()


def test_scan_of_nothing_is_refused(scanned):
    with pytest.raises(UnreadableError, match="không có chữ"):
        scanned(Paper())


def test_missing_tesseract_is_named_with_the_way_to_get_it(scanned, monkeypatch):
    monkeypatch.setenv("PATH", "")
    if scan.find_program() is not None:
        pytest.skip("Tesseract nằm ngoài PATH")
    paper = Paper()
    body(paper)
    with pytest.raises(UnsupportedError, match="tesseract-ocr-vie"):
        scanned(paper)
