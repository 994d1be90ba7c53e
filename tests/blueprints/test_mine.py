"""Mijn bijeenkomsten: what one is registered for, and one's own contact data and mails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from tests.factories import START, a_council_member, a_person
from tests.publishing import cancel, change
from tests.reading import links, words
from tests.registration_pages import Day, problems, register


@pytest.fixture
def day(app: Flask) -> Day:
    return Day(app)


@pytest.fixture
def anna(save) -> Person:
    person = a_council_member(first_name="Anna", last_name="Bakker")
    save(person)
    return person


@pytest.fixture
def bob(save) -> Person:
    person = a_council_member(first_name="Bob")
    save(person)
    return person


def stored(app: Flask, person: Person) -> Person:
    with app.app_context():
        found = db.session.get_one(Person, person.id)
        db.session.expunge(found)
        return found


def test_signed_out_it_leads_to_signing_in(client):
    response = client.get("/mijn/")

    assert (response.status_code, response.location) == (303, "/inloggen?next=/mijn/")


def test_who_is_not_registered_reads_where_to_begin(anna, browser_of):
    browser = browser_of(anna)

    assert "U bent nog niet aangemeld." in words(browser, "/mijn/")
    assert links(browser, "/mijn/")["Bekijk de volgende bijeenkomst"] == "/"


def test_what_one_chose_stands_in_order_of_the_day(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)
    browser = browser_of(anna)
    register(browser, day, day.warmth, day.lunch, waitlist_if_full="1")

    page = words(browser, "/mijn/")

    assert "Dag Anna Bakker. U bent aangemeld voor 1 bijeenkomst." in page
    lines = [
        "Wonen en energie dinsdag 23 maart 2027, 12.00 tot 18.00 uur.",
        "12.00 uur Lunch",
        "13.00 uur Warmte Wachtlijst, nummer 1",
        "15.00 uur Ronde 2: geen workshop",
    ]
    assert [page.find(line) > 0 for line in lines] == [True] * 4
    assert sorted(lines, key=page.find) == lines


def test_one_can_change_and_sign_off_from_here(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day)

    there = links(browser, "/mijn/")

    assert there["Wijzig uw keuze : Wonen en energie"] == day.address
    assert there["Meld u af : Wonen en energie"] == day.withdraw_address


def test_after_closing_one_can_only_sign_off(day, anna, browser_of, clock):
    register(browser_of(anna), day)
    clock.moment = day.meeting.registration_closes_at

    there = links(browser_of(anna), "/mijn/")

    assert [text for text in there if "Wonen en energie" in text] == [
        "Wonen en energie",
        "Meld u af : Wonen en energie",
    ]


@pytest.mark.on_both
def test_waiting_for_the_meeting_shows_the_number_in_line(app, anna, bob, browser_of):
    day = Day(app, maximum=1)
    register(browser_of(bob), day)
    browser = browser_of(anna)
    register(browser, day, day.warmth, waitlist_if_full="1")

    page = words(browser, "/mijn/")

    assert "U staat voor 1 bijeenkomst op de wachtlijst." in page
    assert "Wachtlijst, nummer 1" in page
    assert "Warmte Bewaard als wens" in page


@pytest.mark.on_both
def test_what_one_withdrew_from_says_so(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    browser.post(day.withdraw_address)

    page = words(browser, "/mijn/")

    assert "Afgemeld" in page
    assert "Warmte" not in page
    assert links(browser, "/mijn/")["Meld u weer aan : Wonen en energie"] == day.address


def test_a_cancelled_meeting_says_so(app, day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day)
    cancel(app, day.meeting, "Te weinig mensen.")

    page = words(browser, "/mijn/")

    assert "Deze bijeenkomst gaat niet door. U hoeft niets te doen. Geannuleerd" in page
    assert "Meld u af" not in page


def test_a_meeting_one_may_no_longer_see_keeps_its_title(app, day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    change(app, Meeting, day.meeting.id, openness=Openness.BESLOTEN)

    page = words(browser, "/mijn/")

    assert "Besloten bijeenkomst dinsdag 23 maart 2027" in page
    assert [word in page for word in ("Wonen", "Warmte", "Sliedrecht")] == [False] * 3


def test_what_has_been_stands_apart(day, anna, browser_of, clock):
    register(browser_of(anna), day)
    clock.moment = START + timedelta(days=1)

    page = words(browser_of(anna), "/mijn/")

    assert "U bent nog niet aangemeld." in page
    assert page.index("Geweest (1)") < page.index("Wonen en energie")


def test_nobody_sees_what_is_another_persons(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)

    assert "Wonen en energie" not in words(browser_of(anna), "/mijn/")


@pytest.mark.on_both
def test_many_meetings_take_as_many_queries_as_one(app, day, anna, browser_of, count_queries):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    one = count_queries(lambda: browser.get("/mijn/"))
    for _ in range(4):
        more = Day(app)
        register(browser, more, more.warmth, more.lunch)

    assert count_queries(lambda: browser.get("/mijn/")) == one


@pytest.mark.on_both
def test_contact_data_can_be_changed(app, anna, browser_of):
    browser = browser_of(anna)

    sent = {"phone": "078 770 12 34", "contact_email": "Thuis@Voorbeeld.example"}
    response = browser.post("/mijn/gegevens", data=sent)

    assert (response.status_code, response.location) == (303, "/mijn/")
    kept = stored(app, anna)
    assert (kept.phone, kept.contact_email) == ("+31787701234", "thuis@voorbeeld.example")
    assert "+31 78 770 12 34" in words(browser, "/mijn/")


def test_contact_data_can_be_taken_away(app, browser_of, save):
    person = a_person(phone="+31787701234", contact_email="thuis@voorbeeld.example")
    save(person)

    browser_of(person).post("/mijn/gegevens", data={"phone": "", "contact_email": " "})

    kept = stored(app, person)
    assert (kept.phone, kept.contact_email) == (None, None)


@pytest.mark.on_both
@pytest.mark.parametrize("phone", ["078", "=1+1", "🎉", "12345678901234567890", "bel mij"])
def test_a_wrong_phone_number_is_told_and_stays(app, anna, browser_of, phone):
    response = browser_of(anna).post("/mijn/gegevens", data={"phone": phone, "contact_email": ""})

    assert response.status_code == 422
    assert problems(response.text)[0].startswith("Telefoon: Dit telefoonnummer klopt niet.")
    assert f'value="{phone}"' in response.text
    assert stored(app, anna).phone is None


@pytest.mark.on_both
@pytest.mark.parametrize("address", ["anna", "a@b", "a@b.nl\r\nBcc: x@y.nl", "🎉@🎉", "x" * 300])
def test_a_wrong_contact_address_is_told(app, anna, browser_of, address):
    response = browser_of(anna).post("/mijn/gegevens", data={"contact_email": address})

    assert response.status_code == 422
    assert problems(response.text)[0].startswith("Contactadres: ")
    assert stored(app, anna).contact_email is None


def test_a_name_cannot_be_changed_by_sending_one(app, anna, browser_of):
    browser_of(anna).post("/mijn/gegevens", data={"first_name": "Eva", "email": "eva@x.example"})

    assert stored(app, anna).full_name == "Anna Bakker"
    assert stored(app, anna).email == anna.email


@pytest.mark.on_both
def test_announcements_can_be_switched_off_and_on(app, anna, browser_of):
    browser = browser_of(anna)

    browser.post("/mijn/berichten", data={"wanted": "no"})
    off = stored(app, anna).wants_announcements
    browser.post("/mijn/berichten", data={"wanted": "yes"})

    assert (off, stored(app, anna).wants_announcements) == (False, True)


@pytest.mark.on_both
def test_changes_come_once_a_day_for_who_chooses_so(app, anna, browser_of):
    browser = browser_of(anna)

    browser.post("/mijn/berichten/wijzigingen", data={"daily": "yes"})
    shown, daily = words(browser, "/mijn/"), stored(app, anna).wants_digest
    browser.post("/mijn/berichten/wijzigingen", data={"daily": "no"})

    assert "hooguit één e-mail per dag, om 17.00 uur." in shown
    assert (daily, stored(app, anna).wants_digest) == (True, False)


def test_the_own_account_is_linked(anna, browser_of):
    there = links(browser_of(anna), "/mijn/")

    assert there["Wijzig uw inlogadres"] == "/mijn/e-mailadres"
    assert there["Wachtwoord"] == "/mijn/wachtwoord"
    assert there["Waar u bent ingelogd"] == "/mijn/sessies"
