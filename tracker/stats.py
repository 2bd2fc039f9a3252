"""Counts in the columns of the official report, by unit, by document, by month.

In: the filters of the lists and the day that counts as today. Out: one line a group and one for all, with percentages.

    Tổng số | Chưa hoàn thành: trong hạn, quá hạn | Đã hoàn thành: đúng hạn, quá hạn | Bị hủy | Ghi chú

Each task counts once, a recurring one by the occurrence that lists show; a task with two leading units counts with
each of them, and once in the line for all. Work without a day is in time; how much of it there is, the notes say.

Example: Sở Nội vụ | 12 | 5 | 2 | 4 | 1 | 0 | "1 việc không có hạn, 2 việc chưa duyệt".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tracker import queries
from tracker.errors import WrongUsageError
from tracker.unit_names import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from extractor.periods import Period
    from tracker.queries import Filters
    from tracker.rows import Clock, TaskRow

Grouping = Literal["unit", "doc", "month"]
NO_LEAD, NO_DAY = "chưa rõ đơn vị", "không có hạn"


class Counts(NamedTuple):
    """One line of the report.

    Attributes:
        name: of the unit, document or month.
        open_in_time, open_late: not done yet; paused work and work without a day is in time.
        done_in_time, done_late: done; done work without a day is in time.
        cancelled: called off.
        without_day, paused, unreviewed: for the notes; of those counted above.
    """

    name: str
    open_in_time: int = 0
    open_late: int = 0
    done_in_time: int = 0
    done_late: int = 0
    cancelled: int = 0
    without_day: int = 0
    paused: int = 0
    unreviewed: int = 0

    @property
    def total(self) -> int:
        """All tasks."""
        return self.open_in_time + self.open_late + self.done_in_time + self.done_late + self.cancelled

    @property
    def done_share(self) -> float | None:
        """Share of done work in all that was not called off, 0 to 1; None where there is none."""
        counted = self.total - self.cancelled
        return (self.done_in_time + self.done_late) / counted if counted else None

    @property
    def late_share(self) -> float | None:
        """Share of late work, done or not, in all that was not called off, 0 to 1; None where there is none."""
        counted = self.total - self.cancelled
        return (self.open_late + self.done_late) / counted if counted else None

    @property
    def notes(self) -> str:
        """What the columns do not tell."""
        told = (
            (self.without_day, "việc không có hạn"),
            (self.paused, "việc tạm dừng"),
            (self.unreviewed, "việc chưa duyệt"),
        )
        return ", ".join(f"{count} {words}" for count, words in told if count)


class Report(NamedTuple):
    """The lines of the report, and the line for all, in which each task counts once."""

    lines: tuple[Counts, ...]
    total: Counts


def report(
    connection: Connection, filters: Filters, by: Grouping, clock: Clock, period: Period | None = None
) -> Report:
    """Counts the tasks that *filters* mean (with a day in *period*, if given)."""
    return tally(queries.each(connection, filters, clock, period), by)


def tally(found: Iterable[TaskRow], by: Grouping) -> Report:
    """Counts *found*, each task as it comes: a million of them are never held at once."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    total: Counter[str] = Counter()
    counted: set[int] = set()
    for row in found:
        columns = _columns(row)
        for key, name in _GROUPS[by](row):
            names.setdefault(key, name)
            groups[key].update(columns)
        if row.id not in counted:
            counted.add(row.id)
            total.update(columns)
    lines = tuple(Counts(names[key], **groups[key]) for key in sorted(groups))
    return Report(lines, Counts("Tổng cộng", **total))


def _by_unit(row: TaskRow) -> Iterable[tuple[str, str]]:
    names = [unit.successor or unit.name for unit in row.lead]  # who has the work of a unit that is no more
    leads = {plain(name): name for name in names}
    return leads.items() if leads else [("~", NO_LEAD)]


def _by_document(row: TaskRow) -> Iterable[tuple[str, str]]:
    paper = row.document
    return [(f"{paper.date}{paper.id:09d}", paper.number or paper.doc_id)]


def _by_month(row: TaskRow) -> Iterable[tuple[str, str]]:
    day = row.current_due
    return [(f"{day:%Y-%m}", f"{day:%m/%Y}")] if day else [("~", NO_DAY)]


_GROUPS: dict[Grouping, Callable[[TaskRow], Iterable[tuple[str, str]]]] = {
    "unit": _by_unit,
    "doc": _by_document,
    "month": _by_month,
}
_WORDS: dict[str, Grouping] = {
    "unit": "unit", "don vi": "unit", "doc": "doc", "van ban": "doc", "month": "month", "thang": "month",
}  # fmt: skip


def grouping(word: str) -> Grouping:
    """What a person groups by, in English or Vietnamese, without marks.

    Raises:
        WrongUsageError: none.
    """
    found = _WORDS.get(plain(word))
    if found is None:
        raise WrongUsageError(f"không thống kê được theo “{word}”", "dùng: unit, doc, month")
    return found


def _columns(row: TaskRow) -> list[str]:
    """The columns that a task counts in."""
    also = {
        "without_day": row.current_due is None and row.status != "cancelled",
        "paused": row.status == "paused",
        "unreviewed": row.review == "pending",
    }
    return [_column(row), *(name for name, holds in also.items() if holds)]


def _column(row: TaskRow) -> str:
    if row.status == "cancelled":
        return "cancelled"
    if row.status == "done":
        return "done_late" if row.standing.schedule == "done_late" else "done_in_time"
    return "open_late" if row.standing.schedule == "overdue" else "open_in_time"


def to_json(line: Counts) -> dict[str, Any]:
    """A line as JSON; shares from 0 to 1."""
    return {
        **line._asdict(), "total": line.total, "done_share": line.done_share, "late_share": line.late_share,
        "notes": line.notes,
    }  # fmt: skip
