"""Tasks and days in the words of an office.

In: rows of `tracker.queries`. Out: the cells and lines that commands print.

Example: a task due on 20/11/2026, seen on 21/11/2026: "20/11/2026", "trễ 1 ngày", "quá hạn".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import schedule
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.rows import TaskRow, UnitRef

REVIEW_NAMES = {"pending": "chưa duyệt", "accepted": "đã duyệt", "rejected": "đã loại"}
FIELDS = {
    "text": "việc",
    "title": "việc",
    "lead": "chủ trì",
    "support": "phối hợp",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "section": "mục",
    "status": "tình trạng",
}

TASK_COLUMNS = (
    Column("ID", right=True),
    Column("Việc", weight=5, lines=4),
    Column("Chủ trì", weight=3),
    Column("Hạn"),
    Column("Còn lại", widest=8),
    Column("Tình trạng", widest=11),
)


def day(value: date | None) -> str:
    """A day as offices write it; "—" for none."""
    return f"{value:%d/%m/%Y}" if value else "—"


def days_left(row: TaskRow, today: date) -> str:
    """ "hôm nay", "9 ngày", "trễ 3 ngày"; empty where there is nothing to count."""
    if row.standing.days_late:
        return f"trễ {row.standing.days_late} ngày"
    if row.current_due is None or row.status not in OPEN:
        return ""
    left = (row.current_due - today).days
    return "hôm nay" if left == 0 else f"{left} ngày"


def state(row: TaskRow) -> str:
    """The standing, and what else a reader of a list must know: unreviewed, missed occurrences."""
    words = [
        schedule.WORK_NAMES[row.status]
        if row.status in {"paused", "cancelled"}
        else schedule.SCHEDULE_NAMES[row.standing.schedule]
    ]
    if row.standing.missed:
        words.append(f"đã lỡ {row.standing.missed} kỳ trước")
    if row.review != "accepted":
        words.append(REVIEW_NAMES[row.review])
    return ", ".join(words)


def units(found: Sequence[UnitRef]) -> str:
    """The names of units as the document writes them; "—" for none."""
    return ", ".join(unit.text for unit in found) or "—"


def deadline(row: TaskRow) -> str:
    """The day that counts; where there is none, the words of the deadline."""
    return day(row.current_due) if row.current_due else "không hạn"


def task_lines(rows: Sequence[TaskRow], today: date) -> list[str]:
    """Tasks as a table that fits the terminal."""
    lines = [
        Line(
            (str(row.id), row.title, units(row.lead), deadline(row), days_left(row, today), state(row)),
            schedule.colour(row.status, row.standing.schedule),
        )
        for row in rows
    ]
    return table(TASK_COLUMNS, lines, terminal_width())


def reasons(named: Sequence[str], late_at_intake: bool) -> str:
    """Why a task waits or is in doubt, as the end of a line: ", đã quá hạn khi nạp, …"."""
    late = ["đã quá hạn khi nạp"] if late_at_intake else []
    return "".join(f", {reason}" for reason in (*late, *named))
