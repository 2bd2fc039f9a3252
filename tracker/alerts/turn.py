"""One run at a time: who holds the turn may send, and a row found in `sending` then belongs to a dead run.

In: the engine. Out: whether this process got the turn. The turn is a lock on a small file beside the database, kept by
SQLite itself, so that the system takes it back however the process ends, on Windows too.

Example: the timer starts `alerts run` while a clerk's one still sends: it waits, then finds everything sent.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

PATIENCE = 60.0
"""Seconds to wait for another run."""


@contextmanager
def turn(engine: Engine, patience: float = PATIENCE) -> Iterator[bool]:
    """Holds the turn for the block; False if another run did not end within *patience* seconds.

    A database in memory belongs to one process and needs no lock.
    """
    name = engine.url.database
    if not name or name == ":memory:":
        yield True
        return
    with closing(sqlite3.connect(f"{name}-alerts", timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True
