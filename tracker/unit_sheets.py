"""Spreadsheets of units: .xlsx or .csv as offices keep them → rows for the registry.

In: a file with a heading row that names a column of names and others of what is known of them, anywhere in its first
rows (office sheets have titles above). Out: `UnitRow`s and `Details` with their line numbers, or one line that says
what is wrong; nothing else.

Example: "TT | Tên đơn vị | Thư điện tử" and below "1 | Sở Nội vụ | snv@example.vn; vanthu.snv@example.vn".
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from extractor.text import fold
from tracker.errors import RefusedError, WrongUsageError
from tracker.period_words import parse_day
from tracker.unit_details import Details
from tracker.units import UnitRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

_NAME = ("ten don vi", "don vi", "ten co quan", "co quan", "ten", "name", "unit")
_EMAIL = ("email", "e-mail", "thu dien tu", "dia chi thu", "dia chi email", "dia chi thu dien tu", "hop thu", "mail")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "emails": _EMAIL,
    "short": ("ten viet tat", "viet tat", "ten khac", "short", "short name"),
    "head": ("email thu truong", "thu thu truong", "email lanh dao", "thu lanh dao", "head"),
    "code": ("ma", "ma don vi", "ma dinh danh", "code"),
    "level": ("cap", "cap don vi", "level"),
    "parent": ("don vi cap tren", "cap tren", "truc thuoc", "parent"),
    "valid_from": ("tu ngay", "hieu luc tu", "ngay thanh lap", "valid from"),
    "valid_to": ("den ngay", "hieu luc den", "ngay giai the", "valid to"),
    "successor": ("don vi ke thua", "ke thua", "tiep nhan", "nay la", "successor"),
    "members": ("thanh vien", "gom", "members"),
}
_HEADING_WITHIN = 15
_LONGEST_CELL = 10_000_000


def read(file: Path) -> list[tuple[UnitRow, Details]]:
    """The units of a spreadsheet.

    Raises:
        RefusedError: the file cannot be read, or has no such columns, or no units, or a row names no unit.
    """
    lines = _cells(file)
    for at, line in enumerate(lines[:_HEADING_WITHIN]):
        headings = [fold(cell).strip(" :*") for cell in line]
        name = _column(headings, _NAME)
        columns = {field: found for field, known in _COLUMNS.items() if (found := _column(headings, known)) is not None}
        if name is not None and columns:
            below = enumerate(lines[at + 1 :], at + 2)
            rows = [row for number, cells in below if (row := _unit(file, number, cells, (name, columns))) is not None]
            if not rows:
                raise RefusedError(f"{file}: dưới dòng tiêu đề không có đơn vị nào", "mỗi đơn vị ghi một dòng")
            return rows
    raise RefusedError(f"{file}: không thấy cột tên và cột email", "đặt tiêu đề hai cột là “tên” và “email”")


def _column(headings: Sequence[str], known: Sequence[str]) -> int | None:
    for name in known:
        if name in headings:
            return headings.index(name)
    return None


def _unit(
    file: Path, number: int, line: Sequence[str], places: tuple[int, dict[str, int]]
) -> tuple[UnitRow, Details] | None:
    """One row under the heading; None where nothing of a unit stands in it."""
    name, columns = places
    cells = {field: line[at].strip() if at < len(line) else "" for field, at in columns.items()}
    called = line[name].strip() if name < len(line) else ""
    if not called and not any(cells.values()):
        return None
    if not called:
        raise RefusedError(f"{file}, dòng {number}: không có tên đơn vị", "ghi tên đơn vị, hoặc xóa dòng ấy")

    def text(field: str) -> str | None:
        return cells.get(field) or None

    emails = _split(cells.get("emails", ""), r"[;,\s]+") or None  # an empty cell takes nothing away
    days = [_day(file, number, cells.get(field, "")) for field in ("valid_from", "valid_to")]
    details = Details(
        text("code"), text("level"), text("parent"), days[0], days[1], text("successor"),
        _split(cells.get("members", ""), ";"), where=f"dòng {number}: ",
    )  # fmt: skip
    return UnitRow(called, emails, _split(cells.get("short", "")), number, text("head")), details


def _day(file: Path, number: int, cell: str) -> date | None:
    """A day as a person or Excel writes it."""
    written = cell.removesuffix(" 00:00:00")
    try:
        return parse_day(written) if written else None
    except WrongUsageError as error:
        raise RefusedError(f"{file}, dòng {number}: {error.what}", error.todo) from error


def _split(cell: str, by: str = r"[;,]") -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(by, cell) if part.strip())


def _cells(file: Path) -> list[list[str]]:
    try:
        if file.suffix.lower() == ".xlsx":
            return _from_excel(file)
        if file.suffix.lower() == ".csv":
            return _from_csv(file)
    except OSError as error:
        raise RefusedError(f"{file}: không đọc được ({error.strerror})", "kiểm tra đường dẫn và quyền đọc") from error
    raise RefusedError(f"{file}: không phải tệp .xlsx hay .csv", "lưu bảng ở dạng Excel (.xlsx) hoặc CSV UTF-8")


def _from_excel(file: Path) -> list[list[str]]:
    import openpyxl

    def text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
        return "" if value is None else str(value)

    try:
        with file.open("rb") as opened:
            book = openpyxl.load_workbook(opened, read_only=True, data_only=True)
            return [[text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, EOFError, SyntaxError, zlib.error) as error:
        raise RefusedError(f"{file}: tệp Excel hỏng", "mở bằng Excel rồi lưu lại") from error


def _from_csv(file: Path) -> list[list[str]]:
    data = file.read_bytes()
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(f"{file}: tệp CSV không phải UTF-8", "trong Excel lưu dạng “CSV UTF-8”") from error
    first = content.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return [list(row) for row in csv.reader(io.StringIO(content), delimiter=delimiter)]
    except csv.Error as error:
        raise RefusedError(f"{file}: tệp CSV hỏng", "kiểm tra dấu nháy, hoặc lưu lại bằng Excel") from error
