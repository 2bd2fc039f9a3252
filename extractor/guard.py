"""Extraction in a process of its own, so that a hostile file costs its own time and nothing else.

In: paths of documents and of packages of them. Out: `Extraction`s, as `pipeline.extract` gives them. A file that takes
too long, or more memory than it may, is refused and its process ended, with LibreOffice and Tesseract if they run:

    "đọc quá 300 giây; hãy tách nhỏ tệp hoặc tăng giới hạn thời gian đọc trong cài đặt ([reading] seconds)"

One process serves many files, because its start costs a second or two; it begins to load as soon as the `Guard` is
entered, while the caller goes on. A scan has its time again for each page. Programs that use this need the usual
`if __name__ == "__main__":`, as with all of `multiprocessing`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.blocks.source import Limits
from extractor.errors import ExtractionError, TooLargeError, UnreadableError, UnsupportedError
from extractor.guard_process import MEGABYTE, TODO, Counter, Listed, Order, serve
from extractor.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

IsKnown = Callable[[str], bool]  # whether a document with this SHA-256 need not be read
_START_SECONDS = 180.0  # a slow machine may need long to load the models
_GRACE_SECONDS = 2.0  # in which a process asked to end may end LibreOffice and delete its files


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost.

    Attributes:
        seconds: wall time from its start to its end; a scan gets `Limits.ocr_seconds` more for each page recognised.
        memory: bytes that the process may take beyond what it has when loaded; 0 for no limit. Not on Windows.
        files: after so many files the process is replaced, so that what libraries never give back does not add up.
        held: bytes; a process that holds more between two documents is replaced. Only where /proc tells (Linux).
    """

    seconds: float = 300.0
    memory: int = 3_000 * MEGABYTE
    files: int = 200
    held: int = 1_000 * MEGABYTE


_BOUNDS = Bounds()
_LIMITS = Limits()


class GuardEndedError(Exception):
    """`Guard.end` was called while the guard was at work, or before it was asked."""


class Guard:
    """A warm process that extracts one document after the other; to be used in a `with` statement.

    >>> with Guard() as guard:  # doctest: +SKIP
    ...     extraction = guard.extract(Path("ke-hoach.docx"))
    """

    def __init__(self, limits: Limits = _LIMITS, bounds: Bounds = _BOUNDS) -> None:
        self._limits = limits
        self._bounds = bounds
        self._process: SpawnProcess | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # for its files, gone with it
        self._pipe: Connection | None = None
        self._served = 0
        self._is_up = False  # whether it has said that it is there
        self._counter = Counter(limits)
        self._ending = threading.Lock()
        self._is_ended = False
        self._is_barred = False  # this system lets us start no process: read here, without these limits

    def __enter__(self) -> Guard:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def documents(
        self, path: Path, is_known: IsKnown | None = None
    ) -> Iterator[tuple[str, Extraction | ExtractionError | None]]:
        """Reads the documents in the file at *path*: itself, or those of a zip file, a mail, an edXML message.

        Args:
            path: of the file.
            is_known: of documents that it knows only the name is given.

        Yields:
            The name of each document ("thư.eml/ke-hoach.docx") and what was found in it, or why it could not be read:
            a hostile one costs its own limits, and the next one comes. None for one that is known.

        Raises:
            ExtractionError: the file as a whole cannot be opened.
        """
        for at, (name, sha256) in enumerate(self._listed(path)):
            if is_known is not None and is_known(sha256):
                yield name, None
                continue
            try:
                yield name, self._extracted(Order(path, at))
            except ExtractionError as error:
                yield name, error

    def extract(self, path: Path) -> Extraction:
        """Reads the one document at *path* and finds its tasks.

        Raises:
            TooLargeError: it takes longer or more memory than its `Bounds`.
            UnsupportedError: it is a package of several documents.
            ExtractionError: it could not be read; the message says what and what to do.
        """
        if [listed.name for listed in self._listed(path)] != [path.name]:
            raise UnsupportedError("tệp này là gói nhiều văn bản", "hãy đọc từng văn bản trong đó")
        return self._extracted(Order(path, 0))

    def _listed(self, path: Path) -> list[Listed]:
        found = self._served_to(Order(path))
        assert isinstance(found, list)
        return found

    def _extracted(self, order: Order) -> Extraction:
        found = self._served_to(order)
        assert isinstance(found, Extraction)
        return found

    def _served_to(self, order: Order) -> Extraction | list[Listed]:
        """What the process answers to an order, or what is found here where no process can be started."""
        if not self._is_ready():
            return self._counter.serve(order)
        self._served += order.at is not None
        try:
            return self._answer(order)
        except BaseException as error:
            if not isinstance(error, ExtractionError) or self._pipe is None:
                self.close()  # interrupted: what the process still does is of no use
            raise

    def _is_ready(self) -> bool:
        """Whether a process waits for a path; where none can be started (a locked-down machine), there is none."""
        if self._is_barred:
            return False
        if self._process is None or not self._process.is_alive() or self._is_worn():
            self.close()
            self._start()
        if self._is_up:
            return True
        pipe = self._pipe
        with contextlib.suppress(EOFError, OSError):
            if pipe is not None and pipe.poll(_START_SECONDS):
                pipe.recv()
                self._is_up = True
                return True
        self.close()
        self._raise_if_ended()
        self._is_barred = True
        return False

    def _is_worn(self) -> bool:
        """Whether the process has served its files, or holds more memory than it may keep."""
        assert self._process is not None
        return self._served >= self._bounds.files or _held(self._process.pid) > self._bounds.held

    def _raise_if_ended(self) -> None:
        if self._is_ended:
            raise GuardEndedError

    def end(self) -> None:
        """Ends the guard while another thread waits for it: what that thread asks raises `GuardEndedError`."""
        with self._ending:
            self._is_ended = True
            if self._process is not None:
                _end(self._process)

    def close(self) -> None:
        """Ends the process, whatever it does, and deletes what it has written."""
        with self._ending:
            self._close()

    def _close(self) -> None:
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        folder, self._folder = self._folder, None
        self._served = 0
        self._is_up = False
        if pipe is not None:
            pipe.close()
        if process is not None:
            _end(process)
            process.close()
        if folder is not None:
            folder.cleanup()

    def _start(self) -> None:
        with self._ending:  # `end` finds a process that is whole, or none
            self._raise_if_ended()
            context = multiprocessing.get_context("spawn")
            self._pipe, far = context.Pipe()
            self._folder = tempfile.TemporaryDirectory(prefix="nhacviec-", ignore_cleanup_errors=True)
            orders = (far, replace(self._limits, page_done=None), self._bounds.memory, self._folder.name)
            self._process = context.Process(target=serve, args=orders, daemon=True)
            self._process.start()
            far.close()

    def _answer(self, order: Order) -> Extraction | list[Listed]:
        """Sends an order and waits for what comes of it."""
        assert self._pipe is not None
        try:
            self._pipe.send(order)
            deadline = time.monotonic() + self._bounds.seconds
            while self._pipe.poll(max(0.0, deadline - time.monotonic())):
                answer = self._pipe.recv()
                if isinstance(answer, Extraction | list):
                    return answer
                if isinstance(answer, ExtractionError):
                    raise answer
                deadline += self._limits.ocr_seconds  # a page has been recognised
                if self._limits.page_done is not None:
                    self._limits.page_done()
        except (EOFError, OSError):
            self._raise_dead()
        self.close()
        raise TooLargeError(f"đọc quá {self._bounds.seconds:g} giây", TODO.format("thời gian đọc", "seconds"))

    def _raise_dead(self) -> None:
        """A library of another language has brought the process down, or the system has, for want of memory."""
        process = self._process
        assert process is not None
        process.join(_GRACE_SECONDS)
        code = process.exitcode
        self.close()
        self._raise_if_ended()
        raise UnreadableError(
            f"tiến trình đọc dừng đột ngột (mã {code}): tệp hỏng, hoặc cần quá nhiều bộ nhớ",
            "hãy mở và lưu lại tệp, hoặc xin bản khác",
        )


def _held(number: int | None) -> int:
    """Bytes that the process with this number holds now; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _end(process: SpawnProcess) -> None:
    """Ends the process and all that it started: asks first, so that it may end LibreOffice, then kills."""
    if sys.platform == "win32":
        if process.is_alive():
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.join()
        return
    process.terminate()
    process.join(_GRACE_SECONDS)
    if process.pid is not None:  # group 0 would be the caller's own
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
