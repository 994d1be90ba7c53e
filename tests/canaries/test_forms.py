"""Who sends forms learns no more than who reads pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import sqlalchemy as sa
from flask import Flask

from tests.canaries.conftest import ON_SQLITE
from tests.canaries.everywhere import leaks, paths
from tests.canaries.places import Places
from tests.canaries.region import Region
from tests.canaries.walk import Walk


@ON_SQLITE
def test_who_sends_empty_forms_finds_no_other_words(
    app: Flask, region: Region, walks: dict[str, Walk]
) -> None:
    """Each form once for each meeting, venue or person."""
    places = Places(app)
    with _undoing(app) as undo:
        for name, walk in walks.items():
            cookie = walk.browser.get_cookie("session")
            person = region.viewers.get(name)
            for path in paths(app, places, "POST", person, places.one_per_owner):
                walk.post(path, cookie.value if cookie else None)
                undo()

    assert leaks(region, walks) == {}


@contextmanager
def _undoing(app: Flask) -> Iterator[Callable[[], None]]:
    """What puts the SQLite database back as it is now, if anything changed in it."""
    path = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database or ""
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(":memory:")) as copy:
        live.execute("PRAGMA synchronous = OFF")
        live.backup(copy)
        seen = _version(live)

        def undo() -> None:
            nonlocal seen
            if _version(live) != seen:
                copy.backup(live)
                seen = _version(live)

        yield undo


def _version(connection: sqlite3.Connection) -> int:
    """Differs after another connection wrote something."""
    number: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return number
