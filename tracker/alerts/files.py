"""What goes with a unit's digest when a setting asks: its days as a calendar, its tasks as a sheet.

In: a `Digest`. Out: `File`s. The calendar holds the days to come as events (tasks of the VTODO kind are invisible in
Outlook and Google), each under a name that stays the same, so that a day that moved moves in the calendar too. In the
sheet whatever begins with = + - @ is text and no formula.

Example: `[alerts] attach = ["ics", "xlsx"]` → "viec-2026-11-23.ics" with "Hạn: Báo cáo kết quả rà soát" on 27/11/2026
and an alarm on the working morning before; "viec-2026-11-23.xlsx".
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tracker.alerts.digest import URGENCY_NAMES, Digest, File, Item
from tracker.alerts.message import one_line
from tracker.alerts.wording import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.settings import Settings

_CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINE = 75
_ALARM = "-PT16H"
"""From midnight of the day back to 8 o'clock of the day before."""
_ROLES = {"lead": "Chủ trì", "support": "Phối hợp", None: ""}
_COLUMNS = (
    ("Mã việc", 9), ("Nội dung", 70), ("Vai trò", 10), ("Thời hạn", 12), ("Tình trạng", 22), ("Số ngày", 9),
    ("Sản phẩm", 24), ("Văn bản", 20), ("Ngày văn bản", 13), ("Cơ quan ban hành", 30), ("Chủ trì", 30),
    ("Phối hợp", 30), ("Hạn ghi trong văn bản", 28), ("Đã đôn đốc (lần)", 10),
)  # fmt: skip
_EPOCH = date(2020, 1, 1)


def files_of(digest: Digest, settings: Settings, origin: str) -> tuple[File, ...]:
    """The files that the settings ask for; none is empty.

    Args:
        origin: the name of the database, so that two of one office never mean the same event.
    """
    made = []
    for kind in settings.alerts.attach:
        stem = f"viec-{digest.day.isoformat()}"
        if kind == "ics" and any(_is_to_come(item) for item in digest.items):
            made.append(File(f"{stem}.ics", _CALENDAR, calendar(digest, origin)))
        if kind == "xlsx" and digest.items:
            made.append(File(f"{stem}.xlsx", _SHEET, sheet(digest)))
    return tuple(made)


def _is_to_come(item: Item) -> bool:
    return item.day is not None and item.urgency != "overdue"


def calendar(digest: Digest, origin: str) -> bytes:
    """The days to come as iCalendar (RFC 5545): whole days with an alarm."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nhắc Việc//VI", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"]
    for item in digest.items:
        if _is_to_come(item):
            lines += _event(item, digest.day, origin)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(item: Item, today: date, origin: str) -> Iterator[str]:
    if item.day is None:
        raise AssertionError("what waits for an event has no day")
    stamp = datetime.combine(today, time(), UTC)
    source = " ".join(filter(None, (item.kind or "Văn bản", item.number or "")))
    product = [f"Sản phẩm: {item.product}"] if item.product else []
    words = "\n".join([one_line(item.quote or item.title), source, *product, f"Mã việc: #{item.task_id}"])
    occurrence = f"-{item.day:%Y%m%d}" if item.recurring else ""
    yield "BEGIN:VEVENT"
    yield f"UID:viec-{item.task_id}{occurrence}@{origin}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{(today - _EPOCH).days}"  # later mails count more: an extension moves the event
    yield f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'Hạn: {one_line(item.title)}')}"
    yield f"DESCRIPTION:{_escaped(words)}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(f'Mai đến hạn: {one_line(item.title)}')}"
    yield f"TRIGGER:{_ALARM}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line in pieces of at most 75 bytes, no letter cut in two."""
    pieces, room = [b""], _LINE
    for letter in line:
        encoded = letter.encode()
        if len(pieces[-1]) + len(encoded) > room:
            pieces.append(b"")
            room = _LINE - 1  # the space that marks a continued line
        pieces[-1] += encoded
    return b"\r\n ".join(pieces) + b"\r\n"


def sheet(digest: Digest) -> bytes:
    """The tasks as an Excel sheet: real dates, a heading that stays, filters."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = "Việc được giao"
    page.append([heading for heading, _ in _COLUMNS])
    for at, (_, width) in enumerate(_COLUMNS, 1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(1, at).font = Font(bold=True)
    for row, item in enumerate(digest.items, 2):
        for at, value in enumerate(_cells(item), 1):
            _fill(page.cell(row, at), value)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cells(item: Item) -> Iterable[str | int | date | None]:
    return (
        item.task_id, one_line(item.quote or item.title), _ROLES[item.role], item.day,
        capitalised(URGENCY_NAMES[item.urgency]), item.days if item.day else None, one_line(item.product or ""),
        one_line(item.number or ""), item.issued, one_line(item.issuer or ""), one_line("; ".join(item.lead)),
        one_line("; ".join(item.support)), one_line(item.deadline_text or ""), item.urged,
    )  # fmt: skip


def _fill(cell: Any, value: str | int | date | None) -> None:  # noqa: ANN401 - openpyxl has no types
    """Writes a value; text stays text, though it begins like a formula ("- Rà soát", "=HYPERLINK(…)")."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
