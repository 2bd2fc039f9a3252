"""What the office itself is to be told today: its clerk, and its chief.

In: a session and the day's scene. Out: a `Digest` each, which may be empty.

The clerk hears of what could go to no unit: tasks whose lead is unknown, a group ("các sở, ban, ngành") or without an
address; tasks that wait for review, the late ones each; and mails that did not arrive for sure. The chief hears, once
each time, of what its unit leads and is late for long.

Example: "UBND các xã, phường chủ trì …", hạn 09/11/2026 → for the clerk, "giao chung cho UBND các xã, phường".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from tracker import columns
from tracker.alerts import history
from tracker.alerts.candidates import Candidate, Sections, document, of_all, part, task
from tracker.alerts.details import Details
from tracker.alerts.digest import CHIEF, CLERK, Digest, Doubt, Item
from tracker.alerts.heirs import Heirs
from tracker.alerts.record import DIGESTS
from tracker.model import Outbox, OutboxTask, UnitAddress
from tracker.units import addresses

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from tracker.alerts.select import Scene
    from tracker.rows import TaskRow

CLERK_NAME = "Văn thư"
LATE_AT_INTAKE = "đã quá hạn khi nhập văn bản"
DOUBT_DAYS = 7
"""A mail in doubt is shown so many days, unless a later one to the same recipient arrives."""
DOUBTS_NAMED = 50


class Doubts(NamedTuple):
    """Mails in doubt: those that are named, and how many there are."""

    named: tuple[Doubt, ...]
    total: int


def clerk_digest(session: Session, scene: Scene) -> Digest:
    """What the clerk is to be told, mails in doubt left out: they are known only when all others are sent."""
    unheard = Sections(("overdue", "due_today", "due_soon"))
    inherited = Heirs(session).reached(scene.today)
    for one in of_all(session, "accepted", scene.seen, _does_not_reach_all(inherited)):
        unheard.add(one)
    late = Sections(("overdue",))
    for one in of_all(session, "pending", scene.seen):
        late.add(one)
    named, late_named = unheard.named(), late.named()
    details = Details(session, [*named, *late_named], scene.seen)
    urged = history.urged(session, [one.task_id for one in named])
    known = inherited | addresses(session, _units_of([details.row(one) for one in named])).keys()
    return Digest(
        recipient=CLERK,
        name=CLERK_NAME,
        day=scene.today,
        addresses=scene.settings.alerts.clerk,
        items=tuple(details.item(one, urged.get(one.task_id, 0), _why(details.row(one), known)) for one in named),
        totals=unheard.totals,
        unreviewed_late=tuple(_unreviewed(details, one) for one in late_named),
        unreviewed_late_total=late.totals.get("overdue", 0),
        waiting=_waiting(session),
    )


def chief_digest(session: Session, scene: Scene) -> Digest:
    """What has become late for long since the chief was told last; each occurrence of a recurring task counts anew."""
    settings = scene.settings.alerts
    found = Sections(("overdue",))
    if settings.chief and settings.chief_after:
        long_ago = scene.today - timedelta(days=settings.chief_after)
        told = _chief_knows(session, scene.today)
        for one in of_all(session, "accepted", scene.seen):
            if one.day is not None and told.get(one.task_id, one.day) <= one.day <= long_ago:
                found.add(one)
    named = found.named()
    details = Details(session, named, scene.seen)
    urged = history.urged(session, [one.task_id for one in named])
    return Digest(
        recipient=CHIEF,
        name=chief_name(scene),
        day=scene.today,
        addresses=settings.chief,
        items=tuple(details.item(one, urged.get(one.task_id, 0)) for one in named),
        totals=found.totals,
        since_days=settings.chief_after,
    )


def chief_name(scene: Scene) -> str:
    """How the chief is addressed."""
    return f"Lãnh đạo {scene.settings.office.unit or 'cơ quan'}"


def _does_not_reach_all(inherited: Collection[int]) -> ColumnElement[bool]:
    """Tasks without a lead, or with one that is a group or has no address, nor another unit that has its work now."""
    leads = (part.task_id == task.id, part.role == "lead")
    mute = and_(
        part.unit_id.not_in(select(col(UnitAddress.unit_id))), part.unit_id.not_in(sorted(inherited))
    )  # fmt: skip
    silent = or_(part.is_group, part.unit_id.is_(None), mute)
    return or_(~exists().where(*leads), exists().where(*leads, silent))


def _chief_knows(session: Session, today: date) -> dict[int, date]:
    """When the chief was last told of each task."""
    asked = (
        select(OutboxTask.task_id, func.max(Outbox.day))  # type: ignore[call-overload]
        .join(Outbox, col(Outbox.id) == OutboxTask.outbox_id)
        .where(col(Outbox.recipient) == CHIEF, col(Outbox.kind) == "chief_digest")
        .where(col(Outbox.state) == "sent", col(Outbox.day) < today)
        .group_by(OutboxTask.task_id)
    )
    return dict(session.connection().execute(asked).all())


def _waiting(session: Session) -> int:
    source = columns.task.join(columns.document, document.id == task.document_id)
    asked = select(func.count()).select_from(source).where(task.review == "pending", document.state == "active")
    return session.connection().execute(asked).scalar_one()


def _units_of(rows: Sequence[TaskRow]) -> list[int]:
    return sorted({unit.unit_id for row in rows for unit in row.lead if unit.unit_id is not None})


def _why(row: TaskRow, known: Collection[int]) -> str:
    """Why a task reaches not all who lead it."""
    if not row.lead:
        return "chưa rõ đơn vị chủ trì"
    groups = [unit.text for unit in row.lead if unit.is_group]
    silent = [unit.name for unit in row.lead if not unit.is_group and unit.unit_id not in known]
    reasons = [f"giao chung cho {', '.join(groups)}"] if groups else []
    reasons += [f"chưa có địa chỉ thư của {', '.join(silent)}"] if silent else []
    return "; ".join(reasons)


def _unreviewed(details: Details, one: Candidate) -> Item:
    return details.item(one, note=LATE_AT_INTAKE if details.row(one).late_at_intake else "")


def doubts(session: Session, today: date) -> Doubts:
    """Digests of the last days that did not arrive for sure, where no later one to the same recipient did."""
    settled = (
        select(func.max(Outbox.id))
        .where(col(Outbox.kind).in_(DIGESTS), col(Outbox.day) > today - timedelta(days=DOUBT_DAYS))
        .where(col(Outbox.state).in_(("sent", "failed", "unknown")))  # what still waits is no news for the clerk
        .group_by(col(Outbox.recipient), col(Outbox.kind))
    )
    # the reason of a mail that was sent names the addresses that refused it
    meant = (col(Outbox.id).in_(settled), or_(col(Outbox.state) != "sent", col(Outbox.reason) != ""))
    rows = session.exec(rows_of(Outbox).where(*meant).order_by(col(Outbox.id)).limit(DOUBTS_NAMED)).all()
    total = session.connection().execute(select(func.count()).select_from(Outbox).where(*meant)).scalar_one()
    return Doubts(tuple(_doubt(row) for row in rows), total)


def _doubt(row: Outbox) -> Doubt:
    return Doubt(
        outbox_id=row.id or 0,
        name=row.bodies["name"],
        addresses=tuple(row.addresses),
        state=row.state,
        day=row.day,
        at=row.sending_at,
        reason=row.reason,
    )
