"""Intake: an Extraction is checked, compared with what is stored, and stored whole or not at all.

In: `extractor.model.Extraction` and the day that counts as today. Out: `Taken`: stored, unchanged (the same bytes
again), or clash (another file with the number of a stored document of that issuer and year; the stored one stays).

Example: a plan of March that is read in November has tasks whose day has passed; they are stored as `late_at_intake`,
wait for a clerk whatever their confidence, and go out in no mail before he accepts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlmodel import Session, col, func, insert, select

from extractor.text import fold
from tracker import drafts, events, schedule
from tracker.changes import Hand, set_field
from tracker.database import writing
from tracker.model import Document, Evidence, Problem, Table, Target, Task, TaskUnit
from tracker.parts import part, search_text
from tracker.states import OPEN, ROLES
from tracker.unit_names import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import Engine

    from extractor.model import Deadline, Extraction, Header, TaskDraft
    from extractor.model import Evidence as FoundEvidence
    from extractor.model import Problem as FoundProblem
    from extractor.model import Target as FoundTarget

Outcome = Literal["stored", "unchanged", "clash"]


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
    """

    today: date
    now: datetime
    accept_at: float
    received: date | None = None
    so_den: str | None = None
    days_off: Mapping[date, bool] = field(default_factory=dict)
    who: str = "nhacviec"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one document, and how it stands in the database now.

    Attributes:
        outcome: "stored", "unchanged" or "clash".
        document_id: number of the stored document (of a clash: of the one that was there before).
        path: where the stored document's bytes came from.
        number, issuer, date: of the stored document.
        tasks: how many tasks it has.
        to_review: how many of them wait for a clerk.
        late: how many of those because their day had passed at intake.
        problems: how many things could not be read or may have been missed.
    """

    outcome: Outcome
    document_id: int
    path: str
    number: str | None
    issuer: str | None
    date: date | None
    tasks: int
    to_review: int
    late: int
    problems: int


def take_in(engine: Engine, extraction: Extraction, terms: Terms) -> Taken:
    """Stores one document in a transaction of its own.

    Raises:
        IncoherentError: the extraction contradicts itself; nothing was stored.
        DatabaseError: the database cannot be written; nothing was stored.
    """
    drafts.check(extraction)
    with writing(engine) as session:
        return store_extraction(session, extraction, terms, Registry.read(session))


def store_extraction(session: Session, extraction: Extraction, terms: Terms, registry: Registry) -> Taken:
    """Stores one checked document in the session's transaction; many documents may share one.

    Args:
        session: of `tracker.database.writing`.
        extraction: passed by `tracker.drafts.check`.
        terms: day, moment and threshold.
        registry: the units that mentions are recognised by.
    """
    known = _known(session, extraction)
    if terms.received is not None:
        issued = known.date if known else extraction.header.date
        events.check_arrival(terms.received, issued, terms.today)
    if known is not None:
        _register(session, known, terms)
        return _taken(session, "unchanged" if known.sha256 == extraction.source.sha256 else "clash", known)
    document = _document(extraction, terms)
    session.add(document)
    session.flush()
    document_id = _number_of(document)
    proven = drafts.proven(extraction)
    task_ids = _insert_tasks(session, extraction, document, terms, proven.doubted)
    for_each = list(zip(extraction.tasks, task_ids, strict=True))
    _insert(session, TaskUnit, [
        part(role, at, mention, task_id, registry)
        for draft, task_id in for_each
        for role, mentions in zip(ROLES, (draft.lead, draft.support), strict=True)
        for at, mention in enumerate(mentions)
    ])  # fmt: skip
    _insert(session, Evidence, [
        *(_evidence(found, document_id, None) for found in proven.header),
        *(_evidence(found, document_id, task_id) for draft, task_id in for_each for found in proven.tasks[draft.id]),
    ])  # fmt: skip
    problems = (*extraction.problems, *proven.problems)
    _insert(session, Problem, [{"document_id": document_id, **_fields(problem)} for problem in problems])
    _insert(session, Target, [
        {"document_id": document_id, **_fields(target, without=("span", "reasons"))} for target in extraction.targets
    ])  # fmt: skip
    return _taken(session, "stored", document)


def _register(session: Session, document: Document, terms: Terms) -> None:
    """A stored document that is read again with its day of arrival: recorded, and the days that count from it set."""
    hand = Hand(terms.who, terms.now, terms.today)
    if terms.received is not None:
        events.arrived(session, document, terms.received, terms.days_off, hand)
    if terms.so_den is not None:
        set_field(session, document, "so_den", terms.so_den, hand)


def _insert(session: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    """Rows as plain values: building SQLModel objects takes most of the time of an intake."""
    if rows:
        session.execute(insert(table), rows)


def _insert_tasks(
    session: Session, extraction: Extraction, document: Document, terms: Terms, doubted: frozenset[str]
) -> list[int]:
    rows = [_task(draft, at, document, terms, draft.id in doubted) for at, draft in enumerate(extraction.tasks)]
    if not rows:
        return []
    returning = insert(Task).returning(col(Task.id), sort_by_parameter_order=True)
    return [row[0] for row in session.execute(returning, rows).all()]


def _fields(record: FoundProblem | FoundTarget, without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in without}


def _number_of(document: Document) -> int:
    if document.id is None:
        raise AssertionError("a flushed row has no number")
    return document.id


def _known(session: Session, extraction: Extraction) -> Document | None:
    """The stored document that this one is: the same bytes, else the same number of that issuer and year."""
    same_bytes = session.exec(select(Document).where(Document.sha256 == extraction.source.sha256)).first()
    header = extraction.header
    if same_bytes is not None or header.number is None or header.date is None:
        return same_bytes
    return session.exec(
        select(Document).where(
            Document.issuer_folded == fold(header.issuer or ""),
            Document.number_folded == fold(header.number),
            Document.year == header.date.year,
        )
    ).first()


def _document(extraction: Extraction, terms: Terms) -> Document:
    header: Header = extraction.header
    source = extraction.source
    return Document(
        doc_id=_storable(extraction.doc_id),
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
        path=_storable(source.path),
        media_type=source.media_type,
        pages=source.pages,
        reader=source.reader,
        ocr=source.ocr,
        received=terms.received,
        so_den=terms.so_den,
        taken_in=terms.today,
        ingested_at=terms.now,
    )


def _storable(name: str) -> str:
    """A file's name as text: names from old systems hold bytes that are no UTF-8, which no database takes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _task(draft: TaskDraft, position: int, document: Document, terms: Terms, doubted: bool) -> dict[str, Any]:
    deadline = _counted(draft.deadline, terms)
    late = draft.status in OPEN and _is_late(deadline, document, terms.today)
    sure = draft.confidence >= terms.accept_at and not late and not doubted
    return {
        "document_id": _number_of(document),
        "draft_id": draft.id,
        "position": position,
        "title": draft.title,
        "text": draft.text,
        "section": list(draft.section),
        **_deadline(deadline),
        "milestones": [drafts.deadline_to_json(milestone) for milestone in draft.milestones],
        "product": draft.product,
        "status": draft.status,
        "review": "accepted" if sure else "pending",
        "confidence": draft.confidence,
        "reasons": [*draft.reasons, *(["evidence_mismatch"] if doubted else [])],
        "late_at_intake": late,
        "search": _search_text(draft),
    }


def _counted(deadline: Deadline | None, terms: Terms) -> Deadline | None:
    """A term "kể từ ngày nhận được văn bản" has its day where the day of arrival is known."""
    if deadline is None or deadline.anchor != events.RECEIVED or terms.received is None:
        return deadline
    found = events.counted(terms.received, deadline.offset, deadline.qualifier, terms.days_off)
    return replace(deadline, start=found["deadline_start"], due=found["deadline_due"])


def _deadline(deadline: Deadline | None) -> dict[str, Any]:
    offset = deadline.offset if deadline else None
    names = ("text", "kind", "start", "due", "rrule", "qualifier", "time", "anchor")
    return {
        **{f"deadline_{name}": getattr(deadline, name) if deadline else None for name in names},
        "deadline_offset_count": offset.count if offset else None,
        "deadline_offset_unit": offset.unit if offset else None,
    }


def _is_late(deadline: Deadline | None, document: Document, today: date) -> bool:
    """Whether its day had passed when it came; for a recurring task, whether one of its days had."""
    if deadline is None:
        return False
    if deadline.kind == "recurring" and deadline.rrule:
        days = schedule.recurrence(deadline.rrule, deadline.start, deadline.due, document.date, document.taken_in)
        return bool(days.before(today))
    return deadline.due is not None and deadline.due < today


def _search_text(draft: TaskDraft) -> str:
    names = [word for unit in (*draft.lead, *draft.support) for word in (unit.name, unit.text)]
    return search_text(draft.title, draft.text, draft.product, names)


def _evidence(found: FoundEvidence, document_id: int, task_id: int | None) -> dict[str, Any]:
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


def _taken(session: Session, outcome: Outcome, document: Document) -> Taken:
    document_id = _number_of(document)
    waiting = func.count().filter(col(Task.review) == "pending")
    late = func.count().filter(col(Task.review) == "pending", col(Task.late_at_intake))
    tasks, to_review, late_count = session.exec(
        select(func.count(), waiting, late).select_from(Task).where(Task.document_id == document_id)
    ).one()
    problems = session.exec(select(func.count()).select_from(Problem).where(Problem.document_id == document_id)).one()
    return Taken(
        outcome, document_id, document.path, document.number, document.issuer, document.date,
        tasks, to_review, late_count, problems,
    )  # fmt: skip
