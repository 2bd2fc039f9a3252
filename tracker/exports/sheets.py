"""Excel: the list of tasks, the official report, and the register "Sổ theo dõi giải quyết văn bản đến".

In: a `Selection`. Out: a workbook with real dates, filters, headings that stay in view, and the offices' colours.

    Nhiệm vụ      TT | Nhiệm vụ | Văn bản | Chủ trì | Phối hợp | Thời hạn | Hạn hiện nay | Tình trạng | Sản phẩm | …
    Báo cáo       Tổng số | Chưa hoàn thành (Trong hạn, Quá hạn) | Đã hoàn thành (Đúng hạn, Quá hạn) | Bị hủy | Ghi chú
    Sổ theo dõi   Số đến | Tên loại, số, ký hiệu … | Đơn vị hoặc người nhận | Thời hạn | Tiến độ | Văn bản trả lời | …

Example: a late task is a red row, its day a date that Excel sorts and filters.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from tracker import schedule
from tracker.errors import RefusedError
from tracker.exports import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tracker.exports.selection import Entry, Selection
    from tracker.stats import Counts

    Heads = Sequence[tuple[str, int]]

_FULL = 32_767  # characters that a cell of Excel holds
_LONGEST = 1_048_576 - 2  # rows that a sheet holds, below the title and the heading
_FACE = "Times New Roman"
_COLOURS = {
    "red": "C00000",
    "orange": "C55A11",
    "blue": "1F4E9E",
    "green": "2E7D32",
    "grey": "7F7F7F",
    "black": "000000",
}
_EDGE = Side(style="thin", color="999999")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", fgColor="DDE6F0")
_TASKS = (
    ("TT", 6), ("ID", 7), ("Nhiệm vụ", 60), ("Văn bản giao", 34), ("Chủ trì", 26), ("Phối hợp", 26),
    ("Thời hạn ghi trong văn bản", 24), ("Hạn đầu", 12), ("Hạn hiện nay", 12), ("Số ngày trễ", 8), ("Tình trạng", 20),
    ("Ngày hoàn thành", 12), ("Văn bản trả lời", 16), ("Sản phẩm", 22), ("Ghi chú", 18),
)  # fmt: skip
_REGISTER = (
    ("Số đến", 9), ("Ngày đến", 12), ("Tên loại, số, ký hiệu, ngày tháng và tác giả văn bản", 44),
    ("Nội dung giải quyết", 50), ("Đơn vị hoặc người nhận", 28), ("Thời hạn giải quyết", 13),
    ("Tiến độ giải quyết", 22), ("Số, ký hiệu văn bản trả lời", 18), ("Ghi chú", 18),
)  # fmt: skip


def write(selection: Selection, file: Path) -> None:
    """Writes the workbook.

    Raises:
        RefusedError: there are more rows than a sheet of Excel holds.
    """
    if len(selection.rows) > _LONGEST:
        raise RefusedError(
            f"{len(selection.rows)} việc nhiều hơn một trang Excel chứa được", "thu hẹp bằng --due, hoặc xuất ra .csv"
        )
    book = Workbook(write_only=True)
    title = f"DANH SÁCH NHIỆM VỤ (đến ngày {wording.day(selection.today)})"
    _table(_sheet(book, "Nhiệm vụ", title, _TASKS, selection), _TASKS, _task, selection)
    _report(book, selection)
    register = _sheet(book, "Sổ theo dõi", "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", _REGISTER, selection)
    _table(register, _REGISTER, _entry, selection)
    book.save(file)


def _sheet(book: Workbook, name: str, title: str, heads: Heads, selection: Selection) -> Any:  # noqa: ANN401
    """A sheet with a title, and a heading row that stays in view and filters."""
    sheet = book.create_sheet(name)
    for at, (_, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A3"
    last = get_column_letter(len(heads))
    sheet.auto_filter.ref = f"A2:{last}{len(selection.rows) + 2}"
    _on_paper(sheet, "2:2")
    sheet.append([_cell(sheet, title, _TITLE)])
    sheet.row_dimensions[2].height = _height([head for head, _ in heads], [width for _, width in heads])
    sheet.append([_cell(sheet, head, _HEADING) for head, _ in heads])
    return sheet


def _table(sheet: Any, heads: Heads, line_of: Callable[[int, Entry], list[Any]], selection: Selection) -> None:  # noqa: ANN401
    """One line a task, in its colour."""
    widths = [width for _, width in heads]
    for at, entry in enumerate(selection.entries(), 1):
        line, row = line_of(at, entry), entry.row
        sheet.row_dimensions[at + 2].height = _height(line, widths)
        colour = _COLOURS[schedule.colour(row.status, row.standing.schedule)]
        sheet.append([_cell(sheet, value, Look(colour=colour)) for value in line])
        del sheet.row_dimensions[at + 2]  # written with its row; a million of them would stay in memory


def _height(line: Sequence[Any], widths: Sequence[int]) -> float:
    """How many points a row needs for its longest cell: a file that says nothing is shown with rows of one line."""
    needed = (  # a width counts digits; letters of this face are narrower
        sum(-(-max(len(part), 1) // max(int(1.15 * width) - 1, 1)) for part in str(value or "").split("\n"))
        for value, width in zip(line, widths, strict=True)
    )
    return min(15.5 * max(needed, default=1), 409)  # no row of Excel is higher


def _on_paper(sheet: Any, repeated: str) -> None:  # noqa: ANN401 - openpyxl ships no types
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = repeated


class Look(NamedTuple):
    """How a cell looks: weight, points, a coloured ground with centred text, edges, the colour of its letters."""

    bold: bool = False
    size: int = 11
    fill: bool = False
    boxed: bool = True
    colour: str = "000000"


_PLAIN, _TITLE, _LEGEND = Look(), Look(bold=True, size=14, boxed=False), Look(boxed=False)
_HEADING, _TOTAL = Look(bold=True, fill=True), Look(bold=True)


def _cell(sheet: Any, value: Any, look: Look = _PLAIN) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """A cell; a text is a text, also where it begins like a formula."""
    cell = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
    cell.font = Font(name=_FACE, size=look.size, bold=look.bold, color=look.colour)
    middle = "center" if look.fill else None
    cell.alignment = Alignment(wrap_text=look.boxed, vertical=middle or "top", horizontal=middle)
    if isinstance(value, str):
        text = wording.plain(value)[:_FULL]
        cell._value, cell.data_type = text, "s"  # noqa: SLF001 - the setter would make "=1+1" a formula
        cell.quotePrefix = wording.is_formula(text)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if look.boxed:
        cell.border = _BORDER
    if look.fill:
        cell.fill = _HEAD
    return cell


def _task(at: int, entry: Entry) -> list[Any]:
    row = entry.row
    return [
        at, row.id, row.text, wording.document(row), wording.names(row.lead), wording.names(row.support),
        row.deadline_text or "", row.due, row.current_due, row.standing.days_late or None, wording.standing(row),
        row.done_on, row.reply_number or "", row.product or "", wording.remarks(row),
    ]  # fmt: skip


def _entry(_at: int, entry: Entry) -> list[Any]:
    row, paper = entry.row, entry.paper
    so_den: str | int = paper.so_den or ""
    if isinstance(so_den, str) and so_den.isdecimal() and len(so_den) < 10 and not so_den.startswith("0"):
        so_den = int(so_den)
    return [
        so_den, paper.received, wording.document(row), row.text, wording.names(row.lead),
        row.current_due or wording.deadline(row), wording.standing(row), row.reply_number or "", wording.remarks(row),
    ]  # fmt: skip


def _report(book: Workbook, selection: Selection) -> None:
    """The official report: a heading of two rows, a line a unit, a line for all (QĐ 42/2014/QĐ-TTg)."""
    sheet = book.create_sheet("Báo cáo")
    for letter, width in zip("ABCDEFGHIJK", (6, 44, 10, 11, 11, 11, 11, 10, 12, 12, 36), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:K{len(selection.report.lines) + 4}"
    _on_paper(sheet, "3:4")
    title = "BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO"
    sheet.append([_cell(sheet, title, _TITLE)])
    sheet.append([_cell(sheet, f"Số liệu đến ngày {wording.day(selection.today)}", _LEGEND)])
    for ends in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:H4", "I3:I4", "J3:J4", "K3:K4"):
        sheet.merged_cells.add(ends)
    first = ("TT", "Đơn vị", "Tổng số", "Chưa hoàn thành", "", "Đã hoàn thành", "", "Bị hủy",
             "Tỷ lệ hoàn thành", "Tỷ lệ quá hạn", "Ghi chú")  # fmt: skip
    second = ("", "", "", "Trong hạn", "Quá hạn", "Đúng hạn", "Quá hạn", "", "", "", "")
    sheet.row_dimensions[4].height = 32
    for heads in (first, second):
        sheet.append([_cell(sheet, head, _HEADING) for head in heads])
    for row, line in enumerate((*selection.report.lines, selection.report.total), 5):
        sheet.row_dimensions[row].height = _height([line.name, line.notes], (44, 36))
    for at, line in enumerate(selection.report.lines, 1):
        sheet.append(_counts(sheet, at, line))
    sheet.append(_counts(sheet, "", selection.report.total, _TOTAL))


def _counts(sheet: Any, at: int | str, line: Counts, look: Look = _PLAIN) -> list[Any]:  # noqa: ANN401
    cells = [
        _cell(sheet, value, look)
        for value in (
            at, line.name, line.total, line.open_in_time, line.open_late, line.done_in_time, line.done_late,
            line.cancelled, line.done_share, line.late_share, line.notes,
        )
    ]  # fmt: skip
    for cell in cells[8:10]:
        cell.number_format = "0.0%"
    return cells
