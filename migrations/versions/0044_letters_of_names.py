"""Sort keys of names with a letter that is no other letter with an accent: ı, ø, ł and the like."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

PERSON = sa.table(
    "person",
    sa.column("id", sa.Integer),
    sa.column("first_name", sa.String),
    sa.column("last_name", sa.String),
    sa.column("sort_key", sa.String),
)
# As it is at this revision, so that a later change of the rule does not change what this one did.
LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ə": "e"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)


def upgrade() -> None:
    _fold_again(LETTERS)


def downgrade() -> None:
    _fold_again({})


def _fold_again(letters: dict[int, str]) -> None:
    """Only the keys of names with such a letter; others stay as they are."""
    connection = op.get_bind()
    names = sa.select(PERSON.c.id, PERSON.c.last_name, PERSON.c.first_name)
    for person_id, last_name, first_name in connection.execute(names).all():
        key = _without_accents(f"{last_name} {first_name}")
        if key != key.translate(LETTERS):
            changed = sa.update(PERSON).where(PERSON.c.id == person_id)
            connection.execute(changed.values(sort_key=key.translate(letters)[:160]))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
