"""Lines of the log about who may read what, and about a refused plan that somebody saw."""

from __future__ import annotations

import re
from collections.abc import Collection

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

WORDS = {
    "openness_changed",
    "document_openness_changed",
    "plan_refused",
    "plan_refusal_seen",
}
CHECK = "ck_audit_entry_auditaction"


def upgrade() -> None:
    _allow(_allowed() | WORDS)


def downgrade() -> None:
    """Lines of these kinds must be gone first: nothing could hold them."""
    _allow(_allowed() - WORDS)


def _allowed() -> set[str]:
    """The words that the log takes now, whichever migrations came before."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("audit_entry")
    text = next(check["sqltext"] for check in checks if check["name"] == CHECK)
    return set(re.findall(r"'(\w+)'", text))


def _allow(words: Collection[str]) -> None:
    """Let the log take these, with the triggers that go when SQLite makes the table anew."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    listed = ", ".join(f"'{word}'" for word in sorted(words))
    with op.batch_alter_table("audit_entry") as batch:
        if is_postgresql:
            batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), sa.text(f"action IN ({listed})"))
    if is_postgresql:
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{action.lower()} BEFORE {action} ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )
