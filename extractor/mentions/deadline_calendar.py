"""Deadlines by the calendar: "trước 14 giờ ngày 08/10/2025", "từ quý II/2026", "năm 2027 và các năm tiếp theo".

In: a `Scene` and a position in it. Out: the `Reading` of the longest phrase that starts there.

>>> scene = Scene("trước ngày 15/4/2026", "trước ngày 15/4/2026", DeadlineContext(None))
>>> calendar_phrase(scene, 0).due.isoformat()
'2026-04-15'
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extractor.mentions.deadline_points import Point
from extractor.mentions.deadline_stretches import TO, Stretch, covered, stretch
from extractor.mentions.deadline_terms import ISSUE
from extractor.mentions.deadline_words import (
    EVERY,
    TIME,
    WEEKDAY,
    DeadlineContext,
    Reading,
    Scene,
    alternatives,
    clock,
    compiled,
)

if TYPE_CHECKING:
    import re

    from extractor.model import Qualifier
    from extractor.periods import Grain, Period

__all__ = ["DeadlineContext", "Scene", "calendar_phrase", "ongoing_phrase"]


@dataclass(frozen=True, slots=True)
class Opening:
    """The words before a date that say how it binds."""

    form: str
    pattern: re.Pattern[str]
    qualifier: Qualifier | None


_HOURS = r"(?: (?:thời điểm|cuối giờ|giờ hành chính|giờ làm việc|cuối ngày|hết))*"
_LASTING = r"(?:suốt|vòng|cả|các|thời gian|khoảng|khoảng thời gian)"
OPENINGS: tuple[Opening, ...] = (
    # "trước ngày 15/4/2026", "trước thời điểm 15/8"
    Opening("before", compiled(r"trước(?: (?:hết|thời điểm|thời hạn))?(?!\w)"), "before"),
    # "chậm nhất trước ngày 20/9"
    Opening("latest_before", compiled(r"(?:chậm|muộn) nhất(?: là)? trước(?!\w)"), "before"),
    # "chậm nhất là ngày 22 tháng 5", "muộn nhất vào cuối quý III", "chậm nhất đến hết ngày 20/9"
    Opening(
        "latest",
        compiled(rf"(?:chậm|muộn) nhất(?: (?:là|vào|đến|tới|trong|cho đến|hết))*{_HOURS}(?!\w)"),
        "by",
    ),
    Opening("latest", compiled(r"không (?:muộn|chậm|trễ|quá)(?: (?:hơn|quá))?(?!\w)"), "by"),
    # "đến hết ngày 30/9/2026", "cho đến cuối năm 2026", "hết quý III"
    Opening("until", compiled(rf"(?:cho )?(?:đến|tới){_HOURS}(?!\w)"), "by"),
    Opening("until", compiled(r"(?:trong )?hết(?!\w)"), "by"),
    # "trong tháng 7/2021", "ngay trong quý III", "trong các năm 2024, 2025"
    Opening("within", compiled(rf"(?:ngay |nội )?trong(?: {_LASTING})*(?!\w)"), "within"),
    # "giai đoạn 2021 - 2025", "trong giai đoạn từ năm 2021 đến năm 2025"
    Opening(
        "stage",
        compiled(r"(?:(?:ngay )?trong )?(?:suốt )?(?:cả )?giai đoạn(?: từ)?(?: năm(?= 20\d\d\s*(?:-|đến)))?(?!\w)"),
        "within",
    ),
    Opening("at", compiled(r"(?:vào|khoảng|dự kiến|nhân)(?: (?:vào|khoảng|trong|đúng))?(?: dịp(?= \d))?(?!\w)"), None),
    # "từ ngày 15/7 đến ngày 30/8/2026", "từ quý II/2026", "từ nay đến hết năm 2026"
    Opening("from", compiled(r"(?:(?:bắt đầu|kể|tính|ngay) )?từ(?!\w)"), "within"),
    # "sau ngày 01/7/2026": a start, at its day
    Opening("past", compiled(r"sau(?!\w)"), None),
    Opening("from", compiled(r"bắt đầu(?: vào)?(?!\w)(?! từ)"), "within"),
)
_BARE = Opening("bare", compiled(""), None)
_TIME_FIRST = compiled(rf"\s*{TIME}\s*,?\s*(?:của )?(?=ngày|thứ|chủ nhật|hôm|\d|m[ồù]ng)")
# "ngày 08/10/2025 (trước 14 giờ)", "15/8/2026 (thứ Bảy)", "ngày 20/9, trước 16h00"
_TIME_LAST = compiled(rf"\s*(?:,|\()?\s*(?:(?:chậm nhất|trước|lúc) )+{TIME}\)?")
_WEEKDAY_LAST = compiled(rf"\s*\(\s*{WEEKDAY}\s*\)")
_LUNAR = compiled(r"\s*\(?(?:âm lịch|âl|tức ngày)(?!\w)\)?")
# "năm sau" alone is the next year, and no open end
_FOLLOWING = (
    r"(?:(?:các|những) (?:năm|quý|tháng|giai đoạn|thời gian) (?:tiếp theo|tiếp sau|kế tiếp|sau|tới|liền kề|về sau)|"
    r"(?:năm|giai đoạn) (?:tiếp theo|kế tiếp|sau đó))(?: đó)?"
)
# "trước ngày 31/01 năm sau"
_NEXT_YEAR = compiled(r"\s*,?\s*(?:của )?năm (?:sau|tiếp theo|kế tiếp|liền kề)(?!\w)(?! đó)")
# "năm 2027 và những năm tiếp theo", "Quý IV năm 2024 và các năm sau", "từ quý II/2026 trở đi"
_ONWARD = compiled(rf"\s*(?:,|;|và)?\s*(?:và )?(?:{_FOLLOWING}|trở đi|trở về sau|về sau|trở lại đây)(?!\w)")
# "Năm 2026 và hằng năm"
_YEARLY = compiled(rf"\s*(?:,|và )\s*(?:(?:thực hiện|định kỳ) )?{EVERY} năm(?!\w)")
_TO_PRESENT = compiled(r"\s*(?:-|đến|tới)\s*(?:nay|hiện nay|thời điểm hiện tại)(?!\w)")
_TO_COMPLETION = compiled(r"\s*(?:-|đến|cho đến) (?:khi (?:hoàn thành|có|kết thúc)|hoàn thành)[^.;,()\n]*")
_ISSUE = compiled(ISSUE)


def calendar_phrase(scene: Scene, at: int) -> Reading | None:
    """The longest calendar phrase that starts at *at*; earlier openings win ties."""
    best: Reading | None = None
    for opening in OPENINGS:
        head = opening.pattern.match(scene.words, at)
        read = _read(scene, at, head.end(), opening) if head else None
        if read and (best is None or read.end > best.end):
            best = read
    return best or _read(scene, at, at, _BARE)


def _read(scene: Scene, at: int, after: int, opening: Opening) -> Reading | None:
    """What *opening* makes of the stretch after it."""
    words = scene.words
    hour = _TIME_FIRST.match(words, after)
    begin = hour.end() if hour else after
    while begin < len(words) and words[begin].isspace():
        begin += 1
    found = _issue_range(words, begin) if opening.form == "from" else None
    found = found or stretch(words, begin) or (_named_day(words, begin) if opening.form in ("before", "at") else None)
    if found is None or _TO_PRESENT.match(words, found.end):  # "từ năm 2020 đến nay" looks back
        return None
    found = _next_year(scene, found)
    period, reasons = covered(found, scene.context)
    base = Reading(
        at,
        found.end,
        opening.form,
        "date",
        qualifier=opening.qualifier,
        time=clock(hour) if hour else None,
        reasons=reasons,
        grain=_grain(found.last),
        dated=found.last.year is not None,
    )
    base = _tail(scene, base)
    if onward := _ONWARD.match(words, base.end):
        return _open(base, period, onward.end(), "onward")
    yearly = _YEARLY.match(words, base.end) if found.last.grain == "year" else None
    if yearly:
        start = period.start if period else None
        return replace(base, end=yearly.end(), form="onward", kind="recurring", start=start, rrule="FREQ=YEARLY")
    if opening.form == "past":
        return _open(base, replace(period, start=period.end) if period else None, base.end, "past")
    if opening.form == "from" and found.single:
        completion = _TO_COMPLETION.match(words, base.end)
        return _open(base, period, completion.end() if completion else base.end, "from")
    return _closed(base, found, period)


# "trước ngày Quốc khánh 02/9/2026", "trước Ngày hội Đại đoàn kết toàn dân tộc 18/11", "trước kỳ nghỉ lễ 30/4"
_NAMED_DAY = compiled(r"(?:ngày|dịp|lễ|kỳ nghỉ|tết) (?:[^\W\d]+ ){0,9}(?=\d)")


def _named_day(words: str, begin: int) -> Stretch | None:
    """The day that stands after its name."""
    name = _NAMED_DAY.match(words, begin)
    found = stretch(words, name.end()) if name else None
    return found if found and found.single and found.last.grain == "day" else None


def _next_year(scene: Scene, found: Stretch) -> Stretch:
    """Gives a day without a year the next one where the words say so: "trước ngày 31/01 năm sau"."""
    match = _NEXT_YEAR.match(scene.words, found.end)
    this = scene.context.year
    if match is None or this is None or found.last.year is not None or found.last.grain not in ("day", "month"):
        return found
    later = replace(found.last, year=this + 1)
    return replace(found, first=later if found.single else found.first, last=later, end=match.end())


def _issue_range(words: str, begin: int) -> Stretch | None:
    """As in "từ ngày ban hành Kế hoạch (đến 30/9/2026)", "từ nay đến hết năm 2026"."""
    issue = _ISSUE.match(words, begin)
    if issue is None:
        return None
    here = Point("issue")
    link = TO.match(words, issue.end())
    then = stretch(words, link.end()) if link else None
    return Stretch(here, then.last, then.end) if then else Stretch(here, here, issue.end())


_GRAINS: dict[str, Grain] = {
    "day": "day",
    "issue": "day",
    "week": "week",
    "month": "month",
    "months": "half",
    "quarter": "quarter",
    "year": "year",
    "school_year": "year",
}


def _grain(named: Point) -> Grain:
    """The grain of the day that is due: "cuối quý III" names a day."""
    return "day" if named.part else _GRAINS[named.grain]


def _tail(scene: Scene, reading: Reading) -> Reading:
    """Adds a time or a weekday said after the date; a lunar day is not converted."""
    if late := _TIME_LAST.match(scene.words, reading.end):
        reading = replace(reading, end=late.end(), time=reading.time or clock(late))
    elif named := _WEEKDAY_LAST.match(scene.words, reading.end):
        reading = replace(reading, end=named.end())
    if lunar := _LUNAR.match(scene.words, reading.end):
        reading = replace(reading, end=lunar.end(), reasons=("lunar_date_not_converted",))
    return reading


def _open(reading: Reading, period: Period | None, end: int, form: str) -> Reading:
    """A start without an end: ongoing ("từ quý II/2026", "Năm 2027 và các năm tiếp theo")."""
    start = period.start if period else None
    return replace(reading, end=end, form=form, kind="ongoing", start=start, qualifier=None)


def _closed(reading: Reading, found: Stretch, period: Period | None) -> Reading | None:
    """A last day; "trước" a month or a year means the day before it begins."""
    if period is None or "lunar_date_not_converted" in reading.reasons:
        return replace(reading, qualifier=None)
    if reading.form in ("before", "latest_before") and reading.grain != "day":
        if not found.single:  # "trước quý I, II/2026" names no one day
            return None
        return replace(reading, due=period.start - timedelta(days=1), qualifier="by")
    return replace(reading, start=None if found.single else period.start, due=period.end)


_ONGOING = compiled(rf"{alternatives('ongoing')}(?!\w)")
_ONGOING_TAIL = compiled(r"\s*(?:,|;|-|\()?\s*(?=(?:trong |bắt đầu |kể |giai đoạn |từ |năm ))")


def ongoing_phrase(scene: Scene, at: int) -> Reading | None:
    """As in "Thường xuyên, liên tục", also with its beginning: "Thường xuyên, từ quý II/2026"."""
    match = _ONGOING.match(scene.words, at)
    if match is None:
        return None
    reading = Reading(at, match.end(), "ongoing", "ongoing")
    link = _ONGOING_TAIL.match(scene.words, match.end())
    more = calendar_phrase(scene, link.end()) if link else None
    if more is None or more.form not in ("from", "onward", "stage", "within", "bare"):
        return reading
    if more.due and more.grain == "day":  # "Thường xuyên, từ 01/3 đến 30/6" is a span of its own
        return reading
    shut = "(" in scene.words[match.end() : more.at] and scene.words.startswith(")", more.end)
    return replace(reading, end=more.end + shut, start=more.start, reasons=more.reasons)
