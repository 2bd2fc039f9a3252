"""A task's way from its start to its end: begun, on its way, given more time, given to others, stopped, noted.

In: a writing session, a task's number, what is new, and `Hand`. Out: `Changed`. What breaks a rule changes nothing:
cancelled and rejected tasks stay as they are until somebody opens them again.

Example: `nhacviec extend 7 --to 20/12/2026 --reason "chờ số liệu" --approved-by 12/TB-VP` leaves the first day where
it stands and puts one more line into the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlmodel import Session, col, delete, select

from extractor.model import UnitMention
from tracker import parts
from tracker.changes import (
    Changed,
    counted_due,
    current_due,
    extensions_of,
    number_of,
    record,
    set_field,
    task_of,
)
from tracker.errors import RefusedError
from tracker.model import Document, Extension, Task, TaskUnit
from tracker.states import ROLES
from tracker.unit_names import Registry
from tracker.units import named_unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.changes import Hand
    from tracker.states import Role


class Longer(NamedTuple):
    """More time for a task: until when, why, by which document, and how often a day may be moved in all."""

    to: date
    reason: str
    approved_by: str | None = None
    most: int = 2


def start(session: Session, task_id: int, hand: Hand) -> Changed:
    """Work has begun."""
    task = _followed(session, task_id)
    _refuse_done(task)
    changed = set_field(session, task, "status", "doing", hand)
    return Changed(task_id, task.title, None, None, changed, "đang thực hiện")


def progress(session: Session, task_id: int, percent: int | None, note: str | None, hand: Hand) -> Changed:
    """How far work is: a percentage, words, or both; work that was not begun is begun by that.

    Raises:
        RefusedError: neither is given, or *percent* is none.
    """
    task = _followed(session, task_id)
    _refuse_done(task)
    if percent is None and not (note or "").strip():
        raise RefusedError(
            "chưa có nội dung tiến độ", f"ghi như: nhacviec progress {task_id} “đã có dự thảo” --percent 60"
        )
    if percent is not None and not 0 <= percent <= 100:
        raise RefusedError(f"tiến độ {percent}% không có thật", "ghi một số từ 0 đến 100")
    changed = set_field(session, task, "status", "doing", hand)
    if percent is not None:
        changed |= set_field(session, task, "progress", percent, hand)
    if note and note.strip():
        record(session, task, "progress_note", (None, note.strip()), hand)
        changed = True
    said = "tiến độ" + (f" {task.progress}%" if task.progress is not None else "")
    return Changed(task_id, task.title, None, None, changed, said + (f": {note.strip()}" if note else ""))


def extend(session: Session, task_id: int, longer: Longer, hand: Hand) -> Changed:
    """Moves the day that counts; the first day and all former extensions stay in the ledger.

    Raises:
        RefusedError: no reason, no day of its own, not later than the day that counts now, or moved too often.
    """
    task = _followed(session, task_id)
    _refuse_done(task)
    now = current_due(session, task)
    given = extensions_of(session, task)
    if not longer.reason.strip():
        raise RefusedError("gia hạn phải có lý do", "ghi --reason")
    if task.deadline_rrule is not None:
        raise RefusedError(
            f"nhiệm vụ {task_id} lặp lại theo kỳ, không gia hạn được", "sửa thời hạn khi duyệt: nhacviec review"
        )
    if now is None:
        raise RefusedError(f"nhiệm vụ {task_id} chưa có ngày hạn để gia hạn", "đặt hạn: nhacviec edit ID --due NGÀY")
    if longer.to <= now:
        raise RefusedError(
            f"hạn mới {longer.to:%d/%m/%Y} không sau hạn hiện nay {now:%d/%m/%Y}", "gia hạn đến một ngày muộn hơn"
        )
    if len(given) >= longer.most:
        raise RefusedError(
            f"nhiệm vụ {task_id} đã gia hạn {len(given)} lần, nhiều nhất {longer.most} lần",
            "đổi [schedule] max_extensions nếu cơ quan cho phép",
        )
    session.add(Extension(
        task_id=task_id, due=longer.to, reason=longer.reason.strip(), approved_by=longer.approved_by,
        who=hand.who, at=hand.at,
    ))  # fmt: skip
    record(session, task, "extension", (now, longer.to), hand)
    session.flush()
    said = f"gia hạn lần {len(given) + 1} đến {counted_due(session, task, hand):%d/%m/%Y}"
    return Changed(task_id, task.title, None, None, True, said)


def assign(
    session: Session, task_id: int, lead: Sequence[str] | None, support: Sequence[str] | None, hand: Hand
) -> Changed:
    """Gives a task to other units; None leaves a role as it is, and an empty list clears it.

    Raises:
        RefusedError: no role is given, or a unit is not known or could be several.
    """
    task = _followed(session, task_id)
    if lead is None and support is None:
        raise RefusedError("chưa nêu giao cho đơn vị nào", "ghi --lead hoặc --support")
    changed = False
    for role, names in zip(ROLES, (lead, support), strict=True):
        if names is not None:
            mentions = [_mention(session, name, hand) for name in names if name.strip()]
            changed |= set_units(session, task, role, mentions, hand)
    return Changed(task_id, task.title, None, None, changed, f"giao {_units_said(session, task)}")


def _mention(session: Session, name: str, hand: Hand) -> UnitMention:
    unit_name, key = named_unit(session, name, hand.home)
    return UnitMention(unit_name, unit_name, key=key)


def set_units(
    session: Session, task: Task, role: Role, mentions: Sequence[UnitMention], hand: Hand, field: str | None = None
) -> bool:
    """Replaces the units of one role and records it, as *field* (else as the role); False where they were the same."""
    before = _names(session, task, role)
    after = [mention.name for mention in mentions]
    if before == after:
        return False
    session.exec(delete(TaskUnit).where(col(TaskUnit.task_id) == task.id, col(TaskUnit.role) == role))
    issuer = session.get_one(Document, task.document_id).issuer
    registry = Registry.read(session, hand.home).within(issuer)
    rows = [parts.part(role, at, mention, number_of(task), registry) for at, mention in enumerate(mentions)]
    parts.store(session, rows)
    record(session, task, field or role, ("; ".join(before) or None, "; ".join(after) or None), hand)
    refresh_search(session, task)
    return True


def mentions_of(session: Session, tasks: Sequence[Task], role: Role) -> list[UnitMention]:
    """The units that several tasks name in one role, each once, in their order."""
    found: dict[str, UnitMention] = {}
    for task in tasks:
        asked = select(TaskUnit).where(TaskUnit.task_id == task.id, TaskUnit.role == role)
        for one in session.exec(asked.order_by(col(TaskUnit.position))).all():
            found.setdefault(one.name, UnitMention(one.text, one.name, key=one.unit_key, group=one.is_group))
    return list(found.values())


def refresh_search(session: Session, task: Task) -> None:
    """Brings the words under which a task is found up to date with its fields."""
    units = session.exec(select(TaskUnit).where(TaskUnit.task_id == task.id).order_by(col(TaskUnit.id))).all()
    names = [word for unit in units for word in (unit.name, unit.text)]
    task.search = parts.search_text(task.title, task.text, task.product, names)
    session.add(task)


def _names(session: Session, task: Task, role: Role) -> list[str]:
    asked = select(TaskUnit.name).where(TaskUnit.task_id == task.id, TaskUnit.role == role)
    return list(session.exec(asked.order_by(col(TaskUnit.position))).all())


def _units_said(session: Session, task: Task) -> str:
    lead, support = (", ".join(_names(session, task, role)) for role in ROLES)
    return f"{lead or 'chưa rõ'} chủ trì" + (f", {support} phối hợp" if support else "")


def stop(session: Session, task_id: int, status: Literal["paused", "cancelled"], reason: str, hand: Hand) -> Changed:
    """Work is stopped for a while, or for good; why is kept in the history.

    Raises:
        RefusedError: no reason is given, or the task is done.
    """
    task = task_of(session, task_id)
    _refuse_rejected(task)
    _refuse_done(task)
    if not reason.strip():
        raise RefusedError("chưa có lý do", "ghi --reason")
    changed = set_field(session, task, "status", status, hand)
    if changed:
        record(session, task, "reason", (None, reason.strip()), hand)
    return Changed(task_id, task.title, None, None, changed, "tạm dừng" if status == "paused" else "đã hủy")


def note(session: Session, task_id: int, text: str, hand: Hand) -> Changed:
    """Writes words into a task's history."""
    task = task_of(session, task_id)
    if not text.strip():
        raise RefusedError("ghi chú không có chữ nào", f"ghi như: nhacviec note {task_id} “đã gọi điện nhắc”")
    record(session, task, "note", (None, text.strip()), hand)
    return Changed(task_id, task.title, None, None, True, "đã ghi chú")


def _followed(session: Session, task_id: int) -> Task:
    task = task_of(session, task_id)
    _refuse_rejected(task)
    if task.status == "cancelled":
        raise RefusedError(f"nhiệm vụ {task_id} đã hủy", f"mở lại trước: nhacviec reopen {task_id}")
    return task


def _refuse_rejected(task: Task) -> None:
    if task.review == "rejected":
        raise RefusedError(f"nhiệm vụ {task.id} đã bị loại khi duyệt", "duyệt lại trước khi cập nhật")


def _refuse_done(task: Task) -> None:
    if task.status == "done":
        raise RefusedError(f"nhiệm vụ {task.id} đã hoàn thành", f"mở lại trước: nhacviec reopen {task.id}")
