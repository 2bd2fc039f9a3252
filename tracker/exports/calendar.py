"""A calendar (RFC 5545) of the days that wait: Outlook, Google and telephones show it, and remind.

In: a `Selection`. Out: one all-day VEVENT a task with a day that is not done (VTODO would be invisible in Outlook and
Google), its alarms in the morning some days before, recurring ones with their rule; days that were dealt with are left
out. UIDs stay the same from one export to the next, so that a calendar replaces what it has.

Example: UID:task-7-215-kh-ubnd@nhacviec, DTSTART;VALUE=DATE:20261130, RRULE:FREQ=MONTHLY;BYMONTHDAY=20.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from extractor.text import fold
from tracker.exports import wording
from tracker.recurrence import explicit
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tracker.exports.selection import Entry, Selection
    from tracker.rows import TaskRow

_MORNING = 8  # o'clock


def write(selection: Selection, file: Path) -> None:
    """Writes the calendar."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"{_folded(line)}\r\n" for line in _lines(selection))


def _lines(selection: Selection) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nhacviec//Nhac Viec//VI", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", "X-WR-CALNAME:Nhắc Việc")
    for entry in _once(selection):
        yield from _event(entry, selection)
    yield "END:VCALENDAR"


def _once(selection: Selection) -> Iterator[Entry]:
    """Each task that has a day and is not done, once: lists have a row an occurrence."""
    seen = set()
    for entry in selection.entries():
        row = entry.row
        if row.id not in seen and row.status in OPEN and row.current_due is not None:
            seen.add(row.id)
            yield entry


def _event(entry: Entry, selection: Selection) -> Iterator[str]:
    row, days = entry.row, entry.days
    start = row.current_due
    rule: list[str] = []
    if days is not None:
        coming = days.first_open_from(days.first, ())
        start = coming or start
        rule = _rule(row, days.until, entry.settled)
    if start is None:
        return
    slug = re.sub(r"[^a-z0-9]+", "-", fold(row.document.number or row.document.doc_id)).strip("-")
    yield "BEGIN:VEVENT"
    yield f"UID:task-{row.id}-{slug}@nhacviec"
    yield f"DTSTAMP:{datetime.combine(selection.today, time(), UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"
    yield from rule
    before = f"{row.deadline_time} " if row.deadline_time else ""
    yield f"SUMMARY:{_escaped(f'Hạn: {before}{row.title}')}"
    yield f"DESCRIPTION:{_escaped(_description(row))}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    for count in selection.days_before:
        yield from _alarm(row, count)
    yield "END:VEVENT"


def _rule(row: TaskRow, until: date | None, settled: frozenset[date]) -> list[str]:
    parts = explicit(row.deadline_rrule or "")
    if until is not None and "COUNT" not in parts:
        parts["UNTIL"] = f"{until:%Y%m%d}"
    lines = ["RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())]
    return lines + [f"EXDATE;VALUE=DATE:{day:%Y%m%d}" for day in sorted(settled)]


def _description(row: TaskRow) -> str:
    return "\n".join(filter(None, (
        row.text,
        f"Chủ trì: {wording.names(row.lead) or 'chưa rõ'}",
        f"Phối hợp: {wording.names(row.support)}" if row.support else "",
        f"Thời hạn: {wording.deadline(row)}",
        f"Sản phẩm: {row.product}" if row.product else "",
        wording.document(row),
        f"Nhiệm vụ số {row.id}",
    )))  # fmt: skip


def _alarm(row: TaskRow, days: int) -> Iterator[str]:
    """A reminder in the morning, *days* days before the day (which begins at midnight)."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(row.title)}"
    yield f"TRIGGER:-P{days - 1}DT{24 - _MORNING}H" if days else f"TRIGGER:PT{_MORNING}H"
    yield "END:VALARM"


def _escaped(text: str) -> str:
    safe = wording.plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|\r|\n", r"\\n", safe)


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, cut between characters."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > 74:
            parts.append("")
            size = 0
        parts[-1] += character
        size += width
    return "\r\n ".join(parts)
