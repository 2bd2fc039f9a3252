"""Targets of the document, each with the day it is to be reached.

In: outline, tables, the tasks found. Out: `Target`s in document order, none twice. `by` comes from the target's own
words, else the deadline of the task it stands in, else its heading ("Mục tiêu đến năm 2025").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor import periods
from extractor.document import assignment
from extractor.document.headings import section_kind
from extractor.document.lines import UNLABELLED
from extractor.mentions import targets
from extractor.mentions.frame import mentions_in
from extractor.model import Span, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.model import Block, TaskDraft
    from extractor.tasks.scope import Setting

_HORIZON = re.compile(r"(?:đến|năm|giai đoạn|quý|tháng|hết|trong|cuối)\b.*", re.IGNORECASE | re.DOTALL)
_WITHOUT_TARGETS = frozenset({"basis", "review"})
_MOST_HEADING = 300
_BARE = 5  # words of a cell that holds a number and no more of what it measures


def found_in(
    nodes: Sequence[Node], tables: Iterable[Table], tasks: Sequence[TaskDraft], setting: Setting
) -> tuple[Target, ...]:
    """All targets, in document order."""
    due = _due_by_block(tasks)
    found = [*_of_nodes(nodes, None, None, due, setting)]
    for table in tables:
        found += _of_target_table(table, setting) if table.sets_targets else _of_rows(table, due, setting)
    found.sort(key=lambda target: (target.span.block, target.span.start) if target.span else (0, 0))
    return _once(found, {c.line.span.block: id(p) for top in nodes for p in top.walk() for c in p.children})


def _once(found: Iterable[Target], parents: Mapping[int, int]) -> tuple[Target, ...]:
    """*found* without second tellings; sibling bullets set targets of their own, however alike their words.

    Args:
        found: in document order.
        parents: block of a line → the heading that it stands under.
    """
    kept: list[Target] = []
    for target in found:
        for number, other in enumerate(kept):
            told = () if _siblings(target, other, parents) else targets.told_once((other, target))
            if len(told) == 1:
                kept[number] = told[0]
                break
        else:
            kept.append(target)
    return tuple(kept)


def _siblings(one: Target, other: Target, parents: Mapping[int, int]) -> bool:
    if one.span is None or other.span is None or one.span.block == other.span.block:
        return False
    parent = parents.get(one.span.block)
    return parent is not None and parent == parents.get(other.span.block)


def _due_by_block(tasks: Sequence[TaskDraft]) -> list[tuple[Span, date | None]]:
    return [
        (proof.span, task.deadline.due if task.deadline else None)
        for task in tasks
        for proof in task.evidence
        if proof.field in ("text", "product")
    ]


def _of_nodes(
    nodes: Sequence[Node], kind: str | None, by: date | None, due: list[tuple[Span, date | None]], setting: Setting
) -> Iterator[Target]:
    for node in nodes:
        text = node.line.text
        if kind == "targets" and not node.children and node.line.rank == UNLABELLED and node.line.announces:
            by = _horizon(text, setting) or by  # "Đến năm 2030, phấn đấu đạt các chỉ tiêu sau:" and the items after it
        own = section_kind(text) if node.children and len(text) < _MOST_HEADING else None
        below = own or kind
        if below in _WITHOUT_TARGETS:
            continue
        day = _horizon(text, setting) or by if node.children and below == "targets" else by
        for line in (node.line, *(a.line for a in node.assignments if not _tells_when(a.line.text))):
            yield from _of_text(line.span, line.text, below == "targets", day, due, setting)
        yield from _of_nodes(node.children, below, day, due, setting)


def _tells_when(line: str) -> bool:
    """An assignment line of nothing but time: "Thời gian thực hiện: Mỗi năm ít nhất một lần" counts no results."""
    return {piece.role for piece in assignment.whole_line(line)} == {"deadline"}


def _of_text(
    span: Span, text: str, goals: bool, by: date | None, due: list[tuple[Span, date | None]], setting: Setting
) -> Iterator[Target]:
    if not any(character.isalpha() for character in text) and not (goals and "%" in text):
        return
    for target in mentions_in(text, replace(setting.context, goals=goals), "targets"):
        place = Span(span.block, span.start + target.span.start, span.start + target.span.end)
        yield replace(target, span=place, by=target.by or _task_day(place, due) or by)


def _task_day(place: Span, due: list[tuple[Span, date | None]]) -> date | None:
    """The deadline of the task whose words hold *place*."""
    for span, day in due:
        if span.block == place.block and span.start <= place.start < span.end:
            return day
    return None


def _horizon(heading: str, setting: Setting) -> date | None:
    """The day that a heading of targets names: "Mục tiêu cụ thể đến năm 2025" → 31/12/2025."""
    match = _HORIZON.search(heading)
    if match is None:
        return None
    dated = mentions_in(match.group(), replace(setting.context, value=True), "deadlines")
    days = [deadline.due for deadline in dated if deadline.due]
    return max(days) if days else None


def _of_rows(table: Table, due: list[tuple[Span, date | None]], setting: Setting) -> Iterator[Target]:
    """Targets in the cells of work and products of a table of assignments."""
    seen: set[int] = set()
    latest = [day for _, day in due if day]
    for row in table.rows:
        told: list[Target] = []
        for role in ("task", "product", "target"):
            block = row.cells.get(role)
            if block is None or block.index in seen:
                continue
            seen.add(block.index)
            days = _row_days(table, block, due)
            by = max(days) if days else (max(latest) if row.group and latest else None)
            span = Span(block.index, 0, len(block.text))
            here = list(_of_text(span, block.text, role != "task", by, due, setting))
            if role == "target" and "task" in row.cells and len(block.text.split()) <= _BARE:
                named = " ".join(row.cells["task"].text.split())  # "≥ 80%", "9/9 nhà" under "Chỉ tiêu"
                here = [replace(target, indicator=named) for target in here]
            # "10 mô hình" as the product of "Xây dựng 10 mô hình …" tells the same again
            yield from (target for target in here if not any(_tells_again(target, other) for other in told))
            told += here


def _tells_again(target: Target, other: Target) -> bool:
    """Whether *target*, of a product ("12 phiên"), is *other*, of the work in the same row ("12 phiên giao dịch …")."""
    if target.value != other.value or "%" in (target.unit, other.unit):
        return False
    units = sorted((f"{target.unit or ''} ", f"{other.unit or ''} "), key=len)
    return units[1].startswith(units[0])


def _row_days(table: Table, block: Block, due: list[tuple[Span, date | None]]) -> list[date]:
    """Deadlines of the rows that *block* stands in."""
    rows = [row for row in table.rows if any(other is block for other in row.columns.values())]
    works = {row.cells["task"].index for row in rows if "task" in row.cells}
    return [day for span, day in due if span.block in works and day]


def _of_target_table(table: Table, setting: Setting) -> Iterator[Target]:
    """One target a numbered row and target column; rows that only break a score down have no number.

    A column of a year before the document's own holds what has been reached.
    """
    issued = setting.context.issued
    goals = [column for column, role in table.roles.items() if role == "target"]
    past = [c for c in goals if issued and table.years.get(c, issued.year) < issued.year]
    columns = [column for column in goals if column not in past]
    for number, row in enumerate(table.rows):
        name = row.cells.get("task")
        if name is None or not (row.label or _is_indicator(table, number)):
            continue
        for column in columns:
            cell = row.columns.get(column)
            if cell is None or not cell.text.strip():
                continue
            baseline, measure = row.cells.get("baseline"), row.cells.get("measure")
            if baseline is None and past:  # "Năm 2025 | Năm 2026 | Năm 2027" in a plan of 2026
                baseline = row.columns.get(past[-1])
            target = targets.find_in_row(
                " ".join(name.text.split()), cell.text,
                baseline=baseline.text if baseline else None,
                unit=measure.text if measure else _measure_of(table, column),
            )  # fmt: skip
            if target is not None:
                by = target.by or _horizon(table.headers.get(column, ""), setting) or _year_end(table.years.get(column))
                yield replace(target, by=by, span=Span(name.index, 0, len(name.text)))


def _year_end(year: int | None) -> date | None:
    """The last day of the year that a column's header names ("Kế hoạch 2026 (%)")."""
    return periods.year(year).end if year else None


def _measure_of(table: Table, column: int) -> str | None:
    """ "điểm" where a table of scores says so in its header ("Điểm tối đa"), else what the column's header says."""
    words = " ".join(table.headers.values()).lower()
    return "điểm" if "điểm" in words else ("%" if "%" in table.headers.get(column, "") else None)


def _is_indicator(table: Table, number: int) -> bool:
    """An unnumbered row under a numbered heading that has no number itself is an indicator of its own."""
    for row in reversed(table.rows[:number]):
        if row.label:
            return not any(
                row.columns[c].text.strip() for c, role in table.roles.items() if role == "target" and c in row.columns
            )
    return True
