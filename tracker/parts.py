"""What a task is found by: its units under all their spellings, and its words without diacritics.

In: names and texts as the document, or a clerk, writes them. Out: values for the columns `task_unit.*` and
`task.search`; every way to store a task or to change it goes through here.

Example: "Sở TTTT" with the name "Sở Thông tin và Truyền thông" has the spellings "|so thong tin truyen thong|so tttt|".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from extractor.text import fold
from tracker.model import Table
from tracker.unit_names import Registry, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session

    from extractor.model import Deadline, UnitMention
    from tracker.model import Task
    from tracker.states import Role

_NAMES, _PARTS = (Table.metadata.tables[name] for name in ("unit_name", "task_unit"))

NO_DEADLINE = "không"
"""What a clerk writes, and reads, where a task has no deadline."""


def part(role: Role, position: int, mention: UnitMention, task_id: int, registry: Registry) -> dict[str, Any]:
    """The row of a unit's part in a task; a group ("các sở, ban, ngành") is never joined to one unit.

    `spellings` stands in the place of `name_id` until `store` knows that number.
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


def store(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Stores parts as `part` makes them, their spellings each once."""
    if not rows:
        return
    connection = session.connection()
    wanted = {row["spellings"] for row in rows}
    known = _known(connection, wanted)
    missing = sorted(wanted - known.keys())
    if missing:
        connection.execute(insert(_NAMES), [{"spellings": spelled} for spelled in missing])
        known |= _known(connection, set(missing))
    connection.execute(insert(_PARTS), [
        {**{name: value for name, value in row.items() if name != "spellings"}, "name_id": known[row["spellings"]]}
        for row in rows
    ])  # fmt: skip


def _known(connection: Connection, wanted: set[str]) -> dict[str, int]:
    asked = select(_NAMES.c.spellings, _NAMES.c.id).where(_NAMES.c.spellings.in_(sorted(wanted)))
    return {row[0]: row[1] for row in connection.execute(asked)}


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
