"""The rules of a meeting's data and of registering for it, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwartaal.domain import meetings
from kwartaal.domain.change_refusals import ItemInSkippedHour
from kwartaal.domain.meetings import Terms, Texts, TimeAndPlace
from kwartaal.domain.preparation_refusals import (
    ClosesAfterNewStart,
    ClosesAfterStart,
    EndsBeforeStart,
    MeetingTooLong,
    OnlyBodiesClose,
    OpensAfterClosing,
    PromotesAfterStart,
)
from kwartaal.domain.refusals import (
    CancelledIsFixed,
    DateOrPlaceChanged,
    ItemOutsideMeeting,
    NobodyAdmitted,
    RegistrationWindowMissing,
)
from kwartaal.domain.working_days import default_promotes_until
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Role
from tests.factories import START, a_body, a_meeting, a_series, a_venue, an_item, staff

HOUR = timedelta(hours=1)
EVERYBODY = frozenset(Audience)
CLERK = staff(Role.GRIFFIE)


def a_concept(**columns):
    return a_meeting(state=MeetingState.CONCEPT, slug="", **columns)


def when(meeting, **changes):
    now = meetings.time_and_place(meeting)
    values = vars(now) | changes
    return TimeAndPlace(**values)


def texts(title="Titel", openness=Openness.OPENBAAR):
    return Texts(title, openness)


def terms(**changes):
    values = {
        "audiences": EVERYBODY,
        "maximum": None,
        "opens_at": None,
        "closes_at": START - timedelta(days=4),
        "promotes_until": None,
    }
    return Terms(**(values | changes))


@pytest.mark.parametrize("ends_at", [START, START - HOUR])
def test_the_end_comes_after_the_start(ends_at):
    with pytest.raises(EndsBeforeStart):
        meetings.check_period(START, ends_at)


def test_a_meeting_lasts_a_week_at_most():
    meetings.check_period(START, START + timedelta(days=7))
    with pytest.raises(MeetingTooLong):
        meetings.check_period(START, START + timedelta(days=7, minutes=1))


@pytest.mark.parametrize("openness", [Openness.BESLOTEN, Openness.DATUM])
def test_only_a_meeting_of_a_body_is_closed(openness):
    meetings.check_openness(a_series(body=a_body()), openness)
    with pytest.raises(OnlyBodiesClose):
        meetings.check_openness(a_series(), openness)


def test_usual_terms_admit_all_seven_groups_until_noon_of_the_last_working_day():
    noon = datetime(2027, 3, 22, 11, tzinfo=UTC)

    assert meetings.usual_terms(a_series(), START) == Terms(EVERYBODY, None, None, noon, noon)


def test_usual_terms_of_a_body_ask_nobody_to_register():
    series = a_series(body=a_body())

    assert meetings.usual_terms(series, START).closes_at is None
    assert meetings.usual_terms(series, START).audiences == frozenset()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closes_at": START + timedelta(minutes=1)}, ClosesAfterStart),
        ({"opens_at": START - timedelta(days=4)}, OpensAfterClosing),
        ({"opens_at": START - HOUR}, OpensAfterClosing),
        ({"audiences": frozenset()}, NobodyAdmitted),
        ({"closes_at": None, "opens_at": START - HOUR}, RegistrationWindowMissing),
        ({"promotes_until": START + timedelta(minutes=1)}, PromotesAfterStart),
    ],
)
def test_terms_that_contradict_each_other_are_refused(changes, refusal):
    with pytest.raises(refusal):
        meetings.check_terms(terms(**changes), START)


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": START, "promotes_until": START},
        {"opens_at": START - timedelta(days=5)},
        {"closes_at": None, "audiences": frozenset()},
    ],
)
def test_terms_at_their_edge_are_fine(changes):
    meetings.check_terms(terms(**changes), START)


def test_change_of_a_cancelled_meeting_is_refused():
    meeting = a_meeting(state=MeetingState.CANCELLED)

    with pytest.raises(CancelledIsFixed):
        meetings.change(meeting, texts(), when(meeting), [], CLERK, START)


@pytest.mark.parametrize("state", [MeetingState.ANNOUNCED, MeetingState.PUBLISHED])
@pytest.mark.parametrize(
    "moved",
    [
        {"starts_at": START + HOUR},
        {"ends_at": START + 5 * HOUR},
        {"venue": None},
        {"is_digital": True},
    ],
)
def test_date_time_and_place_are_fixed_once_announced(state, moved):
    meeting = a_meeting(state=state, is_digital=False)

    with pytest.raises(DateOrPlaceChanged):
        meetings.change(meeting, texts(), when(meeting, **moved), [], CLERK, START)


def test_texts_of_a_published_meeting_change_and_its_address_stays():
    meeting = a_meeting(slug="oud")

    meetings.change(meeting, texts("Nieuw"), when(meeting), [], CLERK, START)

    assert (meeting.title, meeting.slug) == ("Nieuw", "oud")


def moved(meeting, days, programme=()):
    """Move a concept by days; its address is not looked at here."""
    span = timedelta(days=days)
    later = when(meeting, starts_at=meeting.starts_at + span, ends_at=meeting.ends_at + span)
    meetings._move(meeting, later, programme)


def test_to_another_day_the_programme_keeps_its_time_of_day_over_the_change_of_the_clock():
    meeting = a_concept()
    item = an_item(meeting, starts_at=START + HOUR)  # 13.00 in winter time

    moved(meeting, 7, [item])  # 30 March is in summer time: 13.00 is an hour earlier in UTC
    meeting.starts_at = START + timedelta(days=7)

    assert item.starts_at == START + timedelta(days=7)


def test_a_part_in_the_hour_that_the_clock_skips_cannot_come_along():
    """2.00 to 3.00 on 28 March 2027 is no time at all."""
    night = datetime(2027, 3, 23, 0, 0, tzinfo=UTC)  # 1.00 in Amsterdam
    meeting = a_concept(starts_at=night)
    part = an_item(meeting, starts_at=night + HOUR, ends_at=night + 2 * HOUR)
    to = when(meeting, starts_at=night + timedelta(days=5), ends_at=night + timedelta(days=5.5))

    with pytest.raises(ItemInSkippedHour):
        meetings.change(meeting, texts(), to, [part], CLERK, START)


def test_usual_terms_follow_to_another_day():
    meeting = a_concept(
        registration_opens_at=None,
        registration_closes_at=default_promotes_until(START),
        promotes_until=default_promotes_until(START),
    )

    moved(meeting, 1)

    tomorrow = default_promotes_until(START + timedelta(days=1))
    assert (meeting.registration_closes_at, meeting.promotes_until) == (tomorrow, tomorrow)


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"registration_closes_at": START - timedelta(days=4)}, ClosesAfterNewStart),
        (
            {
                "registration_opens_at": START - timedelta(days=5),
                "registration_closes_at": default_promotes_until(START),
            },
            OpensAfterClosing,
        ),
        (
            {
                "registration_opens_at": None,
                "registration_closes_at": None,
                "promotes_until": START - timedelta(days=2),
            },
            PromotesAfterStart,
        ),
    ],
)
def test_terms_of_their_own_must_fit_an_earlier_day(columns, refusal):
    meeting = a_concept(**columns)

    with pytest.raises(refusal):
        moved(meeting, -7)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"starts_at": START + HOUR}, "starts_at"), ({"ends_at": START + HOUR}, "ends_at")],
)
def test_a_shorter_day_must_hold_the_programme(changes, field):
    meeting = a_concept()
    programme = [an_item(meeting), an_item(meeting, starts_at=START + HOUR)]

    with pytest.raises(ItemOutsideMeeting) as refused:
        meetings.check_inside(programme, when(meeting, **changes))

    assert refused.value.field == field


def test_rooms_of_another_venue_are_let_go():
    meeting, elsewhere = a_concept(), a_venue()
    kept, lost = an_item(meeting), an_item(meeting)
    kept.room, lost.room = elsewhere.rooms[0], meeting.venue.rooms[0]

    assert meetings.leave_rooms(elsewhere, [kept, lost, an_item(meeting)]) == 1
    assert (kept.room, lost.room) == (elsewhere.rooms[0], None)
