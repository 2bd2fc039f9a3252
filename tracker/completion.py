"""Closing and reopening tasks: a task, or one occurrence of a recurring one.

In: a writing session, a task's number, how it was finished, and who says so. Out: `Changed`, how it stands now.
Whatever breaks a rule changes nothing.

Example: `nhacviec done 7 --on 18/11/2026 --reply 91/BC-SNV` closes task 7 on time and records three fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import schedule
from tracker.changes import Changed, counted_due, days_of, number_of, occurrences_of, record, set_field, task_of
from tracker.errors import RefusedError
from tracker.model import Occurrence
from tracker.states import OPEN

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from tracker.changes import Hand
    from tracker.model import Task


class Finish(NamedTuple):
    """How a task was finished: on which day (None: today), by which answering document, with which note.

    `occurrence`: which day of a recurring task; None stands for the one that lists show.
    """

    on: date | None = None
    reply: str | None = None
    note: str | None = None
    occurrence: date | None = None


def finish(session: Session, task_id: int, how: Finish, hand: Hand) -> Changed:
    """Records that a task, or one occurrence of a recurring task, is done; done again with other values, corrects them.

    Raises:
        NotFoundError: there is no such task.
        RefusedError: the day lies in the future, the task was cancelled or rejected, or has no such occurrence.
    """
    task = task_of(session, task_id)
    check(task, how, hand)
    if how.note:
        record(session, task, "note", (None, how.note), hand)
    if task.deadline_rrule is not None:
        return _finish_occurrence(session, task, how, hand)
    if how.occurrence is not None:
        raise RefusedError(f"nhiệm vụ {task_id} không lặp lại theo kỳ", "bỏ --occurrence")
    return _finish_task(session, task, how, hand)


def check(task: Task, how: Finish, hand: Hand) -> None:
    """Whether a task can be finished so.

    Raises:
        RefusedError: the day lies in the future, or the task was cancelled or rejected.
    """
    if how.on is not None and how.on > hand.today:
        raise RefusedError(
            f"ngày hoàn thành {how.on:%d/%m/%Y} ở sau hôm nay ({hand.today:%d/%m/%Y})", "ghi ngày đã hoàn thành thật"
        )
    if task.status == "cancelled":
        raise RefusedError(f"nhiệm vụ {task.id} đã hủy", f"mở lại trước: nhacviec reopen {task.id}")
    if task.review == "rejected":
        raise RefusedError(f"nhiệm vụ {task.id} đã bị loại khi duyệt", "duyệt lại trước khi ghi kết quả")


def _finish_task(session: Session, task: Task, how: Finish, hand: Hand) -> Changed:
    on = how.on or task.done_on or hand.today
    changed = bool(how.note)
    changed |= set_field(session, task, "status", "done", hand)
    changed |= set_field(session, task, "done_on", on, hand)
    changed |= how.reply is not None and set_field(session, task, "reply_number", how.reply, hand)
    due = counted_due(session, task, hand)
    standing = schedule.standing("done", due, on, hand.today, 0)
    return Changed(number_of(task), task.title, None, standing, changed)


def _finish_occurrence(session: Session, task: Task, how: Finish, hand: Hand) -> Changed:
    days, stored = days_of(session, task), occurrences_of(session, task)
    settled = frozenset(day for day, row in stored.items() if row.done_on is not None)
    meant = how.occurrence or schedule.next_open(days, settled, hand.today)[0]
    if meant is None:
        raise RefusedError(f"nhiệm vụ {task.id} không còn kỳ nào chưa xong", f"xem: nhacviec show {task.id}")
    if not days.between(meant, meant):
        near = days.first_open_from(meant, ())
        hint = f"kỳ gần nhất là {near:%d/%m/%Y}" if near else f"xem: nhacviec show {task.id}"
        raise RefusedError(f"nhiệm vụ {task.id} không có kỳ {meant:%d/%m/%Y}", hint)
    row = stored.get(meant) or Occurrence(task_id=number_of(task), day=meant)
    on = how.on or row.done_on or hand.today
    before, changed = (row.done_on, row.reply_number), bool(how.note)
    row.done_on, row.reply_number = on, how.reply or row.reply_number
    if before != (row.done_on, row.reply_number):
        session.add(row)
        record(session, task, f"occurrence {meant.isoformat()}", (before[0], on), hand)
        if how.reply is not None:
            record(session, task, f"reply_number {meant.isoformat()}", (before[1], how.reply), hand)
        changed = True
    if schedule.next_open(days, settled | {meant}, hand.today)[0] is None:
        set_field(session, task, "status", "done", hand)
        set_field(session, task, "done_on", on, hand)
    return Changed(number_of(task), task.title, meant, schedule.standing("done", meant, on, hand.today, 0), changed)


def reopen(session: Session, task_id: int, hand: Hand, occurrence: date | None = None) -> Changed:
    """Opens a finished, paused or cancelled task again; of a recurring one, the occurrence named, else the last done.

    Raises:
        NotFoundError: there is no such task.
        RefusedError: the occurrence named was not done.
    """
    task = task_of(session, task_id)
    changed, meant = False, None
    stopped = task.status in {"paused", "cancelled"} and occurrence is None
    if task.deadline_rrule is not None and not stopped:
        done = {day: row for day, row in occurrences_of(session, task).items() if row.done_on is not None}
        meant = occurrence or max(done, default=None)
        if occurrence is not None and occurrence not in done:
            raise RefusedError(f"kỳ {occurrence:%d/%m/%Y} của nhiệm vụ {task_id} chưa xong", "không cần mở lại")
        if meant is not None:
            record(session, task, f"occurrence {meant.isoformat()}", (done[meant].done_on, None), hand)
            session.delete(done[meant])
            changed = True
    elif occurrence is not None:
        raise RefusedError(f"nhiệm vụ {task_id} không lặp lại theo kỳ", "bỏ --occurrence")
    if task.status not in OPEN:
        set_field(session, task, "status", "todo", hand)
        set_field(session, task, "done_on", None, hand)
        set_field(session, task, "reply_number", None, hand)
        changed = True
    return Changed(task_id, task.title, meant, None, changed)
