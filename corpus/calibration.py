"""`python -m corpus.calibration`: whether confidence means what it says, and whether warnings are where they help.

In: the documents to work with in all strange ways (`corpus.strange`), the reserved ones of corpus/, those of ../shared
with gold (the blind ones left out). Out: tables in text.

Example: "0.85-0.90     212   0.874   0.858": of the tasks whose confidence lies there, 85.8 % need no edit.

A task needs no edit where the scorer finds it clean: text, lead, support and deadline right; an invented one needs one.
The weights are those of `extractor.tasks.confidence`; beside them stand weights fitted here on the strange documents,
which err as documents do that nobody has written rules for. No reserved document is in a fit: these tell what the
weights are worth. How a fit does on a document of dev that it has not seen, in any way of writing, is told by leaving
out one at a time.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from corpus.fitting import Weights, fitted
from corpus.judging import Judged, Verdict, judged, least_sure, tasks_of
from corpus.score import CORPUS, PROCESSES, RESERVED, SHARED
from corpus.strange.evidence import AS_WRITTEN, gathered
from corpus.strange.table import table
from extractor.blocks import SUFFIXES
from extractor.model import TaskDraft
from extractor.tasks.confidence import confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_BINS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.01)
_ACCEPTED = 0.8  # what intake accepts by itself, unless a setting says else


def main(argv: Sequence[str] | None = None) -> int:
    """Prints everything; exit code 2 where the scorer is missing."""
    parser = argparse.ArgumentParser(prog="python -m corpus.calibration", description="Judge confidence and warnings.")
    parser.add_argument("--seed", type=int, default=1, help="of the ways of being strange")
    args = parser.parse_args(argv)
    if not (SHARED / "gold" / "score.py").exists():
        print(
            f"corpus.calibration: {SHARED / 'gold'} is missing: put the folder shared beside the repository",
            file=sys.stderr,
        )
        return 2
    strange = gathered(args.seed)
    reserved = _verdicts(CORPUS / "documents", CORPUS / "gold", RESERVED)
    everything = [verdict for verdicts in strange.values() for verdict in verdicts]
    names = {path.stem for path in (SHARED / "gold" / "dev").glob("*.json")}
    dev = [verdict for verdict in strange[AS_WRITTEN] if verdict.doc_id in names]
    print("\n".join([*table(strange), ""]))
    for title, verdicts in (("reserved documents", reserved), ("dev", dev), ("strange documents", everything)):
        pairs = [(one.confidence, one.right) for one in tasks_of(verdicts)]
        print("\n".join([*reliability(f"{title}, weights of the product", pairs), ""]))
    print("\n".join([*reliability("dev, each left out of the fit", left_out(everything, dev)), ""]))
    print("\n".join([*aims({"reserved": reserved, "dev": dev, "strange": everything}), ""]))
    print("\n".join(suggestions(tasks_of(everything))))
    return 0


def _verdicts(documents: Path, gold: Path, names: Iterable[str]) -> list[Verdict]:
    """The verdicts on the documents *names*, in two processes."""
    wanted = set(names)
    paths = [path for path in sorted(documents.iterdir()) if path.stem in wanted and path.suffix in SUFFIXES]
    truths = [json.loads((gold / f"{path.stem}.json").read_text(encoding="utf-8")) for path in paths]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(judged, paths, truths, [SHARED / "gold"] * len(paths)))


def reliability(title: str, pairs: Sequence[tuple[float, bool]]) -> list[str]:
    """A line for each range of confidence: number of tasks, their mean confidence, the share that needs no edit."""
    lines = [title, f"{'confidence':<12}{'tasks':>7}{'said':>8}{'right':>8}"]
    for low, high in itertools.pairwise(_BINS):
        held = [pair for pair in pairs if low <= pair[0] < high]
        if held:
            said, right = (sum(column) / len(held) for column in zip(*held, strict=True))
            lines.append(f"{low:.2f}-{min(high, 1.0):.2f}   {len(held):>7}{said:>8.3f}{right:>8.3f}")
    off = sum(abs(p - right) for p, right in _means(pairs)) / max(1, len(pairs))
    lines.append(f"{'all':<12}{len(pairs):>7}{_mean([p for p, _ in pairs]):>8.3f}{_mean([r for _, r in pairs]):>8.3f}")
    return [*lines, f"mean distance of the two columns, weighted by tasks: {off:.3f}"]


def _means(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Each pair with the means of its range instead."""
    out = []
    for low, high in itertools.pairwise(_BINS):
        held = [pair for pair in pairs if low <= pair[0] < high]
        out += [(_mean([p for p, _ in held]), _mean([r for _, r in held]))] * len(held)
    return out


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def left_out(everything: Sequence[Verdict], verdicts: Sequence[Verdict]) -> list[tuple[float, bool]]:
    """Confidence and truth of the tasks of *verdicts*, each with weights fitted on *everything* but its document."""
    pairs = []
    for verdict in verdicts:
        weights = fitted(tasks_of(other for other in everything if other.doc_id != verdict.doc_id))
        pairs += [(weights.confidence(task), task.right) for task in verdict.tasks]
    return pairs


def aims(sets: dict[str, list[Verdict]]) -> list[str]:
    """The aims of the issue, each with what was reached on every set."""
    lines = [f"{'':<66}{'aim':>8}" + "".join(f"{name:>10}" for name in sets)]

    def line(title: str, aim: str, values: Sequence[str]) -> None:
        lines.append(f"{title:<66}{aim:>8}" + "".join(f"{value:>10}" for value in values))

    tasks = {name: tasks_of(verdicts) for name, verdicts in sets.items()}
    missed = {name: [under for verdict in verdicts for under in verdict.missed] for name, verdicts in sets.items()}
    right = {name: [one for one in held if one.right] for name, held in tasks.items()}
    dates = {name: [one for one in held if one.wrong_date] for name, held in tasks.items()}
    line("tasks found", "", [str(len(held)) for held in tasks.values()])
    line("of these need no edit", "", [f"{_mean([one.right for one in held]):.3f}" for held in tasks.values()])
    sure = [[one.right for one in held if one.confidence >= _ACCEPTED] for held in tasks.values()]
    line(f"need no edit, of those at {_ACCEPTED} or more", ">= 0.90", [f"{_mean(held):.3f}" for held in sure])
    line(
        "need an edit: share in the 25 % least sure", ">= 0.60", [f"{least_sure(held):.3f}" for held in tasks.values()]
    )
    line("gold tasks missed", "", [str(len(held)) for held in missed.values()])
    line("missed: share under a warning", ">= 0.80", [f"{_mean(held):.3f}" for held in missed.values()])
    line(
        "right: share under a warning",
        "<= 0.15",
        [f"{_mean([one.warned for one in held]):.3f}" for held in right.values()],
    )
    low = [[one.confidence < _ACCEPTED for one in held] for held in right.values()]
    line(f"right: share below {_ACCEPTED}", "", [f"{_mean(held):.3f}" for held in low])
    line("wrong dates", "", [str(len(held)) for held in dates.values()])
    line(
        "wrong dates without a reason", "0", [str(sum(not one.date_reasons for one in held)) for held in dates.values()]
    )
    return lines


def suggestions(tasks: Sequence[Judged]) -> list[str]:
    """Each reason: how often it was given, how many of those tasks were right, its weight now and as fitted."""
    found = fitted(tasks)
    start = confidence(_draft(()))
    lines = [f"{'reason':<36}{'tasks':>7}{'right':>8}{'now':>8}{'fitted':>8}"]
    lines.append(f"{'(start)':<36}{len(tasks):>7}{'':>8}{start:>8.2f}{found.start:>8.2f}")
    for reason in sorted({reason for task in tasks for reason in task.reasons}):
        given = [task.right for task in tasks if reason in task.reasons]
        now = 1.0 - confidence(_draft((reason,))) / start
        lines.append(f"{reason:<36}{len(given):>7}{_mean(given):>8.2f}{now:>8.2f}{_shown(found, reason)}")
    return lines


def _shown(weights: Weights, reason: str) -> str:
    value = weights.weights.get(reason)
    return f"{'-':>8}" if value is None else f"{value:>8.2f}"


def _draft(reasons: tuple[str, ...]) -> TaskDraft:
    """A task that carries nothing but *reasons*."""
    return TaskDraft("t1", "", "", reasons=reasons)


if __name__ == "__main__":
    sys.exit(main())
