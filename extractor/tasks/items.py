"""Items with nothing under them → tasks: a paragraph or bullet, cut into clauses, each judged (GUIDELINES, rules 3-7).

In: a leaf of the outline and its scope. Out: `Work`s in document order.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import WITHOUT_TASKS
from extractor.document.lines import LETTER, ROMAN, UNLABELLED
from extractor.mentions import units
from extractor.mentions.frame import is_unit_heading, mentions_in, roles_of, unit_heading
from extractor.mentions.vietnamese import sentences
from extractor.model import Span, UnitMention
from extractor.tasks import clauses, directive
from extractor.tasks.draft import Work, moved, words
from extractor.tasks.roles import assign, from_prose
from extractor.tasks.values import without_repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.document.outline import Node
    from extractor.tasks.scope import Scope, Setting

LONGEST_UNIT_HEADING = 400


def leaf(node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    """The tasks of a node with nothing under it."""
    text = node.line.text
    if node.line.rank <= ROMAN and not text.rstrip().endswith((".", ";")):
        return
    if directive.is_formula(text) or node.line.announces or is_unit_heading(text) or is_title(node):
        return
    if scope.kind in WITHOUT_TASKS and not (scope.kind == "scope" and _takes_responsibility(text, setting)):
        return
    if not scope.sectioned and node.line.rank == UNLABELLED and directive.is_basis(text):
        return
    colon = unit_before_colon(node, setting)
    if colon and node.line.rank <= LETTER:
        yield from with_unit(colon, node, setting, scope)
        return
    yield from item(node.line.span, node, setting, scope)


def is_title(node: Node) -> bool:
    """A line in the middle of the page without a mark at its end, such as the title of an issued plan."""
    line = node.line
    return line.centered and line.rank == UNLABELLED and not line.text.rstrip().endswith((".", ";"))


def _takes_responsibility(text: str, setting: Setting) -> bool:
    """A duty among descriptions: "Ủy ban nhân dân các xã chịu trách nhiệm chuẩn bị hội trường"."""
    return names_unit(text, setting) and "trách nhiệm" in text


def unit_before_colon(node: Node, setting: Setting) -> tuple[tuple[UnitMention, ...], Span] | None:
    """Units and the rest of a line "Sở Y tế: thực hiện …"; None where no unit stands before the colon."""
    text, place = node.line.text, node.line.span
    head, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(head) > LONGEST_UNIT_HEADING:
        return None
    named = unit_heading(head)
    if not named or _names_members(text, len(head), setting):
        return None
    start = place.start + len(head) + 1 + len(rest) - len(rest.lstrip())
    return tuple(moved(unit, place.block, place.start) for unit in named), Span(place.block, start, place.end)


def _names_members(text: str, colon: int, setting: Setting) -> bool:
    """Whether the colon only opens the names of a class: "Riêng các sở: Tài chính, Xây dựng báo cáo …"."""
    roles = roles_of(text, setting.context.declared)
    spans = [unit.span for unit in roles.lead if unit.span]
    return roles.lead_source in ("subject", "giao") and len(spans) > 1 and all(span.start >= colon for span in spans)


def with_unit(
    found: tuple[tuple[UnitMention, ...], Span], node: Node, setting: Setting, scope: Scope
) -> Iterator[Work]:
    """The tasks of what stands after "Sở Y tế:", led by it."""
    lead, rest = found
    heading = node.line.heading.partition(":")[0]
    below = scope.under(heading, None).led_by(lead, (), "lead_inherited_from_heading")
    yield from item(rest, node, setting, replace(below, under_unit=True, deadlines=()))


def item(span: Span, node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    """The tasks of one paragraph or bullet."""
    text = words(setting.blocks, span)
    ending = assignment.closing_bracket(text) or assignment.trailing(text)
    given = [] if ending is None else [
        (p.role, Span(span.block, span.start + p.start, span.start + p.end)) for p in ending[0] if p.end > p.start
    ]  # fmt: skip
    if ending is not None:
        text = text[: ending[1]].rstrip(" ;,-–")
        yield from _with_given(Span(span.block, span.start, span.start + len(text)), given, setting, scope)
        return
    skip = _first_duty(text, setting) if scope.kind == "funding" else 0
    if skip is None:
        return
    leader: tuple[UnitMention, ...] = ()
    colon = unit_before_colon(node, setting) if node.line.rank > LETTER and span == node.line.span else None
    if colon:
        leader = colon[0]
    ranges = clauses.split(text[skip:], _questions(setting))
    drawn = False
    for start, end in ranges:
        part = Span(span.block, span.start + skip + start, span.start + skip + end)
        told = words(setting.blocks, part)
        if not _counts(told, node, setting, scope, bool(leader)) and not (drawn and clauses.stands_alone(told)):
            continue
        drawn = True
        reasons = ["split_from_item"] * (len(ranges) > 1) + ["like_its_siblings"] * scope.among_tasks
        work = Work([part], scope.path, reasons=reasons)
        place = scope.led_by(leader, (), "lead_inherited_from_heading") if leader else scope
        from_prose(work, part, setting, place if place.lead else addressed(place, setting))
        leader = leader or (work.lead if len(ranges) > 1 else ())
        yield work


def _with_given(span: Span, given: list[tuple[str, Span]], setting: Setting, scope: Scope) -> Iterator[Work]:
    """One task with the assignments that stand at its end."""
    if span.end <= span.start:
        return
    work = Work([span], scope.path)
    named = any(role == "lead" for role, _ in given)
    assign(work, given, setting, scope if not named else replace(scope, lead=(), deadlines=()))
    if not named or not work.deadlines:
        prose = Work([span], scope.path)
        from_prose(prose, span, setting, scope)
        work.lead = work.lead or prose.lead
        work.support = work.support if named else without_repeats((*work.support, *prose.support))
        if not work.deadlines and prose.deadlines:
            work.deadlines = prose.deadlines
            work.reasons.append("deadline_from_prose")
    yield work


def addressed(scope: Scope, setting: Setting) -> Scope:
    """*scope* led by the addressees of the letter where nobody else leads (rule 7)."""
    if setting.addressees and setting.letter:
        return scope.led_by(setting.addressees, (), "lead_inherited_from_addressees")
    return scope


# "…; Giám đốc Sở Y tế làm Phó Trưởng ban": who sits in a body, no work of his
# "…; mỗi xã có ít nhất 01 mô hình": how much, of the same work
_EACH_HAS = re.compile(r"(?:mỗi|từng) [^;]{2,80}\b(?:ít nhất|tối thiểu|từ|có|\d)", re.IGNORECASE)
_SEATED = re.compile(r"\blàm (?:phó |đồng )?(?:trưởng|tổ trưởng|tổ phó|chủ tịch|thành viên|ủy viên)\b", re.IGNORECASE)


def subject(clause: str, setting: Setting) -> str | None:
    """The name of the unit that a clause is about, if it opens with one or gives it work."""
    roles = roles_of(clause, setting.context.declared)
    if roles.lead_source == "subject" and (_SEATED.search(clause) or _EACH_HAS.match(clause)):
        return None
    return roles.lead[0].name if roles.lead and roles.lead_source in ("subject", "giao") else None


def names_unit(clause: str, setting: Setting) -> bool:
    """Whether a clause opens with a unit as its subject, or gives one work."""
    return roles_of(clause, setting.context.declared).lead_source in ("subject", "giao")


def _questions(setting: Setting) -> clauses.Questions:
    return clauses.Questions(
        lambda clause: subject(clause, setting),
        lambda clause: _ends_with_object(clause, setting),
        lambda clause: _dated(clause, setting),
    )


_DONE_TO = re.compile(
    r"\b(?:hướng dẫn|chỉ đạo|đôn đốc|yêu cầu|đề nghị|giao|phối hợp(?: với)?|cùng(?: với)?|gồm|đối với|tại|cho|hỗ trợ"
    r"|của)\s+(?:các\s+)?$",
    re.IGNORECASE,
)


def _ends_with_object(clause: str, setting: Setting) -> bool:
    found = units.find(clause, declared=setting.context.declared)
    last = found[-1].span if found else None
    return bool(last and last.end >= len(clause.rstrip(" .,")) and _DONE_TO.search(clause[: last.start]))


def _dated(clause: str, setting: Setting) -> bool:
    return bool(mentions_in(clause, setting.context, "deadlines"))


def _first_duty(text: str, setting: Setting) -> int | None:
    """Where the first sentence begins that directs a unit, in a paragraph about money; None if none does."""
    for start, end in sentences(text):
        sentence = text[start:end]
        if names_unit(sentence, setting) and not directive.is_background(sentence):
            return start
    return None


def _counts(text: str, node: Node, setting: Setting, scope: Scope, continued: bool) -> bool:
    """Whether the paragraph, bullet or clause *text* is a task."""
    if directive.is_background(text) or directive.is_conditional(text):
        return False
    if directive.is_umbrella(text) and not _dated(text, setting):
        return False
    if directive.is_prohibition(text):
        return scope.under_unit
    named = names_unit(text, setting)
    if scope.under_unit or continued:
        labelled = node.line.rank != UNLABELLED
        return named or labelled or directive.is_directive(text) or text.rstrip().endswith((".", ";", "…"))
    if not scope.sectioned and setting.outlined and node.line.rank == UNLABELLED:
        # Before the first section only an order counts ("Giao Sở Y tế …"), not who met whom.
        return setting.letter and roles_of(text, setting.context.declared).lead_source == "giao"
    if scope.among_tasks and not directive.tells_of_what_was_done(text) and not directive.agrees(text):
        return True
    return named or directive.is_directive(text)
