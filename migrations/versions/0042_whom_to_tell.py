"""Whom to tell: who of the speakers in a version we know, and what a second session repeats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

PUBLICATIONS = sa.table("publication", sa.column("id", sa.Integer), sa.column("content", sa.JSON))
SPEAKERS = sa.table(
    "speaker",
    sa.column("item_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("person_id", sa.Integer),
)


def upgrade() -> None:
    known = op.create_table(
        "publication_speaker",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "publication_id", "item_id", "position", name=op.f("pk_publication_speaker")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            ondelete="CASCADE",
            name=op.f("fk_publication_speaker_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            ondelete="CASCADE",
            name=op.f("fk_publication_speaker_person_id_person"),
        ),
    )
    op.create_index(op.f("ix_publication_speaker_person_id"), "publication_speaker", ["person_id"])
    op.add_column("programme_item", sa.Column("repeats", sa.Integer(), nullable=True))
    _fill(known)


def downgrade() -> None:
    op.drop_column("programme_item", "repeats")
    op.drop_table("publication_speaker")


def _fill(known: sa.Table) -> None:
    """Versions that are there hold names: who still speaks in the same item under one is known."""
    connection = op.get_bind()
    people = {
        (item_id, name): person_id
        for item_id, name, person_id in connection.execute(sa.select(*SPEAKERS.c))
        if person_id is not None
    }
    for publication_id, content in connection.execute(sa.select(*PUBLICATIONS.c)).all():
        rows = [
            {"publication_id": publication_id, "item_id": part["id"], "position": position}
            | {"person_id": people[part["id"], speaker["name"]]}
            for part in _parts(content)
            for position, speaker in enumerate(part["speakers"])
            if (part["id"], speaker["name"]) in people
        ]
        if rows:
            connection.execute(known.insert(), rows)


def _parts(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in content["items"]:
        yield item
        yield from item["workshops"]
