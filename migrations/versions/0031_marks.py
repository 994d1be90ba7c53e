"""Marks say more than present: late, left, excused, undone, and from which device."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "attendance_mark"
KINDS = ("arrived", "on_time", "late", "left", "excused", "undone")
FIXED = "a mark is never changed"
COLUMNS = ("said", "undoes_id", "device", "arrived_at", "is_late", "left_at", "excused_at")


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("said", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column("device", sa.String(length=60), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(
            sa.Column("is_late", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("excused_at", sa.DateTime(timezone=True), nullable=True))
    _say_what_was_meant()
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("said", existing_type=sa.String(length=40), nullable=False)
        batch.alter_column("device", existing_type=sa.String(length=60), server_default=None)
        batch.alter_column("is_late", existing_type=sa.Boolean(), server_default=None)
        batch.drop_column("present")
        batch.create_foreign_key(
            op.f("fk_attendance_mark_undoes_id_attendance_mark"), TABLE, ["undoes_id"], ["id"]
        )
        for name, rule in _rules().items():
            batch.create_check_constraint(op.f(f"ck_attendance_mark_{name}"), rule)
    _refuse_changes()


def downgrade() -> None:
    """What was said beside present or not is lost."""
    _allow_changes()
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("present", sa.Boolean(), nullable=True))
    op.execute("UPDATE attendance_mark SET present = (arrived_at IS NOT NULL)")
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("present", existing_type=sa.Boolean(), nullable=False)
        for name in _rules():
            batch.drop_constraint(op.f(f"ck_attendance_mark_{name}"), type_="check")
        batch.drop_constraint(
            op.f("fk_attendance_mark_undoes_id_attendance_mark"), type_="foreignkey"
        )
        for column in COLUMNS:
            batch.drop_column(column)


def _rules() -> dict[str, str]:
    return {
        "markkind": f"said IN ({', '.join(repr(kind) for kind in KINDS)})",
        "came": "arrived_at IS NOT NULL OR (left_at IS NULL AND NOT is_late)",
        "came_or_excused": "arrived_at IS NULL OR excused_at IS NULL",
        "undoes": "undoes_id IS NULL OR said = 'undone'",
        "undoes_earlier": "undoes_id < id",
    }


def _say_what_was_meant() -> None:
    """A mark that said "not present" took back everything said of the person before."""
    op.execute("UPDATE attendance_mark SET said = 'arrived', arrived_at = at WHERE present")
    op.execute(
        "UPDATE attendance_mark SET said = 'undone', undoes_id = ("
        "SELECT min(earlier.id) FROM attendance_mark AS earlier "
        "WHERE earlier.id < attendance_mark.id "
        "AND (earlier.registration_id = attendance_mark.registration_id "
        "OR earlier.speaker_id = attendance_mark.speaker_id)) WHERE NOT present"
    )


def _refuse_changes() -> None:
    """The database itself keeps what was said; only deleting for retention is left."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_mark_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FIXED}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER attendance_mark_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            "EXECUTE FUNCTION refuse_mark_change()"
        )
        return
    op.execute(
        f"CREATE TRIGGER attendance_mark_fixed BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    )


def _allow_changes() -> None:
    op.execute(
        f"DROP TRIGGER attendance_mark_fixed ON {TABLE}"
        if op.get_bind().dialect.name == "postgresql"
        else "DROP TRIGGER attendance_mark_fixed"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_mark_change()")
