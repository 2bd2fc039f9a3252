"""Ranges and lists of calendar points: "Quý I - II/2023", "từ ngày 15 đến ngày 20/7/2026", "tháng 7, 8/2026".

In: folded text and a position. Out: `Stretch`, whose points have lent each other what their words left out, and the
days that it covers in a context (`covered`).

>>> from datetime import date
>>> covered(stretch("quý i - ii/2023", 0), DeadlineContext(date(2023, 3, 1)))[0].end.isoformat()
'2023-06-30'
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extractor.mentions.deadline_point_rules import continuation, open_point, point
from extractor.mentions.deadline_words import DeadlineContext, compiled
from extractor.periods import Period, span

if TYPE_CHECKING:
    from datetime import date

    from extractor.mentions.deadline_points import Point

TO = compiled(
    r"\s*(?:-+>?|÷|~|(?:cho )?(?:đến|tới)(?: hết| trước)?"
    r"(?: \d{1,2} ?(?:giờ|h|:)\d{0,2}(?: \d{2}(?: phút)?)?(?= ngày))?)\s*"
)
_AND = compiled(r"\s*(?:,\s*và |,|và |&|\+|;)\s*")
_MOST_LISTED = 12  # "tháng 1, 2, …, 12": a longer list is no list of months
_LISTED = ("month", "quarter", "year", "months")  # two days are two deadlines, two months one span


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` to `last` (the same point where only one is named), up to offset `end` of the text."""

    first: Point
    last: Point
    end: int

    @property
    def single(self) -> bool:
        """Only one point was named."""
        return self.first is self.last


def stretch(words: str, at: int) -> Stretch | None:
    """The longest stretch that starts at *at*: a point, a list of points of one grain, or a range of any two."""
    begun = point(words, at) or open_point(words, at)
    if begun is None:
        return None
    first, end = begun
    last = first
    for _ in range(_MOST_LISTED):
        joined = _joined(words, end, last)
        if joined is None:
            break
        last, end = joined
    if ranged := _ranged(words, end, last):
        last, end = ranged
    if (last is first and point(words, at) is None) or (last.month is None and last.grain in ("day", "week")):
        return None  # still open
    if last is first and first.grain == "day" and first.year is None:
        first = last = replace(first, year=_year_of_the_next(words, end))
    lent_first, lent_last = _lent(first, last)
    return Stretch(lent_first, lent_first if last is first else lent_last, end)


def _year_of_the_next(words: str, end: int) -> int | None:
    """The year that a second day lends the first: "ngày 27/7 và 22/12/2026"."""
    link = _AND.match(words, end)
    found = point(words, link.end()) if link else None
    return found[0].year if found and found[0].grain == "day" else None


def _joined(words: str, end: int, before: Point) -> tuple[Point, int] | None:
    """The next point of a list: of the same grain, or the date that an open day waits for ("ngày 15, 16/7/2026")."""
    link = _AND.match(words, end)
    is_open = before.grain in ("day", "week") and before.month is None
    found = continuation(words, link.end(), before) if link else None
    if link and found is None and is_open:  # "ngày 18, 19, 20 tháng 5/2026"
        found = open_point(words, link.end())
    if found is None or found[0].grain != before.grain:
        return None
    return found if is_open or before.grain in _LISTED else None


def _ranged(words: str, end: int, before: Point) -> tuple[Point, int] | None:
    """The point that a range ends in: "- II/2023", "đến hết tháng 6/2023"."""
    link = TO.match(words, end)
    found = continuation(words, link.end(), before) if link else None
    if found is None or (before.grain == "day" and before.month is None and found[0].grain != "day"):
        return None
    return found


def _lent(first: Point, last: Point) -> tuple[Point, Point]:
    """Both points, each with the year and month that the other lends it."""
    if first.month is None and first.grain in ("day", "week"):
        first = replace(first, month=last.month)
    if first.year is None and last.year is not None and first.grain != "issue":
        first = replace(first, year=last.year)
        if _start(first) > _start(last):  # "từ 15/12 đến 14/6/2026"
            first = replace(first, year=last.year - 1)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year)
        if _start(last) < _start(first):  # "từ tháng 10/2025 đến tháng 3"
            last = replace(last, year=first.year + 1)
    return first, last


def _start(named: Point) -> tuple[int, int, int]:
    """A rough place in the calendar, good enough to see which of two points is earlier."""
    month = named.month or named.first or (3 * named.number - 2 if named.grain == "quarter" else 1)
    return named.year or 0, month, named.day or 0


def covered(found: Stretch, context: DeadlineContext) -> tuple[Period | None, tuple[str, ...]]:
    """The days of a stretch, and why they are None or doubtful.

    Reasons: "deadline_year_inferred", "deadline_next_year_inferred", "school_year_end_assumed"; with None:
    "deadline_year_unknown", "deadline_impossible_date" ("31/11"), "issue_date_unknown".
    """
    first, last = found.first, found.last
    reasons: tuple[str, ...] = ()
    if last.year is None and last.grain != "issue":
        if context.year is None:
            return None, ("deadline_year_unknown",)
        last, reasons = _dated(last, context)
        first, last = (last, last) if found.single else _lent(first, last)
    if "issue" in (first.grain, last.grain) and context.issued is None:
        return None, ("issue_date_unknown",)
    if last.grain == "school_year":
        reasons = (*reasons, "school_year_end_assumed")
    return _resolved(first, last, context.issued, reasons)


def _dated(last: Point, context: DeadlineContext) -> tuple[Point, tuple[str, ...]]:
    """*last* in the year of the plan or document, in the next one where that is half a year gone.

    A letter of 22/12/2025 that says "trước ngày 10/01" means 2026; the plan's own year is never left.
    """
    year = context.year or 0
    here = replace(last, year=year)
    try:
        gone = context.issued is not None and here.period(None).end < context.issued - _HALF_A_YEAR
    except ValueError:
        gone = False
    if gone and context.plan_year is None:
        return replace(last, year=year + 1), ("deadline_next_year_inferred",)
    return here, ("deadline_year_inferred",)


_HALF_A_YEAR = timedelta(days=182)


def _resolved(
    first: Point, last: Point, issued: date | None, reasons: tuple[str, ...]
) -> tuple[Period | None, tuple[str, ...]]:
    try:
        ended = last.period(issued)
        begun = first.period(issued) if first is not last else ended
    except ValueError:
        return None, ("deadline_impossible_date",)
    if begun.start > ended.end:  # "từ 20/8/2026 đến 15/8/2026": one of the two is a slip, and nobody knows which
        return None, ("deadline_impossible_date",)
    return (ended if first is last else span(begun, ended)), reasons
