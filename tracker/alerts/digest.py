"""What one mail shall say: the types that `select` hands to `compose`, and `compose` to `record`.

In: nothing. Out: `Digest`, for a unit, its head, the clerk or the chief, with its tasks as `Item`s; `Mail`, the digest
in words.

Example: the digest of Sở Y tế on 23 November has one overdue item (hạn 09/11/2026, quá hạn 14 ngày) that it leads, one
due soon in which it supports Sở Tài chính, and one that waits for "khi Nghị quyết được thông qua".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tracker.states import OutboxState, Role

Urgency = Literal["overdue", "due_today", "due_soon", "periodic", "waiting"]
URGENCIES: tuple[Urgency, ...] = ("overdue", "due_today", "due_soon", "periodic", "waiting")
URGENCY_NAMES: dict[Urgency, str] = {
    "overdue": "quá hạn",
    "due_today": "đến hạn hôm nay",
    "due_soon": "sắp đến hạn",
    "periodic": "báo cáo định kỳ kỳ này",
    "waiting": "chờ sự kiện",
}
MailKind = Literal["unit_digest", "head_digest", "clerk_digest", "chief_digest", "chief_weekly", "trial"]
CLERK = "clerk"
"""The recipient who gets what cannot go to a unit."""
CHIEF = "chief"
"""The recipient of the summary, and of what is late for long."""
AT_ALL = 100
"""Tasks that a mail names at most; the rest is a number."""
LEAST_NAMED = 10
"""Tasks of each section that are named whatever the sections before it hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """One task in a mail.

    Attributes:
        day: the day meant: the current due day, or a recurring task's occurrence; None while it waits for an event.
        days: days late (overdue) or days left (otherwise), never negative.
        missed: occurrences before `day` that passed undone.
        recurring: whether `day` is an occurrence.
        first_day: the document's own day, where an extension moved it.
        role: of the unit that the mail goes to; None in the clerk's and the chief's.
        number, kind, issuer, issued: of the document; issuer and others None where the document does not say.
        quote, page: the document's words for the task, and where they stand.
        deadline_text: the document's words for the deadline.
        urged: mails that reminded of it so far.
        note: for the clerk: why it went to no unit.
    """

    task_id: int
    title: str
    urgency: Urgency
    day: date | None
    days: int
    missed: int = 0
    recurring: bool = False
    first_day: date | None = None
    role: Role | None = None
    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    issued: date | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline_text: str | None = None
    product: str | None = None
    quote: str = ""
    page: int | None = None
    urged: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mail that was refused, or that may not have arrived."""

    outbox_id: int
    name: str
    addresses: tuple[str, ...]
    state: OutboxState
    day: date
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What one recipient is to be told on one day.

    Attributes:
        recipient: "unit:12", "head:12", "clerk" or "chief".
        name: how the recipient is addressed.
        items: those that are named, in the order of `URGENCIES`; in each, what the unit leads before what it supports.
        totals: how many there are in all, where not all are named.
        since_days: for heads and the chief: days late from which they hear of a task.
        unreviewed_late: for the clerk: late tasks that wait for review, so that no unit has heard of them.
        unreviewed_late_total: how many there are, where not all are named.
        waiting: for the clerk: how many tasks wait for review.
        doubts: for the clerk: mails that were refused or may not have arrived.
        doubts_total: how many there are, where not all are named.
    """

    recipient: str
    name: str
    day: date
    addresses: tuple[str, ...] = ()
    unit_id: int | None = None
    items: tuple[Item, ...] = ()
    totals: Mapping[Urgency, int] = field(default_factory=dict)
    since_days: int = 0
    unreviewed_late: tuple[Item, ...] = ()
    unreviewed_late_total: int = 0
    waiting: int = 0
    doubts: tuple[Doubt, ...] = ()
    doubts_total: int = 0

    @property
    def empty(self) -> bool:
        """Nothing to tell: such a digest becomes no mail."""
        return not (self.items or self.unreviewed_late or self.waiting or self.doubts)

    @property
    def kind(self) -> MailKind:
        """Whose it is."""
        whose = self.recipient.partition(":")[0]
        kinds: dict[str, MailKind] = {"head": "head_digest", CLERK: "clerk_digest", CHIEF: "chief_digest"}
        return kinds.get(whose, "unit_digest")

    def by_urgency(self, urgency: Urgency) -> tuple[Item, ...]:
        """The items of one section."""
        return tuple(item for item in self.items if item.urgency == urgency)

    def count(self, urgency: Urgency) -> int:
        """How many tasks one section has, named or not."""
        return max(self.totals.get(urgency, 0), len(self.by_urgency(urgency)))


@dataclass(frozen=True, slots=True)
class File:
    """Something that goes with a mail: its name in ASCII, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in words, not yet addressed to a server.

    Attributes:
        text, html: the two forms of its body.
        tasks: which tasks it speaks of, as (task, why, occurrence of a recurring task).
        period: the first day of the time that one mail is enough for; None: the day itself.
    """

    recipient: str
    name: str
    kind: MailKind
    day: date
    addresses: tuple[str, ...]
    unit_id: int | None
    subject: str
    text: str
    html: str
    tasks: tuple[tuple[int, str, date | None], ...] = ()
    files: tuple[File, ...] = ()
    period: date | None = None

    @property
    def key(self) -> str:
        """The idempotency key: one mail for each recipient, kind and day."""
        return f"{self.recipient}/{self.kind}/{(self.period or self.day).isoformat()}"


def shares(counts: Sequence[int], total: int, least: int) -> list[int]:
    """How many of each section find room in *total*: the first ones all they need, the later ones at least *least*.

    >>> shares([80, 3, 60], 100, 10)
    [80, 3, 17]
    >>> shares([200, 3, 60], 100, 10)
    [87, 3, 10]
    """
    found: list[int] = []
    for at, count in enumerate(counts):
        kept = sum(min(least, later) for later in counts[at + 1 :])
        found.append(min(count, max(min(least, count), total - sum(found) - kept)))
    return found
