"""The mail to who planned a publication that was not carried out."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TABLE, NAME, WORD = "outbox_mail", "ck_outbox_mail_mailkind", "plan_refused"


def upgrade() -> None:
    _allow([*_allowed(), WORD])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_mail WHERE kind = 'plan_refused'")
    _allow([word for word in _allowed() if word != WORD])


def _allowed() -> list[str]:
    """The words the CHECK holds now, so that migrations may come in any order."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(TABLE)
    text = next(check["sqltext"] for check in checks if check["name"] == NAME)
    return re.findall(r"'([^']+)'", text)


def _allow(words: list[str]) -> None:
    rule = f"kind IN ({', '.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(NAME), TABLE)
        op.create_check_constraint(op.f(NAME), TABLE, rule)
        return
    found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    triggers = list(op.get_bind().scalars(found, {"table": TABLE}))  # a new table has none
    with op.batch_alter_table(TABLE, recreate="always") as batch:
        batch.create_check_constraint(op.f(NAME), rule)
    for trigger in triggers:
        op.execute(trigger)
