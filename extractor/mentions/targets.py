"""Targets (chỉ tiêu): the measurable results that a paragraph, a table cell or a row of a table of targets sets.

In: the text of one block. Out: `Target`s that point at their words.

    "Phấn đấu đến năm 2027 có tối thiểu 85% hồ sơ được số hóa"
        → 85, "%", comparator ">=", by 2027-12-31, indicator "hồ sơ được số hóa"

    target_words.py     lexicon/measures.yaml as patterns
    target_days.py      đến năm 2027, trước ngày 30/6/2026
    target_numbers.py   numbers and what they count
    target_text.py      what of a text's digits is a quantity
    target_cues.py      what governs a number, and the comparator
    target_clauses.py   where a target's words begin and end
    target_goals.py     whether a number is a goal
    target_scan.py      the numbers that are targets
    target_writing.py   … written out as `Target`s
    target_rows.py      rows of tables of targets

>>> [(t.comparator, t.value, t.unit, t.indicator) for t in find("Tổ chức 03 lớp tập huấn cho tổ công nghệ số.")]
[('=', 3.0, 'lớp', 'lớp tập huấn cho tổ công nghệ số')]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.target_rows import find_in_row
from extractor.mentions.target_scan import scan
from extractor.mentions.target_text import prepare
from extractor.mentions.target_words import quantity_text
from extractor.mentions.target_writing import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.model import Target

__all__ = ["find", "find_in_row", "told_once"]

# Most paragraphs have no number at all; the second half finds "ít nhất một lớp".
_WORTH_READING = re.compile(
    r"\d|(?i:nhất|thiểu|quá|đa)\s+(?:là |có |phải |từ )?(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s"
)


def find(
    text: str,
    *,
    block: int = 0,
    strict: bool = True,
    masked: Sequence[tuple[int, int]] = (),
    year: int | None = None,
) -> tuple[Target, ...]:
    """The targets that *text* sets.

    Args:
        text: a paragraph, cell or sentence, as in `Block.text`.
        block: index of the block, for the spans.
        strict: True for prose and tasks, where a number must be a goal; False under a heading "Mục tiêu", "Chỉ tiêu" or
            in a column of targets, where nearly every number with a measure is one.
        masked: ranges of *text* whose numbers are no targets (deadlines, references).
        year: the year of the document, for "quý I", "cả năm".

    Returns:
        One `Target` a number, in order. `by` is filled from the target's own words only; the caller fills it from
        headings and tasks. Source of the rules: gold/GUIDELINES.md, Targets.
    """
    if not _WORTH_READING.search(text):
        return ()
    prepared = prepare(text, masked, year=year)
    return told_once(write(prepared, scan(prepared, strict=strict), block), least=1.0)


def told_once(targets: Iterable[Target], *, least: float = 0.85) -> tuple[Target, ...]:
    """Without the second telling of a target ("a target said twice is one entry"); the first stays, and takes its day.

    Args:
        targets: in document order.
        least: least Dice overlap of the indicators' words, 0 to 1, for two targets with the same value, unit and
            comparator to be one; two different days always make two targets.
    """
    kept: list[Target] = []
    bags: list[Counter[str]] = []
    for target in targets:
        bag = Counter(re.findall(r"\w+", quantity_text(target.indicator)))
        for index, other in enumerate(kept):
            if _same(target, other) and _overlap(bag, bags[index]) >= least:
                kept[index] = replace(other, by=other.by or target.by)
                break
        else:
            kept.append(target)
            bags.append(bag)
    return tuple(kept)


def _same(one: Target, other: Target) -> bool:
    """Whether two targets may be one, by all but their words."""
    figures = (one.value, one.unit, one.comparator) == (other.value, other.unit, other.comparator)
    return figures and (one.by == other.by or one.by is None or other.by is None)


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """Dice overlap of two bags of words."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
