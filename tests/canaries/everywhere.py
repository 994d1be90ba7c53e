"""Everything that there is to read: all addresses for all viewers, and all mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from kwartaal import worker
from kwartaal.db import db
from kwartaal.feeds import addresses
from kwartaal.models.calendar import ensure_feed, feeds_of
from kwartaal.models.person import Person
from kwartaal.permissions import ROLES, Access
from tests.canaries.places import Places
from tests.canaries.reading import read_mail, told_by_mail
from tests.canaries.region import Region
from tests.canaries.viewers import VISITOR
from tests.canaries.walk import Walk
from tests.conftest import NOON

Ways = Callable[[Rule], Iterator[str]]


def walk_everywhere(region: Region, walks: dict[str, Walk]) -> list[str]:
    """Let the worker send everything, and everybody read their mails and every address.

    Returns the words in mails to the people who do not walk that those may not read.
    """
    places = Places(region.app)
    strange_mails = _read_mails(region, walks)
    for name, walk in walks.items():
        person = region.viewers.get(name)
        everything = paths(region.app, places, "GET", person, places.at)
        for path in (*everything, *_own_feed(region.app, person)):
            walk.get(path)
    return strange_mails


def paths(
    app: Flask, places: Places, method: str, person: Person | None, ways: Ways
) -> Iterator[str]:
    """The addresses of every page, or form; of what is not for somebody, whatever it is, one."""
    for rule in places.rules:
        if method in (rule.methods or ()):
            yield from ways(rule) if _may_use(app, rule, person) else [places.first_at(rule)]


def leaks(region: Region, walks: dict[str, Walk]) -> dict[str, dict[str, str]]:
    """By viewer the words that are not for them, and where each was met first."""
    wrong = {
        name: {w: at for w, at in walk.found.items() if w not in region.words.for_(name)}
        for name, walk in walks.items()
    }
    return {name: found for name, found in wrong.items() if found}


def missed(region: Region, walks: dict[str, Walk]) -> dict[str, set[str]]:
    """By viewer the words that are for them and stood nowhere."""
    left = {name: region.words.for_(name) - set(walk.found) for name, walk in walks.items()}
    return {name: words for name, words in left.items() if words}


def send_mails(region: Region) -> Iterator[tuple[Path, EmailMessage, str]]:
    """Let the worker send everything: the file, the mail in it, and who it is to."""
    while worker.run_once(region.app):
        pass
    owners = {person.email: name for name, person in region.viewers.items()} | region.guests
    for file in sorted(region.app.config["MAIL_DIR"].glob("*.eml")):
        mail = read_mail(file.read_bytes())
        yield file, mail, owners.get(mail["To"].addresses[0].addr_spec, VISITOR)


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
    """Each counts for its reader."""
    strange = []
    for _file, mail, reader in send_mails(region):
        if reader in region.viewers:
            walks[reader].read(mail)
        else:
            known = region.words.for_(reader)
            strange += sorted(region.words.found_in(told_by_mail(mail)) - known)
    return strange
