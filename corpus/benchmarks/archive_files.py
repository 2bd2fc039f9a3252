"""An archive of invented documents: Word files, PDFs, a few scans.

In: a folder and a number. Out: so many files, each with a number of its own: of a hundred 60 Word files, 39 PDFs and a
scan of one page. Composed as the corpus is, with other seeds: "0042 soan-tinh-tiem-chung-42.pdf".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pypdfium2

from corpus.generator.__main__ import write_document
from corpus.generator.composer.recipes import RECIPES, script
from corpus.generator.script import entry

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = 8  # tasks, more or less
_FIRST_SEED = 10_000  # none of the corpus's
_PAGE = 2_000  # characters: a .docx has no pages of its own
_DPI, _POINTS = 200, 72
_WRITTEN_BY_SEED = tuple(one for one in RECIPES if one.file != "xlsx")


def write(folder: Path, files: int) -> list[Path]:
    """Writes the archive into *folder*; its files in order."""
    return [_write(folder, number) for number in range(files)]


def _write(folder: Path, number: int) -> Path:
    kind = "docx" if number % 5 < 3 else "pdf"
    recipe = _WRITTEN_BY_SEED[number % len(_WRITTEN_BY_SEED)]
    recipe = replace(recipe, seed=_FIRST_SEED + number, file=kind, size=_SIZE)
    words = re.sub(r"(?m)^number: \d+", f"number: {number + 1}", script(recipe))
    made = write_document(entry(recipe.name, words), folder)
    path = made.with_name(f"{number:05d} {made.name}")
    made.rename(path)
    return _scanned(path) if number % 100 == 99 else path


def _scanned(path: Path) -> Path:
    """The first page of a PDF as a picture."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=_DPI / _POINTS, grayscale=True).to_pil()
    picture.save(path, format="PDF", resolution=_DPI, quality=60)
    return path


def pages_of(path: Path) -> int:
    """Pages of a PDF; of a .docx, one for each 2,000 characters."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    file = docx.Document(str(path))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    characters = sum(map(len, (*(one.text for one in file.paragraphs), *cells)))
    return max(1, round(characters / _PAGE))
