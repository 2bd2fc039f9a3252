"""How well and how fast each format is read: the same documents as .docx, .pdf, .doc and scans.

In: the .docx files of corpus/documents and LibreOffice. Out: for each format the character error rate and the share of
table cells in their row and column, against the .docx as read; the F1 of its tasks against those of the .docx; pages a
second beside bare text readers. The scans are drawn from the PDF by `readers_files`: "scan, 200 dpi: characters wrong
1.2 %  (to be 1.5 at most)".

The .docx itself is measured against what python-docx sees, which knows no automatic labels.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pypdfium2
from docx.text.paragraph import Paragraph

from corpus.benchmarks.figures import Figure
from corpus.benchmarks.readers_files import variants
from corpus.benchmarks.readers_measures import cells_right, error_rate, task_f1, text_of
from extractor.blocks import read
from extractor.blocks.assembly import Builder
from extractor.errors import ExtractionError
from extractor.model import Cell
from extractor.pipeline import understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.model import Block, Extraction

_DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
_REAL = Path(__file__).resolve().parents[3] / "shared" / "documents"
_PAGE = 2000  # characters: a .docx has no pages of its own
_SHORT, _FULL = 2, 10  # documents
_GOALS = {
    "docx": ("0.1 at most", "100", ""),
    "pdf": ("0.1 at most", "100", "0.99"),
    "doc": ("0.1 at most", "100", "0.99"),
    "scan, 150 dpi": ("", "", "0.93"),
    "scan, 200 dpi": ("1.5 at most", "90", "0.93"),
}


@dataclass(slots=True)
class Tally:
    """What one format came to, over all documents."""

    wrong: int = 0
    characters: int = 0
    cells: int = 0
    cells_right: int = 0
    tasks: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    pages: int = 0
    failures: list[str] = field(default_factory=list)


def measure(short: bool) -> list[Figure]:
    """The figures of all formats; two documents and one kind of scan if *short*."""
    if shutil.which("soffice") is None:
        return [Figure("readers", None, "", "LibreOffice is missing", failed=True)]
    tallies = {kind: Tally() for kind in _GOALS}
    pdfs: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in _chosen(short):
            files = variants(path, Path(folder) / path.stem, short)
            pdfs.append(files["pdf"])
            _measure_document(path, files, tallies)
        figures = [figure for kind, tally in tallies.items() if tally.pages for figure in _figures(kind, tally)]
        return figures + _peers(pdfs, tallies["pdf"].pages) + ([] if short else _on_real_documents())


def _chosen(short: bool) -> list[Path]:
    """The smallest documents that hold a table of tasks, and the smallest others."""
    paths = sorted(_DOCUMENTS.glob("*.docx"), key=lambda path: path.stat().st_size)
    with_tables = [path for path in paths if cells_right(read(path).blocks, [])[1]]
    others = [path for path in paths if path not in with_tables]
    half = (_SHORT if short else _FULL) // 2
    return with_tables[:half] + others[:half]


def _measure_document(path: Path, files: dict[str, Path], tallies: dict[str, Tally]) -> None:
    """Adds one document in all its formats."""
    truth = understand(read(path), path.stem)
    pages = _page_count(files["pdf"])
    for kind, file in {"docx": path, **files}.items():
        tally = tallies[kind]
        began = time.perf_counter()
        try:
            reading = read(file)
        except ExtractionError as error:
            tally.failures.append(f"{file.name}: {error}")
            continue
        tally.seconds += time.perf_counter() - began
        tally.pages += pages
        if kind == "docx":
            _add_docx(tally, path, reading.blocks)
        else:
            _add(tally, truth, understand(reading, path.stem))


def _add(tally: Tally, truth: Extraction, found: Extraction) -> None:
    """Adds a document in another format, against its .docx."""
    wrong, characters = error_rate(text_of(truth.blocks), text_of(found.blocks))
    tally.wrong += wrong
    tally.characters += characters
    right, cells = cells_right(truth.blocks, found.blocks)
    tally.cells += cells
    tally.cells_right += right
    tally.tasks.update(task_f1(truth.tasks, found.tasks))


def _add_docx(tally: Tally, path: Path, blocks: Sequence[Block]) -> None:
    """Adds a .docx, against the paragraphs and cells that python-docx sees."""
    truth = _seen_by_python_docx(path)
    wrong, characters = error_rate(text_of(truth, labels=False), text_of(blocks, labels=False))
    tally.wrong += wrong
    tally.characters += characters
    right, cells = cells_right(truth, blocks)
    tally.cells += cells
    tally.cells_right += right


def _seen_by_python_docx(path: Path) -> list[Block]:
    """The body of a .docx as python-docx gives it: a second opinion that shares nothing with our reader."""
    builder = Builder()
    for item in docx.Document(str(path)).iter_inner_content():
        if isinstance(item, Paragraph):
            builder.add(item.text)
            continue
        number, known = builder.next_table(), set()
        for at, row in enumerate(item.rows):
            for column, cell in enumerate(row.cells):
                if cell._tc not in known:
                    known.add(cell._tc)
                    builder.add_cell(cell.text, Cell(number, at, column))
    return builder.blocks


def _figures(kind: str, tally: Tally) -> list[Figure]:
    """The rows of one format."""
    errors, cells, tasks = _GOALS[kind]
    note = "; ".join([f"to be {errors}"] * bool(errors) + tally.failures)
    rows = [Figure(f"{kind}: characters wrong", 100 * tally.wrong / max(tally.characters, 1), "% ", note)]
    if tally.cells:
        goal = f"to be {cells}; {tally.cells} cells" if cells else f"{tally.cells} cells"
        rows.append(Figure(f"{kind}: cells in place", 100 * tally.cells_right / tally.cells, "%", goal))
    if tally.tasks["gold"]:
        value = 200 * tally.tasks["right"] / (tally.tasks["gold"] + tally.tasks["found"])
        rows.append(Figure(f"{kind}: task F1", value, "%", f"to be {tasks}; {tally.tasks['gold']} tasks"))
    if kind.startswith("scan"):
        return [*rows, Figure(f"{kind}: a page", tally.seconds / tally.pages, "s", f"{tally.pages} pages")]
    return [*rows, Figure(f"{kind}: reading", tally.pages / tally.seconds, "pages/s", f"{tally.pages} pages")]


def _on_real_documents() -> list[Figure]:
    """Speed on the text PDFs and .docx of ../shared, with the peers on the same PDFs; nothing where they are absent."""
    figures, pdfs, total = [], [], 0
    for kind in ("pdf", "docx"):
        seconds, pages = 0.0, 0
        for path in sorted(_REAL.glob(f"*.{kind}")):
            began = time.perf_counter()
            try:
                reading = read(path)
            except ExtractionError:
                continue
            if reading.source.ocr:
                continue
            seconds += time.perf_counter() - began
            pages += reading.source.pages or max(1, round(sum(len(b.text) for b in reading.blocks) / _PAGE))
            if kind == "pdf":
                pdfs.append(path)
                total = pages
        if pages:
            figures.append(Figure(f"real {kind}: reading", pages / seconds, "pages/s", f"{pages} pages of ../shared"))
    return figures + [replace(figure, name=f"{figure.name}, real") for figure in _peers(pdfs, total) if pdfs]


def _page_count(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def _peers(pdfs: Sequence[Path], pages: int) -> list[Figure]:
    """Bare text readers on the same PDFs; those that are not installed are named as missing."""
    peers: dict[str, Callable[[Path], object]] = {"pypdfium2": _by_pdfium}
    if shutil.which("pdftotext"):
        peers["pdftotext"] = _by_pdftotext
    missing = [] if shutil.which("pdftotext") else [Figure("pdftotext, text only", None, "", "not installed")]
    packages = (("pdfminer", "pdfminer.high_level", "extract_text"), ("markitdown", "markitdown", ""))
    for name, module, function in packages:
        try:
            loaded = importlib.import_module(module)
        except ImportError:
            missing.append(Figure(f"{name}, text only", None, "", "not installed"))
            continue
        peers[name] = getattr(loaded, function) if function else loaded.MarkItDown().convert
    figures = []
    for name, work in peers.items():
        began = time.perf_counter()
        for path in pdfs:
            work(path)
        figures.append(Figure(f"{name}, text only", pages / (time.perf_counter() - began), "pages/s", "peer, PDF"))
    return figures + missing


def _by_pdfium(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def _by_pdftotext(path: Path) -> bytes:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
