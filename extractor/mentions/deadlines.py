"""Deadlines in a text: where they stand, and the days or the rule that they mean.

In: the text of an item, an assignment line or a table cell, and what it is read against (`DeadlineContext`). Out:
`Deadline`s in document order, each with its exact words: "hoàn thành trước ngày 30/10/2022" gives the words "trước ngày
30/10/2022", a date due on 2022-10-30, before it.

>>> [d.due.isoformat() for d in find("hoàn thành trước ngày 30/10/2022.", DeadlineContext(None), strict=True)]
['2022-10-30']
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.deadline_calendar import calendar_phrase, ongoing_phrase
from extractor.mentions.deadline_cues import CANDIDATE, SIGNAL, counts_in_prose, value_after
from extractor.mentions.deadline_cycles import cycle_phrase
from extractor.mentions.deadline_terms import term_phrase
from extractor.mentions.deadline_words import DeadlineContext, Reading, Scene, compiled, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Deadline

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
        masked: ranges to ignore, such as cited documents with their dates.

    Returns:
        Deadlines that do not overlap, but for a later step that binds others, which lies inside the phrase of the
        first ("trước ngày 23/7 để trình UBND tỉnh phê duyệt trước ngày 30/7") and has the reason "binds_others".
    """
    words = folded(text, masked)
    if not SIGNAL.search(words):
        return ()
    scene = Scene(text, words, context)
    readings = _prose(scene) if strict else _value(scene, 0, len(words))
    return tuple(reading.deadline(text, block) for reading in _steps(scene, readings))


def binding(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The deadline that binds the lead: the latest day, else what comes again, else what waits, else what never ends.

    A step that binds others (reason "binds_others") never does. Of several that come again the shortest cycle binds.
    """
    own = [deadline for deadline in deadlines if "binds_others" not in deadline.reasons]
    dated = [deadline for deadline in own if deadline.kind == "date" and deadline.due]
    if dated:
        return max(dated, key=lambda deadline: (deadline.due, deadline.time or ""))
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
_EMPTY_VALUE = compiled(r"(?:theo|khi|ngay khi|sau khi được|đột xuất)(?!\w)")
_EVENT_VALUE = compiled(r"(?:ngay )?(?P<side>trước|sau)(?: (?:khi|ngày))? (?P<anchor>[^\n;]+)")
_PERIODIC_VALUE = compiled(r"(?:theo )?định k[ỳì]\s*$")


def _value(scene: Scene, begin: int, end: int) -> list[Reading]:
    """All deadlines of a value that is a deadline as a whole."""
    found: list[Reading] = []
    at = begin
    while (word := _WORD.search(scene.words, at, end)) is not None:
        read = tuple(reading for reading in _longest(scene, word.start()) if reading.end <= end)
        found += read
        at = read[-1].end if read else word.end()
    return found or _waiting(scene, begin, end)


def _waiting(scene: Scene, begin: int, end: int) -> list[Reading]:
    """A value that names only an event ("Sau khi có kết quả kiểm định") or only "Định kỳ"."""
    value = scene.words[begin:end].strip(" .\n")
    start = scene.words.find(value, begin) if value else begin
    if not value or _EMPTY_VALUE.match(value):
        return []
    if _PERIODIC_VALUE.match(value):
        return [Reading(start, start + len(value), "cycle", "recurring", reasons=("recurrence_period_unknown",))]
    event = _EVENT_VALUE.match(value)
    if event is None:
        return []
    anchor = scene.text[start + event.start("anchor") : start + event.end("anchor")]
    return [
        Reading(
            start,
            start + event.end(),
            "event",
            "relative",
            qualifier="by" if event["side"] == "trước" else None,
            anchor=anchor,
        )
    ]


def _prose(scene: Scene) -> list[Reading]:
    """The deadlines of prose: phrases with a cue, values after labels, whole brackets."""
    found: list[Reading] = []
    at = 0
    while (candidate := CANDIDATE.search(scene.words, at)) is not None:
        start = candidate.start()
        at = candidate.end() if candidate.end() > start else start + 1
        if value := value_after(scene.words, start):
            read = _value(scene, *value)
            if read and read[0].at - value[0] <= 12:
                found += read
                at = max(at, read[-1].end)
            continue
        if scene.words[start] == "(":
            read = _bracket(scene, start)
            at = read[-1].end if read else at
            found += read
            continue
        read = list(_longest(scene, start))
        if read:
            found += [reading for reading in read if counts_in_prose(scene, reading)]
            at = max(at, read[-1].end)
    return found


_BRACKET = compiled(
    r"\(\s*(?:(?:dự kiến )?(?:hoàn thành|xong|thời gian|thời hạn)(?: (?:thực hiện|hoàn thành))?\s*:?\s*)?(?P<value>[^()\n]{3,90}(?:\([^()\n]*\)[^()\n]*)?)\)"
)
_BRACKET_END = compiled(r"\s*(?:[.;]|$|\n)")


def _bracket(scene: Scene, start: int) -> list[Reading]:
    """The deadline that is all of a bracket: "(hoàn thành trước 15/8/2026)", "(Quý II/2024)" at the end of its item."""
    match = _BRACKET.match(scene.words, start)
    if match is None:
        return []
    read = list(_longest(scene, match.start("value")))
    if not read or scene.words[read[-1].end : match.end("value")].strip(" .,"):
        return []
    cued = match.start("value") > start + 1 + (len(match[0]) - len(match[0].lstrip("( ")) - 1)
    closing = bool(_BRACKET_END.match(scene.words, match.end()))
    return [reading for reading in read if cued or (closing and _bracketed(reading))]


def _bracketed(reading: Reading) -> bool:
    """A bare day or year in brackets describes ("Ngày Doanh nhân Việt Nam (13/10)"); a quarter or a cycle does not."""
    if reading.form == "bare":
        return reading.grain in ("month", "quarter", "half")
    return reading.form not in ("stage", "until", "bare_term")


_PURPOSE = compiled(
    r"\s*,?\s*để [^.;\n]{0,120}?(?:trình|báo cáo|phê duyệt|ban hành|gửi|công bố|thông qua|xem xét|tổng hợp)(?!\w)[^.;\n]{0,80}$"
)


def _steps(scene: Scene, readings: list[Reading]) -> list[Reading]:
    """Joins a deadline with the later step that it serves: "trước ngày 23/7 để trình UBND tỉnh phê duyệt trước ngày 30/7"."""
    joined: list[Reading] = []
    for reading in readings:
        before = joined[-1] if joined else None
        if before and before.kind == reading.kind == "date" and _PURPOSE.match(scene.words[before.end : reading.at]):
            joined[-1] = replace(before, end=reading.end, reasons=(*before.reasons, "later_step_binds_others"))
            reading = replace(reading, reasons=(*reading.reasons, "binds_others"))
        joined.append(reading)
    return joined
