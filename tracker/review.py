"""Changes by people: accepting what was found, closing and reopening tasks, each recorded with who and when.

In: a writing session, the task or document meant, and `Hand`: who acts, when, on which day. Out: what was changed, for
the message. Whatever breaks a rule changes nothing.

Example: `nhacviec done 7 --on 18/11/2026 --reply 91/BC-SNV` closes task 7 on time and records three fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from tracker import documents, schedule
from tracker.errors import NotFoundError, RefusedError
from tracker.model import Document, Extension, History, Occurrence, Task
from tracker.states import OPEN

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.recurrence import Recurrence
    from tracker.schedule import Standing


class Hand(NamedTuple):
    """Who acts: a name, the moment with its zone, and the office's day."""

    who: str
    at: datetime
    today: date


class Accepted(NamedTuple):
    """How many tasks were accepted, and how many of those were late when they were taken in."""

    tasks: int
    late: int


class Finish(NamedTuple):
    """How a task was finished: on which day (None: today), by which answering document, with which note.

    `occurrence`: which day of a recurring task; None stands for the one that lists show.
    """

    on: date | None = None
    reply: str | None = None
    note: str | None = None
    occurrence: date | None = None


class Changed(NamedTuple):
    """What became of a task.

    Attributes:
        task_id, title: which one.
        occurrence: the day of a recurring task that was meant; None for other tasks.
        standing: how it stood when it was done; None after reopening.
        changed: False where all was so before.
    """

    task_id: int
    title: str
    occurrence: date | None
    standing: Standing | None
    changed: bool


def accept_all(session: Session, doc: str | None, hand: Hand) -> Accepted:
    """Accepts all tasks that wait, of one document or of all.

    Raises:
        NotFoundError, RefusedError: *doc* means no document, or several.
    """
    waiting = select(Task).where(Task.review == "pending")
    if doc is not None:
        waiting = waiting.where(Task.document_id == documents.one(session, doc))
    found = session.exec(waiting).all()
    for task in found:
        _set(session, task, "review", "accepted", hand)
    return Accepted(len(found), sum(task.late_at_intake for task in found))


def finish(session: Session, task_id: int, how: Finish, hand: Hand) -> Changed:
    """Records that a task, or one occurrence of a recurring task, is done; done again with other values, corrects them.

    Raises:
        NotFoundError: there is no such task.
        RefusedError: the day lies in the future, the task was cancelled or rejected, or has no such occurrence.
    """
    task = _task(session, task_id)
    if how.on is not None and how.on > hand.today:
        raise RefusedError(
            f"ngày hoàn thành {how.on:%d/%m/%Y} ở sau hôm nay ({hand.today:%d/%m/%Y})", "ghi ngày đã hoàn thành thật"
        )
    if task.status == "cancelled":
        raise RefusedError(f"nhiệm vụ {task_id} đã hủy", f"mở lại trước: nhacviec reopen {task_id}")
    if task.review == "rejected":
        raise RefusedError(f"nhiệm vụ {task_id} đã bị loại khi duyệt", "duyệt lại trước khi ghi kết quả")
    if how.note:
        _record(session, task, "note", None, how.note, hand)
    if task.deadline_rrule is not None:
        return _finish_occurrence(session, task, how, hand)
    if how.occurrence is not None:
        raise RefusedError(f"nhiệm vụ {task_id} không lặp lại theo kỳ", "bỏ --occurrence")
    return _finish_task(session, task, how, hand)


def _finish_task(session: Session, task: Task, how: Finish, hand: Hand) -> Changed:
    on = how.on or task.done_on or hand.today
    changed = bool(how.note)
    changed |= _set(session, task, "status", "done", hand)
    changed |= _set(session, task, "done_on", on, hand)
    changed |= how.reply is not None and _set(session, task, "reply_number", how.reply, hand)
    standing = schedule.standing("done", _current_due(session, task), on, hand.today, 0)
    return Changed(_number(task), task.title, None, standing, changed)


def _finish_occurrence(session: Session, task: Task, how: Finish, hand: Hand) -> Changed:
    days, stored = _days(session, task), _occurrences(session, task)
    settled = frozenset(day for day, row in stored.items() if row.done_on is not None)
    meant = how.occurrence or schedule.next_open(days, settled, hand.today)[0]
    if meant is None:
        raise RefusedError(f"nhiệm vụ {task.id} không còn kỳ nào chưa xong", f"xem: nhacviec show {task.id}")
    if not days.between(meant, meant):
        near = days.first_open_from(meant, ())
        hint = f"kỳ gần nhất là {near:%d/%m/%Y}" if near else f"xem: nhacviec show {task.id}"
        raise RefusedError(f"nhiệm vụ {task.id} không có kỳ {meant:%d/%m/%Y}", hint)
    row = stored.get(meant) or Occurrence(task_id=_number(task), day=meant)
    on = how.on or row.done_on or hand.today
    before, changed = (row.done_on, row.reply_number), bool(how.note)
    row.done_on, row.reply_number = on, how.reply or row.reply_number
    if before != (row.done_on, row.reply_number):
        session.add(row)
        _record(session, task, f"occurrence {meant.isoformat()}", before[0], on, hand)
        if how.reply is not None:
            _record(session, task, f"reply_number {meant.isoformat()}", before[1], how.reply, hand)
        changed = True
    if schedule.next_open(days, settled | {meant}, hand.today)[0] is None:
        _set(session, task, "status", "done", hand)
        _set(session, task, "done_on", on, hand)
    return Changed(_number(task), task.title, meant, schedule.standing("done", meant, on, hand.today, 0), changed)


def reopen(session: Session, task_id: int, hand: Hand, occurrence: date | None = None) -> Changed:
    """Opens a finished, paused or cancelled task again; of a recurring one, the occurrence named, else the last done.

    Raises:
        NotFoundError: there is no such task.
        RefusedError: the occurrence named was not done.
    """
    task = _task(session, task_id)
    changed, meant = False, None
    if task.deadline_rrule is not None:
        done = {day: row for day, row in _occurrences(session, task).items() if row.done_on is not None}
        meant = occurrence or max(done, default=None)
        if occurrence is not None and occurrence not in done:
            raise RefusedError(f"kỳ {occurrence:%d/%m/%Y} của nhiệm vụ {task_id} chưa xong", "không cần mở lại")
        if meant is not None:
            _record(session, task, f"occurrence {meant.isoformat()}", done[meant].done_on, None, hand)
            session.delete(done[meant])
            changed = True
    elif occurrence is not None:
        raise RefusedError(f"nhiệm vụ {task_id} không lặp lại theo kỳ", "bỏ --occurrence")
    if task.status not in OPEN:
        _set(session, task, "status", "todo", hand)
        _set(session, task, "done_on", None, hand)
        _set(session, task, "reply_number", None, hand)
        changed = True
    return Changed(task_id, task.title, meant, None, changed)


def _task(session: Session, task_id: int) -> Task:
    task = session.get(Task, task_id)
    if task is None:
        raise NotFoundError(f"không có nhiệm vụ số {task_id}", "xem số ở cột ID của “nhacviec tasks”")
    return task


def _number(task: Task) -> int:
    if task.id is None:
        raise AssertionError("a stored task has no number")
    return task.id


def _days(session: Session, task: Task) -> Recurrence:
    document = session.get(Document, task.document_id)
    if document is None or task.deadline_rrule is None:
        raise AssertionError("a recurring task has a rule and a document")
    return schedule.recurrence(
        task.deadline_rrule, task.deadline_start, task.deadline_due, document.date, document.taken_in
    )


def _occurrences(session: Session, task: Task) -> dict[date, Occurrence]:
    return {row.day: row for row in session.exec(select(Occurrence).where(Occurrence.task_id == task.id)).all()}


def _current_due(session: Session, task: Task) -> date | None:
    ledger = session.exec(select(Extension).where(Extension.task_id == task.id).order_by(col(Extension.id))).all()
    return schedule.current_due(task.deadline_due, [extension.due for extension in ledger])


def _set(session: Session, task: Task, field: str, value: date | str | None, hand: Hand) -> bool:
    """Changes one field and records it; False where it had that value before."""
    before = getattr(task, field)
    if before == value:
        return False
    setattr(task, field, value)
    session.add(task)
    _record(session, task, field, before, value, hand)
    return True


def _record(
    session: Session, task: Task, field: str, before: date | str | None, after: date | str | None, hand: Hand
) -> None:
    session.add(History(
        entity="task", entity_id=_number(task), field=field, before=None if before is None else str(before),
        after=None if after is None else str(after), who=hand.who, at=hand.at,
    ))  # fmt: skip
