"""Short ways to write down a document and its truth.

In: words. Out: the types of `corpus.generator.spec`.

>>> task("Tham mưu bố trí kinh phí.", lead=["Sở Tài chính"]).works[0].lead
('Sở Tài chính',)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.generator.spec import Assigned, Deadline, Item, Node, Rank, Target, Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def by(text: str, due: str, start: str | None = None) -> Deadline:
    """Finished by the day *due*; with *start* for a span."""
    return Deadline(text, "date", start=start, due=due)


def every(text: str, rrule: str, start: str | None = None, due: str | None = None) -> Deadline:
    """Recurring by an iCalendar rule, within a span if the words name one."""
    return Deadline(text, "recurring", start=start, due=due, rrule=rrule)


def ongoing(text: str = "Thường xuyên", start: str | None = None) -> Deadline:
    """Without an end."""
    return Deadline(text, "ongoing", start=start)


def relative(text: str) -> Deadline:
    """Counted from a day that the document does not know."""
    return Deadline(text, "relative")


def task(
    text: str,
    rank: Rank = "dash",
    *,
    lead: Sequence[str] = (),
    support: Sequence[str] = (),
    due: Deadline | None = None,
    targets: Sequence[Target] = (),
) -> Item:
    """An item that is one task."""
    return Item(text, rank, works=(Work(tuple(lead), tuple(support), due),), targets=tuple(targets))


def prose(text: str, rank: Rank = "plain", *, targets: Sequence[Target] = (), works: Sequence[Work] = ()) -> Item:
    """A paragraph that directs nobody (or carries the tasks *works*, each with its own words)."""
    return Item(text, rank, works=tuple(works), targets=tuple(targets), role="text")


def items(*texts: str, rank: Rank = "dash") -> tuple[Item, ...]:
    """Items that are no tasks: mục đích, yêu cầu, căn cứ, nội dung."""
    return tuple(Item(text, rank) for text in texts)


def section(text: str, *body: Node, rank: Rank = "part") -> Item:
    """A heading with what stands under it."""
    return Item(text, rank, body=tuple(body), role="heading")


def duties(
    heading: str, *body: Item | str, lead: Sequence[str] | None = None, rank: Rank = "head", under: Rank = "dash"
) -> Item:
    """A unit's heading and its duties; each duty without a lead of its own is led by the unit of the heading.

    Args:
        heading: the heading as printed ("Giao Sở Tài chính:").
        body: duties, as words or as items; an item without works (and without assignment lines) is no task.
        lead: the units that lead; None takes the heading's words.
        rank: of the heading.
        under: of duties given as words.
    """
    leads = tuple(lead) if lead is not None else (heading,)
    return Item(
        heading,
        rank,
        body=tuple(_led(task(b, under) if isinstance(b, str) else b, leads) for b in body),
        role="heading",
    )


def _led(item: Item, leads: tuple[str, ...]) -> Item:
    """*item* with *leads* for its tasks that name no lead of their own."""
    return replace(item, works=tuple(replace(w, lead=w.lead or leads) for w in item.works))


def assigned(
    text: str,
    *bullets: str,
    lead: Sequence[str] = (),
    support: Sequence[str] = (),
    due: Deadline | None = None,
    due_text: str | None = None,
    extra: Sequence[tuple[str, str]] = (),
    shape: str | None = None,
    rank: Rank = "head",
    under: Rank = "dash",
    targets: Sequence[Target] = (),
) -> Item:
    """An item with its own assignment lines: one task, whose text takes in its bullets."""
    lines = Assigned(tuple(lead), tuple(support), due, due_text, tuple(extra), shape)  # type: ignore[arg-type]
    return Item(text, rank, targets=tuple(targets), body=items(*bullets, rank=under), whole=True, assigned=lines)


def share(
    text: str,
    indicator: str,
    value: float,
    unit: str = "%",
    *,
    sign: str = "=",
    base: float | None = None,
    by: str | None = None,
) -> Target:
    """A target, by default a percentage."""
    return Target(text, indicator, value, unit, sign, base, by)
