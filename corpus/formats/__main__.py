"""The command line: documents and formats → the table.

In: which documents (`--part`, `--only`, `--sample`, `--shared`), which formats. Out: the table on stdout; exit code 2
where nothing can be measured. A scanned page takes seconds: `--sample 10` takes ten documents, `--keep DIR` keeps the
files for the next run: `python -m corpus.formats --format scan-200 --keep DIR --only NAME --errors 20`.

Differences of the reserved and of the blind documents are never printed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.formats.files import BY_OFFICE, FORMATS, Sample, render
from corpus.formats.report import Compared, heading, lines
from corpus.score import BLIND, CORPUS, PARTS, RESERVED, SHARED, load_scorer, part_of, predict_all, score_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from corpus.score import Scored


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command."""
    args = _parser().parse_args(argv)
    kinds = args.format or FORMATS
    if shutil.which("soffice") is None and BY_OFFICE.intersection(kinds):
        print("corpus.formats: LibreOffice is missing", file=sys.stderr)
        return 2
    try:
        scorer = load_scorer(SHARED / "gold")
    except FileNotFoundError as error:
        print(f"corpus.formats: {error} is missing: put the folder shared beside the repository", file=sys.stderr)
        return 2
    samples = _chosen(args)
    if not samples:
        print("corpus.formats: no such document", file=sys.stderr)
        return 2
    print(heading(scorer))
    originals = {row.doc_id: row for row in _scored(scorer, samples, [sample.path for sample in samples])}
    _print(scorer, Compared("as written", list(originals.values()), originals), args.errors)
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            files = render(samples, kind, args.keep or Path(folder))
            rows = _scored(scorer, samples, files)
            if rows:
                _print(scorer, Compared(kind, rows, originals), args.errors)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus.formats", description="Documents in other formats.")
    parser.add_argument("--format", action="append", choices=FORMATS, help="one or more; all if none is named")
    parser.add_argument("--part", choices=PARTS, default="tuning", help="of the invented documents")
    parser.add_argument("--shared", action="store_true", help="the documents of ../shared that are not blind instead")
    parser.add_argument("--only", action="append", metavar="DOC_ID", help="one or more documents")
    parser.add_argument("--sample", type=int, metavar="N", help="N documents, evenly taken")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="up to N new differences of each document")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the files are kept for the next run")
    return parser


def _chosen(args: argparse.Namespace) -> list[Sample]:
    """The documents that are asked for; of ../shared never a blind one, which nobody draws or looks at."""
    documents = SHARED / "documents" if args.shared else CORPUS / "documents"
    gold = SHARED / "gold" / "dev" if args.shared else CORPUS / "gold"
    found = [
        Sample(path.stem, path, gold / f"{path.stem}.json")
        for path in sorted(documents.iterdir())
        if (gold / f"{path.stem}.json").exists()
        and path.stem not in BLIND
        and (args.only is None or path.stem in args.only)
        and (args.shared or part_of(path.stem) == args.part)
    ]
    if args.sample and args.sample < len(found):
        found = [found[n * len(found) // args.sample] for n in range(args.sample)]
    return found


def _scored(scorer: ModuleType, samples: Sequence[Sample], files: Sequence[Path]) -> list[Scored]:
    """The documents of *files* against their gold; differences of reserved ones are not kept."""
    outcomes = {outcome.doc_id: outcome for outcome in predict_all(files)}
    for outcome in outcomes.values():
        if outcome.failure:
            print(f"not read: {outcome.doc_id}: {outcome.failure}", file=sys.stderr)
    return score_all(scorer, [s.gold for s in samples if s.doc_id in outcomes], outcomes, BLIND | RESERVED)


def _print(scorer: ModuleType, compared: Compared, errors: int) -> None:
    print("\n".join(lines(scorer, compared, errors)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
