"""The tables: what is known of documents, their tasks, the units that do them, and the mails about them.

In: nothing (tables do not validate: `tracker.intake` and the commands check before they store). Out: SQLModel classes
that every other module of `tracker` reads and writes. Dates are dates; times are UTC with their zone.

    document ─< task ─< task_unit >─ unit ─< unit_address
        │         ├─< evidence, occurrence, extension
        │         └─< outbox_task >─ outbox
        └─< document_version, evidence (of the header), target, problem      history, app_setting stand alone

Example: the row "Báo cáo kết quả trước ngày 20 hằng tháng" of a plan is one `task` with
`deadline_kind="recurring"`, `deadline_rrule="FREQ=MONTHLY;BYMONTHDAY=20"`; the report of May that was sent on 18 May
is its `occurrence(day=2026-05-20, done_on=2026-05-18)`.
"""

import datetime as dt
from typing import Any, ClassVar, Literal

from sqlalchemy import JSON, CheckConstraint, Date, DateTime, Dialect, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from tracker.states import (
    DOCUMENT_STATES,
    OUTBOX_STATES,
    REVIEW_STATES,
    ROLES,
    WORK_STATUSES,
    DocumentState,
    ReviewState,
    WorkStatus,
)
from tracker.states import (
    OutboxState as OutboxState,
)
from tracker.states import (
    Role as Role,
)


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment in UTC: `timestamptz` where the database has it, else ISO 8601 text with its zone, sortable."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which has no type for times with a zone."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Refuses a time without a zone: nobody could say later which one was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        moment = value.astimezone(dt.UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401, ARG002
        """A time in UTC, whatever the database handed back."""
        if value is None:
            return None
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(dt.UTC)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


_OPEN = "status IN ('todo', 'doing')"
_ASKED = ("document_id", "review", "deadline_qualifier", "status", "deadline_rrule", "id")


def _where(condition: str) -> dict[str, Any]:
    """An index over some of the rows, on either kind of database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Table(SQLModel):
    """Base of all tables: names of constraints are fixed, so that migrations can find them."""

    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Document(Table, table=True):
    """A plan or letter, as taken in. Two with the same issuer, number and year are the same document (NĐ 30/2020).

    `issuer_folded`, `number_folded`: lower case without diacritics; "" for an unknown issuer, NULL for an unknown
    number. `year`: of the day of issue, NULL where that or the issuer is unknown; so neither documents without a number
    nor those of unknown issuers ever clash. `taken_in`: the office's day of intake. `received`,
    `so_den`: day of arrival and number in the register of incoming documents.
    """

    __table_args__ = (
        UniqueConstraint("issuer_folded", "number_folded", "year"),
        Index("ix_document_ended", "id", **_where("state <> 'active'")),
        _one_of("state", *DOCUMENT_STATES),
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


class Task(Table, table=True):
    """A piece of work that a document directs somebody to do, and how far it is.

    `deadline_*` are the words and days of the document and never change by an extension: the day that counts now is the
    `due` of the newest `Extension`, else `deadline_due` (`tracker.schedule.current_due`). `late_at_intake`: the day had
    passed when the document was taken in; such a task waits for a clerk and goes out in no mail before it is accepted.
    `search`: folded title, text, product and units. `progress`: how far it is, in percent, None: nobody said.
    """

    __table_args__ = (
        UniqueConstraint("document_id", "draft_id"),
        Index(None, "deadline_kind", "status"),
        Index(None, "review", "status"),
        Index("ix_task_open_dated", "deadline_due", *_ASKED, **_where(f"{_OPEN} AND deadline_rrule IS NULL")),
        Index(
            "ix_task_open_recurring",
            *_ASKED,
            "deadline_start",
            "deadline_due",
            **_where(f"{_OPEN} AND deadline_rrule IS NOT NULL"),
        ),
        _one_of("status", *WORK_STATUSES),
        _one_of("review", *REVIEW_STATES),
        _one_of("deadline_kind", "date", "recurring", "ongoing", "relative"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_range"),
        CheckConstraint("progress >= 0 AND progress <= 100", name="progress_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    draft_id: str
    position: int
    title: str
    text: str
    section: list[str] = Field(default_factory=list, sa_type=JSON)
    deadline_text: str | None = None
    deadline_kind: Literal["date", "recurring", "ongoing", "relative"] | None = Field(default=None, sa_type=String)
    deadline_start: dt.date | None = Field(default=None, sa_type=Date)
    deadline_due: dt.date | None = Field(default=None, sa_type=Date)
    deadline_rrule: str | None = None
    deadline_qualifier: str | None = None
    deadline_time: str | None = None
    deadline_anchor: str | None = None
    deadline_offset_count: int | None = None
    deadline_offset_unit: str | None = None
    milestones: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    product: str | None = None
    status: WorkStatus = Field(default="todo", sa_type=String)
    review: ReviewState = Field(default="pending", sa_type=String)
    confidence: float = 1.0
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    late_at_intake: bool = False
    done_on: dt.date | None = Field(default=None, sa_type=Date)
    reply_number: str | None = None
    progress: int | None = None
    search: str = ""


class UnitName(Table, table=True):
    """The folded spellings under which a person may look for a unit (`unit_names.spellings`), each between bars.

    Example: "|so thong tin truyen thong|so tttt|", stored once for all the parts that are named so.
    """

    __tablename__ = "unit_name"

    id: int | None = Field(default=None, primary_key=True)
    spellings: str = Field(unique=True)


class TaskUnit(Table, table=True):
    """A unit's part in a task, as the document names it; `unit_id` once the name is known in the registry."""

    __tablename__ = "task_unit"
    __table_args__ = (
        Index(None, "task_id", "role", "position"),
        Index("ix_task_unit_name_id_task_id", "name_id", "task_id"),
        _one_of("role", *ROLES),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE")
    role: Role = Field(sa_type=String)
    position: int
    text: str
    name: str
    name_id: int | None = Field(default=None, foreign_key="unit_name.id")
    unit_key: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL", index=True)
    is_group: bool = False


class Unit(Table, table=True):
    """A unit of the office's registry, valid from a day to a day (both included, None: open).

    `head_email`: where the unit's head hears of what is late for long; None: nobody set one. `is_group`: it stands for
    its members ("các sở, ban, ngành"), and no mention of a single unit is it. `succession_note`: what of its work went
    elsewhere than to its successor.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    name: str
    name_folded: str = Field(index=True)
    short_names: list[str] = Field(default_factory=list, sa_type=JSON)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL")
    level: str | None = None
    valid_from: dt.date | None = Field(default=None, sa_type=Date)
    valid_to: dt.date | None = Field(default=None, sa_type=Date)
    successor_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL")
    head_email: str | None = None
    is_group: bool = False
    succession_note: str | None = None


class UnitMember(Table, table=True):
    """A unit is one of those that a group stands for."""

    __tablename__ = "unit_member"

    group_id: int = Field(foreign_key="unit.id", ondelete="CASCADE", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE", primary_key=True, index=True)


class UnitChoice(Table, table=True):
    """What a clerk said a name means that could be several units: in documents of one issuer, or ("") of all.

    `written`: the plain name (`unit_names.plain`).
    """

    __tablename__ = "unit_choice"
    __table_args__ = (UniqueConstraint("written", "issuer_folded"),)

    id: int | None = Field(default=None, primary_key=True)
    written: str
    issuer_folded: str = ""
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")


class RollCall(Table, table=True):
    """One of the units that a task is given to has finished: when, by which answer. `day`: of a recurring task."""

    __tablename__ = "roll_call"

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE", index=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")
    day: dt.date | None = Field(default=None, sa_type=Date)
    done_on: dt.date = Field(sa_type=Date)
    reply_number: str | None = None


class UnitAddress(Table, table=True):
    """An e-mail address of a unit, in the order in which it was given."""

    __tablename__ = "unit_address"
    __table_args__ = (UniqueConstraint("unit_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")
    email: str


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


class Occurrence(Table, table=True):
    """One day of a recurring task that was dealt with; days without a row are open."""

    __table_args__ = (UniqueConstraint("task_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE")
    day: dt.date = Field(sa_type=Date)
    done_on: dt.date | None = Field(default=None, sa_type=Date)
    reply_number: str | None = None


class Extension(Table, table=True):
    """A new day for a task (gia hạn): the first one is never overwritten, the newest one counts."""

    __table_args__ = (Index(None, "due"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE", index=True)
    due: dt.date = Field(sa_type=Date)
    reason: str
    approved_by: str | None = None
    who: str
    at: dt.datetime = Field(sa_type=UtcTime)


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

    __table_args__ = (_one_of("severity", "low", "medium", "high"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    stage: str
    kind: str
    severity: str
    message: str
    page: int | None = None
    block: int | None = None


class History(Table, table=True):
    """One field of one thing, changed: by whom, when, from what, to what. `entity`: "task", "document", "unit"."""

    __table_args__ = (Index(None, "entity", "entity_id"),)

    id: int | None = Field(default=None, primary_key=True)
    entity: str
    entity_id: int
    field: str
    before: str | None = None
    after: str | None = None
    who: str
    at: dt.datetime = Field(sa_type=UtcTime)


class AppSetting(Table, table=True):
    """A switch that belongs to the database, not to a machine: "alerts_enabled" → "1"."""

    __tablename__ = "app_setting"

    key: str = Field(primary_key=True)
    value: str


class Outbox(Table, table=True):
    """A mail that shall go out, with its way there: queued → sending → sent | failed | unknown.

    `recipient`: whom it is for ("unit:12", "clerk"); `addresses`: where it goes. `key`: idempotency key of
    (recipient, kind, day), unique, so that a second run the same day finds it. `reason`: why it is to be sent, or why
    it was not. `message_id` stays the same when a mail is sent again. `bodies`: the composed parts, or where they are.
    """

    __table_args__ = (_one_of("state", *OUTBOX_STATES), Index(None, "state", "day"))

    id: int | None = Field(default=None, primary_key=True)
    recipient: str = Field(index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL", index=True)
    addresses: list[str] = Field(default_factory=list, sa_type=JSON)
    kind: str
    day: dt.date = Field(sa_type=Date)
    key: str = Field(unique=True)
    state: OutboxState = Field(default="queued", sa_type=String)
    reason: str = ""
    message_id: str
    subject: str
    bodies: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    server_answer: str | None = None
    attempts: int = 0
    created_at: dt.datetime = Field(sa_type=UtcTime)
    next_try_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    sending_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)
    sent_at: dt.datetime | None = Field(default=None, sa_type=UtcTime)


class OutboxTask(Table, table=True):
    """Which tasks a mail speaks of, and why ("overdue", "due_today", "due_soon" …)."""

    __tablename__ = "outbox_task"

    outbox_id: int = Field(foreign_key="outbox.id", ondelete="CASCADE", primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE", primary_key=True, index=True)
    reason: str = ""
    occurrence: dt.date | None = Field(default=None, sa_type=Date)
