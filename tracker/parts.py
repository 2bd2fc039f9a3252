"""What a task is found by: its units under all their spellings, and its words without diacritics.

In: names and texts as the document, or a clerk, writes them. Out: values for the columns `task_unit.*` and
`task.search`; every way to store a task or to change it goes through here.

Example: "Sở TTTT" with the name "Sở Thông tin và Truyền thông" has the spellings "|so thong tin truyen thong|so tttt|".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.text import fold
from tracker.among import among
from tracker.bulk import Pile
from tracker.columns import unit_name
from tracker.model import TaskUnit, UnitName
from tracker.unit_names import Registry, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from extractor.model import Deadline, UnitMention
    from tracker.model import Task
    from tracker.states import Role

NO_DEADLINE = "không"
"""What a clerk writes, and reads, where a task has no deadline."""


def part(role: Role, position: int, mention: UnitMention, task_id: int, registry: Registry) -> dict[str, Any]:
    """The row of a unit's part in a task; a group ("các sở, ban, ngành") is never joined to one unit.

    `spellings` stands in the place of `name_id` until `name` knows that number.
    """
    return {
        "task_id": task_id,
        "role": role,
        "position": position,
        "text": mention.text,
        "name": mention.name,
        "spellings": f"|{'|'.join(sorted(spellings(mention.name) | spellings(mention.text)))}|",
        "unit_key": mention.key,
        "unit_id": None if mention.group else registry.resolve(mention.name, mention.text, mention.key),
        "is_group": mention.group,
    }


def store(session: Session, rows: list[dict[str, Any]]) -> None:
    """Stores parts as `part` makes them, their spellings each once."""
    pile = Pile(session)
    pile.add(TaskUnit, rows)
    name(pile)
    pile.write()


def name(pile: Pile) -> None:
    """Gives the parts that wait in *pile* the numbers of their spellings, and adds to it those that are new."""
    rows = pile.of(TaskUnit)
    wanted = {row["spellings"] for row in rows}
    if not wanted:
        return
    asked = select(unit_name.c.spellings, unit_name.c.id).where(among(pile.connection, unit_name.c.spellings, wanted))
    known = {row[0]: row[1] for row in pile.connection.execute(asked)}
    missing = sorted(wanted - known.keys())
    known.update(zip(missing, pile.numbers(UnitName, len(missing)), strict=True))
    pile.add(UnitName, [{"id": known[spelled], "spellings": spelled} for spelled in missing])
    for row in rows:
        row["name_id"] = known[row.pop("spellings")]


def search_text(title: str, text: str, product: str | None, names: Iterable[str]) -> str:
    """The words under which a task is found, folded, each passage once."""
    return fold("\n".join(dict.fromkeys(filter(None, (title, text, product, *names)))))


def deadline_fields(deadline: Deadline | None) -> dict[str, Any]:
    """The columns of a deadline; all empty where there is none."""
    offset = deadline.offset if deadline else None
    names = ("text", "kind", "start", "due", "rrule", "qualifier", "time", "anchor")
    return {
        **{f"deadline_{name}": getattr(deadline, name) if deadline else None for name in names},
        "deadline_offset_count": offset.count if offset else None,
        "deadline_offset_unit": offset.unit if offset else None,
    }


def spoken_deadline(task: Task) -> str:
    """A deadline in few words, for the history: "30/11/2026", "20 hằng tháng (FREQ=MONTHLY;…)", "không"."""
    if task.deadline_kind is None:
        return NO_DEADLINE
    if task.deadline_rrule is not None:
        return f"{task.deadline_text} ({task.deadline_rrule})"
    return f"{task.deadline_due:%d/%m/%Y}" if task.deadline_due else str(task.deadline_text)
