"""Answers: which tasks, in which order, and how each stands today.

In: a connection (or session), `Filters`, and the day that counts as today. Out: `Listing`: the rows, and the counts
that a list ends with. What matches is selected by the database; only the rows that are shown are loaded. Days of
recurring tasks are computed here, one row an occurrence, missed ones counted and never piled up.

Example: `due(connection, Filters(unit="so noi vu"), period, clock)` on 21 November 2026 for November: the tasks of
Sở Nội vụ with a day in November that are not done, "và 3 việc quá hạn từ trước, 5 việc không có hạn".
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, false, func, select, true

from tracker import columns, conditions, rows, schedule
from tracker.among import among
from tracker.conditions import ONCE, OPEN_NOW, RECURS, SORTS, Filters, is_extended, newest_extension, unbound
from tracker.errors import WrongUsageError
from tracker.rows import Clock, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session

    from extractor.periods import Period
    from tracker.recurrence import Recurrence
    from tracker.rows import TaskRow

__all__ = ["Filters", "Listing", "Rows", "due", "each", "each_late", "overdue", "settled_days", "task_by_id", "tasks"]

task, document, part = columns.task.c, columns.document.c, columns.task_unit.c
extension, occurrence = columns.extension.c, columns.occurrence.c
_ALL = (date.min, date.max)
_AT_ONCE = 500
_NUMBER, _DAY_AND_NUMBER = itemgetter(0), itemgetter(1, 0)
"""Of a `Hit`, to sort by."""
_WITH_DOCUMENT = columns.task.join(columns.document, document.id == task.document_id)
_REPEATING = (task.deadline_rrule, task.deadline_start, task.deadline_due, document.date, document.taken_in)
"""What `schedule.recurrence` takes."""


class Listing(NamedTuple):
    """Rows to show, and what is not among them.

    Attributes:
        rows: at most `Filters.limit`.
        total: how many there are without the limit.
        overdue_before: tasks with the same filters that are late since before the period (`due` only).
        without_day: tasks with the same filters that no day binds (`due` only).
        skipped: rows of earlier pages.
    """

    rows: tuple[TaskRow, ...]
    total: int
    overdue_before: int = 0
    without_day: int = 0
    skipped: int = 0


def due(connection: Connection | Session, filters: Filters, period: Period, clock: Clock) -> Listing:
    """Open tasks with a current due day or an open occurrence in *period*, one row an occurrence."""
    wanted = [*conditions.of(connection, filters, few=True), OPEN_NOW]
    before = min(period.start, clock.today)
    hits = _dated(connection, wanted, (period.start, period.end), clock)
    late = _dated_count(connection, wanted, (date.min, before - timedelta(days=1)), clock)
    outlook = schedule.outlooks((period.start, period.end), clock.today)
    for numbers, days, settled in _recurring(connection, wanted):
        known = outlook(days)
        bounds = known.bounds(days)
        for day, missed in known.open_in(bounds, settled):
            hits += [Hit(task_id, day, True, missed) for task_id in numbers]
        current = known.missed_last(bounds, settled)
        late += len(numbers) if current is not None and current < before else 0
    without = connection.execute(select(func.count()).select_from(columns.task).where(*wanted, unbound())).scalar_one()
    return _listing(connection, hits, filters, clock)._replace(overdue_before=late, without_day=without)


def overdue(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Listing:
    """Open tasks whose current due day, or last occurrence, has passed (in *period*, if given)."""
    return _listing(connection, _late(connection, filters, clock, period), filters, clock)


def _late(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None) -> list[Hit]:
    wanted = [*conditions.of(connection, filters, few=True), OPEN_NOW]
    first = period.start if period else date.min
    last = min(period.end if period else date.max, clock.today - timedelta(days=1))
    hits = _dated(connection, wanted, (first, last), clock)
    outlook = schedule.outlooks((first, clock.today), clock.today)
    for numbers, days, settled in _recurring(connection, wanted):
        known = outlook(days)
        day = known.missed_last(known.bounds(days), settled)
        if day is not None and first <= day <= last:
            shown = _shown(schedule.next_open(days, settled, clock.today))
            hits += [Hit(task_id, *shown) for task_id in numbers]
    return hits


def tasks(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Listing:
    """All tasks that the filters mean, whatever their status; a recurring one once, with its current occurrence.

    With *period*, those with a current due day or an open occurrence in it.
    """
    return _listing(connection, _meant(connection, filters, clock, period), filters, clock)


class Rows:
    """Rows that are loaded some hundred at a time, each time they are gone through; their number is known at once."""

    def __init__(self, connection: Connection | Session, hits: list[Hit], clock: Clock) -> None:
        """The rows of *hits*, in their order."""
        self._connection, self._hits, self._clock = connection, hits, clock

    def __len__(self) -> int:
        """How many there are."""
        return len(self._hits)

    def __iter__(self) -> Iterator[TaskRow]:
        """One after the other."""
        return (row for some in self.portions() for row in some)

    def portions(self) -> Iterator[list[TaskRow]]:
        """Some hundred at a time."""
        for at in range(0, len(self._hits), _AT_ONCE):
            yield rows.load(self._connection, self._hits[at : at + _AT_ONCE], self._clock)


def each(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Rows:
    """All the rows of `tasks`, whatever the limit."""
    return Rows(connection, _ordered(connection, _meant(connection, filters, clock, period), filters.sort), clock)


def each_late(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Rows:
    """All the rows of `overdue`, whatever the limit."""
    return Rows(connection, _ordered(connection, _late(connection, filters, clock, period), filters.sort), clock)


def _meant(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None) -> list[Hit]:
    wanted = conditions.of(connection, filters)
    if period is None:
        return _each_once(connection, wanted, clock)
    hits = _dated(connection, wanted, (period.start, period.end), clock)
    outlook = schedule.outlooks((period.start, period.end), clock.today)
    for numbers, days, settled in _recurring(connection, wanted):
        known = outlook(days)
        for day, missed in known.open_in(known.bounds(days), settled):
            hits += [Hit(task_id, day, True, missed) for task_id in numbers]
    return hits


def task_by_id(connection: Connection | Session, task_id: int, clock: Clock) -> TaskRow | None:
    """One task whatever its state and its document's; None if there is none."""
    hits = _each_once(connection, [task.id == task_id], clock)
    return rows.load(connection, hits, clock)[0] if hits else None


def _each_once(connection: Connection | Session, wanted: Sequence[ColumnElement[bool]], clock: Clock) -> list[Hit]:
    """All tasks that are *wanted*, with the day that counts now; a recurring one with its current occurrence."""
    current = func.coalesce(newest_extension(), task.deadline_due, type_=task.deadline_due.type)
    asked = select(task.id, current, task.deadline_qualifier, is_extended(), *_REPEATING).select_from(_WITH_DOCUMENT)
    found = connection.execute(asked.where(*wanted)).all()
    settled = settled_days(connection, [row[0] for row in found if row[4] is not None])
    hits = []
    for task_id, day, qualifier, extended, rule, *span in found:
        if rule is None:
            hits.append(Hit(task_id, schedule.counted_day(day, clock.day_before and not extended, qualifier)))
        else:
            days = schedule.recurrence(rule, *span)
            hits.append(Hit(task_id, *_shown(schedule.next_open(days, settled[task_id], clock.today))))
    return hits


def _shown(current: tuple[date | None, int]) -> tuple[date | None, bool, int]:
    day, missed = current
    return day, True, missed


def _hits(connection: Connection | Session, asked: Select[Any], clock: Clock) -> list[Hit]:
    """What `_in_range` asked, with the days as the office counts them."""
    return [
        Hit(task_id, schedule.counted_day(day, clock.day_before and not extended, qualifier))
        for task_id, day, qualifier, extended in connection.execute(asked).all()
    ]


def _dated(
    connection: Connection | Session, wanted: Sequence[ColumnElement[bool]], span: tuple[date, date], clock: Clock
) -> list[Hit]:
    """Tasks with one day of their own in *span*, both ends included."""
    first, moved = (
        select(task.id, day, task.deadline_qualifier, extended).where(*wanted, *which)
        for day, extended, which in _in_range(span, clock)
    )
    return _hits(connection, first, clock) + _hits(connection, moved, clock)


def _dated_count(
    connection: Connection | Session, wanted: Sequence[ColumnElement[bool]], span: tuple[date, date], clock: Clock
) -> int:
    """How many `_dated` are."""
    return sum(
        connection.execute(select(func.count()).select_from(columns.task).where(*wanted, *which)).scalar_one()
        for _, _, which in _in_range(span, clock)
    )


def _in_range(
    span: tuple[date, date], clock: Clock
) -> Iterator[tuple[ColumnElement[Any], ColumnElement[bool], list[ColumnElement[bool]]]]:
    """The day that counts of the tasks with one day of their own in *span*, and which tasks those are.

    First those with the document's day, then the extended ones, which count by their newest extension: two questions,
    each on its index. Where "trước ngày D" ends on D-1, those days are asked for one later.
    """
    first, last = span
    stays: ColumnElement[bool] = task.deadline_due.between(first, last)
    if clock.day_before:
        later = [day + timedelta(days=day not in _ALL) for day in span]
        is_before = task.deadline_qualifier == "before"
        stays = task.deadline_due.between(first, later[1]) & case(
            (is_before, task.deadline_due >= later[0]), else_=task.deadline_due <= last
        )
    yield task.deadline_due, false(), [ONCE, stays, ~is_extended()]
    newest = newest_extension()
    extended = select(extension.task_id).where(extension.due.between(first, last))
    yield newest, true(), [ONCE, task.id.in_(extended), newest.between(first, last)]


def _recurring(
    connection: Connection | Session, wanted: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[list[int], Recurrence, frozenset[date]]]:
    """Recurring tasks with their days and those of them that were dealt with; those that agree in all of it together.

    Thousands of tasks share some hundred rules and days of issue, and nothing was yet done for most of them.
    """
    asked = select(task.id, _is_begun(), *_REPEATING).select_from(_WITH_DOCUMENT).where(RECURS, *wanted)
    untouched: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    begun: dict[int, tuple[Any, ...]] = {}
    for row in connection.execute(asked).all():
        if row[1]:
            begun[row[0]] = row[2:]
        else:
            untouched[row[2:]].append(row[0])
    for alike, numbers in untouched.items():
        yield numbers, schedule.recurrence(*alike), frozenset()
    settled = settled_days(connection, list(begun))
    for task_id, own in begun.items():
        yield [task_id], schedule.recurrence(*own), settled[task_id]


def _is_begun() -> ColumnElement[bool]:
    """Whether a day of a recurring task was dealt with."""
    return exists().where(occurrence.task_id == task.id, occurrence.done_on.is_not(None))


def settled_days(connection: Connection | Session, numbers: Sequence[int]) -> Mapping[int, frozenset[date]]:
    """Of recurring tasks, the days that were dealt with; every task has an entry."""
    days: defaultdict[int, set[date]] = defaultdict(set)
    done = select(occurrence.task_id, occurrence.day).where(
        among(connection, occurrence.task_id, numbers), occurrence.done_on.is_not(None)
    )
    for task_id, day in connection.execute(done) if numbers else ():
        days[task_id].add(day)
    return defaultdict(frozenset, {task_id: frozenset(found) for task_id, found in days.items()})


def _listing(connection: Connection | Session, hits: list[Hit], filters: Filters, clock: Clock) -> Listing:
    ordered = _ordered(connection, hits, filters.sort)
    shown = ordered[filters.skip :] if filters.limit is None else ordered[filters.skip : filters.skip + filters.limit]
    return Listing(tuple(rows.load(connection, shown, clock)), len(hits), skipped=min(filters.skip, len(hits)))


def _ordered(connection: Connection | Session, hits: list[Hit], sort: str) -> list[Hit]:
    """*hits* in the order asked for; those without a day come last, equal ones by number."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise WrongUsageError(
            f"không sắp xếp được theo “{sort}”", f"dùng một trong: {', '.join(SORTS)} (thêm - để đảo)"
        )
    backwards = sort.startswith("-")
    if name == "due":
        dated = sorted((hit for hit in hits if hit.day is not None), key=_DAY_AND_NUMBER, reverse=backwards)
        return dated + sorted((hit for hit in hits if hit.day is None), key=_NUMBER, reverse=backwards)
    if name == "id":
        return sorted(hits, key=_NUMBER, reverse=backwards)
    keys = _keys(connection, sorted({hit.task_id for hit in hits}), name)
    return sorted(hits, key=lambda hit: (keys[hit.task_id] or "", hit.task_id), reverse=backwards)


def _keys(connection: Connection | Session, numbers: Sequence[int], name: str) -> dict[int, Any]:
    """What tasks are sorted by; names without diacritics sort as a clerk expects."""
    names = columns.unit_name.c
    lead = (
        select(names.spellings).where(part.task_id == task.id, part.role == "lead", names.id == part.name_id)
        .order_by(part.position).limit(1)
    )  # fmt: skip
    by = {
        "doc": select(document.number_folded).where(document.id == task.document_id).scalar_subquery(),
        "title": task.search,
        "confidence": task.confidence,
        "status": task.status,
        "lead": lead.scalar_subquery(),
    }[name]
    return {
        row[0]: row[1] for row in connection.execute(select(task.id, by).where(among(connection, task.id, numbers)))
    }
