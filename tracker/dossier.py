"""Everything about one task: its fields with the words that prove them, and all that was done to it.

In: a task's number. Out: `Dossier`, for `nhacviec show`.

Example: field "deadline", quote "trước ngày 20/11/2026", page 3; changed by lan on 18/11/2026: status todo → done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from tracker import groups, queries, rows
from tracker.errors import NotFoundError
from tracker.model import Document, Evidence, Extension, History, Occurrence, Task

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Dossier:
    """A task's row, its stored record and document, its proof, and its past in the order in which it happened."""

    row: rows.TaskRow
    task: Task
    document: Document
    evidence: Sequence[Evidence]
    history: Sequence[History]
    occurrences: Sequence[Occurrence]
    extensions: Sequence[Extension]
    roll_call: Sequence[groups.Answer]


def read(session: Session, task_id: int, clock: rows.Clock) -> Dossier:
    """All that is known of one task.

    Raises:
        NotFoundError: there is no such task.
    """
    row = queries.task_by_id(session, task_id, clock)
    task = session.get(Task, task_id)
    document = session.get(Document, task.document_id) if task else None
    if row is None or task is None or document is None:
        raise NotFoundError(f"không có nhiệm vụ số {task_id}", "xem số ở cột ID của “nhacviec tasks”")
    return Dossier(
        row,
        task,
        document,
        session.exec(select(Evidence).where(Evidence.task_id == task_id).order_by(col(Evidence.id))).all(),
        session.exec(
            select(History).where(History.entity == "task", History.entity_id == task_id).order_by(col(History.id))
        ).all(),
        session.exec(select(Occurrence).where(Occurrence.task_id == task_id).order_by(col(Occurrence.day))).all(),
        session.exec(select(Extension).where(Extension.task_id == task_id).order_by(col(Extension.id))).all(),
        groups.roll_call(session, task, row.occurrence, clock.today),
    )


def to_json(dossier: Dossier) -> dict[str, Any]:
    """The row of the contract, and beside it the file, milestones, reasons, evidence, occurrences and history."""
    document = dossier.document
    return {
        **rows.to_json(dossier.row),
        "source": {"path": document.path, "sha256": document.sha256, "pages": document.pages},
        "progress": dossier.task.progress,
        "received": rows.iso(document.received),
        "so_den": document.so_den,
        "milestones": dossier.task.milestones,
        "reasons": dossier.task.reasons,
        "evidence": [
            found.model_dump(include={"field", "quote", "page", "block", "start", "end"}) for found in dossier.evidence
        ],
        "occurrences": [
            {"day": rows.iso(done.day), "done_on": rows.iso(done.done_on), "reply_number": done.reply_number}
            for done in dossier.occurrences
        ],
        "extensions": [
            {
                "due": rows.iso(given.due), "reason": given.reason, "approved_by": given.approved_by,
                "who": given.who, "at": given.at.isoformat(),
            }
            for given in dossier.extensions
        ],
        "roll_call": [
            {"unit": answer.name, "done_on": rows.iso(answer.done_on), "reply_number": answer.reply_number}
            for answer in dossier.roll_call
        ],
        "history": [
            {
                "field": change.field, "before": change.before, "after": change.after,
                "who": change.who, "at": change.at.isoformat(),
            }
            for change in dossier.history
        ],
    }  # fmt: skip
