"""How well and how fast each format is read: the same documents as .docx, .pdf, .doc and scans.

In: the .docx files of corpus/documents and LibreOffice. Out: for each format the character error rate and the share of
table cells in their row and column, against the .docx as read; the F1 of its tasks against those of the .docx; pages a
second beside bare text readers. The scans are drawn from the PDF by `readers_files`: "scan, 200 dpi: characters wrong
1.2 %  (to be 1.5 at most)".

The .docx itself is measured against what python-docx sees, which knows no automatic labels.
"""

from __future__ import annotations

import shutil
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
from corpus.benchmarks.readers_pages import same_pages
from corpus.benchmarks.readers_peers import peers
from extractor.blocks import read
from extractor.blocks.assembly import Builder
from extractor.errors import ExtractionError
from extractor.model import Cell
from extractor.pipeline import understand

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    chosen, pdfs = _chosen(short), []
    with tempfile.TemporaryDirectory() as folder:
        for path in chosen:
            files = variants(path, Path(folder) / path.stem, short)
            pdfs.append(files["pdf"])
            _measure_document(path, files, tallies)
        figures = [figure for kind, tally in tallies.items() if tally.pages for figure in _figures(kind, tally)]
        pages = tallies["pdf"].pages
        figures += same_pages(pdfs) + peers(pdfs, pages) + peers(chosen, pages)
        return figures + ([] if short else _on_real_documents())


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
    """Speed on the text PDFs and .docx of ../shared, with the peers; nothing where they are absent."""
    figures = []
    for kind in ("pdf", "docx"):
        seconds, pages, taken = 0.0, 0, []
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
            taken.append(path)
        if pages:
            figures.append(Figure(f"real {kind}: reading", pages / seconds, "pages/s", f"{pages} pages of ../shared"))
            figures += [replace(figure, name=f"{figure.name}, real") for figure in peers(taken, pages)]
    return figures


def _page_count(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()
