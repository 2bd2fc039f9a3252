"""Wall time of whole commands, each run in a process of its own, beside bare Python and bare imports.

In: how many runs and how many tasks. Out: medians in seconds.

Example: `nhacviec due` over 10,000 tasks, beside `python -c "import sqlmodel, typer"`, which it cannot beat.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.benchmarks.database import TODAY, fill
from corpus.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

# What the installed script `nhacviec` does, so that the figure is the same where it is not on the PATH.
_PROGRAM = "import sys; sys.argv[0] = 'nhacviec'; from tracker.cli import main; sys.exit(main())"


def measure(runs: int, tasks: int) -> list[Figure]:
    """The medians of *runs* runs of each command, on a database of *tasks* generated tasks."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        began = time.perf_counter()
        fill(database, tasks)
        filled = time.perf_counter() - began
        program = [sys.executable, "-c", _PROGRAM]
        at = ["--db", f"sqlite:///{database}", "--today", TODAY.isoformat()]
        rows = [
            ("python -c pass", [sys.executable, "-c", "pass"], "peer"),
            ('python -c "import sqlmodel, typer"', [sys.executable, "-c", "import sqlmodel, typer"], "peer"),
            (
                'python -c "import extractor.pipeline"',
                [sys.executable, "-c", "import extractor.pipeline"],
                "spaCy too",
            ),
            ("nhacviec --help", [*program, "--help"], "to be under 0.5 s"),
            ("nhacviec due", [*program, *at, "due"], f"to be under 0.5 s; {tasks:,} tasks"),
            ("nhacviec --json overdue", [*program, *at, "--json", "overdue"], f"{tasks:,} tasks"),
        ]
        figures = [_figure(name, command, note, runs) for name, command, note in rows]
    return [*figures, Figure("intake of generated plans", tasks / filled, "tasks/s", "one transaction a plan")]


def _figure(name: str, command: Sequence[str], note: str, runs: int) -> Figure:
    """The median wall time of *command*; a command that fails is a failed figure with its last line."""
    walls = []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        walls.append(time.perf_counter() - began)
        if done.returncode != 0:
            last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            return Figure(name, None, "s", last[0], failed=True)
    return Figure(name, statistics.median(walls), "s", note)
