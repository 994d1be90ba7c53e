"""Who may register for what, and when: rules on plain objects, without an application."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kwartaal.domain.admission import (
    check_items,
    check_office,
    check_open,
    check_withdrawal,
    offices_for,
)
from kwartaal.domain.refusals import (
    AlreadyStarted,
    NotAdmitted,
    OfficeNotHeld,
    OneWorkshopPerRound,
    RegistrationClosed,
    RegistrationNotOpenYet,
    UnknownChoice,
    WithdrawalNotNeeded,
)
from kwartaal.domain.registrations import Wish
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Office
from kwartaal.models.programme import ItemKind, ProgrammeItem
from tests.factories import (
    START,
    a_meeting,
    a_person,
    a_round,
    a_workshop,
    an_item,
    an_office,
    an_office_kind,
    an_organisation,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(id=1)


def held(**columns: object) -> Office:
    """An office of a person with a number, as if it came from the database."""
    office = an_office(a_person(id=7), **columns)
    office.person_id = 7
    return office


def test_registration_is_open_from_the_first_moment(meeting: Meeting) -> None:
    check_open(meeting, meeting.registration_opens_at)


def test_registration_is_not_open_a_second_before(meeting: Meeting) -> None:
    with pytest.raises(RegistrationNotOpenYet):
        check_open(meeting, meeting.registration_opens_at - SECOND)


def test_registration_is_open_a_second_before_closing(meeting: Meeting) -> None:
    check_open(meeting, meeting.registration_closes_at - SECOND)


def test_registration_is_closed_at_the_closing_moment(meeting: Meeting) -> None:
    with pytest.raises(RegistrationClosed):
        check_open(meeting, meeting.registration_closes_at)


@pytest.mark.parametrize(
    "state", [MeetingState.CONCEPT, MeetingState.ANNOUNCED, MeetingState.CANCELLED]
)
def test_registration_is_closed_unless_published(meeting: Meeting, state: MeetingState) -> None:
    meeting.state = state

    with pytest.raises(RegistrationClosed):
        check_open(meeting, meeting.registration_opens_at)


def test_registration_is_closed_without_a_closing_moment(meeting: Meeting) -> None:
    meeting.registration_closes_at = None

    with pytest.raises(RegistrationClosed):
        check_open(meeting, START)


def test_registration_without_an_opening_moment_is_open(meeting: Meeting) -> None:
    meeting.registration_opens_at = None

    check_open(meeting, START - timedelta(days=300))


def test_withdrawing_goes_on_until_the_start(meeting: Meeting) -> None:
    check_withdrawal(meeting, meeting.starts_at - SECOND)


def test_withdrawing_ends_at_the_start(meeting: Meeting) -> None:
    with pytest.raises(AlreadyStarted):
        check_withdrawal(meeting, meeting.starts_at)


def test_nobody_need_withdraw_from_what_is_cancelled(meeting: Meeting) -> None:
    meeting.state = MeetingState.CANCELLED

    with pytest.raises(WithdrawalNotNeeded):
        check_withdrawal(meeting, meeting.starts_at - SECOND)


@pytest.mark.parametrize("ends_on", [None, date(2027, 3, 23), date(2027, 3, 24)])
def test_an_office_counts_until_its_last_day(meeting: Meeting, ends_on: date | None) -> None:
    office = held(ends_on=ends_on)

    check_office(office, office.person, meeting)


def test_an_office_that_ended_the_day_before_does_not_count(meeting: Meeting) -> None:
    office = held(ends_on=date(2027, 3, 22))

    with pytest.raises(OfficeNotHeld):
        check_office(office, office.person, meeting)


def test_the_day_is_the_one_in_amsterdam(meeting: Meeting) -> None:
    """23.30 in Amsterdam on the last day; one and a half hours later it is another day."""
    meeting.starts_at = START.replace(hour=22, minute=30)
    office = held(ends_on=date(2027, 3, 23))

    check_office(office, office.person, meeting)

    meeting.starts_at += timedelta(minutes=90)
    with pytest.raises(OfficeNotHeld):
        check_office(office, office.person, meeting)


def test_an_office_of_somebody_else_does_not_count(meeting: Meeting) -> None:
    with pytest.raises(OfficeNotHeld):
        check_office(held(), a_person(id=8), meeting)


def test_a_group_that_is_not_admitted_cannot_come() -> None:
    office = held()

    with pytest.raises(NotAdmitted):
        check_office(office, office.person, a_meeting(audiences=[Audience.BEDRIJF]))


def test_an_office_that_gives_no_group_there_cannot_come(meeting: Meeting) -> None:
    office = held(organisation=an_organisation(kind=OrganisationKind.COMPANY))

    with pytest.raises(NotAdmitted):
        check_office(office, office.person, meeting)


def test_offices_to_come_as_are_held_and_admitted() -> None:
    person = a_person()
    council = an_office(person)
    an_office(person, ends_on=date(2026, 1, 1))
    an_office(person, kind=an_office_kind(audience=Audience.COLLEGE))

    assert offices_for(person, a_meeting(audiences=[Audience.RAAD])) == [council]


def workshop(meeting: Meeting, number: int, round_id: int) -> ProgrammeItem:
    item = a_workshop(a_round(meeting))
    item.id, item.meeting_id, item.round_id = number, 1, round_id
    return item


def test_one_workshop_in_each_round_is_fine(meeting: Meeting) -> None:
    check_items([workshop(meeting, 1, 10), workshop(meeting, 2, 20)], meeting)


def test_two_workshops_in_one_round_are_refused(meeting: Meeting) -> None:
    with pytest.raises(OneWorkshopPerRound):
        check_items([workshop(meeting, 1, 10), workshop(meeting, 2, 10)], meeting)


def test_several_items_outside_rounds_are_fine(meeting: Meeting) -> None:
    lunch, drinks = an_item(meeting, ItemKind.LUNCH), an_item(meeting, ItemKind.DRINKS)
    lunch.meeting_id = drinks.meeting_id = 1

    check_items([lunch, drinks], meeting)


def test_an_item_of_another_meeting_is_refused(meeting: Meeting) -> None:
    elsewhere = workshop(meeting, 1, 10)
    elsewhere.meeting_id = 2

    with pytest.raises(UnknownChoice):
        check_items([elsewhere], meeting)


def test_a_wish_waits_only_where_it_says_so(meeting: Meeting) -> None:
    one, two = workshop(meeting, 1, 10), workshop(meeting, 2, 20)
    wish = Wish(held(), (one, two), waits_for=frozenset({1}))

    assert [wish.accepts_waiting(item) for item in wish.items] == [True, False]


def test_a_wish_can_wait_everywhere(meeting: Meeting) -> None:
    wish = Wish(held(), (), waitlist_if_full=True)

    assert wish.accepts_waiting(workshop(meeting, 1, 10))
