"""Restoring at the desk: what it means, what it would do, and the act."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.restoration import Restoration
from tests.desk_pages import hidden, messages, problems
from tests.factories import a_council_member, a_meeting, staff
from tests.publishing import store
from tests.registration_pages import Day, register

REASON = {"reason": "De spreker is ziek."}
DESK = "/beheer/bijeenkomsten/maart"
CHANGED = "Er is net iets veranderd"


@pytest.fixture
def day(app) -> Day:
    return Day(app, slug="maart")


@pytest.fixture
def visitor(save, browser_of) -> FlaskClient:
    person = a_council_member(last_name="Bakker")
    save(person)
    return browser_of(person)


def workshop(day: Day, act: str) -> str:
    return f"{DESK}/workshops/{day.warmth.public_id}/{act}/"


def cancel(browser: FlaskClient, address: str) -> None:
    """Look first, then press the button."""
    seen = hidden(browser.post(address, data=REASON), "seen")
    browser.post(address, data=REASON | {"seen": seen})


@pytest.fixture(params=["meeting", "workshop"])
def address(request, griffie, visitor, day, clock) -> str:
    """Where to restore what somebody chose, what was cancelled then, and what was told."""
    register(visitor, day, day.warmth)
    clock.pass_(minutes=1)
    if request.param == "meeting":
        cancel(griffie, f"{DESK}/annuleren/")
        found = f"{DESK}/herstellen/"
    else:
        cancel(griffie, workshop(day, "annuleren"))
        found = workshop(day, "herstellen")
    with day.app.app_context():
        for row in db.session.query(OutboxMail):
            row.sent_at = clock()
        db.session.commit()
    clock.pass_(minutes=1)
    return found


def look(browser: FlaskClient, address: str) -> Any:
    return browser.post(address)


def confirm(browser: FlaskClient, address: str) -> Any:
    """Look first, then press the button."""
    return browser.post(address, data={"seen": hidden(look(browser, address), "seen")})


def is_off(day: Day) -> bool:
    with day.app.app_context():
        item = db.session.get_one(ProgrammeItem, day.warmth.id)
        return item.is_cancelled or item.meeting.is_cancelled


def mails(day: Day) -> int:
    kinds = (MailKind.RESTORED, MailKind.WORKSHOP_RESTORED)
    with day.app.app_context():
        return db.session.query(OutboxMail).filter(OutboxMail.kind.in_(kinds)).count()


@pytest.mark.on_both
def test_looking_shows_the_mail_and_changes_nothing(griffie, day, address):
    page = look(griffie, address)

    assert page.status_code == 200
    assert "1 persoon heeft een plek." in page.text
    assert "Er gaat 1 mail weg." in page.text
    assert "gaat toch door." in page.text.replace("\xa0", " ")
    assert (is_off(day), mails(day)) == (True, 0)
    with day.app.app_context():
        assert db.session.query(Restoration).count() == 0


def test_button_restores_and_tells(griffie, day, address):
    answer = confirm(griffie, address)

    assert answer.status_code == 303
    assert messages(griffie.get(answer.location))[1:] == ["1 mail gaat nu weg."]
    assert (is_off(day), mails(day)) == (False, 1)


def test_page_shows_again_what_was_struck_through(griffie, client, day, address):
    confirm(griffie, address)

    page = client.get("/bijeenkomsten/maart/").text
    assert ("kw-struck" in page, "Warmte" in page) == (False, True)


def test_what_changed_meanwhile_is_shown_first(griffie, day, address):
    answer = griffie.post(address, data={"seen": "iets anders"})

    assert (answer.status_code, CHANGED in answer.text, is_off(day)) == (422, True, True)


@pytest.mark.on_both
def test_twice_is_refused(griffie, day, address):
    confirm(griffie, address)

    assert len(problems(look(griffie, address))) == 1


@pytest.mark.on_both
def test_get_says_what_it_means_and_changes_nothing(griffie, day, address):
    page = griffie.get(address)

    assert (page.status_code, is_off(day)) == (200, True)
    assert "U ziet eerst om hoeveel mensen het gaat" in page.text


@pytest.mark.parametrize(
    ("act", "back", "said"),
    [
        ("workshop", "workshops", "Dit onderdeel is niet geannuleerd."),
        ("meeting", "publiceren", "De bijeenkomst is niet geannuleerd."),
    ],
)
def test_what_is_not_cancelled_leads_back_with_a_sentence(griffie, day, act, back, said):
    there = workshop(day, "herstellen") if act == "workshop" else f"{DESK}/herstellen/"

    answer = griffie.get(there)

    assert (answer.status_code, answer.location) == (303, f"{DESK}/{back}/")
    assert messages(griffie.get(answer.location)) == [said]


def test_desk_leads_there(griffie, address):
    pages = [griffie.get(f"{DESK}/{page}").text for page in ("publiceren/", "workshops/")]

    assert any(f'href="{address}"' in page for page in pages)


def test_organiser_has_no_such_page(save, browser_of, address):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)

    assert browser_of(organiser).get(address).status_code == 404


def test_workshop_of_another_meeting_has_no_page(app, griffie, day):
    store(app, a_meeting(slug="april"))

    there = workshop(day, "herstellen").replace("maart", "april")
    assert griffie.get(there).status_code == 404


def test_meeting_that_is_over_offers_no_restoring(griffie, day, clock, visitor):
    cancel(griffie, f"{DESK}/annuleren/")
    with day.app.app_context():
        clock.moment = db.session.get_one(Meeting, day.meeting.id).ends_at

    assert "Gaat de bijeenkomst toch door?" not in griffie.get(f"{DESK}/publiceren/").text
