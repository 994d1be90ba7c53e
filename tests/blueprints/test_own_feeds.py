"""/mijn/agenda: several feeds of one person, each with its own address, choices and end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kwartaal.db import db
from kwartaal.domain.calendar_feeds import Wish, add
from kwartaal.models.calendar import MOST_FEEDS, CalendarFeed, ensure_feed, feeds_of
from kwartaal.models.person import Person
from tests.calendar_scenario import Region, make_region, writing
from tests.conftest import NOON
from tests.factories import a_council_member

NEW = "/mijn/agenda/nieuw"


@pytest.fixture
def person(save: Callable[..., None]) -> Person:
    person = a_council_member()
    save(person)
    return person


@pytest.fixture
def browser(person: Person, browser_of: Callable[[Person], FlaskClient]) -> FlaskClient:
    return browser_of(person)


def feed_form(name: str, events: str = "meeting", **boxes: str) -> dict[str, str]:
    return {"name": name, "events": events, **boxes}


def stored(app: Flask, person: Person) -> list[CalendarFeed]:
    with app.app_context():
        feeds = feeds_of(person.id)
        db.session.expunge_all()
        return feeds


def addresses_on(browser: FlaskClient) -> list[str]:
    """Of every feed on the page, in order."""
    html = browser.get("/mijn/agenda/").text
    return [
        urlsplit(one).path for one in re.findall(r'value="(http[^"]+/persoonlijk/[^"]+)"', html)
    ]


def actions_on(browser: FlaskClient, end: str) -> list[str]:
    return re.findall(rf'action="([^"]+/{end})"', browser.get("/mijn/agenda/").text)


def text_of(answer: object) -> str:
    return unescape(answer.text)


def test_each_feed_has_an_address_of_its_own(browser):
    for name in ("Telefoon", "Werk-Outlook"):
        browser.post(NEW, data=feed_form(name))

    addresses = addresses_on(browser)

    assert len(set(addresses)) == 2
    assert [browser.get(path).status_code for path in addresses] == [200, 200]


@pytest.mark.on_both
def test_choices_are_kept_and_shown_again(app, person, browser):
    browser.post(NEW, data=feed_form("Telefoon", "item", with_deadlines="y"))
    (feed,) = stored(app, person)

    html = browser.get(f"/mijn/agenda/{feed.public_id}").text

    assert (feed.name, feed.per_item, feed.with_deadlines) == ("Telefoon", True, True)
    assert re.search(r'<input checked[^>]*name="events"[^>]*value="item"', html)
    assert re.search(r'<input[^>]*checked[^>]*name="with_deadlines"', html)


@pytest.mark.on_both
def test_changing_keeps_the_address(app, person, browser):
    browser.post(NEW, data=feed_form("Telefoon"))
    before = addresses_on(browser)
    (feed,) = stored(app, person)

    answer = browser.post(f"/mijn/agenda/{feed.public_id}", data=feed_form("Horloge", "item"))

    (changed,) = stored(app, person)
    assert (answer.status_code, answer.location) == (303, "/mijn/agenda/")
    assert (changed.name, changed.per_item) == ("Horloge", True)
    assert addresses_on(browser) == before


def test_programs_call_each_feed_by_its_own_name(browser):
    for name in ("Telefoon", "Werk; thuis"):
        browser.post(NEW, data=feed_form(name))

    feeds = [browser.get(path).text for path in addresses_on(browser)]
    assert [called(feed) for feed in feeds] == ["Kwartaal: Telefoon", r"Kwartaal: Werk\; thuis"]


@pytest.mark.on_both
def test_new_name_is_another_feed_to_who_asks_for_changes(app, person, browser, clock):
    browser.post(NEW, data=feed_form("Telefoon"))
    (path,), (feed,) = addresses_on(browser), stored(app, person)
    before = browser.get(path)
    clock.pass_(minutes=1)

    browser.post(f"/mijn/agenda/{feed.public_id}", data=feed_form("Horloge"))

    after = browser.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, called(after.text)) == (200, "Kwartaal: Horloge")
    assert after.last_modified == before.last_modified + timedelta(minutes=1)


def called(feed: str) -> str:
    """The name that a program shows."""
    (name,) = re.findall("X-WR-CALNAME:(.*)\r\n", feed)
    return name


def test_page_has_a_button_for_each_program_and_a_code_for_each_feed(browser):
    for name in ("Telefoon", "Werk"):
        browser.post(NEW, data=feed_form(name))

    html = browser.get("/mijn/agenda/").text

    hosts = ("calendar.google.com", "outlook.live.com", "outlook.office.com", "webcal://")
    assert [html.count(f'"{host}' if ":" in host else f"//{host}/") for host in hosts] == [2] * 4
    assert html.count('class="kw-qr"') == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Vul een naam in."),
        ("   ", "Vul een naam in."),
        ("x" * 41, "40"),
        ("telefoon", "U hebt al een abonnement met deze naam. Kies een andere naam."),
    ],
    ids=["empty", "spaces", "too long", "taken but for capitals"],
)
def test_name_that_is_not_right_is_said_and_nothing_is_stored(app, person, browser, name, said):
    browser.post(NEW, data=feed_form("Telefoon"))

    answer = browser.post(NEW, data=feed_form(name, "item"))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert [feed.name for feed in stored(app, person)] == ["Telefoon"]


def test_name_may_hold_anything_else(app, person, browser):
    names = ["📱 👨‍👩‍👧‍👦", "<b>vet</b>", "שלום", "x" * 40]

    for name in names:
        browser.post(NEW, data=feed_form(name))

    assert [feed.name for feed in stored(app, person)] == names
    assert "&lt;b&gt;vet&lt;/b&gt;" in browser.get("/mijn/agenda/").text


@pytest.mark.on_both
def test_name_of_another_feed_is_refused_in_changing_too(app, person, browser):
    for name in ("Telefoon", "Werk"):
        browser.post(NEW, data=feed_form(name))
    _first, second = stored(app, person)

    answer = browser.post(f"/mijn/agenda/{second.public_id}", data=feed_form("TELEFOON"))

    assert answer.status_code == 422
    assert [feed.name for feed in stored(app, person)] == ["Telefoon", "Werk"]


@pytest.mark.on_both
def test_there_is_a_maximum_and_an_ended_feed_makes_room(app, person, browser):
    for number in range(MOST_FEEDS):
        browser.post(NEW, data=feed_form(f"Nummer {number}"))

    refused = browser.post(NEW, data=feed_form("Nog een"))
    browser.post(actions_on(browser, "beeindigen")[3])
    made = browser.post(NEW, data=feed_form("Nog een"))

    assert f"U hebt al {MOST_FEEDS} abonnementen." in text_of(refused)
    assert (refused.status_code, made.status_code) == (422, 303)
    assert len(stored(app, person)) == MOST_FEEDS


@pytest.mark.on_both
def test_the_database_itself_refuses_one_too_many(app, person):
    with writing(app):
        for number in range(MOST_FEEDS):
            add(person.id, Wish(f"Nummer {number}"), NOON)
            db.session.flush()

    with pytest.raises(IntegrityError), app.app_context():
        columns = {"name": "x", "position": MOST_FEEDS + 1, "created_at": NOON, "changed_at": NOON}
        db.session.add(CalendarFeed(person_id=person.id, **columns))
        db.session.commit()


def test_signing_in_makes_one_feed_and_no_second(app, person):
    for _ in range(2):
        with writing(app):
            ensure_feed(person.id, NOON)

    assert [feed.name for feed in stored(app, person)] == ["Mijn agenda"]


def test_new_address_ends_the_old_one_of_that_feed_alone(client, browser):
    for name in ("Telefoon", "Werk"):
        browser.post(NEW, data=feed_form(name))
    old, other = addresses_on(browser)

    answer = renew(browser, *renewals_on(browser)[0])

    new, same = addresses_on(browser)
    assert "‘Telefoon’ heeft een nieuw adres. Het oude werkt niet meer." in text_of(answer)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    assert same == other


@pytest.mark.on_both
def test_button_of_an_old_page_leaves_the_newer_address_alone(client, browser):
    browser.post(NEW, data=feed_form("Telefoon"))
    (old_page,) = renewals_on(browser)
    renew(browser, *old_page)
    (copied,) = addresses_on(browser)

    answer = renew(browser, *old_page)

    assert "Dit adres is net al vernieuwd. Er is nu niets veranderd." in text_of(answer)
    assert addresses_on(browser) == [copied]
    assert client.get(copied).status_code == 200


def test_button_that_does_not_say_what_it_saw_changes_nothing(app, person, browser):
    browser.post(NEW, data=feed_form("Telefoon"))

    browser.post(actions_on(browser, "nieuw-adres")[0])

    assert [feed.generation for feed in stored(app, person)] == [1]


def renewals_on(browser: FlaskClient) -> list[tuple[str, str]]:
    """Of each feed on the page: where the button for a new address goes, and what it saw."""
    return re.findall(
        r'action="([^"]+/nieuw-adres)".*?name="seen" value="(\d+)"',
        browser.get("/mijn/agenda/").text,
    )


def renew(browser: FlaskClient, action: str, seen: str) -> object:
    return browser.post(action, data={"seen": seen}, follow_redirects=True)


def test_ended_address_never_works_again(client, browser):
    browser.post(NEW, data=feed_form("Telefoon"))
    (address,) = addresses_on(browser)

    answer = browser.post(actions_on(browser, "beeindigen")[0], follow_redirects=True)
    browser.post(NEW, data=feed_form("Telefoon"))

    assert "‘Telefoon’ is beëindigd. Het adres werkt nooit meer." in text_of(answer)
    assert client.get(address).status_code == 404
    assert addresses_on(browser) != [address]


@pytest.mark.on_both
def test_wrong_replaced_and_ended_address_get_the_same_page(client, browser):
    for name in ("Telefoon", "Werk"):
        browser.post(NEW, data=feed_form(name))
    replaced, ended = addresses_on(browser)
    renew(browser, *renewals_on(browser)[0])
    browser.post(actions_on(browser, "beeindigen")[1])
    wrong = f"/kalender/persoonlijk/{'A' * 64}.ics"

    pages = {client.get(path).text.replace(path, "") for path in (replaced, ended, wrong)}

    assert len(pages) == 1


@pytest.mark.on_both
def test_feed_of_another_is_not_there(app, person, browser, browser_of, save):
    browser.post(NEW, data=feed_form("Telefoon"))
    (feed,) = stored(app, person)
    stranger = a_council_member()
    save(stranger)
    other, here = browser_of(stranger), f"/mijn/agenda/{feed.public_id}"

    answers = [other.get(here), other.post(here, data=feed_form("Mijn nu"))]
    answers += [other.post(f"{here}/{end}") for end in ("nieuw-adres", "beeindigen")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert stored(app, person)[0].generation == 1


@pytest.mark.on_both
def test_kind_of_program_is_kept_and_what_it_said_is_not(app, person, client, browser, clock):
    browser.post(NEW, data=feed_form("Telefoon"))
    (address,) = addresses_on(browser)
    agent = "iOS/26.1 (23B85) dataaccessd/1.0 geheim-kenmerk"

    client.get(address, headers={"User-Agent": agent})

    with app.app_context():
        columns = db.session.execute(select(CalendarFeed.__table__)).mappings().one()
    assert columns["program"] == "apple"
    assert "geheim-kenmerk" not in str(dict(columns))
    assert "Apple Agenda haalde deze agenda voor het laatst op rond" in text_of(
        browser.get("/mijn/agenda/")
    )


def test_program_is_noted_with_the_fetch_at_most_once_an_hour(app, person, client, browser, clock):
    browser.post(NEW, data=feed_form("Telefoon"))
    (address,) = addresses_on(browser)
    seen = []
    for agent, later in (("Google-Calendar-Importer", 0), ("Thunderbird/140", 59), ("x", 1)):
        clock.moment += timedelta(minutes=later)
        client.get(address, headers={"User-Agent": agent})
        seen.append(stored(app, person)[0].program)

    assert seen == ["google", "google", "other"]


@pytest.mark.on_both
def test_page_sends_as_many_queries_for_eight_feeds(app, person, browser, count_queries):
    browser.post(NEW, data=feed_form("Eén"))
    browser.get("/mijn/agenda/")
    few = count_queries(lambda: browser.get("/mijn/agenda/"))
    for number in range(MOST_FEEDS - 1):
        browser.post(NEW, data=feed_form(f"Nummer {number}"))

    assert count_queries(lambda: browser.get("/mijn/agenda/")) == few


@pytest.mark.on_both
def test_token_of_one_feed_never_shows_another(client, browser, browser_of, app, save):
    region: Region = make_region(app)
    mine, theirs = browser_of(region.member), browser_of(region.other)
    for one in (mine, theirs):
        one.post(NEW, data=feed_form("Telefoon"))
    (first,), (second,) = addresses_on(mine), addresses_on(theirs)
    mixed = [first[:-40] + second[-40:], second[:-40] + first[-40:]]

    assert [client.get(path).status_code for path in mixed] == [404, 404]
    assert client.get(first).data != client.get(second).data
