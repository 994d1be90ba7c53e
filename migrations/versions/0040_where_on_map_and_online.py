"""Where a venue is on the map, and where one takes part in a meeting online."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

# In one statement each: SQLite then keeps the check with the column, and drops it with it.
UP = (
    "ALTER TABLE venue ADD COLUMN latitude {degrees}"
    " CONSTRAINT ck_venue_latitude CHECK (latitude BETWEEN -90 AND 90)",
    "ALTER TABLE venue ADD COLUMN longitude {degrees}"
    " CONSTRAINT ck_venue_longitude CHECK (longitude BETWEEN -180 AND 180)"
    " CONSTRAINT ck_venue_coordinates CHECK ((latitude IS NULL) = (longitude IS NULL))",
    "ALTER TABLE meeting ADD COLUMN online_address VARCHAR(500) DEFAULT '' NOT NULL"
    " CONSTRAINT ck_meeting_online_address"
    " CHECK (online_address = '' OR substr(online_address, 1, 8) = 'https://')",
)
DOWN = (
    "ALTER TABLE meeting DROP COLUMN online_address",
    "ALTER TABLE venue DROP COLUMN longitude",
    "ALTER TABLE venue DROP COLUMN latitude",
)


def upgrade() -> None:
    degrees = sa.Double().compile(dialect=op.get_bind().dialect)
    for statement in UP:
        op.execute(statement.format(degrees=degrees))


def downgrade() -> None:
    for statement in DOWN:
        op.execute(statement)
