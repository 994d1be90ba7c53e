"""What a hand-made or stale form sends to /aanmelden is refused, and nothing is stored."""

from __future__ import annotations

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.models.account import UserSession
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.sessions import _hash as session_hash
from tests.conftest import NOON
from tests.factories import a_council_member, a_meeting, a_workshop
from tests.html_tree import find
from tests.registration_pages import Day, problems, register, values_of

# PostgreSQL refuses texts that SQLite takes.
pytestmark = pytest.mark.on_both
NOBODYS_ID = "6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11"
GONE = "Een van uw keuzes bestaat niet meer. Kies opnieuw."


@pytest.fixture
def day(app: Flask) -> Day:
    return Day(app)


@pytest.fixture
def anna(save) -> Person:
    person = a_council_member(first_name="Anna")
    save(person)
    return person


@pytest.fixture
def browser(anna, browser_of):
    return browser_of(anna)


@pytest.mark.parametrize(
    "value", [NOBODYS_ID, "1", "🎉", "=1+1", "<script>", "x" * 5000, "a\r\nb", "\x00"]
)
def test_a_workshop_that_does_not_exist_is_refused(day, anna, browser, value):
    response = browser.post(day.address, data={f"round-{day.morning.public_id}": value})

    assert response.status_code == 422
    assert problems(response.text) == ["Ronde 1: Deze workshop bestaat niet meer. Kies opnieuw."]
    assert day.standing_of(anna) == {}


def test_a_workshop_of_another_meeting_is_refused(app, day, anna, browser):
    elsewhere = Day(app)

    response = browser.post(
        day.address, data={f"round-{day.morning.public_id}": str(elsewhere.water.public_id)}
    )

    assert response.status_code == 422
    assert day.standing_of(anna) == {}


def test_a_round_of_another_meeting_is_refused(app, day, anna, browser):
    elsewhere = Day(app)

    response = browser.post(
        day.address, data={f"round-{elsewhere.morning.public_id}": str(elsewhere.water.public_id)}
    )

    assert problems(response.text) == [GONE]
    assert day.standing_of(anna) == {}


@pytest.mark.parametrize("name", ["item-x", "item-🎉", f"item-{NOBODYS_ID}", "round-"])
def test_an_item_that_does_not_exist_is_refused(day, anna, browser, name):
    response = register(browser, day, day.warmth, **{name: "y"})

    assert problems(response.text) == [GONE]
    assert day.standing_of(anna) == {}


def test_two_workshops_in_one_round_are_refused(day, anna, browser):
    both = [str(day.warmth.public_id), str(day.water.public_id)]

    response = browser.post(day.address, data={f"round-{day.morning.public_id}": both})

    assert problems(response.text) == ["Ronde 1: Kies in elke ronde één workshop."]
    assert day.standing_of(anna) == {}


def test_a_workshop_sent_as_that_of_another_round_is_refused(day, anna, browser):
    response = register(
        browser,
        day,
        day.warmth,
        **{f"round-{day.afternoon.public_id}": str(day.water.public_id)},
    )

    assert problems(response.text) == ["Ronde 2: Deze workshop bestaat niet meer. Kies opnieuw."]
    assert day.standing_of(anna) == {}


def test_a_workshop_sent_as_a_box_is_refused(day, anna, browser):
    response = register(browser, day, day.warmth, **{f"item-{day.water.public_id}": "y"})

    assert problems(response.text) == [GONE]
    assert day.standing_of(anna) == {}


def test_a_workshop_that_is_not_published_yet_is_refused(day, anna, browser, save, app):
    with app.app_context():
        draft = a_workshop(db.session.get_one(ProgrammeItem, day.morning.id), 3, title="Geheim")
        db.session.add(draft)
        db.session.commit()
        public_id = str(draft.public_id)

    page = browser.get(day.address)
    response = browser.post(day.address, data={f"round-{day.morning.public_id}": public_id})

    assert "Geheim" not in page.text + response.text
    assert response.status_code == 422
    assert day.standing_of(anna) == {}


@pytest.mark.parametrize("office", ["", "🎉", "x", NOBODYS_ID, "\x00"])
def test_an_office_that_does_not_exist_is_refused(day, anna, browser, office):
    response = register(browser, day, day.warmth, office=office)

    assert problems(response.text) == ["Kies waarvoor u komt."]
    assert day.standing_of(anna) == {}


@pytest.mark.parametrize("openness", [Openness.BESLOTEN, Openness.DATUM])
@pytest.mark.parametrize("page", ["address", "own_address", "withdraw_address"])
def test_a_meeting_one_may_not_see_is_not_there(app, anna, browser, client, openness, page):
    day = Day(app, openness=openness)
    address = getattr(day, page)

    answers = [
        browser.get(address),
        browser.post(address) if page != "own_address" else browser.get(address),
        client.get(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert day.standing_of(anna) == {}


def test_a_concept_is_not_there(anna, browser, save):
    meeting = a_meeting(state=MeetingState.CONCEPT)
    save(meeting)

    assert browser.get(f"/bijeenkomsten/{meeting.slug}/aanmelden").status_code == 404


def test_an_unknown_address_is_not_there(browser):
    assert browser.post("/bijeenkomsten/🎉/aanmelden").status_code == 404


def test_every_form_carries_a_token(make_app):
    app = make_app()
    person = a_council_member()
    day = Day(app)
    with app.app_context():
        db.session.add(person)
        db.session.flush()
        session = UserSession(
            token_hash=session_hash("t"), person=person, created_at=NOON, last_seen_at=NOON
        )
        db.session.add(session)
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "t"

    for address in (day.address, "/mijn/", "/mijn/gegevens"):
        page = browser.get(address).text
        forms = [node for node in find(page, "form") if node[1].get("method") == "post"]
        assert len(values_of(page, "csrf_token")) == len(forms)
    assert browser.post(day.address, data=day.fields(day.warmth)).status_code == 400
