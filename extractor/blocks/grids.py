"""Tables on a page as grids of cells, and the text of one cell; the same for ruled PDF tables and for scans.

In: the lines inside a cell. Out: its text, a line a paragraph: "- Rà soát quy trình" / "nội bộ;" / "- Báo cáo." gives
"- Rà soát quy trình nội bộ;\\n- Báo cáo.".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.blocks.joining import ends_open, ends_sentence, join_lines, starts_item, starts_lower

if TYPE_CHECKING:
    from extractor.blocks.lines import Line

_BROKEN_HEAD = re.compile(r"S\s*T\s*T")  # in a column too narrow for it
_WIDEST_PAD = 8.0  # points: the most room between a cell's rule and its text


@dataclass(slots=True)
class GridCell:
    """A cell: its place in its grid, its text and look; `open` if it goes on below the page's end."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    bold: bool = False
    italic: bool = False
    centered: bool = False
    confidence: float = 1.0
    open: bool = False


@dataclass(slots=True)
class Grid:
    """A table on one page, later with its continuations on the next ones.

    Attributes:
        page: where it begins, from 1.
        top, bottom: in points.
        edges: x of the column rules, from left to right.
        rows: number of rows.
        cells: row by row.
        row_pages: the page on which each row begins.
    """

    page: int
    top: float
    bottom: float
    edges: list[float]
    rows: int
    cells: list[GridCell] = field(default_factory=list)
    row_pages: list[int] = field(default_factory=list)


def cell_text(lines: list[Line], x0: float, x1: float) -> str:
    """The text of a cell: its lines rejoined to paragraphs, each on a line of its own.

    A line goes on in the next unless that opens with a label, or had room for the next one's first word.

    Args:
        lines: from top to bottom.
        x0, x1: the cell's rules in points.
    """
    pad = min(max(min(line.x0 for line in lines) - x0, 0.0), _WIDEST_PAD)
    room = max(x1 - x0 - 2 * pad, *(line.x1 - line.x0 for line in lines), 0.0)
    text = lines[0].text
    for above, line in pairwise(lines):
        fits = above.x1 - above.x0 + line.words[0].x1 - line.words[0].x0 + 0.4 * line.size < room
        text = f"{text}\n{line.text}" if _begins(above, line, fits) else join_lines(text, line.text)
    return "STT" if _BROKEN_HEAD.fullmatch(text) else text


def _begins(above: Line, line: Line, fits: bool) -> bool:
    """Whether a line of a cell begins a new paragraph."""
    if starts_item(line.text):
        return fits or ends_sentence(above.text) or not ends_open(above.text)
    if starts_lower(line.text) or ends_open(above.text):
        return False
    return fits or above.bold != line.bold  # a title in bold over its text
