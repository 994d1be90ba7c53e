"""A point on another agenda: a copy there, and nothing becomes more open by it."""

from __future__ import annotations

import pytest

from kwartaal.domain.agenda_transfer import copy_over, dropped_purposes
from kwartaal.domain.preparation_refusals import ClosedStaysWithBody
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose
from tests.factories import a_body, a_meeting, a_person, a_series, an_agenda_item

OPEN, DATE, CLOSED = Openness.OPENBAAR, Openness.DATUM, Openness.BESLOTEN


def a_point(meeting=None, **columns):
    return an_agenda_item(meeting or a_meeting(), **({"openness": OPEN} | columns))


def copy_of(item, target, *others):
    return copy_over(item, [item, *others], target, [])[0][1]


def test_the_copy_has_everything_but_the_identity():
    person = a_person()
    links = [{"label": "Wet", "address": "https://a.nl"}]
    said = {"title": "Wonen", "text": "**Tekst**", "minutes": 20, "speaker": "Vos", "links": links}
    item = a_point(person=person, **said)
    target = a_meeting()

    copy = copy_of(item, target)

    assert {name: getattr(copy, name) for name in said} == said
    assert (copy.meeting, copy.person, copy.openness) == (target, person, OPEN)
    assert copy is not item


def test_it_comes_last_there_and_leaves_the_draft_here():
    item, target = a_point(), a_meeting()
    there = [a_point(target, position=4)]

    pairs = copy_over(item, [item], target, there)

    assert (pairs[0][1].position, item.removed) == (5, True)


def test_subpoints_go_along():
    item = a_point(title="Wonen")
    below = a_point(item.meeting, title="Huur", parent=item, position=1)

    pairs = copy_over(item, [item, below], a_meeting(), [])

    (_old, copy), (_below, copy_below) = pairs
    assert (copy.title, copy_below.title, copy_below.parent) == ("Wonen", "Huur", copy)
    assert below.removed


def test_a_subpoint_alone_becomes_a_point():
    item = a_point()
    below = a_point(item.meeting, parent=item)

    assert copy_of(below, a_meeting(), item).parent is None


def test_purposes_are_those_of_the_other_series_and_what_is_not_offered_is_said():
    here = a_series(purposes=[Purpose(name="Ophalen"), Purpose(name="besluiten")])
    there = a_series(purposes=[Purpose(name="ophalen")])
    meeting = a_meeting(series=here)
    item = a_point(meeting, purpose=here.purposes[0])
    below = [a_point(meeting, parent=item, purpose=here.purposes[1]) for _ in range(2)]

    pairs = copy_over(item, [item, *below], a_meeting(series=there), [])

    assert [copy.purpose for _old, copy in pairs] == [there.purposes[0], None, None]
    assert dropped_purposes(pairs) == ["besluiten"]


@pytest.mark.parametrize(
    ("of_meeting", "of_point", "there"),
    [(OPEN, OPEN, OPEN), (OPEN, DATE, DATE), (DATE, OPEN, DATE), (CLOSED, DATE, CLOSED)],
)
def test_the_strictest_openness_holds(of_meeting, of_point, there):
    series = a_series(body=a_body(id=1), body_id=1)
    item = a_point(a_meeting(series=series, openness=of_meeting), openness=of_point)

    assert copy_of(item, a_meeting(series=series)).openness == there


def test_a_subpoint_of_a_closed_point_is_closed_there():
    item = a_point(openness=CLOSED)
    below = a_point(item.meeting, parent=item)

    assert copy_of(below, a_meeting(), item).openness == CLOSED


@pytest.mark.parametrize("columns", [{"openness": CLOSED}, {"openness": DATE, "shows_title": True}])
def test_what_is_closed_stays_with_its_body(columns):
    meeting = a_meeting(series=a_series(body=a_body(id=1), body_id=1))
    item = a_point(meeting)
    below = a_point(meeting, parent=item, **columns)

    with pytest.raises(ClosedStaysWithBody):
        copy_over(item, [item, below], a_meeting(), [])
    assert not item.removed


@pytest.mark.parametrize("cancelled", ["here", "there"])
def test_a_cancelled_meeting_keeps_its_agenda(cancelled):
    states = {"here": MeetingState.CONCEPT, "there": MeetingState.CONCEPT}
    states[cancelled] = MeetingState.CANCELLED
    item = a_point(a_meeting(state=states["here"]))

    with pytest.raises(CancelledIsFixed):
        copy_over(item, [item], a_meeting(state=states["there"]), [])
