"""How often who may register, and until when, changed: for the deadlines in calendars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "meeting", sa.Column("terms_revision", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "meeting", sa.Column("terms_revised_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.execute("ALTER TABLE meeting DROP COLUMN terms_revised_at")
    op.execute("ALTER TABLE meeting DROP COLUMN terms_revision")
