"""Tasks, who does them, and how far they are: days dealt with, days moved, who of a group has finished.

Example: the row "Báo cáo kết quả trước ngày 20 hằng tháng" of a plan is one `task` with
`deadline_kind="recurring"`, `deadline_rrule="FREQ=MONTHLY;BYMONTHDAY=20"`; the report of May that was sent on 18 May
is its `occurrence(day=2026-05-20, done_on=2026-05-18)`.
"""

import datetime as dt
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, Date, Index, String, UniqueConstraint
from sqlmodel import Field

from tracker.model.base import Table, UtcTime, one_of, where
from tracker.states import REVIEW_STATES, ROLES, WORK_STATUSES, ReviewState, Role, WorkStatus

_OPEN = "status IN ('todo', 'doing')"
_ASKED = ("document_id", "review", "deadline_qualifier", "status", "deadline_rrule", "id")


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
        Index("ix_task_open_dated", "deadline_due", *_ASKED, **where(f"{_OPEN} AND deadline_rrule IS NULL")),
        Index(
            "ix_task_open_recurring",
            *_ASKED,
            "deadline_start",
            "deadline_due",
            **where(f"{_OPEN} AND deadline_rrule IS NOT NULL"),
        ),
        one_of("status", *WORK_STATUSES),
        one_of("review", *REVIEW_STATES),
        one_of("deadline_kind", "date", "recurring", "ongoing", "relative"),
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
        one_of("role", *ROLES),
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


class RollCall(Table, table=True):
    """One of the units that a task is given to has finished: when, by which answer. `day`: of a recurring task."""

    __tablename__ = "roll_call"

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE", index=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")
    day: dt.date | None = Field(default=None, sa_type=Date)
    done_on: dt.date = Field(sa_type=Date)
    reply_number: str | None = None
