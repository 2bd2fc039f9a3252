"""Spreadsheets of units: .xlsx or .csv as offices keep them → rows for the registry.

In: a file with a heading row that names a column of names and one of addresses, anywhere in its first rows (office
sheets have titles above). Out: `UnitRow`s with their line numbers, or one line that says what is wrong; nothing else.

Example: "TT | Tên đơn vị | Thư điện tử" and below "1 | Sở Nội vụ | snv@example.vn; vanthu.snv@example.vn".
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from extractor.text import fold
from tracker.errors import RefusedError
from tracker.units import UnitRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = ("ten don vi", "don vi", "ten co quan", "co quan", "ten", "name", "unit")
_EMAIL = ("email", "e-mail", "thu dien tu", "dia chi thu", "dia chi email", "dia chi thu dien tu", "hop thu", "mail")
_SHORT = ("ten viet tat", "viet tat", "ten khac", "short", "short name")
_HEAD = ("email thu truong", "thu thu truong", "email lanh dao", "thu lanh dao", "head")
_HEADING_WITHIN = 15


def read(file: Path) -> list[UnitRow]:
    """The units of a spreadsheet; rows without a name are passed over.

    Raises:
        RefusedError: the file cannot be read, or has no such columns, or no units.
    """
    lines = _cells(file)
    for at, line in enumerate(lines[:_HEADING_WITHIN]):
        headings = [fold(cell).strip(" :*") for cell in line]
        name, email = _column(headings, _NAME), _column(headings, _EMAIL)
        if name is not None and email is not None:
            rows = _units(lines, at, (name, email, _column(headings, _SHORT), _column(headings, _HEAD)))
            if not rows:
                raise RefusedError(f"{file}: dưới dòng tiêu đề không có đơn vị nào", "mỗi đơn vị ghi một dòng")
            return rows
    raise RefusedError(f"{file}: không thấy cột tên và cột email", "đặt tiêu đề hai cột là “tên” và “email”")


def _column(headings: Sequence[str], known: Sequence[str]) -> int | None:
    for name in known:
        if name in headings:
            return headings.index(name)
    return None


def _units(
    lines: Sequence[Sequence[str]], heading: int, columns: tuple[int, int, int | None, int | None]
) -> list[UnitRow]:
    """The rows under the *heading*, by their *columns*: name, addresses, short names, the head's address."""
    name, email, short, head = columns
    rows = []
    for at, line in enumerate(lines[heading + 1 :], heading + 2):
        padded = [*line, *[""] * (max(name, email, short or 0, head or 0) + 1 - len(line))]
        if padded[name].strip():
            shorts = _split(padded[short]) if short is not None else ()
            of_head = padded[head].strip() or None if head is not None else None
            rows.append(UnitRow(padded[name].strip(), _split(padded[email], r"[;,\s]+"), shorts, at, of_head))
    return rows


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
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, EOFError) as error:
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
    return [list(row) for row in csv.reader(io.StringIO(content), delimiter=delimiter)]
