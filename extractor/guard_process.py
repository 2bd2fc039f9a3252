"""The process of `guard`: takes orders from a pipe, and answers each with what came of it.

In: `Order`s: a path alone asks what documents it holds, a path and a number asks for one of them: "thư.eml", 1. Out:
the documents' names and hashes, an `Extraction`, or an `ExtractionError`; None after each page recognised.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import signal
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.blocks.packages import Member, unpack
from extractor.errors import ExtractionError, TooLargeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from extractor.blocks import Limits
    from extractor.model import Extraction

MEGABYTE = 1_000_000
TODO = "hãy tách nhỏ tệp hoặc tăng giới hạn {} trong cài đặt ([reading] {})"


@dataclass(frozen=True, slots=True)
class Order:
    """A file whose documents are asked for; with `at`, the number of the one that is to be read."""

    path: Path
    at: int | None = None


class Listed(NamedTuple):
    """A document in a file: its name as shown ("thư.eml/ke-hoach.docx"), and the SHA-256 of its bytes in hex."""

    name: str
    sha256: str


@dataclass(slots=True)
class Counter:
    """Serves orders, and keeps the documents of the file that it was last asked for."""

    limits: Limits
    path: Path | None = None
    members: list[Member] = field(default_factory=list)

    def serve(self, order: Order) -> Extraction | list[Listed]:
        """What was ordered.

        Raises:
            ExtractionError: the file, or this document of it, cannot be read.
        """
        if order.path != self.path or order.at is None:
            self.path, self.members = None, []
            self.members = unpack(order.path, self.limits)
            self.path = order.path
        if order.at is None:
            return [Listed(member.name, hashlib.sha256(member.data).hexdigest()) for member in self.members]
        member = self.members[order.at]
        if member.refusal is not None:
            raise member.refusal
        from extractor.pipeline import extract_bytes  # heavy: the caller's process has no need of it

        return extract_bytes(member.data, str(order.path.parent / member.name), self.limits)


def serve(pipe: Connection, limits: Limits, memory: int, folder: str) -> None:
    """The process: says that it is there, then answers each order.

    Args:
        pipe: to the caller.
        limits: of one file.
        memory: as in `Bounds`.
        folder: where it and what it starts write their passing files; the caller deletes it.
    """
    tempfile.tempdir = folder
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the caller's, who then ends this process
    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        os.setsid()  # a group of its own, to be killed with all that it started
    gc.disable()  # what is loaded now is never garbage: looking at it costs a tenth of a start, at each collection
    import extractor.pipeline  # noqa: F401 - loaded before the first file comes

    gc.freeze()
    gc.enable()

    _limit_memory(memory)
    counter = Counter(replace(limits, page_done=lambda: pipe.send(None)))
    try:
        pipe.send(None)
        while True:
            order = pipe.recv()
            answer: Extraction | list[Listed] | ExtractionError
            try:
                answer = counter.serve(order)
            except ExtractionError as error:
                answer = _memory_error(memory) if _is_for_want_of_memory(error) else error
            pipe.send(answer)
    except (EOFError, OSError):
        return  # the caller is gone


def _leave(number: int, frame: object) -> None:
    """SIGTERM as SystemExit, so that what is to be tidied up is."""
    raise SystemExit(128 + number)


def _is_for_want_of_memory(error: BaseException | None) -> bool:
    """Whether a MemoryError stands at the root of an error; a reader may have taken it for a damaged file."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _memory_error(memory: int) -> TooLargeError:
    return TooLargeError(f"cần quá {memory // MEGABYTE} MB bộ nhớ để đọc", TODO.format("bộ nhớ", "memory"))


def _limit_memory(memory: int) -> None:
    """Limits the process's address space, where the system tells what it has and keeps such limits (Linux)."""
    if sys.platform == "win32" or not memory:
        return
    import resource

    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        taken = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
