"""Speed and memory of extraction on documents, beside bare text readers.

In: the documents of corpus/ and, where it is there, of ../shared (the blind ones left out). Out: pages and characters a
second, for whole extractions and for the stages after reading, beside pdfplumber's and pypdfium2's plain text on the
same PDFs and underthesea's tagger on the same text; peak memory of a process that reads everything; start-up
(`corpus.benchmarks.extract_startup`).

Example: "corpus: blocks → tasks  71,000 characters/s" is what `extractor.pipeline.understand` does, without reading, on
one core, in a process that has loaded lexicon and models and sees these texts for the first time: what the extractor
remembers of texts is forgotten before each run.
"""

from __future__ import annotations

import importlib
import multiprocessing
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
import pypdfium2
import underthesea

from corpus.ablation import TEXTS, forget
from corpus.benchmarks import extract_startup
from corpus.benchmarks.figures import Figure
from corpus.score import BLIND, CORPUS, SHARED
from extractor.blocks import SUFFIXES, read
from extractor.errors import ExtractionError
from extractor.pipeline import extract, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.model import Reading


def measure(runs: int) -> list[Figure]:
    """The figures of each folder of documents that is there."""
    figures: list[Figure] = []
    for name, folder in (("corpus", CORPUS / "documents"), ("shared", SHARED / "documents")):
        if folder.exists():
            figures += _folder(name, folder, runs)
        else:
            figures.append(Figure(f"{name}: documents", None, "", f"{folder.name} of {name} is not here"))
    return figures + extract_startup.measure(runs)


def readable(folder: Path) -> dict[Path, Reading]:
    """The documents of *folder* that can be read and understood today, without the blind ones."""
    readings = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.stem not in BLIND:
            try:
                reading = read(path)
                understand(reading, path.stem)
            except ExtractionError:
                continue  # scans and .doc, where their readers are missing
            readings[path] = reading
    return readings


def _folder(name: str, folder: Path, runs: int) -> list[Figure]:
    """All figures of one folder, of a process that has loaded lexicon and models."""
    readings = readable(folder)
    paths = list(readings)
    characters = sum(len(block.text) for reading in readings.values() for block in reading.blocks)
    pdfs = [path for path in paths if path.suffix == ".pdf"]
    pages = sum(readings[path].source.pages or 0 for path in pdfs)
    whole = _best(runs, lambda: [extract(path) for path in paths])
    understanding = _best(runs, lambda: [understand(reading, path.stem) for path, reading in readings.items()])
    texts = [block.text for reading in readings.values() for block in reading.blocks if block.text.strip()]
    tagging = _best(1, lambda: [underthesea.pos_tag(text) for text in texts])
    of_pdfs = _best(runs, lambda: [extract(path) for path in pdfs])
    note = f"{len(paths)} documents, {characters:,} characters"
    return [
        Figure(f"{name}: whole extraction", characters / whole, "characters/s", note),
        Figure(f"{name}: blocks → tasks", characters / understanding, "characters/s", "to be over 60,000"),
        Figure(f"{name}: underthesea, pos_tag alone", characters / tagging, "characters/s", "peer, the same text"),
        Figure(f"{name}: extraction of PDFs", pages / of_pdfs, "pages/s", f"{pages} pages"),
        Figure(f"{name}: pdfplumber, text only", pages / _best(runs, lambda: _plumbed(pdfs)), "pages/s", "peer"),
        Figure(f"{name}: pypdfium2, text only", pages / _best(runs, lambda: _rendered(pdfs)), "pages/s", "peer"),
        _memory(name, paths),
    ]


def _best(runs: int, work: Callable[[], object]) -> float:
    """The shortest wall time of *runs* runs, in seconds: what the machine can do when nobody disturbs it."""
    walls = []
    for _ in range(runs):
        forget(TEXTS)
        began = time.perf_counter()
        work()
        walls.append(time.perf_counter() - began)
    return min(walls)


def _plumbed(paths: Sequence[Path]) -> int:
    """Characters of the PDFs by pdfplumber."""
    count = 0
    for path in paths:
        with pdfplumber.open(path) as pdf:
            count += sum(len(page.extract_text()) for page in pdf.pages)
    return count


def _rendered(paths: Sequence[Path]) -> int:
    """Characters of the PDFs by pypdfium2."""
    count = 0
    for path in paths:
        pdf = pypdfium2.PdfDocument(path)
        count += sum(len(page.get_textpage().get_text_range()) for page in pdf)
        pdf.close()
    return count


def _memory(name: str, paths: Sequence[Path]) -> Figure:
    """Peak memory of a fresh process that extracts all *paths*."""
    title = f"{name}: peak memory"
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        peak = pool.apply(_peak_of, ([str(path) for path in paths],))
    if peak is None:
        return Figure(title, None, "MB", "this system does not tell")
    return Figure(title, peak, "MB", "a fresh process, all documents")


def _peak_of(paths: list[str]) -> float | None:
    """Extracts the documents; this process's peak resident memory in MB, None where the system does not count."""
    for path in paths:
        # Raised across processes, an error would stop the pool that waits for a figure.
        with suppress(ExtractionError):
            extract(Path(path))
    try:
        resource = importlib.import_module("resource")
    except ModuleNotFoundError:  # Windows
        return None
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
