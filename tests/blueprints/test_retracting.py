"""Retracting at the desk, and what readers see of a retracted version: that it was there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from kwartaal.models.programme import ItemKind, ProgrammeItem
from tests.factories import a_meeting, an_item, staff
from tests.publishing import change, publish, store, store_announced
from tests.reading import links, words

DESK = "/beheer/bijeenkomsten/maart/publiceren/"
RETRACT = DESK + "intrekken/"
PAGE = "/bijeenkomsten/maart/"
AGENDA = PAGE + "agenda/"


@pytest.fixture
def meeting(app, save) -> Meeting:
    """Version 2 has a canary in a title, in a new item and in its note."""
    meeting = a_meeting(slug="maart", title="Wonen")
    item = an_item(meeting, title="Opening")
    store(app, meeting, item)
    change(app, ProgrammeItem, item.id, title="Canarie")
    save(
        ProgrammeItem(
            meeting_id=meeting.id,
            kind=item.kind,
            title="Kanarie",
            starts_at=item.ends_at,
            ends_at=item.ends_at + timedelta(hours=1),
        )
    )
    publish(app, meeting)
    return meeting


def an_item_of(meeting: Meeting) -> ProgrammeItem:
    return ProgrammeItem(
        meeting_id=meeting.id,
        kind=ItemKind.PLENARY,
        title="Opening",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )


@pytest.mark.on_both
def test_the_page_says_what_happens(griffie, meeting):
    shown = words(griffie, RETRACT)

    assert "Op de site staat versie 2 van woensdag 10 maart 2027, 12.00 uur." in shown
    assert "Intrekken kan tot woensdag 10 maart 2027, 13.00 uur." in shown
    assert "Bezoekers zien weer wat er in versie 1 stond." in shown
    assert "Trek de versie in" in words(griffie, DESK)


def test_retracting_shows_readers_the_version_before(client, griffie, meeting):
    answer = griffie.post(RETRACT, data={"number": "2"})

    assert (answer.status_code, answer.location) == (303, DESK)
    assert "Versie 2 is ingetrokken." in words(griffie, DESK)
    assert "Opening" in words(client, PAGE)
    assert "Versie 3 (deze)" in words(client, AGENDA)
    assert "Versie 2 Ingetrokken" in words(client, AGENDA)
    assert "Weer zoals versie 1." in words(client, AGENDA)


def test_nothing_of_it_is_left_for_readers(client, griffie, meeting):
    griffie.post(RETRACT, data={"number": "2"})

    paths = [PAGE, AGENDA, AGENDA + "versie/1/", AGENDA + "versie/3/", "/kalender/openbaar.ics"]
    answers = [client.get(path) for path in (*paths, "/kalender/bijeenkomst/maart.ics")]

    assert [a.status_code for a in answers] == [200] * 6
    assert [word in a.text for a in answers for word in ("Canarie", "Kanarie")] == [False] * 12


@pytest.mark.parametrize(
    ("page", "newest"),
    [
        (AGENDA + "versie/2/", AGENDA),
        (AGENDA + "versie/2/agenda.pdf", AGENDA),
        (PAGE + "programma/versie/2/", PAGE),
        (PAGE + "programma/versie/2/programma.pdf", PAGE),
    ],
)
def test_its_own_addresses_say_that_it_was_retracted(client, griffie, meeting, page, newest):
    griffie.post(RETRACT, data={"number": "2"})

    shown = words(client, page, 410)

    assert "Deze versie is ingetrokken Versie 2 is niet meer te lezen." in shown
    assert "Canarie" not in shown
    assert links(client, page, 410)["Lees de nieuwste versie"] == newest


def test_of_a_meeting_that_is_closed_it_is_a_404_like_any_other(app, client, griffie, meeting):
    griffie.post(RETRACT, data={"number": "2"})
    change(app, Meeting, meeting.id, openness=Openness.BESLOTEN)

    answers = [client.get(f"{AGENDA}versie/{number}/") for number in (2, 9)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace("/2/", "/9/") == answers[1].text


def test_the_desk_reads_when_who_and_what(griffie, meeting):
    griffie.post(RETRACT, data={"number": "2"})

    shown = words(griffie, DESK + "versies/2/")

    assert "Gepubliceerd woensdag 10 maart 2027, 12.00 uur Door " in shown
    assert "Opmerking geen Controlegetal " in shown
    assert "was ‘Opening’ nu ‘Canarie’" in shown


def test_staff_still_read_it(griffie, meeting):
    griffie.post(RETRACT, data={"number": "2"})

    assert "Deze versie is ingetrokken" in words(griffie, AGENDA + "versie/2/")
    assert "was ‘Opening’ nu ‘Canarie’" in words(griffie, AGENDA + "versie/2/")
    assert "Canarie" in words(griffie, DESK + "vergelijken/?van=1&naar=2")


@pytest.mark.on_both
def test_after_the_hour_it_is_refused(clock, client, save, browser_of, meeting):
    clock.pass_(minutes=61)
    clerk = staff()
    save(clerk)
    griffie = browser_of(clerk)

    answer = griffie.post(RETRACT, data={"number": "2"})

    assert (answer.status_code, "Intrekken kan tot een uur na" in answer.text) == (422, True)
    assert "Canarie" in words(client, PAGE)
    assert "Trek de versie in" not in words(griffie, DESK)


@pytest.mark.parametrize("number", ["", "0", "1", "3", "x", "9" * 30])
def test_a_version_that_is_not_online_is_refused(client, griffie, meeting, number):
    answer = griffie.post(RETRACT, data={"number": number})

    assert (answer.status_code, "een andere versie op de site" in answer.text) == (422, True)
    assert "Canarie" in words(client, PAGE)


def test_a_concept_has_nothing_to_retract(griffie, save):
    save(a_meeting(slug="maart", state=MeetingState.CONCEPT))

    assert griffie.get(RETRACT).status_code == 404


@pytest.mark.on_both
def test_a_first_programme_that_was_retracted_is_read_at_the_desk(app, client, griffie):
    store(app, a_meeting(slug="maart", title="Canarie"))
    griffie.post(RETRACT, data={"number": "1"})

    at_desk = DESK + "versies/1/"

    assert f'href="{at_desk}"' in griffie.get(DESK).text
    assert "Deze versie is ingetrokken" in words(griffie, at_desk)
    assert "Canarie" in words(griffie, at_desk)
    assert "Opening" in words(griffie, at_desk)
    assert [client.get(path).status_code for path in (at_desk, AGENDA + "versie/1/")] == [303, 404]


@pytest.mark.parametrize("number", [0, 3, 9999])
def test_a_version_that_never_was_is_not_at_the_desk(griffie, meeting, number):
    assert griffie.get(f"{DESK}versies/{number}/").status_code == 404


@pytest.mark.on_both
def test_a_point_taken_off_the_agenda_since_is_still_in_what_was_retracted(app, save, griffie):
    meeting = store_announced(app, a_meeting(slug="maart", state=MeetingState.CONCEPT))
    point = AgendaItem(meeting_id=meeting.id, title="Canarie", position=1)
    save(point, an_item_of(meeting))
    publish(app, meeting)
    griffie.post(RETRACT, data={"number": "1"})

    griffie.post(f"/beheer/bijeenkomsten/maart/agenda/{point.public_id}/verwijderen")

    assert "Canarie" in words(griffie, AGENDA + "versie/1/")


def test_the_first_programme_disappears_and_subscribers_are_told(app, client, griffie):
    store(app, a_meeting(slug="maart", title="Canarie"))

    griffie.post(RETRACT, data={"number": "1"})

    assert client.get(PAGE).status_code == 404
    feed = client.get("/kalender/openbaar.ics").text
    assert ("Canarie" in feed, "STATUS:CANCELLED" in feed, "SEQUENCE:2" in feed) == (
        False,
        True,
        True,
    )


@pytest.mark.on_both
def test_an_organiser_retracts_nothing(save, browser_of, meeting):
    organiser = staff(Role.ORGANISATOR)
    save(organiser)

    assert browser_of(organiser).get(RETRACT).status_code == 404
    assert browser_of(organiser).post(RETRACT, data={"number": "2"}).status_code == 404
