"""The rules of a programme, without a database."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from kwartaal.domain import programme as rules
from kwartaal.domain.preparation_refusals import (
    EndsBeforeStart,
    ItemWasAttended,
    ItemWasChosen,
    MaximumMissing,
    MaximumWithoutLimit,
    RoundHasWorkshops,
    RoundIsFixed,
    SignUpInUse,
)
from kwartaal.domain.programme import Details
from kwartaal.domain.refusals import (
    CancelledIsFixed,
    ItemOutsideMeeting,
    RoomElsewhere,
    RoundsOverlap,
    WorkshopOutsideRound,
)
from kwartaal.models.meeting import MeetingState
from kwartaal.models.programme import ItemKind, SignUp
from kwartaal.models.usage import ItemUse
from kwartaal.models.venue import Room
from tests.factories import START, a_meeting, a_round, a_workshop, an_item

HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)


def details(kind=ItemKind.PLENARY, start=0.0, hours=1.0, **changes):
    starts_at = START + start * HOUR
    return Details(kind, "Titel", starts_at, starts_at + hours * HOUR, **changes)


def span(item):
    return ((item.starts_at - START) / HOUR, (item.ends_at - START) / HOUR)


def add(meeting, wanted, programme=()):
    return rules.add(meeting, wanted, list(programme), uuid.uuid4())


def test_add_puts_the_item_after_what_stands_there():
    meeting = a_meeting()
    there = an_item(meeting, position=4)

    item = add(meeting, details(), [there])

    assert (item.title, item.kind, item.position) == ("Titel", ItemKind.PLENARY, 5)


def test_add_a_limited_item_takes_the_maximum():
    meeting = a_meeting()

    item = add(meeting, details(sign_up=SignUp.LIMITED, maximum=30))

    assert (item.sign_up, item.maximum) == (SignUp.LIMITED, 30)


@pytest.mark.parametrize("sign_up", [SignUp.OPEN, SignUp.NONE])
def test_a_maximum_without_a_limit_is_refused(sign_up):
    with pytest.raises(MaximumWithoutLimit) as refused:
        add(a_meeting(), details(sign_up=sign_up, maximum=30))

    assert refused.value.field == "maximum"


@pytest.mark.parametrize(
    ("wanted", "refusal", "field"),
    [
        (details(hours=0), EndsBeforeStart, "ends_at"),
        (details(start=-0.5), ItemOutsideMeeting, "starts_at"),
        (details(start=6), ItemOutsideMeeting, "starts_at"),
        (details(start=5.5), ItemOutsideMeeting, "ends_at"),
        (details(sign_up=SignUp.LIMITED), MaximumMissing, "maximum"),
        (details(room=Room(name="Elders", venue_id=99)), RoomElsewhere, "room"),
    ],
)
def test_add_refuses_what_does_not_fit_the_meeting(wanted, refusal, field):
    with pytest.raises(refusal) as refused:
        add(a_meeting(), wanted)

    assert refused.value.field == field


def test_add_to_a_cancelled_meeting_is_refused():
    with pytest.raises(CancelledIsFixed):
        add(a_meeting(state=MeetingState.CANCELLED), details())


@pytest.mark.parametrize(
    ("start", "hours", "field"),
    [(1.5, 1, "starts_at"), (0.5, 1, "ends_at"), (1, 1, "starts_at"), (0.5, 3, "ends_at")],
)
def test_rounds_never_overlap(start, hours, field):
    meeting = a_meeting()
    there = a_round(meeting)

    with pytest.raises(RoundsOverlap) as refused:
        add(meeting, details(ItemKind.ROUND, start, hours), [there])

    assert refused.value.field == field


@pytest.mark.parametrize("start", [0, 2])
def test_rounds_may_touch(start):
    meeting = a_meeting()

    item = add(meeting, details(ItemKind.ROUND, start), [a_round(meeting, position=1)])

    assert span(item) == (start, start + 1)


def test_a_part_for_everybody_may_run_beside_a_round():
    meeting = a_meeting()

    item = add(meeting, details(start=1), [a_round(meeting, position=1)])

    assert span(item) == (1, 2)


@pytest.mark.parametrize(("start", "hours", "field"), [(0.5, 1, "starts_at"), (1.5, 1, "ends_at")])
def test_a_workshop_lies_inside_its_round(start, hours, field):
    meeting = a_meeting()
    round_ = a_round(meeting)

    with pytest.raises(WorkshopOutsideRound) as refused:
        add(meeting, details(ItemKind.WORKSHOP, start, hours, round=round_), [round_])

    assert refused.value.field == field


def change(item, wanted, programme, **use):
    """Change an item to one without sign-up: places are counted in the database."""
    rules.change(item, wanted, programme, ItemUse(**use), START)


def test_a_round_that_moves_takes_its_workshops_along():
    meeting = a_meeting()
    round_ = a_round(meeting)
    workshop = a_workshop(round_)
    workshop.ends_at -= HALF

    change(round_, details(ItemKind.ROUND, 3), [round_, workshop])

    assert (span(round_), span(workshop)) == ((3, 4), (3, 3.5))


def test_a_round_that_grows_is_still_filled_by_the_workshops_that_filled_it():
    meeting = a_meeting()
    round_ = a_round(meeting)
    whole, half = a_workshop(round_), a_workshop(round_)
    half.ends_at -= HALF

    change(round_, details(ItemKind.ROUND, 1, 2), [round_, whole, half])

    assert (span(whole), span(half)) == ((1, 3), (1, 1.5))


def test_a_round_cannot_shrink_past_a_workshop_with_times_of_its_own():
    meeting = a_meeting()
    round_ = a_round(meeting)
    late = a_workshop(round_)
    late.starts_at += HALF

    with pytest.raises(WorkshopOutsideRound):
        change(round_, details(ItemKind.ROUND, 1, 0.75), [round_, late])


def a_day():
    """Two rounds and a workshop in the first."""
    meeting = a_meeting()
    one, two = a_round(meeting, title="Een"), a_round(meeting, 3, title="Twee")
    return [one, two, a_workshop(one)]


def test_a_workshop_nobody_chose_goes_to_another_round_and_fills_it():
    one, two, workshop = programme = a_day()

    change(workshop, details(ItemKind.WORKSHOP, 1, round=two), programme)

    assert (workshop.round, span(workshop)) == (two, (3, 4))


def test_a_workshop_somebody_chose_stays_in_its_round():
    _one, two, workshop = programme = a_day()

    with pytest.raises(RoundIsFixed):
        change(workshop, details(ItemKind.WORKSHOP, 3, round=two), programme, choices=1)


def test_sign_up_stays_on_while_somebody_counts_on_it():
    meeting = a_meeting()
    lunch = an_item(meeting, ItemKind.LUNCH, sign_up=SignUp.OPEN)

    with pytest.raises(SignUpInUse):
        change(lunch, details(ItemKind.LUNCH), [lunch], choices=1, live_choices=1)


def test_sign_up_goes_off_when_everybody_withdrew():
    meeting = a_meeting()
    lunch = an_item(meeting, ItemKind.LUNCH, sign_up=SignUp.LIMITED, maximum=9)

    change(lunch, details(ItemKind.LUNCH, maximum=9), [lunch], choices=3)

    assert (lunch.sign_up, lunch.maximum) == (SignUp.NONE, None)


@pytest.mark.parametrize(
    ("use", "refusal"),
    [(ItemUse(choices=1), ItemWasChosen), (ItemUse(marks=1), ItemWasAttended)],
)
def test_what_people_used_stays(use, refusal):
    item = an_item(a_meeting())

    with pytest.raises(refusal):
        rules.check_removable(item, [item], use)


def test_a_round_with_workshops_stays():
    one, _two, _workshop = programme = a_day()

    with pytest.raises(RoundHasWorkshops):
        rules.check_removable(one, programme, ItemUse())


def test_an_empty_round_may_go():
    _one, two, _workshop = programme = a_day()

    rules.check_removable(two, programme, ItemUse())


def test_code_of_counts_rounds_and_workshops_in_order():
    meeting = a_meeting()
    two, one = a_round(meeting, 3), a_round(meeting, 1)
    b, a = a_workshop(two, position=2), a_workshop(two, position=1)
    programme = [two, one, b, a]

    assert [rules.code_of(item, programme) for item in (a, b)] == ["2A", "2B"]
