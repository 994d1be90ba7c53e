"""Organisations, offices, people and roles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_office_kind_code")),
        sa.UniqueConstraint("name", name=op.f("uq_office_kind_name")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "neighbour",
                "affiliated",
                "authority",
                "company",
                "knowledge",
                "societal",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tooi_code", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
        sa.UniqueConstraint("tooi_code", name=op.f("uq_organisation_tooi_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("contact_email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("wants_announcements", sa.Boolean(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_index(op.f("ix_person_sort_key"), "person", ["sort_key"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_office_period")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["office_kind.id"], name=op.f("fk_office_kind_id_office_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_office_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_office_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("public_id", name=op.f("uq_office_public_id")),
    )
    op.create_index(op.f("ix_office_kind_id"), "office", ["kind_id"], unique=False)
    op.create_index(
        "ix_office_organisation_id_ends_on", "office", ["organisation_id", "ends_on"], unique=False
    )
    op.create_index(op.f("ix_office_person_id"), "office", ["person_id"], unique=False)
    op.create_table(
        "office_audience",
        sa.Column("office_kind_id", sa.Integer(), nullable=False),
        sa.Column(
            "organisation_kind",
            sa.Enum(
                "municipality",
                "neighbour",
                "affiliated",
                "authority",
                "company",
                "knowledge",
                "societal",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "raad",
                "college",
                "ambtelijk",
                "bedrijf",
                "kennisinstelling",
                "maatschappelijk",
                "buurgemeente",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["office_kind_id"],
            ["office_kind.id"],
            name=op.f("fk_office_audience_office_kind_id_office_kind"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "office_kind_id", "organisation_kind", name=op.f("pk_office_audience")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "beheerder",
                "griffie",
                "organisator",
                "griffier",
                "assistent",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("acts_for_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role = 'assistent') = (acts_for_id IS NOT NULL)", name=op.f("ck_role_grant_assistent")
        ),
        sa.CheckConstraint(
            "(role = 'griffier') = (organisation_id IS NOT NULL)",
            name=op.f("ck_role_grant_griffier"),
        ),
        sa.ForeignKeyConstraint(
            ["acts_for_id"],
            ["person.id"],
            name=op.f("fk_role_grant_acts_for_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_grant_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_role_grant_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_person_id"), "role_grant", ["person_id"], unique=False)
    op.create_index(
        "uq_role_grant_person_id_acts_for_id",
        "role_grant",
        ["person_id", "acts_for_id"],
        unique=True,
    )
    op.create_index(
        "uq_role_grant_person_id_organisation_id",
        "role_grant",
        ["person_id", "organisation_id"],
        unique=True,
    )
    op.create_index(
        "uq_role_grant_person_id_role",
        "role_grant",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("organisation_id IS NULL AND acts_for_id IS NULL"),
        postgresql_where=sa.text("organisation_id IS NULL AND acts_for_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_role_grant_person_id_role",
        table_name="role_grant",
        sqlite_where=sa.text("organisation_id IS NULL AND acts_for_id IS NULL"),
        postgresql_where=sa.text("organisation_id IS NULL AND acts_for_id IS NULL"),
    )
    op.drop_index("uq_role_grant_person_id_organisation_id", table_name="role_grant")
    op.drop_index("uq_role_grant_person_id_acts_for_id", table_name="role_grant")
    op.drop_index(op.f("ix_role_grant_person_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_table("office_audience")
    op.drop_index(op.f("ix_office_person_id"), table_name="office")
    op.drop_index("ix_office_organisation_id_ends_on", table_name="office")
    op.drop_index(op.f("ix_office_kind_id"), table_name="office")
    op.drop_table("office")
    op.drop_index(op.f("ix_person_sort_key"), table_name="person")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("office_kind")
