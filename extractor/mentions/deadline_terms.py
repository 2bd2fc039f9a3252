"""Counted terms and events: "trong 15 ngày làm việc kể từ ngày nhận được văn bản", "trước mùa mưa", "trước Hội nghị".

In: a `Scene` and a position in it. Out: the `Reading` of the longest phrase that starts there: a date where the term
counts from the day of the document or from an event that the document dates, else a relative deadline with its anchor.

>>> from datetime import date
>>> text = "trong 20 ngày kể từ ngày Kế hoạch được ban hành"
>>> term_phrase(Scene(text, text.lower(), DeadlineContext(date(2026, 7, 14))), 0).due.isoformat()
'2026-08-03'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extractor import periods
from extractor.mentions.deadline_words import (
    NUMBER,
    DeadlineContext,
    Reading,
    Scene,
    alternatives,
    compiled,
    count,
)
from extractor.model import Offset
from extractor.periods import end_of_term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from extractor.model import OffsetUnit, Qualifier

__all__ = ["ISSUE", "DeadlineContext", "Scene", "term_phrase"]

# The document itself, spoken of in its own text: "Kế hoạch này", "Công văn", but not "Kế hoạch của Bộ", "Kế hoạch số 5"
_SELF = rf"{alternatives('self_documents')}(?! (?:của|số|thực hiện|triển khai|hành động)(?!\w))"
_BORN = r"(?:ký ban hành|ban hành|ký|phát hành|có hiệu lực)"
_OTHER = r"(?! (?:luật|bộ luật|nghị|thông|đề|chương|văn|hướng|quyết|kế|kết|quy|chính|\x01))"
# "ngày ban hành Kế hoạch", "ngày Kế hoạch này được ban hành", "khi ký ban hành", "nay"
ISSUE = rf"(?:nay|(?:ngày|khi|thời điểm)(?: ngày)? (?:{_SELF} (?:được )?{_BORN}|{_BORN}(?: {_SELF}|{_OTHER})))(?!\w)"
_END = r"(?=\s*(?:[.;,:()\n/]|$)|\s+(?:các|để|phải|thì|đề nghị (?:các|quý|sở|ubnd)|ubnd|sở|và)(?!\w))"
# "ngày nhận được văn bản", "khi nhận được Công văn này"; not "ngày nhận được hồ sơ hợp lệ", which is no letter of ours
_RECEIVED = rf"(?:(?:ngày|khi|thời điểm) )?(?:được )?(?:tiếp nhận|nhận)(?: được)?(?: {_SELF})?{_END}"
_UNITS: dict[str, OffsetUnit] = {
    "ngày làm việc": "working_day",
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
}
_UNIT = r"(?P<unit>ngày làm việc|ngày|tuần(?: lễ)?|tháng|quý|năm|giờ)(?!\w)"
_LEAD = (
    r"(?P<lead>(?:(?:ngay )?trong(?: (?:vòng|thời hạn|thời gian|khoảng|khoảng thời gian))*|thời (?:hạn|gian)(?: là)?|"
    r"(?:chậm|muộn) nhất(?: (?:là|sau|trong|vòng))*|không (?:quá|muộn hơn)|tối đa|sau|hết(?: thời hạn)?|trước) )?"
)
_LENGTH = rf"(?P<count>{NUMBER}) {_UNIT}"
_SINCE = r"\s*,?\s*(?:kể từ|tính từ|từ|sau|kể)"
# "trong vòng 24 giờ khi có sự cố"; "02 ngày khi …" alone is how long something takes
_WHEN = r"(?<=\s)khi (?:có|xảy ra|phát hiện|phát sinh)(?!\w)"
# An event's words run to the end of the clause, or to the words that take the sentence up again.
_EVENT = (
    r"(?P<anchor>(?!\d|ngày\s*\d|(?:đến|tới|đó|đây|này|nay)(?!\w))[^.;,:()\n\x01]{2,90}?)"
    r"(?=\s*(?:[.;,:()\n\x01]|$)|\s+(?:để|phải|thì|(?:đề nghị )?(?:các đơn vị|các cơ quan|các địa phương))(?!\w))"
)


@dataclass(frozen=True, slots=True)
class TermRule:
    """A way to write a term or an event, and what a match means."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[Scene, re.Match[str]], Reading | None]


def term_phrase(scene: Scene, at: int) -> Reading | None:
    """The longest counted term or event that starts at *at*; earlier rules win ties."""
    best: Reading | None = _dated_event(scene, at)
    for rule in TERM_RULES:
        match = rule.pattern.match(scene.words, at)
        read = rule.build(scene, match) if match else None
        if read and (best is None or read.end > best.end):
            best = read
    return best


def _offset(match: re.Match[str], sign: int = 1) -> Offset | None:
    """The term of a match; None for hours that make no whole days ("trong 36 giờ")."""
    number, unit = count(" ".join(match["count"].split())), " ".join(match["unit"].split())
    if unit == "giờ":
        return Offset(sign * number // 24, "day") if number and number % 24 == 0 else None
    return Offset(sign * number, _UNITS[unit.removesuffix(" lễ")]) if number else None


def _qualifier(match: re.Match[str]) -> Qualifier:
    lead = match["lead"] or ""
    return "within" if not lead or lead.startswith(("trong", "ngay", "thời")) else "by"


def _counted(scene: Scene, anchor: date, offset: Offset) -> date | None:
    """The last day of the term, None where the calendar ends first."""
    try:
        return end_of_term(anchor, offset.count, offset.unit, scene.context.days_off)
    except (ValueError, OverflowError):
        return None


def _from_issue(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "trong 20 ngày kể từ ngày ban hành Kế hoạch": counted from the day signed, that day not counted."""
    offset, issued = _offset(match), scene.context.issued
    read = Reading(match.start(), match.end(), "term", "relative", qualifier=_qualifier(match), anchor="issued")
    if issued is None:
        return replace(read, offset=offset, reasons=("issue_date_unknown",))
    due = _counted(scene, issued, offset) if offset else None
    if due is None:
        return replace(read, offset=offset, reasons=("term_not_counted",))
    return replace(read, kind="date", due=due, anchor=None, grain="day")


def _bare_term(scene: Scene, match: re.Match[str]) -> Reading | None:
    """As in "100 ngày" in a cell: nothing says from when, so from the day of the document, with a reason."""
    lead = match["lead"] or ""
    if match["unit"] == "giờ" and not lead.startswith("trước"):  # "Trong 24 giờ": from what happens, not from a paper
        read = _ahead_of_what_is_told(scene, match)
        return replace(read, form="bare_term", qualifier="within", offset=_offset(match))
    if lead.startswith(("trước", "sau")) or _offset(match) is None:
        return None
    read = _from_issue(scene, match)
    form = "expiry" if lead.startswith("hết") else "bare_term"
    why = (*read.reasons, "deadline_anchor_assumed_issue_date")
    return replace(read, form=form, offset=_offset(match), reasons=why)


def _from_received(_scene: Scene, match: re.Match[str]) -> Reading:
    """As in "trong 10 ngày kể từ ngày nhận được văn bản": the day of arrival is the register's to know."""
    return Reading(
        match.start(),
        match.end(),
        "term",
        "relative",
        qualifier=_qualifier(match),
        anchor="received",
        offset=_offset(match),
    )


def _from_event(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "10 ngày làm việc sau khi Nghị quyết được thông qua": waits for the event, unless the document dates it."""
    return _at_event(scene, match, _offset(match), _qualifier(match))


def _ahead_of_event(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "trước ngày khai mạc 05 ngày", "05 ngày trước Hội nghị"."""
    return _at_event(scene, match, _offset(match, -1), "by")


def _at_event(scene: Scene, match: re.Match[str], offset: Offset | None, qualifier: Qualifier) -> Reading:
    words = scene.text[match.start("anchor") : match.end("anchor")]
    read = Reading(match.start(), match.end(), "term", "relative", qualifier=qualifier, anchor=words, offset=offset)
    known = _known(scene.context, words)
    due = _counted(scene, known, offset) if known and offset else None
    if due is None:
        return read
    why = ("deadline_from_event",)
    return replace(read, kind="date", due=due, anchor=None, offset=None, reasons=why, grain="day")


def _known(context: DeadlineContext, words: str) -> date | None:
    """The day of the event that *words* begin with, after "ngày", "khi", "tổ chức" and the like."""
    plain = re.sub(r"^(?:(?:ngày|khi|thời điểm|diễn ra|tổ chức|khai mạc|bắt đầu)\s+)+", "", words.lower())
    names = sorted((name for name in context.events if name and plain.startswith(name.lower())), key=len)
    return context.events[names[-1]] if names else None


_BEFORE_EVENT = compiled(r"trước (?:(?:ngày|khi|thời điểm|giờ) )?(?:(?:tổ chức|diễn ra|khai mạc|bắt đầu) )?(?:ngày )?")


def _dated_event(scene: Scene, at: int) -> Reading | None:
    """As in "trước Hội nghị", where the document dates the Hội nghị."""
    lead = _BEFORE_EVENT.match(scene.words, at) if scene.context.events else None
    if lead is None:
        return None
    for name in sorted(filter(None, scene.context.events), key=len, reverse=True):
        end = lead.end() + len(name)
        if scene.words[lead.end() : end] == name.lower() and not scene.words[end : end + 1].isalnum():
            due, why = scene.context.events[name], ("deadline_from_event",)
            return Reading(at, end, "event", "date", due=due, qualifier="by", reasons=why, grain="day")
    return None


def _season(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "trước mùa mưa bão năm 2026", "trước kỳ họp thứ 12 HĐND tỉnh": a day that somebody else sets."""
    anchor = scene.text[match.start("anchor") : match.end("anchor")]
    return Reading(match.start(), match.end(), "season", "relative", qualifier="by", anchor=anchor)


def _occasion(scene: Scene, match: re.Match[str]) -> Reading:
    return replace(_season(scene, match), form="occasion", qualifier=None)


def _this_period(scene: Scene, match: re.Match[str]) -> Reading | None:
    """As in "hoàn thành trong tuần này": the week, month or quarter of the day of the document."""
    issued = scene.context.issued
    if issued is None:
        return None
    if match["period"] == "tuần":
        due = issued + timedelta(days=6 - issued.weekday())
    elif match["period"] == "tháng":
        due = periods.month(issued.year, issued.month).end
    else:
        due = periods.quarter(issued.year, (issued.month + 2) // 3).end
    why = ("deadline_counted_from_issue",)
    return Reading(match.start(), match.end(), "term", "date", due=due, qualifier="within", reasons=why, grain="day")


def _after_issue(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "ngay sau khi Kế hoạch được ban hành": on the day of the document."""
    issued, read = scene.context.issued, Reading(match.start(), match.end(), "after", "relative", anchor="issued")
    if issued is None:
        return replace(read, reasons=("issue_date_unknown",))
    return replace(read, kind="date", due=issued, anchor=None, reasons=("deadline_on_issue",), grain="day")


def _after_event(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "sau khi Nghị quyết được thông qua": the anchor is the whole event."""
    anchor = scene.text[match.start("anchor") : match.end("anchor")]
    return Reading(match.start(), match.end(), "after", "relative", anchor=anchor)


def _ahead_of_what_is_told(scene: Scene, match: re.Match[str]) -> Reading:
    """As in "thông báo lịch kiểm tra trước ít nhất 05 ngày": the event is what the sentence speaks of."""
    told = scene.text[match.start() : match.end()]
    return Reading(match.start(), match.end(), "after", "relative", qualifier="by", anchor=told)


TERM_RULES: tuple[TermRule, ...] = (
    # "trong 20 ngày kể từ ngày Kế hoạch được ban hành", "90 ngày kể từ ngày ban hành Kế hoạch"
    TermRule("since_issue", compiled(rf"{_LEAD}{_LENGTH}{_SINCE} {ISSUE}"), _from_issue),
    # "trong 10 ngày làm việc kể từ ngày nhận được Công văn này"
    TermRule("since_receipt", compiled(rf"{_LEAD}{_LENGTH}{_SINCE} {_RECEIVED}"), _from_received),
    # "trong 30 ngày kể từ khi Nghị định có hiệu lực", "10 ngày làm việc sau khi Nghị quyết được thông qua"
    TermRule("since_event", compiled(rf"{_LEAD}{_LENGTH}{_SINCE} (?:(?<=sau\s)khi )?(?!đó|này){_EVENT}"), _from_event),
    TermRule(
        "when",
        compiled(rf"(?P<lead>(?:ngay )?trong(?: (?:vòng|thời hạn))? |chậm nhất ){_LENGTH} (?={_WHEN}){_EVENT}"),
        _from_event,
    ),
    # "sau ngày ban hành Kế hoạch 15 ngày"
    TermRule("issue_then_term", compiled(rf"sau {ISSUE} (?P<lead>){_LENGTH}"), _from_issue),
    # "05 ngày trước ngày khai mạc", "chậm nhất 03 ngày làm việc trước Hội nghị"
    TermRule("before_event", compiled(rf"{_LEAD}{_LENGTH} trước (?:khi )?{_EVENT}"), _ahead_of_event),
    # "trước ngày khai mạc 05 ngày", "trước Hội nghị ít nhất 10 ngày"; not "trước UBND tỉnh về kết quả 6 tháng"
    TermRule(
        "event_minus_term",
        compiled(
            r"trước (?:khi )?(?P<anchor>(?:(?<=khi\s)|(?=(?:ngày(?!\s*\d)|thời|cuộc|phiên|kỳ|hội|lễ|buổi)(?!\w)))"
            r"[^\d.;,:()\n\x01]{2,60}?)"
            rf"(?: (?:ít nhất|tối thiểu|khoảng|là))? (?P<lead>){_LENGTH}"
        ),
        _ahead_of_event,
    ),
    # "Sau đối thoại 30 ngày", "Sau khi kết thúc lớp học 05 ngày làm việc", where nothing follows
    TermRule(
        "event_plus_term",
        compiled(
            r"sau (?:khi )?(?P<anchor>(?!hơn|gần|khoảng|ít|mỗi)[^\d.;,:()\n\x01]{2,60}?)"
            rf"(?: (?:ít nhất|tối đa|khoảng|không quá|chậm nhất|trong vòng))? (?P<lead>){_LENGTH}(?=\s*(?:[.;)]|$|\n))"
        ),
        _from_event,
    ),
    # "trước 02 ngày làm việc so với ngày họp"
    TermRule("before_by", compiled(rf"(?P<lead>trước (?:ít nhất )?){_LENGTH} so với {_EVENT}"), _ahead_of_event),
    # "thông báo lịch kiểm tra trước ít nhất 05 ngày làm việc": before what is told of
    TermRule(
        "ahead",
        compiled(rf"trước (?:(?:ít nhất|tối thiểu) )?(?P<lead>){_LENGTH}(?=\s*(?:[.;,)]|$|\n))"),
        _ahead_of_what_is_told,
    ),
    TermRule("bare", compiled(rf"{_LEAD}{_LENGTH}(?!\s*\(?\s*20\d\d)"), _bare_term),
    TermRule(
        "season",
        compiled(
            r"trước (?:(?:ngày|thời điểm|khi) )?(?:(?:vào|diễn ra|bắt đầu|bước vào) )?"
            rf"(?P<anchor>{alternatives('events')})(?!\w)"
        ),
        _season,
    ),
    # "Dịp Tết Nguyên đán 2027" as a value; in prose it only says when something happens
    TermRule(
        "occasion",
        compiled(rf"(?:(?:vào|trong|nhân) )?(?:dịp )?(?P<anchor>(?!mùa|vụ|kỳ thi){alternatives('events')})(?!\w)"),
        _occasion,
    ),
    TermRule("this_period", compiled(r"(?:ngay )?trong (?P<period>tuần|tháng|quý) này(?!\w)"), _this_period),
    TermRule("after_issue", compiled(rf"(?:(?:ngay )?sau|ngay(?= khi)) {ISSUE}(?! trở đi)"), _after_issue),
    TermRule(
        "after_birth",
        compiled(
            rf"(?:ngay )?sau khi (?P<anchor>{alternatives('documents')}(?: [^.;,:()\n]{{0,80}}?)? (?:được )?"
            r"(?:ban hành|thông qua|phê duyệt|có hiệu lực|ký)(?!\w)(?: (?:ban hành|thi hành))?)"
        ),
        _after_event,
    ),
)
