"""Calendar periods and counted terms, by the rules that Vietnamese offices count with.

In: numbers as written ("quý III năm 2021" → `quarter(2021, 3)`). Out: `Period`, a closed interval of days with its
grain, or a `datetime.date`. Nothing here reads the clock.

>>> quarter(2021, 3).end.isoformat()
'2021-09-30'
>>> end_of_term(date(2026, 1, 30), 1, "month").isoformat()
'2026-03-02'
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from extractor.public_holidays import public_holidays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.model import OffsetUnit

Grain = Literal["day", "week", "month", "quarter", "half", "year", "span"]
Part = Literal["early", "middle", "late"]

FIRST_YEAR, LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days, `start` to `end`, and the grain that it was named in.

    >>> Period(date(2024, 1, 1), date(2024, 12, 31), "year") == year(2024)
    True
    """

    start: date
    end: date
    grain: Grain

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")


def _checked(year_number: int) -> int:
    """*year_number* if a plan can mean it: an office's "năm 0219" is a slip of the pen, not a year."""
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        raise ValueError(f"{year_number} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return year_number


def day(year_number: int, month_number: int, day_number: int) -> Period:
    """One day. Raises ValueError where the calendar has no such day ("31/11")."""
    named = date(_checked(year_number), month_number, day_number)
    return Period(named, named, "day")


def month(year_number: int, month_number: int) -> Period:
    """One month ("tháng 7/2021")."""
    return months(year_number, month_number, month_number, "month")


def months(year_number: int, first: int, last: int, grain: Grain = "span") -> Period:
    """The months *first* to *last* (1 to 12) of a year ("9 tháng đầu năm 2024" → 1 to 9)."""
    start = date(_checked(year_number), first, 1)
    return Period(start, last_day(year_number, last), grain)


def quarter(year_number: int, number: int) -> Period:
    """Quarter 1 to 4 ("Quý III/2021")."""
    return months(year_number, 3 * number - 2, 3 * number, "quarter")


def half(year_number: int, number: int) -> Period:
    """Half 1 or 2 of a year ("6 tháng đầu năm 2024")."""
    return months(year_number, 6 * number - 5, 6 * number, "half")


def year(year_number: int) -> Period:
    """One year ("năm 2022")."""
    return months(year_number, 1, 12, "year")


def ordinal_week(year_number: int, month_number: int, number: int) -> Period:
    """Week *number* (1 to 5) of a month ("tuần 2 tháng 3" → 8 to 14): days 7n-6 to 7n, the fifth to the month's end.

    Raises ValueError where the month has no such week (week 5 of a February of 28 days).
    """
    last = last_day(_checked(year_number), month_number)
    start = date(year_number, month_number, 7 * number - 6)
    return Period(start, min(last, start + timedelta(days=6)), "week")


def span(first: Period, last: Period) -> Period:
    """From the first day of *first* to the last day of *last* ("từ tháng 3 đến tháng 6/2023")."""
    return Period(first.start, last.end, "span")


def last_day(year_number: int, month_number: int) -> date:
    """The last day of a month."""
    return date(year_number, month_number, calendar.monthrange(year_number, month_number)[1])


def part(period: Period, which: Part) -> Period:
    """The day that "đầu", "giữa" or "cuối" of *period* means, as a period of one day.

    Bộ luật Dân sự 2015, Điều 146: đầu, giữa, cuối tháng are its 1st, 15th and last day; đầu, giữa, cuối năm are
    1 January, 30 June and 31 December. The law is silent on quarters: offices mean the quarter's first and second
    month, so their last days.
    """
    if which == "late":
        named = period.end
    elif period.grain == "quarter":
        named = last_day(period.start.year, period.start.month + (0 if which == "early" else 1))
    elif which == "early":
        named = period.start
    elif period.grain == "year":
        named = date(period.start.year, 6, 30)
    elif period.grain == "month":
        named = period.start.replace(day=15)
    else:
        named = period.start + (period.end - period.start) // 2
    return Period(named, named, "day")


def is_day_off(on: date, overrides: Mapping[date, bool] | None = None) -> bool:
    """Whether offices are closed on *on*: Saturday, Sunday or public holiday.

    Args:
        on: the day asked about.
        overrides: what a year's announcement changes, True for a day off ("hoán đổi ngày làm việc"), False for a
            Saturday worked in its place.
    """
    if overrides is not None and on in overrides:
        return overrides[on]
    return on.weekday() >= calendar.SATURDAY or on in public_holidays(on.year)


def next_working_day(on: date, overrides: Mapping[date, bool] | None = None) -> date:
    """*on* itself if it is a working day, else the first one after it (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""
    while is_day_off(on, overrides):
        on += timedelta(days=1)
    return on


def add_working_days(start: date, count: int, overrides: Mapping[date, bool] | None = None) -> date:
    """The working day *count* working days after *start* (before, if negative); *start* itself is not counted."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        start += step
        left -= not is_day_off(start, overrides)
    return start


def add_months(start: date, count: int) -> date:
    """The corresponding day *count* months later, else that month's last day (BLDS 2015, Điều 148 khoản 3)."""
    years, index = divmod(start.month - 1 + count, 12)
    last = last_day(start.year + years, index + 1)
    return last.replace(day=min(start.day, last.day))


_MONTHS: dict[OffsetUnit, int] = {"month": 1, "quarter": 3, "year": 12}


def end_of_term(start: date, count: int, unit: OffsetUnit, overrides: Mapping[date, bool] | None = None) -> date:
    """The last day of a term of *count* units counted from *start*, *start* itself not counted.

    A term that ends on a day off ends on the next working day. A negative *count* counts back ("05 ngày trước ngày
    khai mạc") and stays where it falls: what must be ready before an event cannot move towards it.

    Source: Bộ luật Dân sự 2015, Điều 147 và 148.
    """
    if unit == "working_day":
        return add_working_days(start, count, overrides)
    if unit in _MONTHS:
        end = add_months(start, count * _MONTHS[unit])
    else:
        end = start + timedelta(days=count * (7 if unit == "week" else 1))
    return end if count < 0 else next_working_day(end, overrides)
