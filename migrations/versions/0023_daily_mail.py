"""Mails about changes once a day, for who chooses so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    wants = sa.Column("wants_digest", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("person", wants)
    op.add_column("outbox_mail", sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox_mail", "digest_at")
    op.drop_column("person", "wants_digest")
