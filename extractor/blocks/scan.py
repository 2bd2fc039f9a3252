"""Scanned pages → lines and tables, by Tesseract with its Vietnamese data.

In: a PDF and the numbers of its pages without text. Out: `Page`s for the same flow as PDF text, each word with the
confidence of its recognition (0 to 1): "Số: 124/CĐ-TTg" with a handwritten 124 has a low one. Two pages at a time.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import pypdfium2
import pytesseract

from extractor.blocks.lines import lines_of
from extractor.blocks.page_flow import Page
from extractor.blocks.ruled import grids_from
from extractor.blocks.scan_image import Picture, prepare, red_ink
from extractor.blocks.scan_marks import respelt
from extractor.blocks.scan_numerals import with_counted_numerals
from extractor.blocks.scan_words import LANGUAGE, glyphs_of, slanted_stamp, stamp_words, without_dirt, words_of
from extractor.blocks.syllables import vietnamese_share
from extractor.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from PIL import Image

    from extractor.blocks.lines import Line
    from extractor.blocks.scan_words import Word
    from extractor.blocks.source import Limits

INSTALL = (
    "hãy cài Tesseract và dữ liệu tiếng Việt (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; "
    "Windows: bộ cài của UB Mannheim, chọn thêm Vietnamese), hoặc xin bản có chữ"
)
_WINDOWS = Path("C:/Program Files/Tesseract-OCR/tesseract.exe")
_POINTS = 72
_UPSIDE = 0.5  # mean confidence, or share of syllables, below which a page may lie on its side
_FEW = 15  # words: too few to tell


def find_program() -> str | None:
    """Tesseract's program; None if it, or its Vietnamese data, is not installed."""
    program = shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.exists() else None)
    if program is None:
        return None
    pytesseract.pytesseract.tesseract_cmd = program
    try:
        return program if LANGUAGE in pytesseract.get_languages() else None
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
    within = numbers[: limits.ocr_pages]
    return read_images(_pictures(data, within, limits.ocr_dpi), numbers[limits.ocr_pages :], limits)


def read_images(
    images: Iterable[tuple[int, Image.Image]], beyond: Sequence[int], limits: Limits
) -> tuple[list[Page], list[Problem]]:
    """Recognises pages that are pictures.

    Args:
        images: the number of each page, from 1, and its picture at `limits.ocr_dpi`.
        beyond: numbers of the pages that are over the limit.
        limits: as for `read_pages`.

    Returns:
        As `read_pages`.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own threads make it nine times slower
    pages: list[Page] = []
    problems = [
        Problem(
            "blocks", "page_not_recognised", "high", f"Trang {n} là trang quét, quá số trang được nhận dạng.", page=n
        )
        for n in beyond
    ]
    for page, problem in _read_all(images, limits):
        pages += [page] if page is not None else []
        problems += [problem] if problem is not None else []
        if limits.page_done is not None:
            limits.page_done()
    return pages, problems


def _read_all(
    images: Iterable[tuple[int, Image.Image]], limits: Limits
) -> Iterator[tuple[Page | None, Problem | None]]:
    """Recognises pages, some at a time; no more pictures are drawn than that, because a page takes 12 MB."""
    waiting: deque[Future[tuple[Page | None, Problem | None]]] = deque()
    with ThreadPoolExecutor(limits.ocr_at_a_time) as pool:
        for number, image in images:
            waiting.append(pool.submit(_read, number, image, limits))
            if len(waiting) > limits.ocr_at_a_time:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


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
        words = words_of(picture, limits.ocr_seconds)
        if _may_lie(words) and (turn := _turn(picture, limits.ocr_seconds)):
            turned = prepare(image, limits.ocr_dpi, turn)
            found = words_of(turned, limits.ocr_seconds)
            if _sureness(found) > _sureness(words):
                picture, words = turned, found
        stamps = stamp_words(picture, limits.ocr_seconds)
        aslant = "" if stamps else slanted_stamp(picture, limits.ocr_seconds)
    except RuntimeError:  # pytesseract's time-out, or Tesseract's own failure
        message = f"Trang {number} là trang quét, Tesseract không nhận dạng được trong {limits.ocr_seconds:.0f} giây."
        return None, Problem("blocks", "page_not_recognised", "high", message, page=number)
    words = without_dirt(with_counted_numerals(words, picture))
    glyphs = glyphs_of(respelt(words) + stamps)
    if not glyphs and not picture.is_blank:
        return None, Problem(
            "blocks", "page_without_text", "medium", f"Không thấy chữ trên trang {number}.", page=number
        )
    if not glyphs:
        return None, None
    grids, rest = grids_from(picture.rules, glyphs, number) if picture.tables else ([], glyphs)
    width, height = (side * picture.scale for side in picture.image.size)
    return Page(number, width, height, lines_of(rest, number), grids, beside=(aslant,) if aslant else ()), None


def stamps_on(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> tuple[list[Line], str]:
    """The stamps of secrecy and urgency that a page with text of its own shows as red pictures.

    Returns:
        Those that stand upright as lines ("HỎA TỐC"), and what one says that was set aslant ("" if none).
    """
    page = document[number - 1]
    half = (0, page.get_height() / 2, 0, 0)  # the seal stands below
    top = page.render(scale=limits.ocr_dpi / _POINTS, crop=half, may_draw_forms=False).to_pil().convert("RGB")
    page.close()
    picture = Picture(top, limits.ocr_dpi, [], [], red_ink(top))
    if picture.red is None or find_program() is None:
        return [], ""
    try:
        words = stamp_words(picture, limits.ocr_seconds)
        return lines_of(glyphs_of(words), number), "" if words else slanted_stamp(picture, limits.ocr_seconds)
    except RuntimeError:  # pytesseract's time-out
        return [], ""


def _may_lie(words: list[Word]) -> bool:
    """Whether a page may lie on its side or its head: of letters upside down Tesseract is sure by half, and more,
    but few of them make a Vietnamese syllable."""
    few = len(words) < _FEW or _sureness(words) < _UPSIDE
    return few or vietnamese_share(" ".join(word.text for word in words)) < _UPSIDE


def _sureness(words: list[Word]) -> float:
    return fmean(word.confidence for word in words) if words else 0.0


def _turn(picture: Picture, seconds: float) -> int:
    """Degrees by which a page is to be turned to stand upright, 0 if that cannot be told."""
    try:
        found = pytesseract.image_to_osd(picture.image, timeout=seconds, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # too few letters on the page, or no data for it
        return 0
    return int(found["orientation"]) % 360
