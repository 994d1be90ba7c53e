"""Sub-points, speakers and links of agenda items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agenda_item") as table:
        table.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("level", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(
            sa.Column("parent_level", sa.Integer(), nullable=False, server_default="1")
        )
        table.add_column(
            sa.Column("speaker", sa.String(length=200), nullable=False, server_default="")
        )
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
    # SQLite makes the table anew; what an old row was filled with goes in a second round.
    with op.batch_alter_table("agenda_item") as table:
        for column in ("level", "parent_level", "speaker", "links"):
            table.alter_column(column, server_default=None)
        table.create_check_constraint(
            op.f("ck_agenda_item_level"),
            "(level = 1 AND parent_id IS NULL) OR (level = 2 AND parent_id IS NOT NULL)",
        )
        table.create_check_constraint(op.f("ck_agenda_item_parent_level"), "parent_level = 1")
        table.create_unique_constraint(
            op.f("uq_agenda_item_id_meeting_id_level"), ["id", "meeting_id", "level"]
        )
        table.create_foreign_key(
            op.f("fk_agenda_item_parent"),
            "agenda_item",
            ["parent_id", "meeting_id", "parent_level"],
            ["id", "meeting_id", "level"],
            ondelete="CASCADE",
        )
        table.create_foreign_key(
            op.f("fk_agenda_item_person_id_person"),
            "person",
            ["person_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_agenda_item_parent_id"), ["parent_id"])
        table.create_index(op.f("ix_agenda_item_person_id"), ["person_id"])


def downgrade() -> None:
    with op.batch_alter_table("agenda_item") as table:
        table.drop_index(op.f("ix_agenda_item_person_id"))
        table.drop_index(op.f("ix_agenda_item_parent_id"))
        table.drop_constraint(op.f("fk_agenda_item_person_id_person"), type_="foreignkey")
        table.drop_constraint(op.f("fk_agenda_item_parent"), type_="foreignkey")
        table.drop_constraint(op.f("uq_agenda_item_id_meeting_id_level"), type_="unique")
        table.drop_constraint(op.f("ck_agenda_item_parent_level"), type_="check")
        table.drop_constraint(op.f("ck_agenda_item_level"), type_="check")
    with op.batch_alter_table("agenda_item") as table:
        for column in ("links", "person_id", "speaker", "parent_level", "level", "parent_id"):
            table.drop_column(column)
