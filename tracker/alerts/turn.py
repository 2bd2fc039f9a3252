"""One run at a time: who holds the turn may send, and a row found in `sending` then belongs to a dead run.

In: the engine. Out: whether this process got the turn. Each kind of database keeps it in its own way, such that the
system takes it back however the process ends. On SQLite it is a lock on a small file beside the database, kept by
SQLite itself, on Windows too; on PostgreSQL an advisory lock of a connection that does nothing else.

Example: the timer starts `alerts run` while a clerk's one still sends: it waits, then finds everything sent.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine

    Turn = Callable[[Engine, float], AbstractContextManager[bool]]

PATIENCE = 60.0
"""Seconds to wait for another run."""
_SENDERS = 0x6E68_6163_5F74_6875
"""The letters "nhac_thu" in ASCII: a number that no other program locks by chance."""


@contextmanager
def turn(engine: Engine, patience: float = PATIENCE) -> Iterator[bool]:
    """Holds the turn for the block; False if another run did not end within *patience* seconds.

    Raises:
        DatabaseError: nobody knows how to take turns on this kind of database.
    """
    kind = engine.dialect.name
    if kind not in _TURNS:
        raise DatabaseError(f"chưa gửi thư được từ cơ sở dữ liệu loại “{kind}”", "dùng SQLite: --db tệp.db")
    with _TURNS[kind](engine, patience) as ours:
        yield ours


@contextmanager
def _file_turn(engine: Engine, patience: float) -> Iterator[bool]:
    """A database in memory belongs to one process and needs no lock."""
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


@contextmanager
def _server_turn(engine: Engine, patience: float) -> Iterator[bool]:
    """The lock ends with its connection, so that connection is not given back to those that are used again."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as lock:
        lock.detach()
        lock.exec_driver_sql(f"SET lock_timeout = {max(1, round(patience * 1000))}")
        try:
            lock.exec_driver_sql(f"SELECT pg_advisory_lock({_SENDERS})")
        except OperationalError:
            yield False
            return
        yield True


_TURNS: dict[str, Turn] = {"sqlite": _file_turn, "postgresql": _server_turn}
