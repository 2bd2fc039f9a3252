"""The truth beside the words of a script: who, by when, how much.

In: "T: words | L: Sở A + Sở B | D: trước ngày 15/4 = 2026-04-15". Out: `Work` and `Target`.

>>> deadline("Quý I/2026 = 2026-03-31").due
'2026-03-31'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.generator.spec import Deadline, Target, Work

_JOIN = re.compile(r" \+(?:;|,|và|/|-)? ")
_DAY = r"\d{4}-\d\d-\d\d"
_VALUE = re.compile(
    rf"(?:(?P<rule>FREQ=\S+) ?)?(?:(?P<kind>ongoing|relative) ?)?(?:(?P<start>{_DAY})\.\.)?(?P<due>{_DAY})?"
)
_NUMBER = re.compile(r"(?P<sign>>=|<=|=|>|<|\+|-) (?P<value>[\d.]+) (?P<unit>.+?)(?P<rest>(?: (?:by|base) \S+)*)")


def units(text: str) -> tuple[str, ...]:
    """Units parted by " + ", " +; ", " +và " …; "Lê Chân~UBND phường Lê Chân" is a bare name with its name in full."""
    return tuple(part.strip().replace("~", "|") for part in _JOIN.split(text) if part.strip())


def deadline(text: str) -> Deadline:
    """ "words = value"; the value is a day, a span "a..b", "FREQ=…" (with a span), "ongoing [start]" or "relative".

    Raises:
        ValueError: no such value.
    """
    words, mark, value = text.rpartition(" = ")
    found = _VALUE.fullmatch(value.strip())
    if not mark or found is None or not value.strip():
        raise ValueError(f"no deadline: {text}")
    rule, kind, start, due = found["rule"], found["kind"], found["start"], found["due"]
    if kind == "ongoing":
        return Deadline(words, "ongoing", start=due)
    if kind == "relative":
        return Deadline(words, "relative")
    return Deadline(words, "recurring" if rule else "date", start=start, due=due, rrule=rule)


def target(text: str) -> Target:
    """ "words :: indicator :: >= 85 % by 2026-12-31 base 61".

    Raises:
        ValueError: no number in it.
    """
    words, indicator, number = (part.strip() for part in text.split("::"))
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(f"no target: {text}")
    more = found["rest"].split()
    rest = dict(zip(more[::2], more[1::2], strict=True))
    base = float(rest["base"]) if "base" in rest else None
    return Target(words, indicator or words, _plain(found["value"]), found["unit"], found["sign"], base, rest.get("by"))


def _plain(number: str) -> float:
    """85 stays a whole number."""
    return float(number) if "." in number else int(number)


@dataclass(slots=True)
class Truth:
    """What the truth lines under one line of a script say."""

    starred: bool = False
    found: list[Work] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    leads_itself: bool = False
    whole: bool = False
    heading: bool = False

    def works(self) -> tuple[Work, ...]:
        """The tasks: those with words of their own, or the line itself."""
        if self.found:
            return tuple(self.found)
        return (Work(self.lead, self.support, self.deadline),) if self.starred else ()

    def handed_down(self, words: str, above: Truth | None) -> Truth:
        """What holds for the tasks below: of this line, else of the item above it."""
        lead = self.lead or ((words.rstrip(" :."),) if self.leads_itself else ())
        if above is None:
            return Truth(lead=lead, support=self.support, deadline=self.deadline)
        whose = (lead, self.support) if lead else (above.lead, above.support)
        return Truth(lead=whose[0], support=whose[1], deadline=self.deadline or above.deadline)


def said(text: str, truth: Truth) -> None:
    """Adds what the truth line *text* says to *truth*; after "T: …" the fields are those of that task.

    Raises:
        ValueError: a field that is not known.
    """
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: Deadline | None = None
    words: str | None = None
    for part in text.split(" | "):
        name, _, value = part.partition(":")
        name, value = name.strip(), value.strip()
        if name == "T":
            words = value
        elif name == "L":
            lead = units(value)
            truth.leads_itself |= not value
        elif name == "S":
            support = units(value)
        elif name == "D":
            due = deadline(value)
        elif name == "N":
            truth.targets.append(target(value))
        elif part in ("G", "H"):
            truth.whole, truth.heading = truth.whole or part == "G", truth.heading or part == "H"
        else:
            raise ValueError(f"no truth: {part}")
    if words is not None:
        truth.found.append(Work(lead, support, due, words))
    else:
        truth.lead, truth.support, truth.deadline = lead or truth.lead, support or truth.support, due or truth.deadline
