"""Which tasks may have to be told today: numbers and days only, in a stream, however many tasks there are.

In: a session, whose tasks (units of the registry, or a condition), the day's rhythm. Out: `Candidate`s, unit after
unit; `Sections`, which keeps of them the first hundred and counts the rest.

A unit's candidates are accepted, open tasks of active documents: late, due today, soon, later this month (recurring
ones only: "báo cáo định kỳ kỳ này"), or waiting for an event.

Example: "báo cáo trước ngày 20 hằng tháng", October's not done, seen on 23 November: ("overdue", 20/11, one missed);
with November's done on 18 November: nothing, because 20 December is another period.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from tracker import columns, schedule
from tracker.alerts.digest import AT_ALL, LEAST_NAMED, URGENCIES, Urgency, shares
from tracker.conditions import newest_extension
from tracker.queries import settled_days
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from sqlalchemy import Row, Select
    from sqlmodel import Session

    from tracker.alerts.heirs import Heirs
    from tracker.alerts.rhythm import Rhythm
    from tracker.states import ReviewState, Role

task, document, part = columns.task.c, columns.document.c, columns.task_unit.c
occurrence = columns.occurrence.c

_AT_ONCE = 2000
_NOBODY = 0


class Window(NamedTuple):
    """The days that matter today: today, the last one that is "soon", the last one of this month.

    `day_before`: "trước ngày D" ends on D-1 (a setting of the office).
    """

    today: date
    horizon: date
    month_end: date
    day_before: bool = False


class Candidate(NamedTuple):
    """A task that may have to be told, and why; `unit_id` is 0 and `role` None where no unit was asked for."""

    unit_id: int
    role: Role | None
    task_id: int
    urgency: Urgency
    day: date | None
    recurring: bool = False
    missed: int = 0


class Sections:
    """One recipient's candidates: how many each section has, and the first of them.

    In a section, what the unit leads comes before what it supports, and the longest late or the nearest first.
    """

    def __init__(self, wanted: Container[Urgency] = URGENCIES) -> None:
        """Keeps only the sections *wanted*."""
        self.totals: dict[Urgency, int] = {}
        self._wanted = wanted
        self._kept: defaultdict[Urgency, list[Candidate]] = defaultdict(list)

    def add(self, found: Candidate) -> None:
        """Takes one in; of a flood only those are kept that can be named."""
        if found.urgency not in self._wanted:
            return
        self.totals[found.urgency] = self.totals.get(found.urgency, 0) + 1
        kept = self._kept[found.urgency]
        kept.append(found)
        if len(kept) > 8 * AT_ALL:
            self._kept[found.urgency] = sorted(kept, key=_order)[:AT_ALL]

    def named(self) -> list[Candidate]:
        """Those that a mail names, in its order."""
        counts = [self.totals.get(urgency, 0) for urgency in URGENCIES]
        rooms = zip(URGENCIES, shares(counts, AT_ALL, LEAST_NAMED), strict=True)
        return [found for urgency, room in rooms for found in sorted(self._kept[urgency], key=_order)[:room]]


def _order(found: Candidate) -> tuple[bool, date, int]:
    return found.role == "support", found.day or date.max, found.task_id


def window(rhythm: Rhythm, day_before: bool) -> Window:
    """The days that matter on the day of *rhythm*."""
    return Window(rhythm.today, rhythm.horizon, rhythm.month_end, day_before)


def of_units(session: Session, unit_ids: Sequence[int], seen: Window, heirs: Heirs) -> Iterator[Candidate]:
    """What these units lead or support, also in the place of units that are no more; who leads and supports, leads.

    The database reads the open tasks once for all these units: the more of them, the less it takes for each.
    """
    family = heirs.family(unit_ids)
    yield from _judged(session, _of(sorted(set(unit_ids) - family), seen), seen)
    if not family:
        return
    wanted = frozenset(unit_ids)
    inherited: dict[tuple[int, int, Urgency, date | None], Candidate] = {}
    for one in _judged(session, _of(sorted(family), seen), seen):
        told = one._replace(unit_id=heirs.addressee(one.unit_id, max(one.day or seen.today, seen.today)))
        if told.unit_id in wanted:
            place = (told.unit_id, told.task_id, told.urgency, told.day)
            if told.role == "lead" or place not in inherited:
                inherited[place] = told
    yield from inherited.values()


def _of(unit_ids: Sequence[int], seen: Window) -> Select[Any]:
    source = columns.task.join(columns.document, document.id == task.document_id).join(
        columns.task_unit, part.task_id == task.id
    )
    asked = _asked(part.unit_id, part.role).select_from(source)
    asked = asked.where(*_open("accepted", seen), part.unit_id.in_(unit_ids))
    return asked.order_by(part.unit_id, task.id, part.role)


def of_all(
    session: Session, review: ReviewState, seen: Window, *conditions: ColumnElement[bool]
) -> Iterator[Candidate]:
    """All tasks in this state of review that meet the *conditions* on `columns.task`."""
    source = columns.task.join(columns.document, document.id == task.document_id)
    asked = _asked().select_from(source).where(*_open(review, seen), *conditions)
    yield from _judged(session, asked, seen)


def _asked(*more: ColumnElement[Any]) -> Select[Any]:
    return select(
        task.id,
        task.deadline_rrule,
        task.deadline_start,
        task.deadline_due,
        task.deadline_qualifier,
        newest_extension().label("extended_to"),
        document.date,
        document.taken_in,
        *more,
    )


def _open(review: ReviewState, seen: Window) -> list[ColumnElement[bool]]:
    """Conditions: open tasks whose day has come near, recurs, or waits for an event."""
    last = seen.horizon + timedelta(days=1)  # "trước ngày D" may end on D-1
    day = func.coalesce(newest_extension(), task.deadline_due, type_=task.deadline_due.type)
    waits = and_(task.deadline_kind == "relative", task.deadline_due.is_(None), task.deadline_start.is_(None))
    return [
        document.state == "active",
        task.status.in_(OPEN),
        task.review == review,
        or_(task.deadline_rrule.is_not(None), day <= last, and_(waits, newest_extension().is_(None))),
    ]


def _judged(session: Session, asked: Select[Any], seen: Window) -> Iterator[Candidate]:
    rows = session.connection().execute(asked, execution_options={"yield_per": _AT_ONCE})
    judged = (_NOBODY, 0)
    for some in rows.partitions():
        settled = settled_days(session, [row.id for row in some if row.deadline_rrule is not None])
        for row in some:
            unit_id, role = (row.unit_id, row.role) if len(row) > 8 else (_NOBODY, None)
            if (unit_id, row.id) == judged:
                continue  # named twice in one task: as its lead, and then as one of those who help
            judged = (unit_id, row.id)
            for urgency, day, missed in _reasons(row, settled[row.id], seen):
                yield Candidate(unit_id, role, row.id, urgency, day, row.deadline_rrule is not None, missed)


def _reasons(row: Row[Any], settled: frozenset[date], seen: Window) -> Iterable[tuple[Urgency, date | None, int]]:
    """Why the task is to be told: its section, the day meant, how many occurrences before it were missed."""
    if row.deadline_rrule is not None:
        return _of_rule(row, settled, seen)
    day = row.extended_to or schedule.counted_day(row.deadline_due, seen.day_before, row.deadline_qualifier)
    if day is None:
        return (("waiting", None, 0),)
    urgency = _near(day, seen)
    return ((urgency, day, 0),) if urgency else ()


def _of_rule(row: Row[Any], settled: frozenset[date], seen: Window) -> Iterator[tuple[Urgency, date | None, int]]:
    """The late day of a recurring task with the count of those before it, and the next one: soon, or this month."""
    days = schedule.recurrence(row.deadline_rrule, row.deadline_start, row.deadline_due, row.date, row.taken_in)
    coming, missed = schedule.next_open(days, settled, seen.today)
    if coming is not None and coming < seen.today:
        yield "overdue", coming, missed
        coming = days.first_open_from(seen.today, settled)
    if coming is None:
        return
    urgency = _near(coming, seen)
    if urgency or coming <= seen.month_end:
        yield urgency or "periodic", coming, 0


def _near(day: date, seen: Window) -> Urgency | None:
    if day < seen.today:
        return "overdue"
    if day == seen.today:
        return "due_today"
    return "due_soon" if day <= seen.horizon else None
