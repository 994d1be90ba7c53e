"""Registrations and choices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "placed",
                "waiting",
                "withdrawn",
                "walk_in",
                name="registrationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_name", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(length=120), nullable=False),
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
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_registration_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_registration_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("id", "meeting_id", name=op.f("uq_registration_id_meeting_id")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_registration_meeting_id_person_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    op.create_index(
        "ix_registration_meeting_id_state_seq",
        "registration",
        ["meeting_id", "state", "seq"],
        unique=False,
    )
    op.create_index(op.f("ix_registration_person_id"), "registration", ["person_id"], unique=False)
    op.create_table(
        "choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "placed",
                "waiting",
                "wish",
                "withdrawn",
                name="choicestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_choice_revision")),
        sa.ForeignKeyConstraint(
            ["item_id", "meeting_id"],
            ["programme_item.id", "programme_item.meeting_id"],
            name=op.f("fk_choice_item_id_meeting_id_programme_item"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id", "round_id"],
            ["programme_item.id", "programme_item.round_id"],
            name=op.f("fk_choice_item_id_round_id_programme_item"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id", "meeting_id"],
            ["registration.id", "registration.meeting_id"],
            name=op.f("fk_choice_registration_id_meeting_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
        sa.UniqueConstraint(
            "registration_id", "item_id", name=op.f("uq_choice_registration_id_item_id")
        ),
    )
    op.create_index(
        "ix_choice_item_id_state_seq", "choice", ["item_id", "state", "seq"], unique=False
    )
    op.create_index(
        "uq_choice_registration_id_round_id_live",
        "choice",
        ["registration_id", "round_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('placed', 'waiting', 'wish')"),
        postgresql_where=sa.text("state IN ('placed', 'waiting', 'wish')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_choice_registration_id_round_id_live",
        table_name="choice",
        sqlite_where=sa.text("state IN ('placed', 'waiting', 'wish')"),
        postgresql_where=sa.text("state IN ('placed', 'waiting', 'wish')"),
    )
    op.drop_index("ix_choice_item_id_state_seq", table_name="choice")
    op.drop_table("choice")
    op.drop_index(op.f("ix_registration_person_id"), table_name="registration")
    op.drop_index("ix_registration_meeting_id_state_seq", table_name="registration")
    op.drop_table("registration")
