"""Which units are to be told what today, and their heads.

In: a session and some units of the registry at a time. Out: `Batch`: a `Digest` for each of them that has news.

A unit hears of accepted, open tasks of active documents that it leads or supports, itself or in the place of a unit
that is no more: late, due today, soon, to be
reported this month, waiting for an event. It hears when one of them is to be told by the rhythm (7, 3, 1 days before
and on the day, then every working day while it is late), and then of all of them, so that one mail is enough. Its head
hears of what it leads and is late for some days more.

Example: "Sở Y tế chủ trì, phối hợp với các đơn vị liên quan", hạn 09/11/2026 → on 23 November overdue for Sở Y tế, and,
14 days late, for its head.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from tracker.alerts import history
from tracker.alerts.candidates import Candidate, Sections, Window, of_units, window
from tracker.alerts.details import Details
from tracker.alerts.digest import Digest, Item
from tracker.alerts.heirs import Heirs
from tracker.alerts.rhythm import WAITING_EVERY, Rhythm, rhythm_of
from tracker.model import Unit, UnitAddress
from tracker.units import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.alerts.history import Told
    from tracker.settings import Settings

BATCH = 500
"""Units whose mails are selected and composed at once: memory holds so many, however many there are."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every selection needs: the settings, the rhythm of today, the days that matter."""

    settings: Settings
    rhythm: Rhythm
    seen: Window

    @property
    def today(self) -> date:
        """The office's day."""
        return self.rhythm.today


@dataclass(frozen=True, slots=True)
class Batch:
    """The digests of some units, and how many more had news but all the mails of this week already."""

    digests: tuple[Digest, ...]
    held: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """Names, addresses and heads' addresses of units; those without are not in them."""

    names: dict[int, str]
    addresses: dict[int, tuple[str, ...]]
    heads: dict[int, str]


def scene_of(settings: Settings, today: date) -> Scene:
    """How things stand on a day.

    Raises:
        SettingsError: the file of days off cannot be read.
    """
    rhythm = rhythm_of(settings, today)
    return Scene(settings, rhythm, window(rhythm, settings.before == "day_before"))


def reachable(session: Session) -> list[int]:
    """Numbers of the units to which a mail can go, or whose heads can get one."""
    headed = select(Unit.id).where(col(Unit.head_email).is_not(None))
    asked = select(UnitAddress.unit_id).union(headed)
    return sorted(number for (number,) in session.connection().execute(asked))


def batch(session: Session, unit_ids: Sequence[int], scene: Scene) -> Batch:
    """The digests of these units and of their heads; none is empty."""
    known = _known(session, unit_ids)
    found = _candidates(session, unit_ids, known, scene)
    named = {recipient: sections.named() for recipient, sections in found.items()}
    of_tasks = sorted({one.task_id for all_named in named.values() for one in all_named})
    recipients = sorted({*named, *(f"unit:{unit_id}" for unit_id in unit_ids)})
    told = history.told(session, recipients, of_tasks, scene.today)
    speaking = [
        recipient
        for recipient, all_named in named.items()
        if any(_is_news(recipient, one, told.get((recipient, one.task_id)), scene) for one in all_named)
    ]
    full = _full(session, speaking, scene)
    speaking = [recipient for recipient in speaking if recipient not in full]
    details = Details(session, (one for recipient in speaking for one in named[recipient]), scene.seen)
    digests = []
    for recipient in speaking:
        items = tuple(details.item(one, _urged(one, told)) for one in named[recipient])
        digests.append(_digest(recipient, items, found[recipient], known, scene))
    return Batch(tuple(digests), len(full))


def _known(session: Session, unit_ids: Sequence[int]) -> _Known:
    asked = select(Unit.id, Unit.name, Unit.head_email).where(col(Unit.id).in_(unit_ids))
    units = session.connection().execute(asked).all()
    known = addresses(session, unit_ids)
    # a head who reads the unit's mail himself needs no second one on the same day
    heads = {number: head for number, _, head in units if head and not _holds(known.get(number, ()), head)}
    return _Known({number: name for number, name, _ in units}, known, heads)


def _holds(emails: Sequence[str], email: str) -> bool:
    return email.lower() in {one.lower() for one in emails}


def _candidates(session: Session, unit_ids: Sequence[int], known: _Known, scene: Scene) -> dict[str, Sections]:
    """What there is to tell, by recipient: units in order, each before its head."""
    after = scene.settings.alerts.head_after
    long_ago = scene.today - timedelta(days=after)
    found: dict[str, Sections] = {}
    for one in of_units(session, unit_ids, scene.seen, Heirs(session)):
        if one.unit_id in known.addresses:
            found.setdefault(f"unit:{one.unit_id}", Sections()).add(one)
        if after and one.unit_id in known.heads and _is_long_late(one, long_ago):
            found.setdefault(f"head:{one.unit_id}", Sections()).add(one)
    return found


def _is_long_late(one: Candidate, long_ago: date) -> bool:
    return one.role == "lead" and one.urgency == "overdue" and one.day is not None and one.day <= long_ago


def _is_news(recipient: str, one: Candidate, told: Told | None, scene: Scene) -> bool:
    """Whether the recipient is to be told of this task today."""
    last = told.last if told else None
    if recipient.startswith("head:"):
        return last is None or (scene.today - last).days >= scene.settings.alerts.escalate_every
    if one.day is None:
        return last is None or last + WAITING_EVERY <= scene.today
    if one.urgency == "overdue":
        return scene.rhythm.is_due_again(one.day, last)
    if one.urgency == "periodic":
        return False  # it is announced when its day comes near
    since = scene.rhythm.announced_since(one.day)
    return since is not None and (last is None or last < since)


def _full(session: Session, recipients: Sequence[str], scene: Scene) -> set[str]:
    """Units that had all their mails of this week."""
    units = [recipient for recipient in recipients if recipient.startswith("unit:")]
    counts = history.this_week(session, units, scene.rhythm.week_start, scene.today)
    return {recipient for recipient, count in counts.items() if count >= scene.settings.alerts.max_per_week}


def _urged(one: Candidate, told: dict[tuple[str, int], Told]) -> int:
    """How often the unit was told of it, whoever is told now."""
    before = told.get((f"unit:{one.unit_id}", one.task_id))
    return before.times if before else 0


def _digest(recipient: str, items: tuple[Item, ...], sections: Sections, known: _Known, scene: Scene) -> Digest:
    whose, _, number = recipient.partition(":")
    unit_id = int(number)
    of_head = whose == "head"
    return Digest(
        recipient=recipient,
        name=f"Lãnh đạo {known.names[unit_id]}" if of_head else known.names[unit_id],
        day=scene.today,
        addresses=(known.heads[unit_id],) if of_head else known.addresses[unit_id],
        unit_id=unit_id,
        items=items,
        totals=sections.totals,
        since_days=scene.settings.alerts.head_after if of_head else 0,
    )
