"""Outline and tables → the document's tasks and targets, in body order.

In: the body's outline and tables, and the document's setting. Out: `TaskDraft`s, `Target`s and `Problem`s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document.headings import section_kind
from extractor.document.lines import UNLABELLED
from extractor.mentions.frame import unit_heading
from extractor.tasks import doubts, doubts_days, doubts_held, doubts_units, goals, handed, prose, rows
from extractor.tasks.draft import finish, words
from extractor.tasks.scope import Scope, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.model import Problem, Target, TaskDraft
    from extractor.tasks.draft import Work


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything found in the body of one document."""

    tasks: tuple[TaskDraft, ...]
    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]


def gather(nodes: Sequence[Node], tables: Sequence[Table], setting: Setting) -> Gathered:
    """The tasks, targets and problems of the body."""
    found = list(prose.works(nodes, setting, Scope()))
    problems: list[Problem] = []
    assigning = [table for table in tables if table.assigns and not table.sets_targets]
    for table in assigning:
        found += rows.works(table, setting, _scope_at(table, nodes, setting))
        problems += rows.problems(table)
    found = [work for work in found if work.parts and not _announces(work, assigning, setting)]
    found.sort(key=lambda work: (work.parts[0].block, work.parts[0].start))
    doubts_held.mark(found, setting)
    doubts_days.mark(found, tables, setting)
    doubts_units.mark(found, setting)
    doubts.mark(nodes, found)
    drafts = tuple(finish(work, number, setting.blocks) for number, work in enumerate(found, 1))
    targets = goals.found_in(nodes, tables, drafts, setting)
    return Gathered(
        drafts,
        targets,
        (*problems, *doubts.unread_days(found, setting), *doubts.problems(nodes, tables, found, setting)),
    )


# "… theo biểu dưới đây": what is to be done stands in the table; not "báo cáo theo biểu dưới đây", which fills a form.
_POINTS_AT_TABLE = re.compile(
    r"(?!.*\b(?:báo cáo kết quả|thống kê|tổng hợp|gửi|điền|cung cấp|kê khai|đăng ký)\b).*"
    r"(?:theo|tại|trong|như|ở|có) (?:các )?(?:biểu|bảng|phụ lục|danh mục)(?: [\w.]+){0,5}? "
    r"(?:dưới đây|sau đây|sau)[\s.:;/)]*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE = 20  # words of a table's title


def _announces(work: Work, assigning: Sequence[Table], setting: Setting) -> bool:
    """Whether *work* is only the title of a table of tasks, or a sentence that points at one ("theo biểu dưới đây")."""
    if not assigning:
        return False
    text = words(setting.blocks, work.parts[-1])
    if len(work.parts) == 1 and _POINTS_AT_TABLE.fullmatch(text):
        return True
    if work.lead or work.deadlines or (len(work.parts) > 1 and not text.rstrip().endswith(":")):
        return False
    after = work.parts[-1].block + 1
    while after < len(setting.blocks) and not setting.blocks[after].text.strip():
        after += 1
    above = any(table.first_block == after for table in assigning)
    return above and len(text.split()) <= _LONGEST_TITLE and not text.rstrip().endswith((".", ";"))


def _scope_at(table: Table, nodes: Iterable[Node], setting: Setting) -> Scope:
    """The headings that stand above *table*; one that is a unit leads its rows, where no column names others."""
    block = table.first_block
    named = {"lead", "mixed"} & set(table.roles.values())
    path: list[Node] = []
    for node in nodes:
        if node.line.span.block > block:
            break
        path = _path_before(node, block)
    scope = Scope()
    for node in path:
        if node.rank != UNLABELLED or node.children:
            scope = scope.under(node.line.heading, section_kind(node.line.text))
            units = () if named else unit_heading(node.line.text)
            scope = handed.down(node, units, setting, scope) if units else scope
    return scope


def _path_before(node: Node, block: int) -> list[Node]:
    """From *node* down to the last line before *block*."""
    before = [child for child in node.children if child.line.span.block < block]
    return [node, *_path_before(before[-1], block)] if before else [node]
