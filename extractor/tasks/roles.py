"""Who leads and who supports one task: assignment lines, then its own words, then what its place hands down.

In: pieces of assignment lines, the task's words, its scope. Out: `Work` with units, deadlines, product filled in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.deadline_doubt import unreadable
from extractor.mentions.frame import mentions_in, roles_of
from extractor.model import Span
from extractor.tasks.draft import moved, words
from extractor.tasks.values import units_of_value, without_repeats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.document.assignment import Piece
    from extractor.document.lines import Line
    from extractor.model import Deadline
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Scope, Setting

_WORDS = 6
_WORD = re.compile(r"[^\W\d_]+")
_LIGHT = frozenset(
    re.findall(
        r"\w+",
        "và với các cùng của do là ở tại trong trước sau ngày tháng năm quý hoàn thành thời gian hạn chậm nhất xong "
        "đến từ theo để có liên quan khác chủ trì phối hợp",
    )
)
_WEIGHTY = 2

Given = list[tuple[str, Span]]
"""Roles and where their values stand in the document."""


def given_by(line: Line, pieces: Iterable[Piece]) -> Given:
    """The values of *pieces*, found in the text of *line*, as spans of the document."""
    at = line.span.start
    return [(p.role, Span(line.span.block, at + p.start, at + p.end)) for p in pieces if p.end > p.start]


def assign(work: Work, given: Given, setting: Setting, scope: Scope) -> None:
    """Fills *work* from assignment values *given* with it; a role they leave open comes from *scope*."""
    for role, span in given:
        if role in ("lead", "mixed", "support"):
            _assign_units(work, role, span, setting)
        elif role == "deadline":
            work.deadlines += deadlines_of_value(span, setting)
            if not work.deadlines:
                work.reasons.append("deadline_not_understood")
            elif _says_besides(span, [deadline.span for deadline in work.deadlines], setting):
                work.reasons.append("deadline_partly_read")
        elif role == "product" and work.product is None:
            work.product = span
    if not work.lead and scope.lead:
        inherit(work, scope)
    if not work.deadlines and scope.deadlines:
        work.deadlines = scope.deadlines
        work.reasons.append("deadline_inherited")


def _assign_units(work: Work, role: str, span: Span, setting: Setting) -> None:
    lead, support = units_of_value(span, setting, role)
    if _says_besides(span, [unit.span for unit in (*lead, *support)], setting):
        work.reasons.append("unit_partly_read")
    if role in ("lead", "mixed"):
        work.lead += lead
        work.support += support
    else:
        work.support += lead + support


def _says_besides(span: Span, read: Iterable[Span | None], setting: Setting) -> bool:
    """Whether the value at *span* holds a word of weight outside of what was *read* in it."""
    rest = list(words(setting.blocks, span))
    for part in read:
        if part is not None and part.block == span.block:
            rest[part.start - span.start : part.end - span.start] = "|" * (part.end - part.start)
    left = [word for word in _WORD.findall("".join(rest).lower()) if word not in _LIGHT]
    return len(left) >= _WEIGHTY


def deadlines_of_value(span: Span, setting: Setting) -> tuple[Deadline, ...]:
    """Deadlines in the value of a deadline line or column."""
    dated = mentions_in(words(setting.blocks, span), replace(setting.context, value=True), "deadlines")
    return tuple(moved(deadline, span.block, span.start) for deadline in dated)


def deadlines_of_prose(span: Span, setting: Setting) -> tuple[Deadline, ...]:
    """Deadlines in running text, where only a cue makes a date one."""
    dated = mentions_in(words(setting.blocks, span), setting.context, "deadlines")
    return tuple(moved(deadline, span.block, span.start) for deadline in dated)


def from_prose(work: Work, span: Span, setting: Setting, scope: Scope) -> None:
    """Fills what is still open in *work* from the words at *span*, then from *scope*."""
    text = words(setting.blocks, span)
    roles = roles_of(text, setting.context.declared)
    if _party_leads(text, scope) or (scope.under_unit and text.startswith("Phân công ")):
        roles = replace(roles, lead=())  # "Phân công nhiệm vụ cho các thành viên": what the heading's unit does
    support = tuple(moved(unit, span.block, span.start) for unit in roles.support)
    # Under a unit's heading only a subject or "giao X" takes the work away from it, not a list after a colon.
    if not work.lead and roles.lead and (roles.lead_source in ("subject", "giao") or not scope.lead):
        work.lead = tuple(moved(unit, span.block, span.start) for unit in roles.lead)
        work.support = support
        if roles.lead_source not in ("subject", "giao"):
            work.reasons.append("lead_from_prose")
    elif not work.lead:
        inherit(work, scope)
        work.support = without_repeats((*work.support, *support))
    if support:
        work.reasons.append("support_from_prose")
    if not work.deadlines:
        work.deadlines = deadlines_of_prose(span, setting)
        if work.deadlines:
            work.reasons.append("deadline_from_prose")
        elif unreadable(text):
            work.reasons.append("deadline_not_understood")
        elif scope.deadlines:
            work.deadlines = scope.deadlines
            work.reasons.append("deadline_inherited")


_PARTY = re.compile(r"\b(?:đảng ủy|tỉnh ủy|thành ủy|huyện ủy|cấp ủy|đảng bộ|chi bộ|ban thường vụ|đảng đoàn)\b")


def _party_leads(text: str, scope: Scope) -> bool:
    """Whether "Lãnh đạo UBND xã cụ thể hóa …" is what the party body of the heading does, not who does it."""
    party = scope.under_unit and any(_PARTY.search(unit.name.lower()) for unit in scope.lead)
    return party and text.startswith(("Lãnh đạo ", "Chỉ đạo "))


def from_parts(work: Work, setting: Setting, scope: Scope) -> None:
    """As `from_prose`, for a heading and the paragraph that explains it: a day, a helper may stand in either."""
    heading, *rest = work.parts
    said = replace(scope, deadlines=())
    from_prose(work, heading, setting, said)
    for part in rest:
        if not work.deadlines:
            work.deadlines = deadlines_of_prose(part, setting)
            work.reasons += ["deadline_from_prose"] * bool(work.deadlines)
        roles = roles_of(words(setting.blocks, part), setting.context.declared)
        if not work.lead and roles.lead_source in ("subject", "giao"):
            work.lead = tuple(moved(unit, part.block, part.start) for unit in roles.lead)
        named = tuple(moved(unit, part.block, part.start) for unit in roles.support)
        work.support = without_repeats((*work.support, *named))
    if not work.deadlines and scope.deadlines:
        work.deadlines = scope.deadlines
        work.reasons.append("deadline_inherited")


def inherit(work: Work, scope: Scope) -> None:
    """Lead and support that *scope* hands down."""
    work.lead, work.support = scope.lead, without_repeats((*scope.support, *work.support))
    work.reasons.append(scope.lead_reason or "lead_unknown")
