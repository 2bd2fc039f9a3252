"""The words that tables, lists and mails use for states: plain names, so that lists need not load the tables.

Work status: todo chưa thực hiện · doing đang thực hiện · done hoàn thành · paused tạm dừng · cancelled hủy.
Review: pending chưa duyệt · accepted đã duyệt · rejected loại. Example: a task "chưa thực hiện, chưa duyệt" is
status "todo", review "pending".
"""

from __future__ import annotations

from typing import Literal, get_args

WorkStatus = Literal["todo", "doing", "done", "paused", "cancelled"]
ReviewState = Literal["pending", "accepted", "rejected"]
DocumentState = Literal["active", "withdrawn", "superseded"]
Role = Literal["lead", "support"]
OutboxState = Literal["queued", "sending", "sent", "failed", "unknown"]
ScheduleStatus = Literal["none", "in_time", "due_soon", "overdue", "done_in_time", "done_late"]

WORK_STATUSES: tuple[WorkStatus, ...] = get_args(WorkStatus)
REVIEW_STATES: tuple[ReviewState, ...] = get_args(ReviewState)
DOCUMENT_STATES: tuple[DocumentState, ...] = get_args(DocumentState)
ROLES: tuple[Role, ...] = get_args(Role)
OUTBOX_STATES: tuple[OutboxState, ...] = get_args(OutboxState)

OPEN: tuple[WorkStatus, ...] = ("todo", "doing")
"""Work that still can be due or late."""
