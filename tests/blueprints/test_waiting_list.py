"""The waiting lists at the desk, and giving somebody a place in any order."""

from __future__ import annotations

import uuid

import pytest

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import ChoiceState, Registration
from tests.attendance_samples import Door
from tests.reading import table_rows


def widen(door, places=2):
    """Room in the full workshop, without anybody moving up by itself."""
    with door.app.app_context():
        db.session.get_one(ProgrammeItem, door.dikes.id).maximum = places
        db.session.commit()


def three_for_one_place(door):
    """The public ids of who has the place, who waits first and who waits second."""
    names = (("Eerst", "Plek"), ("Dan", "Wacht"), ("Laatst", "Wacht"))
    people = [door.somebody(*name, phone="+31787701234") for name in names]
    return [door.register(person, door.dikes) for person in people]


def give(browser, door, who, item=None, **options):
    part = f"/{item.public_id}" if item else ""
    return browser.post(door.waiting_list(f"{part}/{who}/plek"), **options)


def states(door):
    with door.app.app_context():
        rows = db.session.query(Registration).order_by(Registration.id)
        return [choice.state for row in rows for choice in row.choices]


def test_nobody_waits(door, organiser):
    assert "Er wacht niemand." in organiser.get(door.waiting_list()).text


def test_line_has_number_name_phone_and_organisation(door, organiser):
    three_for_one_place(door)

    rows = table_rows(organiser.get(door.waiting_list()).text)

    phone = "+31 78 770 12 34"
    assert [row[:4] for row in rows[1:]] == [
        ["1", "Wacht, Dan", phone, "Zwijndrecht"],
        ["2", "Wacht, Laatst", phone, "Zwijndrecht"],
    ]


def test_page_says_until_when_people_move_up(door, organiser, clock, browser_of):
    three_for_one_place(door)
    before = organiser.get(door.waiting_list()).text
    clock.moment = door.meeting.promotes_until
    after = browser_of(door.organiser).get(door.waiting_list()).text

    assert "schuift de eerste op de wachtlijst vanzelf door" in before
    assert "Niemand schuift nu vanzelf door." in after


def test_full_item_has_no_button(door, organiser):
    three_for_one_place(door)

    page = organiser.get(door.waiting_list()).text

    assert "Geef plek" not in page
    assert "Alle plekken zijn bezet." in page


@pytest.mark.on_both
def test_place_goes_to_whom_the_organiser_chooses(door, organiser):
    *_, last = three_for_one_place(door)
    widen(door)

    page = organiser.get(door.waiting_list()).text
    answer = give(organiser, door, last, door.dikes)

    assert page.count("Geef plek") == 2
    assert (answer.status_code, answer.location) == (303, door.waiting_list())
    assert states(door) == [ChoiceState.PLACED, ChoiceState.WAITING, ChoiceState.PLACED]
    with door.app.app_context():
        assert db.session.query(OutboxMail).filter_by(kind=MailKind.PLACE_GIVEN).count() == 1


def test_full_item_refuses_with_a_sentence(door, organiser):
    *_, last = three_for_one_place(door)

    answer = give(organiser, door, last, door.dikes, follow_redirects=True)

    assert "Er is geen plek vrij." in answer.text
    assert states(door)[2] == ChoiceState.WAITING


def test_second_press_says_that_nobody_waits(door, organiser):
    *_, last = three_for_one_place(door)
    widen(door)

    give(organiser, door, last, door.dikes)
    answer = give(organiser, door, last, door.dikes, follow_redirects=True)

    assert "Deze persoon wacht niet meer." in answer.text
    with door.app.app_context():
        assert db.session.get_one(ProgrammeItem, door.dikes.id).taken == 2


@pytest.mark.on_both
def test_place_in_the_meeting_comes_with_the_wishes(app, save, clock, browser_of):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    door.register(door.somebody("Eerst", "Plek"))
    who = door.register(door.somebody("Dan", "Wacht"), door.heat)
    organiser = browser_of(door.organiser)
    full = give(organiser, door, who, follow_redirects=True).text
    with door.app.app_context():
        db.session.get_one(Meeting, door.meeting.id).maximum = 2
        db.session.commit()

    page = organiser.get(door.waiting_list()).text
    give(organiser, door, who)

    assert "Er is geen plek vrij." in full
    assert "Voor de bijeenkomst" in page
    assert door.places() == (2, 0)
    assert states(door) == [ChoiceState.PLACED]


def test_cancelled_meeting_gives_no_places(door, organiser):
    *_, last = three_for_one_place(door)
    widen(door)
    with door.app.app_context():
        db.session.get_one(Meeting, door.meeting.id).state = MeetingState.CANCELLED
        db.session.commit()

    give(organiser, door, last, door.dikes)

    assert states(door)[2] == ChoiceState.WAITING


@pytest.mark.on_both
def test_unknown_keys_are_not_found(door, organiser):
    *_, last = three_for_one_place(door)

    assert give(organiser, door, uuid.uuid4()).status_code == 404
    assert give(organiser, door, uuid.uuid4(), door.dikes).status_code == 404
    assert give(organiser, door, last, door.heat).status_code == 404


@pytest.mark.on_both
def test_number_of_queries_does_not_grow(door, organiser, count_queries):
    def fill(numbers):
        for number in numbers:
            door.register(door.somebody("Anna", f"Jansen{number}"), door.dikes)

    fill(range(4))
    few = count_queries(lambda: organiser.get(door.waiting_list()))
    fill(range(4, 60))
    many = count_queries(lambda: organiser.get(door.waiting_list()))

    assert few == many
