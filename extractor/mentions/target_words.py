"""The words of lexicon/measures.yaml, made ready to match.

In: the lists of measures, cues and barriers. Out: one `Words` record of compiled patterns over lower-case text with new
tones, and `quantity_text`, which brings a text into that form without changing its length.

>>> words().cue_before("phấn đấu đạt tối thiểu ")
Cue(role='bound', comparator='>=', start=13)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extractor.lexicon.loader import Phrase, load
from extractor.model import Comparator  # noqa: TC001 (the loader reads the hint)
from extractor.patterns import late
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Sense = Literal["unit", "time", "age", "money", "person", "body", "product", "matter", "named", "percent", "rank"]
Role = Literal["bound", "change", "level", "goal", "duty", "make", "from", "approx", "each"]

# A cue or a barrier is looked for in this many characters before the number; the longest has 24.
_REACH = 40


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: "lớp tập huấn", "ha", "triệu đồng"."""

    text: str
    sense: Sense
    source: str


@dataclass(frozen=True, slots=True)
class CueWord:
    """Words that govern a number: "tối thiểu", "giảm", "đạt"."""

    text: str
    role: Role
    source: str
    comparator: Comparator | None = None


@dataclass(frozen=True, slots=True)
class Barrier:
    """Words that show that a number is no target, and where they stand: "đã đạt", "kể từ"."""

    text: str
    where: Literal["before", "label", "clause", "sentence", "after"]
    source: str
    of: Literal["any", "money", "percent", "time"] = "any"


@dataclass(frozen=True, slots=True)
class Closer:
    """Words after a number that set its comparator: "trở lên"."""

    text: str
    comparator: Comparator
    source: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the clauses round a target, and what they do: "góp phần" ends one."""

    text: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found right before a number: its role, its comparator and where it starts."""

    role: Role
    comparator: Comparator | None
    start: int


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one alternation, the longest first; a space stands for any run of white space."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


def _ending(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the phrases at the very end of a text, as whole words."""
    return late(rf"(?:(?<![^\W_])|(?=[^\w\s]))({alternatives(phrases)})\s*\Z")


def _inside(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the phrases anywhere, as whole words."""
    return late(rf"(?<![^\W_])(?:{alternatives(phrases)})(?![^\W_])")


def _beginning(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the phrases at the start of a text, after white space or a comma."""
    return late(rf"[\s,(]*(?:{alternatives(phrases)})(?:(?![^\W_])|(?<=[^\w\s]))")


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of lexicon/measures.yaml as patterns; see that file for what each list means."""

    senses: Mapping[str, Sense]
    measure: re.Pattern[str]
    noun: re.Pattern[str]
    rate: re.Pattern[str]
    closers: Mapping[str, Comparator]
    closer: re.Pattern[str]
    head: re.Pattern[str]
    goal: re.Pattern[str]
    order: re.Pattern[str]
    past_sentence: re.Pattern[str]
    doubtful_clause: re.Pattern[str]
    _cues: Mapping[str, CueWord]
    _cue: re.Pattern[str]
    _scope: re.Pattern[str]
    _label: re.Pattern[str]
    _before: Mapping[str, re.Pattern[str]]
    _after: Mapping[str, re.Pattern[str]]

    def cue_before(self, lead: str) -> Cue | None:
        """The cue that *lead* ends with, or None."""
        base = max(0, len(lead) - _REACH)
        found = self._cue.search(lead, base)
        if found is None:
            return None
        word = self._cues[" ".join(found.group(1).split())]
        return Cue(word.role, word.comparator, found.start(1))

    def is_cue(self, phrase: str) -> bool:
        """Whether *phrase*, or its first word, is a cue: "đạt" is no measure of the number before it."""
        return phrase in self._cues or phrase.split(" ")[0] in self._cues

    def scope_before(self, lead: str) -> str | None:
        """The preposition or determiner that *lead* ends with ("trên địa bàn"), or None."""
        found = self._scope.search(lead, max(0, len(lead) - _REACH))
        return " ".join(found.group(1).split()) if found else None

    def labelled(self, lead: str) -> bool:
        """Whether *lead* ends with a word that the digits after it number ("nhóm", "phiên bản")."""
        return self._label.search(lead, max(0, len(lead) - _REACH)) is not None

    def barred_before(self, lead: str, sense: Sense | None) -> bool:
        """Whether *lead* ends with words that make the number after it no target ("đã đạt")."""
        base = max(0, len(lead) - _REACH)
        kinds = ["any"] + ([sense] if sense in ("money", "percent") else [])
        found = (self._before[kind].search(lead, base) for kind in kinds)
        # "chứng chỉ đạt 32%" does not say "chỉ đạt"
        return any(match is not None and not lead[: match.start()].endswith("chứng ") for match in found)

    def barred_after(self, tail: str, sense: Sense | None) -> bool:
        """Whether *tail* begins with words that make the number before it no target ("kể từ")."""
        kinds = ["any"] + (["time"] if sense == "time" else [])
        return any(self._after[kind].match(tail) is not None for kind in kinds)


@lru_cache(maxsize=1)
def words() -> Words:
    """Loads and compiles the lists, once a process."""
    measures = load("measures", "measures", Measure)
    cues = load("measures", "cues", CueWord)
    barriers = load("measures", "barriers", Barrier)
    closers = load("measures", "closers", Closer)
    senses: dict[str, Sense] = {}
    for measure in measures:  # earlier lists win: "điểm" is a unit before it is a place
        senses.setdefault(measure.text, measure.sense)
    rates = alternatives(rate.text for rate in load("measures", "rates", Phrase))
    nouns = [text for text, sense in senses.items() if sense in ("person", "body", "product", "matter")]
    return Words(
        senses=senses,
        measure=late(rf"({alternatives(senses)})(?![^\W_])"),
        noun=late(rf"({alternatives(nouns)})(?![^\W_])"),
        rate=late(rf"\s?/\s?(?:\d[\d.]*\s)?(?:{rates})(?![^\W_])"),
        closers={closer.text: closer.comparator for closer in closers},
        closer=late(rf"(?:\s+[^\W\d_]+){{0,6}}\s*({alternatives(closer.text for closer in closers)})(?![^\W_])"),
        head=_inside(phrase.text for phrase in load("measures", "heads", Phrase)),
        goal=_inside(cue.text for cue in cues if cue.role == "goal"),
        order=_beginning(cue.text for cue in cues if cue.role in ("goal", "duty", "make", "change")),
        past_sentence=_inside(bar.text for bar in barriers if bar.where == "sentence"),
        doubtful_clause=_inside(bar.text for bar in barriers if bar.where == "clause"),
        _cues={cue.text: cue for cue in reversed(cues)},  # the first list that has a phrase wins
        _cue=_ending(cue.text for cue in cues),
        _scope=_ending(phrase.text for phrase in load("measures", "scopes", Phrase)),
        _label=_ending(bar.text for bar in barriers if bar.where == "label"),
        _before={
            kind: _ending(bar.text for bar in barriers if bar.where == "before" and bar.of == kind)
            for kind in ("any", "money", "percent")
        },
        _after={
            kind: _beginning(bar.text for bar in barriers if bar.where == "after" and bar.of == kind)
            for kind in ("any", "time")
        },
    )


@lru_cache(maxsize=1)
def _marks() -> Mapping[str, str]:
    """One alternation of whole words a mark."""
    found: dict[str, list[str]] = {}
    for word in load("measures", "marks", Mark):
        found.setdefault(word.mark, []).append(word.text)
    return {mark: rf"(?<![^\W_])(?:{alternatives(texts)})(?![^\W_])" for mark, texts in found.items()}


@lru_cache(maxsize=128)
def pattern(template: str) -> re.Pattern[str]:
    """*template* compiled, each «mark» replaced by the words that lexicon/measures.yaml lists for it.

    >>> pattern("«tells» [0-9]+%").search("chiếm 45%").group()
    'chiếm 45%'
    """
    return late(re.sub("«([a-z_]+)»", lambda name: _marks()[name[1]], template), re.DOTALL)


def quantity_text(text: str) -> str:
    """*text* in lower case with new tones, of the same length, so that offsets stay."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ".lower() has two characters
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return with_new_tones(lowered)
