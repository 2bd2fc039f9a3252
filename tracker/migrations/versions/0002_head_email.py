"""The address of a unit's head, who hears of what is late for long.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("head_email", sa.String()))
