"""Which file is written how, and that it is written whole or not at all.

In: a `Selection` and a path whose suffix names the kind. Out: the files that were written.

Example: "quý 4.xlsx" is a workbook; "đôn đốc.docx" with letters asked for is "đôn đốc - Sở Nội vụ.docx" and so on.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tracker.errors import RefusedError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.exports.selection import Selection

SUFFIXES = (".xlsx", ".csv", ".json", ".ics", ".docx")


def check(file: Path) -> None:
    """Whether the suffix names a kind of file that can be written.

    Raises:
        WrongUsageError: it does not.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise WrongUsageError(f"không xuất được loại tệp “{file.suffix or file.name}”", f"dùng: {', '.join(SUFFIXES)}")


def write(selection: Selection, file: Path) -> list[Path]:
    """Writes *selection* in the way that the suffix of *file* names; the file written.

    Raises:
        WrongUsageError: no such kind.
        RefusedError: the file cannot be written.
    """
    check(file)
    _whole(file, lambda part: _WRITERS[file.suffix.lower()](selection, part))
    return [file]


def write_letters(selection: Selection, file: Path, unit: str | None = None) -> list[Path]:
    """Writes a letter to each late unit (that is named so), named after *file* and the unit; the files written.

    Raises:
        WrongUsageError: *file* is no .docx.
        RefusedError: nothing is late, or a file cannot be written.
    """
    from tracker.exports.letters import late_units, write_letter

    if file.suffix.lower() != ".docx":
        raise WrongUsageError("công văn đôn đốc chỉ xuất được ra .docx", "ghi tên tệp có đuôi .docx")
    late = late_units(selection, unit)
    if not late:
        raise RefusedError("không có đơn vị nào có việc quá hạn đã duyệt", "xem: nhacviec overdue")
    written = []
    for name, tasks in late.items():
        safe = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip(" .")[:80]
        target = file.with_name(f"{file.stem} - {safe}.docx")
        _whole(target, partial(write_letter, selection, name, tasks))
        written.append(target)
    return written


def _whole(file: Path, write_part: Callable[[Path], None]) -> None:
    """Writes beside *file* first, so that a full disk or a stop leaves the former one as it was."""
    part = file.with_name(f"{file.name}.part")
    try:
        write_part(part)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = error.strerror or "lỗi ghi tệp"
        raise RefusedError(f"{file}: không ghi được ({reason})", "đóng tệp nếu đang mở, hoặc chọn nơi khác") from error


def _xlsx(selection: Selection, file: Path) -> None:
    from tracker.exports.sheets import write as write_book

    write_book(selection, file)


def _csv(selection: Selection, file: Path) -> None:
    from tracker.exports.flat import write_csv

    write_csv(selection, file)


def _json(selection: Selection, file: Path) -> None:
    from tracker.exports.flat import write_json

    write_json(selection, file)


def _ics(selection: Selection, file: Path) -> None:
    from tracker.exports.calendar import write as write_calendar

    write_calendar(selection, file)


def _docx(selection: Selection, file: Path) -> None:
    from tracker.exports.word import write_report

    write_report(selection, file)


_WRITERS: dict[str, Callable[[Selection, Path], None]] = {
    ".xlsx": _xlsx, ".csv": _csv, ".json": _json, ".ics": _ics, ".docx": _docx,
}  # fmt: skip
