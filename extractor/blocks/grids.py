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

# In a column too narrow for it: "S TT", "1 0", "II I", "202 6".
_BROKEN = re.compile(r"S?\s*T\s*T|\d\s\d|[IVX]+\s[IVX]+|20?\d?\s\d{1,3}")
# "Phối hợp: Sở A" under "Chủ trì: Sở B": a label has a line of its own, however full the one above is.
_ROLE = re.compile(r"(?:(?:Đơn vị|Cơ quan) )?(?:chủ trì|phối hợp|thực hiện|tham gia)[^:.;]{0,25}:", re.IGNORECASE)
_NARROW = 2.6  # of the size: room for three letters
_SPACE = 0.4  # of the size: a space, and a little more
_WIDEST_PAD = 8.0  # points: the most room between a cell's rule and its text


@dataclass(slots=True)
class GridCell:
    """A cell of a grid.

    Attributes:
        row, column, row_span, column_span: its place.
        text: a line a paragraph.
        bold, italic, centered, confidence: its look.
        lines: as they stand on the page, from top to bottom.
        room: width that its lines can fill, in points.
        open: whether it goes on below the page's end.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    bold: bool = False
    italic: bool = False
    centered: bool = False
    confidence: float = 1.0
    lines: list[Line] = field(default_factory=list)
    room: float = 0.0
    open: bool = False


@dataclass(slots=True)
class Grid:
    """A table on one page, later with its continuations on the next ones.

    Attributes:
        page, last_page: where it begins and ends, from 1.
        edges: x of the column rules, from left to right, in points.
        top: in points.
        rows: number of rows.
        cells: row by row.
        row_pages: the page on which each row begins.
    """

    page: int
    last_page: int
    edges: list[float]
    top: float
    rows: int
    cells: list[GridCell] = field(default_factory=list)
    row_pages: list[int] = field(default_factory=list)


def fill(cell: GridCell, lines: list[Line], x0: float, x1: float) -> None:
    """Sets the text and look of a cell.

    Args:
        cell: changed in place.
        lines: those inside it, from top to bottom.
        x0, x1: its rules in points.
    """
    if not lines:
        return
    pad = min(max(min(line.x0 for line in lines) - x0, 0.0), _WIDEST_PAD)
    cell.lines = lines
    cell.room = max(x1 - x0 - 2 * pad, *(line.x1 - line.x0 for line in lines), 0.0)
    cell.text = cell_text(lines, cell.room)
    cell.bold = all(line.bold for line in lines)
    cell.italic = all(line.italic for line in lines)
    cell.centered = all(abs(line.x0 + line.x1 - x0 - x1) < 2 * line.size and line.x0 - x0 > line.size for line in lines)
    words = [word for line in lines for word in line.words]
    cell.confidence = sum(w.confidence * len(w.text) for w in words) / sum(len(w.text) for w in words)


def cell_text(lines: list[Line], room: float) -> str:
    """The text of a cell: its lines rejoined to paragraphs, each on a line of its own.

    Args:
        lines: from top to bottom, at least one.
        room: width that a line can fill, in points.
    """
    if len(lines) > 2 and all(len(line.text) == 1 for line in lines):
        # a column so narrow that each letter has a line: a capital after a small one begins a word ("SốTT")
        letters = [line.text for line in lines]
        return letters[0] + "".join(f" {b}" if a.islower() and b.isupper() else b for a, b in pairwise(letters))
    text = lines[0].text
    for above, line in pairwise(lines):
        text = f"{text}\n{line.text}" if _begins(above, line, room, lines[0]) else join_lines(text, line.text)
    narrow = room < _NARROW * lines[0].size or "T" in text
    return re.sub(r"\s", "", text) if narrow and _BROKEN.fullmatch(text) else text


def _begins(above: Line, line: Line, room: float, top: Line) -> bool:
    """Whether a line begins a new paragraph: it opens with a label, or its first word had room in the line above.

    A dash in a cell whose *top* line has none may only be that of a name: "Phòng Văn hóa" / "- Xã hội phường".
    """
    dash = line.words[0].text in "-–"
    first = line.words[min(1, len(line.words) - 1)] if dash else line.words[0]
    fits = above.x1 - above.x0 + first.x1 - line.words[0].x0 + _SPACE * line.size < room
    if starts_item(line.text):
        named = dash and not starts_item(top.text)
        return fits or ends_sentence(above.text) or not (named or ends_open(above.text))
    if starts_lower(line.text) or ends_open(above.text):
        return False
    if _ROLE.match(line.text):
        return True
    return fits or above.bold != line.bold  # a title in bold over its text
