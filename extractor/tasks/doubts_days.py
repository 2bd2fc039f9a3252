"""Deadlines that may be wrong, each given a named reason: no date that is in doubt is handed on in silence.

In: the works that were found, and the document's setting. Out: reasons in the works.

Example: a plan signed on 10 March 2026 that wants a report "trước ngày 15/01/2026" means another year, or somebody has
mistyped: "deadline_before_issue".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.mentions.deadlines import binding
from extractor.mentions.frame import is_unit_heading
from extractor.tasks.directive import begins_with_known_verb
from extractor.tasks.draft import words
from extractor.tasks.roles import deadlines_of_prose
from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from extractor.document.tables import Table
    from extractor.model import Deadline
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Setting

_HALF = 0.5
_LONGEST_DAY = 40  # characters of a cell that holds a day
_NAME = 4  # words
_DISTANT = 10  # years after the document's day
_DAY = re.compile(r"\d{1,2}/\d|(?:quý|tháng|năm) (?:\d|[IV])|h[ằà]ng (?:tuần|tháng|quý|năm)", re.IGNORECASE)
_FIGURES = re.compile(r"\d{1,3}\s*[/.\-]\s*\d|\d{3,}")
# "Đơn vi phối hợp: …", "Thới gian xong: …": a line that assigns, its label not known or misread; without marks
_LIKE_ASSIGNMENT = re.compile(
    r"\W*(?:\w+ ){0,2}(?:thoi (?:gian|han)|han|don vi|co quan|nguoi|bo phan|chu tri|phoi hop|phu trach)(?: \w+){0,4} ?:"
)
_LONGEST_ASSIGNMENT = 25  # words


def mark(found: Iterable[Work], tables: Iterable[Table], setting: Setting) -> None:
    """Gives each work the reasons for which its deadline, or the whole of it, is in doubt."""
    unsure = {block for table in tables if _has_days_twice(table) for block in table.blocks}
    for work in found:
        texts = [words(setting.blocks, part) for part in work.parts]
        if any(map(is_like_assignment, texts)):
            work.reasons.append("text_like_assignment")
        elif len(texts) == 1 and _is_like_heading(texts[0]):
            work.reasons.append("text_like_heading")
        deadline = binding(work.deadlines)
        if deadline is not None:
            work.reasons += _reasons(deadline, work, setting)
            if deadline.span is not None and deadline.span.block in unsure:
                work.reasons.append("deadline_column_uncertain")


def is_like_assignment(text: str) -> bool:
    """Whether *text* looks like a line that assigns, though its label is not known: "Đơn vi chủ trì: Sở Y tế"."""
    return len(text.split()) <= _LONGEST_ASSIGNMENT and _LIKE_ASSIGNMENT.match(fold(text)) is not None


def _is_like_heading(text: str) -> bool:
    """Whether *text* only names something or somebody: "Xã Quảng Hà", "Các sở, ban, ngành tỉnh;"."""
    return (len(text.split()) <= _NAME or is_unit_heading(text)) and not begins_with_known_verb(text)


def _reasons(deadline: Deadline, work: Work, setting: Setting) -> Iterator[str]:
    if len({_meaning(one) for one in work.deadlines}) > 1:
        yield "several_deadlines"
    if deadline.kind == "relative":
        yield "deadline_not_understood" if _FIGURES.search(deadline.anchor or "") else "deadline_waits_for_event"
    issued = setting.context.issued
    if issued is not None and deadline.due is not None:
        if deadline.due < issued:
            yield "deadline_before_issue"
        elif deadline.due.year > issued.year + _DISTANT:
            yield "deadline_distant"
    if _is_of_several_rows(deadline, work, setting) and "deadline_inherited" not in work.reasons:
        yield "deadline_inherited"
    if _differs_from_words(deadline, work, setting):
        yield "deadline_differs_from_text"


def _has_days_twice(table: Table) -> bool:
    """Whether days stand in two columns of *table*: one of them says when it is due."""
    filled: dict[int, list[bool]] = {}
    for row in table.rows:
        for column, block in row.columns.items():
            text = " ".join(block.text.split())
            if text and table.roles.get(column) not in ("task", "ordinal", "cross", "product"):
                filled.setdefault(column, []).append(len(text) <= _LONGEST_DAY and bool(_DAY.search(text)))
    return sum(sum(dated) > len(dated) * _HALF for dated in filled.values()) > 1


def _is_of_several_rows(deadline: Deadline, work: Work, setting: Setting) -> bool:
    """Whether the deadline's cell is merged over rows, or of another row ("nt", a group)."""
    own = setting.blocks[work.parts[0].block].place.cell if work.parts else None
    cell = setting.blocks[deadline.span.block].place.cell if deadline.span else None
    if own is None or cell is None or own.table != cell.table:
        return False
    return cell.row_span > own.row_span or not cell.row <= own.row < cell.row + cell.row_span


def _meaning(deadline: Deadline) -> tuple[str, date | None, str | None, str | None]:
    return deadline.kind, deadline.due, deadline.rrule, deadline.anchor


def _differs_from_words(deadline: Deadline, work: Work, setting: Setting) -> bool:
    """Whether a day in the task's own words is not the one of its cell, line or heading, which counts."""
    dated = [part for part in work.parts if _DAY.search(words(setting.blocks, part))]
    own = [one for part in dated for one in deadlines_of_prose(part, setting) if one.kind in ("date", "recurring")]
    return bool(own) and all(_meaning(one)[:3] != _meaning(deadline)[:3] for one in own)
