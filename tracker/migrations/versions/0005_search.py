"""Full text over tasks without diacritics: an index over the folded words in `task.search`.

Revision: 0005, after 0004. SQLite keeps it by triggers; PostgreSQL by an index over an expression.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEW = "INSERT INTO task_fts (rowid, search) VALUES (new.id, new.search);"
_OLD = "INSERT INTO task_fts (task_fts, rowid, search) VALUES ('delete', old.id, old.search);"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_task_search_words ON task USING gin (to_tsvector('simple', search))")
        return
    op.execute("CREATE VIRTUAL TABLE task_fts USING fts5 (search, content='task', content_rowid='id')")
    op.execute(f"CREATE TRIGGER task_fts_insert AFTER INSERT ON task BEGIN {_NEW} END")
    op.execute(f"CREATE TRIGGER task_fts_delete AFTER DELETE ON task BEGIN {_OLD} END")
    op.execute(f"CREATE TRIGGER task_fts_update AFTER UPDATE OF search ON task BEGIN {_OLD} {_NEW} END")
    op.execute("INSERT INTO task_fts (task_fts) VALUES ('rebuild')")
