"""What a publisher writes with a version, and versions that were retracted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "publication", sa.Column("note", sa.String(length=400), server_default="", nullable=False)
    )
    op.add_column(
        "publication", sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True)
    )
    for name in ("restores", "told", "untold"):
        op.add_column("publication", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("untold", "told", "restores", "retracted_at", "note"):
        op.drop_column("publication", name)
