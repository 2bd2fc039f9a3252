"""What a Word file shows that is no text of its own: parts taken in whole from other files, embedded files, diagrams.

In: the XML of a document. Out: a problem for each kind, so that nothing is lost in silence: "Tệp Word có 1 tệp nhúng
(như bảng tính Excel), chữ trong đó không được đọc …".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractor.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN = ("diagram", "chart", "chartex", "lockedCanvas")
_UNSEEN = (qn("w:del"), qn("w:moveFrom"), _FALLBACK)
_CHUNK = qn("w:altChunk")


def has_chunks(document: Element) -> bool:
    """Whether parts of the text are other files (HTML, RTF) that only Word puts in when it opens the file."""
    return next(document.iter(_CHUNK), None) is not None


def unread_objects(document: Element) -> Iterator[Problem]:
    """What of the document is shown by Word but not read here."""
    counts = {_CHUNK: 0, _EMBEDDED: 0, _GRAPHIC: 0}
    for element in document.iter(*counts):
        if _is_text(element) and next(element.iterancestors(*_UNSEEN), None) is None:
            counts[element.tag] += 1
    if count := counts[_CHUNK]:
        message = f"Tệp Word có {count} phần chèn nguyên từ tệp khác, chưa đọc được; hãy mở bằng Word, lưu rồi nạp lại."
        yield Problem("blocks", "inserted_file_not_read", "high", message)
    if count := counts[_EMBEDDED]:
        message = (
            f"Tệp Word có {count} tệp nhúng (như bảng tính Excel), chữ trong đó không được đọc; "
            "hãy xem có nhiệm vụ trong đó không."
        )
        yield Problem("blocks", "embedded_file_not_read", "medium", message)
    if count := counts[_GRAPHIC]:
        message = (
            f"Tệp Word có {count} sơ đồ hoặc biểu đồ, chữ trong đó không được đọc; hãy xem có nhiệm vụ trong đó không."
        )
        yield Problem("blocks", "diagram_not_read", "medium", message)


def _is_text(element: Element) -> bool:
    """Whether an object may hold sentences: no formula, no picture, no shape (the text boxes of shapes are read)."""
    if element.tag == _EMBEDDED:
        return not element.get("ProgID", "").startswith(("Equation", "MathType"))
    return element.tag != _GRAPHIC or element.get("uri", "").rstrip("/").rsplit("/", 1)[-1] in _DRAWN
