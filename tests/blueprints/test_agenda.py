"""The agenda as published, its versions, and its closed points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import cancel, change, publish, store, store_announced
from tests.reading import links, words

PAGE = "/bijeenkomsten/maart/agenda/"
YESTERDAY = NOON.date() - timedelta(days=1)
SECRET = {"title": "Geheim", "text": "Tekst", "openness": Openness.BESLOTEN}


def a_meeting_in_march(**columns: object) -> Meeting:
    return a_meeting(**({"slug": "maart", "title": "Wonen"} | columns))


def test_show_has_numbers_times_minutes_purpose_and_text(app: Flask, client: FlaskClient):
    purpose = Purpose(name="ophalen", position=1)
    meeting = a_meeting_in_march(series=a_series(purposes=[purpose]))
    points = [
        an_agenda_item(meeting, title="Opening", minutes=5, position=1),
        an_agenda_item(
            meeting, title="Wonen", text="Een.\n\nTwee.", minutes=1, purpose=purpose, position=2
        ),
    ]
    store(app, meeting, an_item(meeting), *points)

    shown = words(client, PAGE)

    assert "Agendapunt 1 Opening 12.00 uur 5 minuten" in shown
    assert "Agendapunt 2 Wonen 12.05 uur 1 minuut ophalen Een. Twee." in shown


def test_a_closed_point_is_a_number_with_a_way_to_sign_in(app: Flask, client: FlaskClient):
    meeting = a_meeting_in_march(series=a_series(body=a_body()))
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, **SECRET))

    assert "Agendapunt 1 Besloten agendapunt icon Besloten Dit punt is niet openbaar." in words(
        client, PAGE
    )
    assert links(client, PAGE)["Log in om het te lezen"].endswith(f"next={PAGE}")


def test_a_closed_point_whose_title_may_be_read(app: Flask, client: FlaskClient):
    meeting = a_meeting_in_march()
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, shows_title=True, **SECRET))

    shown = words(client, PAGE)

    assert ("Agendapunt 1 Geheim icon Besloten" in shown, "Tekst" in shown) == (True, False)


@pytest.mark.parametrize(
    ("who", "sees"), [("member", True), ("ended member", False), ("griffie", False)]
)
def test_a_closed_point_of_a_body_is_read_by_members(app, browser_of, who, sees):
    body = a_body()
    person = staff() if who == "griffie" else a_person()
    if who != "griffie":
        a_membership(person, body, ends_on=YESTERDAY if who == "ended member" else None)
    meeting = a_meeting_in_march(series=a_series(body=body))
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, **SECRET), person)
    shown = words(browser_of(person), PAGE)

    assert ("Agendapunt 1 Geheim 12.00 uur icon Besloten Tekst" in shown) is sees


def test_who_prepares_a_meeting_of_the_region_reads_its_closed_points(app, browser_of):
    meeting, organiser = a_meeting_in_march(), staff(role="organisator")
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, **SECRET), organiser)

    assert "Geheim 12.00 uur icon Besloten Tekst" in words(browser_of(organiser), PAGE)


def a_meeting_with_two_versions(app: Flask) -> AgendaItem:
    meeting = a_meeting_in_march()
    point = an_agenda_item(meeting, title="Eerste titel")
    store(app, meeting, an_item(meeting), point)
    change(app, AgendaItem, point.id, title="Tweede titel")
    publish(app, meeting, NOON + timedelta(days=2, hours=3))
    return point


def test_the_second_version_says_that_it_changed(app: Flask, client: FlaskClient):
    a_meeting_with_two_versions(app)

    shown = words(client, PAGE)

    assert "Gewijzigd op vrijdag 12 maart 2027 Dit is versie 2" in shown
    assert (
        "Versies van de agenda Versie 2 (deze) vrijdag 12 maart 2027, 15.00 uur "
        "Versie 1 woensdag 10 maart 2027, 12.00 uur"
    ) in shown
    assert "was ‘Eerste titel’ nu ‘Tweede titel’" in shown


def test_an_old_version_says_that_it_is_replaced(app: Flask, client: FlaskClient):
    a_meeting_with_two_versions(app)

    shown = words(client, PAGE + "versie/1/")

    assert "Dit is een oude versie Versie 1 is vervangen door versie 2." in shown
    assert ("Eerste titel" in shown, "Tweede titel" in shown) == (True, False)
    assert links(client, PAGE + "versie/1/")["Lees de nieuwste versie"] == PAGE


def test_an_old_version_is_closed_with_today_s_openness(app: Flask, client: FlaskClient):
    point = a_meeting_with_two_versions(app)
    change(app, AgendaItem, point.id, openness=Openness.BESLOTEN)

    assert "titel" not in words(client, PAGE + "versie/1/")


def test_the_first_version_has_no_alert(app: Flask, client: FlaskClient):
    meeting = a_meeting_in_march()
    store(app, meeting, an_item(meeting), an_agenda_item(meeting))

    assert "Gewijzigd op" not in words(client, PAGE)


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", str(10**30)])
def test_a_version_that_never_was_is_not_there(app: Flask, client: FlaskClient, number):
    a_meeting_with_two_versions(app)

    assert client.get(f"{PAGE}versie/{number}/").status_code == 404


def test_a_version_number_of_the_announcement_is_not_there(app: Flask, client: FlaskClient):
    store_announced(app, a_meeting_in_march())

    assert client.get(PAGE + "versie/0/").status_code == 404
    assert "Er is nog geen agenda." in words(client, PAGE)


def test_a_cancelled_meeting_says_so_above_its_agenda(app: Flask, client: FlaskClient):
    meeting = a_meeting_in_march()
    store(app, meeting, an_item(meeting), an_agenda_item(meeting))
    cancel(app, meeting, "Te weinig mensen.")

    assert "Deze bijeenkomst gaat niet door Te weinig mensen." in words(client, PAGE)


def test_queries_do_not_grow(app, client, save, count_queries):
    meeting = a_meeting_in_march()
    store(app, meeting, an_item(meeting), *(an_agenda_item(meeting) for _ in range(3)))
    save(AgendaItem(meeting_id=meeting.id, title="Rondvraag", position=99))
    publish(app, meeting)
    few = count_queries(lambda: client.get(PAGE))
    save(*(AgendaItem(meeting_id=meeting.id, title=f"Punt {n}", position=n) for n in range(57)))
    publish(app, meeting)

    assert count_queries(lambda: client.get(PAGE)) == few
