"""Numbered blocks from raw pieces of text, one builder for all readers.

In: raw text with its page or cell, in body order. Out: `Content`, whose blocks are cleaned, numbered and know their
place: `add("Sở Tài chính\u00a0 chủ trì", page=2)` → `Block(index=0, text="Sở Tài chính chủ trì", place=Place(2, 0))`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model import Block, Cell, Place, Problem
from extractor.text import clean


@dataclass(frozen=True, slots=True)
class Content:
    """What one reader found in one file.

    Attributes:
        blocks: in body order.
        pages: number of pages; None where the format has none.
        problems: what could not be read.
        ocr: whether any of the text came from recognition.
        beside: what stands beside the text, for stamps only: running heads, watermarks, hidden sheets.
    """

    blocks: tuple[Block, ...]
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    ocr: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks: the attributes of `Block` that do not depend on its place."""

    label: str = ""
    level: int | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    confidence: float = 1.0
    digits: float = 1.0


PLAIN = Look()


@dataclass(slots=True)
class Builder:
    """Collects blocks; the index and the paragraph number count up over the whole document, tables too."""

    blocks: list[Block] = field(default_factory=list)
    tables: int = 0

    def add(self, raw: str, look: Look = PLAIN, page: int | None = None) -> None:
        """Adds a paragraph; one that holds nothing but white space is dropped."""
        if raw.strip():
            self._append(raw, look, page, None)

    def add_cell(self, raw: str, cell: Cell, look: Look = PLAIN, page: int | None = None) -> None:
        """Adds a table cell, also an empty one, so that the table's grid stays complete."""
        self._append(raw, look, page, cell)

    def next_table(self) -> int:
        """The number of the table that begins here, from 0."""
        self.tables += 1
        return self.tables - 1

    def _append(self, raw: str, look: Look, page: int | None, cell: Cell | None) -> None:
        cleaned = clean(raw)
        if not cleaned.text and cell is None:
            return
        number = len(self.blocks)
        self.blocks.append(
            Block(
                index=number,
                text=cleaned.text,
                place=Place(page, number, cell),
                label=look.label,
                level=look.level,
                bold=look.bold,
                italic=look.italic,
                centered=look.centered,
                raw=cleaned.raw,
                origins=cleaned.origins,
                confidence=look.confidence,
                digits=look.digits,
            )
        )
