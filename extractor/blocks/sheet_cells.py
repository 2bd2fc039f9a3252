"""The cells of one worksheet that show something, with their merged ranges.

In: a sheet of a workbook. Out: `SheetCell`s by row and column, 0 outermost, each with the text that Excel shows: a day
as "30/09/2026", merged cells once with their spans; and counts of what is hidden or not yet computed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from extractor.blocks.legacy_encodings import in_font
from extractor.blocks.sheet_package import CellStyle, text_of, whole
from extractor.blocks.sheet_values import shown
from extractor.errors import TooLargeError

if TYPE_CHECKING:
    from extractor.blocks.sheet_package import Sheet, Workbook
    from extractor.blocks.source import Limits

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PLAIN = CellStyle()


@dataclass(slots=True)
class SheetCell:
    """A cell with text; merged cells have spans above 1."""

    row: int
    column: int
    text: str
    style: CellStyle
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class Cells:
    """What one sheet shows.

    Attributes:
        found: row → column → cell, in reading order.
        hidden_rows: rows with text that Excel does not show now (a filter, or hidden by hand).
        without_value: formulas that no program has computed yet.
    """

    found: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden_rows: int = 0
    without_value: int = 0


def read_cells(book: Workbook, sheet: Sheet, limits: Limits) -> Cells:
    """Reads one sheet.

    Raises:
        UnreadableError: damaged XML.
        TooLargeError: more than `limits.cells` cells with text.
    """
    cells = Cells()
    merged: list[str] = []
    count = 0
    last_row = -1
    for element in book.elements(sheet.part, "{*}row", "{*}mergeCell"):
        if etree.QName(element).localname == "mergeCell":
            merged.append(element.get("ref", ""))
            continue
        last_row = number if 0 <= (number := whole(element.get("r", "")) - 1) < _LAST_ROW else last_row + 1
        row = _row(book, element, last_row, cells)
        if row:
            cells.found.setdefault(last_row, {}).update(row)
            cells.hidden_rows += element.get("hidden") in {"1", "true"}
        count += len(row)
        if count > limits.cells:
            raise TooLargeError(f"tệp có hơn {limits.cells} ô bảng", "hãy tách nhỏ tệp")
    cells.found = dict(sorted(cells.found.items()))
    _merge(cells.found, merged, limits)
    return cells


def _row(book: Workbook, element: etree._Element, row: int, cells: Cells) -> dict[int, SheetCell]:
    """The cells with text of one row by column."""
    found: dict[int, SheetCell] = {}
    column = -1
    for item in element.iterchildren("{*}c"):
        place = _place(item.get("r", ""))
        column = place[1] if place else column + 1
        if column >= _LAST_COLUMN:
            break
        style = _style(book, item.get("s", ""))
        text = unicodedata.normalize("NFC", in_font(_text(book, item, style), style.font))
        if text.strip():
            found[column] = SheetCell(row, column, text, style)
        elif item.find("{*}f") is not None and not item.findtext("{*}v"):
            cells.without_value += 1
    return dict(sorted(found.items()))


def _style(book: Workbook, number: str) -> CellStyle:
    at = whole(number or "0")
    return book.styles[at] if 0 <= at < len(book.styles) else _PLAIN


def _text(book: Workbook, item: etree._Element, style: CellStyle) -> str:
    """The text that a cell shows; nothing for an error ("#REF!")."""
    kind = item.get("t", "n")
    if kind == "inlineStr":
        inline = item.find("{*}is")
        return "" if inline is None else shown(text_of(inline))
    value = item.findtext("{*}v", "").strip() if kind != "str" else item.findtext("{*}v", "")
    if kind == "s":
        at = whole(value)
        return shown(book.texts[at]) if 0 <= at < len(book.texts) else ""
    if kind == "b":
        return shown(value == "1")
    if kind == "d":
        return _written_day(value, style.number_format)
    return {"n": _number(book, value, style.number_format), "str": shown(value)}.get(kind, "")


def _number(book: Workbook, value: str, number_format: str) -> str:
    """A number, or the day or time that it counts."""
    try:
        number = float(value)
    except ValueError:
        return ""
    if is_date_format(number_format):
        day = _day(number, is_timedelta_format(number_format), book.from_1904)
        if day is not None:
            return shown(day, number_format)
    return shown(int(number) if number.is_integer() and abs(number) < 1e15 else number, number_format)


def _day(number: float, length: bool, from_1904: bool) -> datetime | date | time | timedelta | None:
    """The day or time that a number counts; None if it is outside the calendar."""
    try:
        found: datetime | date | time | timedelta | None = from_excel(
            number, CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900, timedelta=length
        )
    except (OverflowError, ValueError):
        return None
    return found


def _written_day(value: str, number_format: str) -> str:
    """A day written as ISO 8601."""
    try:
        return shown(datetime.fromisoformat(value), number_format)
    except ValueError:
        return value


def _merge(found: dict[int, dict[int, SheetCell]], references: list[str], limits: Limits) -> None:
    """Gives the first cell of each merged range its spans, and drops what other cells of the range still hold."""
    last_column = max((column for row in found.values() for column in row), default=0)
    spread: dict[int, list[SheetCell]] = {}
    for reference in references:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last)
        if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
            continue
        cell = found.get(start[0], {}).get(start[1])
        if cell is not None:
            cell.row_span, cell.column_span = end[0] - start[0] + 1, min(end[1], last_column) - start[1] + 1
            spread.setdefault(start[0], []).append(cell)
    if sum(cell.column_span for row in spread.values() for cell in row) > 10 * limits.cells:
        raise TooLargeError("tệp có quá nhiều ô gộp", "hãy tách nhỏ tệp")
    _drop_covered(found, spread)


def _drop_covered(found: dict[int, dict[int, SheetCell]], spread: dict[int, list[SheetCell]]) -> None:
    """Drops the cells that lie under a merged cell.

    Args:
        found: row → column → cell.
        spread: row → merged cells that begin in it.
    """
    covered: dict[int, SheetCell] = {}  # column → the merged cell that reaches down in it
    for number, row in found.items():
        for column in list(row):
            above = covered.get(column)
            if above is not None and above.row + above.row_span > number:
                del row[column]
        for cell in spread.get(number, []):
            if row.get(cell.column) is not cell:
                continue
            for column in range(cell.column, cell.column + cell.column_span):
                covered[column] = cell
                if column != cell.column:
                    row.pop(column, None)


def _place(reference: str) -> tuple[int, int] | None:
    """(row, column) from 0 of a reference such as "B3"; None for anything else."""
    found = _CELL.fullmatch(reference)
    if found is None or not 0 < int(found.group(2)) <= _LAST_ROW:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)) - 1, column - 1
