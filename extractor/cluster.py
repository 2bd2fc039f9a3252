"""Many machines that read files side by side: Dask distributed; the answers come in the order of the files.

In: paths, as `guard_pool.GuardPool` takes them, and the address of a Dask scheduler ("tcp://10.0.0.5:8786"), or
"local:4" for one of four processes on this machine. Out: the same `File`s. The bytes of a file travel with its order;
where all machines see the same folders its path alone does, and of a file in an S3-compatible store its address. Each
worker reads in a guarded process of its own, so that a hostile file costs its own limits there too; a worker that dies
loses nothing, its files are read by another.

An optional part: `pip install nhacviec[cluster]`. The machines need the same version of the program, and leave to
their workers to start processes: `DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker tcp://10.0.0.5:8786`.
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cluster_worker import COPY, Answers, ClusterError, identity, other_version, read, state
from extractor.errors import ExtractionError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from upath import UPath

    from extractor.blocks import Limits
    from extractor.guard import Bounds, IsKnown
    from extractor.model import Extraction

_LOCAL = "local:"
_AHEAD = 4  # files in flight for each thread of the workers
_CONNECT_SECONDS = 15.0
_RETRIES = 3  # workers that may die with a file before it is given up
_TALKATIVE = ("distributed", "distributed.client", "distributed.batched", "tornado", "asyncio")  # what is lost we say


@dataclass(frozen=True, slots=True)
class File:
    """One file: an iterator of its documents' answers, as `guard_pool.File`."""

    path: Path | UPath
    future: Any  # distributed.Future, or the answers themselves where nothing had to be read

    def __iter__(self) -> Iterator[tuple[str, Extraction | ExtractionError | None]]:
        answers = self.future if isinstance(self.future, list) else _awaited(self.future, self.path)
        for name, found in answers:
            if isinstance(found, ExtractionError) or found is None:
                yield name, found
            else:  # a worker that was sent bytes knows another path
                yield name, replace(found, source=replace(found.source, path=str(self.path.parent / name)))


class ClusterPool:
    """The machines behind a Dask scheduler; to be used in a `with` statement."""

    def __init__(
        self, address: str, limits: Limits, bounds: Bounds, is_known: IsKnown | None = None, shared: bool = False
    ) -> None:
        """Connects to nothing yet.

        Args:
            address: of the scheduler, or "local:N".
            limits: of one file.
            bounds: of one file.
            is_known: of files that it knows only the name is given; of packages it is not asked.
            shared: the machines see the files under the same paths; else their bytes are sent.
        """
        self._address = address
        self._order = (replace(limits, page_done=None), bounds, identity())
        self._is_known = is_known
        self._shared = shared
        self._cluster: Any = None
        self._client: Any = None

    def __enter__(self) -> ClusterPool:
        try:
            import dask
            import distributed
        except ImportError:
            raise ClusterError(
                "máy này chưa cài phần chạy trên nhiều máy", 'cài bằng: pip install "nhacviec[cluster]"'
            ) from None
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        start: Any = distributed.LocalCluster  # distributed has no types
        connect: Any = distributed.Client
        try:
            if self._address.startswith(_LOCAL):
                with dask.config.set({"distributed.worker.daemon": False}):
                    workers = _count(self._address)
                    self._cluster = start(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            self._client = connect(self._cluster or self._address, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            self._leave()
            raise ClusterError(
                f"không nối được tới bộ điều phối {self._address} ({type(error).__name__})",
                "kiểm tra địa chỉ, và máy đó có đang chạy “dask scheduler” không",
            ) from None
        try:
            self._check()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        for one in (self._client, self._cluster):
            if one is not None:
                one.close()
        self._client = self._cluster = None

    def _check(self) -> None:
        """Raises ClusterError where no worker is there, or one of another version, or one that may start no process."""
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            states = self._client.run(state)
        except TimeoutError:
            raise ClusterError(
                f"bộ điều phối {self._address} chưa có máy đọc nào", "chạy “dask worker ĐỊA_CHỈ” trên máy đọc"
            ) from None
        except ImportError as error:
            raise ClusterError(
                f"máy đọc chưa cài nhacviec ({error})", 'cài cùng phiên bản: pip install "nhacviec[cluster]"'
            ) from None
        for worker, (found, may_start) in states.items():
            if found != identity():
                raise other_version(worker, found, identity())
            if not may_start:
                raise ClusterError(
                    f"máy đọc {worker} không được mở tiến trình con",
                    "chạy lại máy đọc với DASK_DISTRIBUTED__WORKER__DAEMON=False",
                )

    def files(self, paths: Iterable[Path | UPath]) -> Iterator[File]:
        """The files in the order of *paths*; while one is read to its end the next ones are at work.

        Raises:
            ClusterError: the scheduler is lost, or a worker has another version.
        """
        line: deque[File] = deque()
        for path in paths:
            line.append(self._begun(path))
            if len(line) >= self._room():
                yield line.popleft()
        while line:
            yield line.popleft()

    def _room(self) -> int:
        """How many files may be in flight, with the workers that are there now."""
        try:
            threads: dict[str, int] = self._client.nthreads()
        except OSError as error:
            raise _lost(error) from None
        return _AHEAD * max(1, sum(threads.values()))

    def _begun(self, path: Path | UPath) -> File:
        """Sends the order for one file."""
        data = None
        by_name = self._shared or not isinstance(path, Path)
        try:
            if self._is_known is not None or not by_name:
                data = path.read_bytes()
        except OSError as error:
            return File(path, [(path.name, UnreadableError(f"không đọc được tệp ({error.strerror})", COPY))])
        if data is not None and self._is_known is not None and self._is_known(hashlib.sha256(data).hexdigest()):
            return File(path, [(path.name, None)])
        what = str(path.absolute()) if by_name else data
        return File(path, self._client.submit(read, path.name, what, *self._order, retries=_RETRIES, pure=False))


_AGAIN = "chạy lại lệnh này với --resume khi các máy đã sẵn sàng"


def _count(address: str) -> int:
    """The number in "local:4"."""
    number = int(address.removeprefix(_LOCAL))
    if number < 1:
        raise ValueError(address)
    return number


def _awaited(future: Any, path: Path | UPath) -> Answers:  # noqa: ANN401 - distributed has no types
    """The answers of a file, when they have come."""
    import distributed

    try:
        answers: Answers = future.result()
    except distributed.scheduler.KilledWorker:
        return [(path.name, UnreadableError("máy đọc tệp này dừng giữa chừng nhiều lần", "đọc riêng tệp này"))]
    except (OSError, distributed.client.FutureCancelledError, distributed.client.FuturesCancelledError) as error:
        raise _lost(error) from None
    finally:
        future.release()
    return answers


def _lost(error: Exception) -> ClusterError:
    return ClusterError(f"mất liên lạc với bộ điều phối ({type(error).__name__})", _AGAIN)
