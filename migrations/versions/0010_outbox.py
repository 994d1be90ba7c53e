"""Mails to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sign_in",
                "email_change_confirm",
                "email_change_notice",
                "registered",
                "place_given",
                "meeting_place_given",
                "withdrawn",
                "cancelled",
                "registration_open",
                name="mailkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("sign_in_link_id", sa.Integer(), nullable=True),
        sa.Column("email_change_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=400), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["email_change_id"],
            ["email_change.id"],
            name=op.f("fk_outbox_mail_email_change_id_email_change"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["programme_item.id"], name=op.f("fk_outbox_mail_item_id_programme_item")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_outbox_mail_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outbox_mail_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sign_in_link_id"],
            ["sign_in_link.id"],
            name=op.f("fk_outbox_mail_sign_in_link_id_sign_in_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_mail_dedupe_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outbox_mail_public_id")),
    )
    op.create_index(
        "ix_outbox_mail_due_at_pending",
        "outbox_mail",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"),
    )
    op.create_index(op.f("ix_outbox_mail_meeting_id"), "outbox_mail", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_outbox_mail_person_id"), "outbox_mail", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_mail_person_id"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_meeting_id"), table_name="outbox_mail")
    op.drop_index(
        "ix_outbox_mail_due_at_pending",
        table_name="outbox_mail",
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL"),
    )
    op.drop_table("outbox_mail")
