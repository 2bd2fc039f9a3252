"""Who is told of the work of a unit that is no more: the unit that has it now.

In: a session; a unit and the day of a task. Out: the unit whose mailbox hears of it: the last of those that followed it
by then that can be reached, else itself, because an old mailbox that may be read is better than none.

Example: a task of Sở Giao thông vận tải, due on 30/11/2026, goes to Sở Xây dựng: the former ended on 28/02/2025.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from tracker.model import Unit, UnitAddress
from tracker.successors import ended, heirs

if TYPE_CHECKING:
    from collections.abc import Collection


class Heirs:
    """Units that ended, those that follow them, and which of the latter can be reached."""

    def __init__(self, session: Session) -> None:
        """Reads them."""
        self._known = ended(session)
        following = {one.successor_id for one in self._known.values()} - {None}
        addressed = select(UnitAddress.unit_id).where(col(UnitAddress.unit_id).in_(following))
        headed = select(Unit.id).where(col(Unit.id).in_(following), col(Unit.head_email).is_not(None))
        found = session.connection().execute(addressed.union(headed)) if following else ()
        self._reached = frozenset(row[0] for row in found)

    def addressee(self, unit_id: int, day: date) -> int:
        """The unit that is told of another's work on *day*."""
        reached = [one.id for one in heirs(self._known, unit_id, day) if one.id in self._reached]
        return reached[-1] if reached else unit_id

    def family(self, unit_ids: Collection[int]) -> frozenset[int]:
        """Of *unit_ids* those that ended or may follow others, and all those others."""
        wanted, found = frozenset(unit_ids), set[int]()
        for unit_id, one in self._known.items():
            line = {unit_id, *(heir.id for heir in heirs(self._known, unit_id, date.max))}
            if one.until is not None and not wanted.isdisjoint(line):
                found |= {unit_id, *(line & wanted)}
        return frozenset(found)

    def reached(self, day: date) -> frozenset[int]:
        """The units that ended, and whose work somebody else is told of on *day*."""
        return frozenset(one for one in self._known if self.addressee(one, day) != one)
