"""Where the tables of a sheet begin and end, and what stands around them.

In: the cells of a sheet. Out: in reading order, paragraphs (titles, letterhead, notes, signatures) and tables: a title
"PHỤ LỤC 1" in merged cells, an empty row, "STT | Nhiệm vụ | Đơn vị chủ trì" and the rows below it give two paragraphs
at most and one table. Spreadsheets have no tables of their own: drawn lines tell them, else words of a header row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.blocks.joining import is_capitals
from extractor.blocks.plain_tables import is_header_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.sheet_cells import SheetCell

Rows = dict[int, dict[int, "SheetCell"]]

_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:[.,]\d{1,3}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ])[.)]?")
_NATION = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]")
_PAIRED = re.compile(r"Số\s*:\s*\S*\s*/|Nơi nhận")  # beside the day, beside the signature
_CLOSING = re.compile(
    r"(?:ghi chú|nơi nhận|người lập|lập biểu|thủ trưởng|tm\.|kt\.|tl\.|tuq\.)|.*\bngày\b.{1,12}\btháng\b.{1,10}\bnăm\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOK_AHEAD = 4  # rows in which a header's table shows itself
_MOST_CLOSING = 120  # characters: a closing line is short, a task with a day in it may be long


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The cells of one line of text outside tables, left to right."""

    cells: tuple[SheetCell, ...]

    @property
    def text(self) -> str:
        """Their texts with a space between."""
        return " ".join(cell.text.strip() for cell in self.cells)


@dataclass(slots=True)
class Region:
    """The rows of one table, header first."""

    rows: list[int] = field(default_factory=list)


def regions(rows: Rows) -> Iterator[Paragraph | Region]:
    """The paragraphs and tables of a sheet in reading order.

    Args:
        rows: row → column → cell with text, both rising.
    """
    table: Region | None = None
    for band in _bands(rows):
        at = 0
        if table is not None and _continues(rows, table, band):
            at = _end(rows, table, band, 0)
            table.rows += band[:at]
        while at < len(band):
            if table is not None:
                yield table
                table = None
            begin = next((start for start in range(at, len(band)) if _is_start(rows, band, start)), len(band))
            yield from _paragraphs(rows, band[at:begin])
            at = begin
            if begin < len(band):
                table = Region()
                at = _end(rows, table, band, begin)
                table.rows += band[begin:at]
    if table is not None:
        yield table


def _bands(rows: Rows) -> Iterator[list[int]]:
    """Runs of rows without an empty row between; a merged cell fills the rows that it covers."""
    band: list[int] = []
    reach = -1  # the last row that the band's cells cover
    for number, row in rows.items():
        if not row:
            continue
        if band and number > reach + 1:
            yield band
            band = []
        band.append(number)
        reach = max(reach, number, *(cell.row + cell.row_span - 1 for cell in row.values()))
    if band:
        yield band


def _is_ruled(row: dict[int, SheetCell]) -> bool:
    return 2 * sum(cell.style.ruled for cell in row.values()) > len(row)


def _is_header(row: dict[int, SheetCell]) -> bool:
    """Whether a row begins with the head of the running numbers: "STT", "TT"."""
    return len(row) > 1 and any(is_header_start(cell.text) for cell in list(row.values())[:2])


def _is_start(rows: Rows, band: list[int], at: int) -> bool:
    """Whether a table begins with row *at* of the band."""
    row = rows[band[at]]
    if len(row) < 2 or any(_NATION.search(cell.text) for cell in row.values()):
        return False
    if _is_header(row) or _is_ruled(row):
        return True
    following = [rows[number] for number in band[at + 1 : at + 1 + _LOOK_AHEAD]]
    if len(row) == 2:
        return bool(following) and set(following[0]) == set(row) and _is_bold(row) and not _is_bold(following[0])
    # Rows under a header leave cells empty, but none stands outside its columns.
    return any(len(other) > 2 for other in following) and all(set(other) <= _columns(row) for other in following[:1])


def _is_bold(row: dict[int, SheetCell]) -> bool:
    return all(cell.style.bold for cell in row.values())


def _columns(row: dict[int, SheetCell]) -> set[int]:
    """The columns that the cells of a row cover."""
    return {column for cell in row.values() for column in range(cell.column, cell.column + cell.column_span)}


def _end(rows: Rows, table: Region, band: list[int], start: int) -> int:
    """Where in the band the table ends that goes on, or begins, with row *start*."""
    header = rows[table.rows[0] if table.rows else band[start]]
    ruled = _is_ruled(header)
    end = len(band)
    for at in range(start + 1, len(band)):
        row = rows[band[at]]
        if _is_header(row) and not _same(row, header):
            end = at - 1 if not _is_ruled(rows[band[at - 1]]) and at - 1 > start else at
            break
        if not ruled and _is_closing(row):
            end = at
            break
    if ruled:
        end = max((at + 1 for at in range(start, end) if _is_ruled(rows[band[at]])), default=end)
    return end


def _same(row: dict[int, SheetCell], header: dict[int, SheetCell]) -> bool:
    """Whether a row repeats the header, as at the top of each printed page."""
    return [cell.text.split() for cell in row.values()] == [cell.text.split() for cell in header.values()]


def _is_closing(row: dict[int, SheetCell]) -> bool:
    """Whether a row stands under a table: a note, the day, the signature."""
    texts = [cell.text.strip() for cell in row.values()]
    return len(texts) < 3 and any(len(text) < _MOST_CLOSING and _CLOSING.match(text) for text in texts)


def _continues(rows: Rows, table: Region, band: list[int]) -> bool:
    """Whether a table goes on after an empty row."""
    row, header = rows[band[0]], rows[table.rows[0]]
    if _is_header(row):
        return _same(row, header)
    if _is_ruled(header):
        return _is_ruled(row)
    first = next(iter(row.values()))
    return len(row) > 1 and _ORDINAL.fullmatch(first.text.strip()) is not None and set(row) <= _columns(header)


def _paragraphs(rows: Rows, numbers: list[int]) -> Iterator[Paragraph]:
    """The lines of text in rows outside tables; what stands in two columns is read column by column."""
    at = 0
    while at < len(numbers):
        border = _border(rows[numbers[at]])
        end = at
        if border is not None:
            while end < len(numbers) and all(_is_beside(cell, border) for cell in rows[numbers[end]].values()):
                end += 1
        if border is None or end == at:
            yield Paragraph(tuple(rows[numbers[at]].values()))
            at += 1
            continue
        cells = [cell for number in numbers[at:end] for cell in rows[number].values()]
        yield from (Paragraph((cell,)) for cell in cells if cell.column < border)
        yield from (Paragraph((cell,)) for cell in cells if cell.column >= border)
        at = end


def _border(row: dict[int, SheetCell]) -> int | None:
    """The first column of the right half of a letterhead or of signatures; None for any other row."""
    if len(row) != 2:
        return None
    left, right = row.values()
    paired = any(_NATION.search(cell.text) or _PAIRED.match(cell.text.strip()) for cell in (left, right))
    return right.column if paired or (is_capitals(left.text) and is_capitals(right.text)) else None


def _is_beside(cell: SheetCell, border: int) -> bool:
    return cell.column >= border or cell.column + cell.column_span <= border


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of a table with its place in it; an empty one has no source."""

    row: int
    column: int
    row_span: int
    column_span: int
    source: SheetCell | None


def placed(rows: Rows, table: Region) -> list[Placed]:
    """The cells of a table row by row: columns that hold nothing are left out, empty cells put in.

    Args:
        rows: all rows of the sheet.
        table: the rows of the table.
    """
    columns = sorted({column for number in table.rows for column in rows[number]})
    found: list[Placed] = []
    filled: set[tuple[int, int]] = set()
    for at, number in enumerate(table.rows):
        for cell in rows[number].values():
            down = sum(number <= other < number + cell.row_span for other in table.rows[at : at + cell.row_span])
            first = bisect_left(columns, cell.column)
            across = bisect_left(columns, cell.column + cell.column_span) - first
            found.append(Placed(at, first, down, across, cell))
            filled.update((r, c) for r in range(at, at + down) for c in range(first, first + across))
    found += [
        Placed(row, column, 1, 1, None)
        for row in range(len(table.rows))
        for column in range(len(columns))
        if (row, column) not in filled
    ]
    return sorted(found, key=lambda cell: (cell.row, cell.column))


def is_table(rows: Rows, table: Region) -> bool:
    """Whether a region has two columns and two rows at least; less is text inside drawn lines."""
    columns = {column for number in table.rows for column in rows[number]}
    return len(columns) > 1 and len(table.rows) > 1
