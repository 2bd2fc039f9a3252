"""How near a reading comes to the same document's truth: characters, cells, tasks.

In: texts, blocks or tasks of both. Out: counts, to be added up over documents.

>>> error_rate("Sở Y tế", "Sở Y té")
(1, 7)
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block, TaskDraft

_SAME = 0.75  # share of the longer text that two texts of one task have in common


def error_rate(truth: str, found: str) -> tuple[int, int]:
    """Characters that are to be changed, put in or taken out to make *found* of *truth*; characters of *truth*.

    Their order counts: a sentence that stands elsewhere is wrong twice, where it is missing and where it is too much.
    """
    return _distance(truth, found), len(truth)


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance, a whole column of its table at a time as the bits of one number.

    Source: H. Hyyrö, "Explaining and extending the bit-parallel approximate string matching algorithm of Myers" (2001).
    """
    if not one:
        return len(other)
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, distance = every, 0, len(one)
    for character in other:
        match = places.get(character, 0)
        level = (((match & up) + up) ^ up) | match | down
        right, left = down | (every & ~(level | up)), up & level
        distance += (right & last > 0) - (left & last > 0)
        right, left = (right << 1 | 1) & every, left << 1 & every
        match |= down
        up, down = left | (every & ~(match | right)), right & match
    return distance


def text_of(blocks: Sequence[Block], labels: bool = True) -> str:
    """The words of a document in reading order; a table of two columns, which only lays a page out, column by column.

    Args:
        blocks: of the document.
        labels: whether automatic labels ("1.", "a)") are part of the text.
    """
    parts: list[str] = []
    for _, alike in groupby(blocks, key=lambda block: block.place.cell.table if block.place.cell else -1):
        members = list(alike)
        columns = [block.place.cell.column for block in members if block.place.cell]
        if columns and max(columns) <= 1:
            members.sort(key=lambda block: block.place.cell.column if block.place.cell else 0)
        parts += [f"{block.label if labels else ''} {block.text}" for block in members]
    return " ".join(unicodedata.normalize("NFC", " ".join(parts)).split())


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
    """(row, column, text) of the filled cells of each table of more than two columns: others are letterheads.

    A cross is one whether it is an x or an X: recognition tells one from the other by nothing but its size.
    """
    found: dict[int, Counter[tuple[int, int, str]]] = {}
    for block in blocks:
        if (cell := block.place.cell) is not None and block.text.strip():
            words = "".join(f"{block.label}{block.text}".split())
            key = (cell.row, cell.column, "x" if words == "X" else words)
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
