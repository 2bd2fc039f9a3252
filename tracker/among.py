"""Rows by their numbers or words, however many: one value to the database, and one question that it need not read anew.

In: a connection, a column, and values. Out: the condition that the column is among them. A list of so many
placeholders takes longer to write and to read than its rows take to find: 500 of them 10 ms, this 0.2 ms.

Example: the days that were dealt with of 4,800 recurring tasks are asked for at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, any_, func, literal, select

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection
    from sqlmodel import Session


def among(connection: Connection | Session, key: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether *key* is one of *values*, all numbers or all texts."""
    if dialect_of(connection) == "postgresql":
        return key == any_(literal(sorted(values), ARRAY(key.type)))
    listed = func.json_each(json.dumps(sorted(values))).table_valued("value")
    return key.in_(select(listed.c.value))


def dialect_of(connection: Connection | Session) -> str:
    """ "sqlite" or "postgresql"."""
    bind = connection.get_bind() if hasattr(connection, "get_bind") else connection
    return bind.dialect.name
