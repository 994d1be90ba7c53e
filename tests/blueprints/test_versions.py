"""Versions for readers and at the desk: notes, what changed, and any two compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.body import Body, Membership
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication
from tests.conftest import NOON
from tests.desk_pages import press_publish
from tests.factories import (
    a_body,
    a_meeting,
    a_person,
    a_round,
    a_series,
    a_workshop,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import change, publish, store
from tests.reading import words

DESK = "/beheer/bijeenkomsten/maart/publiceren/"
AGENDA = "/bijeenkomsten/maart/agenda/"
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(slug="maart", title="Wonen")


@pytest.fixture
def item(app: Flask, meeting: Meeting) -> ProgrammeItem:
    """The one item of version 1 of the meeting."""
    item = an_item(meeting, title="Opening")
    store(app, meeting, item)
    return item


def test_a_note_is_for_everybody(app, client, griffie, item):
    change(app, ProgrammeItem, item.id, title="Welkom")

    press_publish(griffie, DESK, note="De spreker is ziek.", tells="niet")

    assert "De spreker is ziek." in words(client, AGENDA)
    assert "De spreker is ziek." in words(griffie, DESK)


def test_a_note_that_is_too_long_is_refused_and_kept(app, griffie, item):
    change(app, ProgrammeItem, item.id, title="Welkom")

    answer = griffie.post(DESK, data={"note": "x" * 401})

    assert (answer.status_code, "x" * 401 in answer.text) == (422, True)


@pytest.mark.on_both
def test_readers_see_what_a_version_changed(app, client, meeting, item):
    change(
        app, ProgrammeItem, item.id, title="Welkom", starts_at=item.starts_at + timedelta(0, 900)
    )
    publish(app, meeting, LATER)

    assert (
        "Wat is er gewijzigd Welkom Titel: was ‘Opening’ nu ‘Welkom’ "
        "Welkom Tijd: was 12.00 tot 13.00 uur nu 12.15 tot 13.00 uur"
    ) in words(client, AGENDA)
    assert "gewijzigd Welkom" not in words(client, AGENDA + "versie/1/")


def test_each_version_tells_its_own_changes(app, client, meeting, item):
    for title in ("Welkom", "Begin"):
        change(app, ProgrammeItem, item.id, title=title)
        publish(app, meeting, LATER)

    assert "was ‘Opening’ nu ‘Welkom’" in words(client, AGENDA + "versie/2/")
    assert "was ‘Welkom’ nu ‘Begin’" in words(client, AGENDA + "versie/3/")


def a_closed_point(app: Flask) -> Body:
    """Of a body's public meeting: point 1, closed, got another title and text in version 2."""
    body = a_body()
    meeting = a_meeting(slug="maart", series=a_series(body=body))
    point = an_agenda_item(meeting, title="Canarie een", openness=Openness.BESLOTEN)
    store(app, meeting, an_item(meeting), point)
    change(app, AgendaItem, point.id, title="Canarie twee", text="Canarie drie")
    change(app, Meeting, meeting.id, introduction="Een andere tekst.")
    publish(app, meeting, LATER)
    return body


@pytest.mark.on_both
def test_outsiders_learn_nothing_of_a_closed_point(app, client, griffie):
    a_closed_point(app)

    pages = [(client, AGENDA), (client, AGENDA + "versie/2/"), (griffie, AGENDA)]
    shown = [words(browser, page) for browser, page in pages]
    shown.append(words(griffie, DESK + "vergelijken/"))

    assert ["Canarie" in page for page in shown] == [False] * 4
    assert ["De tekst is gewijzigd" in page for page in shown] == [True] * 4


def test_members_read_what_changed_in_a_closed_point(app, save, browser_of):
    body = a_closed_point(app)
    member = a_person()
    save(member)
    with app.app_context():
        db.session.add(Membership(person_id=member.id, body_id=body.id, starts_on=date(2022, 1, 1)))
        db.session.commit()

    assert "was ‘Canarie een’ nu ‘Canarie twee’" in words(browser_of(member), AGENDA)


def test_the_publish_page_shows_what_differs_from_what_is_online(app, griffie, item):
    change(app, ProgrammeItem, item.id, title="Welkom")

    shown = words(griffie, DESK)

    assert "1 wijziging sinds versie 1 Welkom Titel: was ‘Opening’ nu ‘Welkom’" in shown
    assert "Niemand die is aangemeld, merkt iets van deze wijzigingen." in shown


@pytest.mark.on_both
def test_the_desk_lists_versions_with_publisher_and_hash(app, griffie, item):
    with app.app_context():
        version = db.session.query(Publication).one()
        who, digest = version.publisher.full_name, version.content_hash[:12]

    assert f"Versie 1 woensdag 10 maart 2027, 12.00 uur {who}, {digest}" in words(griffie, DESK)


def test_compare_any_two_versions(app, griffie, meeting, item):
    for title in ("Welkom", "Begin"):
        change(app, ProgrammeItem, item.id, title=title)
        publish(app, meeting, LATER)

    assert "Van versie 2 naar versie 3 Begin Titel: was ‘Welkom’ nu ‘Begin’" in words(
        griffie, DESK + "vergelijken/"
    )
    assert "Van versie 1 naar versie 3 Begin Titel: was ‘Opening’ nu ‘Begin’" in words(
        griffie, DESK + "vergelijken/?van=1&naar=3"
    )
    assert "Van versie 2 naar versie 1 Opening Titel: was ‘Welkom’ nu ‘Opening’" in words(
        griffie, DESK + "vergelijken/?van=2&naar=1"
    )


@pytest.mark.on_both
@pytest.mark.parametrize("asked", ["?van=1&naar=9", "?van=0", "?van=99999999999999999999"])
def test_compare_with_a_version_that_never_was(app, griffie, meeting, item, asked):
    change(app, ProgrammeItem, item.id, title="Welkom")
    publish(app, meeting, LATER)

    assert griffie.get(f"{DESK}vergelijken/{asked}").status_code == 404


def test_one_version_cannot_be_compared(griffie, item):
    assert griffie.get(DESK + "vergelijken/").status_code == 404
    assert "Vergelijk twee versies" not in words(griffie, DESK)


def test_only_who_publishes_compares(app, save, browser_of, meeting, item):
    change(app, ProgrammeItem, item.id, title="Welkom")
    publish(app, meeting, LATER)
    organiser = staff(Role.ORGANISATOR)
    save(organiser)

    assert browser_of(organiser).get(DESK + "vergelijken/").status_code == 404


@pytest.mark.on_both
def test_pages_ask_as_much_of_the_database_for_a_long_programme(app, save, griffie, count_queries):
    counts = []
    for slug, number in (("klein", 1), ("groot", 40)):
        meeting = a_meeting(slug=slug)
        round_ = a_round(meeting)
        items = [a_workshop(round_, title=f"{slug} {n}") for n in range(number)]
        store(app, meeting, *items, *(an_agenda_item(meeting) for _ in range(number)))
        for one in items:
            change(app, ProgrammeItem, one.id, title="Anders")
        publish(app, meeting, LATER)
        change(app, ProgrammeItem, items[0].id, title="Weer anders")
        pages = (
            f"/beheer/bijeenkomsten/{slug}/publiceren/",
            f"/beheer/bijeenkomsten/{slug}/publiceren/vergelijken/",
            f"/bijeenkomsten/{slug}/agenda/versie/2/",
        )
        counts.append([count_queries(lambda page=page: griffie.get(page)) for page in pages])

    assert counts[0] == counts[1]
