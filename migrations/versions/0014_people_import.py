"""Lists of people on their way in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("packed_table", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=True),
        sa.Column("packed_rows", sa.LargeBinary(), nullable=True),
        sa.Column("contact_only", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_people_import_owner_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_import_public_id")),
    )
    op.create_index(op.f("ix_people_import_expires_at"), "people_import", ["expires_at"])
    op.create_index(op.f("ix_people_import_owner_id"), "people_import", ["owner_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_people_import_owner_id"), table_name="people_import")
    op.drop_index(op.f("ix_people_import_expires_at"), table_name="people_import")
    op.drop_table("people_import")
