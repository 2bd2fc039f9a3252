"""What a place in the document hands down to the items under it: headings, kind of section, units, deadline.

In: a heading and the scope around it. Out: the scope under it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extractor.mentions.frame import Context
    from extractor.model import Block, Deadline, UnitMention


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole document gives to each of its tasks.

    Attributes:
        blocks: the document's blocks.
        context: day signed, year of the plan, events, short forms.
        addressees: units of "Kính gửi", which lead where nothing else does (GUIDELINES, rule 7); letters only.
        letter: the document is a letter, telegram or report about one, whose duties may stand outside any section.
        outlined: the document has labelled sections or items at all.
        issuer: the body that signs, written out; it announces work, it is not the one that a heading gives it to.
    """

    blocks: Sequence[Block]
    context: Context
    addressees: tuple[UnitMention, ...] = ()
    letter: bool = False
    outlined: bool = True
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the items at one place.

    Attributes:
        path: headings, outermost first.
        kind: kind of the nearest section that says one (lexicon/headings.yaml), None at the start.
        lead, support: units handed down.
        lead_reason: why they lead here, None if nobody is handed down.
        deadlines: handed down from a heading.
        by: the day that targets here are to be reached, from a heading.
        under_unit: the items are duties of a unit that a heading names.
        among_tasks: the item's siblings are tasks, so it counts though its opening does not say so.
        sectioned: below a heading of the document itself, not above its first section.
    """

    path: tuple[str, ...] = ()
    kind: str | None = None
    lead: tuple[UnitMention, ...] = ()
    support: tuple[UnitMention, ...] = ()
    lead_reason: str | None = None
    deadlines: tuple[Deadline, ...] = field(default=())
    by: date | None = None
    under_unit: bool = False
    among_tasks: bool = False
    sectioned: bool = False

    def under(self, heading: str, kind: str | None) -> Scope:
        """The scope under *heading*; *kind* is None where the heading does not say what it opens."""
        return replace(self, path=(*self.path, heading), kind=kind or self.kind, sectioned=self.sectioned or bool(kind))

    def led_by(self, lead: tuple[UnitMention, ...], support: tuple[UnitMention, ...], reason: str) -> Scope:
        """This scope with *lead* and *support* handed down."""
        return replace(self, lead=lead, support=support, lead_reason=reason)
