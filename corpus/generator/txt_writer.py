"""Lines and grids → plain text, as a document looks when it is copied out of a web page.

In: the elements of a document. Out: a UTF-8 .txt, a line a paragraph or wrapped, tables in one of
three ways.

Example: Line("Sở Tài chính", "2.", "heading") is the line "2. Sở Tài chính".
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from corpus.generator.layout import Element, Line, Sheet, date_line, shown_number
from corpus.generator.letters import respelt
from corpus.generator.spec import Closing, Letterhead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.generator.forms import Form


def write(elements: list[Element], form: Form, path: Path) -> None:
    """Writes the elements to *path*."""
    lines = [line for element in respelt(elements, form) for line in _printed(element, form)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _printed(element: Element, form: Form) -> Iterator[str]:
    if isinstance(element, Line):
        text = f"{element.label} {element.text}" if element.label else element.text
        for part in text.split("\n"):
            short = textwrap.wrap(part, form.wrap or len(part) + 1, break_long_words=False, break_on_hyphens=False)
            yield from short or [""]
    elif isinstance(element, Sheet):
        yield from _rows(element, form)
    elif isinstance(element, Letterhead):
        yield from _letterhead(element, form)
    elif isinstance(element, Closing):
        yield "Nơi nhận:"
        yield from (f"- {text}" for text in element.recipients)
        yield from (*element.capacity, element.signer)
    else:
        yield ""


def _rows(sheet: Sheet, form: Form) -> Iterator[str]:
    """A table as text; a cell merged with another is empty, or missing where every cell has a line of its own."""
    for row in sheet.rows:
        cells = [cell.replace("\n", " ") for cell in row]
        if form.cells == "lines":
            for cell in cells:
                if cell not in ("<", "^"):
                    yield from (cell, "|")
        else:
            yield ("\t" if form.cells == "tabs" else " | ").join("" if cell in ("<", "^") else cell for cell in cells)


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
    yield date_line(head)
    if head.urgency:
        yield head.urgency
    if head.kind == "Công văn":
        yield f"V/v {head.subject}"
