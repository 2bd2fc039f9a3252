"""What one composed document draws from: its matter, office, year, and the dice.

In: a recipe. Out: a `Draft` that hands out works, units and deadlines without repeating a work.

Example: `draft.work()` is "Dán tem truy xuất nguồn gốc trứng, thịt gia cầm", the next one is another.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from corpus.generator.composer import days
from corpus.generator.composer.banks import Matter, Office, matters, offices, phrases

if TYPE_CHECKING:
    from corpus.generator.composer.days import Due


@dataclass(frozen=True, slots=True)
class Recipe:
    """A document to compose: names of matter, office and shape, a seed, the kind and the format of its file."""

    matter: str
    office: str
    shape: str
    seed: int
    kind: str = "Kế hoạch"
    file: str = "docx"
    size: int = 20

    @property
    def name(self) -> str:
        """The document's name."""
        return f"soan-{self.office}-{self.matter}-{self.seed:02d}"

    @property
    def reserved(self) -> bool:
        """Whether it is kept for checking: its matter and its office are."""
        return matters()[self.matter].reserved and offices()[self.office].reserved


@dataclass(slots=True)
class Draft:
    """The dice and what has been drawn so far."""

    recipe: Recipe
    dice: random.Random
    matter: Matter
    office: Office
    year: int
    issued: date
    place: str
    _works: list[str] = field(default_factory=list)
    _counted: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, recipe: Recipe) -> Draft:
        """The draft of *recipe*: the same for the same recipe."""
        dice = random.Random(recipe.seed * 7919)
        matter, office = matters()[recipe.matter], offices()[recipe.office]
        year = dice.choice((2026, 2026, 2026, 2027))
        issued = date(year, 1, 5) + timedelta(days=dice.randint(0, 75))
        while issued.weekday() > 4:
            issued += timedelta(days=1)
        place = dice.choice(office.places)
        if dice.random() < 0.35:
            office = office.shortened()
        return cls(recipe, dice, matter, office, year, issued, place)

    def work(self) -> str:
        """A work that has not been drawn yet; at last one of those again, at another place."""
        if not self._works:
            common = [self.said(text) for text in phrases()["works"]]
            self._works = [*self.matter.works, *common]
            self.dice.shuffle(self._works)
        return self._works.pop()

    def dressed(self) -> str:
        """A work as a sentence says it: often with something before or after it."""
        work = self.work()
        if self.dice.random() < 0.25:
            prefix = self.said(self.dice.choice(phrases()["prefixes"]))
            work = f"{prefix}{lower(work)}"
        return self.trailed(work) if self.dice.random() < 0.35 else work

    def trailed(self, work: str) -> str:
        """*work* with a reason, a manner or a reference after it."""
        held = phrases()["reserved_suffixes" if self.recipe.reserved and self.dice.random() < 0.7 else "suffixes"]
        return work + self.said(self.dice.choice(held), n=str(self.dice.randint(20, 3900)))

    def said(self, text: str, **more: str) -> str:
        """A phrase with the words of this document in it."""
        plan = f"{self.recipe.kind} này"
        return text.format(field=self.matter.field, above=self.office.above, plan=plan, last=self.year - 1, **more)

    def phrase(self, name: str, **more: str) -> str:
        """One of the phrases *name*."""
        return self.said(self.dice.choice(phrases()[name]), **more)

    def some(self, name: str, count: int) -> list[str]:
        """*count* of the phrases *name*."""
        return [self.said(text) for text in self.dice.sample(phrases()[name], count)]

    def leads(self) -> tuple[str, ...]:
        """One unit that leads, seldom two."""
        return tuple(self.dice.sample(self.office.leads, 2 if self.dice.random() < 0.08 else 1))

    def supports(self, lead: tuple[str, ...], most: int = 4) -> tuple[str, ...]:
        """Units that support, none of them in *lead*."""
        rest = [unit for unit in (*self.office.supports, *self.office.leads) if unit not in lead]
        rest = list(dict.fromkeys(rest))
        count = self.dice.choices(range(most + 1), (2, 6, 4, 3, 1)[: most + 1])[0]
        chosen = self.dice.sample(rest, count)
        # Classes stand last in a list ("Sở Tài chính, các sở, ban, ngành tỉnh").
        return tuple(sorted(chosen, key=lambda unit: unit.startswith("các ")))

    def cell(self) -> Due:
        """A deadline for a cell or an assignment line."""
        return days.cell(self.dice, self.year, self.issued)

    def clause(self) -> Due:
        """A deadline for a sentence."""
        return days.clause(self.dice, self.year, self.issued)

    def rhythm(self) -> Due:
        """A recurring deadline for a sentence."""
        return days.rhythm(self.dice, self.year, self.issued)

    def counted(self, due: Due) -> tuple[str, str]:
        """A work with a number, and the truth of its target."""
        if not self._counted:
            self._counted = list(self.matter.counted)
        words, unit, what = self._counted.pop()
        n = self.dice.choice((2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30))
        text = words.format(n=f"{n:02d}")
        by = f" by {due.day}" if due.day else ""
        sign = "+" if "thêm" in text else "="
        return text, f"> N: {text} :: {what} :: {sign} {n} {unit}{by}"

    def titles(self) -> dict[str, Any]:
        """Titles of columns by role; reserved documents use some of their own."""
        held = dict(phrases()["columns"])
        if self.recipe.reserved and self.dice.random() < 0.6:
            held |= phrases()["reserved_columns"]
        return {role: self.dice.choice(titles) for role, titles in held.items()}


def lower(text: str) -> str:
    """*text* as it stands within a sentence: "Tổ chức …" → "tổ chức …"."""
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """*text* as it begins a sentence or a cell."""
    return text[:1].upper() + text[1:]


def named(units: tuple[str, ...]) -> str:
    """Units as the truth of a script names them."""
    return " + ".join(units)


def truth(lead: tuple[str, ...] = (), support: tuple[str, ...] = (), due: Due | None = None) -> str:
    """The truth line "> L: … | S: … | D: …"; empty if there is nothing to say."""
    parts = [f"{mark}: {named(units)}" for mark, units in (("L", lead), ("S", support)) if units]
    parts += [f"D: {due.truth}"] if due else []
    return f"> {' | '.join(parts)}" if parts else ""
