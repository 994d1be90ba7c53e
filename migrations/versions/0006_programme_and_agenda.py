"""Programme items, speakers and agenda items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.String(length=8000), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
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
        sa.Column("shows_title", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_agenda_item_minutes")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_agenda_item_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["purpose_id"], ["purpose.id"], name=op.f("fk_agenda_item_purpose_id_purpose")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agenda_item_public_id")),
    )
    op.create_index(
        "ix_agenda_item_meeting_id_position",
        "agenda_item",
        ["meeting_id", "position"],
        unique=False,
    )
    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "plenary",
                "round",
                "workshop",
                "lunch",
                "drinks",
                "break",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "sign_up",
            sa.Enum(
                "none",
                "open",
                "limited",
                name="signup",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'workshop') = (round_id IS NOT NULL)", name=op.f("ck_programme_item_round")
        ),
        sa.CheckConstraint(
            "(sign_up = 'limited') = (maximum IS NOT NULL)", name=op.f("ck_programme_item_sign_up")
        ),
        sa.CheckConstraint(
            "kind <> 'round' OR sign_up = 'none'", name=op.f("ck_programme_item_round_sign_up")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_programme_item_period")),
        sa.CheckConstraint(
            "maximum IS NULL OR maximum > 0", name=op.f("ck_programme_item_maximum")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND (maximum IS NULL OR taken <= maximum)",
            name=op.f("ck_programme_item_never_overbooked"),
        ),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_programme_item_waiting")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_programme_item_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_programme_item_room_id_room")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "meeting_id"],
            ["programme_item.id", "programme_item.meeting_id"],
            name=op.f("fk_programme_item_round_id_meeting_id_programme_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
        sa.UniqueConstraint("id", "meeting_id", name=op.f("uq_programme_item_id_meeting_id")),
        sa.UniqueConstraint("id", "round_id", name=op.f("uq_programme_item_id_round_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_item_public_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_programme_item_uid")),
    )
    op.create_index(
        "ix_programme_item_meeting_id_starts_at",
        "programme_item",
        ["meeting_id", "starts_at"],
        unique=False,
    )
    op.create_index(op.f("ix_programme_item_room_id"), "programme_item", ["room_id"], unique=False)
    op.create_index(
        op.f("ix_programme_item_round_id"), "programme_item", ["round_id"], unique=False
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_item.id"],
            name=op.f("fk_speaker_item_id_programme_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_speaker_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speaker_public_id")),
    )
    op.create_index(op.f("ix_speaker_item_id"), "speaker", ["item_id"], unique=False)
    op.create_index(op.f("ix_speaker_person_id"), "speaker", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_speaker_person_id"), table_name="speaker")
    op.drop_index(op.f("ix_speaker_item_id"), table_name="speaker")
    op.drop_table("speaker")
    op.drop_index(op.f("ix_programme_item_round_id"), table_name="programme_item")
    op.drop_index(op.f("ix_programme_item_room_id"), table_name="programme_item")
    op.drop_index("ix_programme_item_meeting_id_starts_at", table_name="programme_item")
    op.drop_table("programme_item")
    op.drop_index("ix_agenda_item_meeting_id_position", table_name="agenda_item")
    op.drop_table("agenda_item")
