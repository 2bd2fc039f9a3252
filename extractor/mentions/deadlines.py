"""Deadlines in a text: where they stand, and the days or the rule that they mean.

In: the text of an item, an assignment line or a table cell, and what it is read against (`DeadlineContext`). Out:
`Deadline`s in document order, each with its exact words: "hoàn thành trước ngày 30/10/2022" gives the words "trước ngày
30/10/2022", a date due on 2022-10-30, before it.

>>> [d.due.isoformat() for d in find("hoàn thành trước ngày 30/10/2022.", DeadlineContext(None), strict=True)]
['2022-10-30']
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from extractor.mentions.deadline_calendar import calendar_phrase, ongoing_phrase
from extractor.mentions.deadline_cues import CANDIDATE, LABEL, SIGNAL, counts_in_prose
from extractor.mentions.deadline_cycles import cycle_phrase
from extractor.mentions.deadline_terms import term_phrase
from extractor.mentions.deadline_words import DeadlineContext, Reading, Scene, compiled, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Deadline, Qualifier

__all__ = ["DeadlineContext", "binding", "find"]


def find(
    text: str,
    context: DeadlineContext,
    *,
    block: int = 0,
    strict: bool,
    masked: Sequence[tuple[int, int]] = (),
) -> tuple[Deadline, ...]:
    """All deadlines of *text*, in document order.

    Args:
        text: cleaned text (`extractor.text.clean`).
        context: the document's day, plan year and dated events.
        block: number of the block, for the spans.
        strict: True for prose, where a phrase needs a cue that makes it a deadline; False for the value of an
            assignment line or the cell of a deadline column, which is a deadline as a whole.
        masked: half-open ranges to ignore, such as cited documents with their dates.

    Returns:
        Deadlines that do not overlap, with two exceptions: a later step that binds others lies inside the phrase of
        the first ("trước ngày 23/7 để trình UBND tỉnh phê duyệt trước ngày 30/7") and has the reason "binds_others";
        two days that no one rule holds share their phrase ("trước ngày 10/6 và 05/12 hằng năm").
        A date that cannot be meant ("31/11/2026") has `due` None and a reason.
    """
    words = folded(text, masked)
    scene = Scene(text, words, context)
    readings = _prose(scene) if strict else _value(scene, 0, len(words))
    return tuple(reading.deadline(text, block) for reading in _steps(scene, readings))


def binding(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The deadline that binds the lead: the latest day, else what comes again, else what waits, else what never ends.

    A step that binds others (reason "binds_others") never does.
    """
    own = [deadline for deadline in deadlines if "binds_others" not in deadline.reasons]
    dated = [deadline for deadline in own if deadline.kind == "date" and deadline.due]
    if dated:
        return max(dated, key=lambda deadline: (deadline.due or date.min, deadline.time or ""))
    order = ("recurring", "relative", "date", "ongoing")
    return min(own, key=lambda deadline: order.index(deadline.kind), default=None)


def _longest(scene: Scene, at: int) -> tuple[Reading, ...]:
    """The longest phrase of any family that starts at *at*; earlier families win ties."""
    best = cycle_phrase(scene, at)
    for family in (calendar_phrase, term_phrase, ongoing_phrase):
        read = family(scene, at)
        if read and (not best or read.end > best[-1].end):
            best = (read,)
    return best


_WORD = compiled(r"(?<!\w)[\w(]")
_NO_VALUE = compiled(r"(?:theo|khi|ngay khi|(?:ngay )?sau khi được|đột xuất)(?!\w)")
_EVENT_VALUE = compiled(r"(?:ngay )?(?P<side>trước|sau)(?: (?:khi|ngày))? (?P<anchor>[^\n;]+)")
_PERIODIC_VALUE = compiled(r"(?:theo )?đ[ịi]nh k[ỳì]$")


def _value(scene: Scene, begin: int, end: int) -> list[Reading]:
    """All deadlines of the range of a value, which is a deadline as a whole."""
    found: list[Reading] = []
    at = begin
    while (word := _WORD.search(scene.words, at, end)) is not None:
        read = [_assumed(reading) for reading in _longest(scene, word.start()) if reading.end <= end]
        found += read
        at = read[-1].end if read else word.end()
    return found or _waiting(scene, begin, end)


def _assumed(reading: Reading) -> Reading:
    """ "6 tháng" as a value is how often to report, not a term from the day of the plan."""
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
    """A value that names only an event ("Sau khi có kết quả kiểm định") or only "Định kỳ"."""
    value = scene.words[begin:end].strip(" .\n")
    start = scene.words.find(value, begin)
    if _PERIODIC_VALUE.match(value):
        return [Reading(start, start + len(value), "cycle", "recurring", reasons=("recurrence_period_unknown",))]
    event = None if _NO_VALUE.match(value) else _EVENT_VALUE.match(value)
    if event is None:
        return []
    anchor = scene.text[start + event.start("anchor") : start + event.end("anchor")]
    qualifier: Qualifier | None = "by" if event["side"] == "trước" else None
    return [Reading(start, start + event.end(), "event", "relative", qualifier=qualifier, anchor=anchor)]


def _prose(scene: Scene) -> list[Reading]:
    """The deadlines of prose: phrases with a cue, values after labels, whole brackets."""
    found: list[Reading] = []
    at = 0 if SIGNAL.search(scene.words) else len(scene.words)
    while (candidate := CANDIDATE.search(scene.words, at)) is not None:
        start, at = candidate.span()
        labelled = _LABEL.match(scene.words, start)
        if labelled:
            kept = read = _labelled(scene, labelled.end(), timed=not labelled[0].startswith("thời gian"))
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


def _labelled(scene: Scene, begin: int, *, timed: bool) -> list[Reading]:
    """The value after a label: "hoàn thành: Quý II/2024"; "Thời gian: 14 giờ, ngày 15/8" is the hour of a meeting."""
    read = _value(scene, begin, _value_end(scene.words, begin))
    if not read or read[0].at - begin > 12 or (read[0].form == "bare" and read[0].time and not timed):
        return []
    return read


def _value_end(words: str, begin: int) -> int:
    """Where a value ends: at a semicolon, a line, a full stop, or the bracket that the label stands in."""
    depth = 0
    for end in range(begin, len(words)):
        mark = words[end]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or mark in ";\n" or (mark == "." and words[end + 1 : end + 2] in ("", " ", "\n")):
            return end
    return len(words)


_FOLLOWER = compiled(r"\s*(?:,|và |hoặc )\s*(?:trước )?(?=ngày \d|\d{1,2}\s*[/.]\s*\d)")


def _followers(scene: Scene, kept: list[Reading]) -> list[Reading]:
    """The second day of "trước ngày 15/6/2026 và ngày 15/11/2026": it binds as the first does."""
    if len(kept) != 1 or kept[0].kind != "date" or kept[0].grain != "day":
        return []
    link = _FOLLOWER.match(scene.words, kept[0].end)
    read = calendar_phrase(scene, link.end()) if link else None
    if read is None or read.form != "bare" or read.grain != "day":
        return []
    return [replace(read, form=kept[0].form, qualifier=kept[0].qualifier if read.due else None)]


_BRACKET = compiled(
    r"\(\s*(?P<cue>(?:dự kiến )?(?:hoàn thành|xong|thời gian|thời hạn)(?: (?:thực hiện|hoàn thành))?\s*:?\s*)?"
    r"(?P<value>[^()\n]{3,90}(?:\([^()\n]*\)[^()\n]*)?)\)"
)
_BRACKET_END = compiled(r"\s*(?:[.;]|$|\n)")


def _bracket(scene: Scene, start: int) -> list[Reading]:
    """The deadline that is all of a bracket: "(hoàn thành trước 15/8/2026)", "(Quý II/2024)" at the end of its item."""
    match = _BRACKET.match(scene.words, start)
    read = list(_longest(scene, match.start("value"))) if match else []
    if match is None or not read or scene.words[read[-1].end : match.end("value")].strip(" .,"):
        return []
    if match["cue"]:
        return read
    closing = bool(_BRACKET_END.match(scene.words, match.end()))
    return [reading for reading in read if closing and _stands_alone(reading)]


def _stands_alone(reading: Reading) -> bool:
    """A bare day or year in brackets describes ("Ngày Doanh nhân Việt Nam (13/10)"); a quarter or a cycle does not."""
    if reading.form == "bare":
        return reading.grain in ("month", "quarter", "half")
    return reading.form not in ("stage", "until", "bare_term")


_PURPOSE = compiled(
    r"\s*,?\s*để [^.;\n]{0,120}?(?:trình|báo cáo|phê duyệt|ban hành|gửi|công bố|thông qua|xem xét|tổng hợp)(?!\w)"
    r"[^.;\n]{0,80}$"
)


def _steps(scene: Scene, readings: list[Reading]) -> list[Reading]:
    """Joins a deadline with the later step that it serves: "trước ngày 23/7 để trình UBND tỉnh trước ngày 30/7"."""
    joined: list[Reading] = []
    for reading in readings:
        before = joined[-1] if joined else None
        serves = before and before.kind == reading.kind == "date"
        if before and serves and _PURPOSE.match(scene.words[before.end : reading.at]):
            joined[-1] = replace(before, end=reading.end, reasons=(*before.reasons, "later_step_binds_others"))
            reading = replace(reading, reasons=(*reading.reasons, "binds_others"))
        joined.append(reading)
    return joined
