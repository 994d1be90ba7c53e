"""How often an appointment went from mails to the feed or back, apart from other changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None

# Who went over before counts on from the number in the keys of those mails, which stay unique.
COUNT_ON = """
    UPDATE registration SET calendar_moves = revision WHERE EXISTS (
        SELECT 1 FROM outbox_mail
        WHERE outbox_mail.meeting_id = registration.meeting_id
        AND outbox_mail.person_id = registration.person_id
        AND outbox_mail.kind IN ('calendar_by_feed', 'calendar_by_mail')
    )
"""


def upgrade() -> None:
    op.add_column(
        "registration",
        sa.Column("calendar_moves", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute(COUNT_ON)


def downgrade() -> None:
    with op.batch_alter_table("registration") as batch:
        batch.drop_column("calendar_moves")
