"""The registry of units in full: groups and their members, what a clerk chose, who of a group has finished.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("is_group", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("unit", sa.Column("succession_note", sa.String()))
    op.create_table(
        "unit_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["unit.id"], name="fk_unit_member_group_id_unit", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_member_unit_id_unit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "unit_id", name="pk_unit_member"),
    )
    op.create_index("ix_unit_member_unit_id", "unit_member", ["unit_id"])
    op.create_table(
        "unit_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("issuer_folded", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_choice_unit_id_unit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_choice"),
        sa.UniqueConstraint("written", "issuer_folded", name="uq_unit_choice_written_issuer_folded"),
    )
    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reply_number", sa.String()),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_roll_call_task_id_task", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_roll_call_unit_id_unit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_roll_call"),
    )
    op.create_index("ix_roll_call_task_id", "roll_call", ["task_id"])
