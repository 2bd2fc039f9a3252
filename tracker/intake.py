"""Intake: an Extraction is checked, compared with what is stored, and stored whole or not at all.

In: `extractor.model.Extraction` and the day that counts as today. Out: `Taken`: stored, unchanged (the same bytes
again), renewed (a newer version of a stored document: the same issuer, number and year), or clash (a file with that
number that is older, or has no task in common; the stored one stays).

Example: a plan of March that is read in November has tasks whose day has passed; they are stored as `late_at_intake`,
wait for a clerk whatever their confidence, and go out in no mail before he accepts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import literal_column, union_all
from sqlmodel import Session, col, func, select

from extractor.text import fold
from tracker import drafts, events, versions
from tracker.changes import Hand, number_of, set_field
from tracker.database import writing
from tracker.model import Document, DocumentVersion, Problem, Task
from tracker.records import Reading, Terms, storable, store_document, store_remarks, store_rows
from tracker.unit_names import Registry

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from extractor.model import Extraction
    from tracker.versions import Difference

__all__ = ["Outcome", "Taken", "Terms", "is_stored", "store_extraction", "take_in"]

Outcome = Literal["stored", "unchanged", "renewed", "clash"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one document, and how it stands in the database now.

    Attributes:
        outcome: "stored", "unchanged", "renewed" or "clash".
        document_id: number of the stored document (of a clash: of the one that was there before).
        path: where the stored document's bytes came from.
        number, issuer, date: of the stored document.
        tasks: how many tasks it has.
        to_review: how many of them wait for a clerk.
        late: how many of those because their day had passed at intake.
        problems: how many things could not be read or may have been missed.
        differences: what a newer version ("renewed") changed.
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
    differences: tuple[Difference, ...] = ()


def take_in(engine: Engine, extraction: Extraction, terms: Terms) -> Taken:
    """Stores one document in a transaction of its own.

    Raises:
        IncoherentError: the extraction contradicts itself; nothing was stored.
        DatabaseError: the database cannot be written; nothing was stored.
    """
    drafts.check(extraction)
    with writing(engine, at_once=False) as session:  # what a power cut takes is read again from its file
        return store_extraction(session, extraction, terms, Registry.read(session, terms.home))


def is_stored(engine: Engine, sha256: str) -> bool:
    """Whether a document of these bytes (SHA-256 in hex) was taken in, as the version that counts or an earlier one."""
    with engine.connect() as connection:
        return connection.execute(union_all(*_of_bytes(sha256)).limit(1)).first() is not None


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
    of_issuer = registry.within(extraction.header.issuer)
    reading = Reading(extraction, drafts.proven(extraction), terms, of_issuer)
    if known is not None:
        _register(session, known, terms)
        if _is_read(session, known, extraction.source.sha256):
            return _taken(session, "unchanged", known)
        differences = versions.renew(session, known, reading)
        return _taken(session, "clash" if differences is None else "renewed", known, differences or ())
    paper = store_document(session, reading)
    rows = store_rows(session, list(enumerate(extraction.tasks)), paper, reading)
    problems = store_remarks(session, paper.id, reading)
    waiting = [row for row in rows if row["review"] == "pending"]
    late = sum(row["late_at_intake"] for row in waiting)
    header = extraction.header
    return Taken(
        "stored", paper.id, storable(extraction.source.path), header.number, header.issuer, header.date,
        len(rows), len(waiting), late, problems,
    )  # fmt: skip


def _register(session: Session, document: Document, terms: Terms) -> None:
    """A stored document that is read again with its day of arrival: recorded, and the days that count from it set."""
    hand = Hand(terms.who, terms.now, terms.today, home=terms.home)
    if terms.received is not None:
        events.arrived(session, document, terms.received, terms.days_off, hand)
    if terms.so_den is not None:
        set_field(session, document, "so_den", terms.so_den, hand)


def _is_read(session: Session, document: Document, sha256: str) -> bool:
    """Whether these bytes were taken in before, as the version that counts now or as an earlier one."""
    earlier = select(DocumentVersion.id).where(DocumentVersion.sha256 == sha256)
    return document.sha256 == sha256 or session.exec(earlier).first() is not None


def _known(session: Session, extraction: Extraction) -> Document | None:
    """The stored document that this one is: the same bytes, else the same number of that issuer and year.

    Two documents whose issuer nobody could read are not one because both are number 12: only their bytes can tell.
    """
    header, sha256 = extraction.header, extraction.source.sha256
    same = _of_bytes(sha256)
    if header.number is not None and header.date is not None and header.issuer:
        same.append(
            select(Document.id).where(
                Document.issuer_folded == fold(header.issuer),
                Document.number_folded == fold(header.number),
                Document.year == header.date.year,
            )
        )
    ranked = union_all(*(one.add_columns(literal_column(str(at))) for at, one in enumerate(same)))
    found = session.connection().execute(ranked).all()
    return session.get(Document, min(found, key=lambda row: row[1])[0]) if found else None


def _of_bytes(sha256: str) -> list[Any]:
    """Selects the documents of these bytes, by their version that counts and by an earlier one."""
    return [
        select(Document.id).where(Document.sha256 == sha256),
        select(DocumentVersion.document_id).where(DocumentVersion.sha256 == sha256),
    ]


def _taken(session: Session, outcome: Outcome, document: Document, differences: tuple[Difference, ...] = ()) -> Taken:
    document_id = number_of(document)
    waiting = func.count().filter(col(Task.review) == "pending")
    late = func.count().filter(col(Task.review) == "pending", col(Task.late_at_intake))
    tasks, to_review, late_count = session.exec(
        select(func.count(), waiting, late).select_from(Task).where(Task.document_id == document_id)
    ).one()
    problems = session.exec(select(func.count()).select_from(Problem).where(Problem.document_id == document_id)).one()
    return Taken(
        outcome, document_id, document.path, document.number, document.issuer, document.date,
        tasks, to_review, late_count, problems, differences,
    )  # fmt: skip
