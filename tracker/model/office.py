"""What the office did: changes of fields, switches, and mails with their way out.

Example: task 7, status todo → done, by lan; and the mail to unit 12 of 23/11/2026, sent.
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, Index, String
from sqlmodel import Field

from tracker.model.base import Table, UtcTime, one_of
from tracker.states import OUTBOX_STATES, OutboxState


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

    __table_args__ = (one_of("state", *OUTBOX_STATES), Index(None, "state", "day"))

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
