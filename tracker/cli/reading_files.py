"""Paths that a person names → what is understood of each document, one after the other.

In: files, folders, packages. Out: `Found`s in the order of the files, though several are read side by side; what cannot
be read is said on stderr ("kế hoạch.pdf: tệp rỗng; hãy xin lại tệp từ nơi gửi"), and the next one comes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from extractor.blocks import SUFFIXES
from extractor.blocks.packages import PACKAGE_SUFFIXES
from extractor.cluster_worker import ClusterError
from extractor.errors import ExtractionError
from tracker.cli.guarding import Where, pool_of
from tracker.errors import ClusterLostError, WrongUsageError
from tracker.inputs import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from upath import UPath

    from extractor.guard import IsKnown
    from extractor.model import Extraction
    from tracker.cli.desk import Desk


class Found(NamedTuple):
    """One document: the name it is shown by ("gói.zip/kế hoạch.docx"), its path, whether it came in a package."""

    name: str
    path: Path | UPath
    packed: bool
    extraction: Extraction


def read_each(desk: Desk, paths: list[Path], where: Where, is_known: IsKnown | None = None) -> Iterator[Found]:
    """What is understood of each document that *paths* name.

    Args:
        desk: complaints go there.
        paths: files and folders.
        where: they are read.
        is_known: of documents whose SHA-256 it knows nothing is read and nothing said.

    Raises:
        ClusterLostError: the machines that were to read cannot be reached, or are lost.
    """
    suffixes = SUFFIXES | PACKAGE_SUFFIXES
    inputs = find(paths, suffixes)
    for path, error in inputs.refused:
        desk.fail(str(path), error)
    if not inputs.files and not inputs.refused:
        desk.fail(str(paths[0]), f"không có tệp nào để đọc; đọc được các loại: {', '.join(sorted(suffixes))}")
    if not inputs.files:
        return
    try:
        yield from _read(desk, inputs.files, where, is_known)
    except ClusterError as error:
        raise ClusterLostError(error.what, error.todo) from error


def _read(desk: Desk, files: Sequence[Path | UPath], where: Where, is_known: IsKnown | None) -> Iterator[Found]:
    reading = desk.settings.reading
    if where.cluster is None and not all(isinstance(path, Path) for path in files):
        raise WrongUsageError(
            "tệp trong kho s3:// do các máy của cụm đọc", "thêm --cluster ĐỊA_CHỈ, hoặc --cluster local:2"
        )
    with (
        desk.progress(len(files)) as bar,
        pool_of(reading, where, len(files), bar.page, is_known) as pool,
    ):
        for file in pool.files(cast("Sequence[Path]", files)):  # only a cluster gets others
            for name, found in file:
                path = file.path.parent / name
                if isinstance(found, ExtractionError):
                    bar.failure()
                    desk.fail(str(path), found)
                elif found is not None:
                    bar.document(0 if found.source.ocr else found.source.pages or 0, len(found.tasks))
                    yield Found(name, path, name != file.path.name, found)
            bar.file()
