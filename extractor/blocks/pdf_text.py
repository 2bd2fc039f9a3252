"""The characters of a PDF page → glyphs as wide as their advance, as high as their font's size.

In: the text objects of a page and pdfium's text page. Out: glyphs of the upright ones, in the order they were drawn,
and those set aslant: "Số: 12/KH-UBND" gives fourteen, the space among them.

pdfium's text page adds spaces of its own, which belong to no object and are left out here. It leaves out what is set
twice on one spot and the second of two spaces in a row, so that an object that was but a space has nothing.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from extractor.blocks.lines import Glyph
from extractor.blocks.pdf_geometry import address_of, matrix_of, placed, times
from extractor.blocks.turned import Turned, is_upright

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.blocks.pdf_geometry import Handle, Matrix

_LONGEST_NAME = 256
_DESCENT = 0.216  # of the size: Times New Roman's for all, as fonts name none, a wrong one, or each its own in one line
_SHORTEST = 1.0  # points: the size of a glyph of a font without size
_LINE_END, _HYPHEN = 2, "\ufffe"  # what pdfium makes of a hyphen at the end of a line, as a character and in a text
_IN_NO_FONT = "\U0010fffd"  # a character that no font's map leads to
_MOST_OF_IT = 0.6  # of a space: that far from its begin an object's first character follows one
_NO_LETTERS = frozenset({"\0", *map(chr, range(0xD800, 0xE000))})
# A character or a ligature: its index in pdfium's text page (-1: not there), letters, x, y on the page set upright.
_Piece = tuple[int, str, float, float]


def _typed(function: Handle, result: type, *arguments: type) -> Callable[..., int]:
    """A function of pdfium that takes and gives addresses as numbers: a quarter less time for each character."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


_object_of = _typed(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_place_of = _typed(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)


@dataclass(slots=True)
class Font:
    """A font.

    Attributes:
        raw: pdfium's.
        bold, italic: by its name.
        widths: of the characters asked for so far, as shares of the size.
    """

    raw: Handle
    bold: bool
    italic: bool
    widths: dict[str, float] = field(default_factory=dict)

    def width(self, letter: str) -> float:
        """The advance of a character; that of one in no font where the font's map does not lead back to it."""
        if letter not in self.widths:
            width = ctypes.c_float()
            pdfium.FPDFFont_GetGlyphWidth(self.raw, ord(letter), 1.0, width)
            self.widths[letter] = width.value
        return self.widths[letter]


@dataclass(slots=True)
class Text:
    """A text object.

    Attributes:
        matrix: from its space to the page's, set upright.
        font, size: of its characters.
        glyphs: the list that its glyphs go to.
        characters: as they were drawn.
    """

    matrix: Matrix
    font: Font
    size: float
    glyphs: list[Glyph]
    characters: list[_Piece] = field(default_factory=list)


def text_of(found: Handle, matrix: Matrix, fonts: dict[int, Font], glyphs: list[Glyph]) -> Text:
    """A text object without its characters.

    Args:
        found: pdfium's text object.
        matrix: of the form that holds it.
        fonts: those known so far, by address.
        glyphs: the list that its glyphs go to.
    """
    for at in reversed(range(pdfium.FPDFPageObj_CountMarks(found))):
        mark = pdfium.FPDFPageObj_GetMark(found, at)
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != pdfium.FPDF_OBJECT_UNKNOWN:
            pdfium.FPDFPageObj_RemoveMark(found, mark)  # its letters would all stand in one place
    raw = pdfium.FPDFTextObj_GetFont(found)
    address = address_of(raw)
    if address not in fonts:
        fonts[address] = _font(raw)
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(found, size)
    return Text(times(matrix_of(found), matrix), fonts[address], size.value, glyphs)


def _font(raw: Handle) -> Font:
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFFont_GetBaseFontName(raw, name, _LONGEST_NAME)
    told = name.value.decode("utf-8", "replace").lower()
    bold = "bold" in told or "black" in told or "heavy" in told
    return Font(raw, bold, "italic" in told or "oblique" in told)


def add_characters(page: Handle, base: Matrix, height: float, texts: dict[int, Text]) -> list[Turned]:
    """Adds the glyphs of a page to the lists of its text objects.

    Args:
        page: pdfium's page.
        base: from its space to that of the page set upright.
        height: of the page set upright, in points.
        texts: by address.

    Returns:
        The characters that do not stand upright.
    """
    turned: list[Turned] = []
    opened = pdfium.FPDFText_LoadPage(page)
    try:
        _collect(opened, base, texts)
        for text in texts.values():
            pieces = _pieces(text)
            advances = _advances(opened, base, text, pieces)
            if is_upright(text.matrix):
                text.glyphs += _glyphs(text, height, pieces, advances)
            if text.matrix[0] < 0 or not is_upright(text.matrix):
                a, b = text.matrix[:2]
                turned += [Turned(p[1], a, b, *p[2:], advance) for p, advance in zip(pieces, advances, strict=True)]
    finally:
        pdfium.FPDFText_ClosePage(opened)
    return turned


def _collect(opened: Handle, base: Matrix, texts: dict[int, Text]) -> None:
    """Adds each character to its object."""
    page = address_of(opened)
    x, y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y = ctypes.addressof(x), ctypes.addressof(y)
    a, b, c, d, e, f = base
    for at, letter in enumerate(_letters(opened)):
        text = texts.get(_object_of(page, at))
        if text is not None and letter not in _NO_LETTERS:
            _place_of(page, at, to_x, to_y)
            left, up = x.value, y.value
            text.characters.append((at, letter, a * left + c * up + e, b * left + d * up + f))


def _letters(opened: Handle) -> Sequence[str]:
    """The letter of each character of a text page: all at once, or one by one where pdfium's text leaves some out."""
    count = pdfium.FPDFText_CountChars(opened)
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pdfium.FPDFText_GetText(opened, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw.decode("utf-16-le", "surrogatepass").split("\0", 1)[0]
    if len(text) == count and _HYPHEN not in text:
        return text
    codes = [pdfium.FPDFText_GetUnicode(opened, at) for at in range(count)]
    return [
        "-" if code == _LINE_END and pdfium.FPDFText_IsHyphen(opened, at) == 1 else chr(code)
        for at, code in enumerate(codes)
    ]


def _pieces(text: Text) -> list[_Piece]:
    """The characters of an object, those of a ligature as one, with the space that it began with.

    pdfium leaves a space out where it has just put in one of its own: the first one of an object, often its only one.
    """
    a, b, _, _, x, y = text.matrix
    if not text.characters:
        return [(-1, " ", x, y)]
    space = _MOST_OF_IT * text.font.width(" ") * text.size * math.hypot(a, b)
    found: list[_Piece] = []
    if math.dist((x, y), text.characters[0][2:]) > space > 0:
        found.append((-1, " ", x, y))
    last = None
    for piece in text.characters:
        if last == piece[2:] and _is_part(found[-1][1]):
            found[-1] = (found[-1][0], found[-1][1] + piece[1], *piece[2:])
        else:
            found.append(piece)
            last = piece[2:]
    return found


def _is_part(letters: str) -> bool:
    """Whether letters may be the first of a ligature's; what takes no room shares its place with the next too."""
    return letters.isprintable() and not letters.isspace() and not unicodedata.combining(letters[0])


def _advances(opened: Handle, base: Matrix, text: Text, pieces: list[_Piece]) -> list[float]:
    """The advance of each piece in the object's own space."""
    font, size = text.font, text.size
    unknown = font.width(_IN_NO_FONT)
    found = []
    for at, piece in enumerate(pieces):
        width = font.widths.get(piece[1])
        if width is None:
            width = font.width(piece[1]) if len(piece[1]) == 1 else unknown
        if width == unknown and piece[0] >= 0:
            found.append(_measured(opened, base, text, piece, pieces[at + 1] if at + 1 < len(pieces) else None))
        else:
            found.append(width * size)
    return found


def _measured(opened: Handle, base: Matrix, text: Text, piece: _Piece, after: _Piece | None) -> float:
    """The advance of a piece whose width the font does not tell: its box, which may be wider, but not past the next."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(opened, piece[0], box)
    (x0, y0), (x1, y1) = placed(base, box.left, box.bottom), placed(base, box.right, box.top)
    width = abs(x1 - x0) if is_upright(text.matrix) else max(abs(x1 - x0), abs(y1 - y0))
    scale = math.hypot(*text.matrix[:2]) or 1.0
    return math.copysign(min(width, math.dist(piece[2:], after[2:]) if after else width) / scale, text.size)


def _glyphs(text: Text, height: float, pieces: list[_Piece], advances: list[float]) -> list[Glyph]:
    """The glyphs of an object that stands upright."""
    a, b, c, d, _, _ = text.matrix
    size, bold, italic = text.size, text.font.bold, text.font.italic
    low, high = -_DESCENT * size, (1 - _DESCENT) * size
    left, right = sorted((c * low, c * high))
    down, up = sorted((d * low, d * high))
    found = []
    for (_, letters, x, y), advance in zip(pieces, advances, strict=True):
        top, bottom, x0, x1 = height - y - up, height - y - down, x + left, x + right
        if a * advance > 0:
            x1 += a * advance
        else:
            x0 += a * advance
        if b * advance > 0:
            top -= b * advance
        else:
            bottom -= b * advance
        tall = bottom - top
        found.append(Glyph(letters, x0, x1, top, bottom, tall if tall > _SHORTEST else _SHORTEST, bold, italic))
    return found
