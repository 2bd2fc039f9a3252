"""`nhacviec-bench`: how fast the program starts, answers and reads, beside peers on the same machine.

In: nothing but the installed program (and, for `extract`, documents). Out: a table of medians, or JSON with `--json`.

    database.py     a database of 10,000 generated tasks
    book.py         a million tasks: answers and intake on SQLite and PostgreSQL, beside Taskwarrior
    startup.py      wall time of whole commands, each in a process of its own
    extraction.py   pages and characters a second, and peak memory
    alerts.py       mails of a large province: alerts_office.py fills its database, alerts_server.py takes them
    readers.py      errors and speed of each format: readers_files.py writes them, readers_measures.py compares
    archive.py      many files side by side: archive_files.py writes them
    capped.py       ends a measurement that takes too long

Absolute figures vary from machine to machine; the peers beside them make them comparable. Example:
`nhacviec-bench startup --runs 11`, `nhacviec-bench extract`.
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.benchmarks.figures import Figure


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; exit code 0, or 1 where something that was to be measured failed."""
    args = _parser().parse_args(argv)
    figures = _MEASURED[args.command](args)
    if args.json:
        print(json.dumps([figure.as_dict() for figure in figures], ensure_ascii=False, indent=1))
    else:
        width = max(len(figure.name) for figure in figures)
        print("\n".join(figure.line(width) for figure in figures))
    return 1 if any(figure.failed for figure in figures) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nhacviec-bench", description="Measure Nhắc Việc beside its peers.")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    commands = parser.add_subparsers(dest="command", required=True)
    startup = commands.add_parser("startup", help="wall time of commands, with a database of generated tasks")
    startup.add_argument("--runs", type=int, default=7, help="runs of each command (the median counts)")
    startup.add_argument("--tasks", type=int, default=10_000, help="tasks in the database")
    extract = commands.add_parser("extract", help="speed and memory of extraction")
    extract.add_argument("--runs", type=int, default=3, help="runs of each measurement (the best counts)")
    readers = commands.add_parser("readers", help="errors and speed of each format, against the same .docx")
    readers.add_argument("--short", action="store_true", help="two documents, one kind of scan")
    readers.add_argument("--seconds", type=float, help="cap (1,200 s; 240 s for the short form)")
    alerts = commands.add_parser("alerts", help="mails of a million tasks: time, memory, rate, a run that is killed")
    alerts.add_argument("--short", action="store_true", help="6,000 tasks of 60 units")
    archive = commands.add_parser("archive", help="many files by one process, two, and two Dask workers")
    archive.add_argument("--files", type=int, default=2_000, help="files of the archive")
    archive.add_argument("--tasks", type=int, default=1_000_000, help="tasks of the large database")
    book = commands.add_parser("book", help="a book of a million tasks, on SQLite and PostgreSQL, beside Taskwarrior")
    book.add_argument("--tasks", type=int, default=1_000_000, help="tasks in the book, ten a document")
    book.add_argument("--runs", type=int, default=5, help="runs of each question (the median counts)")
    book.add_argument("--short", action="store_true", help="Taskwarrior over 10,000 tasks only")
    return parser


# Each loads what it needs when it is asked: some of that is not installed everywhere.


def _startup(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.startup import measure

    return measure(args.runs, args.tasks)


def _extract(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.extraction import measure

    return measure(args.runs)


def _readers(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.capped import capped
    from corpus.benchmarks.readers import measure

    return capped("readers", partial(measure, args.short), args.seconds or (240 if args.short else 1200))


def _alerts(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.alerts import measure

    return measure(args.short)


def _archive(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.archive import measure

    return measure(args.files, args.tasks)


def _book(args: argparse.Namespace) -> list[Figure]:
    from corpus.benchmarks.book import measure

    return measure(args.tasks, args.runs, args.short)


_MEASURED = {
    "startup": _startup,
    "extract": _extract,
    "readers": _readers,
    "alerts": _alerts,
    "archive": _archive,
    "book": _book,
}
