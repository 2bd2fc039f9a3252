"""How far a task is against its day: the two axes of status, the days of recurring tasks, the day that counts now.

In: a task's work status, its days and today. Out: `Standing`: the day meant, how many earlier ones were missed, in time
or late and by how much.

Example: "báo cáo trước ngày 20 hằng tháng" (FREQ=MONTHLY;BYMONTHDAY=20) of a plan issued on 5 September 2026, with
September's report done: on 21 November its standing is day 20 November, one day late, one earlier one missed (October).

Work: todo chưa thực hiện · doing đang thực hiện · done hoàn thành · paused tạm dừng · cancelled hủy.
Schedule, computed: none không có hạn · in_time trong hạn · due_soon sắp đến hạn · overdue quá hạn · done_in_time hoàn
thành đúng hạn · done_late hoàn thành quá hạn (QĐ 42/2014/QĐ-TTg, QĐ 23/2018/QĐ-TTg).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.recurrence import Recurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.states import ScheduleStatus, WorkStatus

WORK_NAMES: dict[WorkStatus, str] = {
    "todo": "chưa thực hiện",
    "doing": "đang thực hiện",
    "done": "hoàn thành",
    "paused": "tạm dừng",
    "cancelled": "hủy",
}
SCHEDULE_NAMES: dict[ScheduleStatus, str] = {
    "none": "không có hạn",
    "in_time": "trong hạn",
    "due_soon": "sắp đến hạn",
    "overdue": "quá hạn",
    "done_in_time": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
}
COLOURS: dict[ScheduleStatus, str] = {
    "none": "black",
    "in_time": "black",
    "due_soon": "orange",
    "overdue": "red",
    "done_in_time": "blue",
    "done_late": "green",
}
"""Colours in use in offices; cancelled work is grey whatever its day."""


class Standing(NamedTuple):
    """Where a task stands today.

    Attributes:
        day: the day meant: the current due day, or the occurrence of a recurring task; None if there is none.
        schedule: the computed axis.
        days_late: 0 while in time; None without a day.
        missed: occurrences before `day` that passed undone.
    """

    day: date | None
    schedule: ScheduleStatus
    days_late: int | None
    missed: int = 0


def standing(
    work: WorkStatus, day: date | None, done_on: date | None, today: date, soon_days: int, missed: int = 0
) -> Standing:
    """Where work with one *day* stands; paused and cancelled work is neither in time nor late."""
    if day is None or work in {"paused", "cancelled"}:
        return Standing(day, "none", None if day is None else 0, missed)
    if work == "done":
        late = max(0, ((done_on or day) - day).days)
        return Standing(day, "done_late" if late else "done_in_time", late, missed)
    late = max(0, (today - day).days)
    if late:
        return Standing(day, "overdue", late, missed)
    soon = (day - today).days <= soon_days
    return Standing(day, "due_soon" if soon else "in_time", 0, missed)


def colour(work: WorkStatus, schedule: ScheduleStatus) -> str:
    """The colour that offices give such a task."""
    return "grey" if work == "cancelled" else COLOURS[schedule]


def current_due(due: date | None, extensions: Sequence[date]) -> date | None:
    """The day that counts now: of the newest of *extensions* (in the order in which they were given), else *due*."""
    return extensions[-1] if extensions else due


def counted_day(day: date | None, day_before: bool, qualifier: str | None) -> date | None:
    """The last day on which the work is in time.

    "Trước ngày 30/11" is 29/11 by the letter, and 30/11 in the tables of most offices: *day_before* says which.
    """
    return day - timedelta(days=1) if day is not None and day_before and qualifier == "before" else day


def recurrence(rrule: str, start: date | None, due: date | None, issued: date | None, taken_in: date) -> Recurrence:
    """The days of a recurring task: from its issue date on, and within the span that it names.

    Args:
        rrule: the rule as the document gives it.
        start, due: the span ("hằng năm, giai đoạn 2021-2025"), each None where open.
        issued: the day the document was signed; where it is unknown, the day it was taken in stands for it.
        taken_in: the office's day of intake.
    """
    known = [day for day in (start, issued) if day is not None]
    return Recurrence(rrule, max(known, default=taken_in), due)


class Outlook:
    """What a rule's days come to around today and in a period: found once for the thousands of tasks that share it."""

    __slots__ = ("_begin", "_dates", "_end", "_passed")

    def __init__(self, dates: Sequence[date], span: tuple[date, date], today: date) -> None:
        """For a rule's *dates*, up to today and the end of *span* at least (`Recurrence.shared`)."""
        self._dates = dates
        self._begin, self._end = bisect_left(dates, span[0]), bisect_right(dates, span[1])
        self._passed = bisect_left(dates, today)

    def bounds(self, days: Recurrence) -> tuple[int, int]:
        """From where to where among the rule's days those of one task stand."""
        low = bisect_left(self._dates, days.first)
        if days.until is None:
            return low, len(self._dates)
        return low, bisect_right(self._dates, days.until, low)

    def missed_last(self, bounds: tuple[int, int], settled: frozenset[date]) -> date | None:
        """The last day before today if it is open: what is late now; None where it was done, or there was none."""
        low, high = bounds
        passed = self._passed if self._passed < high else high
        return self._dates[passed - 1] if passed > low and self._dates[passed - 1] not in settled else None

    def open_in(self, bounds: tuple[int, int], settled: frozenset[date]) -> list[tuple[date, int]]:
        """The open days to show for the period, one each, with the count of missed ones before it.

        Of those that have passed, only the last one in the period is shown, and counts the others: a weekly task asked
        for a month ago is one late row, not five. Those from today on are shown each.
        """
        dates, (low, high) = self._dates, bounds
        if self._end <= low or self._begin >= high:
            return []
        end = min(self._end, high)
        begin = max(self._begin, low)
        passed = min(max(self._passed, begin), end)
        shown = [(day, 0) for day in dates[passed:end] if day not in settled]
        for at in range(passed - 1, begin - 1, -1):
            if dates[at] not in settled:
                return [(dates[at], _open_count(dates, low, at, settled)), *shown]
        return shown


def outlooks(span: tuple[date, date], today: date) -> Callable[[Recurrence], Outlook]:
    """The outlook of each task that recurs, for a period and today; tasks whose days are the same have one."""
    found: dict[tuple[str, date], Outlook] = {}
    last = max(span[1], today)

    def outlook(days: Recurrence) -> Outlook:
        shared = days.shared
        if shared not in found:
            found[shared] = Outlook(days.expanded(last), span, today)
        return found[shared]

    return outlook


def next_open(days: Recurrence, settled: frozenset[date], today: date) -> tuple[date | None, int]:
    """The one occurrence that a list shows, and how many before it were missed: recurring tasks never pile up.

    The last one before today if it is open (it is late), else the first open one from today on. None where the rule has
    ended and all that is left is settled.
    """
    dates, low, high = days.through(today)
    passed = bisect_left(dates, today, low, high)
    if passed > low and dates[passed - 1] not in settled:
        return dates[passed - 1], _open_count(dates, low, passed - 1, settled)
    return days.first_open_from(today, settled), _open_count(dates, low, passed, settled)


def _open_count(dates: Sequence[date], low: int, high: int, settled: frozenset[date]) -> int:
    """How many of the days at *low* to *high* (not included) are open."""
    return high - low - (len(settled.intersection(dates[low:high])) if settled else 0)
