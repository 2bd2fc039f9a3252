"""Tables of a web page: which hold data, and their cells with their places.

In: a <table>. Out: rows and columns with spans as a browser lays them out; columns that only a colspan makes are left
out: "<td colspan=3>I. Công nghiệp</td>" over three cells is one cell of three columns.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.blocks.web_flow import Flow
from extractor.blocks.web_source import tag_of
from extractor.errors import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.blocks.assembly import Look

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_WIDEST = 1000  # columns that one cell may cover, as in browsers
_LAYOUT_SHARE = 0.6  # of a table's letters in one cell: a page laid out by a table
_LAYOUT_LETTERS = 1500


@dataclass(slots=True)
class WebCell:
    """A cell of a table with its place."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    look: Look | None


@dataclass(slots=True)
class _Grid:
    """Where the cells of a table come to stand while its rows are read."""

    limit: int
    cells: list[tuple[int, int, int, int, etree._Element]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)  # column → first row below the cell that covers it
    covered: int = 0

    def add_row(self, row: int, elements: list[etree._Element], rows_left: int) -> None:
        """Places the cells of one row."""
        column = 0
        for element in elements:
            while self.taken.get(column, 0) > row:
                column += 1
            across = min(max(_span(element, "colspan", 1), 1), _WIDEST)
            down = min(_span(element, "rowspan", 1) or rows_left, rows_left)  # 0: to the end of the table
            self.covered += across * down
            if self.covered > self.limit:
                raise TooLargeError(f"tệp có hơn {self.limit} ô bảng", "hãy tách nhỏ tệp")
            self.cells.append((row, column, down, across, element))
            for covered in range(column, column + across):
                self.taken[covered] = row + down
            column += across


def cells_of(table: etree._Element, limit: int) -> list[WebCell]:
    """The cells of a table, row by row.

    Args:
        table: the <table>.
        limit: most cells that it may cover.

    Raises:
        TooLargeError: it covers more.
    """
    grid = _Grid(limit)
    rows = [cells for row in rows_of(table) if (cells := list(_row_cells(row)))]
    for number, elements in enumerate(rows):
        grid.add_row(number, elements, len(rows) - number)
    columns = sorted({column for _, column, _, _, _ in grid.cells})
    numbers = {column: at for at, column in enumerate(columns)}
    found = []
    for row, column, down, across, element in grid.cells:
        text, look = text_of(element)
        width = bisect_left(columns, column + across) - numbers[column]
        found.append(WebCell(row, numbers[column], down, width, text, look))
    return found


def text_of(element: etree._Element) -> tuple[str, Look | None]:
    """The text of a cell, a line a paragraph, tables in it read through; its look if it is one paragraph."""
    pieces = Flow().read(element)
    if len(pieces) == 1:
        return pieces[0].text.strip(), pieces[0].look
    return "\n".join(f"{piece.look.label} {piece.text.strip()}".strip() for piece in pieces), None


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself, not of tables in its cells."""
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            yield child
        elif tag in _GROUPS:
            yield from (row for row in child if tag_of(row) == "tr")


def _row_cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if tag_of(cell) in {"td", "th"})


def data_tables(root: etree._Element) -> frozenset[etree._Element]:
    """The tables of a page that hold data; the others only lay the page out."""
    data: set[etree._Element] = set()
    around: set[etree._Element] = set()  # tables with a table of data inside
    for table in reversed(list(root.iter("table"))):  # inner tables come before outer ones
        rows = [row for own in rows_of(table) if (row := list(_row_cells(own)))]
        full = sum(len(row) > 2 for row in rows) > 2
        if _is_shaped(rows) and (full or table not in around):
            data.add(table)
            around.update(table.iterancestors("table"))
    return frozenset(data)


def _is_shaped(rows: list[list[etree._Element]]) -> bool:
    """Whether rows of cells look like data: two columns, and no cell that holds a whole page."""
    if max((len(row) for row in rows), default=0) < 2:
        return False
    sizes = [[_letters(cell) for cell in row] for row in rows]
    total, largest = sum(map(sum, sizes)), max(map(max, sizes))
    wide = any(len(row) > 3 for row in rows)
    return wide or largest < _LAYOUT_LETTERS or largest < _LAYOUT_SHARE * total


def _letters(element: etree._Element) -> int:
    return sum(not c.isspace() for piece in element.itertext() for c in piece)


def _span(element: etree._Element, name: str, default: int) -> int:
    value = element.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) < 7 else default
