"""Documents that end: withdrawn, or replaced by another.

In: a writing session and the document meant. Out: its tasks out of all lists; of a replaced document, what was done
for a task passes to the same task of its successor, and open tasks that the successor does not have are handed over to
it and wait for a clerk's word. Nothing is deleted, and `restore` takes a withdrawal back.

Example: `nhacviec docs supersede 12/KH-UBND --by 45/KH-UBND`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from tracker import documents, matching
from tracker.changes import number_of, record, set_field
from tracker.errors import RefusedError
from tracker.model import Document, Extension, Occurrence, Task
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.changes import Hand

HANDED_OVER = "handed_over"


class Ended(NamedTuple):
    """What became of a document: its name, its tasks, how many passed their progress on, how many were handed over."""

    name: str
    tasks: int
    continued: int = 0
    handed_over: int = 0


def withdraw(session: Session, doc: str, reason: str | None, hand: Hand) -> Ended:
    """Takes a document's tasks out of all lists, mails and counts.

    Raises:
        NotFoundError, RefusedError: *doc* means none or several, or it does not count any more.
    """
    document = _active(session, doc)
    set_field(session, document, "state", "withdrawn", hand)
    if reason:
        record(session, document, "reason", (None, reason), hand)
    return Ended(document.number or document.doc_id, len(_tasks(session, document)))


def restore(session: Session, doc: str, hand: Hand) -> Ended:
    """Takes a withdrawal back.

    Raises:
        NotFoundError, RefusedError: *doc* means none or several, or was not withdrawn.
    """
    document = _meant(session, doc)
    if document.state != "withdrawn":
        raise RefusedError(f"văn bản {document.number or doc} không bị thu hồi", "không cần khôi phục")
    set_field(session, document, "state", "active", hand)
    return Ended(document.number or document.doc_id, len(_tasks(session, document)))


def supersede(session: Session, doc: str, by: str, hand: Hand) -> Ended:
    """Hands the tasks of *doc* to the document *by*, which replaces it.

    Raises:
        NotFoundError, RefusedError: a document is none or several, does not count any more, or is its own successor.
    """
    old, new = _active(session, doc), _active(session, by)
    if old.id == new.id:
        raise RefusedError("một văn bản không thay thế chính nó", "ghi --by số của văn bản mới")
    before, after = _tasks(session, old), _tasks(session, new)
    same = matching.pairs([task.text for task in before], [task.text for task in after])
    continued = sum(_continue(session, before[one], after[other], hand) for one, other in same)
    kept = {one for one, _ in same}
    orphans = [task for at, task in enumerate(before) if at not in kept and task.status in OPEN]
    orphans = [task for task in orphans if task.review != "rejected"]
    for position, task in enumerate(orphans, len(after)):
        _hand_over(session, task, new, position, hand)
    set_field(session, old, "state", "superseded", hand)
    set_field(session, old, "successor_id", new.id, hand)
    return Ended(old.number or old.doc_id, len(before), continued, len(orphans))


def _continue(session: Session, old: Task, new: Task, hand: Hand) -> bool:
    """What was done for *old* counts for *new*; True if anything was."""
    fields = ("status", "done_on", "reply_number", "progress") if new.status in OPEN else ()
    changed = [set_field(session, new, field, getattr(old, field), hand) for field in fields if getattr(old, field)]
    if old.review == "accepted" and new.deadline_due == old.deadline_due:
        changed.append(set_field(session, new, "review", "accepted", hand))
    known = {done.day for done in session.exec(select(Occurrence).where(Occurrence.task_id == new.id)).all()}
    for done in session.exec(select(Occurrence).where(Occurrence.task_id == old.id)).all():
        if done.day not in known and new.deadline_rrule is not None:
            session.add(Occurrence(**done.model_dump(exclude={"id", "task_id"}), task_id=number_of(new)))
            changed.append(True)
    if new.deadline_due == old.deadline_due:  # another day of the new document takes the place of all extensions
        for given in session.exec(
            select(Extension).where(Extension.task_id == old.id).order_by(col(Extension.id))
        ).all():
            session.add(Extension(**given.model_dump(exclude={"id", "task_id"}), task_id=number_of(new)))
            changed.append(True)
    record(session, new, "continues", (None, f"nhiệm vụ {old.id}"), hand)
    return any(changed)


def _hand_over(session: Session, task: Task, new: Document, position: int, hand: Hand) -> None:
    """An open task that only the old document has: the new one takes it, and a clerk says whether it stays."""
    set_field(session, task, "document_id", number_of(new), hand)
    task.draft_id, task.position = f"from-{task.id}", position
    if HANDED_OVER not in task.reasons:
        task.reasons = [*task.reasons, HANDED_OVER]
    set_field(session, task, "review", "pending", hand)
    session.add(task)
    session.flush()


def _meant(session: Session, doc: str) -> Document:
    document = session.get(Document, documents.one(session, doc))
    if document is None:
        raise AssertionError("a document that was found is stored")
    return document


def _active(session: Session, doc: str) -> Document:
    document = _meant(session, doc)
    if document.state != "active":
        how = "đã thu hồi" if document.state == "withdrawn" else "đã được thay thế"
        raise RefusedError(f"văn bản {document.number or doc} {how}", "xem: nhacviec docs")
    return document


def _tasks(session: Session, document: Document) -> Sequence[Task]:
    return session.exec(select(Task).where(Task.document_id == document.id).order_by(col(Task.position))).all()
