"""When registering opens and closes, as calendars were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = {
    "registration-opens": "registration_opens_at",
    "registration-closes": "registration_closes_at",
}
# Of every meeting that outsiders may register for, under the title that readers see.
TOLD = """
    INSERT INTO public_deadline
        (meeting_id, kind, title, moment, is_off, sequence, revised_at, created_at)
    SELECT meeting.id, '{kind}', {title}, meeting.{moment}, {false}, 0,
        publication.published_at, publication.published_at
    FROM publication
    JOIN meeting ON meeting.id = publication.meeting_id
    WHERE meeting.state = 'published' AND meeting.openness = 'openbaar'
    AND meeting.{moment} IS NOT NULL AND publication.retracted_at IS NULL
    AND publication.number = (
        SELECT max(number) FROM publication AS other
        WHERE other.meeting_id = publication.meeting_id AND other.retracted_at IS NULL
    )
"""
FIELDS = {
    "sqlite": {"title": "json_extract(publication.content, '$.title')", "false": "0"},
    "postgresql": {"title": "publication.content ->> 'title'", "false": "false"},
}


def upgrade() -> None:
    op.create_table(
        "public_deadline",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="deadlinekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('registration-opens', 'registration-closes')",
            name=op.f("ck_public_deadline_deadlinekind"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_public_deadline_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "kind", name=op.f("pk_public_deadline")),
    )
    fields = FIELDS[op.get_bind().dialect.name]
    for kind, moment in KINDS.items():
        op.execute(TOLD.format(kind=kind, moment=moment, **fields))


def downgrade() -> None:
    op.drop_table("public_deadline")
