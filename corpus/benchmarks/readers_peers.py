"""Bare text readers, for the speed of ours to be read beside theirs.

In: files of one format and their pages. Out: a figure for each reader; one that is not installed is named as missing:
"markitdown, text of docx  not installed" (`pip install nhacviec[peers]`).
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import docx
import pypdfium2
from docx.text.paragraph import Paragraph

from corpus.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_Reader = Callable[[Path], object]


def peers(files: Sequence[Path], pages: int) -> list[Figure]:
    """Bare text readers on the same files, of one format; those that are not installed are named as missing."""
    kind = files[0].suffix[1:] if files else "pdf"
    figures = []
    for name, find in _PEERS[kind].items():
        work = find()
        if work is None:
            figures.append(Figure(f"{name}, text of {kind}", None, "", "not installed"))
            continue
        began = time.perf_counter()
        for path in files:
            work(path)
        figures.append(Figure(f"{name}, text of {kind}", pages / (time.perf_counter() - began), "pages/s", "peer"))
    return figures


def _pdftotext() -> _Reader | None:
    return _by_pdftotext if shutil.which("pdftotext") else None


def _pdfminer() -> _Reader:
    return cast("_Reader", importlib.import_module("pdfminer.high_level").extract_text)


def _markitdown() -> _Reader | None:
    """An optional package: `pip install nhacviec[peers]`."""
    try:
        module = importlib.import_module("markitdown")
    except ImportError:
        return None
    return cast("_Reader", module.MarkItDown().convert)


def _by_pdfium(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def _by_pdftotext(path: Path) -> bytes:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout


def _by_python_docx(path: Path) -> str:
    return "\n".join(
        item.text if isinstance(item, Paragraph) else "\n".join(cell.text for row in item.rows for cell in row.cells)
        for item in docx.Document(str(path)).iter_inner_content()
    )


_PEERS: dict[str, dict[str, Callable[[], _Reader | None]]] = {
    "pdf": {
        "pypdfium2": lambda: _by_pdfium,
        "pdftotext": _pdftotext,
        "pdfminer": _pdfminer,
        "markitdown": _markitdown,
    },
    "docx": {"python-docx": lambda: _by_python_docx, "markitdown": _markitdown},
}
