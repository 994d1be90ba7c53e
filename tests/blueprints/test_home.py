"""The home page in every state of the next meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.registration import Registration, RegistrationState
from tests.conftest import NOON
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_person,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_agenda_item,
    an_item,
)
from tests.publishing import cancel, change, publish, store, store_announced
from tests.reading import links, words

SIGN_UP = "/bijeenkomsten/maart/aanmelden"


def a_next_meeting(**columns: object) -> Meeting:
    venue = a_venue(name="De Werfzaal", town="Sliedrecht")
    return a_meeting(**({"slug": "maart", "title": "Wonen en energie", "venue": venue} | columns))


def test_without_meetings_the_date_follows(client: FlaskClient):
    assert words(client, "/") == (
        "Volgende kwartaalbijeenkomst De datum van de volgende bijeenkomst volgt. "
        "In de agenda Alle bijeenkomsten icon Er staat verder nog niets in de agenda."
    )


def test_without_a_next_meeting_the_previous_one_is_shown(app: Flask, client: FlaskClient):
    store(app, a_meeting(title="De vorige", slug="vorige", starts_at=START - timedelta(days=60)))
    store(app, a_meeting(title="Lang geleden", starts_at=START - timedelta(days=400)))

    shown = words(client, "/")

    assert "De vorige bijeenkomst" in shown
    assert links(client, "/")["De vorige"] == "/bijeenkomsten/vorige/"
    assert "Lang geleden" not in shown


def test_an_announced_meeting_has_date_and_place_and_no_button(app: Flask, client: FlaskClient):
    store_announced(app, a_next_meeting())

    shown = words(client, "/")

    assert "dinsdag 23 maart 2027 Tijd 12.00 tot 18.00 uur Plaats De Werfzaal, Sliedrecht" in shown
    assert "Aanmelden Kan als het programma er is" in shown
    assert SIGN_UP not in links(client, "/").values()


def test_before_the_opening_moment_the_page_says_from_when(app: Flask, client: FlaskClient):
    store(app, a_next_meeting(registration_opens_at=NOON + timedelta(days=2)))

    assert "Aanmelden Vanaf vrijdag 12 maart 2027, 12.00 uur" in words(client, "/")
    assert SIGN_UP not in links(client, "/").values()


def test_an_open_meeting_has_deadline_places_and_one_button(app: Flask, client: FlaskClient):
    store(app, a_next_meeting(maximum=180, taken=139))

    shown = words(client, "/")

    assert "Aanmelden Tot vrijdag 19 maart 2027, 12.00 uur Plekken Nog 41 van 180" in shown
    assert links(client, "/")["Meld u aan"] == SIGN_UP


def test_without_a_maximum_no_places_are_named(app: Flask, client: FlaskClient):
    store(app, a_next_meeting())

    assert "Plekken" not in words(client, "/")


def test_a_full_meeting_offers_the_waiting_list(app: Flask, client: FlaskClient):
    store(app, a_next_meeting(maximum=20, taken=20, waiting=3))

    assert "Plekken Vol · 3 op de wachtlijst" in words(client, "/")
    assert links(client, "/")["Zet mij op de wachtlijst"] == SIGN_UP


def test_after_the_deadline_the_button_is_gone(app: Flask, client: FlaskClient, clock):
    store(app, a_next_meeting())
    clock.moment = START - timedelta(days=4)

    assert "Aanmelden Aanmelden kan niet meer. Bel de griffie." in words(client, "/")
    assert SIGN_UP not in links(client, "/").values()


def test_a_cancelled_meeting_says_so_first(app: Flask, client: FlaskClient):
    meeting = store(app, a_next_meeting())
    cancel(app, meeting, "De zaal is dicht.")

    response = client.get("/").text

    assert words(client, "/").startswith("icon Deze bijeenkomst gaat niet door De zaal is dicht.")
    assert '<s class="kw-struck">Wonen en energie</s>' in response
    assert SIGN_UP not in links(client, "/").values()


def test_on_the_day_itself_the_page_says_today_and_now(app: Flask, client: FlaskClient, clock):
    meeting = a_next_meeting()
    parts = [
        an_item(meeting, ItemKind.LUNCH, title="Lunch"),
        an_item(meeting, title="Opening", starts_at=START + timedelta(hours=1)),
    ]
    store(app, meeting, *parts)
    clock.moment = START + timedelta(minutes=70)

    shown = words(client, "/")

    assert "Vandaag Wonen en energie" in shown
    assert "Volgende kwartaalbijeenkomst" not in shown
    assert "13.00 uur Nu Opening" in shown


def test_after_its_end_the_meeting_makes_way(app: Flask, client: FlaskClient, clock):
    store(app, a_next_meeting())
    clock.moment = START + timedelta(hours=6)

    assert "De datum van de volgende bijeenkomst volgt." in words(client, "/")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (RegistrationState.PLACED, "Uw plek U bent aangemeld"),
        (RegistrationState.WAITING, "Uw plek U staat op de wachtlijst"),
    ],
)
def test_who_is_registered_reads_it_and_can_change_it(app, save, browser_of, state, says):
    meeting, person = a_next_meeting(), a_council_member()
    store(app, meeting, an_item(meeting), person)
    save(a_registration(meeting, person, state))
    browser = browser_of(person)

    assert says in words(browser, "/")
    assert links(browser, "/")["Wijzig uw aanmelding"] == SIGN_UP


def a_registration(meeting, person, state) -> Registration:
    return Registration(
        meeting_id=meeting.id, person_id=person.id, state=state, changed_at=NOON, created_at=NOON
    )


def test_workshops_with_places_are_named_round_by_round(app: Flask, client: FlaskClient):
    meeting = a_next_meeting()
    first, second = a_round(meeting, 1, title="Ronde 1"), a_round(meeting, 2, title="Ronde 2")
    parts = [
        a_workshop(first, 20, title="Bijna leeg", taken=2, theme="Wonen"),
        a_workshop(first, 20, title="Halfvol", taken=10),
        a_workshop(first, 20, title="Bijna vol", taken=19),
        a_workshop(first, 20, title="Vol", taken=20),
        a_workshop(second, 20, title="Er wacht iemand", taken=19, waiting=1),
        a_workshop(second, None, title="Onbeperkt", taken=500),
        a_workshop(second, 20, title="Gaat niet door", cancelled_at=NOON),
    ]
    store(app, meeting, first, second, *parts)

    shown = words(client, "/")

    assert (
        "Hier is nog plek Alle 6 workshops icon "
        "Bijna leeg Ronde 1 · Wonen Nog 18 plekken van 20 "
        "Halfvol Ronde 1 Nog 10 plekken van 20 "
        "Onbeperkt Ronde 2 Vrij aanmelden"
    ) in shown
    assert links(client, "/")["Halfvol"] == f"/bijeenkomsten/maart/#item-{parts[1].public_id}"


def test_places_are_not_offered_after_the_deadline(app: Flask, client: FlaskClient, clock):
    meeting = a_next_meeting()
    round_ = a_round(meeting)
    store(app, meeting, round_, a_workshop(round_))
    clock.moment = START - timedelta(days=3)

    assert "Hier is nog plek" not in words(client, "/")


@pytest.mark.on_both
def test_the_draft_of_a_published_meeting_is_not_read(app: Flask, client: FlaskClient):
    meeting = store(app, a_next_meeting())
    change(app, Meeting, meeting.id, title="KANARIE", introduction="KANARIE", note="KANARIE")

    assert "KANARIE" not in client.get("/").text


def test_a_note_is_shown(app: Flask, client: FlaskClient):
    store(app, a_next_meeting(note="De dag is verzonnen."))

    assert "De dag is verzonnen." in words(client, "/")


def test_meals_are_named_with_the_time(app: Flask, client: FlaskClient):
    meeting = a_next_meeting()
    store(app, meeting, an_item(meeting, ItemKind.LUNCH), an_item(meeting, ItemKind.DRINKS))

    assert "Tijd 12.00 tot 18.00 uur, met lunch en borrel" in words(client, "/")


def test_others_of_a_body_show_name_and_date_and_nothing_else(app: Flask, client: FlaskClient):
    store(app, a_next_meeting())
    body = a_body(name="Spiegelgroep")
    closed = a_meeting(
        title="KANARIE",
        slug="spiegelgroep-2027-04-22",
        starts_at=datetime(2027, 4, 22, 17, 30, tzinfo=UTC),
        series=a_series(body=body, name="KANARIE reeks"),
        venue=a_venue(name="KANARIE zaal"),
        openness=Openness.DATUM,
    )
    store(app, closed)

    shown = words(client, "/")

    assert shown.endswith("22 april Spiegelgroep donderdag 22 april 2027 icon Besloten")
    assert [w for w in ("KANARIE", "19.30", "spiegelgroep-2027") if w in client.get("/").text] == []


def test_a_member_reads_the_whole_line(app, browser_of):
    store(app, a_next_meeting())
    body, person = a_body(), a_person()
    closed = a_meeting(
        title="Over de dienstverlening",
        slug="spiegelgroep-2027-04-22",
        starts_at=START + timedelta(days=30),
        series=a_series(body=body),
        openness=Openness.BESLOTEN,
    )
    store(app, closed, an_item(closed), a_membership(person, body))

    found = links(browser_of(person), "/")

    assert found["Over de dienstverlening"] == "/bijeenkomsten/spiegelgroep-2027-04-22/"


def test_a_meeting_of_a_body_is_never_the_next_one(app: Flask, client: FlaskClient):
    store(app, a_next_meeting())
    sooner = START - timedelta(days=7)
    store(app, a_meeting(title="Open overleg", starts_at=sooner, series=a_series(body=a_body())))

    shown = words(client, "/")

    assert shown.startswith("Volgende kwartaalbijeenkomst Wonen en energie")
    assert "Open overleg" in shown


def test_the_agenda_stands_beside_with_closed_points_as_numbers(app: Flask, client: FlaskClient):
    meeting = a_next_meeting()
    points = [
        an_agenda_item(meeting, title="Opening", position=1),
        an_agenda_item(meeting, title="KANARIE", position=2, openness=Openness.BESLOTEN),
    ]
    store(app, meeting, an_item(meeting), *points)

    assert "De agenda Opening Besloten agendapunt Alle 2 agendapunten" in words(client, "/")


@pytest.mark.on_both
def test_queries_do_not_grow(app, client, save, count_queries):
    meeting = a_next_meeting()
    round_ = a_round(meeting)
    store(app, meeting, round_, *(a_workshop(round_) for _ in range(3)))
    store(app, a_meeting(starts_at=START + timedelta(days=1)))
    few = count_queries(lambda: client.get("/"))
    store(app, a_meeting(starts_at=START + timedelta(days=2)))
    save(*(more_of(round_, n) for n in range(57)))
    publish(app, meeting)

    assert count_queries(lambda: client.get("/")) == few


def more_of(round_: ProgrammeItem, position: int) -> ProgrammeItem:
    return ProgrammeItem(
        meeting_id=round_.meeting_id,
        round_id=round_.id,
        kind=ItemKind.WORKSHOP,
        title=f"Workshop {position}",
        position=position,
        starts_at=round_.starts_at,
        ends_at=round_.ends_at,
        sign_up=SignUp.OPEN,
    )
