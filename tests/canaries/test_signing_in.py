"""Mailed links tell whoever has them whose they are, while they work; nobody else's words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from kwartaal import sign_in as mailed
from kwartaal.db import db
from kwartaal.domain import email_changes, sign_in
from kwartaal.domain.email_changes import CONFIRM_LIFE, UNDO_LIFE
from kwartaal.domain.sign_in import LINK_LIFE
from kwartaal.models.account import SignInLink
from tests.canaries.conftest import ON_SQLITE
from tests.canaries.reading import told_by
from tests.canaries.region import Region
from tests.canaries.viewers import NOBODY, VISITOR
from tests.canaries.walk import Walk
from tests.signing_in import another

NAME = frozenset(f"person.{part} own" for part in ("first_name", "prefix", "last_name"))
OLD, NEW = "person.email own", "new address"
NOTHING: frozenset[str] = frozenset()
Told = dict[str, dict[str, frozenset[str]]]


@ON_SQLITE
def test_sign_in_link_tells_its_name_while_it_works(region: Region, walks: dict[str, Walk]) -> None:
    links = {
        "valid": a_link(region),
        "used": a_link(region, used=True),
        "expired": a_link(region, age=LINK_LIFE),
    }

    told = {state: told_to_all(region, walks, path) for state, path in links.items()}

    assert told == to_all(walks, {"valid": NAME, "used": NOTHING, "expired": NOTHING})


@ON_SQLITE
def test_using_a_sign_in_link_tells_nothing(region: Region, walks: dict[str, Walk]) -> None:
    """Whatever browser opens it; what is behind it is for who is signed in then."""
    told = {}
    for name, walk in walks.items():
        path = a_link(region)
        told[name] = [posted(region, walk.browser, path) for _ in ("valid", "used")]

    assert told == dict.fromkeys(walks, [NOTHING, NOTHING])


@ON_SQLITE
@pytest.mark.parametrize("viewer", [VISITOR, "participant"])
def test_code_page_tells_nothing(region: Region, walks: dict[str, Walk], viewer: str) -> None:
    """Not with a wrong code, an old one, the right one, or one that was used."""
    browser, told, statuses = walks[viewer].browser, NOTHING, []
    for state in ("wrong", "expired", "used", "valid"):
        answers = [browser.post("/inloggen", data={"email": region.own.email})]
        answers.append(browser.get("/inloggen/code"))
        code = newest_code(region, used=state == "used")
        if state == "expired":
            region.clock.pass_(minutes=30)
        typed = another(code) if state == "wrong" else code
        answers.append(browser.post("/inloggen/code", data={"code": typed}))
        told |= region.words.found_in("\n".join(map(told_by, answers)))
        statuses.append(answers[-1].status_code)

    assert (told, statuses) == (NOTHING, [422, 422, 422, 303])


@ON_SQLITE
def test_change_of_address_tells_its_name_and_addresses_while_it_can_be_answered(
    region: Region, walks: dict[str, Walk], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="kwartaal")

    told = {state: told_to_all(region, walks, path) for state, path in answers_to_a_change(region)}

    assert told == to_all(
        walks,
        {
            "confirm, valid": NAME | {NEW},
            "confirm, stopped": NOTHING,
            "confirm, expired": NOTHING,
            "confirm, used": NOTHING,
            "stop, valid": NOTHING,
            "stop, used": NOTHING,
            "stop, expired": NOTHING,
            "stop, confirmed": NAME | {OLD},
            "stop, too late": NOTHING,
        },
    )
    assert region.words.found_in(caplog.text) == NOTHING


def answers_to_a_change(region: Region) -> Iterator[tuple[str, str]]:
    """The address of both pages in every state of a change, which is in it when it is yielded."""
    new = f"{region.words.word(NEW, NOBODY)}@canarie.example"
    confirm, stop = a_change(region, new, age=CONFIRM_LIFE)
    yield from (("confirm, expired", confirm), ("stop, expired", stop))
    confirm, stop = a_change(region, new)
    yield from (("confirm, valid", confirm), ("stop, valid", stop))
    browser = region.app.test_client()
    browser.post(stop)
    yield from (("confirm, stopped", confirm), ("stop, used", stop))
    confirm, stop = a_change(region, new)
    browser.post(confirm)
    yield from (("confirm, used", confirm), ("stop, confirmed", stop))
    region.clock.pass_(seconds=UNDO_LIFE.total_seconds())
    yield "stop, too late", stop


def a_link(region: Region, age: timedelta = timedelta(0), used: bool = False) -> str:
    with region.at_work():
        link = sign_in.new_link(region.load(region.own), region.clock() - age)
        db.session.flush()
        if used:
            sign_in.use_link(link, region.clock())
        return f"/inloggen/link/{mailed.link_token(link, secret_of(region))}/"


def newest_code(region: Region, used: bool) -> str:
    with region.at_work():
        link = db.session.query(SignInLink).order_by(SignInLink.id.desc()).first()
        assert link is not None and link.person_id == region.own.id
        if used:
            sign_in.use_link(link, region.clock())
        return mailed.code_for(link, secret_of(region))


def a_change(region: Region, new: str, age: timedelta = timedelta(0)) -> tuple[str, str]:
    """Where the new address confirms it, and the old one stops it."""
    with region.at_work():
        own, asked = region.load(region.own), region.clock() - age
        change = email_changes.start_email_change(own, new, own, asked, asked.date())
        db.session.flush()
        confirm = mailed.confirm_token(change, secret_of(region))
        stop = mailed.stop_token(change, secret_of(region))
    return f"/inloggen/e-mailadres/{confirm}/", f"/inloggen/e-mailadres/stoppen/{stop}/"


def secret_of(region: Region) -> str:
    return region.app.config["SECRET_KEY"]


def told_to_all(region: Region, walks: dict[str, Walk], path: str) -> dict[str, set[str]]:
    return {
        name: region.words.found_in(told_by(walk.browser.get(path))) for name, walk in walks.items()
    }


def to_all(walks: dict[str, Walk], told: dict[str, frozenset[str]]) -> Told:
    return {state: dict.fromkeys(walks, words) for state, words in told.items()}


def posted(region: Region, browser: FlaskClient, path: str) -> set[str]:
    return region.words.found_in(told_by(browser.post(path)))
