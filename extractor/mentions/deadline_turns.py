"""How often: "hằng quý", "02 tuần một lần", "6 tháng, năm", "ít nhất 02 lần/năm".

In: folded text and a position. Out: the longest `Turn` that starts there.

>>> turn("định kỳ sáu tháng", 0).length
('month', 6)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.mentions.deadline_words import EVERY, NUMBER, PERIODIC, QUARTER, compiled, count

COMMA = r"\s*(?:,|/|;|và |hoặc |,\s*và )\s*"
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
LENGTH = rf"(?:(?:{_N}(?:\s*\(\w+\))? )?{_UNIT})"
_ONCE = r"(?: một lần|\s*/\s*(?:một |0?1 )?lần| 0?1(?:\s*\(\w+\))? lần| lần)"
_ITEM = rf"(?:{EVERY} )?{LENGTH}"
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
            rf"(?P<list>{_ITEM}{_MORE}{{0,5}})(?:{_ONCE})?"
        ),
        True,
    ),
    # "hằng quý", "mỗi tuần", "hằng tháng, hằng quý"
    TurnRule(
        "every", compiled(rf"(?P<list>{EVERY} {LENGTH}(?:{COMMA}(?:cả )?{EVERY} {LENGTH}){{0,5}})(?:{_ONCE})?"), False
    ),
    # "từng quý"
    TurnRule("each", compiled(rf"từng (?P<list>{LENGTH})"), False),
    # "hằng tháng, quý, năm"
    TurnRule("every_some", compiled(rf"{EVERY} (?P<list>{LENGTH}{_MORE}{{1,5}})(?!\w)"), False),
    # "02 tuần một lần", "6 tháng/lần", "mỗi quý 01 lần"
    TurnRule("once", compiled(rf"(?:cứ )?(?P<list>{_ITEM}){_ONCE}"), True),
    # "6 tháng, năm", "quý, 6 tháng và năm": a list that holds a number of months
    TurnRule(
        "terms",
        compiled(
            rf"(?P<list>(?:{_UNIT}{COMMA}){{0,3}}(?:0?[369]|sáu|ba|chín) tháng(?: đầu năm)?"
            rf"(?:{COMMA}(?:cả |cuối |hết )?(?:0?1 |một )?{_ITEM}){{1,5}})(?! (?:20|đầu|cuối))"
        ),
        True,
    ),
    # "báo cáo tháng, quý, năm"
    TurnRule("reports", compiled(rf"(?<=báo\scáo\s)(?P<list>{_UNIT}(?:{COMMA}{_UNIT}){{1,5}})(?! 20)"), True),
)
_COUNTED = compiled(rf"{_ONCE}$")
# "01 lần/tháng", "02 lần/năm", "một lần trong năm"; "mỗi năm 2 lần"
_TIMES = (
    compiled(
        rf"(?P<times>{NUMBER}) (?:lần|đợt)(?:\s*/\s*| (?:mỗi|trong|trên|một|0?1) )(?P<unit>{LENGTH})(?! (?:nay|20))"
    ),
    compiled(
        rf"(?:{EVERY}|một|0?1) (?P<unit>{_UNIT})\s*,?\s*(?:(?:ít nhất|tối thiểu) )?(?P<times>{NUMBER}) (?:lần|đợt)"
    ),
)


def _length(words: str) -> Length:
    """Reads "hằng quý" → 3 months, "02 tuần" → 2 weeks, "sáu tháng" → 6 months."""
    plain = " ".join(re.sub(rf"^{EVERY}\s+|\s*\(\w+\)", "", words.strip()).split())
    numbered = re.match(rf"({_N}) (.+)", plain)
    times, name = (count(numbered[1]), numbered[2]) if numbered else (1, plain)
    unit, size = _LENGTHS.get(name, ("month", 3))
    return unit, size * times


def shortest(words: str) -> Length:
    """The shortest cycle of a list: who reports "quý, 6 tháng, năm" reports every quarter."""
    lengths = [_length(item[0]) for item in compiled(_ITEM).finditer(words)]
    return min(lengths, key=lambda length: _DAYS[length[0]] * length[1])


def _spread(end: int, times: int, length: Length) -> Turn:
    """Reads "02 lần/năm" → every 6 months; "02 lần/tháng" has no even rule but the 15th and the last day."""
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
            best = Turn(match.end(), shortest(match["list"]), sure=rule.sure or bool(_COUNTED.search(match[0])))
    for pattern in _TIMES:
        match = pattern.match(words, at)
        if match and (best is None or match.end() > best.end):
            best = _spread(match.end(), count(" ".join(match["times"].split())), _length(match["unit"]))
    return best
