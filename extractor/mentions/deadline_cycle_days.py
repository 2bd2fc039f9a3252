"""The day inside a cycle: "trước ngày 20" of hằng tháng, "ngày 15 của tháng cuối quý", "trước 16 giờ thứ Sáu".

In: folded text and a position. Out: `CycleDay` with its iCalendar parts.

>>> cycle_day("trước ngày 15/6 và 15/12 hằng năm", 0).parts
('BYMONTH=6,12;BYMONTHDAY=15',)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extractor.mentions.deadline_turns import COMMA
from extractor.mentions.deadline_words import (
    EVERY,
    NUMBER,
    QUARTER,
    TIME,
    WEEKDAY,
    clock,
    compiled,
    count,
    roman,
    weekdays,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Within = Literal["day", "week", "month", "quarter", "half", "year"]
# iCalendar parts (several where no one rule holds the days) and the cycle that they need; no parts: no such day
Parts = tuple[tuple[str, ...], Within]


@dataclass(frozen=True, slots=True)
class CycleDay:
    """A day of a cycle.

    Attributes:
        end: where its words end.
        parts: "BYMONTHDAY=20", "BYDAY=FR", "BYMONTH=6,12;BYMONTHDAY=15"; several for "10/6 và 05/12".
        within: the cycle that it needs.
        time: as "HH:MM".
        before: said as "trước".
    """

    end: int
    parts: tuple[str, ...]
    within: Within
    time: str | None
    before: bool


NEXT = r"(?:sau|kế tiếp|tiếp theo|liền kề|kế sau|báo cáo|đó)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_M = r"(?:0?[1-9]|1[0-2])(?!\d)"
_Q = r"(?:[il|]{1,3}|[il|]v|0?[1-4])(?!\w)"
_UNDATED = r"(?!\s*[/.\-]\s*\d|\s*,?\s*năm\s*\d)"
_ALONE = r"(?!\s*[/.\-]\s*\d|\s*,?\s*năm\s*\d|\s*tháng\s*\d|\s*%)"
_DM = rf"{_D}(?:\s*/\s*| tháng ){_M}{_UNDATED}"
_TO = r"\s*(?:-|đến)\s*(?:hết )?"
_DAY = r"(?:các )?(?:ngày )?(?:(?:mồng|mùng) )?"
_BEFORE = (
    r"(?:(?:chậm nhất|muộn nhất|xong|hạn chót)(?: (?:là|vào|đến))? )?"
    r"(?:(?P<before>trước )|(?:(?:vào|trong|đến|là|hết|dịp) )*)"
)
_HOUR = rf"(?:{TIME}\s*,?\s*(?:của )?)?"
_SIDE = r"(?P<side>đầu(?: tiên)?|giữa|cuối(?: cùng)?)"
_NTH = r"(?P<side>đầu(?: tiên)?|giữa|cuối(?: cùng)?|thứ ba|thứ nhất|thứ hai)"
_LONG, _SHORT = (1, 3, 5, 7, 8, 10, 12), (4, 6, 9, 11)


def _numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


def _listed(numbers: list[int]) -> str:
    return ",".join(str(number) for number in dict.fromkeys(numbers))


def _last_day(months: list[int]) -> int:
    """The last day that all *months* share, -1 where they differ or one is a February."""
    if all(month in _LONG for month in months):
        return 31
    return 30 if all(month in _SHORT for month in months) else -1


def _exists(day: int, month: int) -> bool:
    return day <= (29 if month == 2 else 30 if month in _SHORT else 31)


def _days_of_year(m: re.Match[str]) -> Parts:
    pairs = [_numbers(day) for day in compiled(_DM).findall(m["days"])]
    if not all(_exists(day, month) for day, month in pairs):
        return (), "year"
    if len({day for day, _ in pairs}) == 1:
        return (f"BYMONTH={_listed([month for _, month in pairs])};BYMONTHDAY={pairs[0][0]}",), "year"
    return tuple(f"BYMONTH={month};BYMONTHDAY={day}" for day, month in pairs), "year"


def _days_of_month(m: re.Match[str]) -> Parts:
    last = ",-1" if m["last"] else ""
    return (f"BYMONTHDAY={_listed(_numbers(m['days']))}{last}",), "month"


def _day_of_months(m: re.Match[str]) -> Parts:
    months = _numbers(m["numbers"])
    return (f"BYMONTH={_listed(months)};BYMONTHDAY={_numbers(m['days'])[0]}",), "year"


def _day_of_term(m: re.Match[str]) -> Parts:
    day, unit = _numbers(m["days"])[0], m["unit"]
    within: Within = "year" if unit.startswith("năm") else "half" if "tháng" in unit else "quarter"
    if m["side"].startswith(("cuối", "thứ ba")):
        return (f"BYMONTH=12;BYMONTHDAY={day}" if within == "year" else f"BYMONTHDAY={day}",), within
    first = 1 if m["side"].startswith(("đầu", "thứ nhất")) else 2
    months = range(first, 13, {"year": 12, "half": 6}.get(within, 3))
    return (f"BYMONTH={_listed(list(months))};BYMONTHDAY={day}",), "year"


_EDGES_OF_YEAR = {"c": "BYMONTH=12;BYMONTHDAY=31", "đ": "BYMONTH=1;BYMONTHDAY=1", "g": "BYMONTH=6;BYMONTHDAY=30"}


def _edge(m: re.Match[str]) -> Parts:
    late = m["side"].startswith("cuối")
    units: dict[str, Within] = {"tuần": "week", "tháng": "month", "năm": "year"}
    within = units.get(m["unit"], "quarter")
    if within == "week":
        return ("BYDAY=FR" if late else "BYDAY=MO",), within
    if m["working"]:
        month = "BYMONTH=12;" if within == "year" and late else ""
        return (f"{month}BYDAY=MO,TU,WE,TH,FR;BYSETPOS={-1 if late else 1}",), within
    if within == "year":
        return ((_EDGES_OF_YEAR[m["side"][0]],) if m["side"][0] in _EDGES_OF_YEAR else ()), within
    return (f"BYMONTHDAY={-1 if late else 1 if m['side'].startswith('đầu') else 15}",), within


def _week_of_month(m: re.Match[str]) -> Parts:
    week = m["week"]
    number = 1 if week.startswith(("đầu", "nhất")) else 5 if week.startswith("cuối") else count(week)
    return (f"BYMONTHDAY={-1 if number == 5 else 7 * number}",), "month"


def _weekday_of_month(m: re.Match[str]) -> Parts:
    week = m["week"]
    number = 1 if week.startswith(("đầu", "nhất")) else -1 if week.startswith("cuối") else count(week)
    return (f"BYDAY={number}{weekdays(m['days'])}",), "month"


def _days_of_week(m: re.Match[str]) -> Parts:
    return (f"BYDAY={weekdays(m['days'])}",), "week"


def _quarters(m: re.Match[str]) -> Parts:
    numbers = [roman(quarter) for quarter in re.findall(rf"(?<!\w){_Q}", m["numbers"])]
    months = [3 * number - (2 if m["side"] == "đầu" else 0) for number in numbers]
    return (f"BYMONTH={_listed(months)};BYMONTHDAY={_last_day(months)}",), "year"


def _months(m: re.Match[str]) -> Parts:
    months = _numbers(m["numbers"])
    day = {"đầu": 1, "giữa": 15}.get(m["side"] or "", _last_day(months))
    return (f"BYMONTH={_listed(months)};BYMONTHDAY={day}",), "year"


def _stretch_of_year(m: re.Match[str]) -> Parts:
    """The last day of a stretch: "từ 15/4 đến 15/5", "tháng 5 - tháng 6", "quý I đến quý II"."""
    if m["day"]:
        day, month = _numbers(m["day"])
        return ((f"BYMONTH={month};BYMONTHDAY={day}",) if _exists(day, month) else ()), "year"
    last = 3 * roman(m["last_quarter"]) if m["quarter"] else int(m["month"])
    return (f"BYMONTH={last};BYMONTHDAY={_last_day([last])}",), "year"


def _hour_of_day(_m: re.Match[str]) -> Parts:
    return ("",), "day"


@dataclass(frozen=True, slots=True)
class CycleDayRule:
    """A way to name a day inside a cycle: its pattern, and the iCalendar parts that a match means."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Parts]


CYCLE_DAY_RULES: tuple[CycleDayRule, ...] = (
    # "trước ngày 15/6 và 15/12", "ngày 15 tháng 6, ngày 15 tháng 12"
    CycleDayRule(
        "days_of_year",
        compiled(rf"{_BEFORE}{_HOUR}(?P<days>{_DAY}{_DM}(?:{COMMA}(?:trước )?{_DAY}{_DM}){{0,11}})"),
        _days_of_year,
    ),
    # "ngày 15 của tháng cuối quý", "ngày 05 tháng đầu của quý sau"; but "6 tháng đầu năm" names no day
    CycleDayRule(
        "day_of_term",
        compiled(
            rf"{_BEFORE}{_HOUR}(?P<days>ngày (?:(?:mồng|mùng) )?{_D})\s*,?\s*(?:của )?(?:các )?tháng {_NTH}(?: của)?"
            rf"(?: (?:mỗi|từng|các|h[ằà]ng))? (?P<unit>{QUARTER}|kỳ báo cáo|kỳ|6 tháng|sáu tháng|năm)(?!\w)(?: {NEXT})?"
        ),
        _day_of_term,
    ),
    # "ngày 20 của các tháng 3, 6, 9, 12"
    CycleDayRule(
        "day_of_months",
        compiled(
            rf"{_BEFORE}{_HOUR}(?P<days>ngày (?:(?:mồng|mùng) )?{_D})\s*,?\s*(?:của )?các tháng "
            rf"(?P<numbers>{_M}(?:{COMMA}(?:tháng )?{_M}){{1,11}}){_UNDATED}"
        ),
        _day_of_months,
    ),
    # "ngày 20", "ngày 10 và ngày 25", "ngày 05 của tháng sau", "ngày 15 và ngày cuối tháng"
    CycleDayRule(
        "days_of_month",
        compiled(
            rf"{_BEFORE}{_HOUR}(?P<days>(?:(?:các )?ngày (?:(?:mồng|mùng) )?|(?:mồng|mùng) ){_D}{_ALONE}"
            rf"(?:{COMMA}(?:ngày )?{_D}{_ALONE}){{0,11}})"
            rf"(?P<last>{COMMA}ngày (?:làm việc )?cuối (?:cùng )?(?:của )?(?:{EVERY} )?tháng(?!\w)(?! \d))?"
            rf"(?:\s*,?\s*(?:của )?tháng {NEXT}(?!\w))?"
        ),
        _days_of_month,
    ),
    # "ngày cuối cùng của tháng", "ngày làm việc cuối cùng của quý", "cuối mỗi quý", "cuối năm"
    CycleDayRule(
        "edge",
        compiled(
            rf"{_BEFORE}{_HOUR}(?:ngày (?P<working>làm việc )?)?{_SIDE}(?: của)?(?: {EVERY})? "
            rf"(?P<unit>tháng|{QUARTER}|năm|tuần)(?!\w)(?!\s*\d|\s*[ivl]+(?!\w))"
        ),
        _edge,
    ),
    # "tuần đầu hằng tháng", "tuần thứ hai của tháng"
    CycleDayRule(
        "week_of_month",
        compiled(
            rf"{_BEFORE}{_HOUR}tuần (?:thứ )?(?P<week>0?[1-5]|{NUMBER}|nhất|đầu(?: tiên)?|cuối(?: cùng)?)"
            rf"(?: của)?(?: {EVERY})? tháng(?!\s*\d)(?!\w)"
        ),
        _week_of_month,
    ),
    # "thứ Sáu tuần cuối tháng", "thứ Hai, tuần đầu tiên hằng tháng"
    CycleDayRule(
        "weekday_of_month",
        compiled(
            rf"{_BEFORE}{_HOUR}(?:(?:sáng|chiều) )?(?:ngày )?(?P<days>{WEEKDAY})\s*,?\s*(?:của )?tuần (?:thứ )?"
            rf"(?P<week>0?[1-4]|{NUMBER}|nhất|đầu(?: tiên)?|cuối(?: cùng)?)(?: của)?(?: {EVERY})? tháng(?!\s*\d)(?!\w)"
        ),
        _weekday_of_month,
    ),
    # "trước 16 giờ thứ Sáu", "chiều thứ Năm", "thứ Hai và thứ Năm"
    CycleDayRule(
        "days_of_week",
        compiled(
            rf"{_BEFORE}{_HOUR}(?:(?:sáng|chiều|buổi sáng|buổi chiều) )?(?:ngày )?"
            rf"(?P<days>{WEEKDAY}(?:{COMMA}(?:ngày )?{WEEKDAY}){{0,6}})"
        ),
        _days_of_week,
    ),
    # "quý I", "Quý II và Quý IV": the last day of each one's last month
    CycleDayRule(
        "quarters",
        compiled(
            rf"{_BEFORE}(?:(?P<side>đầu|cuối) )?"
            rf"(?P<numbers>{QUARTER}\s*{_Q}(?:{COMMA}(?:{QUARTER}\s*)?{_Q}){{0,3}}){_UNDATED}"
        ),
        _quarters,
    ),
    # "tháng 12", "các tháng 3, 6, 9, 12"
    CycleDayRule(
        "months",
        compiled(
            rf"{_BEFORE}(?:(?P<side>đầu|giữa|cuối) )?(?:các )?"
            rf"(?P<numbers>tháng\s*{_M}(?:{COMMA}(?:tháng )?{_M}){{0,11}}){_UNDATED}"
        ),
        _months,
    ),
    # "từ 15/4 đến 15/5", "tháng 5 - tháng 6", "từ quý I đến quý II"
    CycleDayRule(
        "stretch_of_year",
        compiled(
            rf"(?:từ )?(?:(?:ngày )?{_DM}{_TO}(?:ngày )?(?P<day>{_DM})|tháng\s*{_M}{_TO}(?:tháng )?(?P<month>{_M})"
            rf"|(?P<quarter>{QUARTER})\s*{_Q}{_TO}(?:{QUARTER}\s*)?(?P<last_quarter>{_Q})){_UNDATED}"
        ),
        _stretch_of_year,
    ),
    # "trước 16 giờ" of hằng ngày
    CycleDayRule("hour_of_day", compiled(rf"{_BEFORE}{TIME}"), _hour_of_day),
)


def cycle_day(words: str, at: int) -> CycleDay | None:
    """The longest day of a cycle that starts at *at*; earlier rules win ties."""
    best: CycleDay | None = None
    for rule in CYCLE_DAY_RULES:
        match = rule.pattern.match(words, at)
        if match is None or (best and match.end() <= best.end):
            continue
        parts, within = rule.build(match)
        if parts:
            hour = clock(match) if "hour" in rule.pattern.groupindex else None
            best = CycleDay(match.end(), parts, within, hour, bool(match.groupdict().get("before")))
    return best
