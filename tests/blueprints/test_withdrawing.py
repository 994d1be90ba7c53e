"""Withdrawing: /bijeenkomsten/<slug>/afmelden asks, and only its button acts."""

from __future__ import annotations

import pytest
from flask import Flask

from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from tests.factories import a_council_member
from tests.publishing import cancel
from tests.reading import words
from tests.registration_pages import Day, register


@pytest.fixture
def day(app: Flask) -> Day:
    return Day(app)


@pytest.fixture
def anna(save) -> Person:
    person = a_council_member(first_name="Anna")
    save(person)
    return person


@pytest.fixture
def bob(save) -> Person:
    person = a_council_member(first_name="Bob")
    save(person)
    return person


@pytest.mark.on_both
def test_opening_the_page_changes_nothing(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)

    page = words(browser, day.withdraw_address)

    assert "Weet u het zeker? Uw plek gaat dan naar een ander." in page
    assert day.standing_of(anna) == {"": "placed", "Warmte": "placed"}


def test_the_button_withdraws_and_the_first_in_line_has_the_place(day, anna, bob, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    register(browser_of(bob), day, day.warmth, waitlist_if_full="1")

    response = browser.post(day.withdraw_address)

    assert (response.status_code, response.location) == (303, day.own_address)
    assert "U bent afgemeld" in words(browser, day.own_address)
    assert day.standing_of(anna) == {"": "withdrawn"}
    assert day.standing_of(bob) == {"": "placed", "Warmte": "placed"}
    assert day.mails_to(anna) == [MailKind.REGISTERED, MailKind.WITHDRAWN]
    assert day.mails_to(bob) == [MailKind.REGISTERED, MailKind.PLACE_GIVEN]


@pytest.mark.on_both
def test_withdrawing_twice_is_done_once(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day)

    answers = [browser.post(day.withdraw_address) for _ in range(2)]

    assert [answer.location for answer in answers] == [day.own_address] * 2
    assert day.mails_to(anna) == [MailKind.REGISTERED, MailKind.WITHDRAWN]


@pytest.mark.on_both
def test_who_withdrew_can_register_again(day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day, day.warmth)
    browser.post(day.withdraw_address)

    register(browser, day, day.water)

    assert day.standing_of(anna) == {"": "placed", "Waterbus": "placed"}


def test_withdrawing_goes_on_after_closing(day, anna, browser_of, clock):
    browser = browser_of(anna)
    register(browser, day)
    clock.moment = day.meeting.registration_closes_at

    browser.post(day.withdraw_address)

    assert day.standing_of(anna) == {"": "withdrawn"}


def test_after_the_start_it_is_too_late(day, anna, browser_of, clock):
    register(browser_of(anna), day)
    clock.moment = day.meeting.starts_at

    response = browser_of(anna).post(day.withdraw_address)

    assert response.status_code == 422
    assert "De bijeenkomst is al begonnen. Afmelden kan niet meer. Bel de griffie." in response.text
    assert day.standing_of(anna) == {"": "placed"}


@pytest.mark.on_both
def test_nobody_need_withdraw_from_a_cancelled_meeting(app, day, anna, browser_of):
    browser = browser_of(anna)
    register(browser, day)
    cancel(app, day.meeting, "Te weinig mensen.")

    response = browser.post(day.withdraw_address)

    assert response.status_code == 422
    assert "De bijeenkomst gaat niet door. U hoeft zich niet af te melden." in response.text


@pytest.mark.on_both
def test_who_is_not_registered_finds_no_page(day, anna, bob, browser_of):
    register(browser_of(bob), day)

    answers = [
        browser_of(anna).get(day.withdraw_address),
        browser_of(anna).post(day.withdraw_address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert day.standing_of(bob) == {"": "placed"}


def test_signed_out_there_is_no_page(day, client):
    assert client.get(day.withdraw_address).status_code == 404
