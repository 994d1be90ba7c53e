"""Several named feeds of one person, each with choices of its own and the program that reads it.

The feed that somebody has becomes the first one: its id and generation stay, so its address works.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

PROGRAMS = ("apple", "google", "outlook", "thunderbird", "server", "other")
NEW = ("position", "name", "per_item", "with_deadlines", "changed_at", "program")


def upgrade() -> None:
    with op.batch_alter_table("calendar_feed") as batch:
        for column in _columns():
            batch.add_column(column)
    op.execute("UPDATE calendar_feed SET changed_at = created_at")
    with op.batch_alter_table("calendar_feed") as batch:
        for name in ("position", "name", "per_item", "with_deadlines"):
            batch.alter_column(name, server_default=None)
        batch.alter_column("changed_at", nullable=False)
        batch.drop_constraint(op.f("uq_calendar_feed_person_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_calendar_feed_person_id_position"), ["person_id", "position"]
        )
        batch.create_unique_constraint(
            op.f("uq_calendar_feed_person_id_name"), ["person_id", "name"]
        )
        batch.create_check_constraint(op.f("ck_calendar_feed_position"), "position BETWEEN 1 AND 8")
        batch.create_check_constraint(op.f("ck_calendar_feed_name"), "name <> ''")
        batch.create_check_constraint(op.f("ck_calendar_feed_program"), f"program IN {PROGRAMS!r}")


def downgrade() -> None:
    """The first feed of each person is left."""
    op.execute(
        "DELETE FROM calendar_feed WHERE EXISTS (SELECT 1 FROM calendar_feed AS other"
        " WHERE other.person_id = calendar_feed.person_id AND other.id < calendar_feed.id)"
    )
    with op.batch_alter_table("calendar_feed") as batch:
        for name in ("position", "name", "program"):
            batch.drop_constraint(op.f(f"ck_calendar_feed_{name}"), type_="check")
        for name in ("position", "name"):
            batch.drop_constraint(op.f(f"uq_calendar_feed_person_id_{name}"), type_="unique")
        for name in NEW:
            batch.drop_column(name)
        batch.create_unique_constraint(op.f("uq_calendar_feed_person_id"), ["person_id"])


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("position", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("name", sa.String(length=40), nullable=False, server_default="Mijn agenda"),
        sa.Column("per_item", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("with_deadlines", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("program", sa.String(length=40), nullable=True),
    ]
