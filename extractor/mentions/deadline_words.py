"""The small words of the deadline grammar: folding, numbers, and the reading that its rules hand over.

In: text, in which "Quý IV" may be "QUÝ IV", "quí 4" or "Q.IV". Out: folded text of the same length for the patterns,
pattern fragments, and `Reading`.

>>> folded("Trước ngày 30–8", ())
'trước ngày 30-8'
>>> count("mười lăm"), count("03")
(15, 3)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.lexicon.loader import Phrase, load
from extractor.model import Deadline, Span
from extractor.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from extractor.model import DeadlineKind, Offset, Qualifier
    from extractor.periods import Grain

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "′": "'", "‘": "'"})
_MASK = "\x01"  # matches no pattern of the grammar


@dataclass(frozen=True, slots=True)
class DeadlineContext:
    """What a deadline is read against; the clock is no part of it.

    Attributes:
        issued: the day the document was signed, from which terms count.
        plan_year: of "Kế hoạch … năm 2024": a date without a year takes it, else the year of `issued`.
        events: days that the document itself gives to its events: {"Hội nghị": date(2025, 10, 9)}.
        days_off: announced changes of working days (`extractor.periods.is_day_off`).
    """

    issued: date | None
    plan_year: int | None = None
    events: Mapping[str, date] = field(default_factory=dict)
    days_off: Mapping[date, bool] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of a date that is written without one; None if nothing tells."""
        return self.plan_year or (self.issued.year if self.issued else None)


@dataclass(frozen=True, slots=True)
class Scene:
    """One text under study: as written, folded and masked, and what it is read against."""

    text: str
    words: str
    context: DeadlineContext


@dataclass(frozen=True, slots=True)
class Reading:
    """What one rule makes of the characters `at` to `end`: the deadline to be, and how it was said.

    Attributes:
        at, end: half-open range in the text.
        form: how it was said, for the rules that decide whether prose means it as a deadline: "before", "within" …
        kind, start, due, rrule, qualifier, time, anchor, offset, reasons: of the deadline.
        grain: what the calendar expression named, None if none did.
        dated: the words named a year.
    """

    at: int
    end: int
    form: str
    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    rrule: str | None = None
    qualifier: Qualifier | None = None
    time: str | None = None
    anchor: str | None = None
    offset: Offset | None = None
    reasons: tuple[str, ...] = ()
    grain: Grain | None = None
    dated: bool = True

    def deadline(self, text: str, block: int) -> Deadline:
        """The hand-over type, its words taken from *text*."""
        return Deadline(
            text=text[self.at : self.end],
            kind=self.kind,
            start=self.start,
            due=self.due,
            rrule=self.rrule,
            qualifier=self.qualifier,
            time=self.time,
            anchor=self.anchor,
            offset=self.offset if self.kind == "relative" else None,
            span=Span(block, self.at, self.end),
            reasons=self.reasons,
        )


def folded(text: str, masked: Sequence[tuple[int, int]]) -> str:
    """*text* in lower case with plain dashes, of the same length; what stands in *masked* ranges matches nothing."""
    words = text.lower()
    if len(words) != len(text):  # "İ" becomes two characters
        words = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    words = words.translate(_DASHES)
    for start, end in masked:
        start, end = max(start, 0), min(end, len(words))
        words = words[:start] + _MASK * (end - start) + words[end:] if start < end else words
    return words


def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern* with every blank standing for any white space, so that a line break of a PDF cell is no obstacle."""
    return late(pattern.replace(" ", r"\s+"))


def alternatives(section: str) -> str:
    """An alternation of the phrases of one section of lexicon/deadlines.yaml, longest first."""
    phrases = sorted((phrase.text for phrase in load("deadlines", section, Phrase)), key=len, reverse=True)
    return "(?:" + "|".join(phrases) + ")"


_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8}
_UNITS |= {"chín": 9, "mốt": 1}
_ONE = r"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mốt)"
# "ba mươi ngày", "mười lăm (15) ngày", "15 (mười lăm) ngày", "một trăm ngày"
NUMBER_WORDS = rf"(?:(?:một )?trăm|{_ONE} mươi(?: {_ONE})?|mười(?: {_ONE})?|{_ONE})"
NUMBER = rf"(?:\d{{1,3}}(?![\d.,/%]\d)(?:\s*\({NUMBER_WORDS}\))?|{NUMBER_WORDS}(?:\s*\(\d{{1,3}}\))?)"
QUARTER = r"(?:qu[ýí]|qú[yi]|qu[yi]́|q\.?(?=\s*(?:[1-4]|i{1,3}|iv)\s*[/.\-]))"
PERIODIC = r"đ[ịi]nh k[ỳì]"
EVERY = r"(?:h[ằàăẳ]ng|mỗi)"  # recognition loses the mark: "hăng tháng"
# "thứ Sáu", "thứ 6", "Chủ nhật"
WEEKDAY = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)(?!\w)"
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "bẩy": "SA"}
_WEEKDAYS |= {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA", "nhật": "SU"}
# "14 giờ", "16h30", "17 giờ 00 phút", "9g30", "11:30"
TIME = (
    r"(?:lúc )?(?<!\d)(?P<hour>[01]?\d|2[0-4])\s*(?:giờ|h(?!\w)|h(?=\d)|g(?=\d)|:(?=[0-5]\d))"
    r"\s*(?P<minute>[0-5]\d)?(?!\d)(?:\s*(?:phút|'|p(?!\w)))?(?:\s*(?P<noon>sáng|trưa|chiều|tối)(?!\w))?"
)


def count(words: str) -> int:
    """The number that `NUMBER` matched: "ba mươi" → 30, "mười lăm (15)" → 15, "05" → 5."""
    if digits := re.search(r"\d+", words):
        return int(digits[0])
    parts = words.split()
    if "trăm" in parts:
        return 100
    total = 0
    for at, word in enumerate(parts):
        if word == "mươi":
            total *= 10
        elif word == "mười":
            total = 10
        else:
            total += _UNITS[word] if at == 0 or parts[at - 1] in ("mươi", "mười") else 0
    return total


def roman(words: str) -> int:
    """1 to 4 of "I", "ii", "IV", "3"; recognition reads I as l or |, two and three of them also as 11 and 111."""
    plain = words.replace("l", "i").replace("|", "i")
    plain = plain.replace("1", "i") if len(plain) > 1 and not plain.startswith("0") else plain
    return int(plain) if plain.isdigit() else {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4}[plain]


def clock(match: re.Match[str]) -> str | None:
    """The time that `TIME` found in *match* as "HH:MM", None if it found none; 24 giờ is the day's last minute."""
    if not match["hour"]:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["noon"] in ("chiều", "tối") and hour < 12:
        hour += 12
    return "23:59" if hour == 24 else f"{hour:02d}:{minute:02d}"


def weekdays(words: str) -> str:
    """The iCalendar days of "thứ Hai, thứ Năm" → "MO,TH"; "" if none is named."""
    return ",".join(_WEEKDAYS[day.split()[-1].removeprefix("thứ")] for day in re.findall(WEEKDAY, words))
