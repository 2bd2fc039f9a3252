"""Rows of a document that is taken in: what the extractor found, as values for the tables.

In: an `Extraction` that was checked, and `Terms`. Out: values for the tables.

Example: a task found at confidence 0.9 whose day lies ahead is stored with review "accepted".
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.text import fold
from tracker import drafts, events, parts, schedule
from tracker.changes import number_of
from tracker.model import Document, Evidence, Problem, Target, Task, TaskUnit
from tracker.parts import deadline_fields, search_text
from tracker.states import OPEN, ROLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from extractor.model import Deadline, Extraction, Header, TaskDraft
    from extractor.model import Evidence as FoundEvidence
    from extractor.model import Problem as FoundProblem
    from extractor.model import Target as FoundTarget
    from tracker.bulk import Pile
    from tracker.unit_names import Registry


AMBIGUOUS = "unit_ambiguous"
"""The reason why a task waits that names a unit which could be several."""


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


class Paper(NamedTuple):
    """What of a stored document its tasks depend on: its number in the database, and its days."""

    id: int
    date: dt.date | None
    received: dt.date | None
    taken_in: dt.date


def paper_of(document: Document) -> Paper:
    """A document that was stored before."""
    return Paper(number_of(document), document.date, document.received, document.taken_in)


def document_row(number: int, reading: Reading) -> tuple[dict[str, Any], Paper]:
    """The row of a document that is new, under this *number*, and what its tasks depend on."""
    values = document_values(reading.extraction, reading.terms)
    return {"id": number, **values}, Paper(number, values["date"], values["received"], values["taken_in"])


def add_tasks(
    pile: Pile, numbers: Iterator[int], found: Iterable[tuple[int, TaskDraft]], paper: Paper, reading: Reading
) -> list[dict[str, Any]]:
    """Adds tasks with their positions, units and proof to what is to be written; the rows of the tasks."""
    rows = []
    for at, draft in found:
        row = {"id": next(numbers), **task_values(draft, at, paper, reading)}
        rows.append(row)
        pile.add(TaskUnit, [
            parts.part(role, place, mention, row["id"], reading.registry)
            for role, mentions in zip(ROLES, (draft.lead, draft.support), strict=True)
            for place, mention in enumerate(mentions)
        ])  # fmt: skip
        pile.add(Evidence, [evidence_values(one, paper.id, row["id"]) for one in reading.proven.tasks[draft.id]])
    pile.add(Task, rows)
    return rows


def add_remarks(pile: Pile, document_id: int, reading: Reading) -> int:
    """Adds the proof of the header, what could not be read, and the targets; how many things could not be read."""
    extraction = reading.extraction
    pile.add(Evidence, [evidence_values(proof, document_id, None) for proof in reading.proven.header])
    problems = (*extraction.problems, *reading.proven.problems)
    pile.add(Problem, [{"document_id": document_id, **plain_fields(problem)} for problem in problems])
    pile.add(Target, [
        {"document_id": document_id, **plain_fields(target, without=("span", "reasons"))}
        for target in extraction.targets
    ])  # fmt: skip
    return len(problems)


def plain_fields(record: FoundProblem | FoundTarget, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A record's fields by name."""
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in without}


def document_values(extraction: Extraction, terms: Terms) -> dict[str, Any]:
    """The row of a document."""
    header: Header = extraction.header
    source = extraction.source
    return {
        "doc_id": storable(extraction.doc_id),
        "number": header.number,
        "number_folded": fold(header.number) if header.number else None,
        "kind": header.kind,
        "issuer": header.issuer,
        "issuer_folded": fold(header.issuer or ""),
        "date": header.date,
        # none where nobody could read who issued it: such documents are never one because both are number 12
        "year": header.date.year if header.date and header.issuer else None,
        "subject": header.subject,
        "urgency": header.urgency,
        "sha256": source.sha256,
        "path": storable(source.path),
        "media_type": source.media_type,
        "pages": source.pages,
        "reader": source.reader,
        "ocr": source.ocr,
        "state": "active",
        "received": terms.received,
        "so_den": terms.so_den,
        "taken_in": terms.today,
        "ingested_at": terms.now,
    }


def storable(name: str) -> str:
    """A file's name as text: names from old systems hold bytes that are no UTF-8, which no database takes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def task_values(draft: TaskDraft, position: int, paper: Paper, reading: Reading) -> dict[str, Any]:
    """The row of a task; whether it needs a clerk is decided here."""
    terms, doubted = reading.terms, draft.id in reading.proven.doubted
    deadline = counted(draft.deadline, paper, terms)
    late = draft.status in OPEN and _is_late(deadline, paper, terms.today)
    named = (*draft.lead, *draft.support)
    several = any(reading.registry.candidates(unit.name, unit.text) for unit in named if not unit.group)
    sure = draft.confidence >= terms.accept_at and not late and not doubted and not several
    return {
        "document_id": paper.id,
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
        "reasons": [*draft.reasons, *(["evidence_mismatch"] if doubted else []), *([AMBIGUOUS] if several else [])],
        "late_at_intake": late,
        "search": search_words(draft),
    }


def counted(deadline: Deadline | None, paper: Paper, terms: Terms) -> Deadline | None:
    """A term "kể từ ngày nhận được văn bản" has its day where the day of arrival is known."""
    if deadline is None or deadline.anchor != events.RECEIVED or paper.received is None:
        return deadline
    found = events.counted(paper.received, deadline.offset, deadline.qualifier, terms.days_off)
    return replace(deadline, start=found["deadline_start"], due=found["deadline_due"])


def _is_late(deadline: Deadline | None, paper: Paper, today: date) -> bool:
    """Whether its day had passed when it came; for a recurring task, whether one of its days had."""
    if deadline is None:
        return False
    if deadline.kind == "recurring" and deadline.rrule:
        days = schedule.recurrence(deadline.rrule, deadline.start, deadline.due, paper.date, paper.taken_in)
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
