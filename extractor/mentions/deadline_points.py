"""A point of the calendar as a plan writes it, which may lack its year, month or day until a neighbour lends it.

In: what the words named ("quý iii/2021": the third quarter of 2021). Out: the days that they mean.

>>> Point("quarter", year=2021, number=3).period(None).end.isoformat()
'2021-09-30'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor import periods

if TYPE_CHECKING:
    from datetime import date

    from extractor.periods import Part, Period

_PARTS: dict[str, Part] = {"đầu": "early", "giữa": "middle", "cuối": "late"}


@dataclass(frozen=True, slots=True)
class Point:
    """One calendar expression; the fields that its words leave open are None.

    Attributes:
        grain: "day", "week", "month", "months", "quarter", "year", "school_year" or "issue" (the day of the document).
        year, month, day: as named.
        number: quarter 1 to 4, week 1 to 6 (6: the last), term of a school year, last month of "9 tháng đầu năm".
        first: the first month of "6 tháng cuối năm".
        part: "đầu", "giữa", "cuối" or a third of the month ("trung tuần").
        keyed: a word such as "ngày" or "quý" told what it is; a bare "2025" or "12/2026" is not.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    first: int = 0
    part: str | None = None
    keyed: bool = True

    def period(self, issued: date | None) -> Period:
        """The days meant. Raises ValueError where the calendar has none, or something is still open."""
        if self.grain == "issue" and issued is not None:
            return periods.day(issued.year, issued.month, issued.day)
        if self.year is None or (self.grain in ("day", "month", "week") and self.month is None):
            raise ValueError("open")
        return self._part(self._whole(self.year, self.month or 1))

    def _whole(self, year: int, month: int) -> Period:
        if self.grain == "day":
            return periods.day(year, month, self.day or 0)
        if self.grain == "week":
            return _week(year, month, self.number)
        if self.grain == "quarter":
            return periods.quarter(year, self.number)
        if self.grain == "months":
            return periods.months(year, self.first, self.number)
        if self.grain == "school_year":  # lessons end before 31 May, the first term in January (Quyết định khung)
            return periods.span(periods.month(year, 9), periods.month(year + 1, 5 if self.number == 2 else 1))
        return periods.month(year, month) if self.grain == "month" else periods.year(year)

    def _part(self, whole: Period) -> Period:
        if self.part is None:
            return whole
        if self.part in _PARTS:
            return periods.part(whole, _PARTS[self.part])
        # "nửa đầu tháng 5", "trung tuần tháng 5": the days of a half, or of a third, of the month
        year, month = whole.start.year, whole.start.month
        first, last = {"thượng tuần": (1, 10), "trung tuần": (11, 20), "nửa đầu": (1, 15)}.get(self.part, (16, 0))
        end = whole.start.replace(day=last) if last else whole.end
        if self.grain != "month":
            half = periods.part(whole, "middle").start
            return periods.Period(whole.start, half, "span") if self.part == "nửa đầu" else whole
        return periods.Period(periods.day(year, month, first).start, end, "span")


def _week(year: int, month: int, number: int) -> Period:
    """Week *number* of a month; 6 is its last seven days ("tuần cuối tháng 3")."""
    if number < 6:
        return periods.ordinal_week(year, month, number)
    end = periods.last_day(year, month)
    return periods.Period(end.replace(day=end.day - 6), end, "week")
