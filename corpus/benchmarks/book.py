"""A book of a million tasks: how fast it answers and takes in, on SQLite and on PostgreSQL, beside Taskwarrior.

In: how many tasks. Out: for each kind of database the time of three questions in the process, the wall time of whole
commands, and the tasks that intake takes a second; the same question to Taskwarrior (Debian's `taskwarrior`) over as
many open tasks as it is usually measured with.

Example: `nhacviec-bench book`, `nhacviec-bench book --tasks 20000 --short`.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.benchmarks.book_fill import TODAY, UNIT, WORDS, fill
from corpus.benchmarks.figures import Figure
from corpus.benchmarks.postgresql import binaries, running
from corpus.benchmarks.taskwarrior import Taskwarrior
from tracker import queries
from tracker.database import answering, open_database
from tracker.period_words import parse_period
from tracker.queries import Filters
from tracker.rows import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

_PAGE = 50
_PEER_SIZES = (10_000, 100_000)
# What the installed script `nhacviec` does, so that the figure is the same where it is not on the PATH.
_PROGRAM = "import sys; sys.argv[0] = 'nhacviec'; from tracker.cli import main; sys.exit(main())"
_IMPORTS = "import sqlmodel, typer"


def measure(tasks: int, runs: int, short: bool = False) -> list[Figure]:
    """The figures for a book of *tasks* tasks; medians of *runs* runs.

    Args:
        short: Taskwarrior is asked over its smaller set only.
    """
    figures = []
    imports = _wall([sys.executable, "-c", _IMPORTS], runs)
    figures.append(Figure(f'python -c "{_IMPORTS}"', imports, "s", "peer"))
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        figures += _of_book("SQLite", f"sqlite:///{Path(folder) / 'book.db'}", (tasks, runs, imports))
        found = binaries()
        if found is None:
            figures.append(Figure("PostgreSQL", None, "s", "not installed (Debian package postgresql)"))
        else:
            url = stack.enter_context(running(found, safe=True)).create()
            figures += _of_book("PostgreSQL", url, (tasks, runs, imports))
    return figures + list(_of_peer(_PEER_SIZES[:1] if short else _PEER_SIZES, runs))


def _of_book(kind: str, url: str, scale: tuple[int, int, float]) -> Iterator[Figure]:
    tasks, runs, imports = scale
    rate = fill(url, tasks)
    yield Figure(f"{kind}: intake", rate, "tasks/s", "to be 2,000 or more; documents of 10 tasks")
    clock, month = Clock(TODAY, 7), parse_period("tháng này", TODAY)
    questions: dict[str, Callable[[Connection], queries.Listing]] = {
        "due this month": lambda found: queries.due(found, Filters(limit=_PAGE), month, clock),
        "overdue --unit": lambda found: queries.overdue(found, Filters(unit=UNIT, limit=_PAGE), clock),
        "tasks --text": lambda found: queries.tasks(found, Filters(words=WORDS, limit=_PAGE), clock),
    }
    engine = open_database(url)
    for name, ask in questions.items():
        walls, works = [], []
        for _ in range(runs + 1):
            began, worked = time.perf_counter(), time.process_time()
            with answering(engine) as connection:
                total = ask(connection).total
            walls.append(time.perf_counter() - began)
            works.append(time.process_time() - worked)
        spent, own = (1000 * statistics.median(times[1:]) for times in (walls, works))
        note = f"to be 50 or less; {own:.0f} ms of its own work; {total:,} of {tasks:,} tasks"
        yield Figure(f"{kind}: {name}, in process", spent, "ms", note)
    engine.dispose()
    at = ["--db", url, "--today", TODAY.isoformat()]
    for name, options in (
        ("due", []), ("overdue --unit", ["--unit", UNIT]), ("tasks --text", ["--text", WORDS])
    ):  # fmt: skip
        command = [sys.executable, "-c", _PROGRAM, *at, name.split()[0], *options, "--limit", str(_PAGE)]
        wall = _wall(command, runs)
        above = f"{wall - imports:+.3f} s above the bare imports, to be 0.250 or less"
        yield Figure(f"{kind}: nhacviec {name}", wall, "s", above)


def _of_peer(sizes: Sequence[int], runs: int) -> Iterator[Figure]:
    """The same open tasks, asked for what is due this month, of both programs."""
    if shutil.which("task") is None:
        yield Figure("taskwarrior", None, "s", "not installed (Debian package taskwarrior)")
        return
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            peer = Taskwarrior(Path(folder))
            url = f"sqlite:///{Path(folder) / 'book.db'}"
            fill(url, size)
            peer.take(url)
            asked = peer.due_command(TODAY)
            yield Figure(
                f"taskwarrior: due this month, {size:,} tasks", _wall(asked, runs, peer.environment), "s", "peer"
            )
            ours = [sys.executable, "-c", _PROGRAM, "--db", url, "--today", TODAY.isoformat(), "due", "--limit", "50"]
            yield Figure(f"nhacviec: due this month, {size:,} tasks", _wall(ours, runs), "s", "the same tasks")


def _wall(command: Sequence[str], runs: int, environment: dict[str, str] | None = None) -> float:
    """The median wall time of *command*, in seconds.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    walls = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env=environment)
        walls.append(time.perf_counter() - began)
    return statistics.median(walls)
