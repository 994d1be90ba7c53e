"""Mails about a meeting that was closed to who is registered, or is open again."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE, COLUMN, CHECK = "outbox_mail", "kind", "ck_outbox_mail_mailkind"
WORDS = ("closed", "opened")


def upgrade() -> None:
    _allow(TABLE, COLUMN, CHECK, [*_allowed(TABLE, CHECK), *WORDS])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE kind IN ('closed', 'opened')")
    _allow(TABLE, COLUMN, CHECK, [one for one in _allowed(TABLE, CHECK) if one not in WORDS])


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
