"""Everything from the first day: documents, tasks, units, history, outbox.

Revision: 0001, the first. Written out in full and never changed again: later changes are later revisions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UTC = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    _create_documents()
    _create_units()
    _create_tasks()
    _create_records()
    _create_mail()


def _create_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.String(), nullable=False),
        sa.Column("number", sa.String()),
        sa.Column("number_folded", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("issuer", sa.String()),
        sa.Column("issuer_folded", sa.String(), nullable=False),
        sa.Column("date", sa.Date()),
        sa.Column("year", sa.Integer()),
        sa.Column("subject", sa.String()),
        sa.Column("urgency", sa.String()),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("ocr", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("successor_id", sa.Integer()),
        sa.Column("received", sa.Date()),
        sa.Column("so_den", sa.String()),
        sa.Column("taken_in", sa.Date(), nullable=False),
        sa.Column("ingested_at", _UTC, nullable=False),
        sa.CheckConstraint("state IN ('active', 'withdrawn', 'superseded')", name="ck_document_state_known"),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["document.id"], name="fk_document_successor_id_document", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint(
            "issuer_folded", "number_folded", "year", name="uq_document_issuer_folded_number_folded_year"
        ),
        sa.UniqueConstraint("sha256", name="uq_document_sha256"),
    )
    op.create_index("ix_document_number_folded", "document", ["number_folded"])
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("comparator", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("baseline", sa.Float()),
        sa.Column("by", sa.Date()),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_target_document_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
    )
    op.create_index("ix_target_document_id", "target", ["document_id"])
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("block", sa.Integer()),
        sa.CheckConstraint("severity IN ('low', 'medium', 'high')", name="ck_problem_severity_known"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_problem_document_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
    )
    op.create_index("ix_problem_document_id", "problem", ["document_id"])


def _create_units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("short_names", sa.JSON(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("level", sa.String()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("successor_id", sa.Integer()),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id_unit", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name="fk_unit_successor_id_unit", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("key", name="uq_unit_key"),
    )
    op.create_index("ix_unit_name_folded", "unit", ["name_folded"])
    op.create_table(
        "unit_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_address_unit_id_unit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_address"),
        sa.UniqueConstraint("unit_id", "email", name="uq_unit_address_unit_id_email"),
    )


def _create_tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("deadline_text", sa.String()),
        sa.Column("deadline_kind", sa.String()),
        sa.Column("deadline_start", sa.Date()),
        sa.Column("deadline_due", sa.Date()),
        sa.Column("deadline_rrule", sa.String()),
        sa.Column("deadline_qualifier", sa.String()),
        sa.Column("deadline_time", sa.String()),
        sa.Column("deadline_anchor", sa.String()),
        sa.Column("deadline_offset_count", sa.Integer()),
        sa.Column("deadline_offset_unit", sa.String()),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("product", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("late_at_intake", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("reply_number", sa.String()),
        sa.Column("search", sa.String(), nullable=False),
        sa.CheckConstraint(
            "deadline_kind IN ('date', 'recurring', 'ongoing', 'relative')", name="ck_task_deadline_kind_known"
        ),
        sa.CheckConstraint("review IN ('pending', 'accepted', 'rejected')", name="ck_task_review_known"),
        sa.CheckConstraint("status IN ('todo', 'doing', 'done', 'paused', 'cancelled')", name="ck_task_status_known"),
        sa.CheckConstraint("confidence >= 0 AND confidence <= 1", name="ck_task_confidence_range"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_task_document_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("document_id", "draft_id", name="uq_task_document_id_draft_id"),
    )
    op.create_index("ix_task_deadline_kind_status", "task", ["deadline_kind", "status"])
    op.create_index("ix_task_document_id", "task", ["document_id"])
    op.create_index("ix_task_review_status", "task", ["review", "status"])
    op.create_index("ix_task_status_deadline_due", "task", ["status", "deadline_due"])
    op.create_table(
        "task_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spellings", sa.String(), nullable=False),
        sa.Column("unit_key", sa.String()),
        sa.Column("unit_id", sa.Integer()),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'support')", name="ck_task_unit_role_known"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_task_unit_task_id_task", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_task_unit_unit_id_unit", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_task_unit"),
    )
    op.create_index("ix_task_unit_task_id_role_position", "task_unit", ["task_id", "role", "position"])
    op.create_index("ix_task_unit_unit_id", "task_unit", ["unit_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer()),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_evidence_document_id_document", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_evidence_task_id_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_document_id", "evidence", ["document_id"])
    op.create_index("ix_evidence_task_id", "evidence", ["task_id"])
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        sa.Column("reply_number", sa.String()),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_occurrence_task_id_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint("task_id", "day", name="uq_occurrence_task_id_day"),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String()),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", _UTC, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_extension_task_id_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
    )
    op.create_index("ix_extension_due", "extension", ["due"])
    op.create_index("ix_extension_task_id", "extension", ["task_id"])


def _create_records() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String()),
        sa.Column("after", sa.String()),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_entity_entity_id", "history", ["entity", "entity_id"])
    op.create_table(
        "app_setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_app_setting"),
    )


def _create_mail() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer()),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("server_answer", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", _UTC, nullable=False),
        sa.Column("next_try_at", _UTC),
        sa.Column("sending_at", _UTC),
        sa.Column("sent_at", _UTC),
        sa.CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed', 'unknown')", name="ck_outbox_state_known"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_outbox_unit_id_unit", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_recipient", "outbox", ["recipient"])
    op.create_index("ix_outbox_state_day", "outbox", ["state", "day"])
    op.create_index("ix_outbox_unit_id", "outbox", ["unit_id"])
    op.create_table(
        "outbox_task",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("occurrence", sa.Date()),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name="fk_outbox_task_outbox_id_outbox", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_outbox_task_task_id_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outbox_id", "task_id", name="pk_outbox_task"),
    )
    op.create_index("ix_outbox_task_task_id", "outbox_task", ["task_id"])
