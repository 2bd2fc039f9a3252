"""Which tasks of two readings are the same: by their words.

In: the words of the tasks of two versions. Out: pairs of positions; what has no like is in no pair.

Example: "Rà soát, cập nhật danh mục" and "Rà soát, bổ sung, cập nhật danh mục" are one task, changed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = 0.75
"""From this share of words in common, in the same order, two texts are one task in two wordings."""


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions in *old* and *new*, each position at most once: equal texts first, then the most alike."""
    words_old, words_new = ([re.findall(r"\w+", fold(text)) for text in texts] for texts in (old, new))
    found = list(_equal(words_old, words_new))
    left_old = sorted(set(range(len(old))) - {one for one, _ in found})
    left_new = sorted(set(range(len(new))) - {other for _, other in found})
    graded = sorted(
        ((likeness, one, other) for one in left_old for other in left_new
         if (likeness := _likeness(words_old[one], words_new[other])) >= ALIKE),
        key=lambda grade: (-grade[0], abs(grade[1] - grade[2]), grade[1:]),
    )  # fmt: skip
    for _, one, other in graded:
        if one in left_old and other in left_new:
            left_old.remove(one)
            left_new.remove(other)
            found.append((one, other))
    return sorted(found)


def _equal(old: Sequence[list[str]], new: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
    """The first text of some words is the first of the same words, the second the second."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, words in enumerate(new):
        places[tuple(words)].append(at)
    for at, words in enumerate(old):
        if places[tuple(words)]:
            yield at, places[tuple(words)].pop(0)


def _likeness(one: list[str], other: list[str]) -> float:
    """0 to 1. Words in common first, whatever their order: that is quick, and most pairs have few."""
    if not one or not other:
        return 0.0
    common = sum((Counter(one) & Counter(other)).values())
    if 2 * common / (len(one) + len(other)) < ALIKE:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
