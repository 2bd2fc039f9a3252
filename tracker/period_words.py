"""The days and periods that a person types, in English or Vietnamese, with or without marks.

In: words and the day that counts as today. Out: `extractor.periods.Period`, a closed interval of days.

    "tháng này", "thang nay", this-month · "quý 4", "quý IV/2026", 2026-Q4 · 2026-11, "tháng 11" · 7d · A..B

Example: on 21 November 2026, "quý này" is 2026-10-01 to 2026-12-31.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractor import periods
from extractor.periods import Period
from extractor.text import fold
from tracker.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = "tháng này, tuần này, quý 4, 2026-11, 2026-Q4, 2026, 7d, 01/11/2026..15/11/2026"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*(?:/|-|nam|,)?\s*(?P<year>\d{4}))?"


def parse_day(text: str, today: date | None = None) -> date:
    """A day as dd/mm/yyyy, dd-mm-yyyy or ISO; with *today* also dd/mm and "hôm nay", "hôm qua", "ngày mai".

    Raises:
        WrongUsageError: it is no day of the calendar.
    """
    words = fold(text.strip())
    named = {"hom nay": 0, "today": 0, "hom qua": -1, "yesterday": -1, "ngay mai": 1, "mai": 1, "tomorrow": 1}
    if today is not None and words in named:
        return today + timedelta(days=named[words])
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", words)
    try:
        if iso:
            return periods.day(int(iso[1]), int(iso[2]), int(iso[3])).start
        if local and (local[3] or today):
            year = int(local[3]) if local[3] else (today or date.min).year
            return periods.day(year, int(local[2]), int(local[1])).start
    except ValueError:
        pass
    raise WrongUsageError(f"“{text}” không phải một ngày có thật", "viết dạng 15/11/2026 hoặc 2026-11-15")


def parse_period(text: str, today: date) -> Period:
    """The period that *text* names, seen from *today*.

    A quarter, month or day without a year is one of this year. "7d" is today and the seven days after it, the same
    days that count as "sắp đến hạn". A range takes any two of these: from the first day of A to the last day of B.

    Raises:
        WrongUsageError: no such period.
    """
    words = re.sub(r"\s+", " ", fold(text.strip()))
    try:
        if ".." in words:
            return _between(text, words, today)
        return _named(words, today) or _numbered(words, today) or _one_day(text, today)
    except ValueError:
        raise _unknown(text) from None


def _unknown(text: str) -> WrongUsageError:
    return WrongUsageError(f"không hiểu khoảng thời gian “{text}”", f"viết như: {EXAMPLES}")


def _between(text: str, words: str, today: date) -> Period:
    first, _, last = words.partition("..")
    if not first.strip() and not last.strip():
        raise _unknown(text)
    start = parse_period(first, today).start if first.strip() else date(periods.FIRST_YEAR, 1, 1)
    end = parse_period(last, today).end if last.strip() else date(periods.LAST_YEAR, 12, 31)
    if end < start:
        raise WrongUsageError(f"khoảng “{text}” kết thúc trước khi bắt đầu", "đổi chỗ hai ngày")
    return Period(start, end, "span")


def _one_day(text: str, today: date) -> Period:
    try:
        found = parse_day(text, today)
    except WrongUsageError:
        raise _unknown(text) from None
    return Period(found, found, "day")


_SHIFTS = {
    "this": 0, "nay": 0, "next": 1, "sau": 1, "toi": 1, "last": -1, "truoc": -1, "qua": -1, "ngoai": -1,
}  # fmt: skip
_GRAINS = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}


def _named(words: str, today: date) -> Period | None:
    """ "this-month", "tháng này", "tuần sau", "năm ngoái"."""
    english = re.fullmatch(r"(this|next|last)[- ](week|month|quarter|year)", words)
    local = re.fullmatch(r"(tuan|thang|quy|nam) (nay|sau|toi|truoc|qua|ngoai)", words)
    if english:
        return _shifted(english[2], _SHIFTS[english[1]], today)
    if local:
        return _shifted(_GRAINS[local[1]], _SHIFTS[local[2]], today)
    return None


def _shifted(grain: str, shift: int, today: date) -> Period:
    if grain == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return Period(monday, monday + timedelta(days=6), "week")
    if grain == "month":
        count = today.year * 12 + today.month - 1 + shift
        return periods.month(count // 12, count % 12 + 1)
    if grain == "quarter":
        count = today.year * 4 + (today.month - 1) // 3 + shift
        return periods.quarter(count // 4, count % 4 + 1)
    return periods.year(today.year + shift)


def _numbered(words: str, today: date) -> Period | None:
    """ "2026-11", "tháng 11", "quý IV/2026", "6 tháng đầu năm", "2026", "7d"."""
    for pattern, build in _NUMBERED:
        found = re.fullmatch(pattern, words)
        if found:
            year = found.groupdict().get("year")
            return build(found, int(year) if year else today.year, today)
    return None


def _quarter(found: re.Match[str], year: int, _today: date) -> Period:
    number = found["number"]
    count = _ROMAN.get(number) or int(number)
    if not 1 <= count <= 4:
        raise ValueError("a year has four quarters")
    return periods.quarter(year, count)


def _month(found: re.Match[str], year: int, _today: date) -> Period:
    return periods.month(year, int(found["number"]))


def _half(found: re.Match[str], year: int, _today: date) -> Period:
    return periods.half(year, 1 if found["which"] == "dau" else 2)


def _whole_year(_found: re.Match[str], year: int, _today: date) -> Period:
    return periods.year(year)


def _coming_days(found: re.Match[str], _year: int, today: date) -> Period:
    days = int(found["number"]) * (7 if found["unit"] in {"w", "tuan"} else 1)
    if days > 36500:
        raise ValueError("more than a hundred years")
    return Period(today, today + timedelta(days=days), "span")


_NUMBERED: tuple[tuple[str, Callable[[re.Match[str], int, date], Period]], ...] = (
    (rf"(?:quy|q)\s*(?P<number>[1-4]|iv|i{{1,3}}){_YEAR}", _quarter),
    (r"(?P<year>\d{4})[-/ ]?q(?P<number>[1-4])", _quarter),
    (rf"thang\s*(?P<number>\d{{1,2}}){_YEAR}", _month),
    (r"(?P<year>\d{4})-(?P<number>\d{1,2})", _month),
    (r"(?P<number>\d{1,2})/(?P<year>\d{4})", _month),
    (rf"(?:6|sau) thang (?P<which>dau|cuoi)(?: nam)?{_YEAR}", _half),
    (r"(?:nam )?(?P<year>\d{4})", _whole_year),
    (r"(?P<number>\d{1,5})\s*(?P<unit>d|w|ngay|tuan)(?: (?:toi|nua|sau))?", _coming_days),
)
