"""The tables: what is known of documents, their tasks, the units that do them, and the mails about them.

In: nothing (tables do not validate: `tracker.intake` and the commands check before they store). Out: SQLModel classes
that every other module of `tracker` reads and writes. Dates are dates; times are UTC with their zone.

    document ─< task ─< task_unit >─ unit ─< unit_address
        │         ├─< evidence, occurrence, extension
        │         └─< outbox_task >─ outbox
        └─< document_version, evidence (of the header), target, problem      history, app_setting stand alone

    base.py    what all of them share      papers.py   documents      tasks.py   tasks and how far they are
    units.py   the registry                office.py   history, switches, mails

Example: the row "Báo cáo kết quả trước ngày 20 hằng tháng" of a plan is one `task` with
`deadline_kind="recurring"`, `deadline_rrule="FREQ=MONTHLY;BYMONTHDAY=20"`; the report of May that was sent on 18 May
is its `occurrence(day=2026-05-20, done_on=2026-05-18)`.
"""

from tracker.model.base import Table, UtcTime
from tracker.model.office import AppSetting, History, Outbox, OutboxTask
from tracker.model.papers import Document, DocumentVersion, Evidence, Problem, Target
from tracker.model.tasks import Extension, Occurrence, RollCall, Task, TaskUnit, UnitName
from tracker.model.units import Unit, UnitAddress, UnitChoice, UnitMember
from tracker.states import OutboxState, Role

__all__ = [
    "AppSetting",
    "Document",
    "DocumentVersion",
    "Evidence",
    "Extension",
    "History",
    "Occurrence",
    "Outbox",
    "OutboxState",
    "OutboxTask",
    "Problem",
    "Role",
    "RollCall",
    "Table",
    "Target",
    "Task",
    "TaskUnit",
    "Unit",
    "UnitAddress",
    "UnitChoice",
    "UnitMember",
    "UnitName",
    "UtcTime",
]
