"""What pdfium tells of a page → glyphs and shapes: fonts with odd maps, turned and cut pages, spaces of their own."""

import pypdfium2
import pytest

from extractor.blocks import Limits, scan
from extractor.blocks.pdf import read
from extractor.blocks.pdf_page import draw
from extractor.blocks.turned import turned_lines

# Codes 1 to 4 stand for several characters, a mark alone, none at all, a space without room.
MAP = (
    b"begincmap 1 begincodespacerange <00><ff> endcodespacerange 5 beginbfchar <01><00650302> <02><006600660069>"
    b" <03><0323> <04><200B> <61><0061> endbfchar endcmap"
)
WIDTHS = {1: 444, 2: 800, 3: 0, 4: 0, 32: 250, 97: 444}
WORDS = b"BT /F 14 Tf 85 700 Td (Ra soat ho chua nuoc) Tj ET "


def pdf(path, content, mapped=True, page=b""):
    """A page of *content*; font F is Helvetica, font G knows the codes of `MAP`, or maps them to nothing."""
    widths = b" ".join(b"%d" % WIDTHS.get(code, 500) for code in range(256))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>%b>>" % page,
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/Odd-Bold/FirstChar 0/LastChar 255/Widths[%b]/ToUnicode 7 0 R>>"
        % widths,
        b"<</Length %d>>stream\n%b\nendstream" % ((len(MAP), MAP) if mapped else (0, b"")),
    ]
    objects = b"".join(b"%d 0 obj%b endobj\n" % (number, body) for number, body in enumerate(bodies, 1))
    path.write_bytes(b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 8>>\n%%EOF")
    return path


def drawing(path):
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    try:
        return draw(page, 1, 1_000)
    finally:
        page.close()
        document.close()


def words(path):
    return [block.text for block in read(path.read_bytes(), Limits()).blocks]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"/F 14 Tf 85 700 Td (So) Tj ( ) Tj (Y te) Tj", "So Y te", id="a space is an object"),
        pytest.param(b"/F 14 Tf 85 700 Td [(So) -150 ( ) -150 (Y)] TJ", "So Y", id="a space between kerns"),
        pytest.param(b"/F 14 Tf 85 700 Td (So) Tj 22 0 Td ( Y te) Tj", "So Y te", id="a space after a gap"),
        pytest.param(b"/F 14 Tf 85 700 Td [(Ke)-20(h)15(oach)] TJ", "Kehoach", id="kerned"),
        pytest.param(b"/F 1 Tf 14 0 0 14 85 700 Tm (So Y te) Tj", "So Y te", id="size in the matrix"),
        pytest.param(b"/F -14 Tf -1 0 0 -1 85 700 Tm (So Y te) Tj", "So Y te", id="turned twice"),
        pytest.param(b"3 Tr /F 14 Tf 85 700 Td (So Y te) Tj", "So Y te", id="invisible"),
        pytest.param(b"/F 14 Tf 85 700 Td (Ho-) Tj 0 -17 Td (so) Tj", "Ho-so", id="a hyphen at the end of a line"),
        pytest.param(b"/G 14 Tf 85 700 Td (a\\001a \\002a) Tj", "aêa ffia", id="one code for many characters"),
        pytest.param(b"/G 14 Tf 85 700 Td (a\\003a) Tj", "ạa", id="a mark without room"),
        pytest.param(b"/G 14 Tf 85 700 Td (a\\004a) Tj", "aa", id="a space without room"),
        pytest.param(
            b"/Span <</ActualText (So Noi vu)>> BDC /F 14 Tf 85 700 Td (So Y te) Tj EMC", "So Y te", id="replaced"
        ),
    ],
)
def test_words(tmp_path, content, text):
    assert words(pdf(tmp_path / "a.pdf", b"BT %b ET" % content)) == [text]


def test_a_glyph_is_as_wide_as_its_advance_and_as_high_as_its_size(tmp_path):
    first, second = drawing(pdf(tmp_path / "a.pdf", b"BT /G 10 Tf 85 700 Td (a\\001) Tj ET")).glyphs
    assert (first.x0, first.x1, first.size, first.bold) == (85, pytest.approx(89.44), pytest.approx(10), True)
    assert second.text == "e\u0302"
    assert second.x1 == pytest.approx(93.88, abs=0.01)
    assert first.bottom == second.bottom == pytest.approx(842 - 700 + 2.16)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_setting_is_read_as_it_is_seen(tmp_path, turn):
    matrix = {90: b"0 1 -1 0 842 0", 180: b"-1 0 0 -1 842 842", 270: b"0 -1 1 0 0 842"}[turn]
    content, square = WORDS + b" 80 600 m 300 600 l S", b"/MediaBox[0 0 842 842]"
    plain = drawing(pdf(tmp_path / "a.pdf", content, page=square))
    turned = drawing(pdf(tmp_path / "b.pdf", b"%b cm %b" % (matrix, content), page=b"%b/Rotate %d" % (square, turn)))
    assert "".join(glyph.text for glyph in turned.glyphs) == "Ra soat ho chua nuoc"
    assert not turned.turned
    for one, other in zip(plain.glyphs, turned.glyphs, strict=True):
        assert (other.x0, other.bottom) == (pytest.approx(one.x0, abs=0.01), pytest.approx(one.bottom, abs=0.01))
    (rule,) = turned.shapes
    assert (rule.kind, round(rule.x1 - rule.x0), round(rule.bottom - rule.top)) == ("line", 220, 0)


def test_only_what_is_seen_of_a_page_is_read(tmp_path):
    content = WORDS + b"BT /F 14 Tf 85 100 Td (cut off) Tj ET"
    path = pdf(tmp_path / "a.pdf", content, page=b"/CropBox[40 400 560 830]")
    assert words(path) == ["Ra soat ho chua nuoc"]
    assert drawing(path).height == 430


def test_turned_text_is_read_along_its_own_base_line(tmp_path):
    found = drawing(pdf(tmp_path / "a.pdf", WORDS + b"BT /F 40 Tf .7 .7 -.7 .7 100 200 Tm (TAI LIEU MAT) Tj ET"))
    assert turned_lines(found.turned) == ["TAI LIEU MAT"]
    assert "".join(glyph.text for glyph in found.glyphs) == "Ra soat ho chua nuoc"


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"10 10 m 90 10 l S", ["line black"]),
        (b"1 G 10 10 m 90 10 l S", ["line"]),
        (b"0 0 0 0 k 10 10 80 20 re f", ["rect"]),
        (b".9 g 10 10 80 20 re f", ["rect filled"]),
        (b"10 10 80 20 re B", ["rect black filled"]),
        (b"10 10 m 90 10 l 90 30 l 10 30 l h S", ["rect black"]),
        (b"10 10 m 90 12 l 90 30 l 10 30 l h S", ["curve black"]),
        (b"10 10 m 20 20 30 20 40 10 c S", ["curve black"]),
        (b"10 10 80 20 re 10 40 80 20 re 10 70 m 90 70 l S", ["line black", "rect black", "rect black"]),
        (b"10 10 80 20 re W n", []),
    ],
)
def test_shapes(tmp_path, content, kinds):
    shapes = drawing(pdf(tmp_path / "a.pdf", content)).shapes
    assert [f"{s.kind}{' black' * s.stroked}{' filled' * s.filled}" for s in shapes] == kinds


def test_a_page_whose_font_maps_to_nothing_is_recognised_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "find_program", lambda: None)
    content = WORDS + b"BT /G 14 Tf 85 600 Td (%b) Tj ET" % (b"\\005\\006\\016\\017" * 12)
    problems = read(pdf(tmp_path / "a.pdf", content, mapped=False).read_bytes(), Limits()).problems
    assert [problem.kind for problem in problems] == ["text_not_vietnamese"]
