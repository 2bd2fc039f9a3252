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
from typing import TYPE_CHECKING

from extractor.mentions.deadline_stretches import covered, stretch
from extractor.mentions.deadline_words import (
    EVERY,
    NUMBER,
    PERIODIC,
    QUARTER,
    TIME,
    WEEKDAY,
    DeadlineContext,
    Reading,
    Scene,
    clock,
    compiled,
    count,
    roman,
    weekdays,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DeadlineContext", "Scene", "cycle_phrase"]

# length of a cycle: ("day", 1), ("week", 2), ("month", 3 for quý, 6, 12)
Cycle = tuple[str, int]
_LENGTHS: dict[str, Cycle] = {"ngày": ("day", 1), "tuần": ("week", 1), "tháng": ("month", 1), "năm": ("month", 12)}
_RANK = {"day": 1, "week": 7, "month": 30}
_UNIT = rf"(?:ngày|tuần|tháng|{QUARTER}|nửa năm|năm)(?!\w)"
_N = r"(?:0?[1-9]|1[0-2]|một|hai|ba|bốn|năm|sáu|chín)"
_LENGTH = rf"(?:(?:{_N}(?:\s*\(\w+\))? )?{_UNIT})"
_ONCE = r"(?: một lần|\s*/\s*(?:một |0?1 )?lần| 0?1(?:\s*\(\w+\))? lần| lần)"
_COMMA = r"\s*(?:,|/|;|và |hoặc |,\s*và )\s*"
_ONE_CYCLE = rf"(?:{EVERY} )?{_LENGTH}"


@dataclass(frozen=True, slots=True)
class Detail:
    """The day inside the cycle: iCalendar parts, how much of the year they fix, and the time of day.

    Attributes:
        end: where its words end.
        parts: "BYMONTHDAY=20", "BYDAY=FR", "BYMONTH=6,12;BYMONTHDAY=15"; several where the days differ.
        within: the cycle that it needs: "week", "month", "quarter" or "year".
        time: as "HH:MM".
        before: said as "trước".
    """

    end: int
    parts: tuple[str, ...]
    within: str
    time: str | None = None
    before: bool = False


_NOT_DATED = r"(?!\s*[/.\-]\s*\d|\s*(?:,\s*)?năm\s*\d|\s*tháng\s*\d|\s*%)"
_DM = r"(?:0?[1-9]|[12]\d|3[01])(?:\s*/\s*| tháng )(?:0?[1-9]|1[0-2])(?!\s*[/.\-]\s*\d|\d|\s*(?:,\s*)?năm\s*\d)"
_DAY = r"(?:ngày )?(?:(?:mồng|mùng) )?"
_BEFORE = (
    r"(?:(?:chậm nhất|muộn nhất|xong|hạn chót)(?: (?:là|vào|đến))? )?(?P<before>trước )?(?:(?:vào|trong|đến|là|hết) )*"
)
_NEXT = r"(?:sau|kế tiếp|tiếp theo|liền kề|kế sau|báo cáo|đó)"
_SIDE = r"(?P<side>đầu(?: tiên)?|giữa|cuối(?: cùng)?|thứ ba|thứ nhất|thứ hai)"
_ORDINAL_WEEK = rf"(?:thứ )?(?P<week>0?[1-5]|{NUMBER}|nhất|đầu(?: tiên)?|cuối(?: cùng)?)"


def _numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


def _joined(numbers: list[int]) -> str:
    return ",".join(str(number) for number in dict.fromkeys(numbers))


def _year_days(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """ "15/6 và 15/12" → one rule for days that agree, else one a day."""
    pairs = [tuple(_numbers(day)) for day in re.findall(_DM.replace(" ", r"\s+"), m["days"])]
    if any(day > (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31) for day, month in pairs):
        return (), "year"
    if len({day for day, _ in pairs}) == 1:
        return (f"BYMONTH={_joined([month for _, month in pairs])};BYMONTHDAY={pairs[0][0]}",), "year"
    return tuple(f"BYMONTH={month};BYMONTHDAY={day}" for day, month in pairs), "year"


def _month_days(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    days = _numbers(m["days"])
    return (f"BYMONTHDAY={_joined(days)}",), "month"


def _term_days(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """ "ngày 15 của tháng cuối quý", "ngày 05 tháng đầu quý sau"."""
    day = _numbers(m["days"])[0]
    kind = "year" if m["unit"].startswith("năm") else "half" if "6" in m["unit"] or "sáu" in m["unit"] else "quarter"
    step = {"year": 12, "half": 6, "quarter": 3}[kind]
    if m["side"].startswith(("cuối", "thứ ba")):
        return (f"BYMONTHDAY={day}",) if kind != "year" else (f"BYMONTH=12;BYMONTHDAY={day}",), kind
    offset = 1 if m["side"].startswith(("đầu", "thứ nhất")) else 2
    months = ",".join(str(month) for month in range(offset, 13, step))
    return (f"BYMONTH={months};BYMONTHDAY={day}",), "year"


def _edge(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """ "ngày cuối tháng", "ngày làm việc cuối cùng của quý", "cuối mỗi năm", "đầu tháng"."""
    unit, late = m["unit"], m["side"].startswith("cuối")
    within = {"tháng": "month", "tuần": "week", "năm": "year"}.get(unit, "quarter")
    if within == "week":
        return ("BYDAY=FR" if late else "BYDAY=MO",), within
    if "làm" in m[0]:
        position = "-1" if late else "1"
        month = "BYMONTH=12;" if within == "year" and late else ""
        return (f"{month}BYDAY=MO,TU,WE,TH,FR;BYSETPOS={position}",), within
    if within == "year":
        return (
            {"c": "BYMONTH=12;BYMONTHDAY=31", "đ": "BYMONTH=1;BYMONTHDAY=1"}.get(
                m["side"][0], "BYMONTH=6;BYMONTHDAY=30"
            ),
        ), within
    day = "-1" if late else "1" if m["side"].startswith("đầu") else "15"
    return (f"BYMONTHDAY={day}",), within


def _week_of_month(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    word = m["week"]
    number = 1 if word.startswith(("đầu", "nhất")) else -1 if word.startswith("cuối") else count(word)
    return (f"BYMONTHDAY={-1 if number in (-1, 5) else 7 * number}",), "month"


def _week_days(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    return (f"BYDAY={weekdays(m['days'])}",), "week"


def _quarters(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """ "Quý I hằng năm" → 31/3: the last day of the quarter; of several, the last day of each one's last month."""
    numbers = [roman(q) for q in re.findall(r"(?<!\w)(?:[il|]{1,3}|[il|]v|0?[1-4])(?!\w)", m["numbers"])]
    side = m["side"] or "cuối"
    months = [3 * number - (2 if side == "đầu" else 0) for number in numbers]
    lasts = {31 if month in (1, 3, 7, 10, 12) else 30 for month in months}
    return (f"BYMONTH={_joined(months)};BYMONTHDAY={lasts.pop() if len(lasts) == 1 else -1}",), "year"


def _months(m: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """ "tháng 12 hằng năm" → 31/12; "giữa tháng 6" → 15/6."""
    months = [month for month in _numbers(m["numbers"])]
    lasts = {28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in months}
    day = {"đầu": 1, "giữa": 15}.get(m["side"] or "", -1 if 28 in lasts or len(lasts) > 1 else lasts.pop())
    return (f"BYMONTH={_joined(months)};BYMONTHDAY={day}",), "year"


@dataclass(frozen=True, slots=True)
class DetailRule:
    """A way to name a day inside a cycle: its pattern, and the iCalendar parts and the cycle that a match means."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], tuple[tuple[str, ...], str]]


_QS = r"(?:[il|]{1,3}|[il|]v|0?[1-4])(?!\w)"
_HOUR = rf"(?:{TIME}\s*,?\s*(?:của )?)?"
_MONTH_UNIT = rf"(?P<unit>tháng|{QUARTER}|năm|tuần)(?!\w)"
DETAIL_RULES: tuple[DetailRule, ...] = (
    # "trước ngày 15/6 và 15/12", "ngày 15 tháng 6, ngày 15 tháng 12"
    DetailRule(
        "days_of_year",
        compiled(rf"{_BEFORE}{_HOUR}(?P<days>{_DAY}{_DM}(?:{_COMMA}(?:trước )?{_DAY}{_DM})*)"),
        _year_days,
    ),
    # "ngày 15 của tháng cuối quý", "ngày 05 tháng đầu của quý sau"
    DetailRule(
        "day_of_term",
        compiled(rf"{_BEFORE}{_HOUR}(?P<days>{_DAY}\d{{1,2}}(?!\d))\s*,?\s*(?:của )?tháng {_SIDE}(?: của)?(?: (?:mỗi|từng|các|h[ằà]ng))? (?P<unit>{QUARTER}|kỳ báo cáo|kỳ|6 tháng|sáu tháng|năm)(?!\w)(?: {_NEXT})?"),
        _term_days,
    ),
    # "ngày 20", "ngày 10 và ngày 25", "ngày 05 của tháng sau"
    DetailRule(
        "days_of_month",
        compiled(rf"{_BEFORE}{_HOUR}(?P<days>ngày (?:(?:mồng|mùng) )?(?:0?[1-9]|[12]\d|3[01])(?!\d){_NOT_DATED}(?:{_COMMA}(?:ngày )?(?:0?[1-9]|[12]\d|3[01])(?!\d){_NOT_DATED})*)(?:\s*,?\s*(?:của )?tháng {_NEXT}(?!\w))?"),
        _month_days,
    ),
    # "ngày cuối cùng của tháng", "ngày làm việc cuối cùng của quý", "cuối mỗi quý", "vào cuối năm"
    DetailRule("edge", compiled(rf"{_BEFORE}{_HOUR}(?:ngày (?:làm việc )?)?{_SIDE}(?: của)?(?: {EVERY})? {_MONTH_UNIT}(?!\s*\d|\s*[ivl]+(?!\w))"), _edge),
    # "tuần đầu hằng tháng", "tuần thứ hai của tháng"
    DetailRule("week_of_month", compiled(rf"{_BEFORE}{_HOUR}tuần {_ORDINAL_WEEK}(?: của)?(?: {EVERY})? tháng(?!\s*\d)(?!\w)"), _week_of_month),
    # "trước 16 giờ thứ Sáu", "chiều thứ Năm", "thứ Hai và thứ Năm"
    DetailRule(
        "days_of_week",
        compiled(rf"{_BEFORE}{_HOUR}(?:(?:sáng|chiều|buổi sáng|buổi chiều) )?(?:ngày )?(?P<days>{WEEKDAY}(?:{_COMMA}(?:ngày )?{WEEKDAY})*)"),
        _week_days,
    ),
    # "quý I", "Quý II và Quý IV"
    DetailRule("quarters", compiled(rf"{_BEFORE}(?P<before_>)(?:(?P<side>đầu|cuối) )?(?P<numbers>{QUARTER}\s*{_QS}(?:{_COMMA}(?:{QUARTER}\s*)?{_QS})*)(?!\s*[/.\-]\s*\d|\s*,?\s*năm\s*\d)"), _quarters),
    # "tháng 12", "các tháng 3, 6, 9, 12"
    DetailRule("months", compiled(rf"{_BEFORE}(?:(?P<side>đầu|giữa|cuối) )?(?:các )?(?P<numbers>tháng\s*\d{{1,2}}(?:{_COMMA}(?:tháng )?(?:0?[1-9]|1[0-2])(?!\d))*)(?!\s*[/.\-]\s*\d|\s*,?\s*năm\s*\d|\d)"), _months),
)  # fmt: skip


def detail(words: str, at: int) -> Detail | None:
    """The longest day of a cycle that starts at *at*."""
    best: Detail | None = None
    for rule in DETAIL_RULES:
        match = rule.pattern.match(words, at)
        if match is None or (best and match.end() <= best.end):
            continue
        parts, within = rule.build(match)
        if parts:
            hour = clock(match) if "hour" in rule.pattern.groupindex else None
            best = Detail(match.end(), parts, within, hour, bool(match["before"]))
    return best


def _length(words: str) -> Cycle:
    """ "hằng quý" → 3 months, "02 tuần" → 2 weeks, "sáu tháng" → 6 months."""
    plain = re.sub(rf"^{EVERY}\s+|\s*\(\w+\)", "", words.strip())
    number, _, rest = plain.partition(" ") if re.match(rf"{_N}\s", plain) else ("1", "", plain)
    if not rest.strip():
        number, rest = "1", plain
    rest = " ".join(rest.split())
    times = count(number)
    if rest == "nửa năm":
        return "month", 6 * times
    unit, size = _LENGTHS.get(rest, ("month", 3))
    return unit, size * times


def _tightest(words: str) -> Cycle:
    """The shortest cycle of a list: "quý, 6 tháng, năm" is met by reporting every quarter."""
    found = [_length(item[0]) for item in compiled(_ONE_CYCLE).finditer(words)]
    return min(found, key=lambda cycle: _RANK[cycle[0]] * cycle[1])


def _per(times: int, words: str) -> tuple[Cycle, tuple[str, ...]] | None:
    """ "02 lần/năm" → every 6 months; "02 lần/tháng" has no even rule but the 15th and the last day."""
    unit, size = _length(words)
    if times <= 1:
        return (unit, size), ()
    if unit == "month" and size % times == 0:
        return (unit, size // times), ()
    if (unit, size, times) == ("month", 1, 2):
        return (unit, size), ("BYMONTHDAY=15,-1",)
    return (unit, size), ()


@dataclass(frozen=True, slots=True)
class Round:
    """A cycle as named: its end, its length, the parts that it brings itself; `sure` in prose by its own words."""

    end: int
    cycle: Cycle
    parts: tuple[str, ...] = ()
    sure: bool = True
    reasons: tuple[str, ...] = ()


_LIST = rf"{_ONE_CYCLE}(?:{_COMMA}(?:cả )?{_ONE_CYCLE})*"
_CYCLE_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "định kỳ hằng tháng", "định kỳ sáu tháng", "định kỳ tháng, quý, năm", "định kỳ theo quý", "định kỳ 02 tuần một lần"
    ("periodic", compiled(rf"{PERIODIC}\s*,?\s*(?:(?:theo|cứ|vào|là) )?(?:(?:trong )?{_N} lần (?:trong |mỗi |/\s*)?)?(?P<list>{_LIST})(?:{_ONCE})?")),
    # "hằng quý", "mỗi tuần", "hằng tháng, hằng quý"
    ("every", compiled(rf"(?P<list>{EVERY} {_LENGTH}(?:{_COMMA}(?:cả )?{EVERY} {_LENGTH})*)(?:{_ONCE})?")),
    ("every_some", compiled(rf"{EVERY} (?P<list>{_LENGTH}{_COMMA}{_ONE_CYCLE}(?:{_COMMA}{_ONE_CYCLE})*)(?!\w)")),
    # "02 tuần một lần", "6 tháng/lần", "mỗi quý 01 lần"
    ("once", compiled(rf"(?:cứ )?(?P<list>(?:{EVERY} )?{_LENGTH}){_ONCE}")),
    # "6 tháng, năm", "quý, 6 tháng và năm": a list that holds a number of months
    ("terms", compiled(rf"(?P<list>(?:{_UNIT}{_COMMA})*(?:0?[369]|sáu|ba|chín) tháng(?: đầu năm)?(?:{_COMMA}(?:cả |cuối |hết )?(?:0?1 |một )?{_ONE_CYCLE})+)(?! (?:20|đầu|cuối))")),
)  # fmt: skip
# "01 lần/tháng", "ít nhất 02 lần/năm", "mỗi năm 2 lần", "một lần trong năm"
_PER_RULES = (
    compiled(
        rf"(?:(?:ít nhất|tối thiểu) )?(?P<times>{NUMBER}) lần(?:\s*/\s*| (?:mỗi|trong|trên|một) )(?P<unit>{_LENGTH})(?! (?:nay|20))"
    ),
    compiled(rf"(?:{EVERY}|một|0?1) (?P<unit>{_UNIT})\s*,?\s*(?:(?:ít nhất|tối thiểu) )?(?P<times>{NUMBER}) lần"),
)
_PERIODIC_ALONE = compiled(rf"{PERIODIC}\s*,?\s*(?:vào )?")
_BARE_BRACKET = compiled(rf"(?P<list>{_LENGTH})(?:(?: đầu)? năm)?\s*(?=\()")


def cycle(words: str, at: int) -> Round | None:
    """The longest cycle that starts at *at*."""
    best: Round | None = None
    for name, pattern in _CYCLE_RULES:
        match = pattern.match(words, at)
        if match and (best is None or match.end() > best.end):
            best = Round(match.end(), _tightest(match["list"]), sure=not name.startswith("every"))
    for pattern in _PER_RULES:
        match = pattern.match(words, at)
        if match and (best is None or match.end() > best.end):
            made = _per(count(" ".join(match["times"].split())), match["unit"])
            if made:
                why = ("recurrence_spread_evenly",) if count(" ".join(match["times"].split())) > 1 else ()
                best = Round(match.end(), made[0], made[1], reasons=why)
    return best


_LINK = compiled(r"\s*(?:,|:|-|vào |là )?\s*")
_OPEN = compiled(r"\s*,?\s*\(\s*")
_SHUT = compiled(r"\s*\)")
_OF = compiled(r"\s*,?\s*(?:của )?")


def cycle_phrase(scene: Scene, at: int) -> tuple[Reading, ...]:
    """The longest recurring phrase that starts at *at*; empty if there is none."""
    best: tuple[Reading, ...] = ()
    for read in (_detail_first, _cycle_first, _by_itself):
        found = read(scene, at)
        if found and (not best or found[-1].end > best[-1].end):
            best = found
    return _bounded(scene, best)


def _detail_first(scene: Scene, at: int) -> tuple[Reading, ...]:
    """ "(định kỳ) trước ngày 20 hằng tháng", "Quý I hằng năm", "thứ Sáu hằng tuần"."""
    words = scene.words
    opened = _PERIODIC_ALONE.match(words, at)
    day = detail(words, opened.end() if opened else at)
    link = _OF.match(words, day.end) if day else None
    turn = cycle(words, link.end()) if day and link else None
    if day is None or turn is None or not _fits(day, turn):
        return ()
    return _built(at, turn.end, day, turn)


def _cycle_first(scene: Scene, at: int) -> tuple[Reading, ...]:
    """ "hằng tháng (trước ngày 20)", "Hằng năm, trước ngày 15/12", "năm (trước ngày 15/12)", or the cycle alone."""
    words = scene.words
    turn = cycle(words, at)
    if turn is None:
        bare = _BARE_BRACKET.match(words, at)
        if bare is None:
            return ()
        turn = Round(bare.end(), _tightest(bare["list"]), sure=False)
        found = _bracketed(words, turn)
        return _built(at, found[1], found[0], turn) if found else ()
    found = _bracketed(words, turn) or _linked(words, turn)
    if found:
        return _built(at, found[1], found[0], turn)
    return (_reading(at, turn.end, turn.cycle, ";".join(turn.parts), turn, None),)


def _bracketed(words: str, turn: Round) -> tuple[Detail, int] | None:
    """The day in brackets after a cycle, with a cycle said again: "(trước ngày 20 hàng tháng)"."""
    opened = _OPEN.match(words, turn.end)
    day = detail(words, opened.end()) if opened else None
    if day is None or not _fits(day, turn):
        return None
    link = _OF.match(words, day.end)
    again = cycle(words, link.end()) if link else None
    shut = _SHUT.match(words, again.end if again else day.end)
    return (day, shut.end()) if shut else None


def _linked(words: str, turn: Round) -> tuple[Detail, int] | None:
    """The day after a cycle: "hằng tuần vào thứ Sáu", "hằng tháng, trước ngày 25"."""
    link = _LINK.match(words, turn.end)
    day = detail(words, link.end()) if link else None
    return (day, day.end) if day and _fits(day, turn) else None


def _by_itself(scene: Scene, at: int) -> tuple[Reading, ...]:
    """A day that names its own cycle: "trước ngày 15 của tháng cuối quý", "cuối mỗi quý"."""
    words = scene.words
    day = detail(words, at)
    if day is None or not _OWN_CYCLE.search(words, at, day.end):
        return ()
    months = {"month": 1, "quarter": 3, "half": 6}.get(day.within, 12)
    turn = Round(day.end, ("week", 1) if day.within == "week" else ("month", months))
    return _built(at, day.end, day, turn)


_OWN_CYCLE = compiled(
    rf"tháng (?:đầu|cuối|thứ)|{EVERY} (?:tuần|tháng|năm|{QUARTER})|ngày (?:làm việc )?cuối (?:cùng )?(?:của )?(?:tháng|{QUARTER})|của tháng {_NEXT}"
)
_WITHIN: dict[str, tuple[Cycle, ...]] = {
    "week": (("week", 1), ("week", 2), ("week", 3), ("week", 4)),
    "month": (("month", 1), ("month", 2), ("month", 3), ("month", 6)),
    "quarter": (("month", 3),),
    "half": (("month", 6),),
    "year": (("month", 12), ("month", 6), ("month", 3), ("month", 1)),
}


def _fits(day: Detail, turn: Round) -> bool:
    """Whether a day can lie in the cycle: "ngày 20" fits a month or a quarter, not a week."""
    return turn.cycle in _WITHIN[day.within]


def _built(at: int, end: int, day: Detail, turn: Round) -> tuple[Reading, ...]:
    return tuple(_reading(at, end, turn.cycle, parts, turn, day) for parts in day.parts)


def _reading(at: int, end: int, length: Cycle, parts: str, turn: Round, day: Detail | None) -> Reading:
    unit, size = length
    if day is not None and day.within == "year":
        unit, size = "month", 12
    return Reading(
        at,
        end,
        "cycle_day" if day else "cycle_sure" if turn.sure else "cycle",
        "recurring",
        rrule=_rule(unit, size, parts),
        qualifier="before" if day and day.before else None,
        time=day.time if day else None,
        reasons=turn.reasons,
    )


def _rule(unit: str, size: int, parts: str) -> str:
    """ "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15" of ("month", 3, "BYMONTHDAY=15")."""
    if unit == "month" and size % 12 == 0:
        unit, size = "year", size // 12
    frequency = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}[unit]
    interval = f";INTERVAL={size}" if size > 1 else ""
    return f"FREQ={frequency}{interval}" + (f";{parts}" if parts else "")


_BOUND = compiled(r"\s*(?:,|\(|-)?\s*(?:(?:trong|từ|giai đoạn|bắt đầu từ|kể từ) )*(?:năm )?")


def _bounded(scene: Scene, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """ "Hằng năm, giai đoạn 2021-2025", "hằng quý trong năm 2026": the rule keeps the span beside it."""
    if not readings:
        return readings
    link = _BOUND.match(scene.words, readings[-1].end)
    if link is None or not link[0].strip(" ,\n-"):
        return readings
    begin = link.end() - 4 if link[0].endswith("năm ") else link.end()
    found = stretch(scene.words, begin) or stretch(scene.words, link.end())
    if found is None or found.last.grain == "day" or found.last.year is None:
        return readings
    period, reasons = covered(found, scene.context)
    end = found.end
    if "(" in link[0]:
        shut = _SHUT.match(scene.words, end)
        if shut is None:
            return readings
        end = shut.end()
    if period is None:
        return readings
    return tuple(
        replace(r, end=end, start=period.start, due=period.end, reasons=(*r.reasons, *reasons)) for r in readings
    )
