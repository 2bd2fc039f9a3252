"""Tables that run over several pages, made one again.

In: the tables of each page in reading order, with nothing between. Out: one table: a repeated header row is dropped, a
row cut by the page break is rejoined: "Rà soát, cập nhật" / "quy trình nội bộ" is one cell again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from extractor.blocks.grids import cell_text
from extractor.blocks.joining import ends_open, ends_sentence, starts_lower
from extractor.text import fold

if TYPE_CHECKING:
    from extractor.blocks.grids import Grid, GridCell

_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVX]+|[a-zđ]|[A-ZĐ])[.)]?")  # the number of a row
_HEAD = re.compile(r"S?TT|Số\s*TT|Số thứ tự", re.IGNORECASE)
_ALIKE = 0.8  # of two recognised rows: the same header
_SAME = 6.0  # points: rules of one table differ less from page to page


def continues(upper: Grid, lower: Grid) -> bool:
    """Whether *lower* stands on the page after *upper* and has its columns, so that it is its continuation."""
    if lower.page != upper.last_page + 1:
        return False
    first = next((cell.text for cell in lower.cells if cell.row == 0 and cell.column == 0), "")
    if _HEAD.fullmatch(first) and not _repeated(upper, lower):
        return False  # another table with a header of its own
    if len(upper.edges) == len(lower.edges):
        shift = lower.edges[0] - upper.edges[0]
        return all(abs(b - a - shift) < _SAME for a, b in zip(upper.edges, lower.edges, strict=True))
    few, many = sorted((upper.edges, lower.edges), key=len)
    ends = abs(few[0] - many[0]) < _SAME and abs(few[-1] - many[-1]) < _SAME
    return ends and all(min(abs(edge - other) for other in many) < _SAME for edge in few)


def joined(upper: Grid, lower: Grid) -> Grid:
    """One table from two."""
    edges = max(upper.edges, lower.edges, key=len)
    upper, lower = _without_sliver(_on_columns(upper, edges)), _on_columns(lower, edges)
    header = _repeated(upper, lower)
    body = [cell for cell in lower.cells if cell.row >= header]
    first = [cell for cell in body if cell.row == header]
    cut = _is_cut(upper, first)
    offset = upper.rows - header - (1 if cut else 0)
    reaching = {cell.column: cell for cell in _last_row(upper)}
    cells = list(upper.cells)
    for cell in body:
        above = reaching.get(cell.column) if cell.row == header else None
        if above is not None and (cut or _is_merged(above, cell)):
            at = next(i for i, other in enumerate(cells) if other is above)
            span = cell.row + offset + cell.row_span - above.row
            cells[at] = _both(above, cell, span)
        else:
            cells.append(replace(cell, row=cell.row + offset))
    pages = upper.row_pages + lower.row_pages[header + (1 if cut else 0) :]
    return replace(upper, last_page=lower.last_page, rows=lower.rows + offset, cells=cells, row_pages=pages)


def _without_sliver(grid: Grid) -> Grid:
    """*grid* without a last row that holds nothing: what a page had room for of the next row.

    A cell that reached into it counts one row more than it shows, so that it is known to go on (`_is_merged`).
    """
    last = grid.rows - 1
    begun = [cell for cell in grid.cells if cell.row == last]
    if last == 0 or any(cell.text for cell in begun):
        return grid
    cells = [cell for cell in grid.cells if cell.row < last]
    if not any(cell.row + cell.row_span > last for cell in cells):
        return grid
    return replace(
        grid,
        rows=last,
        cells=[replace(c, row_span=min(c.row_span, last - c.row), open=c.row + c.row_span > last) for c in cells],
        row_pages=grid.row_pages[:last],
    )


def _is_merged(above: GridCell, below: GridCell) -> bool:
    """Whether an empty cell under a page break is the rest of the merged cell above it.

    It is where either is merged on its own page. A single cell that is empty may as well be empty by itself.
    """
    if below.text or not above.text or above.column_span != below.column_span:
        return False
    return above.open or above.row_span > 1 or below.row_span > 1


def _on_columns(grid: Grid, edges: list[float]) -> Grid:
    """*grid* with its columns counted by *edges*, where its page shows fewer of them."""
    if len(grid.edges) == len(edges):
        return grid
    at = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge)) for edge in grid.edges]
    cells = [
        replace(c, column=at[c.column], column_span=at[c.column + c.column_span] - at[c.column]) for c in grid.cells
    ]
    return replace(grid, cells=cells, edges=edges)


def _repeated(upper: Grid, lower: Grid) -> int:
    """Number of rows at the top of *lower* that repeat the header of *upper*."""
    row = 0
    while row < min(upper.rows, lower.rows - 1) and _is_repeated(upper, lower, row):
        row += 1
    return row if row and any(_row_texts(upper, at) for at in range(row)) else 0


def _is_repeated(upper: Grid, lower: Grid, row: int) -> bool:
    """Whether a row is the same in both; recognition reads the same words once so and once so ("STT", "S 1h T")."""
    one, other = _row_texts(upper, row), _row_texts(lower, row)
    if one == other or not one:
        return one == other != []
    if [column for column, _ in one] != [column for column, _ in other] or not _is_recognised(lower):
        return False
    upper_row, lower_row = ("|".join(fold(text) for _, text in texts) for texts in (one, other))
    return SequenceMatcher(None, upper_row, lower_row, autojunk=False).ratio() >= _ALIKE


def _is_recognised(grid: Grid) -> bool:
    return any(cell.confidence < 1.0 for cell in grid.cells)


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
    if _is_cut_in_the_middle(upper, last, by_column) or _goes_on_in_words(upper, last, by_column):
        return True
    if (number is not None and number.text) or any(_LABEL.fullmatch(cell.text) for cell in first):
        return False
    pairs = [(cell, by_column[cell.column]) for cell in last if by_column[cell.column].text]
    if not pairs or not all(up.text for up, _ in pairs):
        return False
    if any(starts_lower(low.text) or ends_open(up.text) for up, low in pairs):
        return True
    return all(cell.text for cell in upper.cells if cell.column == 0)  # every row has a number but this one


def _is_cut_in_the_middle(upper: Grid, last: list[GridCell], below: dict[int, GridCell]) -> bool:
    """Whether a row whose cells are set in its middle is cut above its number: words begin on one page, go on below.

    Every row of the page above has a number but this one, and the number stands below the break.
    """
    number = next((cell for cell in last if cell.column == 0), None)
    if number is None or number.text or not below[0].text or not _LABEL.fullmatch(below[0].text):
        return False
    numbered = all(cell.text for cell in upper.cells if cell.column == 0 and cell is not number)
    return numbered and any(cell.text and starts_lower(below[cell.column].text) for cell in last)


def _goes_on_in_words(upper: Grid, last: list[GridCell], below: dict[int, GridCell]) -> bool:
    """Whether the words of a row without a number go on: "Tập huấn cho cán bộ" | "Sở Nội" over "cấp xã" | "vụ".

    Most cells go on, one at least in small letters where the others of its column begin with capitals.
    """
    column = [cell.text for cell in upper.cells if cell.column == 0 and cell.text]
    if 2 * sum(_LABEL.fullmatch(text) is not None for text in column) > len(column):
        return False
    pairs = [(cell, below[cell.column]) for cell in last if cell.text and below[cell.column].text]
    going = [(up, low) for up, low in pairs if ends_open(up.text) or _is_lower_after(up, low)]
    begun = [up.column for up, low in going if _is_lower_after(up, low)]
    if any(cell.text for cell in below.values() if cell.column not in {up.column for up, _ in pairs}):
        return False
    return 2 * len(going) > len(pairs) and any(_begins_with_capitals(upper, column) for column in begun)


def _is_lower_after(above: GridCell, below: GridCell) -> bool:
    return starts_lower(below.text) and not ends_sentence(above.text)


def _begins_with_capitals(grid: Grid, column: int) -> bool:
    """Whether the cells of a column begin with capitals or figures, but for one in five."""
    texts = [cell.text for cell in grid.cells if cell.column == column and cell.text]
    return 5 * sum(map(starts_lower, texts)) <= len(texts)


def _last_row(grid: Grid) -> list[GridCell]:
    """The cells that reach the last row."""
    return [cell for cell in grid.cells if cell.row + cell.row_span == grid.rows]


def _both(above: GridCell, below: GridCell, span: int) -> GridCell:
    """The cell whose text goes on below the page break."""
    lines = above.lines + below.lines
    text = cell_text(lines, max(above.room, below.room)) if above.lines and below.lines else above.text or below.text
    return replace(above, text=text, row_span=span, lines=lines, room=max(above.room, below.room), open=False)
