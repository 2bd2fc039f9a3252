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

from sqlalchemy import and_, or_, union_all
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, col, func, select

from extractor.text import fold
from tracker import drafts, events, parts, versions
from tracker.among import among
from tracker.bulk import Pile
from tracker.changes import Hand, number_of, set_field
from tracker.database import writing
from tracker.drafts import IncoherentError
from tracker.errors import RefusedError, TrackerError
from tracker.model import Document, DocumentVersion, Problem, Table, Task
from tracker.records import Reading, Terms, add_remarks, add_tasks, document_row
from tracker.unit_names import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Engine

    from extractor.model import Extraction
    from tracker.versions import Difference

__all__ = ["Outcome", "Taken", "Terms", "is_stored", "store_each", "take_in", "take_in_each"]

AT_ONCE = 50
"""So many documents share a transaction at most where they come fast."""

_DOCUMENT, _VERSION = (Table.metadata.tables[name].c for name in ("document", "document_version"))
_NUMBERED = (_DOCUMENT.issuer_folded, _DOCUMENT.number_folded, _DOCUMENT.year)

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
        RefusedError: it cannot have come on the day that the terms name; nothing was stored.
        DatabaseError: the database cannot be written; nothing was stored.
    """
    with writing(engine, at_once=False) as session:  # what a power cut takes is read again from its file
        return store_each(session, [extraction], terms)[0]


def is_stored(engine: Engine, sha256: str) -> bool:
    """Whether a document of these bytes (SHA-256 in hex) was taken in, as the version that counts or an earlier one."""
    by_bytes = (select(table.sha256).where(table.sha256 == sha256) for table in (_DOCUMENT, _VERSION))
    with engine.connect() as connection:
        return connection.execute(union_all(*by_bytes)).first() is not None


def take_in_each(engine: Engine, extractions: Sequence[Extraction], terms: Terms) -> list[Taken | Exception]:
    """Stores documents in one transaction, so that many small ones take a tenth of the time.

    Where one of them cannot be stored, each has a transaction of its own: in the place of what became of that one
    stands what `take_in` raises.

    Raises:
        DatabaseError: the database cannot be written.
    """
    if len(extractions) > 1:
        try:
            with writing(engine, at_once=False) as session:
                return [*store_each(session, extractions, terms)]
        except (TrackerError, IntegrityError, DataError):
            pass  # nothing was stored; which one it was shows below
    found: list[Taken | Exception] = []
    for extraction in extractions:
        try:
            found.append(take_in(engine, extraction, terms))
        except (IncoherentError, RefusedError, IntegrityError, DataError) as error:
            found.append(error)
    return found


def store_each(session: Session, extractions: Sequence[Extraction], terms: Terms) -> list[Taken]:
    """Stores documents in the session's transaction, new ones with one statement a table.

    Raises:
        IncoherentError, RefusedError: one of them cannot be stored.
    """
    for extraction in extractions:
        drafts.check(extraction)
    registry = Registry.read(session, terms.home)
    seen = set(_stored(session, extractions))
    fresh: dict[int, Extraction] = {}
    for at, extraction in enumerate(extractions):
        own = _identity(extraction)
        if seen.isdisjoint(own):
            fresh[at] = extraction
            seen.update(own)
    found = dict(zip(fresh, _store_new(session, list(fresh.values()), terms, registry), strict=True))
    for at, extraction in enumerate(extractions):
        if at not in fresh:
            found[at] = _store_again(session, _reading(extraction, terms, registry))
    return [found[at] for at in range(len(extractions))]


def _reading(extraction: Extraction, terms: Terms, registry: Registry) -> Reading:
    return Reading(extraction, drafts.proven(extraction), terms, registry.within(extraction.header.issuer))


def _store_new(session: Session, extractions: Sequence[Extraction], terms: Terms, registry: Registry) -> list[Taken]:
    """Stores documents that nobody has seen before."""
    found = []
    pile = Pile(session)
    papers = pile.numbers(Document, len(extractions))
    numbers = pile.numbers(Task, sum(len(extraction.tasks) for extraction in extractions))
    for extraction in extractions:
        header = extraction.header
        if terms.received is not None:
            events.check_arrival(terms.received, header.date, terms.today)
        reading = _reading(extraction, terms, registry)
        row, paper = document_row(next(papers), reading)
        pile.add(Document, [row])
        waiting = [
            task
            for task in add_tasks(pile, numbers, enumerate(extraction.tasks), paper, reading)
            if task["review"] == "pending"
        ]
        late = sum(task["late_at_intake"] for task in waiting)
        problems = add_remarks(pile, paper.id, reading)
        found.append(Taken(
            "stored", paper.id, row["path"], header.number, header.issuer, header.date,
            len(extraction.tasks), len(waiting), late, problems,
        ))  # fmt: skip
    parts.name(pile)
    pile.write()
    return found


def _store_again(session: Session, reading: Reading) -> Taken:
    """Takes in what is stored: as an arrival, the same bytes, a newer version, or another one under its number."""
    extraction, terms = reading.extraction, reading.terms
    stored = _stored(session, [extraction])
    known = session.get_one(Document, next(stored[own] for own in _identity(extraction) if own in stored))
    if terms.received is not None:
        events.check_arrival(terms.received, known.date, terms.today)
    _register(session, known, terms)
    if _is_read(session, known, extraction.source.sha256):
        return _taken(session, "unchanged", known)
    differences = versions.renew(session, known, reading)
    return _taken(session, "clash" if differences is None else "renewed", known, differences or ())


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


def _identity(extraction: Extraction) -> list[tuple[Any, ...]]:
    """What tells a document: its bytes, else its number of that issuer and year.

    Two documents whose issuer nobody could read are not one because both are number 12: only their bytes can tell.
    """
    header = extraction.header
    known: list[tuple[Any, ...]] = [(extraction.source.sha256,)]
    if header.number is not None and header.date is not None and header.issuer:
        known.append((fold(header.issuer), fold(header.number), header.date.year))
    return known


def _stored(session: Session, extractions: Sequence[Extraction]) -> dict[tuple[Any, ...], int]:
    """The stored documents by all that tells *extractions*; bytes of an earlier version are its document's too."""
    told = [one for extraction in extractions for one in _identity(extraction)]
    codes, numbered = [one[0] for one in told if len(one) == 1], [one for one in told if len(one) > 1]
    connection = session.connection()
    found: dict[tuple[Any, ...], int] = {}
    for column, document_id in ((_VERSION.sha256, _VERSION.document_id), (_DOCUMENT.sha256, _DOCUMENT.id)):
        asked = select(column, document_id).where(among(connection, column, codes))
        found |= {(row[0],): row[1] for row in connection.execute(asked)}
    if numbered:
        # one condition each: SQLite reads the whole table for `(a, b, c) IN (VALUES …)`, its index for this
        each = (and_(*(column == value for column, value in zip(_NUMBERED, one, strict=True))) for one in numbered)
        asked = select(*_NUMBERED, _DOCUMENT.id).where(or_(*each))
        found |= {tuple(row[:-1]): row[-1] for row in connection.execute(asked)}
    return found


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
