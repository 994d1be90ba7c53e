"""Series, venues, rooms and meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column(
            "openness",
            sa.Enum(
                "openbaar",
                "datum",
                "besloten",
                name="openness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_series_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("name", name=op.f("uq_series_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
    )
    op.create_index(op.f("ix_series_body_id"), "series", ["body_id"], unique=False)
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("directions", sa.String(length=2000), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_venue_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("name", name=op.f("uq_venue_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_venue_slug")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("introduction", sa.String(length=4000), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("is_digital", sa.Boolean(), nullable=False),
        sa.Column(
            "openness",
            sa.Enum(
                "openbaar",
                "datum",
                "besloten",
                name="openness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "concept",
                "announced",
                "published",
                "cancelled",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=400), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promotes_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendar_revision", sa.Integer(), nullable=False),
        sa.Column("calendar_revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_period")),
        sa.CheckConstraint("maximum IS NULL OR maximum > 0", name=op.f("ck_meeting_maximum")),
        sa.CheckConstraint(
            "registration_closes_at <= starts_at", name=op.f("ck_meeting_closes_before_start")
        ),
        sa.CheckConstraint(
            "registration_opens_at < registration_closes_at", name=op.f("ck_meeting_window")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND (maximum IS NULL OR taken <= maximum)",
            name=op.f("ck_meeting_never_overbooked"),
        ),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_meeting_waiting")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_meeting_series_id_series")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_meeting_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meeting_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_meeting_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    op.create_index(op.f("ix_meeting_series_id"), "meeting", ["series_id"], unique=False)
    op.create_index("ix_meeting_state_starts_at", "meeting", ["state", "starts_at"], unique=False)
    op.create_index(op.f("ix_meeting_venue_id"), "meeting", ["venue_id"], unique=False)
    op.create_table(
        "purpose",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
            name=op.f("fk_purpose_series_id_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose")),
        sa.UniqueConstraint("series_id", "name", name=op.f("uq_purpose_series_id_name")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_room_capacity")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_room_venue_id_venue"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_public_id")),
        sa.UniqueConstraint("venue_id", "name", name=op.f("uq_room_venue_id_name")),
    )
    op.create_table(
        "meeting_audience",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "raad",
                "college",
                "ambtelijk",
                "bedrijf",
                "kennisinstelling",
                "maatschappelijk",
                "buurgemeente",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_audience_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "audience", name=op.f("pk_meeting_audience")),
    )
    op.create_table(
        "meeting_slug",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_slug_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_meeting_slug")),
    )
    op.create_index(
        op.f("ix_meeting_slug_meeting_id"), "meeting_slug", ["meeting_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_slug_meeting_id"), table_name="meeting_slug")
    op.drop_table("meeting_slug")
    op.drop_table("meeting_audience")
    op.drop_table("room")
    op.drop_table("purpose")
    op.drop_index(op.f("ix_meeting_venue_id"), table_name="meeting")
    op.drop_index("ix_meeting_state_starts_at", table_name="meeting")
    op.drop_index(op.f("ix_meeting_series_id"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_table("venue")
    op.drop_index(op.f("ix_series_body_id"), table_name="series")
    op.drop_table("series")
