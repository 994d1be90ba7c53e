"""Why a plan was not carried out: the sentence with its gaps, and what goes in them.

What was stored before is a finished sentence, which has none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PLANS = sa.table(
    "planned_publication",
    sa.column("id", sa.Integer),
    sa.column("refusal", sa.String),
    sa.column("refusal_values", sa.JSON),
)
LONGEST = 400


def upgrade() -> None:
    values = sa.Column("refusal_values", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("planned_publication", values)


def downgrade() -> None:
    connection = op.get_bind()
    for plan_id, sentence, values in connection.execute(sa.select(*PLANS.c)).all():
        if values:
            finished = PLANS.update().where(PLANS.c.id == plan_id)
            connection.execute(finished.values(refusal=(sentence % values)[:LONGEST]))
    with op.batch_alter_table("planned_publication") as batch:
        batch.drop_column("refusal_values")
