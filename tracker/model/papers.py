"""Documents, their earlier versions, what they aim at, what in them could not be read, and the words that prove it all.

Example: plan 215/KH-UBND is one `document`; its number is proved by an `evidence` without a task.
"""

import datetime as dt

from sqlalchemy import Date, Index, String, UniqueConstraint
from sqlmodel import Field

from tracker.model.base import Table, UtcTime, one_of, where
from tracker.states import DOCUMENT_STATES, DocumentState


class Document(Table, table=True):
    """A plan or letter, as taken in. Two with the same issuer, number and year are the same document (NĐ 30/2020).

    `issuer_folded`, `number_folded`: lower case without diacritics; "" for an unknown issuer, NULL for an unknown
    number. `year`: of the day of issue, NULL where that or the issuer is unknown; so neither documents without a number
    nor those of unknown issuers ever clash. `taken_in`: the office's day of intake. `received`,
    `so_den`: day of arrival and number in the register of incoming documents.
    """

    __table_args__ = (
        UniqueConstraint("issuer_folded", "number_folded", "year"),
        Index("ix_document_ended", "id", **where("state <> 'active'")),
        one_of("state", *DOCUMENT_STATES),
    )

    id: int | None = Field(default=None, primary_key=True)
    doc_id: str
    number: str | None = None
    number_folded: str | None = Field(default=None, index=True)
    kind: str | None = None
    issuer: str | None = None
    issuer_folded: str = ""
    date: dt.date | None = Field(default=None, sa_type=Date)
    year: int | None = None
    subject: str | None = None
    urgency: str | None = None
    sha256: str = Field(unique=True)
    path: str
    media_type: str
    pages: int | None = None
    reader: str = ""
    ocr: bool = False
    state: DocumentState = Field(default="active", sa_type=String)
    successor_id: int | None = Field(default=None, foreign_key="document.id", ondelete="SET NULL")
    received: dt.date | None = Field(default=None, sa_type=Date)
    so_den: str | None = None
    taken_in: dt.date = Field(sa_type=Date)
    ingested_at: dt.datetime = Field(sa_type=UtcTime)


class DocumentVersion(Table, table=True):
    """Bytes of a document that a newer version has taken the place of: read again, they change nothing."""

    __tablename__ = "document_version"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    sha256: str = Field(unique=True)
    path: str
    date: dt.date | None = Field(default=None, sa_type=Date)
    ingested_at: dt.datetime = Field(sa_type=UtcTime)


class Evidence(Table, table=True):
    """The words that prove one field of a task, or of the document's header (`task_id` None)."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", ondelete="CASCADE", index=True)
    field: str
    quote: str
    page: int | None = None
    block: int
    start: int
    end: int


class Target(Table, table=True):
    """A measurable result that a document sets."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    text: str
    indicator: str
    comparator: str
    value: float
    unit: str | None = None
    baseline: float | None = None
    by: dt.date | None = Field(default=None, sa_type=Date)


class Problem(Table, table=True):
    """What could not be read in a document, or what may have been missed."""

    __table_args__ = (one_of("severity", "low", "medium", "high"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    stage: str
    kind: str
    severity: str
    message: str
    page: int | None = None
    block: int | None = None
