"""Kinds of document for installations that began before there were any.

A new installation gets them with its other reference data (kwartaal.models.reference), which has
not been loaded yet when its tables are made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# docs/mission.md, as they were when this was written.
NAMES = (
    "Raadsinformatiebrief",
    "Collegebrief",
    "Presentatie",
    "Principebesluit",
    "Uitgangspuntennotitie",
    "Hoofdlijnennotitie",
    "Concepttekst",
    "Definitief stuk",
    "Dienstverleningsovereenkomst",
    "Routekaart",
    "Impressieverslag",
    "Keuzenotitie",
    "Motie",
    "Raadsvoorstel",
    "Nieuwsbrief",
    "Jaaragenda",
    "Advies, businesscase of plan",
    "Achtergrond",
    "Verordening of beleidsplan",
    "Begrippenlijst",
)


def upgrade() -> None:
    if not _has_rows("office_kind") or _has_rows("document_kind"):
        return
    kinds = sa.table(
        "document_kind",
        sa.column("code", sa.String),
        sa.column("name", sa.String),
        sa.column("position", sa.Integer),
    )
    op.bulk_insert(
        kinds,
        [
            {"code": f"A-{number}", "name": name, "position": number}
            for number, name in enumerate(NAMES, 1)
        ],
    )


def downgrade() -> None:
    """They stay: documents may be of these kinds, and a clerk may have changed them."""


def _has_rows(table: str) -> bool:
    rows = sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)
    return op.get_bind().scalar(rows) is not None
