"""Groups of units, and who of them has finished: the roll-call of a task that is given to many.

In: a task's parts and the registry. Out: the units whose word is awaited, and those that have given it.

A group is a unit of the registry that stands for its members. The roll-call of a task names the members of the groups
that lead it, beside single units that lead with them; where none leads, those of the groups that support it. A member
that is no more on the day that counts is left out: its successor is one itself.

Example: "Các sở, ban, ngành báo cáo kết quả" with 12 members: `nhacviec done 7 --unit "Sở Y tế"` is one of 12.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from tracker import completion, schedule
from tracker.changes import Changed, days_of, number_of, occurrences_of, record, task_of
from tracker.completion import Finish
from tracker.errors import RefusedError
from tracker.model import RollCall, Task, TaskUnit, Unit, UnitMember
from tracker.unit_names import plain
from tracker.units import registered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.changes import Hand

_LED = re.compile(r"^(?:(?:thu truong|giam doc|chu tich|truong|cac) )+")
_WHERE = re.compile(r"(?: (?:cap )?(?:tinh|thanh pho|tp)| truc thuoc(?: tinh| thanh pho)?)$")


class Answer(NamedTuple):
    """One of the units that a task is given to: when it finished (None: not yet), by which document."""

    unit_id: int
    name: str
    done_on: date | None
    reply_number: str | None


def roll_call(session: Session, task: Task, day: date | None, today: date) -> tuple[Answer, ...]:
    """Who is awaited for a task (for its occurrence on *day*, if it recurs); () where it is given to no group we know.

    Args:
        today: counts for which members there are, where the task has no day.
    """
    given = {row.unit_id: row for row in _given(session, task, day)}
    awaited = _awaited(session, task, day or task.deadline_due or today)
    awaited += [session.get_one(Unit, one) for one in given if one not in {unit.id for unit in awaited}]
    return tuple(
        Answer(unit.id or 0, unit.name, given[unit.id].done_on, given[unit.id].reply_number)
        if unit.id in given else Answer(unit.id or 0, unit.name, None, None)
        for unit in awaited
    )  # fmt: skip


def _given(session: Session, task: Task, day: date | None) -> Sequence[RollCall]:
    asked = select(RollCall).where(RollCall.task_id == task.id)
    asked = asked.where(col(RollCall.day).is_(None) if task.deadline_rrule is None else RollCall.day == day)
    return session.exec(asked.order_by(col(RollCall.id))).all()


def _awaited(session: Session, task: Task, on: date) -> list[Unit]:
    asked = select(TaskUnit).where(TaskUnit.task_id == task.id).order_by(col(TaskUnit.role), col(TaskUnit.position))
    parts = session.exec(asked).all()
    groups = {_key(name): unit for unit in _groups(session) for name in (unit.name, *unit.short_names)}
    for role in ("lead", "support"):
        named = [groups.get(_key(part.name)) or groups.get(_key(part.text)) if part.is_group else None
                 for part in parts if part.role == role]  # fmt: skip
        if any(named):
            single = [part.unit_id for part in parts if role == "lead" == part.role and part.unit_id is not None]
            found = {one: None for group in named if group for one in members(session, group, on)}
            units = [session.get_one(Unit, one) for one in dict.fromkeys([*single, *found])]
            return units
    return []


def _groups(session: Session) -> Sequence[Unit]:
    return session.exec(select(Unit).where(col(Unit.is_group)).order_by(col(Unit.id))).all()


def members(session: Session, group: Unit, on: date) -> list[int]:
    """Numbers of the units that a group stands for on a day."""
    asked = (
        select(Unit)
        .join(UnitMember, col(UnitMember.unit_id) == Unit.id)
        .where(UnitMember.group_id == group.id)
        .order_by(col(Unit.id))
    )
    found = session.exec(asked).all()
    standing = [unit for unit in found if unit.valid_to is None or on <= unit.valid_to]
    return [unit.id for unit in standing if unit.id and (unit.valid_from is None or unit.valid_from <= on)]


def _key(name: str) -> str:
    """A group's name as far as it matters: "Thủ trưởng các sở, ban, ngành tỉnh" is "so ban nganh"."""
    return _WHERE.sub("", _LED.sub("", plain(name)))


def answered(session: Session, task_id: int, unit: str, how: Finish, hand: Hand) -> Changed:
    """Records that one of the units that a task is given to has finished; with the last one the task is done.

    Raises:
        NotFoundError, RefusedError: no such task, the unit is not known or not asked, or the task cannot be finished.
    """
    task = task_of(session, task_id)
    completion.check(task, how, hand)
    day = _occurrence(session, task, how, hand)
    meant = registered(session, unit, hand.home)
    number, name = meant.id or 0, meant.name
    awaited = roll_call(session, task, day, hand.today)
    if awaited and number not in {answer.unit_id for answer in awaited}:
        raise RefusedError(f"nhiệm vụ {task_id} không giao cho {name}", f"xem danh sách: nhacviec show {task_id}")
    row = next((one for one in _given(session, task, day) if one.unit_id == number), None)
    row = row or RollCall(task_id=task_id, unit_id=number, day=day, done_on=hand.today)
    before = (row.done_on if row.id else None, row.reply_number)
    row.done_on, row.reply_number = how.on or (before[0] or hand.today), how.reply or row.reply_number
    changed = before != (row.done_on, row.reply_number)
    if changed:
        session.add(row)
        record(session, task, f"roll_call {name}", (before[0], row.done_on), hand)
        session.flush()
    answers = roll_call(session, task, day, hand.today)
    done = [answer.done_on for answer in answers if answer.done_on is not None]
    if answers and len(done) == len(answers):
        completion.finish(session, task_id, Finish(max(done), how.reply, how.note, how.occurrence), hand)
    elif how.note:
        record(session, task, "note", (None, how.note), hand)
    said = f"{name} đã xong" + (f", {len(done)}/{len(answers)} đơn vị đã xong" if len(answers) > 1 else "")
    return Changed(number_of(task), task.title, day, None, changed, said)


def taken_back(session: Session, task_id: int, unit: str, hand: Hand) -> Changed:
    """Takes back that a unit has finished; a task that was done by that is open again.

    Raises:
        NotFoundError, RefusedError: no such task, or the unit has not finished it.
    """
    task = task_of(session, task_id)
    meant = registered(session, unit, hand.home)
    number, name = meant.id or 0, meant.name
    asked = select(RollCall).where(RollCall.task_id == task_id, RollCall.unit_id == number)
    row = session.exec(asked.order_by(col(RollCall.day).desc())).first()
    if row is None:
        raise RefusedError(f"{name} chưa ghi xong nhiệm vụ {task_id}", "không cần mở lại")
    record(session, task, f"roll_call {name}", (row.done_on, None), hand)
    session.delete(row)
    session.flush()
    occurrences = occurrences_of(session, task) if row.day else {}
    if task.status == "done" or row.day in occurrences:
        completion.reopen(session, task_id, hand, row.day)
    return Changed(task_id, task.title, row.day, None, True, f"{name} chưa xong")


def _occurrence(session: Session, task: Task, how: Finish, hand: Hand) -> date | None:
    if task.deadline_rrule is None:
        return None
    settled = frozenset(day for day, row in occurrences_of(session, task).items() if row.done_on is not None)
    return how.occurrence or schedule.next_open(days_of(session, task), settled, hand.today)[0]
