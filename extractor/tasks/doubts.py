"""What became no task and yet may be one, each told to the clerk as a `Problem` at its words.

In: outline, tables, the works that were found, the document's setting. Out: `Problem`s of the stage "tasks".

Example: among four bullets that are tasks "- Bình tuyển đàn đực giống, thay thế giống thoái hóa." became none:
“Có thể sót nhiệm vụ: “Bình tuyển đàn đực giống, …”: các mục cùng cấp là nhiệm vụ.” Lines that follow each other are
told of once: “… và 2 dòng tiếp theo …”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import WITHOUT_TASKS, section_kind
from extractor.document.lines import UNLABELLED
from extractor.mentions.frame import is_unit_heading, mentions_in
from extractor.model import Problem
from extractor.tasks import directive, doubts_held, doubts_tables
from extractor.tasks.doubts_days import is_like_assignment
from extractor.tasks.items import is_title, names_unit
from extractor.text import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.model import Span
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Setting

_CUE = re.compile(r"\bchủ trì\b", re.IGNORECASE)
_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị)\b")
_UNREAD = frozenset({"deadline_not_understood", "deadline_impossible_date"})
_DUTIES = frozenset({"tasks", "organisation"})
_SHORTEST = 4  # syllables: less is a name or a remark
_SENTENCE = 12  # syllables: a heading of so many says something
_SHOWN = 80
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands.

    Attributes:
        kind: of its section.
        among_tasks: half of its labelled siblings are tasks.
        sectioned: it is below a heading.
        duties: what stands there is mostly work: below a heading of duties, or of a unit.
    """

    kind: str | None = None
    among_tasks: bool = False
    sectioned: bool = False
    duties: bool = False


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A line that may be a task, and why; `more` lines that follow it may be, too."""

    text: str
    reason: str
    block: int
    more: int = 0


def mark(nodes: Sequence[Node], found: Sequence[Work]) -> None:
    """Gives works under whose items assignment lines stand that may be for a whole group their reason."""
    works = {(part.block, part.start): work for work in found for part in work.parts[:1]}
    for group in _groups(nodes, _parts(found)):
        last = group[-1].line.span
        if (last.block, last.start) in works:
            works[last.block, last.start].reasons.append("deadline_may_be_of_group")


def problems(
    nodes: Sequence[Node], tables: Sequence[Table], found: Sequence[Work], setting: Setting
) -> Iterator[Problem]:
    """The doubts about the body, in its order: first prose and lists, then tables, then tasks that may be several."""
    parts = _parts(found)
    doubts = (*_joined(_doubts(nodes, _Place(), parts, setting)), *map(_of_group, _groups(nodes, parts)))
    told = [*(_problem(doubt, setting) for doubt in doubts), *doubts_tables.problems(tables, parts.keys(), setting)]
    yield from told
    yield from doubts_held.problems(found, setting)
    if not found and not told and (nodes or tables):
        what = "Không thấy nhiệm vụ nào; nếu văn bản có giao việc, hãy xem lại toàn văn."
        yield Problem("tasks", "no_task_found", "medium", what)


def _parts(found: Iterable[Work]) -> dict[int, list[Span]]:
    """Block → what works take of it."""
    parts: dict[int, list[Span]] = {}
    for work in found:
        for part in work.parts:
            parts.setdefault(part.block, []).append(part)
    return parts


def unread_days(found: Iterable[Work], setting: Setting) -> Iterator[Problem]:
    """Deadlines that are written and not understood ("trước ngày 99/99/9999"): there is none, or one without a day."""
    for work in found:
        reasons = {*work.reasons, *(reason for deadline in work.deadlines for reason in deadline.reasons)}
        if work.parts and _UNREAD & reasons:
            told = "Không hiểu thời hạn của nhiệm vụ “{}”; hãy xem lại."
            yield doubts_held.about(work, "deadline_not_understood", "high", told, setting)


def _doubts(nodes: Sequence[Node], above: _Place, parts: dict[int, list[Span]], setting: Setting) -> Iterator[_Doubt]:
    """The lines that no task uses and that may be one: those with nothing under them, and sentences before others."""
    listed = [node for node in nodes if not node.children and node.line.rank != UNLABELLED]
    taken = sum(_is_used(node, parts) for node in listed)
    for node in nodes:
        among = node in listed and taken >= max(1, len(listed) * _HALF)
        if _is_used(node, parts):
            left = _left_over(node, parts, setting)
            if left:
                yield _Doubt(left, "chỉ một phần của dòng thành nhiệm vụ", node.line.span.block)
        else:
            place = replace(above, among_tasks=among)
            reason = _reason(node, place, setting) if _is_item(node) else _reason_of_heading(node, place, parts)
            reason = reason or _reason_of_announcing(node, nodes, place, parts, setting)
            if reason:
                yield _Doubt(node.line.text, reason, node.line.span.block)
        if node.children:
            yield from _doubts(node.children, _below(node, above), parts, setting)


def _groups(nodes: Sequence[Node], parts: dict[int, list[Span]]) -> Iterator[list[Node]]:
    """Items that are tasks of their own, assignment lines under the last alone: they may be for all of them."""
    listed = [node for node in nodes if not node.children and node.line.rank != UNLABELLED]
    assigned = [number for number, node in enumerate(listed) if node.assignments]
    if len(assigned) == 1 and assigned[0] > 0 and all(_is_used(node, parts) for node in listed[: assigned[0]]):
        yield listed[: assigned[0] + 1]
    for node in nodes:
        yield from _groups(node.children, parts)


def _of_group(group: Sequence[Node]) -> _Doubt:
    first, last = group[0].line, group[-1].line.span
    return _Doubt(
        first.text,
        "dòng phân công dưới mục cuối có thể là của cả nhóm",
        first.span.block,
        last.block - first.span.block,
    )


def _is_used(node: Node, parts: dict[int, list[Span]]) -> bool:
    span = node.line.span
    return any(part.start < span.end and span.start < part.end for part in parts.get(span.block, ()))


def _left_over(node: Node, parts: dict[int, list[Span]], setting: Setting) -> str:
    """The words at the end or the beginning of a line that no task took, if they may be one; "" if not."""
    span = node.line.span
    taken = [part for part in parts[span.block] if part.start < span.end and span.start < part.end]
    text = setting.blocks[span.block].text
    last = max(part.end for part in taken)
    for left in (text[span.start : min(part.start for part in taken)], text[last : span.end]):
        words_left = left.strip(" .;,:-–/")
        if len(words_left.split()) >= _SENTENCE and not _is_idle(words_left) and not assignment.trailing(text):
            return words_left
    return ""


def _is_item(node: Node) -> bool:
    """A line with nothing under it, or one that says more than a heading does."""
    text = node.line.text.rstrip()
    if not node.children or doubts_held.runs_in(text):
        return True
    return len(text.split()) >= _SENTENCE and text.endswith((".", ";")) and not node.line.announces


def _reason_of_heading(node: Node, place: _Place, parts: dict[int, list[Span]]) -> str | None:
    """Why a line that heads others may be a task: what stands under it seems to assign it, or none of it is a task."""
    text = node.line.text
    if place.kind in WITHOUT_TASKS or section_kind(text) is not None or _is_no_item(node) or _is_idle(text):
        return None
    if any(is_like_assignment(child.line.text) for child in node.children):
        return "dưới mục này có dòng giống dòng phân công"
    if node.children[0].line.text[:1].islower() and not text.rstrip().endswith((".", ";", ":")):
        return "câu có thể bị ngắt sang dòng sau"
    silent = not any(_is_used(below, parts) for below in node.walk())
    return "không dòng nào của mục này thành nhiệm vụ" if silent and directive.begins_with_known_verb(text) else None


def _reason_of_announcing(
    node: Node, nodes: Sequence[Node], place: _Place, parts: dict[int, list[Span]], setting: Setting
) -> str | None:
    """Why "Giao Sở Y tế thực hiện các việc sau:" may have lost its works: none stands under it or after it."""
    if not node.line.announces or node.children or place.kind in WITHOUT_TASKS:
        return None
    following = nodes[nodes.index(node) + 1 :]
    if any(_is_used(below, parts) for other in following for below in other.walk()):
        return None
    return "sau dấu hai chấm không có việc nào" if names_unit(node.line.text, setting) else None


def _below(node: Node, above: _Place) -> _Place:
    kind = section_kind(node.line.text)
    duties = kind in _DUTIES or is_unit_heading(node.line.text) or (above.duties and kind is None)
    return _Place(kind or above.kind, sectioned=True, duties=duties)


def _reason(node: Node, place: _Place, setting: Setting) -> str | None:
    """Why the line may be a task after all; None where nothing speaks for it."""
    text = node.line.text
    if _is_no_item(node) or (setting.outlined and not place.sectioned and node.line.rank == UNLABELLED):
        return None
    if _CUE.search(text) and not _BASIS.match(text):
        return "có “chủ trì”"
    if _is_idle(text):
        speaks = directive.verb_after_clause(text) and (place.among_tasks or _dated(text, setting))
        return "có động từ giao việc" if speaks and not directive.is_conditional(text) else None
    if node.assignments:
        return "có dòng phân công"
    if place.kind in WITHOUT_TASKS:
        return "nêu đơn vị và thời hạn" if names_unit(text, setting) and _dated(text, setting) else None
    if place.among_tasks:
        return "các mục cùng cấp là nhiệm vụ"
    if place.duties and (node.line.rank != UNLABELLED or text.rstrip().endswith((".", ";"))):
        return "nằm trong phần giao việc"
    if names_unit(text, setting):
        return "nêu đơn vị thực hiện"
    if (place.sectioned or node.line.rank != UNLABELLED) and _dated(text, setting):
        return "có thời hạn"
    return None


def _is_idle(text: str) -> bool:
    """Whether *text* tells of the past, describes, names a condition or what the document rests on."""
    return (
        directive.tells_of_what_was_done(text)
        or directive.is_background(text)
        or directive.is_conditional(text)
        or directive.is_basis(text)
        or directive.is_umbrella(text)
    )


def _is_no_item(node: Node) -> bool:
    text = node.line.text
    return (
        len(text.split()) < _SHORTEST
        or node.line.announces
        or is_title(node)
        or directive.is_formula(text)
        or is_unit_heading(text)
        or bool(assignment.whole_line(text))
    )


def _dated(text: str, setting: Setting) -> bool:
    return bool(mentions_in(text, setting.context, "deadlines"))


def _joined(doubts: Iterable[_Doubt]) -> Iterator[_Doubt]:
    """Doubts of one kind about lines that follow each other as one."""
    held: _Doubt | None = None
    for doubt in doubts:
        if held and held.reason == doubt.reason and doubt.block == held.block + held.more + 1:
            held = replace(held, more=held.more + 1)
            continue
        if held:
            yield held
        held = doubt
    if held:
        yield held


def _problem(doubt: _Doubt, setting: Setting) -> Problem:
    shown = f"“{title(doubt.text, _SHOWN)}”" + (f" và {doubt.more} dòng tiếp theo" if doubt.more else "")
    return Problem(
        "tasks", "task_may_be_missed", "medium", f"Có thể sót nhiệm vụ: {shown}: {doubt.reason}.",
        page=setting.blocks[doubt.block].place.page, block=doubt.block,
    )  # fmt: skip
