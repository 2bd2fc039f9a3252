"""Many rows at once: collected table by table, numbered beforehand, and written with one statement a table.

In: a writing session, and rows as plain values under the names of their columns. Out: the rows in their tables. The ORM
is not asked: building its objects, and asking the database for one number at a time, took most of an intake's time.

Rows have their numbers before they are written, so that tasks can point at their document: nobody else writes meanwhile
(`tracker.database.writing`).

Example: the 500 tasks, 1,500 parts and 2,000 quotes of 50 plans are three statements.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tracker.database import backend_of
from tracker.model import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlmodel import Session


class Pile:
    """Rows that wait to be written, by table."""

    def __init__(self, session: Session) -> None:
        self.connection: Connection = session.connection()
        self._backend = backend_of(self.connection)
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def numbers(self, table: type[Table], count: int) -> Iterator[int]:
        """*count* numbers for new rows of *table*, which this pile then writes before others are asked for."""
        found: list[int] = self._backend.numbers(self.connection, table.__tablename__, count) if count else []
        return iter(found)

    def add(self, table: type[Table], rows: list[dict[str, Any]]) -> None:
        """Adds *rows*; all rows of one table name the same columns."""
        self.of(table).extend(rows)

    def of(self, table: type[Table]) -> list[dict[str, Any]]:
        """The rows of *table* that wait."""
        return self._rows.setdefault(str(table.__tablename__), [])

    def write(self) -> None:
        """Writes all rows, each table's after those that they point at."""
        for name in sorted(self._rows, key=_order().index):
            rows = self._rows.pop(name)
            if rows:
                self._backend.insert(self.connection, Table.metadata.tables[name], rows)


@cache
def _order() -> tuple[str, ...]:
    """The tables, each after those that it points at."""
    return tuple(table.name for table in Table.metadata.sorted_tables)
