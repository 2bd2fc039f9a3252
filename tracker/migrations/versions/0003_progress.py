"""How far a task is, in percent.

Revision: 0003, after 0002.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # never as a batch: SQLite would drop the old table, and with it all that points at a task
    op.execute(
        "ALTER TABLE task ADD COLUMN progress INTEGER "
        "CONSTRAINT ck_task_progress_range CHECK (progress >= 0 AND progress <= 100)"
    )
