"""In which municipality a meeting is, and what stays in its feed after a move."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Of every meeting that outsiders see, or saw until it was closed, the version that readers see,
# with the municipality of its building.
SEEN = """
    INSERT INTO hosting (meeting_id, organisation_id, title, starts_at, ends_at)
    SELECT meeting.id, organisation.id,
        CASE WHEN meeting.openness = 'openbaar' THEN {title} ELSE '' END,
        meeting.starts_at, meeting.ends_at
    FROM publication
    JOIN meeting ON meeting.id = publication.meeting_id
    JOIN venue ON venue.id = {venue}
    JOIN organisation ON organisation.id = venue.organisation_id
    WHERE organisation.kind = 'municipality' AND publication.retracted_at IS NULL
    AND (
        meeting.openness = 'openbaar'
        OR EXISTS (SELECT 1 FROM withdrawn_event WHERE withdrawn_event.meeting_id = meeting.id)
    )
    AND publication.number = (
        SELECT max(number) FROM publication AS other
        WHERE other.meeting_id = publication.meeting_id AND other.retracted_at IS NULL
    )
"""
FIELDS = {
    "sqlite": {
        "title": "json_extract(publication.content, '$.title')",
        "venue": "json_extract(publication.content, '$.venue.id')",
    },
    "postgresql": {
        "title": "publication.content ->> 'title'",
        "venue": "CAST(publication.content #>> '{venue,id}' AS INTEGER)",
    },
}


def upgrade() -> None:
    op.create_table(
        "hosting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_hosting_period")),
        sa.CheckConstraint("(left_at IS NULL) = (sequence IS NULL)", name=op.f("ck_hosting_left")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_hosting_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_hosting_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "organisation_id", name=op.f("pk_hosting")),
    )
    op.create_index(op.f("ix_hosting_organisation_id"), "hosting", ["organisation_id"])
    op.execute(SEEN.format(**FIELDS[op.get_bind().dialect.name]))


def downgrade() -> None:
    op.drop_index(op.f("ix_hosting_organisation_id"), table_name="hosting")
    op.drop_table("hosting")
