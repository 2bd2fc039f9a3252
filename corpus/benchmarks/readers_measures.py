"""How near a reading comes to the same document's truth: characters, cells, tasks.

In: texts, blocks or tasks of both. Out: counts, to be added up over documents.

>>> error_rate("Sở Y tế", "Sở Y té")
(1, 7)
"""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block, TaskDraft

_SAME = 0.75  # share of the longer text that two texts of one task have in common


def error_rate(truth: str, found: str) -> tuple[int, int]:
    """Characters that are to be changed, put in or taken out to make *found* of *truth*; characters of *truth*.

    Words that stand elsewhere are no error, because the columns of a letterhead may be read in either order.
    """
    left, right = truth.split(), found.split()
    lost: list[str] = []
    added: list[str] = []
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            lost += left[a0:a1]
            added += right[b0:b1]
    moved = Counter(lost) & Counter(added)
    return _distance(" ".join(_without(lost, moved)), " ".join(_without(added, moved))), len(truth)


def _without(words: list[str], moved: Counter[str]) -> list[str]:
    """The words less those in *moved*, as often as they are there."""
    left = Counter(moved)
    kept = []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
        else:
            kept.append(word)
    return kept


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, 1):
        before, row[0] = row[0], at
        for column, also in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (character != also))
    return row[-1]


def cells_right(truth: Sequence[Block], found: Sequence[Block]) -> tuple[int, int]:
    """Filled cells of the ruled tables of *truth* that stand in *found* in the same row and column, and their number.

    Tables are taken in their order, those without a counterpart in size left out; a space more or less is no error.
    """
    tables, others = _tables(truth), _tables(found)
    right = total = 0
    for cells in tables:
        total += len(cells)
        best = max(others, key=lambda other: len(cells & other), default=Counter())
        right += (cells & best).total()
    return right, total


def _tables(blocks: Sequence[Block]) -> list[Counter[tuple[int, int, str]]]:
    """(row, column, text) of the filled cells of each table of more than two columns: others are letterheads."""
    found: dict[int, Counter[tuple[int, int, str]]] = {}
    for block in blocks:
        if (cell := block.place.cell) is not None and block.text.strip():
            key = (cell.row, cell.column, "".join(f"{block.label}{block.text}".split()))
            found.setdefault(cell.table, Counter())[key] += 1
    return [cells for cells in found.values() if max(column for _, column, _ in cells) > 1]


def task_f1(truth: Sequence[TaskDraft], found: Sequence[TaskDraft]) -> dict[str, int]:
    """Tasks of the .docx, tasks found, and those with nearly the same words and the same day."""
    rest = list(found)
    right = 0
    for task in truth:
        same = next((other for other in rest if _is_same(task, other)), None)
        if same is not None:
            rest.remove(same)
            right += 1
    return {"gold": len(truth), "found": len(found), "right": right}


def _is_same(task: TaskDraft, other: TaskDraft) -> bool:
    """Whether two drafts are one task: nearly the same words, and the same day."""
    if (task.deadline and task.deadline.due) != (other.deadline and other.deadline.due):
        return False
    return difflib.SequenceMatcher(None, fold(task.text), fold(other.text), autojunk=False).ratio() >= _SAME
