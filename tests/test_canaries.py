"""Every field holds a word of its own; each viewer finds the words that are for them, no other.

One region, walked over the whole URL map: pages, files unpacked, feeds, headers, error pages,
mails and the log.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from kwartaal import worker
from kwartaal.db import db
from kwartaal.feeds import addresses
from kwartaal.models.calendar import ensure_feed, feeds_of
from kwartaal.models.person import Person
from kwartaal.permissions import ROLES, Access
from tests.canaries.columns import all_columns, holds_words
from tests.canaries.places import Places
from tests.canaries.reading import told_by_mail
from tests.canaries.records import write_records
from tests.canaries.region import Region
from tests.canaries.viewers import VISITOR
from tests.canaries.walk import Walk
from tests.conftest import NOON, SetClock

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def region(app: Flask, save: Callable[..., None], clock: SetClock) -> Region:
    made = Region(app, save, clock)
    write_records(made)
    return made


@pytest.fixture
def walks(
    region: Region, client: FlaskClient, browser_of: Callable[[Person], FlaskClient]
) -> dict[str, Walk]:
    """One for each viewer, signed in."""
    people = region.viewers.items()
    browsers = {VISITOR: client} | {name: browser_of(person) for name, person in people}
    return {name: Walk(browser, region.words) for name, browser in browsers.items()}


@ON_SQLITE
def test_a_column_of_text_holds_a_canary_or_no_words(app: Flask, region: Region) -> None:
    """A column that was added since is not walked yet: paint it, or say why it is no text."""
    with app.app_context():
        empty = [str(one) for one in all_columns() if holds_words(one) and not _holds(region, one)]

    assert empty == []


@ON_SQLITE
def test_each_viewer_finds_the_words_for_them_and_no_other(
    app: Flask, region: Region, walks: dict[str, Walk], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="kwartaal")
    places = Places(app)
    strange_mails = _read_mails(region, walks)
    for name, walk in walks.items():
        person = region.viewers.get(name)
        for path in (*_addresses(app, places, person), *_own_feed(app, person)):
            walk.get(path)

    wanted = {name: region.words.for_(name) for name in walks}
    assert _leaks(region, walks) == {}
    assert {name: wanted[name] - set(walk.found) for name, walk in walks.items()} == dict.fromkeys(
        walks, set()
    )
    assert strange_mails == []
    assert region.words.found_in(caplog.text) == set()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_readers_find_no_other_words_on_postgresql(
    app: Flask, region: Region, walks: dict[str, Walk]
) -> None:
    """What decides is one query; the desk asks the same one."""
    places = Places(app)
    for name, walk in walks.items():
        for path in _addresses(app, places, region.viewers.get(name)):
            if not path.startswith("/beheer/"):
                walk.get(path)

    assert _leaks(region, walks) == {}
    assert set(walks[VISITOR].found) == region.words.for_(VISITOR)


@ON_SQLITE
def test_who_sends_empty_forms_finds_no_other_words(
    app: Flask, region: Region, walks: dict[str, Walk]
) -> None:
    places = Places(app)
    with _undoing(app) as undo:
        for name, walk in walks.items():
            cookie = walk.browser.get_cookie("session")
            for path in _forms(app, places, region.viewers.get(name)):
                walk.post(path, cookie.value if cookie else None)
                undo()

    assert _leaks(region, walks) == {}


def _holds(region: Region, column: sa.Column[object]) -> bool:
    values = db.session.scalars(sa.select(column).where(column.is_not(None)))
    texts = (
        zlib.decompress(one).decode() if isinstance(one, bytes) else str(one) for one in values
    )
    return any(region.words.found_in(text) for text in texts)


def _addresses(app: Flask, places: Places, person: Person | None) -> Iterator[str]:
    """Every address; of a page that is not for somebody, whatever it is about, one."""
    for rule in _rules(places, "GET"):
        may = _may_use(app, rule, person)
        yield from places.at(rule) if may else [places.first_at(rule)]


def _forms(app: Flask, places: Places, person: Person | None) -> Iterator[str]:
    """The address of every form, once for each meeting, venue or person."""
    for rule in _rules(places, "POST"):
        may = _may_use(app, rule, person)
        yield from places.one_per_owner(rule) if may else [places.first_at(rule)]


def _rules(places: Places, method: str) -> list[Rule]:
    return [rule for rule in places.rules if method in (rule.methods or ())]


def _may_use(app: Flask, rule: Rule, person: Person | None) -> bool:
    access: Access = app.view_functions[rule.endpoint].access
    if person is None:
        return not access.signed_in
    allowed = {one for grant in person.roles for one in ROLES[grant.role]}
    return access.permission is None or access.permission in allowed


def _own_feed(app: Flask, person: Person | None) -> Iterator[str]:
    with app.app_context():
        if person is not None:
            ensure_feed(person.id, NOON)
            db.session.commit()
            feed = feeds_of(person.id)[0]
            yield addresses.of_person(feed, app.config["BASE_URL"], app.config["SECRET_KEY"]).https


def _read_mails(region: Region, walks: dict[str, Walk]) -> list[str]:
    """Let the worker send everything; each mail counts for its reader.

    Returns the words in mails to the people who do not walk that those may not read.
    """
    while worker.run_once(region.app):
        pass
    owners = {person.email: name for name, person in region.viewers.items()}
    strange = []
    for file in sorted(region.app.config["MAIL_DIR"].glob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        address = mail["To"].addresses[0].addr_spec
        if address in owners:
            walks[owners[address]].read(mail)
        else:
            known = region.words.for_(region.guests.get(address, VISITOR))
            strange += sorted(region.words.found_in(told_by_mail(mail)) - known)
    return strange


def _leaks(region: Region, walks: dict[str, Walk]) -> dict[str, dict[str, str]]:
    """By viewer the words that are not for them, and where each was met first."""
    wrong = {
        name: {w: at for w, at in walk.found.items() if w not in region.words.for_(name)}
        for name, walk in walks.items()
    }
    return {name: found for name, found in wrong.items() if found}


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
