"""PDF files with text → paragraphs and tables in reading order.

In: the bytes of a PDF. Out: blocks: paragraphs rejoined over lines and pages, tables over pages, the two columns of the
letterhead one after the other; "Số: 12/KH-UBND" also where the number stands in a signature's appearance only.
"""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractor.blocks.assembly import Content
from extractor.blocks.furniture import without_furniture
from extractor.blocks.legacy_encodings import detect
from extractor.blocks.lines import Glyph, lines_of
from extractor.blocks.page_flow import Page, PageState, assemble
from extractor.blocks.pdf_tables import grids_of
from extractor.blocks.pdf_widgets import annotation_sizes, flatten, with_annotations
from extractor.blocks.syllables import vietnamese_share
from extractor.blocks.turned import is_upright, turned_lines
from extractor.errors import TooLargeError, UnreadableError, UnsupportedError
from extractor.model import Problem
from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page as PdfPage

    from extractor.blocks.source import Limits

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font on stderr
_DAMAGED = (
    PDFException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)
_AGAIN = "hãy xin lại tệp từ nơi gửi"
_LEAST_TEXT = 8  # letters: a page with fewer has no text layer
_FEW_LETTERS = 200  # a stamp printed on a scan has fewer
_PICTURE, _PICTURE_PAGE = 0.1, 0.6  # share of the page that pictures cover
_DRAWN_LETTERS = 100  # curves: letters drawn as shapes
_LEAST_MARKED = 20  # words with marks: enough to tell a language by
_LEAST_SHARE = 0.5  # of them that are Vietnamese syllables


def read(data: bytes, limits: Limits) -> Content:
    """Reads a PDF with a text layer.

    Raises:
        ProtectedError: a password is needed.
        UnreadableError: damaged or cut off.
        UnsupportedError: a scan, and Tesseract is not installed.
        TooLargeError: over a limit.
    """
    flat = flatten(data, limits.pages)
    pages = _read_pages(flat, limits)
    if not pages:
        raise UnreadableError("tệp PDF không có trang nào", _AGAIN)
    if pages[0].state == "text" and pages[0].pictured:
        pages[0] = _with_stamps(flat, pages[0], limits)
    odd = [page for page in pages if page.state != "text"]
    if not odd:
        return _content(pages, [])
    recognised, problems = _recognise(data, odd, len(odd) == len(pages), limits)
    return _content([recognised.get(page.number, page) for page in pages], problems, ocr=bool(recognised))


def _content(pages: list[Page], problems: list[Problem], ocr: bool = False) -> Content:
    """What the file holds; an error where that is nothing."""
    pages = without_furniture(pages)
    blocks = assemble(pages)
    if not blocks:
        why = f" ({problems[0].message.rstrip('.')})" if problems else ""
        raise UnreadableError(
            f"tệp PDF không có chữ nào đọc được{why}", "hãy xin bản rõ hơn, hoặc bản Word của văn bản"
        )
    beside = tuple(text for page in pages for text in page.beside)
    return Content(blocks, pages=len(pages), problems=tuple(problems), ocr=ocr, beside=beside)


def _recognise(data: bytes, odd: list[Page], whole: bool, limits: Limits) -> tuple[dict[int, Page], list[Problem]]:
    """The pages without usable text as recognised, with what their annotations say; and what could not be read.

    Args:
        data: the file's bytes.
        odd: pages that are scans or garbled.
        whole: whether the file has no others.
        limits: for recognition.

    Raises:
        UnsupportedError: all pages are scans, and Tesseract is not installed.
    """
    from extractor.blocks import scan  # only scans need its libraries

    if scan.find_program() is None:
        if whole and all(page.state == "scan" for page in odd):
            raise UnsupportedError("tệp PDF là bản quét, chưa có Tesseract để nhận dạng chữ", scan.INSTALL)
        return {}, [_not_recognised(page) for page in odd]
    pages, problems = scan.read_pages(data, [page.number for page in odd], limits)
    own = {page.number: page for page in odd}
    return {page.number: _over(own[page.number], page) for page in pages}, problems


def _over(own: Page, recognised: Page) -> Page:
    """A recognised page with what the page itself holds: its annotations, and what stands beside its text."""
    lines = own.lines if own.state == "scan" else []
    beside = (*own.beside, *recognised.beside, *(line.text for line in own.lines if own.state == "garbled"))
    return replace(recognised, lines=[*lines, *recognised.lines], beside=beside)


def _with_stamps(flat: bytes, page: Page, limits: Limits) -> Page:
    """The first page with the stamps of secrecy and urgency that it shows as pictures, where Tesseract is installed."""
    from extractor.blocks import scan

    said = {fold(line.text) for line in page.lines}
    lines, aslant = scan.stamps_on(flat, page.number, limits)
    stamps = [line for line in lines if fold(line.text) not in said]
    return replace(page, lines=[*page.lines, *stamps], beside=(*page.beside, aslant))


def _not_recognised(page: Page) -> Problem:
    """What is missing where there is no Tesseract."""
    if page.state == "garbled":
        message = (
            f"Chữ trang {page.number} không phải tiếng Việt (phông chữ sai bảng mã), chưa có Tesseract để nhận dạng."
        )
        return Problem("blocks", "text_not_vietnamese", "high", message, page=page.number)
    message = f"Trang {page.number} là trang quét, chưa có Tesseract để nhận dạng chữ."
    return Problem("blocks", "page_without_text", "high", message, page=page.number)


def _read_pages(data: bytes, limits: Limits) -> list[Page]:
    """All pages as lines and tables."""
    pages: list[Page] = []
    cells = 0
    for page, chars in _loaded(data):
        pages.append(_read_page(page, chars))
        page.close()
        cells += sum(len(grid.cells) for grid in pages[-1].grids)
        if cells > limits.cells:
            raise TooLargeError(f"tệp có hơn {limits.cells} ô bảng", "hãy tách nhỏ tệp")
    return pages


def _loaded(data: bytes) -> Iterator[tuple[PdfPage, list[dict[str, Any]]]]:
    """The pages of a PDF, each with its characters; what pdfminer stumbles over in damaged files ends in one error."""
    try:
        document = pdfplumber.open(io.BytesIO(data))
        pages = document.pages
    except _DAMAGED:
        raise UnreadableError("tệp PDF bị hỏng", _AGAIN) from None
    with document:
        for page in pages:
            try:
                chars = page.chars
            except _DAMAGED:
                raise UnreadableError(f"tệp PDF bị hỏng ở trang {page.page_number}", _AGAIN) from None
            yield page, chars


def _read_page(page: PdfPage, chars: list[dict[str, Any]]) -> Page:
    """The glyphs of one page as lines and tables."""
    sizes = annotation_sizes(page)
    end = at = len(chars) - sum(sizes)
    beside = turned_lines(chars)
    annotations = []
    for size in sizes:
        annotations.append(_glyphs(page, chars[at : at + size]))
        at += size
        beside += [line.text for line in lines_of(annotations[-1], 1)]
    own = _glyphs(page, chars[:end])
    number, box = page.page_number, (float(page.width), float(page.height))
    if _is_scan(page, own):
        lines = lines_of(with_annotations([], annotations), number)
        return Page(number, *box, lines, [], "scan", beside=tuple(beside))
    grids, rest = grids_of(page, with_annotations(own, annotations), number)
    lines = lines_of(rest, number)
    texts = [line.text for line in lines] + [cell.text for grid in grids for cell in grid.cells]
    state: PageState = "garbled" if _is_garbled(texts) else "text"
    return Page(number, *box, lines, grids, state, bool(page.images), tuple(beside))


def _is_scan(page: PdfPage, glyphs: list[Glyph]) -> bool:
    """Whether the words of a page are in a picture: hardly a letter of its own, but large pictures or many curves."""
    letters = sum(not glyph.text.isspace() for glyph in glyphs)
    area = sum(abs((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) for image in page.images)
    covered = area / max(1.0, float(page.width) * float(page.height))
    if letters >= _LEAST_TEXT:
        return covered > _PICTURE_PAGE and letters < _FEW_LETTERS
    return covered > _PICTURE or len(page.curves) > _DRAWN_LETTERS


def _is_garbled(texts: list[str]) -> bool:
    """Whether the text of a page is no Vietnamese and no old font's either: a font with a wrong map."""
    marked = sum(not word.isascii() for text in texts for word in text.split())
    if marked < _LEAST_MARKED or vietnamese_share(" ".join(texts)) >= _LEAST_SHARE:
        return False
    return detect(texts) is None


def _glyphs(page: PdfPage, chars: list[dict[str, Any]]) -> list[Glyph]:
    """The upright characters inside the page, in the order they were drawn."""
    found = []
    for char in chars:
        if (
            not char["text"]
            or not is_upright(char["matrix"])
            or not (0 <= char["x0"] <= page.width and 0 <= char["top"] <= page.height)
        ):
            continue
        font = str(char["fontname"]).lower()
        found.append(
            Glyph(
                text=char["text"],
                x0=char["x0"],
                x1=char["x1"],
                top=char["top"],
                bottom=char["bottom"],
                size=max(char["size"], 1.0),
                bold="bold" in font or "black" in font or "heavy" in font,
                italic="italic" in font or "oblique" in font,
            )
        )
    return found
