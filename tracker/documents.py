"""Documents: which one a person means, and the list of all.

In: "258/KH-UBND", "258", the stem of its file, or its number in the list ("id:12"). Out: the document, or one line that
says which ones could be meant.

Example: "258" means 258/KH-UBND; where 258/KH-UBND and 258/UBND-NC are both stored, the clerk is asked to say more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from extractor.text import fold
from tracker.columns import document, problem, task
from tracker.errors import NotFoundError, RefusedError
from tracker.states import OPEN

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection
    from sqlmodel import Session

    from tracker.states import DocumentState


def meant(text: str) -> ColumnElement[bool]:
    """Which documents *text* may mean, as a condition."""
    written = text.strip()
    by_id = re.fullmatch(r"id:(\d{1,18})", written)
    if by_id:  # not "#12": for a shell that begins a comment, and `review --accept-all #12` would accept everything
        return document.c.id == int(by_id[1])
    number = fold(written)
    return or_(
        document.c.number_folded == number,
        document.c.number_folded.startswith(f"{number}/", autoescape=True),
        func.lower(document.c.doc_id) == written.lower(),
    )


def one(connection: Connection | Session, text: str) -> int:
    """The number of the one document that *text* means.

    Raises:
        NotFoundError: there is none.
        RefusedError: there are several.
    """
    found = connection.execute(select(document).where(meant(text)).order_by(document.c.id)).all()
    if not found:
        raise NotFoundError(f"không có văn bản “{text}”", "xem số, ký hiệu bằng “nhacviec docs”")
    if len(found) > 1:
        listed = "; ".join(
            f"id:{row.id} {row.number or row.doc_id} ({row.issuer or 'chưa rõ cơ quan'})" for row in found[:5]
        )
        raise RefusedError(f"“{text}” có thể là {len(found)} văn bản: {listed}", f"ghi rõ, ví dụ “id:{found[0].id}”")
    number: int = found[0].id
    return number


def any_stored(connection: Connection | Session) -> bool:
    """Whether any document was ever taken in."""
    return connection.execute(select(document.c.id).limit(1)).first() is not None


class DocumentRow(NamedTuple):
    """A document in the list: who issued what when, and how far its tasks are."""

    id: int
    doc_id: str
    number: str | None
    kind: str | None
    issuer: str | None
    date: dt.date | None
    subject: str | None
    state: DocumentState
    taken_in: dt.date
    path: str
    tasks: int
    open: int
    to_review: int
    problems: int


def list_documents(connection: Connection | Session) -> list[DocumentRow]:
    """All documents, the newest first, each with its tasks (all, still open, waiting for a clerk) and problems."""
    of_document = task.c.document_id == document.c.id
    counted = select(func.count()).select_from(task).where(of_document)
    kept = counted.where(task.c.review != "rejected")
    found = connection.execute(
        select(
            document,
            kept.scalar_subquery().label("tasks"),
            kept.where(task.c.status.in_(OPEN)).scalar_subquery().label("open"),
            counted.where(task.c.review == "pending").scalar_subquery().label("to_review"),
            select(func.count()).select_from(problem).where(problem.c.document_id == document.c.id)
            .scalar_subquery().label("problems"),
        ).order_by(document.c.date.is_(None), document.c.date.desc(), document.c.id.desc())
    ).all()  # fmt: skip
    return [DocumentRow(**{name: getattr(row, name) for name in DocumentRow._fields}) for row in found]


def to_json(row: DocumentRow) -> dict[str, Any]:
    """The row as JSON; days in ISO form."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row._asdict().items()}
