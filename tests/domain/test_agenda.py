"""The rules of an agenda, without a database."""

from __future__ import annotations

import uuid

import pytest

from kwartaal.domain import agenda
from kwartaal.domain.agenda import Point
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from tests.factories import a_meeting, a_person, an_agenda_item, an_office


def a_point(**changes):
    return Point(**({"title": "Titel", "openness": Openness.OPENBAAR} | changes))


def test_add_gives_the_next_number():
    meeting = a_meeting()
    there = an_agenda_item(meeting, position=3)

    item = agenda.add(meeting, a_point(minutes=5), [there], uuid.uuid4())

    assert (item.title, item.position, item.minutes) == ("Titel", 4, 5)


@pytest.mark.parametrize(
    ("openness", "kept"), [(Openness.OPENBAAR, False), (Openness.BESLOTEN, True)]
)
def test_only_a_closed_point_has_a_title_that_may_be_read(openness, kept):
    item = an_agenda_item(a_meeting())

    agenda.change(item, a_point(openness=openness, shows_title=True))

    assert item.shows_title is kept


def test_remove_leaves_the_row_for_versions_that_are_out():
    item = an_agenda_item(a_meeting())

    agenda.take_out(item, [item])

    assert item.removed


@pytest.mark.parametrize(("last", "only"), [(None, True), (0, True), (1, False), (2, False)])
def test_before_the_first_programme_a_point_is_only_a_draft(last, only):
    assert agenda.is_only_draft(last) is only


def test_move_changes_numbers():
    meeting = a_meeting()
    first, second = (an_agenda_item(meeting, position=n) for n in (1, 2))

    agenda.move(second, [first, second], earlier=True)

    assert (second.position, first.position) == (1, 2)


def test_a_cancelled_meeting_keeps_its_agenda():
    item = an_agenda_item(a_meeting(state=MeetingState.CANCELLED))

    for act in (
        lambda: agenda.change(item, a_point()),
        lambda: agenda.take_out(item, [item]),
        lambda: agenda.move(item, [item], earlier=True),
        lambda: agenda.move_before(item, [item], None),
        lambda: agenda.name_speaker(item, an_office(a_person())),
    ):
        with pytest.raises(CancelledIsFixed):
            act()
