"""Lines and grids → plain text, as a document looks when it is copied out of a web page.

In: the elements of a document. Out: a UTF-8 .txt, a line a paragraph, table cells separated by tabs.

Example: Line("Sở Tài chính", "2.", "heading") is the line "2. Sở Tài chính".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.generator.layout import Element, Line, Sheet, shown_number, vietnamese_day
from corpus.generator.spec import Closing, Letterhead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.generator.forms import Form


def write(elements: list[Element], form: Form, path: Path) -> None:
    """Writes the elements to *path*."""
    lines = [line for element in elements for line in _printed(element, form)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _printed(element: Element, form: Form) -> Iterator[str]:
    if isinstance(element, Line):
        yield f"{element.label} {element.text}" if element.label else element.text
    elif isinstance(element, Sheet):
        for row in element.rows:
            yield "\t".join("" if cell in ("<", "^") else cell.replace("\n", " ") for cell in row)
    elif isinstance(element, Letterhead):
        yield from _letterhead(element, form)
    elif isinstance(element, Closing):
        yield "Nơi nhận:"
        yield from (f"- {text}" for text in element.recipients)
        yield from (*element.capacity, element.signer)
    else:
        yield ""


def _letterhead(head: Letterhead, form: Form) -> Iterator[str]:
    yield from head.lines
    yield from (
        ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        if head.party
        else (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        )
    )
    yield shown_number(head, form)
    yield f"{head.place}, {vietnamese_day(head.day)}"
    if head.urgency:
        yield head.urgency
    if head.kind == "Công văn":
        yield f"V/v {head.subject}"
