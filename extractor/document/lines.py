"""Blocks → lines: one paragraph or bullet each, with its label taken off.

In: blocks outside tables. Out: `Line`s that point at their words. A label is typed ("1.1. ", "a) ", "- ") or was made
by Word ("Block.label"); the words of a quotation that runs over several lines keep theirs.

>>> found = lines([Block(0, "1. Sở Y tế:", Place(1, 0)), Block(1, "- Chủ trì …", Place(1, 1))])
>>> [(line.label, line.rank) for line in found]
[('1.', 4), ('-', 9)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.model import Block, Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Block", "Line", "Place", "label_of", "lines"]

# Ranks of labels, outermost first; a line opens a place for the lines of higher rank after it.
PART, CHAPTER, ROMAN, CAPITAL, NUMBER = 0, 1, 2, 3, 4
LETTER, DASH, PLUS, STAR, STEP = 6, 9, 10, 11, 12
UNLABELLED = 20

_LABELS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?(?:[IVXL]+|\d+|[a-zA-ZÀ-ỹ]+)\s*[.:\-–]?(?=\s|$)"), PART),
    (re.compile(r"(?:CHƯƠNG|Chương|MỤC|Mục)\s+(?:[IVXL]+|\d+)\s*[.:\-–]?(?=\s|$)"), CHAPTER),
    (re.compile(r"(?:ĐIỀU|Điều)\s+\d+\s*[.:\-–]?(?=\s|$)"), ROMAN),
    (re.compile(r"[IVXL]{1,6}\s?[.)\-–/](?=\s|[A-ZÀ-Ỹ])|[IVXL]{1,6}(?=\s+[A-ZÀ-Ỹ]{2})"), ROMAN),
    (re.compile(r"[A-HĐ][.)](?=\s)"), CAPITAL),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}[.)]?(?=\s|[A-ZÀ-Ỹ])"), NUMBER),
    (re.compile(r"\d{1,2}\s?[.)/\-](?=\s|[A-ZÀ-Ỹ])|\d{1,2},(?=\s[A-ZÀ-Ỹ])"), NUMBER),
    (re.compile(r"\(\d{1,2}\)(?=\s|[A-ZÀ-Ỹ])"), LETTER + 1),
    (re.compile(r"[a-zđ]\d?(?:\.\d{1,2})?\s?[.)](?=\s|[A-ZÀ-Ỹ])"), LETTER),
    (re.compile(r"\([a-zđivx]{1,4}\)(?=\s)"), LETTER + 1),
    (re.compile(r"[-–—−]\s?(?=\S)|[•●▪■◦o➢✓]\s(?=\S)"), DASH),
    (re.compile(r"\+\s?(?=\S)"), PLUS),
    (re.compile(r"\*{1,3}\s?(?=\S)"), STAR),
)
# "Bước 1: …" stays in the text; "PHỤ LỤC", "Phụ lục II" begin a part of their own.
_STEP = re.compile(r"Bước\s+\d{1,2}\b")
_ANNEX = re.compile(r"(?:PHỤ\s?LỤC|Phụ\s?lục)(?:\s+(?:số\s+)?[IVXLA-D\d]{1,5})?\s*[.:]?$")
_DECIMAL = re.compile(r"\d+(?:\.\d+)+")
_SHEET_LABEL = re.compile(r"[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[A-HĐ]")
_OPEN_QUOTES, _CLOSE_QUOTES = "“", "”"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or bullet.

    Attributes:
        span: its words in the block, without the label.
        text: those words.
        label: "1.1.", "a)", "-", or "" where there is none.
        rank: place of the label among labels, lower is further out; UNLABELLED without a label.
        level: outline level from the block's style, 0 outermost.
        bold: nearly all of it is bold.
        centered: it stands in the middle.
        page: page from 1, if known.
        confidence: of the recognition, 1.0 for text.
    """

    span: Span
    text: str
    label: str
    rank: int
    level: int | None = None
    bold: bool = False
    centered: bool = False
    page: int | None = None
    confidence: float = 1.0

    @property
    def announces(self) -> bool:
        """Whether it ends in a colon (recognition sees a dot after some): what follows belongs to it."""
        return self.text.rstrip(" .").endswith(":")

    @property
    def heading(self) -> str:
        """The line as a reader sees a heading: label and words, without the colon at its end."""
        return f"{self.label} {self.text}".strip().rstrip(" :" if not self.announces else " :.")


def label_of(text: str) -> tuple[str, int, int]:
    """The label at the start of *text*: (label, rank, number of characters it takes with the space after it)."""
    for pattern, rank in _LABELS:
        found = pattern.match(text)
        if found is None:
            continue
        label = found.group().strip()
        if rank == NUMBER:
            decimal = _DECIMAL.match(label)
            rank = min(NUMBER + decimal.group().count("."), NUMBER + 1) if decimal else NUMBER
        end = found.end()
        while end < len(text) and text[end] == " ":
            end += 1
        return label, rank, end
    return "", UNLABELLED, 0


def rank_of_label(label: str) -> int:
    """The rank of a label that stands alone, as Word's numbering or a table's first column gives it ("1.1", "a)")."""
    _, rank, _ = label_of(f"{label} x")
    if rank != UNLABELLED:
        return rank
    if not _SHEET_LABEL.fullmatch(label):
        return UNLABELLED
    _, rank, _ = label_of(f"{label}. x")
    return rank


def lines(blocks: Iterable[Block]) -> list[Line]:
    """The lines of *blocks* in order; table cells are left to `extractor.document.tables`."""
    found: list[Line] = []
    quoted = False
    for block in blocks:
        for number, (start, end) in enumerate(_line_ranges(block.text)):
            text = block.text[start:end]
            label, rank, skip = ("", UNLABELLED, 0) if quoted else label_of(text)
            if number == 0 and block.label and not quoted:
                label, rank, skip = block.label, rank_of_label(block.label), 0
            if rank == UNLABELLED or _ANNEX.fullmatch(text[skip:]):
                rank = _rank_by_words(text[skip:])
                label = label if rank != PART else ""
            quoted = _inside_quotes(text, quoted)
            if skip >= len(text):
                continue
            span = Span(block.index, start + skip, end)
            found.append(
                Line(
                    span, text[skip:], label, rank, block.level, block.bold, block.centered,
                    block.place.page, block.confidence,
                )
            )  # fmt: skip
    return found


def _rank_by_words(text: str) -> int:
    """The rank of a line that its first words give, not a label."""
    if _ANNEX.fullmatch(text):
        return PART
    return STEP if _STEP.match(text) else UNLABELLED


def _line_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the non-blank lines of *text*."""
    start = 0
    for part in text.split("\n"):
        stripped = part.strip()
        if stripped:
            at = start + part.index(stripped[0])
            yield at, at + len(stripped)
        start += len(part) + 1


def _inside_quotes(text: str, inside: bool) -> bool:
    """Whether a quotation is still open after *text* (a quoted clause of a law: “4. Ủy ban …” over several lines)."""
    for character in text:
        if character == _OPEN_QUOTES:
            inside = True
        elif character == _CLOSE_QUOTES:
            inside = False
    return inside
