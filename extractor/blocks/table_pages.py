"""Tables that run over several pages, made one again.

In: the tables of each page in reading order, with nothing between. Out: one table: a repeated header row is dropped, a
row cut by the page break is rejoined: "Rà soát, cập nhật" / "quy trình nội bộ" is one cell again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.blocks.joining import ends_open, ends_sentence, join_lines, starts_item, starts_lower

if TYPE_CHECKING:
    from extractor.blocks.grids import Grid, GridCell

_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVX]+|[a-zđ]|[A-ZĐ])[.)]?")  # the number of a row
_SAME = 6.0  # points: rules of one table differ less from page to page


def continues(upper: Grid, lower: Grid) -> bool:
    """Whether *lower* stands on the page after *upper* and has its columns, so that it is its continuation."""
    if lower.page != upper.row_pages[-1] + 1:
        return False
    if len(upper.edges) == len(lower.edges):
        shift = lower.edges[0] - upper.edges[0]
        return all(abs(b - a - shift) < _SAME for a, b in zip(upper.edges, lower.edges, strict=True))
    return all(min(abs(edge - other) for other in upper.edges) < _SAME for edge in lower.edges) and (
        abs(upper.edges[0] - lower.edges[0]) < _SAME and abs(upper.edges[-1] - lower.edges[-1]) < _SAME
    )


def joined(upper: Grid, lower: Grid) -> Grid:
    """One table from two."""
    lower = _on_columns(upper, lower)
    header = _repeated(upper, lower)
    body = [cell for cell in lower.cells if cell.row >= header]
    cut = _is_cut(upper, [cell for cell in body if cell.row == header])
    offset = upper.rows - header - (1 if cut else 0)
    cells = list(upper.cells)
    for cell in body:
        if cut and cell.row == header:
            _rejoin(upper, cells, cell, offset)
        else:
            cells.append(replace(cell, row=cell.row + offset))
    pages = upper.row_pages + lower.row_pages[header + (1 if cut else 0) :]
    return replace(upper, rows=lower.rows + offset, cells=cells, row_pages=pages)


def _on_columns(upper: Grid, lower: Grid) -> Grid:
    """*lower* with its columns counted by the rules of *upper*, where a page shows fewer of them."""
    if len(upper.edges) == len(lower.edges):
        return lower
    at = [min(range(len(upper.edges)), key=lambda i: abs(upper.edges[i] - edge)) for edge in lower.edges]
    cells = [
        replace(c, column=at[c.column], column_span=at[c.column + c.column_span] - at[c.column]) for c in lower.cells
    ]
    return replace(lower, cells=cells, edges=upper.edges)


def _repeated(upper: Grid, lower: Grid) -> int:
    """Number of rows at the top of *lower* that repeat the header of *upper*."""
    row = 0
    while row < min(upper.rows, lower.rows - 1) and _row_texts(upper, row) == _row_texts(lower, row) != []:
        row += 1
    return row if row and any(_row_texts(upper, at) for at in range(row)) else 0


def _row_texts(grid: Grid, row: int) -> list[tuple[int, str]]:
    """(column, text) of the cells that begin in a row and hold text."""
    return [(c.column, re.sub(r"\s+", " ", c.text)) for c in grid.cells if c.row == row and c.text]


def _is_cut(upper: Grid, first: list[GridCell]) -> bool:
    """Whether the first row of the next page only goes on with the last row of *upper*."""
    if not first or any(cell.row_span > 1 for cell in first if cell.text):
        return False
    last = _last_row(upper)
    by_column = {cell.column: cell for cell in first}
    if any(cell.column not in by_column or by_column[cell.column].column_span != cell.column_span for cell in last):
        return False
    number = by_column.get(0)
    if (number is not None and number.text) or any(_LABEL.fullmatch(cell.text) for cell in first):
        return False
    pairs = [(cell, by_column[cell.column]) for cell in last if by_column[cell.column].text]
    if not pairs or not all(up.text for up, _ in pairs):
        return False
    if any(starts_lower(low.text) or ends_open(up.text) for up, low in pairs):
        return True
    numbered = all(cell.text for cell in upper.cells if cell.column == 0)
    return numbered and 2 * len(pairs) <= len(first) and any(not ends_sentence(up.text) for up, _ in pairs)


def _last_row(grid: Grid) -> list[GridCell]:
    """The cells that reach the last row."""
    return [cell for cell in grid.cells if cell.row + cell.row_span == grid.rows]


def _rejoin(upper: Grid, cells: list[GridCell], lower: GridCell, offset: int) -> None:
    """Adds the text of *lower* to the cell above it."""
    for at, cell in enumerate(cells):
        if cell.column == lower.column and cell.row + cell.row_span == upper.rows:
            text = join_texts(cell.text, lower.text)
            cells[at] = replace(cell, text=text, row_span=max(cell.row_span, lower.row + offset - cell.row + 1))
            return


def join_texts(upper: str, lower: str) -> str:
    """Two halves of a cell's text: a new line where the second opens with a label or a new sentence."""
    if not upper or not lower:
        return upper or lower
    new = starts_item(lower) or (ends_sentence(upper) and not starts_lower(lower))
    return f"{upper}\n{lower}" if new else join_lines(upper, lower)
