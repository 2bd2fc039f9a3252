"""Speed and memory of extraction on documents, beside bare text readers.

In: the documents of corpus/ and, where it is there, of ../shared (the blind ones and those read by LibreOffice or OCR
left out: `readers` measures these). Out: pages and characters a second, for whole extractions and for the stages after
reading, beside pdfplumber's and pypdfium2's plain text on the same PDFs and underthesea's tagger on the same text; peak
memory of a process that reads everything; start-up (`corpus.benchmarks.extract_startup`).

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
from extractor.blocks import SUFFIXES, Limits, read
from extractor.errors import ExtractionError
from extractor.pipeline import extract, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_IN_PROCESS = SUFFIXES - {".doc"}  # which LibreOffice reads
_NO_OCR = Limits(ocr_pages=0)


def measure(runs: int) -> list[Figure]:
    """The figures of each folder of documents that is there.

    Args:
        runs: of the stages after reading, the shortest of which counts; whole extractions are long, and done once.
    """
    figures: list[Figure] = []
    for name, folder in (("corpus", CORPUS / "documents"), ("shared", SHARED / "documents")):
        if folder.exists():
            figures += _folder(name, folder, runs)
        else:
            figures.append(Figure(f"{name}: documents", None, "", f"{folder.name} of {name} is not here"))
    return figures + extract_startup.measure(runs)


def _folder(name: str, folder: Path, runs: int) -> list[Figure]:
    """All figures of one folder but for its blind documents and those that need OCR."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in _IN_PROCESS and path.stem not in BLIND]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, peak = pool.apply(_extracted, ([str(path) for path in paths],))
    readings = {path: read(path, _NO_OCR) for path in seconds}
    characters = sum(len(block.text) for reading in readings.values() for block in reading.blocks)
    pdfs = [path for path in readings if path.suffix == ".pdf"]
    pages = sum(readings[path].source.pages or 0 for path in pdfs)
    understanding = _best(runs, lambda: [understand(reading, path.stem) for path, reading in readings.items()])
    texts = [block.text for reading in readings.values() for block in reading.blocks if block.text.strip()]
    tagging = _best(1, lambda: [underthesea.pos_tag(text) for text in texts])
    note = f"{len(readings)} documents, {characters:,} characters"
    return [
        Figure(f"{name}: whole extraction", characters / sum(seconds.values()), "characters/s", note),
        Figure(f"{name}: blocks → tasks", characters / understanding, "characters/s", "to be over 60,000"),
        Figure(f"{name}: underthesea, pos_tag alone", characters / tagging, "characters/s", "peer, the same text"),
        Figure(f"{name}: extraction of PDFs", pages / sum(seconds[path] for path in pdfs), "pages/s", f"{pages} pages"),
        Figure(f"{name}: pdfplumber, text only", pages / _best(1, lambda: _plumbed(pdfs)), "pages/s", "peer"),
        Figure(f"{name}: pypdfium2, text only", pages / _best(1, lambda: _rendered(pdfs)), "pages/s", "peer"),
        Figure(f"{name}: peak memory", peak, "MB", "a fresh process, all documents" if peak else "not told here"),
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


def _extracted(paths: list[str]) -> tuple[dict[Path, float], float | None]:
    """Extracts the documents in this fresh process, once it is warm.

    Returns:
        Wall seconds of each that can be read here without OCR; the process's peak resident memory in MB, None where
        the system does not count.
    """
    seconds: dict[Path, float] = {}
    with suppress(ExtractionError):
        extract(Path(paths[0]))
    forget(TEXTS)
    for path in map(Path, paths):
        began = time.perf_counter()
        # Raised across processes, an error would stop the pool that waits for figures.
        with suppress(ExtractionError):
            extract(path, _NO_OCR)
            seconds[path] = time.perf_counter() - began
    try:
        resource = importlib.import_module("resource")
    except ModuleNotFoundError:  # Windows
        return seconds, None
    peak = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
