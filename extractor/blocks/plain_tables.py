"""Tables that a web page's text lost: cells on lines of their own, parted by lines that hold only "|".

In: the cells one after the other. Out: rows and columns again: after the header "TT | Nhiệm vụ | Chủ trì | Thời hạn"
the cells "1 | Rà soát | Sở Nội vụ | Quý I | 2 | …" make rows of four. Cells merged with the one above are missing from
such text: "Sở Nội vụ" that holds for two rows is there once. Each row is therefore laid on the columns that fit best.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ])[.)]?")
_NUMBER = re.compile(r"[\d.,]+\s*%?|[-–x]")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_MOST_COLUMNS = 14
_MERGED = 0.8  # cost of a column whose cell is merged with the one above
_MERGED_NUMBERED = 1.6  # the same in a row with a number of its own
_GROUP = 1.0  # cost of a title over all columns
_NO_NUMBER = 8.0  # cost of other text in the column of numbers


@dataclass(frozen=True, slots=True)
class FlatCell:
    """A cell with its place found."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column are like: share of numbers, usual length in characters."""

    numbers: float
    length: float


def is_header_start(text: str) -> bool:
    """Whether a cell is the head of a column of running numbers, with which tables of tasks begin."""
    return re.fullmatch(r"(?:S?TT|Stt|tt|Số\s*TT|SỐ\s*TT|Số thứ tự|SỐ THỨ TỰ)\.?", text.strip()) is not None


def is_row_number(text: str) -> bool:
    """Whether a cell is the number of a row: "1", "1.2", "II", "a)"."""
    return _LABEL.fullmatch(text.strip()) is not None


def column_count(cells: list[str]) -> int | None:
    """Number of columns of a table whose first cell is "TT"; None if it cannot be told.

    The header ends where the first number ("1", "I", "A") stands; rows with numbers n cells apart confirm it.
    """
    for count in range(2, min(_MOST_COLUMNS, len(cells) - 1) + 1):
        if cells[count].strip("(). ") in {"1", "01", "I", "A", "a"} and cells[count + 1 : count + 2] != [""]:
            return count
    return None


def lay_out(cells: list[str], count: int) -> list[FlatCell]:
    """Places cells on *count* columns, header row first.

    Args:
        cells: the texts of the cells in reading order; the first *count* are the header.
        count: number of columns, at least 2.
    """
    body = cells[count:]
    numbers = _running_numbers(body)
    rows = _best_rows(body, numbers, _profile(cells, count, numbers), count)
    return _with_spans([[(c, 1, text) for c, text in enumerate(cells[:count])], *rows], count)


def _running_numbers(cells: list[str]) -> list[bool]:
    """For each cell whether it may be the number of a row: it follows the number before it ("1.2" after "1.1")."""
    found: list[bool] = []
    last: list[str] = []
    for cell in cells:
        label = cell.strip("(). ")
        fits = bool(label) and _LABEL.fullmatch(cell) is not None and (not found or _follows(label, last))
        if fits:
            last.append(label)
        found.append(fits)
    return found


def _follows(label: str, labels: list[str]) -> bool:
    """Whether *label* may come after *labels*: the next of its kind, the first of a deeper kind."""
    if label in {"1", "01", "a", "A", "I"}:
        return True
    *outer, tail = label.split(".")
    if outer and tail == "1":
        return ".".join(outer) in labels[-1:]
    before = _before(tail)
    return before is not None and ".".join([*outer, before]) in labels[-40:]


def _before(tail: str) -> str | None:
    """The number before the last part of a label: "3" → "2", "II" → "I", "b" → "a"."""
    if tail.isdigit():
        return str(int(tail) - 1).zfill(len(tail)) if int(tail) > 1 else None
    for series in (_ROMANS, _LETTERS, _LETTERS.upper()):
        if tail in series and (at := series.index(tail)):
            return series[at - 1]
    return None


def _profile(cells: list[str], count: int, numbers: list[bool]) -> list[_Column]:
    """What each column holds, by the rows that are surely whole: a number, and the next number *count* cells on."""
    body = cells[count:]
    whole = [
        body[at : at + count]
        for at in range(len(body) - count + 1)
        if numbers[at] and (at + count == len(body) or numbers[at + count])
    ] or [body[:count]]
    columns = []
    for texts in zip(*whole, strict=False):
        filled = [text for text in texts if text]
        columns.append(
            _Column(
                numbers=fmean(_NUMBER.fullmatch(text) is not None for text in filled) if filled else 0.0,
                length=fmean(len(text) for text in filled) if filled else 10.0,
            )
        )
    return columns + [_Column(0.0, 10.0)] * (count - len(columns))


def _best_rows(
    cells: list[str], numbers: list[bool], columns: list[_Column], count: int
) -> list[list[tuple[int, int, str]]]:
    """Cuts the cells into rows of (column, span, text) at the least cost."""
    layouts = _layouts(count)
    main = max(range(1, count), key=lambda c: (columns[c].numbers < 0.5, columns[c].length))
    costs = [[_cost(cells[at], c, columns[c], numbers[at]) for c in range(count)] for at in range(len(cells))]
    best: list[tuple[float, int, tuple[tuple[int, int], ...]]] = [(math.inf, 0, ())] * (len(cells) + 1)
    best[0] = (0.0, 0, ())
    for at in range(len(cells)):
        for layout in layouts:
            end = at + len(layout)
            if end > len(cells) or best[at][0] == math.inf:
                continue
            row = [(c, span, cells[at + k]) for k, (c, span) in enumerate(layout)]
            if not any(c <= main < c + span and text for c, span, text in row):
                continue
            numbered = layout[0][0] == 0 and numbers[at]
            cost = best[at][0] + sum(costs[at + k][c] for k, (c, span) in enumerate(layout) if span == 1)
            cost += _missing_cost(layout, count, numbered)
            if cost < best[end][0]:
                best[end] = (cost, at, layout)
    return _traced(cells, best)


def _traced(
    cells: list[str], best: list[tuple[float, int, tuple[tuple[int, int], ...]]]
) -> list[list[tuple[int, int, str]]]:
    """The rows of the cheapest cut; cells left over at the end stand in a last row of their own."""
    end = max(at for at in range(len(cells) + 1) if best[at][0] < math.inf)
    left = [(c, 1, text) for c, text in enumerate(cells[end:])]
    rows: list[list[tuple[int, int, str]]] = []
    while end:
        _, start, layout = best[end]
        rows.append([(c, span, cells[start + k]) for k, (c, span) in enumerate(layout)])
        end = start
    rows.reverse()
    return [*rows, left] if left else rows


def _layouts(count: int) -> list[tuple[tuple[int, int], ...]]:
    """The (column, span) patterns of a row: whole, with up to two cells merged upwards, a title over all columns."""
    found: list[tuple[tuple[int, int], ...]] = []
    for missing in range(min(3, count - 1)):
        for gone in combinations(range(count), missing):
            found.append(tuple((c, 1) for c in range(count) if c not in gone))
    if count > 2:
        found += [((0, 1), (1, count - 1)), ((0, count),)]
    return found


def _missing_cost(layout: tuple[tuple[int, int], ...], count: int, numbered: bool) -> float:
    """Cost of the columns that a row leaves to the cells above it, or of a title over all columns."""
    if any(span > 1 for _, span in layout):
        return _GROUP if numbered else 2 * _GROUP
    return (count - len(layout)) * (_MERGED_NUMBERED if numbered else _MERGED)


def _cost(text: str, at: int, column: _Column, numbered: bool) -> float:
    """How badly a text fits a column."""
    if at == 0:
        return 0.0 if numbered else (0.2 if not text else _NO_NUMBER)
    if not text:
        return 0.3
    if _NUMBER.fullmatch(text):
        return 0.0 if column.numbers > 0.5 else 2.0
    if column.numbers > 0.5:
        return 3.0 if len(text) > 40 else 1.5
    return min(2.0, abs(math.log((len(text) + 5) / (column.length + 5))))


def _with_spans(rows: list[list[tuple[int, int, str]]], count: int) -> list[FlatCell]:
    """Cells with row spans: a column that a row leaves out belongs to the cell above."""
    owner: dict[int, tuple[int, int]] = {}  # column → (row, column) of the cell that covers it
    cells: dict[tuple[int, int], FlatCell] = {}
    for number, row in enumerate(rows):
        covered = {c for column, span, _ in row for c in range(column, column + span)}
        for gone in sorted(set(range(count)) - covered):
            if gone in owner:
                cell = cells[owner[gone]]
                cells[owner[gone]] = FlatCell(cell.text, cell.row, cell.column, number - cell.row + 1, cell.column_span)
        for column, span, text in row:
            cells[number, column] = FlatCell(text, number, column, 1, span)
            for c in range(column, column + span):
                owner[c] = (number, column)
    return [cells[key] for key in sorted(cells)]
