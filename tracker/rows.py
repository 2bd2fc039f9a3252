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

from tracker import schedule
from tracker.columns import document, task, task_unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection, Row
    from sqlmodel import Session

    from tracker.schedule import Standing
    from tracker.states import ReviewState, WorkStatus

_AT_ONCE = 500


class Hit(NamedTuple):
    """A task to show: the day meant (of a recurring task an occurrence), and how many before it were missed."""

    task_id: int
    day: date | None
    is_occurrence: bool = False
    missed: int = 0


class Clock(NamedTuple):
    """What counts as now: the office's day, and how many days before its day a task is "sắp đến hạn"."""

    today: date
    soon_days: int = 7


class UnitRef(NamedTuple):
    """A unit's part in a task: its full name, its words in the document, its number in the registry if known."""

    name: str
    text: str
    unit_id: int | None
    is_group: bool


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
    """A task as lists show it.

    `deadline_*` are the document's; `occurrence` is the day meant of a recurring task; `due` is the first day and
    `current_due` the one that counts now (of a recurring task both are the occurrence); `standing` is of today.
    """

    id: int
    title: str
    text: str
    document: DocumentRef
    section: tuple[str, ...]
    lead: tuple[UnitRef, ...]
    support: tuple[UnitRef, ...]
    deadline_text: str | None
    deadline_kind: str | None
    deadline_start: date | None
    deadline_due: date | None
    deadline_rrule: str | None
    deadline_qualifier: str | None
    deadline_time: str | None
    occurrence: date | None
    due: date | None
    current_due: date | None
    status: WorkStatus
    standing: Standing
    product: str | None
    review: ReviewState
    confidence: float
    late_at_intake: bool
    done_on: date | None
    reply_number: str | None


def load(connection: Connection | Session, hits: Sequence[Hit], clock: Clock) -> list[TaskRow]:
    """The rows of *hits*, in their order."""
    ids = sorted({hit.task_id for hit in hits})
    found: dict[int, Row[Any]] = {}
    parts: defaultdict[tuple[int, str], list[UnitRef]] = defaultdict(list)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        for row in connection.execute(_COLUMNS.where(task.c.id.in_(some))).all():
            found[row.id] = row
        for row in connection.execute(_PARTS.where(task_unit.c.task_id.in_(some))).all():
            parts[row.task_id, row.role].append(UnitRef(row.name, row.text, row.unit_id, row.is_group))
    return [
        _row(found[hit.task_id], hit, tuple(parts[hit.task_id, "lead"]), tuple(parts[hit.task_id, "support"]), clock)
        for hit in hits
    ]


_COLUMNS = select(
    *(column for column in task.c if column.name != "search"),
    document.c.number,
    document.c.issuer,
    document.c.date,
    document.c.doc_id,
    document.c.kind,
    document.c.subject,
).select_from(task.join(document, document.c.id == task.c.document_id))
_PARTS = select(task_unit).order_by(task_unit.c.task_id, task_unit.c.role, task_unit.c.position)


def _row(row: Row[Any], hit: Hit, lead: tuple[UnitRef, ...], support: tuple[UnitRef, ...], clock: Clock) -> TaskRow:
    standing = schedule.standing(row.status, hit.day, row.done_on, clock.today, clock.soon_days, hit.missed)
    return TaskRow(
        id=row.id,
        title=row.title,
        text=row.text,
        document=DocumentRef(row.document_id, row.number, row.issuer, row.date, row.doc_id, row.kind, row.subject),
        section=tuple(row.section),
        lead=lead,
        support=support,
        deadline_text=row.deadline_text,
        deadline_kind=row.deadline_kind,
        deadline_start=row.deadline_start,
        deadline_due=row.deadline_due,
        deadline_rrule=row.deadline_rrule,
        deadline_qualifier=row.deadline_qualifier,
        deadline_time=row.deadline_time,
        occurrence=hit.day if hit.is_occurrence else None,
        due=hit.day if hit.is_occurrence else row.deadline_due,
        current_due=hit.day,
        status=row.status,
        standing=standing,
        product=row.product,
        review=row.review,
        confidence=row.confidence,
        late_at_intake=row.late_at_intake,
        done_on=row.done_on,
        reply_number=row.reply_number,
    )


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
        "section": list(row.section),
        "lead": [{"name": unit.name} for unit in row.lead],
        "support": [{"name": unit.name} for unit in row.support],
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
