"""Answers: which tasks, in which order, and how each stands today.

In: a connection (or session), `Filters`, and the day that counts as today. Out: `Listing`: the rows, and the counts
that a list ends with. What matches is selected by the database; only the rows that are shown are loaded. Days of
recurring tasks are computed here, one row an occurrence, missed ones counted and never piled up.

Example: `due(connection, Filters(unit="so noi vu"), period, clock)` on 21 November 2026 for November: the tasks of
Sở Nội vụ with a day in November that are not done, "và 3 việc quá hạn từ trước, 5 việc không có hạn".
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)

from extractor.text import fold
from tracker import columns, documents, rows, schedule
from tracker.errors import WrongUsageError
from tracker.rows import Clock, Hit
from tracker.states import OPEN, ReviewState, WorkStatus
from tracker.unit_names import Registry, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session

    from extractor.periods import Period
    from tracker.recurrence import Recurrence
    from tracker.rows import TaskRow

task, document, part = columns.task.c, columns.document.c, columns.task_unit.c
extension, occurrence = columns.extension.c, columns.occurrence.c

SORTS = ("due", "id", "doc", "title", "confidence", "lead", "status")


class Filters(NamedTuple):
    """Which tasks are meant; an empty field does not narrow.

    Attributes:
        unit: part of a unit's name in any spelling ("so tttt").
        roles: of that unit: "lead", "support", or both.
        statuses: work statuses.
        doc: a document's number, the part of it before the slash, its file's stem, or "id:12" from the list.
        words: all must stand in the task, in any order, with or without marks.
        review: only tasks in this state of review; by default all but rejected ones.
        sort: one of `SORTS`, with "-" before it for the other way round.
        limit: at most so many rows.
        skip: so many rows are passed over first (paging).
        mine: our part: (our name, "receiver": tasks that we lead or support, or "issuer": tasks of our documents).
        no_deadline: only tasks that no day binds.
        no_lead: only tasks whose leading unit is not known.
    """

    unit: str | None = None
    roles: frozenset[str] = frozenset()
    statuses: frozenset[WorkStatus] = frozenset()
    doc: str | None = None
    words: str | None = None
    review: ReviewState | None = None
    sort: str = "due"
    limit: int | None = None
    skip: int = 0
    mine: tuple[str, Literal["receiver", "issuer"]] | None = None
    no_deadline: bool = False
    no_lead: bool = False


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
    wanted = [*_conditions(connection, filters), task.status.in_(OPEN)]
    before = min(period.start, clock.today)
    hits = _dated(connection, wanted, (period.start, period.end), clock)
    late_by_day = _in_range(wanted, (date.min, before - timedelta(days=1)), clock, func.count())
    late: int = connection.execute(late_by_day).scalar_one()
    for task_id, days, settled in _recurring(connection, wanted):
        found = schedule.open_in(days, settled, period.start, period.end, clock.today)
        hits += [Hit(task_id, day, True, missed) for day, missed in found]
        current, _ = schedule.next_open(days, settled, clock.today)
        late += current is not None and current < before
    without = connection.execute(select(func.count()).select_from(_joined()).where(*wanted, _unbound())).scalar_one()
    return _listing(connection, hits, filters, clock)._replace(overdue_before=late, without_day=without)


def overdue(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Listing:
    """Open tasks whose current due day, or last occurrence, has passed (in *period*, if given)."""
    wanted = [*_conditions(connection, filters), task.status.in_(OPEN)]
    first = period.start if period else date.min
    last = min(period.end if period else date.max, clock.today - timedelta(days=1))
    hits = _dated(connection, wanted, (first, last), clock)
    for task_id, days, settled in _recurring(connection, wanted):
        day, missed = schedule.next_open(days, settled, clock.today)
        if day is not None and first <= day <= last:
            hits.append(Hit(task_id, day, True, missed))
    return _listing(connection, hits, filters, clock)


def tasks(connection: Connection | Session, filters: Filters, clock: Clock, period: Period | None = None) -> Listing:
    """All tasks that the filters mean, whatever their status; a recurring one once, with its current occurrence.

    With *period*, those with a current due day or an open occurrence in it.
    """
    wanted = _conditions(connection, filters)
    if period is not None:
        hits = _dated(connection, wanted, (period.start, period.end), clock)
        for task_id, days, settled in _recurring(connection, wanted):
            found = schedule.open_in(days, settled, period.start, period.end, clock.today)
            hits += [Hit(task_id, day, True, missed) for day, missed in found]
        return _listing(connection, hits, filters, clock)
    current = {
        task_id: schedule.next_open(days, settled, clock.today)
        for task_id, days, settled in _recurring(connection, wanted)
    }
    hits = [
        Hit(hit.task_id, *((current[hit.task_id][0], True, current[hit.task_id][1]))) if hit.task_id in current else hit
        for hit in _hits(connection, _days_of(_joined()).where(*wanted), clock)
    ]
    return _listing(connection, hits, filters, clock)


def task_by_id(connection: Connection | Session, task_id: int, clock: Clock) -> TaskRow | None:
    """One task whatever its state and its document's; None if there is none."""
    found = _hits(connection, _days_of(_joined()).where(task.id == task_id), clock)
    if not found:
        return None
    hit = found[0]
    for _, days, settled in _recurring(connection, [task.id == task_id]):
        day, missed = schedule.next_open(days, settled, clock.today)
        hit = Hit(task_id, day, True, missed)
    return rows.load(connection, [hit], clock)[0]


def _unbound() -> ColumnElement[bool]:
    """Neither a day of its own, nor days that come again."""
    return and_(task.deadline_rrule.is_(None), task.deadline_due.is_(None), task.id.not_in(select(extension.task_id)))


def _joined() -> Any:  # noqa: ANN401 - a join of two tables
    return columns.task.join(columns.document, document.id == task.document_id)


def _current_due() -> ColumnElement[Any]:
    """The day that counts now, in SQL: the newest extension's, else the document's (as `schedule.current_due`)."""
    newest = (
        select(extension.due).where(extension.task_id == task.id).order_by(extension.id.desc()).limit(1)
    ).scalar_subquery()
    return func.coalesce(newest, task.deadline_due, type_=task.deadline_due.type)


def _conditions(connection: Connection | Session, filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [document.state == "active"]
    wanted.append(task.review == filters.review if filters.review else task.review != "rejected")
    if filters.statuses:
        wanted.append(task.status.in_(sorted(filters.statuses)))
    if filters.doc:
        wanted.append(documents.meant(filters.doc))
    if filters.words:
        wanted.append(_has_words(connection, filters.words))
    if filters.unit:
        wanted.append(_has_part(connection, filters.unit, filters.roles))
    if filters.mine:
        wanted.append(_is_ours(connection, *filters.mine))
    if filters.no_deadline:
        wanted.append(_unbound())
    if filters.no_lead:
        wanted.append(~exists().where(part.task_id == task.id, part.role == "lead"))
    return wanted


def _has_words(connection: Connection | Session, words: str) -> ColumnElement[bool]:
    """All *words* stand in the task, each at least as the beginning of a word, in any order, with or without marks."""
    wanted = re.findall(r"\w+", fold(words))
    if not wanted:
        raise WrongUsageError(f"“{words}” không có chữ nào để tìm", "ghi một vài từ trong nội dung việc")
    if _dialect(connection) == "postgresql":
        asked = " & ".join(f"{word}:*" for word in wanted)
        return func.to_tsvector("simple", task.search).op("@@")(func.to_tsquery("simple", asked))
    index = table("task_fts", column("rowid"))
    asked = " ".join(f'"{word}"*' for word in wanted)
    found = select(index.c.rowid).where(literal_column("task_fts").op("MATCH")(asked)).select_from(index)
    return task.id.in_(found)


def _dialect(connection: Connection | Session) -> str:
    bind = connection.get_bind() if hasattr(connection, "get_bind") else connection
    return bind.dialect.name


def _is_ours(connection: Connection | Session, unit: str, role: Literal["receiver", "issuer"]) -> ColumnElement[bool]:
    """Whether a task is ours: we have a part in it; or, where we give tasks, it stands in a document of ours."""
    if role == "receiver":
        return _has_part(connection, unit, frozenset())
    return document.issuer_folded == fold(unit)


def _has_part(connection: Connection | Session, unit: str, roles: frozenset[str]) -> ColumnElement[bool]:
    if not plain(unit):
        raise WrongUsageError(f"tên đơn vị “{unit}” không có chữ nào", "ghi một phần tên, ví dụ “nội vụ”")
    named = or_(
        part.spellings.contains(plain(unit), autoescape=True),
        part.unit_id.in_(sorted(Registry.read(connection).named(unit))),
    )
    role = part.role.in_(sorted(roles)) if roles else part.role.is_not(None)
    return task.id.in_(select(part.task_id).where(named, role))


def _days_of(source: Any) -> Select[Any]:  # noqa: ANN401 - a join of two tables
    """Of each task: its number, the day that counts now, its qualifier, and whether it was extended."""
    return select(task.id, _current_due(), task.deadline_qualifier, _is_extended()).select_from(source)


def _is_extended() -> ColumnElement[bool]:
    return exists().where(extension.task_id == task.id)


def _hits(connection: Connection | Session, asked: Select[Any], clock: Clock) -> list[Hit]:
    """What `_days_of` asked, with the days as the office counts them."""
    return [
        Hit(task_id, schedule.counted_day(day, clock.day_before and not extended, qualifier))
        for task_id, day, qualifier, extended in connection.execute(asked).all()
    ]


def _dated(
    connection: Connection | Session, wanted: Sequence[ColumnElement[bool]], span: tuple[date, date], clock: Clock
) -> list[Hit]:
    """Tasks with one day of their own in *span*, both ends included."""
    asked = _in_range(wanted, span, clock, task.id, _current_due(), task.deadline_qualifier, _is_extended())
    return _hits(connection, asked, clock)


def _in_range(
    wanted: Sequence[ColumnElement[bool]], span: tuple[date, date], clock: Clock, *asked: ColumnElement[Any]
) -> Select[Any]:
    """What is *asked* of the tasks with one day of their own in *span*.

    An extended task counts by its newest extension. Two ranges, each on its index, and then the exact day: the days of
    all tasks are never computed. Where "trước ngày D" ends on D-1, those days are asked for one later.
    """
    first, last = span
    later = last + timedelta(days=clock.day_before and last < date.max)
    extended = select(extension.task_id).where(extension.due.between(first, last))
    exact: ColumnElement[Any] = _current_due().between(first, last)
    if clock.day_before:
        shifted = and_(task.deadline_qualifier == "before", ~_is_extended())
        start = first + timedelta(days=first < date.max and first > date.min)
        exact = case((shifted, task.deadline_due.between(start, later)), else_=exact)
    return (
        select(*asked)
        .select_from(_joined())
        .where(
            *wanted,
            task.deadline_rrule.is_(None),
            or_(task.deadline_due.between(first, later), task.id.in_(extended)),
            exact,
        )
    )


def _recurring(
    connection: Connection | Session, wanted: Sequence[ColumnElement[bool]]
) -> Iterable[tuple[int, Recurrence, frozenset[date]]]:
    """Recurring tasks with their days and those of them that were dealt with."""
    repeats = and_(task.deadline_kind == "recurring", task.deadline_rrule.is_not(None))
    found = connection.execute(
        select(task.id, task.deadline_rrule, task.deadline_start, task.deadline_due, document.date, document.taken_in)
        .select_from(_joined())
        .where(repeats, *wanted)
    ).all()
    if not found:
        return
    settled: defaultdict[int, set[date]] = defaultdict(set)
    done = select(occurrence.task_id, occurrence.day).where(
        occurrence.done_on.is_not(None), exists().where(task.id == occurrence.task_id, repeats)
    )
    for task_id, day in connection.execute(done).all():
        settled[task_id].add(day)
    for task_id, rule, start, end, issued, taken_in in found:
        yield task_id, schedule.recurrence(rule, start, end, issued, taken_in), frozenset(settled[task_id])


def _listing(connection: Connection | Session, hits: list[Hit], filters: Filters, clock: Clock) -> Listing:
    ordered = _ordered(connection, hits, filters.sort)
    shown = ordered[filters.skip :] if filters.limit is None else ordered[filters.skip : filters.skip + filters.limit]
    return Listing(tuple(rows.load(connection, shown, clock)), len(hits), skipped=min(filters.skip, len(hits)))


def _first_lead() -> ColumnElement[Any]:
    """The name of the unit that leads, in SQL; names without diacritics sort as a clerk expects."""
    named = select(part.spellings).where(part.task_id == task.id, part.role == "lead").order_by(part.position).limit(1)
    return named.scalar_subquery()


def _ordered(connection: Connection | Session, hits: list[Hit], sort: str) -> list[Hit]:
    """*hits* in the order asked for; those without a day come last, equal ones by number."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise WrongUsageError(
            f"không sắp xếp được theo “{sort}”", f"dùng một trong: {', '.join(SORTS)} (thêm - để đảo)"
        )
    keyed: list[tuple[Any, int, Hit]]
    if name == "due":
        keyed = [(hit.day or date.max, hit.task_id, hit) for hit in hits]
    elif name == "id":
        keyed = [(0, hit.task_id, hit) for hit in hits]
    else:
        by = {
            "doc": document.number_folded,
            "title": task.search,
            "confidence": task.confidence,
            "status": task.status,
            "lead": _first_lead(),
        }[name]
        keys = {row[0]: row[1] for row in connection.execute(select(task.id, by).select_from(_joined())).all()}
        keyed = [(keys[hit.task_id] or "", hit.task_id, hit) for hit in hits]
    keyed.sort(key=lambda entry: entry[:2], reverse=sort.startswith("-"))
    ordered = [hit for _, _, hit in keyed]
    if name == "due":
        ordered.sort(key=lambda hit: hit.day is None)
    return ordered
