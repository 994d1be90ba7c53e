"""Moves of meetings, workshops that will not be given, and the mails and log lines about both."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

EMPTY = "cancelled_at IS NULL OR (taken = 0 AND waiting = 0)"
EMPTY_NAME = "ck_programme_item_cancelled_is_empty"
# Table, column and CHECK of each list of words that grows.
LISTS = (
    ("outbox_mail", "kind", "ck_outbox_mail_mailkind"),
    ("audit_entry", "action", "ck_audit_entry_auditaction"),
)
WORDS = ("moved", "workshop_cancelled")


def upgrade() -> None:
    _create_moves()
    _add_cancellation()
    for table, column, name in LISTS:
        _allow(table, column, name, [*_allowed(table, name), *WORDS])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE kind IN ('moved', 'workshop_cancelled')")
    for table, column, name in LISTS:
        kept = [word for word in _allowed(table, name) if word not in WORDS]
        _allow(table, column, name, kept)
    op.drop_column("programme_item", "cancel_reason")
    if _is_postgresql():
        op.drop_constraint(op.f(EMPTY_NAME), "programme_item")
    op.drop_column("programme_item", "cancelled_at")
    op.drop_index(op.f("ix_meeting_move_meeting_id"), table_name="meeting_move")
    op.drop_table("meeting_move")


def _create_moves() -> None:
    op.create_table(
        "meeting_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mover_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_move_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["mover_id"], ["person.id"], name=op.f("fk_meeting_move_mover_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_move")),
    )
    op.create_index(op.f("ix_meeting_move_meeting_id"), "meeting_move", ["meeting_id"])


def _add_cancellation() -> None:
    """On SQLite the rule comes with its column: another way is to make the whole table anew."""
    if _is_postgresql():
        op.add_column("programme_item", sa.Column("cancelled_at", sa.DateTime(timezone=True)))
        op.create_check_constraint(op.f(EMPTY_NAME), "programme_item", EMPTY)
    else:
        op.execute(
            "ALTER TABLE programme_item ADD COLUMN cancelled_at DATETIME "
            f"CONSTRAINT {EMPTY_NAME} CHECK ({EMPTY})"
        )
    reason = sa.Column("cancel_reason", sa.String(length=400), nullable=False, server_default="")
    op.add_column("programme_item", reason)


def _allowed(table: str, name: str) -> list[str]:
    """The words a CHECK holds now, so that migrations may come in any order."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    text = next(check["sqltext"] for check in checks if check["name"] == name)
    return re.findall(r"'([^']+)'", text)


def _allow(table: str, column: str, name: str, words: list[str]) -> None:
    rule = f"{column} IN ({', '.join(repr(word) for word in words)})"
    if _is_postgresql():
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, rule)
        return
    triggers = _triggers_of(table)  # making the table anew drops them
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.create_check_constraint(op.f(name), rule)
    for trigger in triggers:
        op.execute(trigger)


def _triggers_of(table: str) -> list[str]:
    found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    return list(op.get_bind().scalars(found, {"table": table}))


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
