"""Registering on one page: /bijeenkomsten/<slug>/aanmelden, and what one has after it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingSlug
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.factories import (
    a_council_member,
    a_meeting,
    a_person,
    a_workshop,
    an_office,
    an_office_kind,
    an_organisation,
)
from tests.html_tree import find
from tests.publishing import cancel, publish, store_announced
from tests.reading import links, words
from tests.registration_pages import Day, checked, problems, register, values_of


@pytest.fixture
def day(app: Flask) -> Day:
    return Day(app)


@pytest.fixture
def anna(save) -> Person:
    """Council member in Papendrecht; one office."""
    person = a_person("Anna", email="anna@voorbeeld.example")
    an_office(person, organisation=an_organisation("Papendrecht"), kind=an_office_kind("raadslid"))
    save(person)
    return person


@pytest.fixture
def bob(save) -> Person:
    person = a_council_member(first_name="Bob")
    save(person)
    return person


def test_the_form_offers_every_workshop_with_its_places(day, anna, browser_of):
    page = words(browser_of(anna), day.address)

    assert "U komt als raadslid, Papendrecht." in page
    assert [
        part in page for part in ("Warmte Nog 1 plek van 1", "Waterbus Nog 5 plekken van 5")
    ] == [
        True,
        True,
    ]
    assert page.count("Geen workshop in deze ronde") == 2
    assert "Ik lunch mee (12.00 tot 13.00 uur)" in page


def test_nothing_is_chosen_beforehand(day, anna, browser_of):
    assert checked(browser_of(anna).get(day.address).text) == set()


def test_registering_leads_to_what_one_has(day, anna, browser_of):
    browser = browser_of(anna)

    response = register(browser, day, day.warmth, day.youth, day.lunch)

    assert (response.status_code, response.location) == (303, day.own_address)
    assert day.standing_of(anna) == {
        "": "placed",
        "Warmte": "placed",
        "Jeugdhulp": "placed",
        "Lunch": "placed",
    }
    page = words(browser, day.own_address)
    assert "U bent aangemeld" in page
    assert "U krijgt een e-mail op anna@voorbeeld.example." in page
    assert day.mails_to(anna) == [MailKind.REGISTERED]


def from_mail(day: Day) -> str:
    return f"/mijn/aanmeldingen/{day.meeting.slug}"


def test_link_in_a_mail_leads_to_what_one_has(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)

    answer = browser.get(from_mail(day))

    assert (answer.status_code, answer.location) == (303, day.own_address)


def test_link_in_a_mail_asks_to_sign_in_and_is_kept(day, client):
    answer = client.get(from_mail(day))

    assert (answer.status_code, answer.location) == (303, f"/inloggen?next={from_mail(day)}")


@pytest.mark.parametrize("slug", [None, "bestaat-niet"], ids=["not registered", "no meeting"])
def test_link_in_a_mail_to_what_is_not_ones_own_leads_to_the_overview(day, bob, browser_of, slug):
    path = f"/mijn/aanmeldingen/{slug}" if slug else from_mail(day)

    answer = browser_of(bob).get(path)

    assert (answer.status_code, answer.location) == (303, "/mijn/")


def test_link_in_a_mail_about_what_was_closed_leads_to_the_overview(app, day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    with app.app_context():
        db.session.get_one(Meeting, day.meeting.id).openness = Openness.BESLOTEN
        db.session.commit()

    answer = browser.get(from_mail(day))

    assert (answer.status_code, answer.location) == (303, "/mijn/")


def test_without_the_marks_of_the_page_a_form_is_understood(day, anna, browser_of):
    """As a script sends it: only the choice itself."""
    field = f"round-{day.morning.public_id}"

    response = browser_of(anna).post(day.address, data={field: str(day.warmth.public_id)})

    assert response.status_code == 303
    assert day.standing_of(anna) == {"": "placed", "Warmte": "placed"}


def test_a_form_sent_twice_counts_once(day, anna, browser_of):
    browser = browser_of(anna)

    for _ in range(2):
        assert register(browser, day, day.warmth).status_code == 303

    assert day.mails_to(anna) == [MailKind.REGISTERED]


def seen_on(browser: FlaskClient, day: Day) -> str:
    return values_of(browser.get(day.address).text, "seen")[0]


def test_a_form_from_before_withdrawing_registers_nobody(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    open_before = seen_on(browser, day)
    browser.post(day.withdraw_address)

    answer = register(browser, day, day.warmth, day.lunch, seen=open_before)

    assert problems(answer.text) == [
        "Uw aanmelding is net veranderd. Kijk wat er nu staat en probeer het opnieuw."
    ]
    assert day.standing_of(anna) == {"": "withdrawn"}


def test_two_forms_do_not_overwrite_each_other(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    open_before = seen_on(browser, day)
    register(browser, day, day.water, seen=open_before)

    answer = register(browser, day, day.warmth, day.youth, seen=open_before)

    assert (answer.status_code, checked(answer.text)) == (
        422,
        {str(day.warmth.public_id), str(day.youth.public_id)},
    )
    assert day.standing_of(anna) == {"": "placed", "Waterbus": "placed"}


def test_the_page_that_says_so_can_be_sent(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    answer = register(browser, day, day.water, seen="0")

    register(browser, day, day.water, seen=values_of(answer.text, "seen")[0])

    assert day.standing_of(anna) == {"": "placed", "Waterbus": "placed"}


def test_a_double_click_on_a_change_counts_once(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    seen = seen_on(browser, day)

    answers = [register(browser, day, day.water, seen=seen).status_code for _ in range(2)]

    assert answers == [303, 303]


def test_a_change_says_that_it_was_kept(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)

    register(browser, day, day.water)

    assert "Uw keuze is bewaard." in words(browser, day.own_address)


def test_what_was_pressed_on_the_programme_is_chosen(day, anna, browser_of):
    page = browser_of(anna).get(f"{day.address}?keuze={day.water.public_id}")

    assert checked(page.text) == {str(day.water.public_id)}


def test_what_was_pressed_and_is_full_comes_with_its_line(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)

    page = browser_of(anna).get(f"{day.address}?keuze={day.warmth.public_id}")

    assert checked(page.text) == {str(day.warmth.public_id), "waitlist_if_full"}


def test_a_round_without_an_answer_is_asked_again_and_the_rest_stays(day, anna, browser_of):
    sent = day.fields(day.warmth, day.lunch)
    del sent[f"round-{day.afternoon.public_id}"]

    response = browser_of(anna).post(day.address, data=sent)

    assert response.status_code == 422
    assert problems(response.text) == [
        "Ronde 2: Kies een workshop, of kies ‘Geen workshop in deze ronde’."
    ]
    assert checked(response.text) == {str(day.warmth.public_id), f"item-{day.lunch.public_id}"}
    assert find(response.text, "title")[0][2][0].startswith("Fout: ")
    assert day.standing_of(anna) == {}


def test_a_full_workshop_is_refused_with_the_waiting_list_offered(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)

    response = register(browser_of(anna), day, day.warmth, day.youth)

    assert response.status_code == 422
    assert problems(response.text) == [
        "Ronde 1: ‘Warmte’ is vol. Kies de wachtlijst of een andere workshop."
    ]
    assert checked(response.text) == {str(day.warmth.public_id), str(day.youth.public_id)}
    boxes = [
        node[1]
        for node in find(response.text, "input")
        if node[1].get("name") == "waitlist_if_full"
    ]
    assert [box["value"] for box in boxes] == [str(day.morning.public_id)]
    assert day.standing_of(anna) == {}


def test_the_waiting_list_gives_a_number_in_line(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)
    browser = browser_of(anna)

    response = register(browser, day, day.warmth, waitlist_if_full=str(day.morning.public_id))

    assert response.status_code == 303
    assert day.standing_of(anna) == {"": "placed", "Warmte": "waiting"}
    assert "Warmte Wachtlijst, nummer 1" in words(browser, day.own_address)


def test_the_waiting_list_of_one_round_is_not_that_of_another(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth, day.youth)

    response = register(
        browser_of(anna), day, day.warmth, day.youth, waitlist_if_full=str(day.morning.public_id)
    )

    assert problems(response.text) == [
        "Ronde 2: ‘Jeugdhulp’ is vol. Kies de wachtlijst of een andere workshop."
    ]


def test_any_other_word_waits_everywhere(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth, day.youth, day.drinks)

    response = register(
        browser_of(anna), day, day.warmth, day.youth, day.drinks, waitlist_if_full="1"
    )

    assert response.status_code == 303
    assert day.standing_of(anna) == {
        "": "placed",
        "Warmte": "waiting",
        "Jeugdhulp": "waiting",
        "Borrel": "waiting",
    }


def test_full_drinks_are_refused_at_the_box(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.drinks)

    response = register(browser_of(anna), day, day.drinks)

    assert problems(response.text) == [
        "Borrel: Dit is vol. Kies de wachtlijst of haal het vinkje weg."
    ]


@pytest.mark.on_both
def test_a_full_meeting_says_so_and_registers_for_the_line(app, anna, bob, browser_of):
    day = Day(app, maximum=1)
    register(browser_of(bob), day)
    browser = browser_of(anna)
    page = browser.get(day.address).text

    response = register(browser, day, day.warmth, waitlist_if_full=str(day.meeting.public_id))

    assert "De bijeenkomst is vol" in page
    assert f'name="waitlist_if_full" value="{day.meeting.public_id}"' in page
    assert response.status_code == 303
    assert day.standing_of(anna) == {"": "waiting", "Warmte": "wish"}
    assert "U bent nummer 1 op de wachtlijst." in words(browser, day.own_address)


def test_a_meeting_that_filled_up_meanwhile_asks_first(app, anna, bob, browser_of):
    day = Day(app, maximum=1)
    register(browser_of(bob), day)

    response = register(browser_of(anna), day, day.warmth)

    assert response.status_code == 422
    assert problems(response.text) == ["De bijeenkomst is vol. U kunt op de wachtlijst."]
    assert day.standing_of(anna) == {}


def test_changing_starts_from_what_one_has(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth, day.lunch)

    page = browser.get(day.address).text
    register(browser, day, day.water)

    assert checked(page) == {str(day.warmth.public_id), "-", f"item-{day.lunch.public_id}"}
    assert "Wijzig uw aanmelding" in page
    assert day.standing_of(anna) == {"": "placed", "Waterbus": "placed"}


def test_keeping_a_full_workshop_needs_no_waiting_list(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)

    response = register(browser, day, day.warmth, day.lunch)

    assert response.status_code == 303
    assert day.standing_of(anna) == {"": "placed", "Warmte": "placed", "Lunch": "placed"}


def test_several_offices_are_a_choice(day, browser_of, save):
    person = a_council_member()
    alderman = an_office(person, kind=an_office_kind("wethouder", Audience.COLLEGE))
    save(person)
    browser = browser_of(person)

    without = register(browser, day)
    with_one = register(browser, day, office=str(alderman.public_id))

    assert problems(without.text) == ["Kies waarvoor u komt."]
    assert with_one.status_code == 303
    assert str(alderman.public_id) in checked(browser.get(day.address).text)


def test_an_office_of_somebody_else_is_refused(day, anna, browser_of, save):
    somebody = a_person()
    office = an_office(somebody)
    save(somebody)

    response = register(browser_of(anna), day, office=str(office.public_id))

    assert response.status_code == 422
    assert day.standing_of(anna) == {}


def test_a_group_that_is_not_admitted_reads_why(app, anna, browser_of):
    day = Day(app, audiences=[Audience.BEDRIJF])
    browser = browser_of(anna)

    page = words(browser, day.address)
    response = register(browser, day)

    assert "Deze bijeenkomst is voor bedrijven." in page
    assert response.status_code == 422
    assert day.standing_of(anna) == {}


def test_signed_out_one_reads_who_may_register_and_where_to_sign_in(day, client):
    page = links(client, day.address)

    assert page["Log in"] == f"/inloggen?next={day.address}"
    assert "Log in om u aan te melden" in words(client, day.address)


def test_a_form_sent_after_the_session_ended_leads_to_signing_in(day, client):
    response = register(client, day, day.warmth)

    assert (response.status_code, response.location) == (303, f"/inloggen?next={day.address}")


def test_registering_before_the_opening_is_refused(app, anna, browser_of, clock):
    day = Day(app)
    clock.moment = day.meeting.registration_opens_at.replace(year=2026)

    response = register(browser_of(anna), day, day.warmth)

    assert response.status_code == 422
    assert "Aanmelden kan vanaf" in response.text
    assert day.standing_of(anna) == {}


def test_registering_after_closing_is_refused(day, anna, browser_of, clock):
    clock.moment = day.meeting.registration_closes_at

    response = register(browser_of(anna), day, day.warmth)

    assert response.status_code == 422
    assert "Aanmelden kan niet meer. Bel de griffie." in response.text
    assert day.standing_of(anna) == {}


def test_registering_for_a_cancelled_meeting_is_refused(app, day, anna, browser_of):
    cancel(app, day.meeting, "De zaal staat onder water.")

    response = register(browser_of(anna), day, day.warmth)

    assert response.status_code == 422
    assert "De zaal staat onder water." in response.text


def test_an_announced_meeting_takes_nobody_yet(app, anna, browser_of):
    meeting = store_announced(app, a_meeting())

    page = words(browser_of(anna), f"/bijeenkomsten/{meeting.slug}/aanmelden")

    assert "Aanmelden kan nog niet. Eerst komt het programma." in page


@pytest.mark.on_both
def test_an_address_from_before_leads_to_the_one_of_now(app, day, anna, browser_of, save):
    save(MeetingSlug(slug="oud-adres", meeting_id=day.meeting.id))

    response = browser_of(anna).post("/bijeenkomsten/oud-adres/aanmelden")

    assert (response.status_code, response.location) == (308, day.address)


def test_what_one_has_is_only_ones_own(day, anna, bob, browser_of):
    register(browser_of(bob), day, day.warmth)

    assert browser_of(anna).get(day.own_address).status_code == 404


@pytest.mark.on_both
def test_the_page_takes_as_many_queries_for_many_workshops(app, anna, browser_of, count_queries):
    day = Day(app)
    browser = browser_of(anna)
    few = count_queries(lambda: browser.get(day.address))
    with app.app_context():
        round_ = db.session.get_one(ProgrammeItem, day.morning.id)
        db.session.add_all([a_workshop(round_, 3) for _ in range(10)])
        db.session.commit()
    publish(app, day.meeting)

    assert count_queries(lambda: browser.get(day.address)) == few


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "De afspraak voor uw agenda zit bij de e-\u2060mail over uw aanmelding."),
        ({"calendar_by_mail": False}, "Deze bijeenkomst staat in uw agenda-abonnement."),
        (
            {"email": None},
            "U krijgt geen e-mail. Abonneer u, dan staat deze bijeenkomst in uw agenda.",
        ),
    ],
    ids=["by mail", "in the feed", "without address"],
)
def test_who_is_registered_reads_how_it_gets_into_the_calendar(
    day, save, browser_of, columns, said
):
    person = a_council_member(**columns)
    save(person)
    browser = browser_of(person)
    register(browser, day)

    pages = [
        browser.get(path).text for path in (day.own_address, f"/bijeenkomsten/{day.meeting.slug}/")
    ]

    assert [said in page for page in pages] == [True, True]
    assert ["Zet in uw agenda" in page for page in pages] == [False, False]


def test_who_is_not_registered_gets_the_file_of_the_meeting(day, bob, browser_of):
    page = browser_of(bob).get(f"/bijeenkomsten/{day.meeting.slug}/").text

    files = re.findall(r'href="(/kalender/bijeenkomst/[^"]+)"', page)
    whole = f"/kalender/bijeenkomst/{day.meeting.slug}.ics"
    assert files == [f"{whole}?onderdelen=nee", whole]
