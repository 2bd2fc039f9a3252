"""Review: a clerk accepts what was found.

In: a writing session, the document meant, and `Hand`: who acts, when, on which day. Out: what was changed.

Example: `nhacviec review --accept-all 258/KH-UBND` accepts the tasks of that plan that wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, select

from tracker import documents
from tracker.changes import set_field
from tracker.model import Task

if TYPE_CHECKING:
    from tracker.changes import Hand


class Accepted(NamedTuple):
    """How many tasks were accepted, and how many of those were late when they were taken in."""

    tasks: int
    late: int


def accept_all(session: Session, doc: str | None, hand: Hand) -> Accepted:
    """Accepts all tasks that wait, of one document or of all.

    Raises:
        NotFoundError, RefusedError: *doc* means no document, or several.
    """
    waiting = select(Task).where(Task.review == "pending")
    if doc is not None:
        waiting = waiting.where(Task.document_id == documents.one(session, doc))
    found = session.exec(waiting).all()
    for task in found:
        set_field(session, task, "review", "accepted", hand)
    return Accepted(len(found), sum(task.late_at_intake for task in found))
