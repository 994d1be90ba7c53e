"""How long a room is needed before an item begins."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In one statement: SQLite then keeps the check with the column, and drops it with it.
    op.execute(
        "ALTER TABLE programme_item ADD COLUMN setup_minutes INTEGER DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_programme_item_setup_minutes CHECK (setup_minutes BETWEEN 0 AND 600)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE programme_item DROP COLUMN setup_minutes")
