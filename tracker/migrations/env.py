"""Runs the migrations on the connection that `tracker.database.upgrade` hands over, inside its transaction."""

from alembic import context

from tracker.model import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
