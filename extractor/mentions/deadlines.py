"""Deadlines in a text: where they stand, and the days or the rule that they mean.

In: the text of an item, an assignment line or a table cell, and what it is read against (`DeadlineContext`). Out:
`Deadline`s in document order, each with its exact words: "hoàn thành trước ngày 15/4/2026" gives the words "trước ngày
15/4/2026", a date due on 2026-04-15, before it.

>>> [d.due.isoformat() for d in find("hoàn thành trước ngày 15/4/2026.", DeadlineContext(None), strict=True)]
['2026-04-15']
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from extractor.mentions.deadline_scan import in_prose, in_value
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
        masked: half-open ranges to ignore, such as cited documents with their dates.

    Returns:
        Deadlines that do not overlap, with two exceptions: a later step that binds others lies inside the phrase of
        the first ("trước ngày 23/7 để trình UBND tỉnh phê duyệt trước ngày 30/7") and has the reason "binds_others";
        two days that no one rule holds share their phrase ("trước ngày 10/6 và 05/12 hằng năm").
        A date that cannot be meant ("31/11/2026") has `due` None and a reason.
    """
    words = folded(text, masked)
    scene = Scene(text, words, context)
    readings = in_prose(scene) if strict else in_value(scene, 0, len(words))
    return tuple(reading.deadline(text, block) for reading in _steps(scene, readings))


_LOOSE = frozenset({"binds_others", "narrowed_by_the_bracket_after"})


def binding(deadlines: Sequence[Deadline]) -> Deadline | None:
    """The deadline that binds the lead: the latest day, else what comes again, else what waits, else what never ends.

    A step that binds others (reason "binds_others") never does, nor a year that a bracket narrows ("narrowed_by…").
    """
    own = [deadline for deadline in deadlines if _LOOSE.isdisjoint(deadline.reasons)]
    dated = [deadline for deadline in own if deadline.kind == "date" and deadline.due]
    if dated:
        return max(dated, key=lambda deadline: (deadline.due or date.min, deadline.time or ""))
    order = ("recurring", "relative", "date", "ongoing")
    return min(own, key=lambda deadline: order.index(deadline.kind), default=None)


_PURPOSE = compiled(
    r"\s*,?\s*để [^.;\n]{0,120}?(?:trình|báo cáo|phê duyệt|ban hành|gửi|công bố|thông qua|xem xét|tổng hợp)(?!\w)"
    r"[^.;\n]{0,80}$"
)


_WITHIN_BRACKET = compiled(r"\s*\(\s*(?:(?:dự kiến|hoàn thành|xong|thời gian)\s*:?\s*)*$")
_TWIN = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYMONTHDAY=(\d+)")
_AND_REPORT = compiled(r"\s*(?:,|và |;)\s*(?:và )?(?:báo cáo )?")


def _twins(one: Reading, other: Reading, between: str) -> Reading | None:
    """One rule for "6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)": the same day of two months."""
    first, second = _TWIN.fullmatch(one.rrule or ""), _TWIN.fullmatch(other.rrule or "")
    if not first or not second or first[2] != second[2] or not _AND_REPORT.fullmatch(between):
        return None
    return replace(one, end=other.end, rrule=f"FREQ=YEARLY;BYMONTH={first[1]},{second[1]};BYMONTHDAY={first[2]}")


def _steps(scene: Scene, readings: list[Reading]) -> list[Reading]:
    """Joins a deadline with the later step that it serves: "trước ngày 23/7 để trình UBND tỉnh trước ngày 30/7"."""
    joined: list[Reading] = []
    for reading in readings:
        before = joined[-1] if joined else None
        between = scene.words[before.end : reading.at] if before else ""
        if before and (twin := _twins(before, reading, between)):
            joined[-1] = twin
            continue
        if before and before.due and reading.due and _PURPOSE.match(between):
            joined[-1] = replace(before, end=reading.end, reasons=(*before.reasons, "later_step_binds_others"))
            reading = replace(reading, reasons=(*reading.reasons, "binds_others"))
        elif before and before.due and reading.due and before.due > reading.due and _WITHIN_BRACKET.match(between):
            joined[-1] = replace(before, reasons=(*before.reasons, "narrowed_by_the_bracket_after"))
        joined.append(reading)
    return joined
