"""The days that a target's own words name: "đến năm 2025", "trong quý IV/2026", "trước ngày 30/6/2026".

In: a text and its lower-case form. Out: `DayPhrase`s, those that say by when separated from those that do not (a year
that something is compared with, the years in the name of a programme).

>>> day_phrases("Đến năm 2025, 80% hồ sơ", "đến năm 2025, 80% hồ sơ")[0].day
datetime.date(2025, 12, 31)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extractor import periods

Tie = Literal["said", "bare"]

_LEADS = (
    r"đến|tới|trước|trong|vào|hết|cuối|đầu|giữa|sau|từ|kể từ|so với|cùng kỳ|giai đoạn|thời kỳ|nhiệm kỳ"
    r"|chậm nhất|là|ngay|thời điểm|ngày|riêng|mục tiêu|định hướng|tầm nhìn|ngay trong|kết thúc|trong các"
)
_YEAR = r"(?:19|20)\d\d"
_PHRASE = re.compile(
    rf"(?<![^\W_])(?P<lead>(?:(?:{_LEADS})\s+)*)(?:"
    rf"(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<day_month>\d{{1,2}})\s?[/.-]\s?(?P<day_year>{_YEAR})"
    rf"|(?P<day2>\d{{1,2}})\s+tháng\s+(?P<day_month2>\d{{1,2}})\s+năm\s+(?P<day_year2>{_YEAR})"
    rf"|tháng\s+(?P<month>\d{{1,2}})\s?(?:[/.-]|\s+năm|,)?\s?(?P<month_year>{_YEAR})"
    rf"|quý\s+(?P<quarter>iv|i{{1,3}}|[1-4])\s?(?:[/-]|\s+năm|,)?\s?(?P<quarter_year>{_YEAR})"
    rf"|(?P<months>6|06|sáu|9|09)\s+tháng\s+(?P<half>đầu|cuối)\s+(?:của\s+)?năm\s+(?P<half_year>{_YEAR})"
    rf"|(?:năm\s+)?(?P<first>{_YEAR})\s?[-–—]\s?(?P<last>{_YEAR})"
    rf"|(?P<word>(?:những\s+|các\s+)?năm\s+)?(?P<year>{_YEAR})(?!\s?[-–/]\s?\d|[.]\d)"
    r")(?![^\W_])"
)
# "quý I đạt 15%, cả năm đạt 100%": of the document's own year
_YEARLESS = re.compile(
    rf"(?<![^\W_])(?P<lead>(?:(?:{_LEADS})\s+)*)(?:quý\s+(?P<quarter>iv|i{{1,3}}|[1-4])"
    r"(?!\s?(?:[/,–-]|và|hoặc)\s?(?:quý\s+)?[\divx])(?!,?\s+(?:năm\s+)?(?:19|20)\d\d)"
    r"|(?P<half>6|06|sáu)\s+tháng\s+đầu\s+năm|cả\s+năm)(?!\s+(?:19|20)\d\d)(?![^\W_])"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NO_TERM = re.compile(r"\b(?:so với|cùng kỳ|từ|sau|định hướng|tầm nhìn)\b(?!.*\b(?:đến|tới|hết|trước)\b)")
_SAID = re.compile(r"\b(?:đến|tới|trước|trong|vào|hết|cuối|giai đoạn|thời kỳ|nhiệm kỳ|chậm nhất|ngày|đầu|giữa)\b")
# Years in the name or date of another paper, or of what a number is compared with: "theo Kế hoạch chuyển đổi số đến năm
# 2025", "Quyết định số 77/QĐ-UBND ngày 05/02/2025", "so với mức của năm 2023", "các nhiệm vụ đã giao năm 2026".
_NAMED = re.compile(
    r"(?:(?:theo|tại|của|trong|thuộc|thực hiện|ban hành|về)\s+(?:các\s+)?"
    r"(?:chương trình|đề án|chiến lược|nghị quyết|kế hoạch|quyết định|quy hoạch"
    r"|chỉ thị|công văn|luật|dự án|đề cương|chuẩn|tiêu chí|bộ tiêu chí|nghị định|thông tư)(?![^\W_])[^,;:.()\d]*"
    r"|so với(?:\s+[^\W\d_]+){0,6}\s*|cùng kỳ\s*"
    r"|đã (?:được )?(?:giao|ban hành|đề ra|phê duyệt|công bố)(?:\s+trong)?\s*|mức\s*"
    r"|(?<![^\W_])\d+[/-]\S*[^\W\d]\S*,?\s*)\Z"
)
_REACH = 120


@dataclass(frozen=True, slots=True)
class DayPhrase:
    """Words that name a period, at `[start, end)` of the text.

    Attributes:
        day: the day by which, by the deadline rules of gold/GUIDELINES.md; None where the words set no term.
        tie: "said" with a preposition ("đến năm 2025"), "bare" without ("năm 2025").
    """

    start: int
    end: int
    day: date | None
    tie: Tie
    year: int


def day_phrases(text: str, flat: str, year: int | None = None) -> list[DayPhrase]:
    """All periods that *text* names, in order.

    Args:
        text: the text as written.
        flat: the same in lower case with new tones, of the same length.
        year: the year of the document, for "quý I" and "cả năm"; None: they are no days.
    """
    found: list[DayPhrase] = []
    for match in _PHRASE.finditer(flat):
        lead = match["lead"]
        if match["year"] and not match["word"] and not _SAID.search(lead):
            continue  # "2025 hộ": a bare number is no year
        period = _period(match)
        if period is None:
            continue
        before = flat[: match.start()][-_REACH:]
        apart = _NO_TERM.search(lead) is not None or _NAMED.search(before) is not None
        tie: Tie = "said" if _SAID.search(lead) else "bare"
        apart = apart or (tie == "bare" and _part_of_name(text, match.start()))
        found.append(
            DayPhrase(match.start(), match.end(), None if apart else _term(period, lead), tie, period.end.year)
        )
    return sorted([*found, *_yearless(flat, year)], key=lambda phrase: phrase.start) if year else found


def _yearless(flat: str, year: int) -> list[DayPhrase]:
    """The quarters, halves and whole years that *flat* names without a year."""
    found: list[DayPhrase] = []
    for match in _YEARLESS.finditer(flat):
        lead = match["lead"]
        period = periods.year(year)
        if match["quarter"]:
            period = periods.quarter(year, _QUARTERS.get(match["quarter"]) or int(match["quarter"]))
        elif match["half"]:
            period = periods.months(year, 1, 6)
        apart = _NO_TERM.search(lead) is not None or _NAMED.search(flat[: match.start()][-_REACH:]) is not None
        tie: Tie = "said" if _SAID.search(lead) else "bare"
        found.append(DayPhrase(match.start(), match.end(), None if apart else _term(period, lead), tie, year))
    return found


def _part_of_name(text: str, start: int) -> bool:
    """Whether a bare year closes a name with capitals ("Chương trình Tháng thanh niên năm 2025")."""
    before = re.split(r"[,;:.()\n]", text[:start])[-1]
    return (
        re.search(r"(?:Chương trình|Kế hoạch|Đề án|Nghị quyết|Chiến lược|Luật|Quyết định|Dự án)\s[^\d]*\Z", before)
        is not None
    )


def _period(match: re.Match[str]) -> periods.Period | None:
    """The period that the words name; None where the calendar has none ("31/11/2025")."""
    try:
        if match["day"] or match["day2"]:
            kind = "" if match["day"] else "2"
            return periods.day(int(match[f"day_year{kind}"]), int(match[f"day_month{kind}"]), int(match[f"day{kind}"]))
        if match["month"]:
            return periods.month(int(match["month_year"]), int(match["month"]))
        if match["quarter"]:
            number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
            return periods.quarter(int(match["quarter_year"]), number)
        return _years(match)
    except ValueError:
        return None


def _years(match: re.Match[str]) -> periods.Period:
    """A part of a year, a year, or a span of years."""
    if match["half"]:
        count = 9 if match["months"] in ("9", "09") else 6
        first = 1 if match["half"] == "đầu" else 13 - count
        return periods.months(int(match["half_year"]), first, first + count - 1)
    if match["first"]:
        return periods.span(periods.year(int(match["first"])), periods.year(int(match["last"])))
    return periods.year(int(match["year"]))


def _term(period: periods.Period, lead: str) -> date:
    """The last day that *lead* leaves: "trước năm 2030" ends the day before."""
    if re.search(r"\bđầu\b", lead):
        return periods.part(period, "early").end
    if re.search(r"\bgiữa\b", lead):
        return periods.part(period, "middle").end
    if "trước" in lead and period.grain != "day":
        return period.start - timedelta(days=1)
    return period.end
