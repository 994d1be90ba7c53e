"""Mails that tell what a version changed, and publishing at a set moment."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MAILS = ("changed", "change_retracted")
LOGGED = ("not_told", "version_retracted", "publication_planned", "plan_stopped")
MAIL_KINDS = ("outbox_mail", "kind", "ck_outbox_mail_mailkind")
LOG_ACTIONS = ("audit_entry", "action", "ck_audit_entry_auditaction")


def upgrade() -> None:
    op.create_table(
        "planned_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_planned_publication_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"],
            ["person.id"],
            name=op.f("fk_planned_publication_planned_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_publication")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_planned_publication_meeting_id")),
    )
    op.create_index(
        "ix_planned_publication_publish_at_open",
        "planned_publication",
        ["publish_at"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    mails = _allowed(MAIL_KINDS)
    with op.batch_alter_table("outbox_mail") as batch:
        _allow(batch, MAIL_KINDS, mails | set(MAILS))
        batch.add_column(sa.Column("publication_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_outbox_mail_publication_id_publication"),
            "publication",
            ["publication_id"],
            ["id"],
        )
    op.create_index(op.f("ix_outbox_mail_publication_id"), "outbox_mail", ["publication_id"])
    _allow_in_log(_allowed(LOG_ACTIONS) | set(LOGGED))


def downgrade() -> None:
    """Mails and lines of the log of the new kinds must be gone first: nothing could hold them."""
    _allow_in_log(_allowed(LOG_ACTIONS) - set(LOGGED))
    op.drop_index(op.f("ix_outbox_mail_publication_id"), table_name="outbox_mail")
    mails = _allowed(MAIL_KINDS)
    with op.batch_alter_table("outbox_mail") as batch:
        batch.drop_constraint(op.f("fk_outbox_mail_publication_id_publication"), type_="foreignkey")
        batch.drop_column("publication_id")
        _allow(batch, MAIL_KINDS, mails - set(MAILS))
    op.drop_index("ix_planned_publication_publish_at_open", table_name="planned_publication")
    op.drop_table("planned_publication")


def _allowed(column: tuple[str, str, str]) -> set[str]:
    """The values that the column takes now, whichever migrations came before."""
    table, _name, constraint = column
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    text = next(check["sqltext"] for check in checks if check["name"] == constraint)
    return set(re.findall(r"'(\w+)'", text))


def _allow(batch: BatchOperations, column: tuple[str, str, str], values: Collection[str]) -> None:
    """Let the column take these values; a table that SQLite makes anew has no CHECK yet."""
    _table, name, constraint = column
    if op.get_bind().dialect.name == "postgresql":
        batch.drop_constraint(op.f(constraint), type_="check")
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    batch.create_check_constraint(op.f(constraint), sa.text(f"{name} IN ({listed})"))


def _allow_in_log(values: Collection[str]) -> None:
    """The same for the log, with the triggers that go when SQLite makes the table anew."""
    with op.batch_alter_table("audit_entry") as batch:
        _allow(batch, LOG_ACTIONS, values)
    if op.get_bind().dialect.name == "postgresql":
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{action.lower()} BEFORE {action} ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )
