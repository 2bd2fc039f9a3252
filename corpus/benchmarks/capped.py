"""A measurement in a process of its own, ended with all that it started when its time is over.

In: what is to be measured and a cap in seconds. Out: its figures; past the cap one figure that failed, "not done in
240 s".
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING

from corpus.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


_GRACE = 0.5  # seconds in which a process that has answered ends by itself


def capped(name: str, work: Callable[[], list[Figure]], seconds: float) -> list[Figure]:
    """The figures that *work* gives within *seconds*.

    Args:
        name: of what is measured.
        work: a function that another process can import, or a `functools.partial` of one.
        seconds: wall time.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(theirs, work))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            return [Figure(name, None, "", f"not done in {seconds:g} s", failed=True)]
        figures: list[Figure] = ours.recv()
        return figures
    except EOFError:
        return [Figure(name, None, "", "the process died", failed=True)]
    finally:
        _end(process)
        ours.close()


def _measure(pipe: Connection, work: Callable[[], list[Figure]]) -> None:
    if sys.platform != "win32":
        os.setsid()  # a group of its own, to be ended with LibreOffice and Tesseract
    pipe.send(work())


def _end(process: BaseProcess) -> None:
    process.join(_GRACE)
    if sys.platform != "win32" and process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
