"""Review: a clerk accepts what was found, puts it right, throws it out, takes it apart or together.

In: a writing session, the task meant, and `Hand`: who acts, when, on which day. Out: `Changed`. Each decision is a
transaction and rows of history of its own, so that a review may stop anywhere and go on another day.

Example: `nhacviec edit 7 --deadline "trước ngày 20 hằng tháng"` makes task 7 a monthly one and accepts nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from extractor.mentions.deadlines import DeadlineContext, binding, find
from extractor.text import clean, title
from tracker import documents, following
from tracker.changes import Changed, extensions_of, number_of, record, set_field, task_of
from tracker.errors import RefusedError
from tracker.model import Document, Evidence, Task, TaskUnit
from tracker.parts import NO_DEADLINE, deadline_fields, spoken_deadline
from tracker.states import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Deadline
    from tracker.changes import Hand
    from tracker.states import ReviewState

SETTLED = frozenset({"handed_over", "dropped_in_version", "changed_in_version", "new_in_version"})
"""Reasons to ask a clerk that his answer settles."""


class Accepted(NamedTuple):
    """How many tasks were accepted, and how many of those were late when they were taken in."""

    tasks: int
    late: int


class Edit(NamedTuple):
    """What shall be put right; None leaves a field as it is.

    `deadline`: in words as documents write them ("30/11/2026", "quý IV/2026", "20 hằng tháng"), "không" for none.
    """

    text: str | None = None
    title: str | None = None
    lead: tuple[str, ...] | None = None
    support: tuple[str, ...] | None = None
    deadline: str | None = None
    product: str | None = None


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
        _decide(session, task, "accepted", hand)
    return Accepted(len(found), sum(task.late_at_intake for task in found))


def accept(session: Session, task_id: int, hand: Hand) -> Changed:
    """The task is right as it stands."""
    task = task_of(session, task_id)
    return Changed(task_id, task.title, None, None, _decide(session, task, "accepted", hand), "đã duyệt")


def reject(session: Session, task_id: int, reason: str | None, hand: Hand) -> Changed:
    """It is no task: out of all lists, mails and counts, but not deleted."""
    task = task_of(session, task_id)
    changed = _decide(session, task, "rejected", hand)
    if changed and reason:
        record(session, task, "reason", (None, reason), hand)
    return Changed(task_id, task.title, None, None, changed, "đã loại")


def _decide(session: Session, task: Task, state: ReviewState, hand: Hand) -> bool:
    if not SETTLED.isdisjoint(task.reasons):
        task.reasons = [reason for reason in task.reasons if reason not in SETTLED]
        session.add(task)
    return set_field(session, task, "review", state, hand)


def edit(session: Session, task_id: int, what: Edit, hand: Hand) -> Changed:
    """Puts fields of a task right; what was found before stays in the history, the words of the document in its proof.

    Raises:
        RefusedError: nothing is given, a text is empty, a unit or deadline is not understood, or a day that was
            extended is edited.
    """
    task = task_of(session, task_id)
    if what == Edit():
        raise RefusedError("chưa nêu sửa gì", f"ghi như: nhacviec edit {task_id} --deadline 30/11/2026")
    changed = False
    if what.text is not None:
        changed |= _set_text(session, task, what.text, hand)
    if what.title is not None:
        changed |= set_field(session, task, "title", title(_worded(what.title)), hand)
    if what.product is not None:
        changed |= set_field(session, task, "product", clean(what.product).text.strip() or None, hand)
    if what.deadline is not None:
        changed |= set_deadline(session, task, what.deadline, hand)
    if what.lead is not None or what.support is not None:
        changed |= following.assign(session, task_id, what.lead, what.support, hand).changed
    following.refresh_search(session, task)
    return Changed(task_id, task.title, None, None, changed, "đã sửa")


def _set_text(session: Session, task: Task, text: str, hand: Hand) -> bool:
    worded = _worded(text)
    if task.title == title(task.text):  # a title of its own stays
        set_field(session, task, "title", title(worded), hand)
    return set_field(session, task, "text", worded, hand)


def _worded(text: str) -> str:
    worded = " ".join(clean(text).text.split())
    if not worded:
        raise RefusedError("nội dung không có chữ nào", "ghi nội dung của việc")
    return worded


def set_deadline(session: Session, task: Task, words: str, hand: Hand) -> bool:
    """Gives a task the deadline that *words* mean.

    Raises:
        RefusedError: they mean none, or the task's day was extended.
    """
    document = session.get_one(Document, task.document_id)
    if extensions_of(session, task):
        raise RefusedError(f"nhiệm vụ {task.id} đã gia hạn, không sửa hạn đầu được", "gia hạn tiếp: nhacviec extend")
    deadline = None if clean(words).text.strip().lower() == NO_DEADLINE else _understood(words, document)
    fields = deadline_fields(deadline)
    if all(getattr(task, name) == value for name, value in fields.items() if name != "deadline_text"):
        return False
    before = spoken_deadline(task)
    for name, value in fields.items():
        setattr(task, name, value)
    session.add(task)
    record(session, task, "deadline", (before, spoken_deadline(task)), hand)
    return True


def _understood(words: str, document: Document) -> Deadline:
    deadline = binding(find(clean(words).text, DeadlineContext(document.date), strict=False))
    unknown = deadline is None or (deadline.kind == "date" and deadline.due is None)
    if deadline is None or unknown:
        raise RefusedError(
            f"không hiểu thời hạn “{words}”", "viết như: 30/11/2026, quý IV/2026, ngày 20 hằng tháng, hoặc “không”"
        )
    return deadline


def split(session: Session, task_id: int, texts: Sequence[str], hand: Hand) -> list[Changed]:
    """One task that is several: the first keeps its number, the others are new ones with its units, day and proof.

    Raises:
        RefusedError: fewer than two texts, or one of them is empty.
    """
    task = task_of(session, task_id)
    worded = [_worded(text) for text in texts]
    if len(worded) < 2:
        raise RefusedError("tách cần ít nhất hai nội dung", "ghi mỗi nội dung một --into")
    made = [_twin(session, task, text, hand) for text in worded[1:]]
    changed = _set_text(session, task, worded[0], hand)
    record(session, task, "split", (None, ", ".join(str(one.id) for one in made)), hand)
    for one in (task, *made):
        following.refresh_search(session, one)
    said = f"tách thành {len(worded)} việc"
    return [
        Changed(task_id, task.title, None, None, changed or True, said),
        *(Changed(number_of(one), one.title, None, None, True, f"tách từ nhiệm vụ {task_id}") for one in made),
    ]


def _twin(session: Session, task: Task, text: str, hand: Hand) -> Task:
    taken = set(session.exec(select(Task.draft_id).where(Task.document_id == task.document_id)).all())
    draft_id = next(name for at in range(2, len(taken) + 3) if (name := f"{task.draft_id}-{at}") not in taken)
    values = task.model_dump(exclude={"id", "draft_id", "text", "title"})
    twin = Task(**values, draft_id=draft_id, text=text, title=title(text))
    session.add(twin)
    session.flush()
    for part in session.exec(select(TaskUnit).where(TaskUnit.task_id == task.id)).all():
        session.add(TaskUnit(**part.model_dump(exclude={"id", "task_id"}), task_id=number_of(twin)))
    for proof in session.exec(select(Evidence).where(Evidence.task_id == task.id)).all():
        session.add(Evidence(**proof.model_dump(exclude={"id", "task_id"}), task_id=number_of(twin)))
    for given in extensions_of(session, task):
        session.add(type(given)(**given.model_dump(exclude={"id", "task_id"}), task_id=number_of(twin)))
    record(session, twin, "split_from", (None, str(task.id)), hand)
    session.flush()
    return twin


def merge(session: Session, task_ids: Sequence[int], hand: Hand) -> Changed:
    """Several tasks that are one: the first takes in the words, units and proof of the others, which are rejected.

    A first task without a deadline takes the latest of the others.

    Raises:
        NotFoundError, RefusedError: fewer than two tasks, or tasks of several documents.
    """
    tasks = [task_of(session, one) for one in dict.fromkeys(task_ids)]
    if len(tasks) < 2:
        raise RefusedError("gộp cần ít nhất hai nhiệm vụ", "ghi như: nhacviec merge 7 8")
    if len({task.document_id for task in tasks}) > 1:
        raise RefusedError("chỉ gộp được các việc của cùng một văn bản", "xem văn bản: nhacviec show ID")
    first, others = tasks[0], tasks[1:]
    text = "\n".join(dict.fromkeys(task.text for task in tasks))
    set_field(session, first, "text", text, hand)
    _take_deadline(session, first, others, hand)
    for role in ROLES:
        mentions = following.mentions_of(session, tasks, role)
        following.set_units(session, first, role, mentions, hand)
    for other in others:
        for proof in session.exec(select(Evidence).where(Evidence.task_id == other.id)).all():
            session.add(Evidence(**proof.model_dump(exclude={"id", "task_id"}), task_id=first.id))
        _decide(session, other, "rejected", hand)
        record(session, other, "merged_into", (None, str(first.id)), hand)
    record(session, first, "merged", (None, ", ".join(str(other.id) for other in others)), hand)
    following.refresh_search(session, first)
    return Changed(number_of(first), first.title, None, None, True, f"gộp {len(tasks)} việc thành một")


def _take_deadline(session: Session, first: Task, others: Sequence[Task], hand: Hand) -> None:
    dated = [other for other in others if other.deadline_kind is not None]
    if first.deadline_kind is not None or not dated:
        return
    latest = max(dated, key=lambda other: (other.deadline_due is not None, str(other.deadline_due)))
    for name in deadline_fields(None):
        setattr(first, name, getattr(latest, name))
    session.add(first)
    record(session, first, "deadline", (NO_DEADLINE, spoken_deadline(first)), hand)


def waiting(session: Session, doc: str | None) -> list[int]:
    """Numbers of the tasks that wait for a clerk, document by document in their order.

    Raises:
        NotFoundError, RefusedError: *doc* means no document, or several.
    """
    asked = (
        select(Task.id)
        .join(Document, col(Document.id) == Task.document_id)
        .where(Task.review == "pending", Document.state == "active")
        .order_by(col(Task.document_id), col(Task.position), col(Task.id))
    )
    if doc is not None:
        asked = asked.where(Task.document_id == documents.one(session, doc))
    return [one for one in session.exec(asked).all() if one is not None]
