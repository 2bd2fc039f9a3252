"""Outline and tables → the document's tasks and targets, in body order.

In: the body's outline and tables, and the document's setting. Out: `TaskDraft`s, `Target`s and `Problem`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document.headings import section_kind
from extractor.document.lines import UNLABELLED
from extractor.tasks import doubts, goals, prose, rows
from extractor.tasks.draft import finish
from extractor.tasks.scope import Scope, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.model import Problem, Target, TaskDraft


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
    for table in tables:
        if table.sets_targets or not table.assigns:
            continue
        found += rows.works(table, setting, _scope_at(table.first_block, nodes))
        problems += rows.problems(table)
    found = [work for work in found if work.parts]
    found.sort(key=lambda work: (work.parts[0].block, work.parts[0].start))
    drafts = tuple(finish(work, number, setting.blocks) for number, work in enumerate(found, 1))
    targets = goals.found_in(nodes, tables, drafts, setting)
    return Gathered(
        drafts,
        targets,
        (*problems, *doubts.unread_days(found, setting), *doubts.problems(nodes, tables, found, setting)),
    )


def _scope_at(block: int, nodes: Iterable[Node]) -> Scope:
    """The headings that stand above the table that begins at *block*."""
    path: list[Node] = []
    for node in nodes:
        if node.line.span.block > block:
            break
        path = _path_before(node, block)
    scope = Scope()
    for node in path:
        if node.rank != UNLABELLED or node.children:
            scope = scope.under(node.line.heading, section_kind(node.line.text))
    return scope


def _path_before(node: Node, block: int) -> list[Node]:
    """From *node* down to the last line before *block*."""
    before = [child for child in node.children if child.line.span.block < block]
    return [node, *_path_before(before[-1], block)] if before else [node]
