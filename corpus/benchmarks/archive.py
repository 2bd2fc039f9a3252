"""An archive taken in: by one process, by two, by two Dask workers; its cost, its memory, and whether it grows.

In: how many files, and how many tasks a large database holds. Out: documents, pages and tasks a second of `nhacviec
ingest`, beside pdfplumber's and pdfium's bare reading of the same PDFs; how much two processes do of what one does;
peak memory of the parent for a tenth of the files and for all; the time that a document takes to be stored beside a
thousand tasks and beside many.

Example: `nhacviec-bench archive`, `nhacviec-bench archive --files 60 --tasks 10000`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
import pypdfium2

from corpus.benchmarks.archive_files import pages_of, write
from corpus.benchmarks.book_fill import fill, plans
from corpus.benchmarks.figures import Figure
from tracker.database import open_database
from tracker.intake import Terms, take_in_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW = 1_000  # tasks of a small database
_BATCH, _BATCHES = 20, 25  # documents stored together; how often, in each database
_PROGRAM = "import sys; sys.argv[0] = 'nhacviec'; from tracker.cli import main; sys.exit(main())"
_PATIENCE = 0.05  # seconds between two looks at a process's memory
_WAYS = {"1 process": ["--jobs", "1"], "2 processes": ["--jobs", "2"], "2 Dask workers": ["--cluster", "local:2"]}


@dataclass(frozen=True, slots=True)
class Run:
    """One `nhacviec ingest`.

    Attributes:
        seconds: wall time.
        documents: stored.
        tasks: stored.
        memory: the parent's peak in MB; None where the system does not tell.
        trouble: what it said on stderr.
    """

    seconds: float
    documents: int
    tasks: int
    memory: float | None
    trouble: str


def measure(files: int, tasks: int) -> list[Figure]:
    """The figures for an archive of *files* files and a large database of *tasks* tasks."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        paths = write(archive, files)
        figures = [*_throughput(archive, paths), *_peers([path for path in paths if path.suffix == ".pdf"])]
    return [*figures, *_growth(tasks)]


def _throughput(archive: Path, paths: Sequence[Path]) -> Iterator[Figure]:
    pages = sum(map(pages_of, paths))
    tenth = _ingested(paths[: max(1, len(paths) // 10)], ["--jobs", "2"])
    runs = {name: _ingested([archive], options) for name, options in _WAYS.items()}
    for name, run in runs.items():
        failed = run.documents != len(paths)
        note = run.trouble if failed else f"{len(paths)} documents, {pages} pages, {run.tasks} tasks"
        yield Figure(f"{name}: documents", run.documents / run.seconds, "documents/s", note, failed)
        yield Figure(f"{name}: pages", pages / run.seconds, "pages/s")
        yield Figure(f"{name}: tasks", run.tasks / run.seconds, "tasks/s")
    alone = runs["1 process"].seconds
    yield Figure("2 processes beside 1", alone / runs["2 processes"].seconds, "times", "to be 1.8 or more")
    yield Figure("2 Dask workers beside 1 process", alone / runs["2 Dask workers"].seconds, "times")
    note = f"of {max(1, len(paths) // 10)} files; to be flat"
    yield Figure("memory of the parent, a tenth", tenth.memory, "MB", note)
    yield Figure("memory of the parent, all", runs["2 processes"].memory, "MB", "to be 300 or less")


def _ingested(paths: Sequence[Path], options: Sequence[str]) -> Run:
    """Takes the files into a new database by the command, as a clerk does."""
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "out.json"), Path(folder, "said.txt")
        command = [sys.executable, "-c", _PROGRAM, "--db", str(Path(folder, "book.db")), "--json", "ingest"]
        began = time.perf_counter()
        with out.open("wb") as answers, said.open("wb") as trouble:
            process = subprocess.Popen([*command, *options, *map(str, paths)], stdout=answers, stderr=trouble)
            peak = None
            while process.poll() is None:
                peak = _peak_of(process.pid) or peak
                time.sleep(_PATIENCE)
        seconds = time.perf_counter() - began
        taken = json.loads(out.read_text("utf-8") or "[]")
        trouble_said = " ".join(said.read_text("utf-8").split())[:300]
    stored = [one for one in taken if one["outcome"] == "stored"]
    return Run(seconds, len(stored), sum(one["tasks"] for one in stored), peak, trouble_said)


def _peak_of(number: int) -> float | None:
    """The peak resident memory of a process in MB, where /proc tells."""
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


def _peers(pdfs: Sequence[Path]) -> Iterator[Figure]:
    """Bare reading of the same PDFs, nothing understood or stored."""
    pages = sum(map(pages_of, pdfs))
    began = time.perf_counter()
    for path in pdfs:
        with pdfplumber.open(path) as plumbed:
            for page in plumbed.pages:
                page.extract_text()
    yield Figure("pdfplumber, text only", pages / (time.perf_counter() - began), "pages/s", "peer, 1 process")
    began = time.perf_counter()
    for path in pdfs:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_range()
    yield Figure("pypdfium2, text only", pages / (time.perf_counter() - began), "pages/s", "peer, 1 process")


def _growth(tasks: int) -> Iterator[Figure]:
    """What storing a document costs beside few tasks and beside many: batches in turn, so that both see one machine."""
    terms = Terms(datetime.now(UTC).date(), datetime.now(UTC), 0.8)
    with tempfile.TemporaryDirectory() as folder:
        engines = {}
        for size in (_FEW, tasks):
            url = f"sqlite:///{Path(folder) / f'{size}.db'}"
            fill(url, size)
            engines[size] = open_database(url)
        made = plans(first=1_000_000, count=_BATCH * _BATCHES)
        walls: dict[int, list[float]] = {size: [] for size in engines}
        for at in range(0, len(made), _BATCH):
            for size, engine in engines.items():
                began = time.perf_counter()
                take_in_each(engine, made[at : at + _BATCH], terms)
                walls[size].append(1000 * (time.perf_counter() - began) / _BATCH)
        for engine in engines.values():
            engine.dispose()
    few, many = (statistics.median(walls[size]) for size in (_FEW, tasks))
    yield Figure(f"storing a document beside {_FEW:,} tasks", few, "ms", f"10 tasks, {_BATCH} documents together")
    yield Figure(f"storing a document beside {tasks:,} tasks", many, "ms", f"{many / few - 1:+.0%}, to be within 10 %")
