"""Rows of lists: a task with its document, units and standing, loaded for exactly the tasks that are shown.

In: numbers of tasks, each with the day that is meant. Out: `TaskRow`, and its JSON as the contract has it.

They are named tuples and no dataclasses, because a command that lists thousands of them has half a second in all.

Example: {"id": 7, "title": "Báo cáo kết quả …", "lead": [{"name": "Sở Nội vụ"}], "current_due": "2026-11-20",
"schedule": "overdue", "days_late": 1, …}
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from tracker import schedule, successors
from tracker.among import among
from tracker.columns import document, task, task_unit
from tracker.states import OPEN, ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Select
    from sqlmodel import Session

    from tracker.schedule import Standing
    from tracker.states import ReviewState, WorkStatus


class Hit(NamedTuple):
    """A task to show: the day meant (of a recurring task an occurrence), and how many before it were missed."""

    task_id: int
    day: date | None
    is_occurrence: bool = False
    missed: int = 0


class Clock(NamedTuple):
    """What counts as now, and how days count.

    Attributes:
        today: the office's day.
        soon_days: so many days before its day a task is "sắp đến hạn".
        day_before: "trước ngày D" ends on D-1 (a setting), else on D.
    """

    today: date
    soon_days: int = 7
    day_before: bool = False


class UnitRef(NamedTuple):
    """A unit's part in a task: its full name, its words in the document, its number in the registry if known.

    `successor`: who has its work on the day that counts, where it is no more by then.
    """

    name: str
    text: str
    unit_id: int | None
    is_group: bool
    successor: str | None = None

    @property
    def full_name(self) -> str:
        """ "Sở Giao thông vận tải (nay là Sở Xây dựng)"."""
        return f"{self.name} (nay là {self.successor})" if self.successor else self.name


class DocumentRef(NamedTuple):
    """The document that a task comes from."""

    id: int
    number: str | None
    issuer: str | None
    date: date | None
    doc_id: str
    kind: str | None
    subject: str | None


class TaskRow(NamedTuple):
    """A task as lists show it: first what is stored, under the names of its columns, then what follows from it.

    `deadline_*` are the document's; `occurrence` is the day meant of a recurring task; `due` is the first day and
    `current_due` the one that counts now (of a recurring task both are the occurrence); `standing` is of today.
    """

    id: int
    title: str
    text: str
    section: list[str]
    deadline_text: str | None
    deadline_kind: str | None
    deadline_start: date | None
    deadline_due: date | None
    deadline_rrule: str | None
    deadline_qualifier: str | None
    deadline_time: str | None
    status: WorkStatus
    product: str | None
    review: ReviewState
    confidence: float
    late_at_intake: bool
    done_on: date | None
    reply_number: str | None
    document: DocumentRef
    lead: tuple[UnitRef, ...]
    support: tuple[UnitRef, ...]
    occurrence: date | None
    due: date | None
    current_due: date | None
    standing: Standing


# Columns are asked for in the order of the tuples' fields, so that a row is made by unpacking, which is quick.
_STORED = tuple(name for name in TaskRow._fields if name in task.c)
_STATUS, _DONE_ON, _DUE = (_STORED.index(name) for name in ("status", "done_on", "deadline_due"))
_TASKS = select(*(task.c[name] for name in _STORED), task.c.document_id)
_PARTS = select(task_unit.c.task_id, task_unit.c.role, *(task_unit.c[name] for name in UnitRef._fields[:4])).order_by(
    task_unit.c.task_id, task_unit.c.role, task_unit.c.position
)
_DOCUMENTS = select(*(document.c[name] for name in DocumentRef._fields))


def load(connection: Connection | Session, hits: Sequence[Hit], clock: Clock) -> list[TaskRow]:
    """The rows of *hits*, in their order."""
    stored = {row[0]: row for row in _fetched(connection, _TASKS, task.c.id, {hit.task_id for hit in hits})}
    parts: defaultdict[tuple[int, str], list[UnitRef]] = defaultdict(list)
    registered = False
    for task_id, role, name, text, unit_id, is_group in _fetched(connection, _PARTS, task_unit.c.task_id, stored):
        parts[task_id, role].append(UnitRef(name, text, unit_id, is_group))
        registered |= unit_id is not None
    gone = successors.ended(connection) if registered else {}
    numbers = {row[-1] for row in stored.values()}
    papers = {row[0]: DocumentRef._make(row) for row in _fetched(connection, _DOCUMENTS, document.c.id, numbers)}
    rows = []
    for hit in hits:
        *fields, document_id = stored[hit.task_id]
        units = tuple(tuple(parts[hit.task_id, role]) for role in ROLES)
        if gone:
            units = _followed(units, _counts_on(fields, hit, clock), gone)
        rows.append(_row(fields, papers[document_id], units, hit, clock))
    return rows


def _counts_on(fields: list[Any], hit: Hit, clock: Clock) -> date:
    """The day for which a unit must stand: the task's; of open work that is late, today."""
    day = hit.day or clock.today
    return max(day, clock.today) if fields[_STATUS] in OPEN else day


def _followed(
    units: tuple[tuple[UnitRef, ...], ...], day: date, gone: Mapping[int, successors.Ended]
) -> tuple[tuple[UnitRef, ...], ...]:
    """The units of a task, with those that have the work now of units that are no more."""

    def named(unit: UnitRef) -> UnitRef:
        found = successors.successor(gone, unit.unit_id, day)
        return unit._replace(successor=found.name) if found else unit

    return tuple(tuple(map(named, of_role)) for of_role in units)


def _fetched(
    connection: Connection | Session, asked: Select[Any], key: ColumnElement[Any], wanted: Collection[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of *asked* whose *key* is *wanted*."""
    if wanted:
        yield from connection.execute(asked.where(among(connection, key, wanted))).all()


def _row(
    fields: list[Any], paper: DocumentRef, units: tuple[tuple[UnitRef, ...], ...], hit: Hit, clock: Clock
) -> TaskRow:
    day, status, done_on = hit.day, fields[_STATUS], fields[_DONE_ON]
    computed = (
        day if hit.is_occurrence else None,
        day if hit.is_occurrence else fields[_DUE],
        day,
        schedule.standing(status, day, done_on, clock.today, clock.soon_days, hit.missed),
    )
    return TaskRow._make((*fields, paper, *units, *computed))


def to_json(row: TaskRow) -> dict[str, Any]:
    """The row in the shape of the contract; days in ISO form."""
    return {
        "id": row.id,
        "title": row.title,
        "text": row.text,
        "document": {
            "id": row.document.id,
            "number": row.document.number,
            "issuer": row.document.issuer,
            "date": iso(row.document.date),
        },
        "section": row.section,
        "lead": [_unit_to_json(unit) for unit in row.lead],
        "support": [_unit_to_json(unit) for unit in row.support],
        "deadline": _deadline_to_json(row),
        "occurrence": iso(row.occurrence),
        "due": iso(row.due),
        "current_due": iso(row.current_due),
        "status": row.status,
        "schedule": row.standing.schedule,
        "days_late": row.standing.days_late,
        "missed": row.standing.missed,
        "product": row.product,
        "review": row.review,
        "confidence": row.confidence,
        "late_at_intake": row.late_at_intake,
        "done_on": iso(row.done_on),
        "reply_number": row.reply_number,
    }


def _unit_to_json(unit: UnitRef) -> dict[str, str]:
    return {"name": unit.name, **({"successor": unit.successor} if unit.successor else {})}


def _deadline_to_json(row: TaskRow) -> dict[str, Any] | None:
    if row.deadline_kind is None:
        return None
    return {
        "text": row.deadline_text,
        "kind": row.deadline_kind,
        "start": iso(row.deadline_start),
        "due": iso(row.deadline_due),
        "rrule": row.deadline_rrule,
        "qualifier": row.deadline_qualifier,
        "time": row.deadline_time,
    }


def iso(day: date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None
