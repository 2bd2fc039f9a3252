"""`nhacviec-score`: runs the extractor over a folder of documents and prints how near it comes to the gold files.

In: documents and gold, by default those of ../shared beside the repository, with `--corpus` those of corpus/. Out: the
table of ../shared/gold/score.py (its arithmetic is loaded from there, not copied), the documents that could not be
read, and with `--check` exit code 1 where a figure of the row ALL lies below corpus/baseline.json.

Example: `nhacviec-score --only tvpl-205-kh-ubnd-quang-ngai --errors 20`.

Four documents are blind: nobody reads them, so that they can tell what unknown documents will score. Their
differences are never printed and their predictions never written; they have rows of their own. Of the documents of
corpus/ a third is reserved for checking: its rows are summed apart, the gap between the two parts is printed, and its
differences only with `--reserved-errors`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.baselines import below, raised, read_baseline, write_baseline
from corpus.generator.composer.recipes import RECIPES
from corpus.generator.contents import CATALOGUE
from extractor.errors import ExtractionError
from extractor.exchange import to_json
from extractor.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "corpus"
BASELINE = CORPUS / "baseline.json"
BLIND = frozenset(
    {"gialai-kh115-ky-luat-ky-cuong", "tvpl-331-tb-vpcp-vpcp", "seed-2-brvt", "tvpl-2514-kh-ubnd-gia-lai"}
)
RESERVED = frozenset(entry.document.name for entry in CATALOGUE if entry.reserved)
COMPOSED = frozenset(recipe.name for recipe in RECIPES)
PARTS = ("tuning", "reserved")
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document: what was predicted, or why it could not be read."""

    doc_id: str
    prediction: dict[str, Any] | None
    failure: str = ""


@dataclass(slots=True)
class Scored:
    """One document's tallies (of the scorer's type) and differences."""

    doc_id: str
    tallies: dict[str, Any]
    errors: list[str] = field(default_factory=list)


def load_scorer(gold_root: Path) -> ModuleType:
    """The module `score.py` beside the gold files of ../shared.

    Raises:
        FileNotFoundError: it is not there.
    """
    path = gold_root / "score.py"
    if not path.exists():
        raise FileNotFoundError(path)
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and typing of the module look it up there
    spec.loader.exec_module(module)
    return module


def predict(path: Path) -> Outcome:
    """Extracts one document; a document that cannot be read is an outcome too."""
    try:
        return Outcome(path.stem, to_json(extract(path)))
    except ExtractionError as error:
        return Outcome(path.stem, None, f"{error.kind}: {error}")
    except Exception as error:  # a defect in one document must not hide the scores of the others
        return Outcome(path.stem, None, f"defect: {type(error).__name__}: {error}")


def predict_all(paths: Sequence[Path]) -> list[Outcome]:
    """Extracts the documents in two processes, in the order of *paths*."""
    if len(paths) < 2:
        return [predict(path) for path in paths]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(predict, paths))


def score_all(
    scorer: ModuleType,
    gold_files: Sequence[Path],
    outcomes: Mapping[str, Outcome],
    hidden: frozenset[str] = BLIND | RESERVED,
) -> list[Scored]:
    """Scores every gold file; a document without a prediction is all missed; of *hidden* ones no difference is kept."""
    rows = []
    for path in gold_files:
        gold = json.loads(path.read_text(encoding="utf-8"))
        doc_id = gold["doc_id"]
        outcome = outcomes.get(doc_id)
        prediction = outcome.prediction if outcome else None
        errors: list[str] = [] if prediction else [f"{doc_id}: no prediction"]
        tallies = scorer.score_document(gold, prediction or {}, errors)
        rows.append(Scored(doc_id, tallies, [] if doc_id in hidden else errors))
    return rows


def total(scorer: ModuleType, rows: Sequence[Scored]) -> dict[str, Any]:
    """The tallies of all *rows* added up."""
    sums = {name: scorer.Tally() for name in scorer.FIGURES}
    for row in rows:
        for name, tally in row.tallies.items():
            sums[name].add(tally.tp, tally.pred, tally.gold)
    return sums


def f1_of(tallies: Mapping[str, Any]) -> dict[str, float]:
    """F1 of each figure, 0 to 1."""
    return {name: float(tally.figures()["f1"]) for name, tally in tallies.items()}


def part_of(doc_id: str) -> str:
    """The part of the invented documents that *doc_id* belongs to."""
    return PARTS[doc_id in RESERVED]


def table(scorer: ModuleType, rows: Sequence[Scored], errors: int, blind_rows: bool) -> list[str]:
    """The lines of the score table: a row a document, the blind ones in a block of their own, parts, MEAN, ALL."""
    seen = [row for row in rows if row.doc_id not in BLIND]
    blind = [row for row in rows if row.doc_id in BLIND]
    width = max(len(row.doc_id) for row in rows) + 1
    lines = [f"{'F1':{width}}" + "".join(f"{name:>10}" for name in scorer.FIGURES)]
    for row in seen:
        lines.append(_row(row.doc_id, row.tallies, width))
        lines += [f"    {error}" for error in row.errors[:errors]]
    lines += _parts(scorer, rows, width)
    if blind:
        lines += [_row(row.doc_id, row.tallies, width) for row in blind if blind_rows]
        lines.append(_row("BLIND", total(scorer, blind), width) + f"   of {len(blind)} documents that nobody reads")
        lines.append(_row("SEEN", total(scorer, seen), width) + f"   of {len(seen)} documents")
    means = {name: _mean([row.tallies[name] for row in rows]) for name in scorer.FIGURES}
    lines.append(f"{'MEAN':{width}}" + "".join(f"{mean:>10.3f}" for mean in means.values()) + "   of the documents")
    sums = total(scorer, rows)
    lines.append(f"{'ALL':{width}}" + "".join(f"{f1:>10.3f}" for f1 in f1_of(sums).values()))
    lines.append(" " * width + "".join(f"{sums[name].gold:>10}" for name in scorer.FIGURES) + "   gold items")
    return lines


def _parts(scorer: ModuleType, rows: Sequence[Scored], width: int) -> list[str]:
    """The two parts of the invented documents, and how far the reserved one lies below; nothing if one is missing."""
    parts = {part: [row for row in rows if part_of(row.doc_id) == part] for part in PARTS}
    if not all(parts.values()):
        return []
    sums = {part: total(scorer, held) for part, held in parts.items()}
    lines = [_row(part.upper(), sums[part], width) + f"   of {len(held)} documents" for part, held in parts.items()]
    f1 = {part: f1_of(tallies) for part, tallies in sums.items()}
    written = [row for row in parts["reserved"] if row.doc_id not in COMPOSED]
    if 0 < len(written) < len(parts["reserved"]):
        # Composed documents share their phrases with each other; those written by hand tell more of unknown ones.
        lines.append(_row("WRITTEN", total(scorer, written), width) + f"   of them {len(written)} reserved, by hand")
    gaps = "".join(f"{f1['tuning'][name] - f1['reserved'][name]:>10.3f}" for name in scorer.FIGURES)
    return [*lines, f"{'GAP':{width}}{gaps}   tuning - reserved"]


def _row(title: str, tallies: Mapping[str, Any], width: int) -> str:
    figures = (f"{t.figures()['f1']:>10.3f}" if t.gold or t.pred else f"{'-':>10}" for t in tallies.values())
    return f"{title:{width}}" + "".join(figures)


def _mean(tallies: Sequence[Any]) -> float:
    """Mean F1 over the documents that have something of the kind."""
    present = [float(t.figures()["f1"]) for t in tallies if t.gold or t.pred]
    return sum(present) / len(present) if present else 0.0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nhacviec-score", description="Score the extractor against gold files.")
    parser.add_argument("--corpus", action="store_true", help="the documents of corpus/, not those of ../shared")
    parser.add_argument("--part", choices=PARTS, help="with --corpus: one part of its documents")
    parser.add_argument(
        "--reserved-errors",
        action="store_true",
        help="with --corpus --errors: also the differences of the reserved part, which is for checking only: what has "
        "been looked at can no longer tell how unknown documents score",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write the predictions as DIR/DOC_ID.json")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="up to N differences of each document")
    parser.add_argument("--only", metavar="DOC_ID", help="one document")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--blind", action="store_true", help="a row for each blind document (never its differences)")
    parser.add_argument("--check", action="store_true", help="exit code 1 where a figure is below the baseline")
    parser.add_argument("--raise-baseline", action="store_true", help="record the figures that have improved")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder with documents/ and gold/")
    parser.add_argument("--baseline", type=Path, default=BASELINE, metavar="FILE", help="recorded figures")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command: 0, or 1 where --check finds a figure too low, or 2 where there is nothing to score."""
    args = _arguments(argv)
    try:
        scorer = load_scorer(args.shared / "gold")
    except FileNotFoundError as error:
        print(
            f"nhacviec-score: {error} is missing: put the folder shared beside the repository, or give --shared",
            file=sys.stderr,
        )
        return 2
    documents = CORPUS / "documents" if args.corpus else args.shared / "documents"
    gold_folder = CORPUS / "gold" if args.corpus else args.shared / "gold" / "dev"
    gold_files = [path for path in sorted(gold_folder.glob("*.json")) if args.only in (None, path.stem)]
    if args.part:
        gold_files = [path for path in gold_files if part_of(path.stem) == args.part]
    if not gold_files:
        print(f"nhacviec-score: no gold file {args.only or ''} in {gold_folder}", file=sys.stderr)
        return 2
    hidden = BLIND if args.reserved_errors else BLIND | RESERVED
    if args.reserved_errors:
        print(
            "nhacviec-score: differences of the reserved part are shown: for checking, not for tuning", file=sys.stderr
        )
    wanted = {path.stem for path in gold_files}
    paths = [path for path in sorted(documents.iterdir()) if path.stem in wanted and path.suffix != ".md"]
    outcomes = {outcome.doc_id: outcome for outcome in predict_all(paths)}
    if args.out:
        _write_predictions(outcomes, args.out, hidden)
    rows = score_all(scorer, gold_files, outcomes, hidden)
    _report(scorer, rows, args)
    _name_failures(outcomes)
    return _judge(scorer, rows, args)


def _report(scorer: ModuleType, rows: Sequence[Scored], args: argparse.Namespace) -> None:
    """Prints the table, or the same as JSON."""
    if not args.json:
        print("\n".join(table(scorer, rows, args.errors, args.blind)))
        return
    shown = [row for row in rows if args.blind or row.doc_id not in BLIND]
    documents = {row.doc_id: {name: t.figures() for name, t in row.tallies.items()} for row in shown}
    blind = [row for row in rows if row.doc_id in BLIND]
    parts = {part: [row for row in rows if part_of(row.doc_id) == part] for part in PARTS} if args.corpus else {}
    report = {
        "parts": {part: {name: t.figures() for name, t in total(scorer, held).items()} for part, held in parts.items()},
        "total": {name: t.figures() for name, t in total(scorer, rows).items()},
        "blind": {name: t.figures() for name, t in total(scorer, blind).items()} if blind else None,
        "documents": documents,
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _name_failures(outcomes: Mapping[str, Outcome]) -> None:
    """Names each document that could not be read, with the reason (its kind alone for a blind one)."""
    for outcome in outcomes.values():
        if outcome.failure:
            reason = outcome.failure.partition(":")[0] if outcome.doc_id in BLIND else outcome.failure
            print(f"not read: {outcome.doc_id}: {reason}", file=sys.stderr)


def _write_predictions(outcomes: Mapping[str, Outcome], folder: Path, hidden: frozenset[str]) -> None:
    """Writes the predictions of all but the *hidden* documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in outcomes.values():
        if outcome.prediction is not None and outcome.doc_id not in hidden:
            text = json.dumps(outcome.prediction, ensure_ascii=False, indent=1)
            (folder / f"{outcome.doc_id}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _judge(scorer: ModuleType, rows: Sequence[Scored], args: argparse.Namespace) -> int:
    """Compares each set with its baseline and raises it, as asked; single documents are never judged."""
    if args.only or not (args.check or args.raise_baseline):
        return 0
    sets = {"shared": list(rows)}
    if args.corpus:
        sets = {part: [row for row in rows if part_of(row.doc_id) == part] for part in PARTS}
    return max(_judge_set(name, f1_of(total(scorer, held)), args) for name, held in sets.items() if held)


def _judge_set(name: str, figures: Mapping[str, float], args: argparse.Namespace) -> int:
    """1 where a figure of the set *name* lies below its baseline, or there is none to check."""
    baseline = read_baseline(args.baseline, name)
    low = below(figures, baseline) if args.check else []
    for line in low:
        print(f"nhacviec-score: {name} {line}", file=sys.stderr)
    if args.check and not baseline:
        print(f"nhacviec-score: no baseline for {name} in {args.baseline}: run --raise-baseline once", file=sys.stderr)
        return 1
    if args.raise_baseline:
        write_baseline(args.baseline, name, raised(figures, baseline))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
