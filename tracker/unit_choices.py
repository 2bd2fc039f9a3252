"""Names that could be several units: found, asked, and remembered.

In: a writing session; a name as documents have it, and the unit that a clerk says it is. Out: the parts in tasks that
are joined to it now, and the choice, which holds for later documents of the same issuer (or of all).

Example: "Phòng Nội vụ" is of huyện A or of huyện B: `nhacviec units choose "Phòng Nội vụ" "Phòng Nội vụ huyện A"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from extractor.text import fold
from tracker.changes import record
from tracker.errors import RefusedError
from tracker.model import Document, Task, TaskUnit, Unit, UnitChoice
from tracker.records import AMBIGUOUS
from tracker.unit_names import Registry, plain
from tracker.units import registered

if TYPE_CHECKING:
    from tracker.changes import Hand


class Ambiguity(NamedTuple):
    """A name that could be several units, in documents of one issuer, and how many tasks have it."""

    written: str
    issuer: str | None
    units: tuple[str, ...]
    tasks: int


def ambiguities(session: Session, home: str | None, task_id: int | None = None) -> list[Ambiguity]:
    """What is to be asked, in all documents or about one task; what is asked most comes first."""
    registry = Registry.read(session, home)
    asked = (
        select(TaskUnit, Document.issuer)
        .join(Task, col(Task.id) == TaskUnit.task_id)
        .join(Document, col(Document.id) == Task.document_id)
        .where(col(TaskUnit.unit_id).is_(None), col(TaskUnit.is_group).is_(False), Task.review != "rejected")
    )
    if task_id is not None:
        asked = asked.where(TaskUnit.task_id == task_id)
    places: dict[tuple[str, str | None], tuple[str, frozenset[int], set[int]]] = {}
    for part, issuer in session.exec(asked).all():
        known = registry.within(issuer)
        candidates = known.candidates(part.name, part.text)
        if candidates:
            _, _, tasks = places.setdefault((plain(part.name), issuer), (part.name, candidates, set()))
            tasks.add(part.task_id)
    found = [
        Ambiguity(name, issuer, tuple(session.get_one(Unit, one).name for one in sorted(candidates)), len(tasks))
        for (_, issuer), (name, candidates, tasks) in places.items()
    ]
    return sorted(found, key=lambda one: (-one.tasks, one.written))


def choose(session: Session, written: str, unit: str, issuer: str | None, hand: Hand) -> int:
    """Remembers that *written* means *unit*, in documents of *issuer* (None: of all); how many parts it joins.

    Raises:
        RefusedError: the unit is not known or could be several, or the name has no letters.
    """
    name = plain(written)
    if not name:
        raise RefusedError(f"tên đơn vị “{written}” không có chữ nào", "ghi tên như trong văn bản")
    meant = registered(session, unit, hand.home)
    folded = fold(issuer or "")
    same = select(UnitChoice).where(UnitChoice.written == name, UnitChoice.issuer_folded == folded)
    choice = session.exec(same).first() or UnitChoice(written=name, issuer_folded=folded, unit_id=meant.id or 0)
    choice.unit_id = meant.id or 0
    session.add(choice)
    asked = (
        select(TaskUnit, Task)
        .join(Task, col(Task.id) == TaskUnit.task_id)
        .join(Document, col(Document.id) == Task.document_id)
        .where(col(TaskUnit.unit_id).is_(None), col(TaskUnit.is_group).is_(False))
    )
    if issuer is not None:
        asked = asked.where(Document.issuer_folded == folded)
    joined = 0
    for part, task in session.exec(asked).all():
        if plain(part.name) != name:
            continue
        part.unit_id = meant.id
        session.add(part)
        record(session, task, "unit", (part.name, meant.name), hand)
        task.reasons = [reason for reason in task.reasons if reason != AMBIGUOUS]
        session.add(task)
        joined += 1
    session.flush()
    return joined
