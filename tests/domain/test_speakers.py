"""Who speaks in a part of the programme, without a database."""

from __future__ import annotations

import uuid

import pytest

from kwartaal.domain import speakers
from kwartaal.domain.preparation_refusals import AlreadySpeaker, SpeakerWasMarked
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.models.meeting import MeetingState
from tests.factories import a_meeting, a_person, an_item


def add(item, name, part="", person=None):
    return speakers.add(item, name, part, person, uuid.uuid4())


@pytest.fixture
def item():
    return an_item(a_meeting())


def test_add_puts_somebody_at_the_end(item):
    add(item, "Els Prins", "spreker")
    add(item, "Joris Vos", "gespreksleider")

    listed = [(one.name, one.part, one.position) for one in item.speakers]
    assert listed == [("Els Prins", "spreker", 1), ("Joris Vos", "gespreksleider", 2)]


def test_add_the_same_name_twice_is_refused(item):
    add(item, "Els Prins")

    with pytest.raises(AlreadySpeaker):
        add(item, "ELS PRINS")


def test_add_the_same_person_twice_is_refused(item):
    person = a_person("Els", "Prins")
    add(item, "Els Prins", person=person)

    with pytest.raises(AlreadySpeaker):
        add(item, "Els Prins", person=person)


def test_two_people_may_have_one_name(item):
    add(item, "Els Prins")

    assert add(item, "Els Prins", person=a_person("Els", "Prins")).position == 2


def test_add_to_a_cancelled_meeting_is_refused():
    with pytest.raises(CancelledIsFixed):
        add(an_item(a_meeting(state=MeetingState.CANCELLED)), "Els Prins")


def test_remove_takes_somebody_out(item):
    speaker = add(item, "Els Prins")

    speakers.remove(speaker, marked=False)

    assert item.speakers == []


def test_whose_presence_was_written_down_stays(item):
    speaker = add(item, "Els Prins")

    with pytest.raises(SpeakerWasMarked):
        speakers.remove(speaker, marked=True)


def test_move_changes_the_order(item):
    first, second = add(item, "Els Prins"), add(item, "Joris Vos")

    speakers.move(second, earlier=True)

    assert (second.position, first.position) == (1, 2)
