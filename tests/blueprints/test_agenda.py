"""The agenda as published, its versions, and its closed points."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.publication import versions_of
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
DATE = {"openness": Openness.DATUM}
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
        "Versies van programma en agenda Versie 2 (deze) vrijdag 12 maart 2027, 15.00 uur "
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


@pytest.mark.on_both
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


@pytest.mark.on_both
def test_queries_do_not_grow(app, client, count_queries):
    pages = [a_long_agenda(app, count) for count in (10, 100, 1000)]
    client.get(pages[0])  # what is counted is a page, not what the first request prepares

    few, more, many = [count_queries(lambda page=page: client.get(page)) for page in pages]

    assert (more, many) == (few, few)


def a_long_agenda(app: Flask, count: int) -> str:
    """The address of a published agenda of which half are sub-points of the first."""
    meeting = a_meeting()
    point = an_agenda_item(meeting)
    below = [an_agenda_item(meeting, parent=point) for _ in range(count // 2)]
    points = [an_agenda_item(meeting) for _ in range(count - count // 2 - 1)]
    store(app, meeting, an_item(meeting), point, *below, *points)
    return f"/bijeenkomsten/{meeting.slug}/agenda/"


def a_nested_agenda(app: Flask, point: dict[str, object], **below: object) -> Meeting:
    """Published: a point of 5 minutes, its sub-point "Huur" of 10, and "Sluiting"."""
    meeting = a_meeting_in_march(series=a_series(body=a_body(name="Bestuursraad")))
    above = an_agenda_item(meeting, **({"title": "Wonen", "minutes": 5, "position": 1} | point))
    huur = an_agenda_item(meeting, parent=above, **({"title": "Huur", "minutes": 10} | below))
    closing = an_agenda_item(meeting, title="Sluiting", position=2)
    store(app, meeting, an_item(meeting), above, huur, closing)
    return meeting


def test_subpoints_stand_under_their_point_with_number_and_clock(app, client):
    a_nested_agenda(app, {})

    assert (
        "Agendapunt 1 Wonen 12.00 uur 15 minuten Agendapunt 1.1 Huur 12.05 uur 10 minuten "
        "Agendapunt 2 Sluiting 12.15 uur"
    ) in words(client, PAGE)


def test_headings_of_subpoints_and_texts_lie_one_below_the_other(app, client):
    a_nested_agenda(app, {"text": "# Aanleiding"}, text="# Vragen")
    page = client.get(PAGE).text

    assert re.findall("<h([2-6])[^>]*>([^<]*)", page)[:5] == [
        ("2", "Wonen"),
        ("3", "Aanleiding"),
        ("3", "Huur"),
        ("4", "Vragen"),
        ("2", "Sluiting"),
    ]


def test_a_closed_subpoint_is_a_number_under_its_point(app, client):
    a_nested_agenda(app, {}, **SECRET)

    shown = words(client, PAGE)

    assert "Agendapunt 1.1 Besloten agendapunt icon Besloten Dit punt is niet openbaar" in shown
    assert "Geheim" not in shown


@pytest.mark.parametrize("shows_title", [False, True])
@pytest.mark.parametrize("openness", [Openness.DATUM, Openness.BESLOTEN])
def test_of_the_subpoints_of_a_closed_point_outsiders_see_nothing(
    app, client, openness, shows_title
):
    a_nested_agenda(app, {"openness": openness, "shows_title": shows_title}, shows_title=True)

    shown = words(client, PAGE)

    assert ("Huur" in shown, "1.1" in shown, "Agendapunt 2 Sluiting" in shown) == (
        False,
        False,
        True,
    )


def test_closing_a_point_closes_its_subpoints_in_versions_that_are_out(app, client):
    meeting = a_nested_agenda(app, {})
    before = "Huur" in words(client, PAGE)
    close(app, meeting, "Wonen")

    assert (before, "Huur" in words(client, PAGE)) == (True, False)


def test_a_subpoint_that_left_a_closed_point_in_the_draft_stays_closed(app, client):
    meeting = a_nested_agenda(app, SECRET)
    change(app, AgendaItem, row_of(app, meeting, "Huur").id, parent_id=None, level=1)

    assert "Huur" not in words(client, PAGE + "versie/1/")


@pytest.mark.on_both
def test_a_point_that_moved_under_a_closed_one_is_closed_at_once(app, client):
    meeting = a_nested_agenda(app, SECRET)
    closed, point = row_of(app, meeting, "Geheim"), row_of(app, meeting, "Sluiting")
    change(app, AgendaItem, point.id, parent_id=closed.id, level=2)

    assert "Sluiting" not in words(client, PAGE)


def test_a_member_reads_closed_subpoints_with_their_badge(app, browser_of):
    person = a_person()
    meeting = a_nested_agenda(app, {"openness": Openness.BESLOTEN})
    with app.app_context():
        body = db.session.get_one(Meeting, meeting.id).series.body
        db.session.add_all([person, a_membership(person, body)])
        db.session.commit()
        db.session.refresh(person)

    shown = words(browser_of(person), PAGE)

    assert "Agendapunt 1.1 Huur 12.05 uur 10 minuten icon Besloten" in shown


def test_of_datum_openbaar_outsiders_know_body_and_date(app, client):
    meeting = a_meeting_in_march(series=a_series(body=a_body(name="Bestuursraad")))
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, **SECRET | DATE))

    assert (
        "Agendapunt 1 Besloten agendapunt icon Besloten "
        "Bestuursraad, dinsdag 23 maart 2027. Dit punt is niet openbaar."
    ) in words(client, PAGE)


def test_speaker_text_and_links_of_a_point(app, client):
    meeting = a_meeting_in_march()
    point = an_agenda_item(
        meeting,
        title="Wonen",
        speaker="wethouder Ineke Vos (Zwijndrecht)",
        text="Lees **dit**:\n\n- één\n- twee <script>",
        links=[{"label": "Startnotitie", "address": "https://a.nl/n.pdf"}],
    )
    store(app, meeting, an_item(meeting), point)

    assert (
        "Door wethouder Ineke Vos (Zwijndrecht) Lees dit : één twee <script> Startnotitie"
    ) in words(client, PAGE)
    assert links(client, PAGE)["Startnotitie"] == "https://a.nl/n.pdf"


def test_speaker_and_links_of_a_closed_point_are_not_public(app, client):
    meeting = a_meeting_in_march()
    secret = SECRET | {"links": [{"label": "KANARIE1", "address": "https://kanarie2.nl"}]}
    store(app, meeting, an_item(meeting), an_agenda_item(meeting, speaker="KANARIE3", **secret))

    assert "kanarie" not in client.get(PAGE).text.lower()


def test_a_version_from_before_subpoints_is_read_as_ever(app, client):
    """Its content has no parent, speaker or links, and its numbers are whole."""
    meeting = a_meeting_in_march()
    point = an_agenda_item(meeting, title="Wonen", text="Een.\nTwee.", minutes=5)
    store(app, meeting, an_item(meeting), point)
    with app.app_context():
        (stored,) = versions_of(meeting.id)
        keys = set(stored.content["agenda"][0])

    assert keys == {"id", "public_id", "number", "title", "text", "purpose", "minutes"}
    assert "Agendapunt 1 Wonen 12.00 uur 5 minuten Een. Twee." in words(client, PAGE)


def row_of(app: Flask, meeting: Meeting, title: str) -> AgendaItem:
    with app.app_context():
        wanted = (AgendaItem.meeting_id == meeting.id, AgendaItem.title == title)
        return db.session.scalars(sa.select(AgendaItem).where(*wanted)).one()


def close(app: Flask, meeting: Meeting, title: str) -> None:
    change(app, AgendaItem, row_of(app, meeting, title).id, openness=Openness.BESLOTEN)
