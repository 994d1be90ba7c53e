"""What was cancelled and is on again, and what people had in a workshop when it was cancelled."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# Table, column, CHECK and new words of each list of words that grows.
LISTS = (
    ("outbox_mail", "kind", "ck_outbox_mail_mailkind", ("restored", "workshop_restored")),
    ("audit_entry", "action", "ck_audit_entry_auditaction", ("restored", "workshop_restored")),
)
STATES = ("placed", "waiting", "wish", "withdrawn")


def upgrade() -> None:
    _create_restorations()
    _add_ended_as()
    for table, column, name, words in LISTS:
        _allow(table, column, name, [*_allowed(table, name), *words])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE kind IN ('restored', 'workshop_restored')")
    for table, column, name, words in LISTS:
        _allow(table, column, name, [one for one in _allowed(table, name) if one not in words])
    op.execute("ALTER TABLE choice DROP COLUMN ended_as")
    op.drop_index(op.f("ix_restoration_meeting_id"), table_name="restoration")
    op.drop_table("restoration")


def _create_restorations() -> None:
    op.create_table(
        "restoration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.CheckConstraint("restored_at >= cancelled_at", name=op.f("ck_restoration_period")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_restoration_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_item.id"],
            name=op.f("fk_restoration_item_id_programme_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
    op.create_index(op.f("ix_restoration_meeting_id"), "restoration", ["meeting_id"])


def _add_ended_as() -> None:
    """In one statement: SQLite then keeps the check with the column, and drops it with it."""
    known = ", ".join(repr(state) for state in STATES)
    op.execute(
        "ALTER TABLE choice ADD COLUMN ended_as VARCHAR(40)"
        f" CONSTRAINT ck_choice_ended_as CHECK (ended_as IN ({known}))"
    )


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
