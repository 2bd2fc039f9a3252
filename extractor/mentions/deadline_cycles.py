"""Deadlines that come again: "định kỳ trước ngày 20 hằng tháng", "Định kỳ 02 tuần một lần (trước 16 giờ thứ Sáu)".

In: a `Scene` and a position in it. Out: the `Reading`s of the longest phrase that starts there (two where one phrase
names two days that no single rule holds: "trước ngày 10/6 và 05/12 hằng năm").

>>> text = "trước ngày 20 hằng tháng"
>>> cycle_phrase(Scene(text, text, DeadlineContext(None)), 0)[0].rrule
'FREQ=MONTHLY;BYMONTHDAY=20'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.mentions.deadline_cycle_days import COMMA, NEXT, CycleDay, Within, cycle_day
from extractor.mentions.deadline_stretches import covered, stretch
from extractor.mentions.deadline_words import (
    EVERY,
    NUMBER,
    PERIODIC,
    QUARTER,
    DeadlineContext,
    Reading,
    Scene,
    compiled,
    count,
)

__all__ = ["DeadlineContext", "Scene", "cycle_phrase"]

# length of a cycle: ("day", 1), ("week", 2), ("month", 3) for quý, ("month", 12) for năm
Length = tuple[str, int]
_LENGTHS: dict[str, Length] = {
    "ngày": ("day", 1),
    "tuần": ("week", 1),
    "tháng": ("month", 1),
    "năm": ("month", 12),
    "nửa năm": ("month", 6),
}
_DAYS = {"day": 1, "week": 7, "month": 30}
_UNIT = rf"(?:ngày|tuần|tháng|{QUARTER}|nửa năm|năm)(?!\w)"
_N = r"(?:0?[1-9]|1[0-2]|một|hai|ba|bốn|năm|sáu|chín)"
_LENGTH = rf"(?:(?:{_N}(?:\s*\(\w+\))? )?{_UNIT})"
_ONCE = r"(?: một lần|\s*/\s*(?:một |0?1 )?lần| 0?1(?:\s*\(\w+\))? lần| lần)"
_ITEM = rf"(?:{EVERY} )?{_LENGTH}"
_MORE = rf"(?:{COMMA}(?:cả )?{_ITEM})"


@dataclass(frozen=True, slots=True)
class Turn:
    """A cycle as named.

    Attributes:
        end: where its words end.
        length: how often.
        part: iCalendar part that the words bring themselves ("02 lần/tháng").
        sure: its own words make it a deadline in prose ("định kỳ", "một lần"); "hằng năm" needs its verb.
        reasons: why it is doubtful.
    """

    end: int
    length: Length
    part: str = ""
    sure: bool = True
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnRule:
    """A way to name a cycle; the group `list` holds one or more lengths, of which the shortest counts."""

    name: str
    pattern: re.Pattern[str]
    sure: bool


TURN_RULES: tuple[TurnRule, ...] = (
    # "định kỳ hằng tháng", "định kỳ sáu tháng", "định kỳ tháng, quý, năm", "định kỳ 02 tuần một lần"
    TurnRule(
        "periodic",
        compiled(
            rf"{PERIODIC}\s*,?\s*(?:(?:theo|cứ|vào|là) )?(?:(?:trong )?{_N} lần (?:trong |mỗi |/\s*)?)?"
            rf"(?P<list>{_ITEM}{_MORE}*)(?:{_ONCE})?"
        ),
        True,
    ),
    # "hằng quý", "mỗi tuần", "hằng tháng, hằng quý"
    TurnRule(
        "every", compiled(rf"(?P<list>{EVERY} {_LENGTH}(?:{COMMA}(?:cả )?{EVERY} {_LENGTH})*)(?:{_ONCE})?"), False
    ),
    # "hằng tháng, quý, năm"
    TurnRule("every_some", compiled(rf"{EVERY} (?P<list>{_LENGTH}{_MORE}+)(?!\w)"), False),
    # "02 tuần một lần", "6 tháng/lần", "mỗi quý 01 lần"
    TurnRule("once", compiled(rf"(?:cứ )?(?P<list>{_ITEM}){_ONCE}"), True),
    # "6 tháng, năm", "quý, 6 tháng và năm": a list that holds a number of months
    TurnRule(
        "terms",
        compiled(
            rf"(?P<list>(?:{_UNIT}{COMMA})*(?:0?[369]|sáu|ba|chín) tháng(?: đầu năm)?"
            rf"(?:{COMMA}(?:cả |cuối |hết )?(?:0?1 |một )?{_ITEM})+)(?! (?:20|đầu|cuối))"
        ),
        True,
    ),
)
# "01 lần/tháng", "02 lần/năm", "một lần trong năm"; "mỗi năm 2 lần"
_TIMES = (
    compiled(rf"(?P<times>{NUMBER}) lần(?:\s*/\s*| (?:mỗi|trong|trên|một) )(?P<unit>{_LENGTH})(?! (?:nay|20))"),
    compiled(rf"(?:{EVERY}|một|0?1) (?P<unit>{_UNIT})\s*,?\s*(?:(?:ít nhất|tối thiểu) )?(?P<times>{NUMBER}) lần"),
)


def _length(words: str) -> Length:
    """ "hằng quý" → 3 months, "02 tuần" → 2 weeks, "sáu tháng" → 6 months."""
    plain = " ".join(re.sub(rf"^{EVERY}\s+|\s*\(\w+\)", "", words.strip()).split())
    numbered = re.match(rf"({_N}) (.+)", plain)
    times, name = (count(numbered[1]), numbered[2]) if numbered else (1, plain)
    unit, size = _LENGTHS.get(name, ("month", 3))
    return unit, size * times


def _shortest(words: str) -> Length:
    """The shortest cycle of a list: who reports "quý, 6 tháng, năm" reports every quarter."""
    lengths = [_length(item[0]) for item in compiled(_ITEM).finditer(words)]
    return min(lengths, key=lambda length: _DAYS[length[0]] * length[1])


def _spread(end: int, times: int, length: Length) -> Turn:
    """ "02 lần/năm" → every 6 months; "02 lần/tháng" has no even rule but the 15th and the last day."""
    unit, size = length
    why = ("recurrence_spread_evenly",) if times > 1 else ()
    if unit == "month" and times > 1 and size % times == 0:
        return Turn(end, (unit, size // times), reasons=why)
    if (unit, size, times) == ("month", 1, 2):
        return Turn(end, length, "BYMONTHDAY=15,-1", reasons=why)
    return Turn(end, length, reasons=why)


def turn(words: str, at: int) -> Turn | None:
    """The longest cycle that starts at *at*; earlier rules win ties."""
    best: Turn | None = None
    for rule in TURN_RULES:
        match = rule.pattern.match(words, at)
        if match and (best is None or match.end() > best.end):
            best = Turn(match.end(), _shortest(match["list"]), sure=rule.sure)
    for pattern in _TIMES:
        match = pattern.match(words, at)
        if match and (best is None or match.end() > best.end):
            best = _spread(match.end(), count(" ".join(match["times"].split())), _length(match["unit"]))
    return best


_PERIODIC_FIRST = compiled(rf"{PERIODIC}\s*,?\s*(?:vào )?(?P<open>\()?\s*")
_BARE_UNIT = compiled(rf"(?P<list>{_LENGTH})(?:(?: đầu)? năm)?\s*(?=[(:])")
_LINK = compiled(r"\s*(?:,|:|-|vào |là )?\s*")
_OPEN = compiled(r"\s*,?\s*\(\s*")
_SHUT = compiled(r"\s*\)")
_OF = compiled(r"\s*,?\s*(?:của )?")
_WITHIN: dict[Within, tuple[Length, ...]] = {
    "day": (("day", 1), ("day", 2)),
    "week": (("week", 1), ("week", 2), ("week", 3), ("week", 4)),
    "month": (("month", 1), ("month", 2), ("month", 3), ("month", 6)),
    "quarter": (("month", 3),),
    "half": (("month", 6),),
    "year": (("month", 12), ("month", 6), ("month", 3), ("month", 1)),
}


def cycle_phrase(scene: Scene, at: int) -> tuple[Reading, ...]:
    """The longest recurring phrase that starts at *at*; empty if there is none."""
    best: tuple[Reading, ...] = ()
    for read in (_day_first, _turn_first, _day_alone):
        found = read(scene.words, at)
        if found and (not best or found[-1].end > best[-1].end):
            best = found
    return _bounded(scene, best) if best else best


def _day_first(words: str, at: int) -> tuple[Reading, ...]:
    """ "(định kỳ) trước ngày 20 hằng tháng", "Quý I hằng năm", "định kỳ trước ngày 15/6 và 15/12"."""
    opened = _PERIODIC_FIRST.match(words, at)
    day = cycle_day(words, opened.end() if opened else at)
    if day is None:
        return ()
    link = _OF.match(words, day.end)
    again = turn(words, link.end()) if link else None
    if again is None or not _fits(day, again):
        again = _implied(day) if opened else None
    if again is None:
        return ()
    end = again.end
    if opened and opened["open"]:
        shut = _SHUT.match(words, end)
        if shut is None:
            return ()
        end = shut.end()
    return _built(at, end, day, again)


def _turn_first(words: str, at: int) -> tuple[Reading, ...]:
    """ "hằng tháng (trước ngày 20)", "Hằng năm, trước ngày 15/12", "năm (trước ngày 15/12)", or the cycle alone."""
    named = turn(words, at)
    bare = _BARE_UNIT.match(words, at) if named is None else None
    if bare:
        named = Turn(bare.end(), _shortest(bare["list"]), sure=False)
    if named is None:
        return ()
    found = _in_brackets(words, named) or _linked(words, named)
    if found:
        return _built(at, found[1], found[0], named)
    return () if bare else (_reading(at, named.end, named, named.part, None),)


def _in_brackets(words: str, named: Turn) -> tuple[CycleDay, int] | None:
    """The day in brackets after a cycle, the cycle perhaps said again: "(trước ngày 20 hàng tháng)"."""
    opened = _OPEN.match(words, named.end)
    day = cycle_day(words, opened.end()) if opened else None
    if day is None or not _fits(day, named):
        return None
    link = _OF.match(words, day.end)
    again = turn(words, link.end()) if link else None
    shut = _SHUT.match(words, again.end if again else day.end)
    return (day, shut.end()) if shut else None


def _linked(words: str, named: Turn) -> tuple[CycleDay, int] | None:
    """The day after a cycle: "hằng tuần vào thứ Sáu", "hằng tháng, trước ngày 25"."""
    link = _LINK.match(words, named.end)
    day = cycle_day(words, link.end()) if link else None
    return (day, day.end) if day and _fits(day, named) else None


_OWN_CYCLE = compiled(
    rf"ngày \S+\s*,?\s*(?:của )?tháng (?:đầu|cuối|thứ)|{EVERY} (?:tuần|tháng|năm|{QUARTER})|của tháng {NEXT}|"
    rf"ngày (?:làm việc )?cuối (?:cùng )?(?:của )?(?:tháng|{QUARTER})"
)


def _day_alone(words: str, at: int) -> tuple[Reading, ...]:
    """A day that names its own cycle: "trước ngày 15 của tháng cuối quý", "cuối mỗi quý"."""
    day = cycle_day(words, at)
    if day is None or not _OWN_CYCLE.search(words, at, day.end):
        return ()
    return _built(at, day.end, day, _implied(day))


def _implied(day: CycleDay) -> Turn:
    """The cycle that a day needs by itself."""
    return Turn(day.end, _WITHIN[day.within][0])


def _fits(day: CycleDay, named: Turn) -> bool:
    """Whether a day can lie in the cycle: "ngày 20" fits a month or a quarter, not a week."""
    return named.length in _WITHIN[day.within]


def _built(at: int, end: int, day: CycleDay, named: Turn) -> tuple[Reading, ...]:
    return tuple(_reading(at, end, named, part, day) for part in day.parts)


def _reading(at: int, end: int, named: Turn, part: str, day: CycleDay | None) -> Reading:
    length = ("month", 12) if day and day.within == "year" else named.length
    return Reading(
        at,
        end,
        "cycle_day" if day else "cycle_sure" if named.sure else "cycle",
        "recurring",
        rrule=_rule(length, part),
        qualifier="before" if day and day.before else None,
        time=day.time if day else None,
        reasons=named.reasons,
    )


def _rule(length: Length, part: str) -> str:
    """ "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15" of ("month", 3) and "BYMONTHDAY=15"."""
    unit, size = length
    if unit == "month" and size % 12 == 0:
        unit, size = "year", size // 12
    frequency = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}[unit]
    interval = f";INTERVAL={size}" if size > 1 else ""
    return f"FREQ={frequency}{interval}" + (f";{part}" if part else "")


_BOUND = compiled(r"\s*(?:,|\(|-)?\s*(?P<key>(?:trong|từ|giai đoạn|bắt đầu từ|kể từ) )*")


def _bounded(scene: Scene, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """ "Hằng năm, giai đoạn 2021-2025", "hằng quý trong năm 2026": the rule keeps the span beside it."""
    link = _BOUND.match(scene.words, readings[-1].end)
    if link is None or not (link["key"] or "(" in link[0]):
        return readings
    found = stretch(scene.words, link.end())
    if found is None or found.last.grain == "day" or found.last.year is None:
        return readings
    period, reasons = covered(found, scene.context)
    shut = _SHUT.match(scene.words, found.end) if "(" in link[0] else None
    if period is None or ("(" in link[0] and shut is None):
        return readings
    end = shut.end() if shut else found.end
    return tuple(
        replace(reading, end=end, start=period.start, due=period.end, reasons=(*reading.reasons, *reasons))
        for reading in readings
    )
