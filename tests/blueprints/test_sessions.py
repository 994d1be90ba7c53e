"""How long somebody stays signed in, and ending that under /mijn/sessies."""

from __future__ import annotations

import uuid

import pytest

from kwartaal.db import db
from kwartaal.models.account import UserSession
from kwartaal.models.person import Role, RoleGrant
from kwartaal.sessions import device_of
from tests.factories import a_person, staff
from tests.signing_in import PASSWORD, is_signed_in, log, open_sessions, password_hash


def test_participant_stays_signed_in_for_thirty_days(save, browser_of, clock):
    person = a_person()
    save(person)
    browser = browser_of(person)
    clock.pass_(days=29, hours=23)
    assert is_signed_in(browser)

    clock.pass_(hours=1)

    assert not is_signed_in(browser)


def test_staff_is_signed_out_after_half_an_hour_of_nothing(save, browser_of, clock):
    person = staff(Role.ORGANISATOR)
    save(person)
    browser = browser_of(person)
    for _ in range(3):
        clock.pass_(minutes=29)
        assert is_signed_in(browser)

    clock.pass_(minutes=30)

    assert not is_signed_in(browser)


def test_staff_is_signed_out_after_twelve_hours(save, browser_of, clock):
    person = staff(Role.GRIFFIE)
    save(person)
    browser = browser_of(person)
    for _ in range(35):
        clock.pass_(minutes=20)
        browser.get("/mijn/sessies")
    assert is_signed_in(browser)

    clock.pass_(minutes=20)

    assert not is_signed_in(browser)


@pytest.mark.on_both
def test_a_role_that_is_given_shortens_a_long_session_at_once(save, browser_of, clock):
    person = a_person()
    save(person)
    browser = browser_of(person)
    clock.pass_(days=1)
    assert is_signed_in(browser)

    save(RoleGrant(person_id=person.id, role=Role.ORGANISATOR))

    assert not is_signed_in(browser)


def test_list_names_device_and_moments_of_open_sessions(app, save, clock, browser_of):
    person = a_person(password_hash=password_hash())
    save(person)
    clock.pass_(hours=-2)
    browser_of(person)
    clock.pass_(hours=2)
    client = app.test_client()
    agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    data = {"email": person.email, "password": PASSWORD}
    client.post("/inloggen/wachtwoord", data=data, headers={"User-Agent": agent})

    page = client.get("/mijn/sessies").text

    assert "Firefox, Windows" in page
    assert "Onbekend apparaat" in page
    assert page.count("dit apparaat") == 1
    assert "2027-03-10T10:00" in page


@pytest.mark.on_both
def test_one_other_session_can_be_ended(app, save, browser_of):
    person = a_person()
    save(person)
    here, elsewhere = browser_of(person), browser_of(person)
    addresses = [
        part.split('"')[0]
        for part in here.get("/mijn/sessies").text.split('action="')
        if part.startswith("/mijn/sessies/") and "andere" not in part.split('"')[0]
    ]
    assert len(addresses) == 1

    assert here.post(addresses[0]).location == "/mijn/sessies"

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert log(app) == [("session_ended", f"person:{person.public_id}", {"what": "one"})]


@pytest.mark.on_both
def test_all_other_sessions_can_be_ended(app, save, browser_of):
    person = a_person()
    save(person)
    here, *elsewhere = (browser_of(person) for _ in range(3))

    here.post("/mijn/sessies/andere-beeindigen")

    assert is_signed_in(here)
    assert not any(is_signed_in(browser) for browser in elsewhere)
    assert log(app) == [("session_ended", f"person:{person.public_id}", {"what": "others"})]


@pytest.mark.on_both
def test_sessions_of_others_cannot_be_ended(app, save, browser_of):
    person, other = a_person(), a_person()
    save(person, other)
    browser_of(other)
    with app.app_context():
        theirs = db.session.scalars(db.select(UserSession)).one().public_id
    mine = browser_of(person)

    for public_id in (theirs, uuid.uuid4()):
        assert mine.post(f"/mijn/sessies/{public_id}/beeindigen").status_code == 404
    assert mine.post("/mijn/sessies/1/beeindigen").status_code == 404
    assert open_sessions(app, other) == 1


@pytest.mark.on_both
def test_sessions_take_the_same_statements_however_many(save, browser_of, count_queries):
    person = a_person()
    save(person)
    browser = browser_of(person)
    few = count_queries(lambda: browser.get("/mijn/sessies"))
    for _ in range(6):
        browser_of(person)

    assert count_queries(lambda: browser.get("/mijn/sessies")) == few


def test_last_seen_is_written_at_most_once_a_minute(app, save, browser_of, clock):
    person = a_person()
    save(person)
    browser = browser_of(person)

    def last_seen():
        with app.app_context():
            return db.session.scalars(db.select(UserSession)).one().last_seen_at

    start = clock()
    clock.pass_(seconds=59)
    browser.get("/mijn/sessies")
    assert last_seen() == start

    clock.pass_(seconds=1)
    browser.get("/mijn/sessies")
    assert last_seen() == clock()


def test_device_is_named_by_browser_and_system():
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"

    assert [device_of(text) for text in (chrome, iphone, f"{chrome} Edg/140.0", "curl/8", "")] == [
        "Chrome, Linux",
        "Safari, iPhone",
        "Edge, Linux",
        "",
        "",
    ]


@pytest.mark.on_both
def test_name_that_somebody_gave_a_device_is_shown(app, save, browser_of):
    person = a_person()
    save(person)
    browser = browser_of(person)
    with app.app_context():
        db.session.query(UserSession).one().device_name = "Tablet ingang"
        db.session.commit()

    assert "Tablet ingang" in browser.get("/mijn/sessies").text
