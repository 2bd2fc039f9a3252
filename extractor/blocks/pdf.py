"""PDF files with text → paragraphs and tables in reading order.

In: the bytes of a PDF. Out: blocks: paragraphs rejoined over lines and pages, tables over pages, the two columns of the
letterhead one after the other; "Số: 12/KH-UBND" also where the number stands in a signature's appearance only.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.blocks.assembly import Content
from extractor.blocks.furniture import without_furniture
from extractor.blocks.legacy_encodings import detect
from extractor.blocks.lines import lines_of
from extractor.blocks.page_flow import Page, PageState, assemble
from extractor.blocks.pdf_page import draw
from extractor.blocks.pdf_tables import grids_of
from extractor.blocks.pdf_widgets import flat_page, opened, with_annotations
from extractor.blocks.syllables import vietnamese_share
from extractor.blocks.turned import turned_lines
from extractor.errors import TooLargeError, UnreadableError, UnsupportedError
from extractor.model import Problem
from extractor.text import fold

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from extractor.blocks.pdf_page import Drawing
    from extractor.blocks.source import Limits

_LEAST_TEXT = 8  # letters: a page with fewer has no text layer
_FEW_LETTERS = 200  # a stamp printed on a scan has fewer
_PICTURE, _PICTURE_PAGE = 0.1, 0.6  # share of the page that pictures cover
_DRAWN_LETTERS = 100  # curves: letters drawn as shapes
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f]")  # what is left of a letter that its font maps to nothing
_MOST_LOST = 0.1  # of the letters
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
    with opened(data, limits.pages) as document:
        pages = _read_pages(document, limits)
        if pages[0].state == "text" and pages[0].pictured:
            pages[0] = _with_stamps(document, pages[0], limits)
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


def _with_stamps(document: PdfDocument, page: Page, limits: Limits) -> Page:
    """The first page with the stamps of secrecy and urgency that it shows as pictures, where Tesseract is installed."""
    from extractor.blocks import scan

    said = {fold(line.text) for line in page.lines}
    lines, aslant = scan.stamps_on(document, page.number, limits)
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


def _read_pages(document: PdfDocument, limits: Limits) -> list[Page]:
    """All pages as lines and tables."""
    pages: list[Page] = []
    cells = 0
    for at in range(len(document)):
        with flat_page(document, at) as (page, own):
            drawing = draw(page, at + 1, own)
        pages.append(_page(drawing))
        cells += sum(len(grid.cells) for grid in pages[-1].grids)
        if cells > limits.cells:
            raise TooLargeError(f"tệp có hơn {limits.cells} ô bảng", "hãy tách nhỏ tệp")
    return pages


def _page(drawing: Drawing) -> Page:
    """The glyphs of one page as lines and tables."""
    beside = turned_lines(drawing.turned)
    beside += [line.text for annotation in drawing.annotations for line in lines_of(annotation, 1)]
    number, box = drawing.number, (drawing.width, drawing.height)
    if _is_scan(drawing):
        lines = lines_of(with_annotations([], drawing.annotations), number)
        return Page(number, *box, lines, [], "scan", beside=tuple(beside))
    glyphs = with_annotations(drawing.glyphs, drawing.annotations)
    grids, rest = grids_of(drawing.shapes, glyphs, number)
    lines = lines_of(rest, number)
    texts = [line.text for line in lines] + [cell.text for grid in grids for cell in grid.cells]
    state: PageState = "garbled" if _is_garbled(texts) else "text"
    return Page(number, *box, lines, grids, state, bool(drawing.pictures), tuple(beside))


def _is_scan(drawing: Drawing) -> bool:
    """Whether the words of a page are in a picture: hardly a letter of its own, but large pictures or many curves."""
    letters = [glyph.text.isspace() for glyph in drawing.glyphs].count(False)
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in drawing.pictures)
    covered = area / max(1.0, drawing.width * drawing.height)
    if letters >= _LEAST_TEXT:
        return covered > _PICTURE_PAGE and letters < _FEW_LETTERS
    return covered > _PICTURE or sum(shape.kind == "curve" for shape in drawing.shapes) > _DRAWN_LETTERS


def _is_garbled(texts: list[str]) -> bool:
    """Whether the text of a page is no Vietnamese and no old font's either: a font with a wrong map, or with none."""
    whole = "".join(texts)
    if len(_NO_LETTER.findall(whole)) > max(_LEAST_TEXT, _MOST_LOST * len(whole)):
        return True
    marked = sum(not word.isascii() for text in texts for word in text.split())
    if marked < _LEAST_MARKED or vietnamese_share(" ".join(texts)) >= _LEAST_SHARE:
        return False
    return detect(texts) is None
