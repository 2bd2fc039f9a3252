"""The process that watches the readers: it ends one that hangs, and goes on behind a file that took one down.

In: a format and how many files. Out: a `Run`: how the files ended, and the findings, each once with the numbers of the
files that show it: "hang: file 812", "process died with signal 11: file 40".
"""

from __future__ import annotations

import math
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.fuzzing.reader import Outcome, work
from corpus.fuzzing.samples import samples

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_SPAWN = multiprocessing.get_context("spawn")
SECONDS = {"doc": 150.0, "scan": 150.0}  # that one file may take, with LibreOffice or Tesseract
_SECONDS = 20.0
_START_SECONDS = 60.0  # until a new process has loaded the readers
_GROWTH = 150_000_000  # bytes between the warm process and its end
_WARM = 100  # files after which a process is warm


@dataclass(slots=True)
class Run:
    """How the files of one format ended.

    Attributes:
        kind: the format.
        seconds: wall time.
        outcomes: "read" or kind of refusal → how many files.
        findings: what → numbers of the files that show it.
        slowest: (seconds, number) of the slowest file.
        growth: bytes that the longest-lived process grew after it was warm.
    """

    kind: str
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[int]] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, -1)
    growth: int = 0

    @property
    def files(self) -> int:
        """How many files were read or refused, or showed a finding."""
        return sum(self.outcomes.values())

    def find(self, what: str, number: int) -> None:
        """Records a finding."""
        self.outcomes["finding"] += 1
        self.findings.setdefault(what, []).append(number)


Work = Callable[["Connection", str, dict[str, bytes], range], None]


def run(kind: str, first: int, count: int, most_seconds: float | None = None, target: Work = work) -> Run:
    """Reads *count* damaged files of a format, in processes of their own.

    Args:
        kind: the format.
        first: number of the first file.
        count: how many.
        most_seconds: ends the run before its last file, None for never.
        target: what the processes do.
    """
    result = Run(kind)
    started = time.monotonic()
    files = samples(kind)
    number = first
    while files and number < first + count:
        deadline = math.inf if most_seconds is None else started + most_seconds
        if time.monotonic() > deadline:
            break
        numbers = range(number, first + count)
        ours, theirs = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(target=target, args=(theirs, kind, files, numbers), daemon=kind not in SECONDS)
        process.start()
        theirs.close()
        try:
            number = _follow(result, process, ours, numbers, deadline)
        finally:
            process.kill()
            process.join()
            ours.close()
    result.seconds = time.monotonic() - started
    return result


def _follow(result: Run, process: BaseProcess, pipe: Connection, numbers: range, deadline: float) -> int:
    """Takes the outcomes from the process as they come."""
    limit = SECONDS.get(result.kind, _SECONDS)
    number, begun, warm = numbers.start, False, 0
    since = time.monotonic()
    while number < numbers.stop and time.monotonic() < deadline:
        patience = limit if begun else _START_SECONDS
        try:
            message = pipe.recv() if pipe.poll(patience) else "hang"
        except EOFError:
            process.join()
            result.find(f"the process died ({_end_of(process)})", number)
            return number + 1
        if message == "hang":
            result.find(f"hang: more than {limit:.0f} s", number)
            return number + 1
        if isinstance(message, Outcome):
            warm = _take(result, message, time.monotonic() - since, warm, number - numbers.start)
            number += 1
        begun = True
        since = time.monotonic()
    return number


def _take(result: Run, outcome: Outcome, seconds: float, warm: int, done: int) -> int:
    """Records an outcome; the memory of the warm process in bytes."""
    if outcome.kind == "finding":
        result.find(outcome.message, outcome.number)
    else:
        result.outcomes[outcome.kind] += 1
    result.slowest = max(result.slowest, (seconds, outcome.number))
    if done == _WARM:
        return outcome.resident
    if warm:
        growth = outcome.resident - warm
        if growth > _GROWTH >= result.growth:
            result.find(f"the process grew by more than {_GROWTH // 1_000_000} MB", outcome.number)
        result.growth = max(result.growth, growth)
    return warm


def _end_of(process: BaseProcess) -> str:
    code = process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
