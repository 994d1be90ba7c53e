"""That somebody saw why a plan was not carried out, so that the desk need not say so any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("planned_publication", sa.Column("refusal_seen_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("planned_publication") as batch:
        batch.drop_column("refusal_seen_at")
