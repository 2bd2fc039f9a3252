"""Scanned pages → lines and tables, by Tesseract with its Vietnamese data.

In: a PDF and the numbers of its pages without text. Out: `Page`s for the same flow as PDF text, each word with the
confidence of its recognition (0 to 1): "Số: 124/CĐ-TTg" with a handwritten 124 has a low one. Two pages at a time.
"""

from __future__ import annotations

import os
import re
import shutil
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

import pypdfium2
import pytesseract
from PIL import Image

from extractor.blocks.joining import starts_item
from extractor.blocks.lines import Glyph, Line, lines_of
from extractor.blocks.page_flow import Page
from extractor.blocks.ruled import grids_from
from extractor.blocks.scan_image import Picture, prepare, red_ink
from extractor.model import Problem
from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.ruled import Box
    from extractor.blocks.source import Limits

INSTALL = (
    "hãy cài Tesseract và dữ liệu tiếng Việt (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; "
    "Windows: bộ cài của UB Mannheim, chọn thêm Vietnamese), hoặc xin bản có chữ"
)
_WINDOWS = Path("C:/Program Files/Tesseract-OCR/tesseract.exe")
_LANGUAGE = "vie"
_POINTS = 72
_WORD_LEVEL = 5  # of Tesseract's table
_HEIGHT_OF_SIZE = 0.8  # a word's box is lower than its font's size
_OTHER_SIZE = 1.35  # times the page's usual height: a line of another size
_NOISE = 0.45  # confidence below which marks without letters, and whole lines, are dirt
_GUESS = 0.2  # confidence below which a word without digits is a signature's stroke
_INK = 120  # of 255: a cell without a darker pixel is empty
_APART_BONUS = 0.05  # confidence by which a cell read apart is preferred
_SHEET_GAP = 24  # pixels between the cells of a table on their sheet
_UPSIDE = 0.5  # mean confidence below which a page may lie on its side
_STAMP = re.compile(r"(?:do mat:? ?)?(?:tuyet mat|toi mat|mat)|hoa toc(?: hen gio)?|thuong khan|khan")
_SPECK = re.compile(r"[._,'‘’`|~—–-]+")
_ROMAN = re.compile(r"[I1lL|H]{1,4}[VX]?\.")  # "L." and "1L." are "I." and "II." as Tesseract sees them
_ROMAN_LETTERS = str.maketrans({"1": "I", "l": "I", "L": "I", "|": "I", "H": "II"})
_DASHES = frozenset("~—–_")
_FEW = 15  # words: too few to tell


@dataclass(frozen=True, slots=True)
class _Word:
    """A recognised word: its line on the page, its box in points or pixels, its confidence 0 to 1."""

    line: tuple[int, int, int]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def find_program() -> str | None:
    """Tesseract's program; None if it, or its Vietnamese data, is not installed."""
    program = shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.exists() else None)
    if program is None:
        return None
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return program if _LANGUAGE in pytesseract.get_languages() else None
    except (pytesseract.TesseractError, OSError):
        return None


def read_pages(data: bytes, numbers: list[int], limits: Limits) -> tuple[list[Page], list[Problem]]:
    """Recognises pages of a PDF.

    Args:
        data: the file's bytes.
        numbers: pages from 1.
        limits: resolution, time for a page, how many pages and how many at a time.

    Returns:
        The pages in which there was text, and what could not be read.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own threads make it nine times slower
    pages: list[Page] = []
    problems = [
        Problem(
            "blocks", "page_not_recognised", "high", f"Trang {n} là trang quét, quá số trang được nhận dạng.", page=n
        )
        for n in numbers[limits.ocr_pages :]
    ]
    with ThreadPoolExecutor(limits.ocr_at_a_time) as pool:
        pictures = _pictures(data, numbers[: limits.ocr_pages], limits.ocr_dpi)
        for page, problem in pool.map(lambda item: _read(item[0], item[1], limits), pictures):
            pages += [page] if page is not None else []
            problems += [problem] if problem is not None else []
    return pages, problems


def _pictures(data: bytes, numbers: list[int], dpi: int) -> Iterator[tuple[int, Image.Image]]:
    """The pages as pictures, without their annotations (these have text of their own)."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number - 1]
            yield number, page.render(scale=dpi / _POINTS, may_draw_forms=False, draw_annots=False).to_pil()
            page.close()
    finally:
        document.close()


def _read(number: int, image: Image.Image, limits: Limits) -> tuple[Page | None, Problem | None]:
    """Recognises one page, turned upright where it lies on its side."""
    picture = prepare(image, limits.ocr_dpi)
    try:
        words = _words(picture, limits.ocr_seconds)
        if len(words) < _FEW or fmean(word.confidence for word in words) < _UPSIDE:
            turn = _turn(picture, limits.ocr_seconds)
            if turn:
                picture = prepare(image, limits.ocr_dpi, turn)
                words = _words(picture, limits.ocr_seconds)
    except RuntimeError:  # pytesseract's time-out, or Tesseract's own failure
        message = f"Trang {number} là trang quét, Tesseract không nhận dạng được trong {limits.ocr_seconds:.0f} giây."
        return None, Problem("blocks", "page_not_recognised", "high", message, page=number)
    glyphs = _glyphs(_without_dirt(words) + _stamp_words(picture, limits.ocr_seconds))
    if not glyphs and not picture.is_blank:
        return None, Problem(
            "blocks", "page_without_text", "medium", f"Không thấy chữ trên trang {number}.", page=number
        )
    if not glyphs:
        return None, None
    grids, rest = grids_from(picture.rules, glyphs, number) if picture.tables else ([], glyphs)
    width, height = (side * picture.scale for side in picture.image.size)
    return Page(number, width, height, lines_of(rest, number), grids), None


def _words(picture: Picture, seconds: float) -> list[_Word]:
    """The words of a page in Tesseract's reading order, those of each table cell as read apart where that is surer."""
    words = [_placed(raw, 0, 0, picture.scale) for raw in _recognised(picture.image, picture.dpi, "3", seconds)]
    for number, boxes in enumerate(picture.tables):
        apart = _cell_words(picture, boxes, seconds)
        for at, box in enumerate(boxes):
            inside = [word for word in words if _holds(box, word)]
            own = [replace(word, line=(-1 - number, at, word.line[2])) for word in apart.get(at, [])]
            if _sureness(own) + _APART_BONUS >= _sureness(inside) and own:
                taken = set(map(id, inside))
                words = [word for word in words if id(word) not in taken] + own
    return words


def _holds(box: Box, word: _Word) -> bool:
    """Whether the middle of a word lies in a cell."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _sureness(words: list[_Word]) -> float:
    """Mean confidence, 0 to 1."""
    return fmean(word.confidence for word in words) if words else 0.0


def _cell_words(picture: Picture, boxes: list[Box], seconds: float) -> dict[int, list[_Word]]:
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
    found: dict[int, list[_Word]] = {}
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


def _placed(word: _Word, x: float, y: float, scale: float) -> _Word:
    """A word moved by (x, y) pixels, in points."""
    return replace(
        word,
        x0=(word.x0 + x) * scale,
        x1=(word.x1 + x) * scale,
        top=(word.top + y) * scale,
        bottom=(word.bottom + y) * scale,
    )


def _recognised(image: Image.Image, dpi: int, layout: str, seconds: float) -> list[_Word]:
    """What Tesseract reads on a picture, in pixels; *layout* is its page segmentation mode."""
    table = pytesseract.image_to_data(
        image,
        lang=_LANGUAGE,
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
            found.append(_Word(line, text, x0, top, x0 + table["width"][at], top + table["height"][at], confidence))
    return found


def stamp_lines(data: bytes, number: int, limits: Limits) -> list[Line]:
    """The stamps of secrecy and urgency ("MẬT", "HỎA TỐC") that a page with text of its own shows as red pictures."""
    document = pypdfium2.PdfDocument(data)
    try:
        image = document[number - 1].render(scale=limits.ocr_dpi / _POINTS).to_pil().convert("RGB")
    finally:
        document.close()
    top = image.crop((0, 0, image.width, image.height // 2))  # the seal stands below
    picture = Picture(top, limits.ocr_dpi, [], [], red_ink(top))
    if picture.red is None or find_program() is None:
        return []
    try:
        return lines_of(_glyphs(_stamp_words(picture, limits.ocr_seconds)), number)
    except RuntimeError:  # pytesseract's time-out
        return []


def _stamp_words(picture: Picture, seconds: float) -> list[_Word]:
    """The words of stamps of secrecy and urgency, which are printed in red; a seal's own words are left out."""
    if picture.red is None:
        return []
    found: list[_Word] = []
    words = [_placed(word, 0, 0, picture.scale) for word in _recognised(picture.red, picture.dpi, "11", seconds)]
    for inside in _by_line(words).values():
        if _STAMP.fullmatch(fold(" ".join(word.text for word in inside)).strip(" .,-|!'\"")):
            found += [replace(word, line=(-100, *word.line[1:])) for word in inside]
    return found


def _turn(picture: Picture, seconds: float) -> int:
    """Degrees by which a page is to be turned to stand upright, 0 if that cannot be told."""
    try:
        found = pytesseract.image_to_osd(picture.image, timeout=seconds, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # too few letters on the page, or no data for it
        return 0
    return int(found["orientation"]) % 360


def _without_dirt(words: list[_Word]) -> list[_Word]:
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


def _glyphs(words: list[_Word]) -> list[Glyph]:
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


def _by_line(words: list[_Word]) -> dict[tuple[int, int, int], list[_Word]]:
    """The words of each line."""
    lines: dict[tuple[int, int, int], list[_Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return lines


def _mended(texts: list[str]) -> list[str]:
    """The words of a line with its opening mended: "~ Lưu" is "- Lưu", "1L." is "II.", "_ 6." is "6."."""
    if not texts:
        return texts
    first, *rest = texts
    if _SPECK.fullmatch(first) and rest and starts_item(f"{rest[0]} a"):
        return ["", *rest]
    if first in _DASHES:
        return ["-", *rest]
    if _ROMAN.fullmatch(first) and not first.rstrip(".").isdigit():
        return [first.translate(_ROMAN_LETTERS), *rest]
    clean = first.lstrip(".,'_‘’`")
    return [clean if clean != first and starts_item(f"{clean} a") else first, *rest]
