"""What became no task and yet may be one, each told to the clerk as a `Problem` at its words.

In: outline, tables, the works that were found, the document's setting. Out: `Problem`s of the stage "tasks".

Example: among four bullets that are tasks "- Bình tuyển đàn đực giống, thay thế giống thoái hóa." became none:
“Có thể sót nhiệm vụ: “Bình tuyển đàn đực giống, …”: các mục cùng cấp là nhiệm vụ.”
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import WITHOUT_TASKS, section_kind
from extractor.document.lines import UNLABELLED
from extractor.mentions.frame import is_unit_heading, mentions_in
from extractor.model import Problem
from extractor.tasks import directive
from extractor.tasks.draft import words
from extractor.tasks.items import is_title, names_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Setting

_CUE = re.compile(r"\bchủ trì\b", re.IGNORECASE)
_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị)\b")
_UNREAD = frozenset({"deadline_not_understood", "deadline_impossible_date"})
_SHORTEST = 4  # syllables: less is a name or a remark
_SHOWN = 80
_ROWS = 2  # rows at least of a table that is told of
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a leaf stands: its section's kind, whether half of its labelled siblings are tasks, whether it has one."""

    kind: str | None
    among_tasks: bool
    sectioned: bool


def problems(
    nodes: Sequence[Node], tables: Sequence[Table], found: Iterable[Work], setting: Setting
) -> Iterator[Problem]:
    """The doubts about the body, in its order: first prose and lists, then tables."""
    used = {part.block for work in found for part in work.parts}
    for node, place in _leaves(nodes, None, used, False):
        reason = _reason(node, place, setting)
        if reason:
            yield _problem(node.line.text, reason, node.line.span.block, setting)
    for table in tables:
        yield from _of_table(table, used, setting)


def unread_days(found: Iterable[Work], setting: Setting) -> Iterator[Problem]:
    """Deadlines that are written and not understood ("trước ngày 99/99/9999"): there is none, or one without a day."""
    for work in found:
        reasons = {*work.reasons, *(reason for deadline in work.deadlines for reason in deadline.reasons)}
        if work.parts and _UNREAD & reasons:
            first = work.parts[0]
            line = " ".join(words(setting.blocks, first).split())[:_SHOWN]
            yield Problem(
                "tasks", "deadline_not_understood", "high",
                f"Không hiểu thời hạn của nhiệm vụ “{line}”; hãy xem lại.",
                page=setting.blocks[first.block].place.page, block=first.block,
            )  # fmt: skip


def _leaves(nodes: Sequence[Node], kind: str | None, used: set[int], sectioned: bool) -> Iterator[tuple[Node, _Place]]:
    """The lines without anything under them that no task uses."""
    listed = [node for node in nodes if not node.children and node.line.rank != UNLABELLED]
    taken = sum(node.line.span.block in used for node in listed)
    for node in nodes:
        if node.children:
            yield from _leaves(node.children, section_kind(node.line.text) or kind, used, True)
        elif node.line.span.block not in used and not node.assignments:
            among = node in listed and taken >= max(1, len(listed) * _HALF)
            yield node, _Place(kind, among, sectioned)


def _reason(node: Node, place: _Place, setting: Setting) -> str | None:
    """Why the line may be a task after all; None where nothing speaks for it."""
    text = node.line.text
    if _is_no_item(node) or (setting.outlined and not place.sectioned and node.line.rank == UNLABELLED):
        return None
    if _CUE.search(text) and not _BASIS.match(text):
        return "có “chủ trì”"
    if (
        directive.tells_of_what_was_done(text)
        or directive.is_background(text)
        or directive.is_conditional(text)
        or directive.is_basis(text)
    ):
        return None
    if place.kind in WITHOUT_TASKS:
        return "nêu đơn vị và thời hạn" if names_unit(text, setting) and _dated(text, setting) else None
    if place.among_tasks:
        return "các mục cùng cấp là nhiệm vụ"
    if names_unit(text, setting) and not directive.is_umbrella(text):
        return "nêu đơn vị thực hiện"
    if node.line.rank != UNLABELLED and _dated(text, setting):
        return "có thời hạn"
    return None


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


def _of_table(table: Table, used: set[int], setting: Setting) -> Iterator[Problem]:
    """A whole table with units or days that no task was drawn from."""
    if table.sets_targets or table.assigns or table.blocks & used:
        return
    if len(table.rows) >= _ROWS and {"lead", "support", "deadline"} & set(table.roles.values()):
        yield Problem(
            "tasks", "table_without_tasks", "medium",
            "Bảng có cột đơn vị hoặc thời hạn nhưng không thành nhiệm vụ nào; xem lại bảng này.",
            page=setting.blocks[table.first_block].place.page, block=table.first_block,
        )  # fmt: skip


def _problem(text: str, reason: str, block: int, setting: Setting) -> Problem:
    line = " ".join(text.split())
    shown = line if len(line) <= _SHOWN else line[: line.rfind(" ", 0, _SHOWN)] + " …"
    return Problem(
        "tasks", "task_may_be_missed", "medium", f"Có thể sót nhiệm vụ: “{shown}”: {reason}.",
        page=setting.blocks[block].place.page, block=block,
    )  # fmt: skip
