"""Several guarded processes that read files side by side; the answers come in the order of the files.

In: paths of documents and of packages of them. Out: for each path the answers of its documents, as `Guard.documents`
gives them. A thread with a `Guard` of its own takes the next file as soon as it is free, so that a hostile file holds
up its own process alone. Only so many files are in flight, and only so many answers of one file wait to be taken: a
folder of 2,000 documents needs the memory of a few.

    with GuardPool(lambda: Guard(), size=2) as pool:
        for file in pool.files([Path("ke-hoach.docx"), Path("thư.eml")]):
            for name, found in file:
                print(name, found)

The caller stores what has come while the processes read on: one process too is worth a pool.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from typing import TYPE_CHECKING

from extractor.errors import ExtractionError
from extractor.guard import GuardEndedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from extractor.guard import Guard, IsKnown
    from extractor.model import Extraction

AHEAD = 16  # files in flight for each process: while one reads a scan, another reads on
_HELD = 8  # answers of one file that wait to be taken: a package may have hundreds
_PATIENCE = 0.2  # seconds; a wait without end could not be interrupted on Windows


class _StoppedError(Exception):
    """Nobody wants the answers any more."""


class File:
    """One file of the line: an iterator of its documents' answers.

    Each answer is the document's name and what was found in it, why it could not be read, or None for one that is
    known already. A file that cannot be opened as a whole is one answer, under its own name.

    Attributes:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._answers: queue.Queue[tuple[str, Extraction | ExtractionError | None] | BaseException | None]
        self._answers = queue.Queue(_HELD)

    def __iter__(self) -> Iterator[tuple[str, Extraction | ExtractionError | None]]:
        while True:
            try:
                answer = self._answers.get(timeout=_PATIENCE)
            except queue.Empty:
                continue
            if answer is None:
                return
            if isinstance(answer, BaseException):
                raise answer
            yield answer

    def put(
        self, answer: tuple[str, Extraction | ExtractionError | None] | BaseException | None, stop: threading.Event
    ) -> None:
        """Adds an answer, an error of ours, or None for the end; waits until there is room.

        Raises:
            _StoppedError: the pool is closed.
        """
        while not stop.is_set():
            try:
                self._answers.put(answer, timeout=_PATIENCE)
            except queue.Full:
                continue
            return
        raise _StoppedError


class GuardPool:
    """Guarded processes that read side by side; to be used in a `with` statement."""

    def __init__(self, make: Callable[[], Guard], size: int, is_known: IsKnown | None = None) -> None:
        """Starts nothing yet.

        Args:
            make: gives a new `Guard`.
            size: how many of them read at a time.
            is_known: as in `Guard.documents`; asked from several threads.
        """
        self._guards = [make() for _ in range(size)]
        self._is_known = is_known
        self._stop = threading.Event()
        self._todo: queue.SimpleQueue[File | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> GuardPool:
        for guard in self._guards:
            guard.__enter__()  # its process loads while the caller goes on
        for guard in self._guards:
            thread = threading.Thread(target=self._work, args=(guard,), name="nhacviec-guard", daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for _ in self._threads:
            self._todo.put(None)
        for guard in self._guards:
            guard.end()  # a thread that waits for its process sees it gone
        for thread in self._threads:
            thread.join()
        for guard in self._guards:
            guard.close()

    def files(self, paths: Iterable[Path]) -> Iterator[File]:
        """The files in the order of *paths*; each is to be read to its end before the next is asked for."""
        line: deque[File] = deque()
        for path in paths:
            file = File(path)
            line.append(file)
            self._todo.put(file)
            if len(line) >= AHEAD * len(self._guards):
                yield line.popleft()
        while line:
            yield line.popleft()

    def _work(self, guard: Guard) -> None:
        """A thread: reads one file after the other until the pool is closed."""
        while (file := self._todo.get()) is not None:
            try:
                self._read(guard, file)
            except (_StoppedError, GuardEndedError):
                return

    def _read(self, guard: Guard, file: File) -> None:
        try:
            for answer in guard.documents(file.path, self._is_known):
                file.put(answer, self._stop)
        except ExtractionError as error:
            file.put((file.path.name, error), self._stop)
        except (_StoppedError, GuardEndedError):
            raise
        except BaseException as error:  # a defect of ours is raised where the answers are taken, not lost in a thread
            file.put(error, self._stop)
        file.put(None, self._stop)
