"""What somebody calls the device of a session, such as the tablet at a door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_session",
        sa.Column("device_name", sa.String(length=40), nullable=False, server_default=""),
    )


def downgrade() -> None:
    with op.batch_alter_table("user_session") as batch:
        batch.drop_column("device_name")
