"""After the meeting: its report in versions, its recording, its recap."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

FIXED = "a final report is never changed"


def upgrade() -> None:
    op.create_table(
        "meeting_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("correction", sa.String(length=400), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("made_final_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_final_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_meeting_report_number")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_meeting_report_text")),
        sa.CheckConstraint(
            "number = 1 OR correction <> ''", name=op.f("ck_meeting_report_correction")
        ),
        sa.CheckConstraint(
            "(made_final_at IS NULL) = (content_hash IS NULL)",
            name=op.f("ck_meeting_report_hash"),
        ),
        sa.CheckConstraint(
            "(made_final_at IS NULL) = (made_final_by_id IS NULL)",
            name=op.f("ck_meeting_report_by"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_report_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_final_by_id"],
            ["person.id"],
            name=op.f("fk_meeting_report_made_final_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_report")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_meeting_report_meeting_id_number")
        ),
    )
    op.create_index(
        "uq_meeting_report_meeting_id_draft",
        "meeting_report",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("made_final_at IS NULL"),
        postgresql_where=sa.text("made_final_at IS NULL"),
    )
    _refuse_changes()
    op.create_table(
        "recording",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("address LIKE 'https://%'", name=op.f("ck_recording_https")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_recording_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_recording_added_by_id_person")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_recording")),
    )
    op.create_table(
        "recap",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("lead", sa.String(length=1000), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by_id IS NULL)", name=op.f("ck_recap_published")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_recap_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_recap_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_recap")),
    )


def downgrade() -> None:
    op.drop_table("recap")
    op.drop_table("recording")
    op.drop_index("uq_meeting_report_meeting_id_draft", table_name="meeting_report")
    op.drop_table("meeting_report")  # with its trigger
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_report_change()")


def _refuse_changes() -> None:
    """The database itself keeps a final report as it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FIXED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER meeting_report_final BEFORE UPDATE ON meeting_report FOR EACH ROW "
            "WHEN (OLD.made_final_at IS NOT NULL) EXECUTE FUNCTION refuse_report_change()"
        )
        return
    op.execute(
        "CREATE TRIGGER meeting_report_final BEFORE UPDATE ON meeting_report "
        f"WHEN OLD.made_final_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    )
