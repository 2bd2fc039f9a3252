"""Scans a text for deadline phrases: the whole of a value, or the phrases with a cue in prose.

In: a `Scene`. Out: the `Reading`s in document order: "…, hoàn thành trước ngày 15/4/2026; đợt 2: tháng 9" gives two.

>>> text = "hoàn thành: quý ii/2024; gửi sở y tế"
>>> [text[r.at : r.end] for r in in_prose(Scene(text, text, DeadlineContext(None)))]
['quý ii/2024']
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor import periods
from extractor.mentions.deadline_calendar import calendar_phrase, ongoing_phrase
from extractor.mentions.deadline_cues import CANDIDATE, LABEL, SIGNAL, counts_in_prose
from extractor.mentions.deadline_cycles import cycle_phrase
from extractor.mentions.deadline_terms import term_phrase
from extractor.mentions.deadline_words import DeadlineContext, Reading, Scene, compiled

if TYPE_CHECKING:
    from extractor.model import Qualifier

__all__ = ["DeadlineContext", "Scene", "in_prose", "in_value"]


def _longest(scene: Scene, at: int) -> tuple[Reading, ...]:
    """The longest phrase of any family that starts at *at*; earlier families win ties."""
    best = cycle_phrase(scene, at)
    for family in (calendar_phrase, term_phrase, ongoing_phrase):
        read = family(scene, at)
        # "trước năm học 2026 - 2027" waits for an event, though the school year has days
        waits = read is not None and read.form == "season" and best and read.end == best[-1].end
        if read and (not best or read.end > best[-1].end or waits):
            best = (read,)
    return best


# the words that a phrase can begin with; a value is short, but a column may be taken for deadlines by mistake
_WORD = compiled(
    r"(?<!\w)(?:\d|các|cả|chậm|chiều|chủ|cho|cuối|cứ|dịp|dự|đ[ịi]nh|đầu|đến|giai|giữa|hạ|h[ằàăẳ]ng|hết|hôm|học|không|"
    r"khoảng|kể|kỳ|khai|kết|lâu|liên|lúc|lễ|mỗi|mùa|mùng|mồng|muộn|ngay|ngày|nhân|những|nửa|nội|nay|q|sau|suốt|sáng|"
    r"tết|thứ|thượng|thường|tháng|thời|trong|trung|tối|tuần|từ|tới|t\.?\d|tính|vào|quá|bắt|bầu|cuộc|đại|i|xong|trước|"
    r"một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|trăm|vòng)"
)
_VISION = compiled(r"(?:tầm nhìn|định hướng)(?: đến)?(?: năm)?\s*$")
# "Theo kế hoạch hằng năm", "Theo Công văn số 33/SNV ngày 10/02/2026": the time is that of another paper
_BY_PAPER = compiled(r"(?:^|[;,(\n])[\s\-+]*theo (?:thời gian |tiến độ |nội dung )?[^;,()\n]*$")
_OWN_TIME = ("trước", "trong", "chậm", "muộn", "xong", "đến", "từ ")
_NO_VALUE = compiled(r"(?:theo|khi|ngay khi|(?:ngay )?sau khi được|đột xuất)(?!\w)")
_EVENT_VALUE = compiled(r"(?:ngay )?(?P<side>trước|sau)(?: (?:khi|ngày))? (?P<anchor>[^\n;]+)")
_PERIODIC_VALUE = compiled(r"(?:theo )?đ[ịi]nh k[ỳì]$")
_THIS_YEAR_VALUE = compiled(r"trong năm$")


def in_value(scene: Scene, begin: int, end: int) -> list[Reading]:
    """All deadlines of the range of a value, which is a deadline as a whole."""
    found: list[Reading] = []
    at = begin
    while (word := _WORD.search(scene.words, at, end)) is not None:
        read = [_assumed(reading) for reading in _longest(scene, word.start()) if reading.end <= end]
        found += [reading for reading in read if not _named_after(scene, begin, reading)]
        at = read[-1].end if read else word.end()
    if any(reading.form != "bare_term" for reading in found):  # "2 năm (2026-2027)" is one deadline
        found = [reading for reading in found if reading.form != "bare_term"]
    return found or _waiting(scene, begin, end)


def _named_after(scene: Scene, begin: int, reading: Reading) -> bool:
    """Whether the time is that of an outlook or of another paper: "định hướng đến 2035", "Theo kế hoạch năm 2026"."""
    if _VISION.search(scene.words, max(begin, reading.at - 40), reading.at):
        return True
    own = scene.words.startswith(_OWN_TIME, reading.at)
    return not own and _BY_PAPER.search(scene.words[begin : reading.at]) is not None


def _assumed(reading: Reading) -> Reading:
    """Reads "6 tháng" as a value: how often to report, not a term from the day of the plan."""
    offset = reading.offset
    if reading.form != "bare_term" or offset is None or (offset.count, offset.unit) not in ((3, "month"), (6, "month")):
        return reading
    return Reading(
        reading.at,
        reading.end,
        "cycle",
        "recurring",
        rrule=f"FREQ=MONTHLY;INTERVAL={offset.count}",
        reasons=("recurrence_assumed",),
    )


def _waiting(scene: Scene, begin: int, end: int) -> list[Reading]:
    """A value that names only an event ("Sau khi có kết quả kiểm định"), or only "Định kỳ" or "Trong năm"."""
    value = scene.words[begin:end].strip(" .\n")
    start = scene.words.find(value, begin)
    if _PERIODIC_VALUE.match(value):
        return [Reading(start, start + len(value), "cycle", "recurring", reasons=("recurrence_period_unknown",))]
    year = scene.context.year
    if _THIS_YEAR_VALUE.match(value) and year:
        due, why = periods.year(year).end, ("deadline_year_inferred",)
        return [Reading(start, start + len(value), "within", "date", due=due, qualifier="within", reasons=why)]
    event = None if _NO_VALUE.match(value) else _EVENT_VALUE.match(value)
    if event is None:
        return []
    anchor = scene.text[start + event.start("anchor") : start + event.end("anchor")]
    qualifier: Qualifier | None = "by" if event["side"] == "trước" else None
    return [Reading(start, start + event.end(), "event", "relative", qualifier=qualifier, anchor=anchor)]


def in_prose(scene: Scene) -> list[Reading]:
    """The deadlines of prose: phrases with a cue, values after labels, whole brackets."""
    found: list[Reading] = []
    at = 0 if SIGNAL.search(scene.words) else len(scene.words)
    while (candidate := CANDIDATE.search(scene.words, at)) is not None:
        start = candidate.start()
        at = start + 1
        labelled = _LABEL.match(scene.words, start)
        if labelled:
            kept = read = _labelled(scene, labelled.end(), meeting=bool(_MEETING.match(labelled[0])))
        elif scene.words[start] == "(":
            kept = read = _bracket(scene, start)
        else:
            read = list(_longest(scene, start))
            kept = [reading for reading in read if counts_in_prose(scene, reading)]
            kept += _followers(scene, kept)
        found += kept
        at = max([at, *(reading.end for reading in (*read, *kept))])
    return found


_LABEL = compiled(rf"{LABEL}\s*:\s*")


_MEETING = compiled(r"thời (?:gian|điểm)\s*:")


def _labelled(scene: Scene, begin: int, *, meeting: bool) -> list[Reading]:
    """The value after a label: "hoàn thành: Quý II/2024".

    Under a plain "Thời gian:" an hour or a part of the day is when people meet ("Buổi sáng, ngày 15/8"): no deadline.
    """
    read = in_value(scene, begin, _value_end(scene.words, begin))
    if not read or read[0].at - begin > 12:
        return []
    hours = (read[0].form == "bare" and read[0].time) or _PART_OF_DAY.match(scene.words, begin)
    return [] if meeting and hours else read


_PART_OF_DAY = compiled(r"(?:từ |vào |lúc )?(?:\d{1,2}\s*(?:giờ|h|g|:)|(?:buổi )?(?:sáng|chiều|tối))(?!\w)")


def _value_end(words: str, begin: int) -> int:
    """Where a value ends: at a semicolon, a line, a full stop, or the bracket that the label stands in."""
    depth = 0
    for end in range(begin, len(words)):
        mark = words[end]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or mark in ";\n" or (mark == "." and words[end + 1 : end + 2] in ("", " ", "\n")):
            return end
    return len(words)


_FOLLOWER = compiled(r"\s*(?:,|và |hoặc )\s*(?=ngày \d|\d{1,2}\s*[/.]\s*\d)")


def _followers(scene: Scene, kept: list[Reading]) -> list[Reading]:
    """The second day of "trước ngày 15/6/2026 và ngày 15/11/2026": it binds as the first does."""
    if len(kept) != 1 or kept[0].kind != "date" or kept[0].grain != "day":
        return []
    first, found = kept[0], list(kept)
    while link := _FOLLOWER.match(scene.words, found[-1].end):
        read = calendar_phrase(scene, link.end())
        if read is None or read.form != "bare" or read.grain != "day" or read.kind != "date":
            break
        found.append(replace(read, form=first.form, qualifier=first.qualifier if read.due else None))
    return found[1:]


_BRACKET = compiled(
    r"\(\s*(?P<cue>(?:dự kiến )?(?:hoàn thành|xong|thời gian|thời hạn)(?: (?:thực hiện|hoàn thành))?\s*:?\s*)?"
    r"(?P<value>[^()\n]{3,90}(?:\([^()\n]*\)[^()\n]*)?)\)"
)
# "(Sở Công Thương chủ trì, phối hợp với Thuế tỉnh; giai đoạn 2026 - 2027)": the time stands last, by itself
_BRACKET_TAIL = compiled(r"\([^()\n]{3,300};\s*(?:(?:hoàn thành|xong|thời gian)\s*:?\s*)?(?P<value>[^();\n]{3,60})\)")
_BRACKET_END = compiled(r"\s*(?:[.;]|$|\n)")


def _bracket(scene: Scene, start: int) -> list[Reading]:
    """The deadline that is all of a bracket: "(hoàn thành trước 15/8/2026)", "(Quý II/2024)" at the end of its item."""
    match = _BRACKET.match(scene.words, start)
    read = list(_longest(scene, match.start("value"))) if match else []
    if match is None or not read or scene.words[read[-1].end : match.end("value")].strip(" .,"):
        return _at_bracket_end(scene, start)
    if match["cue"]:
        return read
    closing = bool(_BRACKET_END.match(scene.words, match.end()))
    return [reading for reading in read if closing and _stands_alone(reading)]


def _at_bracket_end(scene: Scene, start: int) -> list[Reading]:
    """The deadline that ends a closing bracket after the units: "(Sở Y tế chủ trì; quý III/2026)"."""
    match = _BRACKET_TAIL.match(scene.words, start)
    if match is None or not _BRACKET_END.match(scene.words, match.end()):
        return []
    read = list(_longest(scene, match.start("value")))
    whole = bool(read) and not scene.words[read[-1].end : match.end("value")].strip(" .,")
    return [reading for reading in read if whole and reading.form not in ("until", "bare_term")]


def _stands_alone(reading: Reading) -> bool:
    """A bare day or year in brackets describes ("Ngày Doanh nhân Việt Nam (13/10)"); a quarter or a cycle does not."""
    if reading.form == "bare":
        return reading.grain in ("month", "quarter", "half")
    return reading.form not in ("stage", "until", "bare_term")
