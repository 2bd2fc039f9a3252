"""Rows of a document that is taken in: what the extractor found, as values for the tables.

In: an `Extraction` that was checked, and `Terms`. Out: values, and their way into the tables.

Example: a task found at confidence 0.9 whose day lies ahead is stored with review "accepted".
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, insert

from extractor.text import fold
from tracker import drafts, events, schedule
from tracker.changes import number_of
from tracker.model import Document, Evidence, Problem, Table, Target, Task, TaskUnit
from tracker.parts import deadline_fields, part, search_text
from tracker.states import OPEN, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from extractor.model import Deadline, Extraction, Header, TaskDraft
    from extractor.model import Evidence as FoundEvidence
    from extractor.model import Problem as FoundProblem
    from extractor.model import Target as FoundTarget
    from tracker.unit_names import Registry


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms documents are taken in.

    Attributes:
        today: the office's day.
        now: the moment, with its zone.
        accept_at: a task found with at least this confidence (0 to 1), not late, needs no clerk.
        received, so_den: day of arrival and number in the register of incoming documents; None: not said.
        days_off: what a year's announcement adds to the calendar.
        who: who takes in.
        home: the office's province, whose units the registry holds; None: not said.
    """

    today: date
    now: datetime
    accept_at: float
    received: date | None = None
    so_den: str | None = None
    days_off: Mapping[date, bool] = field(default_factory=dict)
    who: str = "nhacviec"
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A checked extraction with the proof that holds, on whose terms it is taken in, and the units known by then."""

    extraction: Extraction
    proven: drafts.Proven
    terms: Terms
    registry: Registry


def insert_rows(session: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    """Rows as plain values: building SQLModel objects takes most of the time of an intake."""
    if rows:
        session.execute(insert(table), rows)


def store_tasks(
    session: Session, found: Sequence[tuple[int, TaskDraft]], document: Document, reading: Reading
) -> list[int]:
    """Stores tasks with their positions, units and proof; their numbers."""
    rows = [task_values(draft, at, document, reading) for at, draft in found]
    if not rows:
        return []
    returning = insert(Task).returning(col(Task.id), sort_by_parameter_order=True)
    task_ids = [row[0] for row in session.execute(returning, rows).all()]
    document_id = number_of(document)
    for_each = [(draft, task_id) for (_, draft), task_id in zip(found, task_ids, strict=True)]
    insert_rows(session, TaskUnit, [
        part(role, at, mention, task_id, reading.registry)
        for draft, task_id in for_each
        for role, mentions in zip(ROLES, (draft.lead, draft.support), strict=True)
        for at, mention in enumerate(mentions)
    ])  # fmt: skip
    insert_rows(session, Evidence, [
        evidence_values(proof, document_id, task_id)
        for draft, task_id in for_each
        for proof in reading.proven.tasks[draft.id]
    ])  # fmt: skip
    return task_ids


def store_remarks(session: Session, document: Document, reading: Reading) -> None:
    """Stores the proof of the header, what could not be read, and the targets."""
    document_id, extraction = number_of(document), reading.extraction
    insert_rows(session, Evidence, [evidence_values(proof, document_id, None) for proof in reading.proven.header])
    problems = (*extraction.problems, *reading.proven.problems)
    insert_rows(session, Problem, [{"document_id": document_id, **plain_fields(problem)} for problem in problems])
    insert_rows(session, Target, [
        {"document_id": document_id, **plain_fields(target, without=("span", "reasons"))}
        for target in extraction.targets
    ])  # fmt: skip


def plain_fields(record: FoundProblem | FoundTarget, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A record's fields by name."""
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in without}


def document_row(extraction: Extraction, terms: Terms) -> Document:
    """The row of a document."""
    header: Header = extraction.header
    source = extraction.source
    return Document(
        doc_id=storable(extraction.doc_id),
        number=header.number,
        number_folded=fold(header.number) if header.number else None,
        kind=header.kind,
        issuer=header.issuer,
        issuer_folded=fold(header.issuer or ""),
        date=header.date,
        year=header.date.year if header.date else None,
        subject=header.subject,
        urgency=header.urgency,
        sha256=source.sha256,
        path=storable(source.path),
        media_type=source.media_type,
        pages=source.pages,
        reader=source.reader,
        ocr=source.ocr,
        received=terms.received,
        so_den=terms.so_den,
        taken_in=terms.today,
        ingested_at=terms.now,
    )


def storable(name: str) -> str:
    """A file's name as text: names from old systems hold bytes that are no UTF-8, which no database takes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def task_values(draft: TaskDraft, position: int, document: Document, reading: Reading) -> dict[str, Any]:
    """The row of a task; whether it needs a clerk is decided here."""
    terms, doubted = reading.terms, draft.id in reading.proven.doubted
    deadline = counted(draft.deadline, document, terms)
    late = draft.status in OPEN and _is_late(deadline, document, terms.today)
    sure = draft.confidence >= terms.accept_at and not late and not doubted
    return {
        "document_id": number_of(document),
        "draft_id": draft.id,
        "position": position,
        "title": draft.title,
        "text": draft.text,
        "section": list(draft.section),
        **deadline_fields(deadline),
        "milestones": [drafts.deadline_to_json(milestone) for milestone in draft.milestones],
        "product": draft.product,
        "status": draft.status,
        "review": "accepted" if sure else "pending",
        "confidence": draft.confidence,
        "reasons": [*draft.reasons, *(["evidence_mismatch"] if doubted else [])],
        "late_at_intake": late,
        "search": search_words(draft),
    }


def counted(deadline: Deadline | None, document: Document, terms: Terms) -> Deadline | None:
    """A term "kể từ ngày nhận được văn bản" has its day where the day of arrival is known."""
    if deadline is None or deadline.anchor != events.RECEIVED or document.received is None:
        return deadline
    found = events.counted(document.received, deadline.offset, deadline.qualifier, terms.days_off)
    return replace(deadline, start=found["deadline_start"], due=found["deadline_due"])


def _is_late(deadline: Deadline | None, document: Document, today: date) -> bool:
    """Whether its day had passed when it came; for a recurring task, whether one of its days had."""
    if deadline is None:
        return False
    if deadline.kind == "recurring" and deadline.rrule:
        days = schedule.recurrence(deadline.rrule, deadline.start, deadline.due, document.date, document.taken_in)
        return bool(days.before(today))
    return deadline.due is not None and deadline.due < today


def search_words(draft: TaskDraft) -> str:
    """The words under which a task is found."""
    names = [word for unit in (*draft.lead, *draft.support) for word in (unit.name, unit.text)]
    return search_text(draft.title, draft.text, draft.product, names)


def evidence_values(found: FoundEvidence, document_id: int, task_id: int | None) -> dict[str, Any]:
    """The row of a quote."""
    return {
        "document_id": document_id,
        "task_id": task_id,
        "field": found.field,
        "quote": found.quote,
        "page": found.page,
        "block": found.span.block,
        "start": found.span.start,
        "end": found.span.end,
    }
