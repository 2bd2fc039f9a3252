"""Paths that a person names → what is understood of each document, one after the other.

In: files, folders, packages. Out: `Found`s in the order of the files, though several are read side by side; what cannot
be read is said on stderr ("kế hoạch.pdf: tệp rỗng; hãy xin lại tệp từ nơi gửi"), and the next one comes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from extractor.blocks import SUFFIXES
from extractor.blocks.packages import PACKAGE_SUFFIXES
from extractor.errors import ExtractionError
from tracker.cli.guarding import pool_of
from tracker.inputs import find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.guard import IsKnown
    from extractor.model import Extraction
    from tracker.cli.desk import Desk


class Found(NamedTuple):
    """One document: the name it is shown by ("gói.zip/kế hoạch.docx"), its path, whether it came in a package."""

    name: str
    path: Path
    packed: bool
    extraction: Extraction


def read_each(desk: Desk, paths: list[Path], jobs: int | None, is_known: IsKnown | None = None) -> Iterator[Found]:
    """What is understood of each document that *paths* name.

    Args:
        desk: complaints go there.
        paths: files and folders.
        jobs: files that are read side by side; None as the settings say.
        is_known: of documents whose SHA-256 it knows nothing is read and nothing said.
    """
    suffixes = SUFFIXES | PACKAGE_SUFFIXES
    inputs = find(paths, suffixes)
    for path, error in inputs.refused:
        desk.fail(str(path), error)
    if not inputs.files and not inputs.refused:
        desk.fail(str(paths[0]), f"không có tệp nào để đọc; đọc được các loại: {', '.join(sorted(suffixes))}")
    if not inputs.files:
        return
    reading = desk.settings.reading if jobs is None else replace(desk.settings.reading, jobs=jobs)
    with desk.progress(len(inputs.files)) as bar, pool_of(reading, len(inputs.files), bar.page, is_known) as pool:
        for file in pool.files(inputs.files):
            for name, found in file:
                path = file.path.parent / name
                if isinstance(found, ExtractionError):
                    bar.failure()
                    desk.fail(str(path), found)
                elif found is not None:
                    bar.document(0 if found.source.ocr else found.source.pages or 0, len(found.tasks))
                    yield Found(name, path, name != file.path.name, found)
            bar.file()
