"""Counted terms and events: "trong 15 ngày làm việc kể từ ngày nhận được văn bản", "trước mùa mưa", "trước Hội nghị".

In: a `Scene` and a position in it. Out: the `Reading` of the longest phrase that starts there: a date where the term
counts from the day of the document or from an event that the document dates, else a relative deadline with its anchor.

>>> from datetime import date
>>> text = "trong 15 ngày kể từ ngày Kế hoạch được ban hành"
>>> term_phrase(Scene(text, text.lower(), DeadlineContext(date(2026, 7, 14))), 0).due.isoformat()
'2026-07-29'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.deadline_words import NUMBER, DeadlineContext, Reading, Scene, alternatives, compiled, count
from extractor.model import Offset
from extractor.periods import end_of_term

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from extractor.model import OffsetUnit, Qualifier

__all__ = ["ISSUE", "DeadlineContext", "Scene", "term_phrase"]


# The document itself, spoken of in its own text: "Kế hoạch này", "Công văn", but not "Kế hoạch của Bộ", "Kế hoạch số 5"
_SELF = rf"{alternatives('self_documents')}(?! (?:của|số|thực hiện|triển khai|hành động)(?!\w))"
_ISSUED = r"(?:ký ban hành|ban hành|ký|phát hành|có hiệu lực)"
# "ngày ban hành Kế hoạch", "ngày Kế hoạch này được ban hành", "khi ký ban hành", "nay"
ISSUE = compiled(
    rf"(?:nay|(?:ngày|khi|thời điểm)(?: ngày)? (?:{_SELF} (?:được )?{_ISSUED}|{_ISSUED}(?: {_SELF}|(?! (?:luật|bộ luật|nghị|thông|đề|chương|văn|hướng|quyết|kế|\x01)))))(?!\w)"
)
_RECEIVED = compiled(
    rf"(?:ngày |khi |thời điểm )?(?:được )?(?:tiếp nhận|nhận)(?: được)?(?: {_SELF})?(?=\s*(?:[.;,:()\n/]|$)|\s+(?:các|để|phải|thì|đề nghị|UBND|ubnd|sở|và)(?!\w))"
)
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
_TERM = rf"{_LEAD}(?P<count>{NUMBER}) {_UNIT}"
# what an event's words may run over: up to the end of the clause
_WORDS = r"(?P<anchor>[^.;,:()\n\x01]{2,90})"
_FROM = r"(?P<link>(?:,)? ?(?:kể từ|tính từ|từ|sau|tính đến)(?: (?=ngày|khi|lúc|thời điểm|có|nhận|kết thúc))?)"


@dataclass(frozen=True, slots=True)
class TermRule:
    """A way to write a term or an event, and what a match means."""

    form: str
    pattern: re.Pattern[str]
    build: Callable[[Scene, re.Match[str]], Reading | None]


def term_phrase(scene: Scene, at: int) -> Reading | None:
    """The longest counted term or event that starts at *at*; earlier rules win ties."""
    best: Reading | None = None
    for rule in TERM_RULES:
        match = rule.pattern.match(scene.words, at)
        read = rule.build(scene, match) if match else None
        if read and (best is None or read.end > best.end):
            best = read
    return best or _event(scene, at)


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
    """ "trong 15 ngày kể từ ngày ban hành Kế hoạch": counted from the day signed, that day not counted."""
    offset = _offset(match)
    base = {"qualifier": _qualifier(match), "grain": "day"}
    if scene.context.issued is None or offset is None:
        why = ("issue_date_unknown",) if scene.context.issued is None else ("term_not_in_days",)
        return Reading(
            match.start(), match.end(), "term", "relative", anchor="issued", offset=offset, reasons=why, **base
        )
    due = _counted(scene, scene.context.issued, offset)
    return Reading(match.start(), match.end(), "term", "date", due=due, **base)


def _bare_term(scene: Scene, match: re.Match[str]) -> Reading | None:
    """ "100 ngày" in a cell: nothing says from when, so from the day of the document, with a reason."""
    if (match["lead"] or "").startswith(("trước", "sau")):
        return None
    read = _from_issue(scene, match)
    form = "bare_term" if not (match["lead"] or "").startswith("hết thời hạn") else "expiry"
    reasons = (*read.reasons, "deadline_anchor_assumed_issue_date")
    return Reading(read.at, read.end, form, read.kind, due=read.due, qualifier=read.qualifier, anchor=read.anchor,
                   offset=read.offset, reasons=reasons, grain="day")  # fmt: skip


def _from_received(scene: Scene, match: re.Match[str]) -> Reading:
    """ "trong 10 ngày kể từ ngày nhận được văn bản": the day of arrival is the register's to know."""
    return Reading(
        match.start(),
        match.end(),
        "term",
        "relative",
        qualifier=_qualifier(match),
        anchor="received",
        offset=_offset(match),
    )


def _from_event(scene: Scene, match: re.Match[str]) -> Reading | None:
    """ "10 ngày làm việc sau khi Nghị quyết được thông qua": waits for the event, unless the document dates it."""
    return _at_event(scene, match, _offset(match), _qualifier(match))


def _ahead_of_event(scene: Scene, match: re.Match[str]) -> Reading | None:
    """ "trước ngày khai mạc 05 ngày", "05 ngày trước Hội nghị"."""
    return _at_event(scene, match, _offset(match, -1), "by")


def _at_event(scene: Scene, match: re.Match[str], offset: Offset | None, qualifier: Qualifier) -> Reading | None:
    words = scene.text[match.start("anchor") : match.end("anchor")].strip()
    if not words:
        return None
    end = match.start("anchor") + len(scene.text[match.start("anchor") : match.end("anchor")].rstrip())
    end = max(end, match.end()) if match.end("anchor") != match.end() else end
    known = _known(scene.context, words)
    due = _counted(scene, known, offset) if known and offset else None
    if due:
        return Reading(
            match.start(), end, "term", "date", due=due, qualifier=qualifier, reasons=("deadline_from_event",)
        )
    return Reading(match.start(), end, "term", "relative", qualifier=qualifier, anchor=words, offset=offset)


def _known(context: DeadlineContext, words: str) -> date | None:
    """The day of the event that *words* begin with, after "ngày", "khi", "tổ chức" and the like."""
    plain = re.sub(r"^(?:(?:ngày|khi|thời điểm|diễn ra|tổ chức|khai mạc|bắt đầu)\s+)+", "", words.lower())
    names = sorted((name for name in context.events if plain.startswith(name.lower())), key=len)
    return context.events[names[-1]] if names else None


def _event(scene: Scene, at: int) -> Reading | None:
    """ "trước Hội nghị", where the document dates the Hội nghị."""
    if not scene.context.events:
        return None
    lead = _BEFORE_EVENT.match(scene.words, at)
    if lead is None:
        return None
    for name in sorted(scene.context.events, key=len, reverse=True):
        end = lead.end() + len(name)
        if name and scene.words[lead.end() : end] == name.lower() and not scene.words[end : end + 1].isalnum():
            due = scene.context.events[name]
            return Reading(
                at, end, "event", "date", due=due, qualifier="by", reasons=("deadline_from_event",), grain="day"
            )
    return None


_BEFORE_EVENT = compiled(r"trước (?:(?:ngày|khi|thời điểm|giờ) )?(?:(?:tổ chức|diễn ra|khai mạc|bắt đầu) )?(?:ngày )?")


def _season(scene: Scene, match: re.Match[str]) -> Reading:
    """ "trước mùa mưa bão năm 2026", "trước kỳ họp thứ 12 HĐND tỉnh": a day that somebody else sets."""
    anchor = scene.text[match.start("anchor") : match.end("anchor")]
    return Reading(match.start(), match.end(), "season", "relative", qualifier="by", anchor=anchor)


def _after_issue(scene: Scene, match: re.Match[str]) -> Reading:
    """ "ngay sau khi Kế hoạch được ban hành": on the day of the document."""
    issued = scene.context.issued
    if issued is None:
        why = ("issue_date_unknown",)
        return Reading(match.start(), match.end(), "after", "relative", anchor="issued", reasons=why)
    return Reading(match.start(), match.end(), "after", "date", due=issued, reasons=("deadline_on_issue",), grain="day")


def _after_event(scene: Scene, match: re.Match[str]) -> Reading:
    """ "sau khi Nghị quyết được thông qua": the anchor is the whole event."""
    anchor = scene.text[match.start("anchor") : match.end("anchor")].rstrip()
    return Reading(match.start(), match.start("anchor") + len(anchor), "after", "relative", anchor=anchor)


_SELF_ISSUE = rf"(?:kể từ|tính từ|từ|sau|tính)(?: (?:ngày|khi|lúc))? {ISSUE.pattern}"
TERM_RULES: tuple[TermRule, ...] = (
    # "trong 15 ngày kể từ ngày Kế hoạch được ban hành", "100 ngày kể từ ngày ban hành Kế hoạch"
    TermRule("term", compiled(rf"{_TERM}\s*,?\s*(?:kể từ|tính từ|từ|sau|kể) {ISSUE.pattern}"), _from_issue),
    # "trong 10 ngày làm việc kể từ ngày nhận được Công văn này"
    TermRule("term", compiled(rf"{_TERM}\s*,?\s*(?:kể từ|tính từ|từ|sau|kể) {_RECEIVED.pattern}"), _from_received),
    # "trong 30 ngày kể từ khi Nghị định có hiệu lực", "10 ngày làm việc sau khi Nghị quyết được thông qua"
    TermRule("term", compiled(rf"{_TERM}\s*,?\s*(?:(?:kể từ|tính từ|từ|kể) |sau (?:khi )?(?!đó|này)){_WORDS}"), _from_event),
    # "sau ngày ban hành Kế hoạch 15 ngày"
    TermRule("term", compiled(rf"sau {ISSUE.pattern} (?P<lead>)(?P<count>{NUMBER}) {_UNIT}"), _from_issue),
    # "05 ngày trước ngày khai mạc", "chậm nhất 03 ngày làm việc trước Hội nghị"
    TermRule("term", compiled(rf"{_TERM} trước (?:khi )?(?!\d|ngày\s*\d){_WORDS}"), _ahead_of_event),
    # "trước ngày khai mạc 05 ngày", "trước Hội nghị ít nhất 10 ngày"
    TermRule(
        "term",
        compiled(rf"trước (?:khi )?(?P<anchor>(?!\d|ngày\s*\d)[^.;,:()\n\x01]{{2,60}}?)(?: (?:ít nhất|tối thiểu|khoảng|là))? (?P<lead>)(?P<count>{NUMBER}) {_UNIT}"),
        _ahead_of_event,
    ),
    TermRule("bare_term", compiled(_TERM), _bare_term),
    TermRule("season", compiled(rf"trước (?:(?:ngày|thời điểm|khi) )?(?:(?:vào|diễn ra|bắt đầu|bước vào) )?(?P<anchor>{alternatives('events')})(?!\w)"), _season),
    TermRule("after", compiled(rf"(?:ngay )?(?:sau|từ) {ISSUE.pattern}(?! trở đi)"), _after_issue),
    TermRule("after", compiled(rf"(?:ngay )?sau khi (?P<anchor>{alternatives('documents')}(?: [^.;,:()\n]{{0,80}}?)? (?:được )?(?:ban hành|thông qua|phê duyệt|có hiệu lực|ký)(?!\w)(?: (?:ban hành|thi hành))?)"), _after_event),
)  # fmt: skip
