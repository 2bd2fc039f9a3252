"""Whose turn it is to send: who is alone may take a row found in `sending` for one of a dead run.

In: the engine. Out: the turn of this process, if it gets one. Each kind of database keeps it in its own way, such that
the system takes it back however the process ends. On SQLite it is a lock on a small file beside the database, kept by
SQLite itself, on Windows too, and one run sends at a time. On PostgreSQL it is an advisory lock of a connection that
does nothing else, and a run that is alone may let others in: they send side by side, each mail by the run that locks
its row (`tracker.alerts.record.held`), and the last one ends the day's work for all.

Example: the timer starts `alerts run` while a clerk's one still sends: on SQLite it waits, then finds everything sent;
on PostgreSQL both send.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine

    Taking = Callable[[Engine, float, bool], AbstractContextManager["Turn | None"]]

PATIENCE = 60.0
"""Seconds to wait for another run."""
_SENDERS = 0x6E68_6163_5F74_6875
"""The letters "nhac_thu" in ASCII: a number that no other program locks by chance."""


@dataclass(slots=True)
class Turn:
    """The right to send.

    Attributes:
        alone: no other run sends.
        lock: the connection that has the lock, where several runs may send side by side.
    """

    alone: bool = True
    lock: Connection | None = None

    def share(self) -> None:
        """Lets other runs send too, where the database can keep them apart."""
        if self.lock is not None and self.alone:
            self.lock.exec_driver_sql(f"SELECT pg_advisory_lock_shared({_SENDERS})")
            self.lock.exec_driver_sql(f"SELECT pg_advisory_unlock({_SENDERS})")
            self.alone = False

    def last(self) -> bool:
        """Whether this run is alone, now that it has sent what it could; False: the other runs end the work."""
        if self.lock is not None and not self.alone:
            self.lock.exec_driver_sql(f"SELECT pg_advisory_unlock_shared({_SENDERS})")
            self.alone = _alone(self.lock)
        return self.alone


@contextmanager
def turn(engine: Engine, patience: float = PATIENCE, beside: bool = False) -> Iterator[Turn | None]:
    """Holds the turn for the block; None if another run did not end, or let us in, within *patience* seconds.

    Args:
        engine: of the database.
        patience: seconds.
        beside: other runs may send meanwhile; else the turn is for one who is alone.

    Raises:
        DatabaseError: nobody knows how to take turns on this kind of database.
    """
    kind = engine.dialect.name
    if kind not in _TURNS:
        raise DatabaseError(f"chưa gửi thư được từ cơ sở dữ liệu loại “{kind}”", "dùng SQLite: --db tệp.db")
    with _TURNS[kind](engine, patience, beside) as ours:
        yield ours


@contextmanager
def _file_turn(engine: Engine, patience: float, _beside: bool) -> Iterator[Turn | None]:
    """A database in memory belongs to one process and needs no lock."""
    name = engine.url.database
    if not name or name == ":memory:":
        yield Turn()
        return
    with closing(sqlite3.connect(f"{name}-alerts", timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield None
            return
        yield Turn()


@contextmanager
def _server_turn(engine: Engine, patience: float, beside: bool) -> Iterator[Turn | None]:
    """The lock ends with its connection, so that connection is not given back to those that are used again."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as lock:
        lock.detach()
        lock.exec_driver_sql(f"SET lock_timeout = {max(1, round(patience * 1000))}")
        alone = not beside or _alone(lock)
        try:
            if not beside:
                lock.exec_driver_sql(f"SELECT pg_advisory_lock({_SENDERS})")
            elif not alone:
                lock.exec_driver_sql(f"SELECT pg_advisory_lock_shared({_SENDERS})")
        except OperationalError:
            yield None
            return
        yield Turn(alone, lock)


def _alone(lock: Connection) -> bool:
    """Takes the lock for *lock* alone, if nobody has it."""
    found: bool = lock.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SENDERS})").scalar_one()
    return found


_TURNS: dict[str, Taking] = {"sqlite": _file_turn, "postgresql": _server_turn}
