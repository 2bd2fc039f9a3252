"""Excel workbooks (.xlsx, .xlsm) → paragraphs and tables, sheet by sheet.

In: the bytes of a workbook, such as the appendix "Phân công nhiệm vụ" of a plan. Out: blocks: titles and notes as
paragraphs, one table for each region of a sheet, merged cells once, days as "30/09/2026", numbers as Excel shows them.
A sheet counts as a page: `Place.page` is its number among the sheets that are shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.blocks.assembly import PLAIN, Builder, Content, Look
from extractor.blocks.plain_tables import is_header_start
from extractor.blocks.sheet_cells import read_cells
from extractor.blocks.sheet_margins import Drawn, drawn, margins
from extractor.blocks.sheet_package import open_workbook
from extractor.blocks.sheet_regions import Paragraph, Region, is_table, placed, regions
from extractor.errors import TooLargeError, UnreadableError
from extractor.model import Cell, Problem

if TYPE_CHECKING:
    from extractor.blocks.sheet_cells import Cells, SheetCell
    from extractor.blocks.sheet_package import Sheet
    from extractor.blocks.sheet_regions import Placed, Rows
    from extractor.blocks.source import Limits

_DEFAULT_NAME = re.compile(r"(?:sheet|trang[ _]?tính|bảng[ _]?tính|table|biểu)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
_DECIMAL_LABEL = re.compile(r"\d{1,3},\d{1,3}")


def read(data: bytes, limits: Limits) -> Content:
    """Reads a workbook.

    Raises:
        UnreadableError: damaged package, or nothing in it.
        TooLargeError: over a limit.
    """
    book = open_workbook(data, limits)
    builder = Builder()
    problems: list[Problem] = []
    with book.archive:
        shown = [sheet for sheet in book.sheets if not sheet.hidden]
        found = [read_cells(book, sheet, limits) for sheet in shown]
        unseen = [(sheet, read_cells(book, sheet, limits)) for sheet in book.sheets if sheet.hidden]
        over = [drawn(book, sheet) for sheet in shown]
        beside = [line for sheet in book.sheets for line in margins(book, sheet)]
    hidden = [sheet.name for sheet, cells in unseen if cells.found]
    beside += ["\n".join(cell.text for row in cells.found.values() for cell in row.values()) for _, cells in unseen]
    several = sum(bool(cells.found) for cells in found) > 1
    for number, (sheet, cells) in enumerate(zip(shown, found, strict=True), start=1):
        _add_sheet(builder, number, sheet.name if several else "", cells, limits)
        problems += [*_problems(number, sheet, cells), *_drawn_problems(number, sheet.name, over[number - 1])]
    if hidden:
        message = f"Trang tính ẩn không được đọc: {', '.join(hidden)}; hãy bỏ ẩn nếu có nhiệm vụ trong đó."
        problems.append(Problem("blocks", "hidden_sheet", "medium", message))
    if not builder.blocks and any(one.pictures or one.worded for one in over):
        todo = "hãy chép chữ vào ô, hoặc nạp bản PDF (ảnh trong PDF được nhận dạng)"
        raise UnreadableError("tệp Excel chỉ có ảnh hoặc hộp chữ, không có chữ trong ô", todo)
    if not builder.blocks:
        raise UnreadableError("tệp Excel không có chữ nào", "hãy xin lại tệp từ nơi gửi")
    return Content(tuple(builder.blocks), pages=len(shown), problems=tuple(problems), beside=tuple(beside))


def _add_sheet(builder: Builder, page: int, name: str, cells: Cells, limits: Limits) -> None:
    """Adds the blocks of one sheet; its name as a title where it has none of its own."""
    rows = cells.found
    items = list(regions(rows))
    if items and isinstance(items[0], Region) and name and _DEFAULT_NAME.fullmatch(name.strip()) is None:
        builder.add(name, page=page)
    for item in items:
        if isinstance(item, Paragraph):
            builder.add(item.text, _look(item.cells[0]), page)
        elif is_table(rows, item):
            _add_table(builder, page, rows, item, limits)
        else:
            for cell in (cell for number in item.rows for cell in rows[number].values()):
                builder.add(cell.text, _look(cell), page)


def _add_table(builder: Builder, page: int, rows: Rows, table: Region, limits: Limits) -> None:
    """Adds the cells of one table."""
    columns = {column for number in table.rows for column in rows[number]}
    if len(columns) * len(table.rows) > limits.cells:
        raise TooLargeError(f"tệp có hơn {limits.cells} ô bảng", "hãy tách nhỏ tệp")
    number = builder.next_table()
    cells = placed(rows, table)
    ordinals = {cell.column for cell in cells if cell.source is not None and is_header_start(cell.source.text)}
    for cell in cells:
        place = Cell(number, cell.row, cell.column, cell.row_span, cell.column_span)
        look = PLAIN if cell.source is None else _look(cell.source)
        builder.add_cell(_cell_text(cell, ordinals), place, look, page)


def _cell_text(cell: Placed, ordinals: set[int]) -> str:
    """The text of a table's cell; the running number 1.1, which Excel takes for a decimal, has its dot."""
    if cell.source is None:
        return ""
    text = cell.source.text
    return text.replace(",", ".") if cell.column in ordinals and _DECIMAL_LABEL.fullmatch(text) else text


def _look(cell: SheetCell) -> Look:
    return Look(bold=cell.style.bold, italic=cell.style.italic, centered=cell.style.centered)


def _problems(page: int, sheet: Sheet, cells: Cells) -> list[Problem]:
    """What of a sheet could not be read, or is not seen on the screen."""
    found = []
    if cells.without_value:
        message = (
            f"Trang tính “{sheet.name}” có {cells.without_value} ô công thức chưa được tính; "
            "hãy mở bằng Excel rồi lưu lại để có giá trị."
        )
        found.append(Problem("blocks", "formula_without_value", "medium", message, page=page))
    if cells.hidden_rows:
        message = f"Trang tính “{sheet.name}” có {cells.hidden_rows} dòng đang ẩn (lọc), vẫn được đọc."
        found.append(Problem("blocks", "hidden_rows", "low", message, page=page))
    return found


def _drawn_problems(page: int, name: str, over: Drawn) -> list[Problem]:
    """What is drawn over a sheet's cells and not read."""
    found = []
    if over.worded:
        message = (
            f"Trang tính “{name}” có {over.worded} hộp chữ, chữ trong đó không được đọc; "
            "hãy xem có nhiệm vụ trong đó không."
        )
        found.append(Problem("blocks", "text_box_not_read", "medium", message, page=page))
    if over.pictures:
        message = (
            f"Trang tính “{name}” có {over.pictures} ảnh lớn, chữ trong ảnh không được đọc; "
            "hãy xem có nhiệm vụ trong đó không."
        )
        found.append(Problem("blocks", "picture_not_read", "medium", message, page=page))
    return found
