"""Feeds over HTTP: what a calendar program gets, and the page with the addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from kwartaal.db import db
from kwartaal.domain.publications import cancel, publish
from kwartaal.domain.registrations import withdraw
from kwartaal.ical import write
from kwartaal.models.body import Membership
from kwartaal.models.calendar import CalendarFeed, feeds_of
from kwartaal.models.meeting import Meeting, MeetingState, keep_old_slug
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from tests.calendar_scenario import Region, act, make_region, sign_up, utc, writing
from tests.conftest import SetClock
from tests.factories import a_council_member, a_meeting, a_round, a_workshop, an_item
from tests.signing_in import PASSWORD, password_hash

PUBLIC = (
    "/kalender/openbaar.ics",
    "/kalender/reeks/kwartaalbijeenkomsten.ics",
    "/kalender/bijeenkomst/kwartaalbijeenkomst.ics",
)


@pytest.fixture
def region(app: Flask) -> Region:
    return make_region(app)


@pytest.fixture
def own_address(
    browser_of: Callable[[Person], FlaskClient],
) -> Callable[[Person], str]:
    """Where somebody's feed is, made and read on the page as a visitor does."""

    def _address(person: Person) -> str:
        browser = browser_of(person)
        browser.post("/kalender/adres")
        return address_on(browser)

    return _address


def address_on(browser: FlaskClient) -> str:
    (found,) = set(re.findall(r'value="http://[^"/]+(/kalender/persoonlijk/[^"]+)"', page(browser)))
    return found


def page(browser: FlaskClient) -> str:
    return browser.get("/kalender/").text


def stored_feed(app: Flask, person: Person) -> CalendarFeed:
    with app.app_context():
        feed = db.session.scalars(select(CalendarFeed).filter_by(person_id=person.id)).one()
        db.session.expunge(feed)
        return feed


def test_public_feeds_may_be_kept_and_have_nothing_of_a_session(region, browser_of):
    browser = browser_of(region.member)
    names = ("Content-Type", "Cache-Control", "Vary", "Set-Cookie")

    answers = [browser.get(path) for path in PUBLIC]

    assert [tuple(map(answer.headers.get, names)) for answer in answers] == [
        ("text/calendar; charset=utf-8", "public, max-age=300", "Accept-Encoding", None)
    ] * 3


def test_personal_feed_is_for_one_reader(region, client, own_address):
    answer = client.get(own_address(region.member))

    names = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "Set-Cookie")
    assert {name: answer.headers.get(name) for name in names} == {
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Set-Cookie": None,
    }


def test_secret_stands_nowhere_in_the_answer(region, client, own_address):
    address = own_address(region.member)
    token = address.split("/")[-1].removesuffix(".ics")

    answer = client.get(address)

    assert token not in answer.text
    assert token not in str(answer.headers)


def test_unchanged_feed_is_not_sent_again(region, client, own_address):
    answers = []
    for path in (*PUBLIC, own_address(region.member)):
        first = client.get(path).headers
        answers.append(client.get(path, headers={"If-None-Match": first["ETag"]}))
        answers.append(client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}))

    assert [(answer.status_code, answer.data) for answer in answers] == [(304, b"")] * 8


def test_two_answers_have_the_same_bytes(region, client, clock, own_address):
    paths = [*PUBLIC, own_address(region.member)]
    first = [client.get(path).data for path in paths]
    clock.pass_(hours=5)

    assert [client.get(path).data for path in paths] == first


@pytest.mark.on_both
def test_head_has_the_headers_of_get(region, client):
    answers = [client.head(path) for path in PUBLIC]

    assert [answer.data for answer in answers] == [b""] * 3
    assert [dict(answer.headers) for answer in answers] == [
        dict(client.get(path).headers) for path in PUBLIC
    ]


def test_change_of_the_meeting_changes_every_tag(app, region, client, own_address):
    paths = [*PUBLIC, own_address(region.member), own_address(region.other)]
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    cancel_quarterly(app, region)

    answers = [client.get(path, headers={"If-None-Match": tags[path]}) for path in paths]

    assert [answer.status_code for answer in answers] == [200] * 5


def test_own_choice_changes_only_the_own_tag(app, region, client, own_address):
    paths = [own_address(region.member), own_address(region.other), *PUBLIC]
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    with writing(app):
        sign_up(region.meetings["open_body"], region.member, utc(3, 10, 12))

    answers = [client.get(path, headers={"If-None-Match": tags[path]}) for path in paths]

    assert [answer.status_code for answer in answers] == [200, 304, 304, 304, 304]


@pytest.mark.on_both
def test_better_rank_changes_the_tag_of_who_waits(app, region, client, own_address, save):
    last = a_council_member()
    save(last)
    with writing(app):
        wonen = region.items["Wonen aan de rivier"]
        sign_up(region.quarterly, last, utc(2, 25, 9), wonen)
    address = own_address(last)
    before = client.get(address)
    with writing(app):
        sign_up(region.quarterly, region.member, utc(2, 26, 9))  # no longer in line before them

    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})

    assert "nummer 2" in unfolded(before.text)
    assert "nummer 1" in unfolded(after.text)


@pytest.mark.on_both
def test_end_of_a_membership_changes_the_own_tag(app, region, client, clock, own_address):
    with writing(app):
        db.session.execute(update(Membership).values(ends_on=date(2027, 4, 30)))
    clock.moment = utc(4, 30, 21, 59)  # 23.59 uur in Amsterdam

    assert a_minute_later(client, clock, own_address(region.member)) == 200
    assert a_minute_later(client, clock, own_address(region.member)) == 304


def test_end_of_what_one_withdrew_from_changes_the_own_tag(
    app, region, client, clock, own_address, save
):
    person, night = a_council_member(), region.meetings["night"]
    save(person)
    with writing(app):
        sign_up(night, person, utc(3, 1, 9))
        act(withdraw, night, person, utc(3, 2, 9))
    clock.moment = utc(10, 31, 1, 29)

    assert a_minute_later(client, clock, own_address(person)) == 200
    assert a_minute_later(client, clock, own_address(region.other)) == 304


def a_minute_later(client: FlaskClient, clock: SetClock, path: str) -> int:
    """What a program gets that has the feed of now."""
    tag = client.get(path).headers["ETag"]
    clock.pass_(minutes=1)
    return client.get(path, headers={"If-None-Match": tag}).status_code


def test_last_modified_never_falls(app, region, client, clock, own_address):
    address = own_address(region.member)
    moments = [client.get(address).last_modified]
    cancel_quarterly(app, region)
    moments.append(client.get(address).last_modified)
    clock.moment = utc(10, 31, 1, 30)  # what one withdrew from is over and goes
    moments.append(client.get(address).last_modified)

    assert moments == sorted(moments)


@pytest.mark.on_both
def test_feed_is_only_for_reading(region, client, own_address):
    methods = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "REPORT")
    paths = (*PUBLIC, own_address(region.member))

    answers = [client.open(path, method=method) for path in paths for method in methods]

    assert {answer.status_code for answer in answers} == {405}


def test_what_is_not_there_is_not_found(region, client):
    tokens = ("x", "", "A" * 64, "é" * 64, "=" * 64, "%00", "A" * 5000)
    paths = [f"/kalender/persoonlijk/{token}.ics" for token in tokens]
    paths += [f"/kalender/{kind}/bestaat-niet.ics" for kind in ("reeks", "bijeenkomst")]
    paths += ["/kalender/gremium/spiegelgroep.ics"]

    assert {client.get(path).status_code for path in paths} == {404}


def test_series_of_closed_meetings_has_no_feed(app, region, client, save):
    assert client.get("/kalender/reeks/spiegelgroep.ics").status_code == 200  # one is open
    with writing(app):
        for name in ("open_body", "lowered"):
            db.session.get_one(Meeting, region.meetings[name].id).openness = Openness.BESLOTEN
        db.session.execute(db.text("DELETE FROM withdrawn_event"))

    assert client.get("/kalender/reeks/spiegelgroep.ics").status_code == 404


def test_address_of_one_is_never_that_of_another(region, client, own_address):
    mine, theirs = own_address(region.member), own_address(region.other)
    mixed = mine[:-50] + theirs[-50:]

    assert mine != theirs
    assert client.get(mixed).status_code == 404
    assert client.get(mine[:-5] + ("A" if mine[-5] != "A" else "B") + ".ics").status_code == 404


@pytest.mark.on_both
def test_last_fetch_is_written_at_most_once_an_hour(app, region, client, clock, own_address):
    address, started = own_address(region.member), clock()
    seen = []
    for minutes in (0, 59, 1):
        clock.pass_(minutes=minutes)
        client.get(address)
        seen.append(stored_feed(app, region.member).last_fetched_at)

    assert seen == [started, started, started + timedelta(hours=1)]


def test_get_of_the_page_makes_no_address(app, region, browser_of):
    html = page(browser_of(region.other))

    with app.app_context():
        assert feeds_of(region.other.id) == []
    assert "Maak mijn agenda-adres" in html


def test_signing_in_makes_an_address(app, client, save):
    person = a_council_member(password_hash=password_hash())
    save(person)

    client.post("/inloggen/wachtwoord", data={"email": person.email, "password": PASSWORD})

    assert client.get(address_on(client)).status_code == 200


def test_page_says_when_the_feed_was_fetched(region, client, browser_of, own_address):
    client.get(own_address(region.member))

    assert "woensdag 10\u00a0maart 2027, 12.00\u00a0uur" in page(browser_of(region.member))


@pytest.mark.on_both
def test_address_is_for_who_is_signed_in(client):
    assert client.post("/kalender/adres").status_code == 404


def test_form_of_the_page_carries_the_token_against_forgery(region, browser_of):
    html = page(browser_of(region.other))

    field = '><input type="hidden" name="csrf_token" value="'
    assert f'action="/kalender/adres"{field}' in html


def cancel_quarterly(app: Flask, region: Region) -> None:
    with writing(app):
        act(cancel, region.quarterly, "Storm", region.clerk, utc(3, 9, 9))


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


@pytest.fixture
def grow(app: Flask, region: Region, save: Callable[..., None]) -> Callable[[int], None]:
    """Publish more meetings; in each the member waits for one workshop and is in another."""

    def _grow(number: int) -> None:
        for _ in range(number):
            meeting = a_meeting(state=MeetingState.CONCEPT, starts_at=utc(4, 20, 10))
            first, second = a_workshop(a_round(meeting, 1), 1), a_workshop(a_round(meeting, 2), 1)
            save(an_item(meeting), first, second)
            with writing(app):
                act(publish, meeting, region.clerk, utc(3, 1, 9))
                sign_up(meeting, region.other, utc(3, 22, 9), first)
                sign_up(meeting, region.member, utc(3, 22, 9), first, second)

    return _grow


@pytest.mark.on_both
def test_number_of_queries_does_not_grow_with_what_there_is(
    region, client, count_queries, own_address, browser_of, grow
):
    browser, own = browser_of(region.member), own_address(region.member)
    reads = [*(partial(client.get, path) for path in (*PUBLIC, own)), partial(page, browser)]
    for read in reads:
        read()  # notes the fetch, and that the browser was seen
    counts = []
    for number in (1, 3):
        grow(number)
        counts.append([count_queries(read) for read in reads])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15


@pytest.mark.on_both
def test_unchanged_feeds_ask_almost_nothing(region, client, count_queries, own_address):
    counts = []
    for path in (*PUBLIC, own_address(region.member)):
        tag = {"If-None-Match": client.get(path).headers["ETag"]}
        counts.append(count_queries(partial(client.get, path, headers=tag)))

    most = (1, 1, 1, 4)  # SQLite's BEGIN is one of the last
    assert [max(pair) for pair in zip(counts, most, strict=True)] == list(most)


@pytest.mark.on_both
def test_address_a_meeting_had_before_leads_to_its_feed(app, region, client):
    with writing(app):
        meeting = db.session.get_one(Meeting, region.quarterly.id)
        keep_old_slug(meeting, "voorjaar")
        meeting.slug = "voorjaar"

    old = "/kalender/bijeenkomst/kwartaalbijeenkomst.ics"
    answer, alone = client.get(old), client.get(f"{old}?onderdelen=nee")

    assert (answer.status_code, answer.location) == (301, "/kalender/bijeenkomst/voorjaar.ics")
    assert alone.location == "/kalender/bijeenkomst/voorjaar.ics?onderdelen=nee"


@pytest.mark.on_both
def test_address_of_a_closed_meeting_leads_nowhere(app, region, client):
    with writing(app):
        meeting = db.session.get_one(Meeting, region.quarterly.id)
        keep_old_slug(meeting, "voorjaar")
        meeting.slug, meeting.openness = "voorjaar", Openness.BESLOTEN

    paths = ("/kalender/bijeenkomst/kwartaalbijeenkomst.ics", "/kalender/bijeenkomst/voorjaar.ics")
    assert [client.get(path).status_code for path in paths] == [404, 404]
    every = {"If-None-Match": "*"}
    assert [client.get(path, headers=every).status_code for path in paths] == [404, 404]


def test_feed_that_was_overtaken_while_it_was_made_is_made_again(app, region, client, monkeypatch):
    """The tag is of the state that the bytes are of, also when something happens meanwhile."""
    before = client.get(PUBLIC[0]).headers["ETag"]
    app.extensions.pop("feeds")
    steps = iter((lambda: cancel_quarterly(app, region), lambda: None))

    def write_meanwhile(calendar):
        content = write(calendar)
        next(steps)()
        return content

    monkeypatch.setattr("kwartaal.blueprints.calendar.public_files.write", write_meanwhile)
    answer = client.get(PUBLIC[0])

    assert "GEANNULEERD: Kwartaalbijeenkomst" in answer.text
    assert answer.headers["ETag"] != before
    assert list(steps) == []
