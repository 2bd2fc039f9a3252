"""PDF files with text → paragraphs and tables in reading order.

In: the bytes of a PDF. Out: blocks: paragraphs rejoined over lines and pages, tables over pages, the two columns of the
letterhead one after the other; "Số: 12/KH-UBND" also where the number stands in a signature's appearance only.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from extractor.blocks.assembly import Content
from extractor.blocks.lines import Glyph, lines_of
from extractor.blocks.page_flow import Page, assemble
from extractor.blocks.pdf_tables import grids_of
from extractor.blocks.pdf_widgets import annotation_sizes, flatten, with_annotations
from extractor.errors import TooLargeError, UnreadableError, UnsupportedError
from extractor.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page as PdfPage

    from extractor.blocks.source import Limits

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font on stderr
_SLANT = 0.2  # a steeper base line is a watermark's, or that of text turned aside
_DAMAGED = (
    PDFException,
    PdfminerException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)
_AGAIN = "hãy xin lại tệp từ nơi gửi"
_LEAST_TEXT = 8  # letters: a page with fewer has no text layer


def read(data: bytes, limits: Limits) -> Content:
    """Reads a PDF with a text layer.

    Raises:
        ProtectedError: a password is needed.
        UnreadableError: damaged or cut off.
        UnsupportedError: no page has text (a scan).
        TooLargeError: over a limit.
    """
    pages = _read_pages(flatten(data, limits.pages), limits)
    empty = [page.number for page in pages if page.letters < _LEAST_TEXT]
    if len(empty) == len(pages):
        raise UnsupportedError(
            "tệp PDF là bản quét (chỉ có hình, không có chữ)", "hãy xin bản có chữ, hoặc bản Word của văn bản"
        )
    problems = tuple(
        Problem("blocks", "page_without_text", "high", f"Trang {n} không có chữ (trang quét), chưa đọc được.", page=n)
        for n in empty
    )
    return Content(assemble(pages), pages=len(pages), problems=problems)


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
    annotations = []
    for size in sizes:
        annotations.append(_glyphs(page, chars[at : at + size]))
        at += size
    own = _glyphs(page, chars[:end])
    grids, rest = grids_of(page, with_annotations(own, annotations), page.page_number)
    lines = lines_of(rest, page.page_number)
    letters = sum(not glyph.text.isspace() for glyph in own)
    return Page(page.page_number, float(page.width), float(page.height), lines, grids, letters)


def _glyphs(page: PdfPage, chars: list[dict[str, Any]]) -> list[Glyph]:
    """The upright characters inside the page, in the order they were drawn."""
    found = []
    for char in chars:
        if abs(char["matrix"][1]) > _SLANT * abs(char["matrix"][0]) or not (
            0 <= char["x0"] <= page.width and 0 <= char["top"] <= page.height
        ):
            continue
        font = char["fontname"].lower()
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
