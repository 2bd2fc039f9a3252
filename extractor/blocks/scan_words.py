"""Words that Tesseract sees in a picture → glyphs with their confidence.

In: a `Picture`. Out: words in points, those of each table cell apart, without dirt; then glyphs for `lines`: "1L." at a
line's start is mended to "II.", a lone "~" to "-", strokes of a signature are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING

import pytesseract
from PIL import Image, ImageOps

from extractor.blocks.joining import starts_item
from extractor.blocks.lines import Glyph
from extractor.text import fold

if TYPE_CHECKING:
    from extractor.blocks.ruled import Box
    from extractor.blocks.scan_image import Picture

LANGUAGE = "vie"
_WORD_LEVEL = 5  # of Tesseract's table
_HEIGHT_OF_SIZE = 0.8  # a word's box is lower than its font's size
_OTHER_SIZE = 1.35  # times the page's usual height: a line of another size
_NOISE = 0.45  # confidence below which marks without letters, and whole lines, are dirt
_GUESS = 0.2  # confidence below which a word without digits is a signature's stroke
_INK = 120  # of 255: a cell without a darker pixel is empty
_APART_BONUS = 0.05  # confidence by which a cell read apart is preferred
_SHEET_GAP = 24  # pixels between the cells of a table on their sheet
_LEVELS = (("tuyet", "TUYỆT MẬT"), ("toi", "TỐI MẬT"), ("mat", "MẬT"))
_ANGLES = (-10, 10, -20, 20, -30, 30, -40, 40, 90, -90)  # degrees by which a stamp is turned back
_STAMP = re.compile(r"(?:do mat:? ?)?(?:tuyet mat|toi mat|mat)|hoa toc(?: hen gio)?|thuong khan|khan")
_SPECK = re.compile(r"[._,'‘’`|~—–-]+")
_ROMAN = re.compile(r"[I1lL|H]{1,4}[VX]?\.")  # "L." and "1L." are "I." and "II." as Tesseract sees them
_ROMAN_LETTERS = str.maketrans({"1": "I", "l": "I", "L": "I", "|": "I", "H": "II"})
_DASHES = frozenset("~—–_")
_BULLETS = frozenset("«»°¢®©§")  # what a thick dot before an item is read as
_COMMA_LABEL = re.compile(r"(\d{1,2}),")  # "7, Các Bộ" is "7. Các Bộ"
_MARKS_ALONE = frozenset("+~_|«»¬*^=")


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its line on the page, its box in points or pixels, its confidence 0 to 1."""

    line: tuple[int, int, int]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def words_of(picture: Picture, seconds: float) -> list[Word]:
    """The words of a page in Tesseract's reading order, those of each table cell as read apart where that is surer."""
    words = [_placed(raw, 0, 0, picture.scale) for raw in _recognised(picture.image, picture.dpi, "3", seconds)]
    for number, boxes in enumerate(picture.tables):
        apart = _cell_words(picture, boxes, seconds)
        for at, box in enumerate(boxes):
            inside = [word for word in words if _holds(box, word)]
            own = [replace(word, line=(-1 - number, at, word.line[2])) for word in one_paragraph(apart.get(at, []))]
            if _sureness(own) + _APART_BONUS >= _sureness(inside) and own:
                taken = set(map(id, inside))
                words = [word for word in words if id(word) not in taken] + own
    return words


def one_paragraph(words: list[Word]) -> list[Word]:
    """*words* with their lines counted on: Tesseract counts from 1 in each paragraph that it sees in a cell."""
    lines = list(dict.fromkeys(word.line for word in words))
    return [replace(word, line=(0, 0, lines.index(word.line))) for word in words]


def _holds(box: Box, word: Word) -> bool:
    """Whether the middle of a word lies in a cell."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _sureness(words: list[Word]) -> float:
    """Mean confidence, 0 to 1."""
    return fmean(word.confidence for word in words) if words else 0.0


def _cell_words(picture: Picture, boxes: list[Box], seconds: float) -> dict[int, list[Word]]:
    """The words of a table's cells by the number of the cell, recognised in one go on a sheet of their own.

    The cells stand below each other there. Read as one page, words of neighbouring cells run together.
    """
    crops = {at: picture.image.crop(_pixels(box, picture.scale)) for at, box in enumerate(boxes)}
    crops = {at: crop for at, crop in crops.items() if crop.width and crop.height and _is_inked(crop)}
    if not crops:
        return {}
    width = max(crop.width for crop in crops.values()) + 2 * _SHEET_GAP
    height = sum(crop.height + _SHEET_GAP for crop in crops.values()) + _SHEET_GAP
    sheet = Image.new("L", (width, height), 255)
    order, tops, y = list(crops), [], _SHEET_GAP
    for crop in crops.values():
        sheet.paste(crop, (_SHEET_GAP, y))
        tops.append(y)
        y += crop.height + _SHEET_GAP
    found: dict[int, list[Word]] = {}
    for raw in _recognised(sheet, picture.dpi, "6", seconds):
        row = max(0, bisect_right(tops, (raw.top + raw.bottom) / 2) - 1)
        x0, top, _, _ = _pixels(boxes[order[row]], picture.scale)
        word = _placed(raw, x0 - _SHEET_GAP, top - tops[row], picture.scale)
        found.setdefault(order[row], []).append(word)
    return found


def _is_inked(crop: Image.Image) -> bool:
    """Whether a picture holds a dark pixel."""
    return crop.histogram()[:_INK] != [0] * _INK


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """A box in points as one in pixels."""
    x0, top, x1, bottom = (round(value / scale) for value in box)
    return x0, top, x1, bottom


def _placed(word: Word, x: float, y: float, scale: float) -> Word:
    """A word moved by (x, y) pixels, in points."""
    return replace(
        word,
        x0=(word.x0 + x) * scale,
        x1=(word.x1 + x) * scale,
        top=(word.top + y) * scale,
        bottom=(word.bottom + y) * scale,
    )


def _recognised(image: Image.Image, dpi: int, layout: str, seconds: float) -> list[Word]:
    """What Tesseract reads on a picture, in pixels; *layout* is its page segmentation mode."""
    table = pytesseract.image_to_data(
        image,
        lang=LANGUAGE,
        config=f"--psm {layout} --dpi {dpi}",
        timeout=seconds,
        output_type=pytesseract.Output.DICT,
    )
    found = []
    for at, level in enumerate(table["level"]):
        text = str(table["text"][at]).strip()
        if level == _WORD_LEVEL and text:
            x0, top = table["left"][at], table["top"][at]
            line = (table["block_num"][at], table["par_num"][at], table["line_num"][at])
            confidence = max(0.0, float(table["conf"][at])) / 100
            found.append(Word(line, text, x0, top, x0 + table["width"][at], top + table["height"][at], confidence))
    return found


def stamp_words(picture: Picture, seconds: float) -> list[Word]:
    """The words of stamps of secrecy and urgency, which are printed in red; a seal's own words are left out."""
    if picture.red is None:
        return []
    found: list[Word] = []
    words = [_placed(word, 0, 0, picture.scale) for word in _recognised(picture.red, picture.dpi, "11", seconds)]
    for inside in _by_line(words).values():
        if _STAMP.fullmatch(_told(inside)):
            found += [replace(word, line=(-100, *word.line[1:])) for word in inside]
    return found


def slanted_stamp(picture: Picture, seconds: float) -> str:
    """The level of a red stamp of secrecy that was set aslant on the upper half of a page; "" where there is none."""
    if picture.red is None:
        return ""
    top = picture.red.crop((0, 0, picture.red.width, picture.red.height // 2))  # the seal stands below
    box = ImageOps.invert(top).getbbox()
    for angle in _ANGLES if box is not None else ():
        turned = top.crop(box).rotate(angle, expand=True, fillcolor=255)
        for inside in _by_line(_recognised(turned, picture.dpi, "11", seconds)).values():
            told = _told(inside)
            if _STAMP.fullmatch(told):
                return next((level for mark, level in _LEVELS if mark in told), "")
    return ""


def _told(words: list[Word]) -> str:
    """The words of a line without marks."""
    return fold(" ".join(word.text for word in words)).strip(" .,-|!'\"")


def without_dirt(words: list[Word]) -> list[Word]:
    """The words without specks and without what recognition itself hardly believes (stamps, signatures).

    A word with digits stays however unsure it is: it may be the handwritten number, and tells its confidence.
    """
    words = [
        word
        for word in words
        if any(c.isdigit() for c in word.text)
        or word.confidence >= (_GUESS if any(c.isalpha() for c in word.text) else _NOISE)
    ]
    lines = _by_line(words)
    sure = {line: fmean(word.confidence for word in inside) >= _NOISE for line, inside in lines.items()}
    return [word for word in words if sure[word.line]]


def glyphs_of(words: list[Word]) -> list[Glyph]:
    """Words as glyphs that share the top and bottom of their line."""
    if not words:
        return []
    usual = median(word.bottom - word.top for word in words)
    found: list[Glyph] = []
    for inside in _by_line(words).values():
        height = median(word.bottom - word.top for word in inside)
        size = (height if not usual / _OTHER_SIZE < height < usual * _OTHER_SIZE else usual) / _HEIGHT_OF_SIZE
        bottom = median(word.bottom for word in inside)
        for word, text in zip(inside, _mended([word.text for word in inside]), strict=True):
            if text:
                found.append(
                    Glyph(text, word.x0, word.x1, bottom - size, bottom, size, whole=True, confidence=word.confidence)
                )
    return found


def _by_line(words: list[Word]) -> dict[tuple[int, int, int], list[Word]]:
    """The words of each line."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return lines


def _mended(texts: list[str]) -> list[str]:
    """The words of a line with its opening mended: "~ Lưu" is "- Lưu", "1L." is "II.", "_ 6." is "6."."""
    if not texts:
        return texts
    first, *rest = _without_lone_marks(texts)
    if first in _BULLETS and rest:
        return ["•", *rest]
    if (label := _COMMA_LABEL.fullmatch(first)) and rest and rest[0].istitle():
        return [f"{label[1]}.", *rest]
    if _SPECK.fullmatch(first) and rest and starts_item(f"{rest[0]} a"):
        return ["", *rest]
    if first in _DASHES:
        return ["-", *rest]
    if _ROMAN.fullmatch(first) and not first.rstrip(".").isdigit():
        return [first.translate(_ROMAN_LETTERS), *rest]
    clean = first.lstrip(".,'_‘’`")
    return [clean if clean != first and starts_item(f"{clean} a") else first, *rest]


def _without_lone_marks(texts: list[str]) -> list[str]:
    """The words of a line without signs alone between two words in small letters ("rà + soát"): these are dirt.

    The place of each is kept, by "".
    """
    found = list(texts)
    for at in range(1, len(texts) - 1):
        if texts[at] in _MARKS_ALONE and texts[at - 1].isalpha() and texts[at + 1].isalpha():
            alone = texts[at - 1].islower() and texts[at + 1].islower()
            found[at] = "" if alone else texts[at]
    return found
