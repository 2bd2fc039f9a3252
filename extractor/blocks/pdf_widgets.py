"""Signature widgets and other annotations of a PDF, made part of its pages.

In: the bytes of a PDF. Out: its pages, which hold what the annotations show. The number and the
day of a digitally signed document are such appearances: the page's own text reads "Số:      /KH-UBND, ngày     tháng".
The stamp of a signature ("Ký bởi: Văn thư …; 15.03.2026 09:12:44 +07:00") is no part of the text.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from extractor.blocks.lines import Glyph, compose, lines_of
from extractor.errors import ProtectedError, TooLargeError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

_STAMP = re.compile(
    r"k[ýí]\s*bởi|người\s*ký|ngày\s*ký|thời\s*gian\s*ký|ký\s*số|cơ\s*quan\s*:|digitally\s*signed|signature|e-?mail\s*:"
    r"|\d{1,2}[:.]\d{2}[:.]\d{2}|\+07[:'’]?00|\S@\S",
    re.IGNORECASE,
)
_AGAIN = "hãy xin lại tệp từ nơi gửi"


@contextmanager
def opened(data: bytes, pages: int) -> Iterator[PdfDocument]:
    """A PDF whose pages are about to be flattened.

    Args:
        data: the file's bytes.
        pages: the most pages that are taken.

    Raises:
        ProtectedError: a password is needed.
        UnreadableError: damaged or cut off; also where pdfium gives up later, while the document is open.
        TooLargeError: more pages than *pages*.
    """
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ProtectedError("tệp PDF có mật khẩu", "hãy xin bản không đặt mật khẩu") from None
        raise UnreadableError("tệp PDF bị hỏng hoặc bị cắt cụt", _AGAIN) from None
    try:
        count = len(document)
        if count == 0:
            raise UnreadableError("tệp PDF không có trang nào", _AGAIN)
        if count > pages:
            raise TooLargeError(f"tệp PDF có {count} trang, quá giới hạn {pages} trang", "hãy tách nhỏ tệp")
        document.init_forms()
        yield document
    except PdfiumError:
        raise UnreadableError("tệp PDF bị hỏng hoặc bị cắt cụt", _AGAIN) from None
    finally:
        document.close()


@contextmanager
def flat_page(document: PdfDocument, at: int) -> Iterator[tuple[PdfPage, int]]:
    """A page with its annotations drawn into it, and how many objects it had without them.

    Args:
        document: from `opened`.
        at: the page, from 0.
    """
    page = document[at]
    try:
        own = pdfium.FPDFPage_CountObjects(page)
        if pdfium.FPDFPage_GetAnnotCount(page):
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[at]
        yield page, own
    finally:
        page.close()


def with_annotations(glyphs: list[Glyph], annotations: list[list[Glyph]]) -> list[Glyph]:
    """The glyphs of a page with those of its annotations set into the blanks that they were meant to fill."""
    found = list(glyphs)
    for annotation in annotations:
        lines = lines_of(annotation, 1)
        if is_stamp("\n".join(line.text for line in lines)):
            continue
        drawn = [glyph for glyph in compose(annotation) if not glyph.text.isspace()]
        drop = _drop(drawn, glyphs) if len(lines) == 1 else 0.0
        found += [replace(g, top=g.top + drop, bottom=g.bottom + drop, apart=True) for g in drawn]
    return found


def _drop(annotation: list[Glyph], glyphs: list[Glyph]) -> float:
    """How far down an annotation of one line has to move to stand on the line of text whose blank it fills.

    The blank is often missed by half a line: "12094" stands above the dots of "Số: …… /BNV-CCHC". 0 if there is none.
    """
    size, bottom = annotation[0].size, annotation[0].bottom
    x0, x1 = min(g.x0 for g in annotation), max(g.x1 for g in annotation)
    near = [
        glyph
        for glyph in glyphs
        if not glyph.text.isspace()
        and abs(glyph.bottom - bottom) < 0.9 * size
        and x0 - 10 * size < glyph.x0 < x1 + 10 * size
    ]
    for base in sorted({round(glyph.bottom, 1) for glyph in near}, key=lambda at: abs(at - bottom)):
        row = [glyph for glyph in near if abs(glyph.bottom - base) < 0.2 * size]
        if not any(x0 + 0.3 * size < (g.x0 + g.x1) / 2 < x1 - 0.3 * size for g in row):
            return base - bottom
    return 0.0


def is_stamp(text: str) -> bool:
    """Whether an annotation shows the stamp of a signature (signer, time, e-mail), not a number or a day."""
    return _STAMP.search(text) is not None
