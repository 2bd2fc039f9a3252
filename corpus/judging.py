"""What a clerk would say of each task of one extraction, and of what it missed.

In: a document and its gold. Out: a `Verdict`: for each task found whether it needs no edit, whether a warning lies on
it, and what is wrong with its date; for each gold task missed whether a warning lies where its words are.

Example: a row that became no task in a table with the problem `number_gap` is missed under a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.score import load_scorer
from extractor.errors import ExtractionError
from extractor.exchange import to_json
from extractor.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from extractor.model import Block, Extraction, Problem, TaskDraft

_DATE_REASONS = ("deadline", "issue_date", "several_deadlines", "school_year", "recurrence")
_TASK_REASONS = frozenset(
    {
        "text_begins_within_sentence",
        "text_like_assignment",
        "text_like_heading",
        "roles_by_content",
        "may_hold_several",
        "like_its_siblings",
        "group_of_items",
    }
)
_OF_TABLES = frozenset({"column_not_understood", "table_without_tasks", "table_read_by_content"})
_MORE = re.compile(r"và (\d+) dòng tiếp theo")
_LEAST_SURE = 0.25
_WORDS = 3  # of a line that can be told from others
_HELD = 0.6  # least share of a gold task's words that a block holds


@dataclass(frozen=True, slots=True)
class Judged:
    """One task that was found.

    Attributes:
        confidence: as the extraction says.
        reasons: named in it.
        right: needs no edit.
        warned: a problem lies on its words.
        wrong_date: it has a deadline and that is not the gold's, or the task is invented and has one.
        date_reasons: at least one of the reasons speaks of the deadline, or, of an invented task, of the whole of it.
    """

    confidence: float
    reasons: frozenset[str]
    right: bool
    warned: bool
    wrong_date: bool
    date_reasons: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One document: the tasks found, and for each gold task missed whether it lies under a warning."""

    doc_id: str
    tasks: tuple[Judged, ...]
    missed: tuple[bool, ...]


def judged(path: Path, gold: Mapping[str, Any], gold_root: Path) -> Verdict:
    """The verdict on the document at *path*; of one that cannot be read all is missed, and under a warning."""
    try:
        extraction = extract(path)
    except ExtractionError:
        return Verdict(path.stem, (), tuple(True for _ in gold["tasks"]))
    return verdict(extraction, gold, _scorer(gold_root))


@cache
def _scorer(gold_root: Path) -> ModuleType:
    return load_scorer(gold_root)


def verdict(extraction: Extraction, gold: Mapping[str, Any], scorer: ModuleType) -> Verdict:
    """The verdict on an extraction, by the arithmetic of *scorer*."""
    found: list[dict[str, Any]] = to_json(extraction)["tasks"]  # type: ignore[assignment]
    wanted = gold["tasks"]
    pairs = dict(_pairs(wanted, found, scorer))
    gold_of = {j: wanted[i] for i, j in pairs.items()}
    tasks = tuple(
        _task(draft, shown, gold_of.get(j), extraction, scorer)
        for j, (draft, shown) in enumerate(zip(extraction.tasks, found, strict=True))
    )
    missed = (task for i, task in enumerate(wanted) if i not in pairs)
    return Verdict(extraction.doc_id, tasks, tuple(_is_warned_of(task, extraction, scorer) for task in missed))


def _pairs(wanted: Sequence[Any], found: Sequence[Any], scorer: ModuleType) -> list[tuple[int, int]]:
    """Gold tasks and found tasks that are the same, as the scorer pairs them."""
    words = [[scorer.words(task["text"]) for task in tasks] for tasks in (wanted, found)]

    def similarity(i: int, j: int) -> float:
        near: float = scorer.dice(words[0][i], words[1][j])
        if near < scorer.TASK_MATCH:
            return 0.0
        return near + 0.001 * float(scorer.match_units(wanted[i]["lead"], found[j]["lead"]))

    pairs: list[tuple[int, int]] = scorer.pair_up(range(len(wanted)), range(len(found)), similarity, scorer.TASK_MATCH)
    return pairs


def _task(
    draft: TaskDraft,
    shown: Mapping[str, Any],
    gold: Mapping[str, Any] | None,
    extraction: Extraction,
    scorer: ModuleType,
) -> Judged:
    """One found task beside the gold task that it is, if it is one."""
    key = scorer.deadline_key(shown["deadline"])
    same_date = gold is not None and key == scorer.deadline_key(gold["deadline"])
    blocks = {proof.span.block for proof in draft.evidence if proof.field == "text"}
    return Judged(
        confidence=draft.confidence,
        reasons=frozenset(draft.reasons),
        right=gold is not None and same_date and _words_and_units(gold, shown, scorer),
        warned=any(_lies_on(problem, block, extraction.blocks) for problem in extraction.problems for block in blocks),
        wrong_date=key is not None and not same_date,
        date_reasons=any(reason.startswith(_DATE_REASONS) for reason in draft.reasons)
        or bool(draft.deadline and draft.deadline.reasons)
        or (gold is None and bool(_TASK_REASONS & set(draft.reasons))),
    )


def _words_and_units(gold: Mapping[str, Any], shown: Mapping[str, Any], scorer: ModuleType) -> bool:
    """Whether text, lead and support need no edit."""
    if scorer.dice(scorer.words(gold["text"]), scorer.words(shown["text"])) < scorer.TEXT_CLEAN:
        return False
    return all(
        scorer.match_units(gold[role], shown[role]) == len(gold[role]) == len(shown[role])
        for role in ("lead", "support")
    )


def _is_warned_of(task: Mapping[str, Any], extraction: Extraction, scorer: ModuleType) -> bool:
    """Whether a problem lies on a block that holds the words of a gold task that was missed."""
    words = set(scorer.words(task["text"]))
    texts = [(block.index, set(scorer.words(block.text))) for block in extraction.blocks]
    holding = [index for index, said in texts if len(words & said) >= _HELD * max(1, len(words))]
    holding = holding or [index for index, said in texts if len(said) > _WORDS and said <= words]  # its lines, each
    holding += _first_lines(holding, extraction)
    if not holding:  # words that were not read at all: only a problem of reading can speak of them
        return any(problem.stage == "blocks" for problem in extraction.problems)
    return any(_lies_on(problem, block, extraction.blocks) for problem in extraction.problems for block in holding)


def _first_lines(blocks: Sequence[int], extraction: Extraction) -> list[int]:
    """Where the tasks begin that hold these blocks: who is told to look at a task looks at all its lines."""
    texts = [[proof.span.block for proof in task.evidence if proof.field == "text"] for task in extraction.tasks]
    return [lines[0] for lines in texts if set(lines) & set(blocks)]


def _lies_on(problem: Problem, index: int, blocks: Sequence[Block]) -> bool:
    """Whether *problem* speaks of the block *index*: it names it, one before that it goes on to, its row, its page.

    "… và 3 dòng tiếp theo": the reader looks at these too. What is said of a table holds for all its cells; the page
    alone counts where there is no block.
    """
    place = blocks[index].place
    if problem.block is None:
        return problem.page is not None and problem.page == place.page
    more = _MORE.search(problem.message)
    following = int(more[1]) if more else int(problem.kind == "number_gap")  # between a row and the next
    if problem.block <= index <= problem.block + following:
        return True
    other = blocks[problem.block].place.cell
    if place.cell is None or other is None or place.cell.table != other.table:
        return False
    return problem.kind in _OF_TABLES or other.row <= place.cell.row <= other.row + following


def tasks_of(verdicts: Iterable[Verdict]) -> list[Judged]:
    """The tasks of all documents."""
    return [task for verdict in verdicts for task in verdict.tasks]


def least_sure(tasks: Sequence[Judged]) -> float:
    """Share of the tasks that need an edit among the quarter of least confidence; ties count by their part of it."""
    wrong = sum(not task.right for task in tasks)
    left = len(tasks) * _LEAST_SURE
    caught = 0.0
    for value in sorted({task.confidence for task in tasks}):
        tied = [task for task in tasks if task.confidence == value]
        part = min(1.0, left / len(tied))
        caught += part * sum(not task.right for task in tied)
        left -= part * len(tied)
    return caught / wrong if wrong else 1.0
