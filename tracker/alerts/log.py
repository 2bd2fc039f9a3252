"""What was sent: the proof that a unit was reminded, and of what.

In: a session. Out: `LogRow`s, newest first, and their JSON.

Example: mail 12 to Sở Y tế <soyte@lamdong.example.vn>, sent 21/11/2026 07:30, tasks #3 (quá hạn), #7 (sắp đến hạn), the
server said "250 2.0.0 Ok: queued as 4F1C".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from tracker.model import Outbox, OutboxTask
from tracker.rows import iso

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.states import OutboxState

STATE_NAMES: dict[OutboxState, str] = {
    "queued": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "failed": "không gửi được",
    "unknown": "không rõ đã tới chưa",
}


@dataclass(frozen=True, slots=True)
class LogRow:
    """A mail of the outbox.

    Attributes:
        tasks: the tasks it speaks of, as (task, why, occurrence of a recurring task).
        reason: why it was not sent, wholly or in part.
        text: its words.
    """

    id: int
    kind: str
    name: str
    recipient: str
    addresses: tuple[str, ...]
    day: date
    state: OutboxState
    subject: str
    tasks: tuple[tuple[int, str, date | None], ...]
    attempts: int
    created_at: datetime
    sending_at: datetime | None
    sent_at: datetime | None
    next_try_at: datetime | None
    server_answer: str | None
    reason: str
    message_id: str
    text: str


def rows(session: Session, limit: int, task_id: int | None = None) -> list[LogRow]:
    """The newest *limit* mails, of those that speak of one task if *task_id* is given."""
    asked = select(Outbox).order_by(col(Outbox.id).desc()).limit(limit)
    if task_id is not None:
        asked = asked.where(col(Outbox.id).in_(select(OutboxTask.outbox_id).where(OutboxTask.task_id == task_id)))
    found = session.exec(asked).all()
    tasks: defaultdict[int, list[tuple[int, str, date | None]]] = defaultdict(list)
    told = select(OutboxTask).where(col(OutboxTask.outbox_id).in_([row.id for row in found]))
    for task in session.exec(told.order_by(col(OutboxTask.task_id))):
        tasks[task.outbox_id].append((task.task_id, task.reason, task.occurrence))
    return [_row(row, row.id, tuple(tasks[row.id])) for row in found if row.id is not None]


def _row(row: Outbox, number: int, tasks: tuple[tuple[int, str, date | None], ...]) -> LogRow:
    return LogRow(
        id=number,
        kind=row.kind,
        name=row.bodies["name"],
        recipient=row.recipient,
        addresses=tuple(row.addresses),
        day=row.day,
        state=row.state,
        subject=row.subject,
        tasks=tasks,
        attempts=row.attempts,
        created_at=row.created_at,
        sending_at=row.sending_at,
        sent_at=row.sent_at,
        next_try_at=row.next_try_at,
        server_answer=row.server_answer,
        reason=row.reason,
        message_id=row.message_id,
        text=row.bodies["text"],
    )


def to_json(row: LogRow) -> dict[str, Any]:
    """The row as JSON; days and moments (UTC) in ISO form."""
    moments = {name: getattr(row, name) for name in ("created_at", "sending_at", "sent_at", "next_try_at")}
    return {
        "id": row.id,
        "kind": row.kind,
        "recipient": row.recipient,
        "name": row.name,
        "addresses": list(row.addresses),
        "day": row.day.isoformat(),
        "state": row.state,
        "subject": row.subject,
        "tasks": [{"id": number, "reason": why, "occurrence": iso(day)} for number, why, day in row.tasks],
        "attempts": row.attempts,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
        "server_answer": row.server_answer,
        "reason": row.reason,
        "message_id": row.message_id,
    }
