"""Cancelling a part while one prepares a version: when people hear of it, chosen at the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.programme import ProgrammeItem
from tests.conftest import NOON
from tests.desk_pages import hidden, messages, press_publish
from tests.factories import START
from tests.html_tree import find
from tests.reading import words, words_in
from tests.telling_region import Region

DESK = "/beheer/bijeenkomsten/wonen/"
PUBLISH = DESK + "publiceren/"
REASON = "De spreker is ziek."
NOT_PUBLISHED = "Er zijn wijzigingen die nog niet gepubliceerd zijn."
WITH_VERSION = "Samen met de volgende versie, uiterlijk vandaag om 17.00 uur"
FIVE = NOON + timedelta(hours=5)


@pytest.fixture
def region(app, save, clock) -> Region:
    return Region(app, save, clock)


@pytest.fixture
def griffie(region, browser_of) -> FlaskClient:
    return browser_of(region.clerk)


def form_of(item: ProgrammeItem) -> str:
    return f"{DESK}workshops/{item.public_id}/annuleren/"


def look(griffie: FlaskClient, item: ProgrammeItem, when: str = "versie", **more: str):
    return griffie.post(form_of(item), data={"reason": REASON, "when": when} | more)


def cancel(griffie: FlaskClient, item: ProgrammeItem, when: str = "versie"):
    return look(griffie, item, when, seen=hidden(look(griffie, item, when), "seen"))


def chosen(griffie: FlaskClient, region: Region) -> dict[str, bool]:
    """What the form offers, and which is filled in."""
    inputs = find(griffie.get(form_of(region.one)).text, "input")
    return {
        attributes["value"]: "checked" in attributes
        for _tag, attributes, _inside in inputs
        if attributes.get("name") == "when"
    }


def moments(region: Region) -> set[object]:
    """When the mails are due."""
    with region.app.app_context():
        return {row.due_at for row in db.session.query(OutboxMail)}


def test_at_once_is_filled_in_for_who_prepares_nothing(griffie, region):
    assert chosen(griffie, region) == {"meteen": True, "versie": False}
    assert WITH_VERSION in words(griffie, form_of(region.one))


@pytest.mark.on_both
def test_with_the_version_is_filled_in_for_who_prepares_one(griffie, region):
    region.change(region.point, minutes=20)

    assert chosen(griffie, region) == {"meteen": False, "versie": True}


def test_another_part_that_is_off_prepares_nothing(griffie, region):
    cancel(griffie, region.two)

    assert chosen(griffie, region) == {"meteen": True, "versie": False}


def test_after_five_it_is_tomorrow(region, browser_of):
    region.clock.moment = FIVE

    page = words(browser_of(region.clerk), form_of(region.one))

    assert "uiterlijk morgen om 17.00 uur" in page


@pytest.fixture
def late(region, browser_of) -> FlaskClient:
    """The clerk, the evening before the meeting and busy with a version."""
    region.clock.moment = START - timedelta(hours=18)
    region.change(region.point, minutes=20)
    return browser_of(region.clerk)


def test_close_to_the_meeting_there_is_nothing_to_choose(late, region):
    assert chosen(late, region) == {}
    assert "Waarom gaat dit onderdeel niet door?" in words(late, form_of(region.one))


@pytest.mark.parametrize(("when", "said"), [("versie", WITH_VERSION), ("meteen", "Meteen, in een")])
def test_looking_says_when_people_hear_of_it(griffie, region, when, said):
    page = look(griffie, region.one, when).text.replace("\xa0", " ")

    assert said in page
    assert ("leest alles in één mail" in page) == (when == "versie")
    assert moments(region) == set()


@pytest.mark.on_both
def test_button_lets_them_wait(griffie, region):
    answer = cancel(griffie, region.one)

    assert moments(region) == {FIVE}
    assert messages(griffie.get(answer.location))[1:] == [
        "2 mails gaan weg met de volgende versie. Uiterlijk op woensdag 10 maart 2027, 17.00 uur."
    ]


def test_button_lets_them_go_at_once(griffie, region):
    cancel(griffie, region.one, "meteen")

    assert moments(region) == {NOON}


def test_what_is_sent_close_to_the_meeting_goes_at_once(late, region):
    page = look(late, region.one)
    cancel(late, region.one)

    assert "Meteen, in een eigen mail" in page.text
    assert moments(region) == {region.clock()}


def test_when_five_passed_meanwhile_it_is_shown_again(region, browser_of):
    region.clock.moment = FIVE - timedelta(minutes=1)
    griffie = browser_of(region.clerk)
    seen = hidden(look(griffie, region.one), "seen")
    region.clock.moment = FIVE

    answer = look(griffie, region.one, seen=seen)

    assert (answer.status_code, moments(region)) == (422, set())
    assert "uiterlijk morgen om 17.00 uur" in answer.text.replace("\xa0", " ")


def test_page_that_publishes_counts_each_person_once(griffie, region):
    cancel(griffie, region.one)
    region.change(region.point, minutes=20)

    before = words(griffie, PUBLISH)
    answer = press_publish(griffie, PUBLISH)

    assert "4 mails gaan dan weg." in before
    assert "uiterlijk op woensdag 10 maart 2027, 17.00 uur." in before
    assert messages(griffie.get(answer.location))[1:] == ["4 mails gaan nu weg."]


def test_page_that_publishes_counts_who_waits_for_nothing_else(griffie, region):
    cancel(griffie, region.one)
    region.change(region.two, title="Jeugd dichtbij")

    before = words(griffie, PUBLISH)
    answer = press_publish(griffie, PUBLISH)

    assert "3 mails gaan dan weg." in before
    assert messages(griffie.get(answer.location))[1:] == ["3 mails gaan nu weg."]


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        ("16:30", ["3 mails gaan dan weg.", "uiterlijk op woensdag 10 maart 2027, 17.00 uur."]),
        ("17:30", ["1 mail gaat dan weg."]),
        ("", ["1 mail gaat dan weg."]),
    ],
)
@pytest.mark.on_both
def test_page_that_plans_counts_what_still_waits_then(griffie, region, at, counted):
    cancel(griffie, region.one)
    region.change(region.two, title="Jeugd dichtbij")
    typed = {"publish_at-date": "2027-03-10", "publish_at-time": at}

    shown = words_in(griffie.post(PUBLISH + "later/", data=typed))

    said = (
        "1 mail gaat dan weg.",
        "3 mails gaan dan weg.",
        "uiterlijk op woensdag 10 maart 2027, 17.00 uur.",
    )
    assert [one for one in said if one in shown] == counted


@pytest.mark.on_both
def test_each_mail_can_be_read_beforehand(griffie, region):
    cancel(griffie, region.one)
    region.change(region.point, minutes=20)

    shown = words(griffie, PUBLISH + "mail/")

    mails = re.split(r"Mail \d gaat naar ", shown)[1:]
    assert [mail.split(" Gewijzigd: ")[0] for mail in mails] == [
        "2 mensen Anna Şen, Bram Şen",
        "2 mensen Cem Şen, Dirk Şen",
    ]
    assert [mail.count(REASON) for mail in mails] == [1, 0]
    assert ["Duur: " in mail or "minuten" in mail for mail in mails] == [True, True]


def test_the_mail_of_who_waits_for_nothing_else_can_be_read_too(griffie, region):
    cancel(griffie, region.one)

    shown = words(griffie, PUBLISH + "mail/")

    assert "Er gaan 2 mails weg." in shown
    assert "2 mensen Anna Şen, Bram Şen Workshop gaat niet door: Warmte zonder aardgas" in shown


def test_what_readers_see_already_is_not_unpublished(griffie, region):
    cancel(griffie, region.one)

    pages = [words(griffie, page) for page in (DESK + "agenda/", PUBLISH, "/beheer/")]
    assert [NOT_PUBLISHED in page for page in pages] == [False] * 3
    assert "Bezoekers zien al wat er niet doorgaat. Publiceren kan" in pages[1]
    assert "Er is iets nieuws om te publiceren." not in pages[1]


def test_other_changes_still_are(griffie, region):
    cancel(griffie, region.one)
    region.change(region.point, minutes=20)

    assert NOT_PUBLISHED in words(griffie, DESK + "agenda/")
    assert "Er is iets nieuws om te publiceren." in words(griffie, PUBLISH)


def test_the_version_names_what_is_off_all_the_same(client, griffie, region):
    cancel(griffie, region.one)

    press_publish(griffie, PUBLISH)

    assert region.latest().number == 2
    page = words(client, "/bijeenkomsten/wonen/agenda/")
    assert f"Wat is er gewijzigd Warmte zonder aardgas Gaat niet door: nu {REASON}" in page


@pytest.mark.on_both
def test_page_that_publishes_takes_as_many_queries_for_more_people(griffie, region, count_queries):
    cancel(griffie, region.two)
    griffie.get(PUBLISH)
    few = count_queries(lambda: griffie.get(PUBLISH))
    region.clock.pass_(minutes=1)
    cancel(griffie, region.one)

    assert count_queries(lambda: griffie.get(PUBLISH)) == few


def restoring(griffie: FlaskClient, region: Region) -> str:
    """What the page says that restoring would do."""
    region.clock.pass_(minutes=1)
    return words_in(griffie.post(f"{DESK}workshops/{region.one.public_id}/herstellen/"))


def test_restoring_says_that_nobody_who_waits_is_told(griffie, region):
    cancel(griffie, region.one)

    assert (
        "Er gaat geen mail weg. 2 mensen krijgen geen mail, want zij hoorden nog niet dat het niet"
        " doorging."
    ) in restoring(griffie, region)


def test_restoring_shows_the_mail_to_who_waited_and_has_a_place_then(griffie, region):
    cancel(griffie, region.one)
    region.clock.pass_(minutes=1)
    region.register(0, region.other)

    shown = restoring(griffie, region)

    assert ["1 persoon heeft een plek." in shown, "Er gaat 1 mail weg." in shown] == [True, True]
    assert "Lees de mail aan Bram Şen U hebt een plek: Warmte zonder aardgas" in shown
    assert "nog niet dat het niet doorging" not in shown
