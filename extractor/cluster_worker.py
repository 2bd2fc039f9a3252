"""What a machine of a cluster does: tells its version, and reads a file in a guarded process of its own.

In: orders of `extractor.cluster`, which Dask hands to any worker: a file by its bytes, its path or its address. Out:
the answers of its documents, as `Guard.documents` gives them. Nothing here knows of Dask.
"""

from __future__ import annotations

import functools
import hashlib
import multiprocessing
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import ExtractionError, UnreadableError
from extractor.guard import Bounds, Guard

if TYPE_CHECKING:
    from extractor.blocks import Limits
    from extractor.model import Extraction

Answers = list[tuple[str, "Extraction | ExtractionError | None"]]
COPY = "kiểm tra quyền đọc, hoặc chép tệp ra nơi khác"
_here = threading.local()  # the guard of this thread of a worker, kept from one file to the next


class ClusterError(Exception):
    """The machines cannot be reached, or must not read for us.

    Args:
        what: what is wrong, in Vietnamese.
        todo: what to do next, in Vietnamese.
    """

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo

    def __reduce__(self) -> tuple[type[ClusterError], tuple[str, str]]:
        """It travels from a worker: without this, unpickling calls the class with one argument."""
        return type(self), (self.what, self.todo)


def other_version(worker: str, found: str, wanted: str) -> ClusterError:
    """What is wrong with a worker of the version *found* where *wanted* is ours."""
    return ClusterError(
        f"máy đọc {worker} chạy nhacviec {found}, máy này {wanted}", "cài cùng một phiên bản trên mọi máy"
    )


@functools.cache
def identity() -> str:
    """The version and a digest of the code and word lists that read: "0.1.0 (5f3a9c21)"."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.yaml"))):
        digest.update(path.read_bytes())
    return f"{version('nhacviec')} ({digest.hexdigest()[:8]})"


def state() -> tuple[str, bool]:
    """On a worker: its version, and whether it may start processes."""
    return identity(), not multiprocessing.current_process().daemon


def read(name: str, what: str | bytes, limits: Limits, bounds: Bounds, wanted: str) -> Answers:
    """On a worker: what is found in one file.

    Args:
        name: of the file.
        what: its path on storage that all share, its address ("s3://kho/a.docx"), or its bytes.
        limits: of one file.
        bounds: of one file.
        wanted: version of the program: a worker that joins later may have another.

    Raises:
        ClusterError: this worker has another version.
    """
    if wanted != identity():
        raise other_version("mới vào", identity(), wanted)
    guard = _guard(limits, bounds)
    if isinstance(what, str) and "://" not in what:
        return _answers(guard, Path(what))
    try:
        data = what if isinstance(what, bytes) else _fetched(what)
    except OSError as error:
        return [(name, UnreadableError(f"không lấy được tệp từ kho ({type(error).__name__})", COPY))]
    with tempfile.TemporaryDirectory(prefix="nhacviec-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return _answers(guard, path)


def _fetched(address: str) -> bytes:
    """The bytes of a file in a store; the machine's own environment says where that is and who we are."""
    from upath import UPath

    return UPath(address).read_bytes()


def _answers(guard: Guard, path: Path) -> Answers:
    try:
        return list(guard.documents(path))
    except ExtractionError as error:
        return [(path.name, error)]


def _guard(limits: Limits, bounds: Bounds) -> Guard:
    """This thread's guard; a new one where the limits are others."""
    kept = getattr(_here, "guard", None)
    if kept is not None and kept[0] == (limits, bounds):
        found: Guard = kept[1]
        return found
    if kept is not None:
        kept[1].close()
    guard = Guard(limits, bounds)
    _here.guard = (limits, bounds), guard
    return guard
