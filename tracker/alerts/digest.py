"""What one mail shall say: the types that `select` hands to `compose`, and `compose` to `record`.

In: nothing. Out: `Digest`, for a unit or for the clerk, with its tasks as `Item`s; `Mail`, the digest in words.

Example: the digest of Sở Y tế on 21 November has one overdue item (hạn 09/11/2026, quá hạn 12 ngày) that it leads, and
one due soon in which it supports Sở Tài chính.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.states import OutboxState, Role

Urgency = Literal["overdue", "due_today", "due_soon"]
URGENCIES: tuple[Urgency, ...] = ("overdue", "due_today", "due_soon")
URGENCY_NAMES: dict[Urgency, str] = {
    "overdue": "quá hạn",
    "due_today": "đến hạn hôm nay",
    "due_soon": "sắp đến hạn",
}
MailKind = Literal["unit_digest", "clerk_digest", "trial"]
CLERK = "clerk"
"""The recipient who gets what cannot go to a unit."""


@dataclass(frozen=True, slots=True)
class Item:
    """One task in a mail.

    Attributes:
        day: the day meant: the current due day, or the occurrence of a recurring task.
        days: days late (overdue) or days left (otherwise), never negative.
        missed: occurrences before `day` that passed undone.
        recurring: whether `day` is an occurrence.
        first_day: the document's own day, where an extension moved it.
        role: of the unit that the mail goes to; None in the clerk's.
        number, kind, issuer, issued: of the document; issuer and others None where the document does not say.
        quote, page: the document's words for the task, and where they stand.
        deadline_text: the document's words for the deadline.
        note: for the clerk: why it went to no unit.
    """

    task_id: int
    title: str
    urgency: Urgency
    day: date
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
        recipient: "unit:12" or "clerk".
        name: the unit's name, or how the clerk is addressed.
        items: overdue before due today before due soon; in each, tasks that the unit leads before those it supports.
        unreviewed_late: for the clerk: late tasks that wait for review, so that no unit has heard of them.
        waiting: for the clerk: how many tasks wait for review.
        doubts: for the clerk: mails that were refused or may not have arrived.
    """

    recipient: str
    name: str
    day: date
    addresses: tuple[str, ...] = ()
    unit_id: int | None = None
    items: tuple[Item, ...] = ()
    unreviewed_late: tuple[Item, ...] = ()
    waiting: int = 0
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Nothing to tell: such a digest becomes no mail."""
        return not (self.items or self.unreviewed_late or self.waiting or self.doubts)

    @property
    def for_clerk(self) -> bool:
        """Whether it is the clerk's."""
        return self.recipient == CLERK

    def by_urgency(self, urgency: Urgency) -> tuple[Item, ...]:
        """The items of one section."""
        return tuple(item for item in self.items if item.urgency == urgency)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in words, not yet addressed to a server.

    Attributes:
        text, html: the two forms of its body.
        tasks: which tasks it speaks of, as (task, why, occurrence of a recurring task).
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

    @property
    def key(self) -> str:
        """The idempotency key: one mail for each recipient, kind and day."""
        return f"{self.recipient}/{self.kind}/{self.day.isoformat()}"
