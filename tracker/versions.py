"""A newer version of a stored document: what is new, what changed, what is gone; edits by hand stay.

In: a writing session, the stored document, and the new reading of it. Out: the differences, after the tasks were
brought up to date: tasks keep their numbers and all that was done for them, fields that a person has edited keep that
person's value, new, changed and missing tasks wait for a clerk. None, and nothing changed, where the file is older than
the stored one, or has no task in common with it: that is another document under the same number, or a bad scan.

Example: version 2 of a plan moves "Rà soát danh mục" from 30/11 to 15/12/2026: task 7 has the new day, its first stays
in the history, and it waits for a clerk with the reason "changed_in_version".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlmodel import Session, col, delete, select

from extractor.text import fold
from tracker import following, matching, parts
from tracker.bulk import Pile
from tracker.changes import Hand, number_of, record, set_field
from tracker.model import Document, DocumentVersion, Evidence, History, Problem, Target, Task
from tracker.parts import deadline_fields, spoken_deadline
from tracker.records import (
    Reading,
    add_remarks,
    add_tasks,
    counted,
    document_values,
    evidence_values,
    paper_of,
)
from tracker.states import OPEN, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import TaskDraft

EDITABLE = frozenset({"text", "title", "lead", "support", "deadline", "product"})
_COUNTED = ("deadline_text", "deadline_start", "deadline_due")


class FieldChange(NamedTuple):
    """A field that reads otherwise now; `kept`: a person has edited it, and that value stays."""

    field: str
    before: str | None
    after: str | None
    kept: bool


class Difference(NamedTuple):
    """A task that a newer version brings, changes or drops."""

    kind: Literal["new", "changed", "dropped"]
    task_id: int
    title: str
    fields: tuple[FieldChange, ...] = ()


def renew(session: Session, document: Document, reading: Reading) -> tuple[Difference, ...] | None:
    """Brings a stored document up to date; None where the new reading is no newer version of it."""
    header = reading.extraction.header
    if document.date and header.date and header.date < document.date:
        return None
    before = _of_document(session, document)
    drafts = reading.extraction.tasks
    same = matching.pairs([_first_words(session, task) for task in before], [draft.text for draft in drafts])
    if not same and before:
        return None
    hand = Hand(reading.terms.who, reading.terms.now, reading.terms.today, home=reading.terms.home)
    _renew_document(session, document, reading)
    for task in before:  # numbers in the document move: none may be taken twice on the way
        task.draft_id = f"old-{task.id}"
    session.flush()
    found: list[Difference] = []
    for one, other in same:
        changes = _renew_task(session, before[one], drafts[other], reading, hand)
        before[one].draft_id, before[one].position = drafts[other].id, other
        if changes:
            found.append(Difference("changed", number_of(before[one]), before[one].title, changes))
    session.flush()
    kept, known = {one for one, _ in same}, {other for _, other in same}
    found += _store_new(session, document, [(at, one) for at, one in enumerate(drafts) if at not in known], reading)
    found += [_drop(session, task, hand) for at, task in enumerate(before) if at not in kept and _is_missed(task)]
    return tuple(found)


def _of_document(session: Session, document: Document) -> Sequence[Task]:
    """The document's tasks, without those that a person made out of others."""
    made = select(History.entity_id).where(History.entity == "task", History.field == "split_from")
    asked = select(Task).where(Task.document_id == document.id, col(Task.id).not_in(made))
    return [
        task
        for task in session.exec(asked.order_by(col(Task.position))).all()
        if not task.draft_id.startswith("from-")  # handed over by a document that this one replaced
    ]


def _first_words(session: Session, task: Task) -> str:
    """A task's words as the document had them when it was read last, whatever a person made of them."""
    asked = select(History).where(
        History.entity == "task", History.entity_id == task.id, col(History.field).in_(["text", "read text"])
    )
    words = task.text
    edited = False
    for change in session.exec(asked.order_by(col(History.id))).all():
        if change.field == "read text":
            words, edited = change.after or words, True
        elif not edited:
            words, edited = change.before or words, True
    return words


def _renew_document(session: Session, document: Document, reading: Reading) -> None:
    session.add(
        DocumentVersion(
            document_id=number_of(document), sha256=document.sha256, path=document.path, date=document.date,
            ingested_at=document.ingested_at,
        )
    )  # fmt: skip
    new = document_values(reading.extraction, reading.terms)
    for name in ("sha256", "path", "media_type", "pages", "reader", "ocr", "ingested_at"):
        setattr(document, name, new[name])
    for name in ("kind", "date", "subject", "urgency"):
        if new[name] is not None:
            setattr(document, name, new[name])
    session.add(document)
    proof = select(Evidence.id).where(Evidence.document_id == document.id, col(Evidence.task_id).is_(None))
    session.exec(delete(Evidence).where(col(Evidence.id).in_(proof)))
    session.exec(delete(Problem).where(col(Problem.document_id) == document.id))
    session.exec(delete(Target).where(col(Target.document_id) == document.id))
    session.flush()
    pile = Pile(session)
    add_remarks(pile, number_of(document), reading)
    pile.write()


def _renew_task(
    session: Session, task: Task, draft: TaskDraft, reading: Reading, hand: Hand
) -> tuple[FieldChange, ...]:
    """Gives *task* what the new version says of it; the fields that changed."""
    asked = select(History.field).where(History.entity == "task", History.entity_id == task.id)
    by_hand = EDITABLE.intersection(session.exec(asked).all())
    changes = [
        *_texts(session, task, draft, by_hand, hand),
        *_units(session, task, draft, by_hand, hand),
        *_deadline(session, task, draft, (reading, by_hand), hand),
    ]
    task.confidence = draft.confidence
    session.exec(delete(Evidence).where(col(Evidence.task_id) == task.id))
    proofs = reading.proven.tasks[draft.id]
    pile = Pile(session)
    pile.add(Evidence, [evidence_values(one, task.document_id, number_of(task)) for one in proofs])
    pile.write()
    if any(not change.kept for change in changes) and task.review != "rejected":
        _ask(session, task, "changed_in_version", hand)
    following.refresh_search(session, task)
    return tuple(changes)


def _texts(session: Session, task: Task, draft: TaskDraft, by_hand: frozenset[str], hand: Hand) -> list[FieldChange]:
    found = []
    for name, after in (("text", draft.text), ("product", draft.product)):
        before = getattr(task, name)
        if fold(" ".join((before or "").split())) == fold(" ".join((after or "").split())):
            continue
        kept = name in by_hand
        found.append(FieldChange(name, before, after, kept))
        if not kept:
            setattr(task, name, after)
            record(session, task, f"read {name}", (before, after), hand)
            if name == "text" and "title" not in by_hand:
                task.title = draft.title
    session.add(task)
    return found


def _units(session: Session, task: Task, draft: TaskDraft, by_hand: frozenset[str], hand: Hand) -> list[FieldChange]:
    found = []
    for role, after in zip(ROLES, (draft.lead, draft.support), strict=True):
        before = following.mentions_of(session, [task], role)
        if {fold(one.name) for one in before} == {fold(one.name) for one in after}:
            continue
        names = tuple("; ".join(one.name for one in mentions) or None for mentions in (before, after))
        found.append(FieldChange(role, names[0], names[1], role in by_hand))
        if role not in by_hand:
            following.set_units(session, task, role, after, hand, f"read {role}")
    return found


def _deadline(
    session: Session, task: Task, draft: TaskDraft, known: tuple[Reading, frozenset[str]], hand: Hand
) -> list[FieldChange]:
    reading, by_hand = known
    document = session.get_one(Document, task.document_id)
    fields: dict[str, Any] = deadline_fields(counted(draft.deadline, paper_of(document), reading.terms))
    skipped = _COUNTED if fields["deadline_kind"] == "relative" else ("deadline_text",)  # its event has set its day
    if all(getattr(task, name) == value for name, value in fields.items() if name not in skipped):
        return []
    before = spoken_deadline(task)
    shown = Task(document_id=task.document_id, draft_id="", position=0, title="", text="", **fields)
    change = FieldChange("deadline", before, spoken_deadline(shown), "deadline" in by_hand)
    if not change.kept:
        for name, value in fields.items():
            setattr(task, name, value)
        session.add(task)
        record(session, task, "read deadline", (before, change.after), hand)
    return [change]


def _store_new(
    session: Session, document: Document, found: list[tuple[int, TaskDraft]], reading: Reading
) -> list[Difference]:
    pile = Pile(session)
    rows = add_tasks(pile, pile.numbers(Task, len(found)), found, paper_of(document), reading)
    parts.name(pile)
    pile.write()
    numbers = [row["id"] for row in rows]
    for task_id in numbers:
        task = session.get_one(Task, task_id)
        task.reasons, task.review = [*task.reasons, "new_in_version"], "pending"
        session.add(task)
    return [Difference("new", number, draft.title) for number, (_, draft) in zip(numbers, found, strict=True)]


def _is_missed(task: Task) -> bool:
    """Whether somebody must be told that a task is gone: not of one that was rejected, or is over."""
    return task.review != "rejected" and task.status in OPEN


def _drop(session: Session, task: Task, hand: Hand) -> Difference:
    _ask(session, task, "dropped_in_version", hand)
    return Difference("dropped", number_of(task), task.title)


def _ask(session: Session, task: Task, reason: str, hand: Hand) -> None:
    task.reasons = [*(one for one in task.reasons if one != reason), reason]
    session.add(task)
    set_field(session, task, "review", "pending", hand)
