"""Each spelling of a unit stored once, and indexes over what is still open.

Revision: 0006, after 0005. A book of a million tasks names some thousand units: `--unit` looks through those and not
through two million parts. Most tasks of such a book are done: lists of what is due or late read the others only.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OPEN = "status IN ('todo', 'doing')"
_ASKED = "document_id, review, deadline_qualifier, status, deadline_rrule, id"


def upgrade() -> None:
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spellings", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_name"),
        sa.UniqueConstraint("spellings", name="uq_unit_name_spellings"),
    )
    op.execute("INSERT INTO unit_name (spellings) SELECT DISTINCT spellings FROM task_unit")
    # never as a batch: SQLite would drop the old table and all that points at it
    op.execute(
        "ALTER TABLE task_unit ADD COLUMN name_id INTEGER"
        " CONSTRAINT fk_task_unit_name_id_unit_name REFERENCES unit_name (id)"
    )
    op.execute(
        "UPDATE task_unit SET name_id = (SELECT id FROM unit_name WHERE unit_name.spellings = task_unit.spellings)"
    )
    op.execute("ALTER TABLE task_unit DROP COLUMN spellings")
    op.create_index("ix_task_unit_name_id_task_id", "task_unit", ["name_id", "task_id"])
    for name, columns, which in (
        ("open_dated", f"deadline_due, {_ASKED}", "deadline_rrule IS NULL"),
        ("open_recurring", f"{_ASKED}, deadline_start, deadline_due", "deadline_rrule IS NOT NULL"),
    ):
        op.execute(f"CREATE INDEX ix_task_{name} ON task ({columns}) WHERE {_OPEN} AND {which}")
    op.drop_index("ix_task_status_deadline_due", "task")  # SQLite would take it instead, and read each task
    if op.get_bind().dialect.name == "postgresql":  # letters and digits alone: its parser takes "a/b" for one word
        op.execute("DROP INDEX ix_task_search_words")
        op.execute(
            "CREATE INDEX ix_task_search_words ON task USING gin"
            " (to_tsvector('simple', regexp_replace(search, '[^[:alnum:]]+', ' ', 'g')))"
        )
    else:  # which words a task has, not where: a third of the size, and twice as quick
        op.execute("DROP TABLE task_fts")
        op.execute(
            "CREATE VIRTUAL TABLE task_fts USING fts5"
            " (search, content='task', content_rowid='id', detail='none', columnsize=0)"
        )
        op.execute("INSERT INTO task_fts (task_fts) VALUES ('rebuild')")
    op.execute("CREATE INDEX ix_document_ended ON document (id) WHERE state <> 'active'")
