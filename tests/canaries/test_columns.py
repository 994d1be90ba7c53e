"""Nothing that can hold somebody's words is left out of the walk."""

from __future__ import annotations

import zlib

import sqlalchemy as sa
from flask import Flask

from kwartaal.db import db
from tests.canaries.columns import all_columns, holds_words
from tests.canaries.conftest import ON_SQLITE
from tests.canaries.region import Region


@ON_SQLITE
def test_a_column_of_text_holds_a_canary_or_no_words(app: Flask, region: Region) -> None:
    """A column that was added since is not walked yet: paint it, or say why it is no text."""
    with app.app_context():
        empty = [str(one) for one in all_columns() if holds_words(one) and not _holds(region, one)]

    assert empty == []


def _holds(region: Region, column: sa.Column[object]) -> bool:
    values = db.session.scalars(sa.select(column).where(column.is_not(None)))
    texts = (
        zlib.decompress(one).decode() if isinstance(one, bytes) else str(one) for one in values
    )
    return any(region.words.found_in(text) for text in texts)
