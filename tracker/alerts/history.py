"""What was told before: to whom, of which tasks, how often; what a new mail continues.

In: a session, recipients ("unit:12", "chief"), numbers of tasks. Out: how often and when last a mail that was sent
spoke of a task, how many mails a recipient had this week, which mail began the recipient's thread. Mails that failed or
may not have arrived count as nothing told.

Example: Sở Y tế had mails that named task 7 on 9, 10 and 11 November → `Told(times=3, last=2026-11-11)`: "Đã đôn đốc 3
lần".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.model import Outbox, OutboxTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_AT_ONCE = 500
_BEGUN = ("sent", "unknown")
"""A mail that may have arrived can begin a thread."""


class Told(NamedTuple):
    """How often a task was told of, and when last."""

    times: int
    last: date


def told(
    session: Session, recipients: Sequence[str], task_ids: Sequence[int], before: date
) -> dict[tuple[str, int], Told]:
    """What each recipient was told of each task before a day."""
    found: dict[tuple[str, int], Told] = {}
    for some in _pieces(sorted(set(task_ids))):
        asked = (
            select(Outbox.recipient, OutboxTask.task_id, func.count(), func.max(Outbox.day))  # type: ignore[call-overload]
            .join(Outbox, col(Outbox.id) == OutboxTask.outbox_id)
            .where(col(OutboxTask.task_id).in_(some), col(Outbox.recipient).in_(recipients))
            .where(col(Outbox.state) == "sent", col(Outbox.day) < before)
            .group_by(Outbox.recipient, OutboxTask.task_id)
        )
        for recipient, task_id, times, last in session.connection().execute(asked):
            found[recipient, task_id] = Told(times, last)
    return found


def urged(session: Session, task_ids: Sequence[int]) -> dict[int, int]:
    """On how many days each task was told to the units that work on it."""
    found: dict[int, int] = {}
    for some in _pieces(sorted(set(task_ids))):
        asked = (
            select(OutboxTask.task_id, func.count(col(Outbox.day).distinct()))  # type: ignore[call-overload]
            .join(Outbox, col(Outbox.id) == OutboxTask.outbox_id)
            .where(col(OutboxTask.task_id).in_(some))
            .where(col(Outbox.state) == "sent", col(Outbox.kind) == "unit_digest")
            .group_by(OutboxTask.task_id)
        )
        found |= dict(session.connection().execute(asked).all())
    return found


def reminded(session: Session, task_id: int) -> Told | None:
    """How often one task was told to the units that work on it, and when last; None: never."""
    asked = (
        select(func.count(col(Outbox.day).distinct()), func.max(Outbox.day))
        .join(OutboxTask, col(OutboxTask.outbox_id) == Outbox.id)
        .where(col(OutboxTask.task_id) == task_id, col(Outbox.state) == "sent", col(Outbox.kind) == "unit_digest")
    )
    times, last = session.connection().execute(asked).one()
    return Told(times, last) if last is not None else None


def this_week(session: Session, recipients: Sequence[str], monday: date, today: date) -> dict[str, int]:
    """How many mails each recipient had since *monday*, today's not counted."""
    asked = (
        select(Outbox.recipient, func.count())  # type: ignore[call-overload]
        .where(col(Outbox.recipient).in_(recipients), col(Outbox.state) != "failed")
        .where(col(Outbox.day) >= monday, col(Outbox.day) < today)
        .group_by(Outbox.recipient)
    )
    return dict(session.connection().execute(asked).all())


def thread_roots(session: Session, recipients: Sequence[str]) -> dict[str, str]:
    """The Message-ID of the first mail that each recipient had: later ones answer it, and mail programs group them."""
    first = (
        select(func.min(Outbox.id))
        .where(col(Outbox.recipient).in_(recipients), col(Outbox.state).in_(_BEGUN))
        .group_by(Outbox.recipient)
    )
    asked = select(Outbox.recipient, Outbox.message_id).where(col(Outbox.id).in_(first))  # type: ignore[call-overload]
    return dict(session.connection().execute(asked).all())


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
