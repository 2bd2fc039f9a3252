"""Stage 1: bytes → Blocks, a file a format.

In: the path of a file as offices send it. Out: `Reading`, its text in body order, each piece with its place: the row
"1 | Rà soát quy trình | Sở Nội vụ" becomes three blocks that know their table, row and column.

    source.py            the bytes, their true format, the limits
    docx.py              Word files; docx_*.py their parts; numbering.py renders Word's automatic labels
    office.py            old Word files, through LibreOffice
    pdf.py               PDF files: pdf_page.py what a page shows, by pdf_text.py, pdf_paths.py and pdf_geometry.py;
                         pdf_widgets.py signatures, pdf_tables.py rules
    scan.py              pages without text, through Tesseract: scan_image.py, scan_words.py, scan_numerals.py
    page_flow.py         pages → blocks: lines.py, columns.py, paragraphs.py, furniture.py,
                         ruled.py and grids.py tables, table_pages.py tables over pages; turned.py text set aslant
    sheet.py             spreadsheets; sheet_*.py their parts
    web.py               web pages; web_*.py their parts
    plain.py             text files as pasted from web pages: plain_tables.py, plain_rows.py, portal.py
    legacy_encodings.py  texts in TCVN3, VNI, Windows-1258; joining.py signs that a paragraph begins or ends
    packages.py          zip files, mails, edXML messages → the documents in them; package_*.py one kind each
    assembly.py          the builder that all readers share
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractor.blocks.legacy_encodings import in_unicode
from extractor.blocks.source import Limits, format_of, load
from extractor.model import Reading, Source

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.blocks.assembly import Content

__all__ = ["SUFFIXES", "Limits", "load", "read", "read_bytes"]

SUFFIXES: frozenset[str] = frozenset({".docx", ".docm", ".doc", ".pdf", ".xlsx", ".xlsm", ".html", ".htm", ".txt"})
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "txt": "text/plain",
}
_READERS = {"docx": "docx", "doc": "office", "pdf": "pdf", "xlsx": "sheet", "html": "web", "txt": "plain"}
_DEFAULT = Limits()


def read(path: Path, limits: Limits = _DEFAULT) -> Reading:
    """Reads one file.

    Args:
        path: the file; its format is found by its bytes first and its suffix second.
        limits: how much is read before the file is refused.

    Raises:
        ExtractionError: the file cannot be read; the message says what and what to do, in Vietnamese.
    """
    return read_bytes(load(path, limits), str(path), limits)


def read_bytes(data: bytes, name: str, limits: Limits = _DEFAULT) -> Reading:
    """Reads a document that is no file of its own, such as an attachment.

    Args:
        data: the document; its format is found by its bytes first and the suffix of its name second.
        name: such as "thư.eml/kế hoạch.docx"; it becomes `Source.path`.
        limits: how much is read before the document is refused.

    Raises:
        ExtractionError: the document cannot be read; the message says what and what to do, in Vietnamese.
    """
    kind = format_of(data, PurePath(name).suffix.lower())
    content = in_unicode(_read(kind, data, limits))
    source = Source(
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=_MEDIA_TYPES[kind],
        pages=content.pages,
        reader=_READERS[kind],
        ocr=content.ocr,
    )
    return Reading(source, content.blocks, content.problems, content.beside)


def _read(kind: str, data: bytes, limits: Limits) -> Content:
    """Calls the reader of *kind*; each is imported only when needed, because its library is heavy."""
    if kind == "docx":
        from extractor.blocks import docx

        return docx.read(data, limits)
    if kind == "pdf":
        from extractor.blocks import pdf

        return pdf.read(data, limits)
    if kind == "xlsx":
        from extractor.blocks import sheet

        return sheet.read(data, limits)
    if kind == "html":
        from extractor.blocks import web

        return web.read(data, limits)
    if kind == "txt":
        from extractor.blocks import plain

        return plain.read(data)
    from extractor.blocks import office

    return office.read(data, limits)
