"""What a published version holds, and a file of a document, never changes."""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

FIXED = "a published version is never changed"
# An announcement, number 0, is written again when its meeting moves.
FROZEN = {
    "publication": ("content, content_hash", "WHEN (OLD.number > 0)"),
    "document_version": ("number, file_name, media_type, size, sha256, storage_name", ""),
}


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(
            "CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FIXED}'; END $$"
        )
    refuse = (
        "EXECUTE FUNCTION refuse_version_change()"
        if is_postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    )
    for table, (columns, when) in FROZEN.items():
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table} "
            f"FOR EACH ROW {when} {refuse}"
        )


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in FROZEN:
        op.execute(f"DROP TRIGGER {table}_frozen" + (f" ON {table}" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION refuse_version_change()")
