"""Weights of reasons that fit what was right: confidence = start × product of (1 - weight) over the reasons given.

In: judged tasks. Out: `Weights`, those under which the tasks are most likely, held back where a reason is seldom.

Example: of the tasks with "unit_unknown" alone 78 % are right, of those without reasons 92 %: its weight is near 0.15.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpus.judging import Judged

    _Grouped = Counter[tuple[tuple[str, ...], bool]]  # reasons given, whether right → number of tasks

_SELDOM = 8  # a reason given less often has no weight of its own
_HELD_BACK = 2.0  # cost of a weight: that of so many tasks that speak against it
_ROUNDS = 60
_STEPS = 40
_GOLDEN = (math.sqrt(5) - 1) / 2
_MOST = 0.95
_STILL = 1e-3  # a weight that moves less stands still


@dataclass(frozen=True, slots=True)
class Weights:
    """The confidence of a task without reasons, and what each reason takes from it."""

    start: float
    weights: Mapping[str, float]

    def confidence(self, task: Judged) -> float:
        """The confidence of *task*, 0 to 1."""
        return self.start * math.prod(1.0 - self.weights.get(reason, 0.0) for reason in task.reasons)


def fitted(tasks: Sequence[Judged]) -> Weights:
    """The weights that fit *tasks*, found one after the other until none moves; the same for the same tasks."""
    counts = Counter(reason for task in tasks for reason in task.reasons)
    reasons = sorted(reason for reason, count in counts.items() if count >= _SELDOM)
    grouped = Counter((tuple(r for r in reasons if r in task.reasons), task.right) for task in tasks)
    start, weights = 0.9, dict.fromkeys(reasons, 0.1)
    for _ in range(_ROUNDS):
        before, first = dict(weights), start
        start = _lowest(partial(_cost, 0.0, _others(grouped, weights, 1.0, None)), 0.5, 0.995)
        for reason in reasons:
            held = _others(grouped, weights, start, reason)
            weights[reason] = 1.0 - _lowest(partial(_cost, _HELD_BACK, held), 1.0 - _MOST, 1.0)
        if max([abs(start - first), *(abs(weights[reason] - before[reason]) for reason in reasons)]) < _STILL:
            break
    return Weights(start, weights)


def _others(
    grouped: _Grouped, weights: Mapping[str, float], start: float, reason: str | None
) -> list[tuple[float, bool, int]]:
    """What all but *reason* make of each group that gives it (of each group, if None): confidence, right, number."""
    return [
        (start * math.prod(1.0 - weights[other] for other in given if other != reason), right, count)
        for (given, right), count in grouped.items()
        if reason is None or reason in given
    ]


def _cost(held_back: float, groups: Sequence[tuple[float, bool, int]], factor: float) -> float:
    """How unlikely *groups* are where the one factor that is sought is *factor* (minus the logarithm), and its cost."""
    total = held_back * (1.0 - factor) ** 2
    for others, right, count in groups:
        p = others * factor
        total -= count * math.log(max(1e-9, p if right else 1.0 - p))
    return total


def _lowest(cost: Callable[[float], float], low: float, high: float) -> float:
    """Where *cost* is lowest between *low* and *high* (golden section: one valley)."""
    for _ in range(_STEPS):
        if high - low < 1e-4:
            break
        third = (high - low) * _GOLDEN
        left, right = high - third, low + third
        if cost(left) < cost(right):
            high = right
        else:
            low = left
    return (low + high) / 2
