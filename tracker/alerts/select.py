"""Who is to be told what today: the tasks that are late, due today or due soon, sorted to those who must know.

In: a session and today. Out: `Selected`: a `Digest` for each unit that can and must hear something, and the clerk's.

A unit hears of accepted, open tasks of active documents that it leads or supports. The clerk hears of those whose lead
is unknown, a group ("các sở, ban, ngành") or without an address; of tasks that wait for review, which go to no unit:
the late ones each, all of them as a number; and of mails that did not arrive for sure.

Example: "Sở Y tế chủ trì, phối hợp với các đơn vị liên quan", hạn 09/11/2026 → on 21 November overdue for Sở Y tế.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from extractor.periods import Period
from tracker import queries
from tracker.alerts.digest import CLERK, URGENCIES, Digest, Doubt, Item, Urgency
from tracker.alerts.record import DIGESTS
from tracker.model import Evidence, Outbox, Unit
from tracker.queries import Filters
from tracker.rows import Clock
from tracker.units import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.rows import TaskRow
    from tracker.settings import Settings
    from tracker.states import Role

CLERK_NAME = "Văn thư"
LATE_AT_INTAKE = "đã quá hạn khi nhập văn bản"
DOUBT_DAYS = 7
"""A mail in doubt is shown so many days, unless a later one to the same recipient arrives."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """The units that can get mail, and the quotes of the tasks in question."""

    names: dict[int, str]
    addresses: dict[int, tuple[str, ...]]
    quotes: dict[int, tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class Selected:
    """All that there is to tell today: the units' digests by unit number, the clerk's without mails in doubt."""

    units: tuple[Digest, ...]
    clerk: Digest


def selected(session: Session, today: date, settings: Settings) -> Selected:
    """Sorts today's tasks to those who must know; no unit's digest is empty, the clerk's may be."""
    rows = _rows(session, today, settings)
    clock = Clock(today, settings.soon_days)
    late = queries.overdue(session, Filters(review="pending"), clock).rows
    known = _known(session, [*rows, *late])
    clerk = Digest(
        recipient=CLERK,
        name=CLERK_NAME,
        day=today,
        addresses=settings.alerts.clerk,
        items=_sorted(replace(_item(row, today, known), note=note) for row in rows if (note := _why(row, known))),
        unreviewed_late=_sorted(
            replace(_item(row, today, known), note=LATE_AT_INTAKE if row.late_at_intake else "") for row in late
        ),
        waiting=queries.tasks(session, Filters(review="pending", limit=0), clock).total,
    )
    return Selected(_for_units(rows, today, known), clerk)


def _for_units(rows: Sequence[TaskRow], today: date, known: _Known) -> tuple[Digest, ...]:
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for row in rows:
        for unit_id, role in _parts(row).items():
            if unit_id in known.addresses:
                items[unit_id].append(replace(_item(row, today, known), role=role))
    return tuple(
        Digest(
            recipient=f"unit:{unit_id}",
            name=known.names[unit_id],
            day=today,
            addresses=known.addresses[unit_id],
            unit_id=unit_id,
            items=_sorted(items[unit_id]),
        )
        for unit_id in sorted(items)
    )


def _rows(session: Session, today: date, settings: Settings) -> list[TaskRow]:
    """Accepted tasks that are late, due today or due soon; of a recurring one the late day and the next one."""
    accepted = Filters(review="accepted")
    clock = Clock(today, settings.soon_days)
    late = queries.overdue(session, accepted, clock).rows
    coming = queries.due(
        session, accepted, Period(today, today + timedelta(days=settings.soon_days), "day"), clock
    ).rows
    first: dict[int, TaskRow] = {}
    for row in coming:  # by day: a weekly report is announced once, not for each week
        first.setdefault(row.id, row)
    return [*late, *first.values()]


def _known(session: Session, rows: Sequence[TaskRow]) -> _Known:
    ids = sorted({unit.unit_id for row in rows for unit in (*row.lead, *row.support) if unit.unit_id is not None})
    found = addresses(session, ids)
    names = {
        unit.id: unit.name
        for some in _pieces(sorted(found))
        for unit in session.exec(select(Unit).where(col(Unit.id).in_(some)))
        if unit.id is not None
    }
    return _Known(names, found, _quotes(session, sorted({row.id for row in rows})))


def _quotes(session: Session, task_ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """The document's own words for each task, all places in which they stand joined, with the page of the first."""
    found: dict[int, tuple[str, int | None]] = {}
    for some in _pieces(task_ids):
        rows = session.exec(
            select(Evidence.task_id, Evidence.quote, Evidence.page)
            .where(col(Evidence.task_id).in_(some), Evidence.field == "text")
            .order_by(col(Evidence.id))
        )
        for task_id, quote, page in rows:
            if task_id is not None:
                earlier, first_page = found.get(task_id, ("", page))
                found[task_id] = (f"{earlier} {quote}".strip(), first_page)
    return found


def _pieces(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _parts(row: TaskRow) -> dict[int, Role]:
    """The units of the registry that have a part in a task, each once; who leads and supports, leads."""
    parts: dict[int, Role] = {unit.unit_id: "support" for unit in row.support if unit.unit_id is not None}
    return parts | {unit.unit_id: "lead" for unit in row.lead if unit.unit_id is not None}


def _why(row: TaskRow, known: _Known) -> str:
    """Why a task reaches not all who lead it; "" where it does."""
    if not row.lead:
        return "chưa rõ đơn vị chủ trì"
    groups = [unit.text for unit in row.lead if unit.is_group]
    silent = [unit.name for unit in row.lead if not unit.is_group and unit.unit_id not in known.addresses]
    reasons = [f"giao chung cho {', '.join(groups)}"] if groups else []
    reasons += [f"chưa có địa chỉ thư của {', '.join(silent)}"] if silent else []
    return "; ".join(reasons)


def _item(row: TaskRow, today: date, known: _Known) -> Item:
    if row.current_due is None:
        raise AssertionError("a task without a day is neither late nor due")
    left = (row.current_due - today).days
    urgency: Urgency = "overdue" if left < 0 else "due_today" if left == 0 else "due_soon"
    quote, page = known.quotes.get(row.id, (row.text, None))
    return Item(
        task_id=row.id,
        title=row.title,
        urgency=urgency,
        day=row.current_due,
        days=abs(left),
        missed=row.standing.missed,
        recurring=row.occurrence is not None,
        first_day=row.due if row.due != row.current_due else None,
        number=row.document.number,
        kind=row.document.kind,
        issuer=row.document.issuer,
        issued=row.document.date,
        lead=tuple(unit.name for unit in row.lead),
        support=tuple(unit.name for unit in row.support),
        deadline_text=row.deadline_text,
        product=row.product,
        quote=quote,
        page=page,
    )


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """By urgency, then leading before supporting, then by day: the longest late and the nearest first."""
    return tuple(
        sorted(items, key=lambda item: (URGENCIES.index(item.urgency), item.role == "support", item.day, item.task_id))
    )


def doubts(session: Session, today: date) -> tuple[Doubt, ...]:
    """Digests of the last days that did not arrive for sure, where no later one to the same recipient did."""
    settled = session.exec(
        select(Outbox)
        .where(col(Outbox.kind).in_(DIGESTS), col(Outbox.day) > today - timedelta(days=DOUBT_DAYS))
        .where(col(Outbox.state).in_(("sent", "failed", "unknown")))  # what still waits is no news for the clerk
        .order_by(col(Outbox.id))
    )
    last = {row.recipient: row for row in settled}
    return tuple(
        Doubt(
            outbox_id=row.id or 0,
            name=row.bodies["name"],
            addresses=tuple(row.addresses),
            state=row.state,
            day=row.day,
            at=row.sending_at,
            reason=row.reason,
        )
        for row in last.values()
        if row.state != "sent" or row.bodies.get("refused")
    )
