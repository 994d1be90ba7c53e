"""Presence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(registration_id IS NULL) <> (speaker_id IS NULL)",
            name=op.f("ck_attendance_mark_about_one"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_item.id"],
            name=op.f("fk_attendance_mark_item_id_programme_item"),
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["person.id"], name=op.f("fk_attendance_mark_marked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_mark_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_attendance_mark_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_attendance_mark_speaker_id_speaker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_mark")),
        sa.UniqueConstraint("key", name=op.f("uq_attendance_mark_key")),
    )
    op.create_index(
        "ix_attendance_mark_meeting_id_id", "attendance_mark", ["meeting_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_attendance_mark_registration_id"),
        "attendance_mark",
        ["registration_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attendance_mark_speaker_id"), "attendance_mark", ["speaker_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_attendance_mark_speaker_id"), table_name="attendance_mark")
    op.drop_index(op.f("ix_attendance_mark_registration_id"), table_name="attendance_mark")
    op.drop_index("ix_attendance_mark_meeting_id_id", table_name="attendance_mark")
    op.drop_table("attendance_mark")
