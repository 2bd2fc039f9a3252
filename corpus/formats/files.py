"""A document of the corpus → the same document in other formats.

In: samples, and a folder. Out: a file a sample: "soan-tinh-tiem-chung-08.pdf" becomes .docx, .xlsx or .txt from its
specification; LibreOffice saves the .docx as .doc, .pdf and .html, and scans are drawn from that PDF. A document of
../shared has no specification: it has the formats that can be made of its own.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from corpus.benchmarks.readers_files import MACHINES, converted, scanned
from corpus.generator.__main__ import write_document
from corpus.generator.contents import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.generator.forms import Cells, Entry

ENTRIES = {entry.document.name: entry for entry in CATALOGUE}
_OFFICE = ("doc", "pdf", "html")  # by LibreOffice
_TEXTS: dict[str, Cells] = {"txt-tabs": "tabs", "txt-pipes": "pipes", "txt-lines": "lines"}
FORMATS = ("docx", *_OFFICE, "xlsx", *_TEXTS, *MACHINES)
BY_OFFICE = frozenset((*_OFFICE, *MACHINES))  # those that need LibreOffice


@dataclass(frozen=True, slots=True)
class Sample:
    """A document: its identifier, its file, its gold."""

    doc_id: str
    path: Path
    gold: Path


def render(samples: Sequence[Sample], kind: str, folder: Path) -> list[Path]:
    """The samples in the format *kind*, written into *folder*/*kind*; what stands there already is taken as it is.

    Args:
        samples: those that cannot have the format are left out.
        kind: of FORMATS.
        folder: other formats on the way to this one (the PDF of a scan) are written there too.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
    """
    target = folder / kind
    target.mkdir(parents=True, exist_ok=True)
    done = {path.stem: path for path in target.iterdir() if path.is_file()}
    missing = [sample for sample in samples if sample.doc_id not in done]
    if kind in _OFFICE:
        sources = [path for path in render(missing, "docx", folder) if path.stem not in done]
        found = converted(sources, target, kind) if sources else []
    elif kind in MACHINES:
        found = [scanned(pdf, target / pdf.name, MACHINES[kind]) for pdf in _printed(missing, folder)]
    else:
        found = [path for sample in missing if (path := _written(sample, kind, target)) is not None]
    files = done | {path.stem: path for path in found}
    return [files[sample.doc_id] for sample in samples if sample.doc_id in files]


def _printed(samples: Sequence[Sample], folder: Path) -> list[Path]:
    """The PDFs that scans are drawn from: LibreOffice's, or a PDF of ../shared itself."""
    whole = [sample.path for sample in samples if sample.doc_id not in ENTRIES and sample.path.suffix == ".pdf"]
    return whole + render([sample for sample in samples if sample.path not in whole], "pdf", folder)


def _written(sample: Sample, kind: str, folder: Path) -> Path | None:
    """One document as .docx, .xlsx or text; None where it cannot be."""
    if kind == sample.path.suffix[1:]:
        return Path(shutil.copy(sample.path, folder))
    entry = ENTRIES.get(sample.doc_id)
    return None if entry is None else write_document(_in_format(entry, kind), folder)


def _in_format(entry: Entry, kind: str) -> Entry:
    """A document with its form changed for another format: what only Word can do is printed instead."""
    form = replace(entry.form, automatic=False, soft=False)
    if kind in _TEXTS:
        return replace(entry, form=replace(form, file="txt", cells=_TEXTS[kind]))
    return replace(entry, form=replace(form, file=cast("Literal['docx', 'xlsx']", kind)))
