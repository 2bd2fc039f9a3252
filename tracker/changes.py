"""How a change is made: one field at a time, each recorded with who, when, before and after.

In: a writing session, a task, a field's new value, and `Hand`. Out: the field changed and one row of history, or
nothing where it had that value before.

Example: by lan, at 09:50 UTC: task 7, "status", "todo" → "done".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import Session, col, select

from tracker import schedule
from tracker.errors import NotFoundError
from tracker.model import Document, Extension, History, Occurrence, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tracker.recurrence import Recurrence
    from tracker.schedule import Standing


class Hand(NamedTuple):
    """Who acts: a name, the moment with its zone, the office's day, whether "trước ngày D" ends on D-1.

    `home`: the office's place, as `Registry` takes it.
    """

    who: str
    at: datetime
    today: date
    day_before: bool = False
    home: str | None = None


class Changed(NamedTuple):
    """What became of a task.

    Attributes:
        task_id, title: which one.
        occurrence: the day of a recurring task that was meant; None for other tasks.
        standing: how it stood when it was done; None after every other change.
        changed: False where all was so before.
        said: the change in a few Vietnamese words, for the message ("gia hạn đến 20/12/2026").
    """

    task_id: int
    title: str
    occurrence: date | None
    standing: Standing | None
    changed: bool
    said: str = ""


def task_of(session: Session, task_id: int) -> Task:
    """The task of this number.

    Raises:
        NotFoundError: there is none.
    """
    task = session.get(Task, task_id)
    if task is None:
        raise NotFoundError(f"không có nhiệm vụ số {task_id}", "xem số ở cột ID của “nhacviec tasks”")
    return task


def number_of(row: Task | Document) -> int:
    """The number of a stored row."""
    if row.id is None:
        raise AssertionError("a stored row has no number")
    return row.id


def days_of(session: Session, task: Task) -> Recurrence:
    """All the days of a recurring task."""
    document = session.get(Document, task.document_id)
    if document is None or task.deadline_rrule is None:
        raise AssertionError("a recurring task has a rule and a document")
    return schedule.recurrence(
        task.deadline_rrule, task.deadline_start, task.deadline_due, document.date, document.taken_in
    )


def occurrences_of(session: Session, task: Task) -> dict[date, Occurrence]:
    """The days of a recurring task that were dealt with."""
    return {row.day: row for row in session.exec(select(Occurrence).where(Occurrence.task_id == task.id)).all()}


def extensions_of(session: Session, task: Task) -> Sequence[Extension]:
    """A task's extensions in the order in which they were given."""
    return session.exec(select(Extension).where(Extension.task_id == task.id).order_by(col(Extension.id))).all()


def current_due(session: Session, task: Task) -> date | None:
    """The day that counts now: of the newest extension, else the document's."""
    return schedule.current_due(task.deadline_due, [extension.due for extension in extensions_of(session, task)])


def counted_due(session: Session, task: Task, hand: Hand) -> date | None:
    """The day that counts now, "trước ngày" taken as the office takes it (`schedule.counted_day`)."""
    extended = bool(extensions_of(session, task))
    return schedule.counted_day(current_due(session, task), hand.day_before and not extended, task.deadline_qualifier)


def set_field(session: Session, row: Task | Document, field: str, value: Any, hand: Hand) -> bool:  # noqa: ANN401
    """Changes one field and records it; False where it had that value before."""
    before = getattr(row, field)
    if before == value:
        return False
    setattr(row, field, value)
    session.add(row)
    record(session, row, field, (before, value), hand)
    return True


def record(session: Session, row: Task | Document, field: str, values: tuple[Any, Any], hand: Hand) -> None:
    """Writes down that *field* went from the first to the second of *values*."""
    before, after = (None if value is None else str(value) for value in values)
    entity = "task" if isinstance(row, Task) else "document"
    session.add(History(
        entity=entity, entity_id=number_of(row), field=field, before=before, after=after, who=hand.who, at=hand.at,
    ))  # fmt: skip
