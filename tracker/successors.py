"""Units that are no more: who has their work now.

In: a connection, and the day that a task is due. Out: the unit that took over, by the registry.

Example: a task of Sở Giao thông vận tải that is due on 30/11/2026 is one of Sở Xây dựng: the former ended on
28/02/2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from tracker.columns import unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection
    from sqlmodel import Session

_LONGEST = 8  # successors of successors


class Ended(NamedTuple):
    """A unit that ended: on which day, and which unit follows it (None: nobody said); or one that follows another."""

    id: int
    name: str
    until: date | None
    successor_id: int | None
    note: str | None


def ended(connection: Connection | Session) -> Mapping[int, Ended]:
    """All units that have an end, and those that follow them."""
    columns = (unit.c.id, unit.c.name, unit.c.valid_to, unit.c.successor_id, unit.c.succession_note)
    gone = select(unit.c.successor_id).where(unit.c.valid_to.is_not(None))
    asked = select(*columns).where(unit.c.valid_to.is_not(None) | unit.c.id.in_(gone))
    return {row[0]: Ended(*row) for row in connection.execute(asked)}


def successor(known: Mapping[int, Ended], unit_id: int | None, day: date) -> Ended | None:
    """The unit that has the work of another on *day*; None where that one still stands, or nobody follows it."""
    return next(reversed(heirs(known, unit_id, day)), None)


def heirs(known: Mapping[int, Ended], unit_id: int | None, day: date) -> list[Ended]:
    """The units that had the work of another after it until *day*, the first one first."""
    at, found = unit_id, list[Ended]()
    for _ in range(_LONGEST):
        here = known.get(at or 0)
        if here is None or here.until is None or day <= here.until:
            break
        at = here.successor_id
        follower = known.get(at or 0)
        if follower is not None:
            found.append(follower)
    return found
