"""Appointments in mails: whose address they come from, who wants them, and what went along."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None

# Table, column and CHECK of the list of words that grows.
KINDS = ("outbox_mail", "kind", "ck_outbox_mail_mailkind")
WORDS = ("calendar_by_mail", "calendar_by_feed")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("organiser_email", sa.String(length=254)))
    wanted = sa.Column("calendar_by_mail", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("person", wanted)
    op.add_column("outbox_mail", sa.Column("appointment", sa.String(length=10)))
    _allow(*KINDS, [*_allowed(KINDS[0], KINDS[2]), *WORDS])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE kind IN ('calendar_by_mail', 'calendar_by_feed')")
    _allow(*KINDS, [word for word in _allowed(KINDS[0], KINDS[2]) if word not in WORDS])
    op.drop_column("outbox_mail", "appointment")
    op.drop_column("person", "calendar_by_mail")
    op.drop_column("meeting", "organiser_email")


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
