"""The process that reads damaged files, one after the other, and tells how each ended.

In: the format, the numbers of the files. Out, through a pipe: for each number an `Outcome`: read, refused by a named
error, or a finding with the place in the code. The process may take only so much memory; who watches it ends it when a
file takes too long.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.fuzzing.mutations import mutated
from extractor.blocks import Limits, read_bytes
from extractor.blocks.packages import PACKAGE_SUFFIXES, unpack
from extractor.errors import DefectError, ExtractionError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from extractor.model import Reading

MEMORY = 1_500_000_000  # bytes that the process may take beyond what it has at its start
_SUFFIX = {"scan": ".pdf"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended.

    Attributes:
        number: of the file.
        kind: "read", the kind of a named error ("unreadable"), or "finding".
        message: what a finding is: the error and its place in the code.
        resident: memory of the process after it in bytes, 0 where it is not known.
    """

    number: int
    kind: str
    message: str = ""
    resident: int = 0


def work(pipe: Connection, kind: str, files: dict[str, bytes], numbers: range) -> None:
    """Reads the files of *numbers* and sends an `Outcome` for each; None is sent before each begins."""
    _limit_memory()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            pipe.send(None)
            _, data = mutated(files, number)
            outcome = _outcome(number, kind, data, Path(folder))
            if number % 50 == 0:
                gc.collect()
            pipe.send(Outcome(outcome.number, outcome.kind, outcome.message, resident()))
    pipe.close()


def _outcome(number: int, kind: str, data: bytes, folder: Path) -> Outcome:
    """Reads one damaged file."""
    try:
        read_all(kind, data, folder)
    except DefectError as error:
        return Outcome(number, "finding", place_of(error))
    except ExtractionError as error:
        return Outcome(number, error.kind, str(error))
    except Exception as error:
        return Outcome(number, "finding", place_of(error))
    return Outcome(number, "read")


def read_all(kind: str, data: bytes, folder: Path) -> None:
    """Reads a file of a format as the program does; a package with all its members.

    Raises:
        ExtractionError: the file is refused (a refused member of a package is not).
    """
    suffix = _SUFFIX.get(kind, f".{kind}")
    limits = Limits(ocr_pages=2, ocr_at_a_time=1)
    if suffix not in PACKAGE_SUFFIXES:
        check(read_bytes(data, f"tệp{suffix}", limits))
        return
    path = folder / f"tệp{suffix}"
    path.write_bytes(data)
    for member in unpack(path, limits):
        if member.refusal is None:
            with suppress(ExtractionError):
                check(read_bytes(member.data, member.name, limits))


def check(reading: Reading) -> None:
    """What holds of every reading: blocks are numbered, and each character of a text knows where it came from."""
    for number, block in enumerate(reading.blocks):
        assert block.index == number, f"block {number} is numbered {block.index}"
        assert len(block.origins) == len(block.text), f"block {number} has no place for some characters"
        assert not block.origins or block.origins[-1] < len(block.raw), f"block {number} points beyond its raw text"
        assert block.place.cell is not None or block.text, f"block {number} is an empty paragraph"


def place_of(error: BaseException) -> str:
    """An error with its place in our code: "KeyError 'w' at extractor/blocks/docx.py:112 (in lxml)"."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/extractor/" in frame.filename.replace("\\", "/")]
    if not own:
        return f"{type(error).__name__}: {error}"
    frame = own[-1]
    file = frame.filename.replace("\\", "/").rpartition("/extractor/")[2]
    inner = "" if frames[-1] is frame else f" (raised in {Path(frames[-1].filename).name}:{frames[-1].lineno})"
    return f"{type(error).__name__}: {str(error)[:150]} at extractor/{file}:{frame.lineno}{inner}"


def resident() -> int:
    """Memory that the process holds now, in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * 4096


def _limit_memory() -> None:
    """Gives the process a limit of memory where the system knows one; a MemoryError is then a finding."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError, IndexError):
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * 4096
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
