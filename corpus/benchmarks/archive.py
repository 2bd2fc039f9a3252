"""An archive taken in: by one process, by two, by two Dask workers; its cost, its memory, and whether it grows.

In: how many files, and how many tasks a large database holds. Out: documents, pages and tasks a second of `nhacviec
ingest`, beside pdfplumber's and pdfium's bare reading of the same PDFs; how much two processes do of what one does, and
how much two of pdfplumber do; peak memory of the parent for a tenth of the files and for all; the time that a document
takes to be stored, and to be read and stored, beside a thousand tasks and beside many.

Example: `nhacviec-bench archive`, `nhacviec-bench archive --files 60 --tasks 10000`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

from corpus.benchmarks.archive_files import pages_of, write
from corpus.benchmarks.book_fill import fill, plans
from corpus.benchmarks.figures import Figure
from corpus.benchmarks.postgresql import binaries, running
from tracker.database import open_database
from tracker.intake import Terms, take_in_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW = 1_000  # tasks of a small database
_BATCH, _WARMING, _BATCHES = 20, 25, 50  # documents stored together; how often before, and while it is measured
_WHOLE = 100  # files read and stored at a time, in each database
_PROGRAM = "import sys; sys.argv[0] = 'nhacviec'; from tracker.cli import main; sys.exit(main())"
_BARE = """
import sys, pdfplumber
for name in sys.argv[1:]:
    with pdfplumber.open(name) as plumbed:
        for page in plumbed.pages:
            page.extract_text()
"""
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
        processor: seconds of processor time that the parent took itself; None likewise.
        trouble: what it said on stderr.
    """

    seconds: float
    documents: int
    tasks: int
    memory: float | None
    processor: float | None
    trouble: str


def measure(files: int, tasks: int) -> list[Figure]:
    """The figures for an archive of *files* files and a large database of *tasks* tasks."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        paths = write(archive, files)
        figures = [*_throughput(archive, paths), *_peers([path for path in paths if path.suffix == ".pdf"])]
        figures += _growth("SQLite", tasks, [f"sqlite:///{folder}/{name}.db" for name in ("few", "many")], paths)
        if (server := binaries()) is not None:
            with running(server) as running_one, running_one.lent() as few, running_one.lent() as many:
                figures += _growth("PostgreSQL", tasks, [few, many])
    return figures


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
    for name in ("2 processes", "2 Dask workers"):
        spent = runs[name].processor
        if spent is not None:
            yield Figure(f"{name}: processor time of the parent", 1000 * spent / len(paths), "ms", "a document")
    note = f"of {max(1, len(paths) // 10)} files; to be flat"
    yield Figure("memory of the parent, a tenth", tenth.memory, "MB", note)
    yield Figure("memory of the parent, all", runs["2 processes"].memory, "MB", "to be 300 or less")


def _ingested(paths: Sequence[Path], options: Sequence[str], book: str | None = None) -> Run:
    """Takes the files into *book*, or into a new database, by the command, as a clerk does."""
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "out.json"), Path(folder, "said.txt")
        command = [sys.executable, "-c", _PROGRAM, "--db", book or str(Path(folder, "book.db")), "--json", "ingest"]
        began = time.perf_counter()
        with out.open("wb") as answers, said.open("wb") as trouble:
            process = subprocess.Popen([*command, *options, *map(str, paths)], stdout=answers, stderr=trouble)
            peak = processor = None
            while process.poll() is None:
                peak, processor = _peak_of(process.pid) or peak, _processor_of(process.pid) or processor
                time.sleep(_PATIENCE)
        seconds = time.perf_counter() - began
        taken = json.loads(out.read_text("utf-8") or "[]")
        trouble_said = " ".join(said.read_text("utf-8").split())[:300]
    stored = [one for one in taken if one["outcome"] == "stored"]
    return Run(seconds, len(stored), sum(one["tasks"] for one in stored), peak, processor, trouble_said)


def _peak_of(number: int) -> float | None:
    """The peak resident memory of a process in MB, where /proc tells."""
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


def _processor_of(number: int) -> float | None:
    """The processor time of a process without its children, in seconds, where /proc tells."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _peers(pdfs: Sequence[Path]) -> Iterator[Figure]:
    """Bare reading of the same PDFs, nothing understood or stored."""
    pages = sum(map(pages_of, pdfs))
    alone = _bare(pdfs)
    yield Figure("pdfplumber, text only", pages / alone, "pages/s", "peer, 1 process")
    yield Figure("pdfplumber, 2 processes beside 1", alone / _bare(pdfs[::2], pdfs[1::2]), "times", "peer")
    began = time.perf_counter()
    for path in pdfs:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_range()
    yield Figure("pypdfium2, text only", pages / (time.perf_counter() - began), "pages/s", "peer, 1 process")


def _bare(*parts: Sequence[Path]) -> float:
    """Seconds that pdfplumber takes, a process for each part of the files."""
    began = time.perf_counter()
    readers = [subprocess.Popen([sys.executable, "-c", _BARE, *map(str, part)]) for part in parts]
    if sum(abs(reader.wait()) for reader in readers):
        raise RuntimeError("pdfplumber could not read the archive")
    return time.perf_counter() - began


def _growth(kind: str, tasks: int, urls: Sequence[str], paths: Sequence[Path] = ()) -> Iterator[Figure]:
    """What a document costs beside few tasks and beside many, in turn, so that both see one machine."""
    books = dict(zip(urls, (_FEW, tasks), strict=True))
    for url, size in books.items():
        fill(url, size)
    yield from _told(f"{kind}: storing a document", books, _stored(books), f"10 tasks, {_BATCH} documents together")
    if paths:
        yield from _told(f"{kind}: reading and storing one", books, _read(books, paths), "by the command, 1 process")


def _told(name: str, books: dict[str, int], costs: dict[str, float], note: str) -> Iterator[Figure]:
    few, many = (costs[url] for url in books)
    small, large = (f"{name}, beside {size:,} tasks" for size in books.values())
    yield Figure(small, few, "ms", note)
    yield Figure(large, many, "ms", f"{many / few - 1:+.0%}, to be within 10 %")


def _stored(books: dict[str, int]) -> dict[str, float]:
    """Milliseconds a document, by book.

    The first batches are not counted: they fill the caches, and merge what filling the book left in its index of words.
    """
    terms = Terms(datetime.now(UTC).date(), datetime.now(UTC), 0.8)
    engines = {url: open_database(url) for url in books}
    made = plans(first=1_000_000, count=_BATCH * (_WARMING + _BATCHES))
    walls: dict[str, list[float]] = {url: [] for url in books}
    for at in range(0, len(made), _BATCH):
        for url, engine in engines.items():
            began = time.perf_counter()
            take_in_each(engine, made[at : at + _BATCH], terms)
            walls[url].append(1000 * (time.perf_counter() - began) / _BATCH)
    for engine in engines.values():
        engine.dispose()
    return {url: statistics.fmean(walls[url][_WARMING:]) for url in books}


def _read(books: dict[str, int], paths: Sequence[Path]) -> dict[str, float]:
    """Milliseconds a document, by book; the second half of the files goes into the books the other way round."""
    half = max(1, min(_WHOLE, len(paths) // 2))
    costs = dict.fromkeys(books, 0.0)
    for part, order in ((paths[:half], [*books]), (paths[half : 2 * half], [*books][::-1])):
        for url in order:
            run = _ingested(part, ["--jobs", "1"], url)
            if run.documents != len(part):
                raise RuntimeError(run.trouble)
            costs[url] += 1000 * run.seconds / (2 * half)
    return costs
