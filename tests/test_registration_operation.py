"""The registration operation on both databases: places, waiting, changing, withdrawing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain.refusals import (
    AlreadyStarted,
    ItemsFull,
    MeetingFull,
    NotRegistered,
    RegistrationClosed,
    UnknownChoice,
    WithdrawalNotNeeded,
)
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Organisation
from kwartaal.models.outbox import MailKind
from kwartaal.models.programme import ProgrammeItem, SignUp
from kwartaal.models.registration import Choice
from tests.conftest import SetClock
from tests.factories import START, a_workshop
from tests.letting_go import commit_and_let_go
from tests.registration_region import Region, Save


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


def test_register_takes_free_places(region: Region) -> None:
    region.register(0, region.one, region.two)

    assert region.standing()[0] == ["placed", "one placed", "two placed"]


def test_register_waits_in_order_when_full(region: Region) -> None:
    for number in range(3):
        region.register(number, region.one)

    assert region.standing()[:3] == [
        ["placed", "one placed"],
        ["placed", "one waiting"],
        ["placed", "one waiting"],
    ]


def test_register_without_waiting_list_stores_nothing_when_full(region: Region) -> None:
    region.register(0, region.one)

    with pytest.raises(ItemsFull):
        region.register(1, region.one, region.two, wait=False)

    assert region.standing()[1] == []


def test_same_wish_twice_mails_once(region: Region) -> None:
    region.register(0, region.one)
    region.register(0, region.one)

    assert region.mails() == [(0, MailKind.REGISTERED)]


def test_changing_a_choice_frees_the_old_place(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)

    region.register(0, region.two)

    assert region.standing()[:2] == [["placed", "two placed"], ["placed", "one placed"]]


def test_registering_takes_a_place_in_the_meeting_and_in_the_workshop(region: Region) -> None:
    region.register(0, region.one)

    assert region.places_of(region.meeting) == (1, 0)
    assert region.places_of(region.one) == (1, 0)


def test_register_waits_only_for_the_item_it_names(region: Region) -> None:
    region.register(0, region.one, region.two)

    region.register(1, region.one, wait=False, waits_for=region.one.id)
    with pytest.raises(ItemsFull) as refused:
        region.register(2, region.one, region.two, wait=False, waits_for=region.one.id)

    assert region.standing()[1] == ["placed", "one waiting"]
    assert [item.id for item in refused.value.items] == [region.two.id]  # type: ignore[attr-defined]


def test_a_full_meeting_refuses_who_does_not_want_to_wait(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    region.register(0)

    with pytest.raises(MeetingFull):
        region.register(1, wait=False)

    assert region.standing()[1] == []


def test_leaving_a_workshop_keeps_the_meeting(region: Region) -> None:
    region.register(0, region.one, region.two)

    region.register(0, region.two)

    assert region.standing()[0] == ["placed", "two placed"]
    assert region.places_of(region.one) == (0, 0)


def test_change_within_a_round_frees_the_old_place_first(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)

    region.register(0, region.beside)

    assert region.standing()[:2] == [["placed", "beside placed"], ["placed", "one placed"]]


def test_choosing_the_same_again_goes_on_with_the_kept_row(region: Region) -> None:
    """The sum of revisions, which is the calendar's SEQUENCE, never falls."""
    sums = []
    for items in ((region.one,), (), (region.one,), (region.two,)):
        region.register(0, *items)
        with region.app.app_context():
            sums.append(sum(choice.revision for choice in db.session.query(Choice)))

    assert sums == sorted(sums)
    assert sums == [1, 2, 3, 5]


def test_registering_again_after_withdrawing_keeps_one_row(region: Region) -> None:
    region.register(0, region.one)
    region.withdraw(0)

    region.register(0, region.one)

    assert region.standing()[0] == ["placed", "one placed"]
    assert [kind for _number, kind in region.mails()] == [
        MailKind.REGISTERED,
        MailKind.WITHDRAWN,
        MailKind.REGISTERED,
    ]


def test_each_change_mails_once(region: Region) -> None:
    region.register(0, region.one)
    region.register(0, region.two)
    region.register(0, region.two)

    assert region.mails() == [(0, MailKind.REGISTERED)] * 2


def test_an_item_without_sign_up_cannot_be_chosen(region: Region) -> None:
    region.change(ProgrammeItem, region.one.id, sign_up=SignUp.NONE, maximum=None)

    with pytest.raises(UnknownChoice):
        region.register(0, region.one)


def test_an_item_that_is_not_on_the_site_yet_cannot_be_chosen(region: Region) -> None:
    with region.writing():
        beside = db.session.get_one(ProgrammeItem, region.two.id)
        draft = a_workshop(beside.round or beside, 1)
        db.session.add(draft)
        commit_and_let_go()

    with pytest.raises(UnknownChoice):
        region.register(0, draft)


def test_what_one_has_stays_when_sign_up_is_taken_away(region: Region) -> None:
    region.register(0, region.one)
    region.change(ProgrammeItem, region.one.id, sign_up=SignUp.NONE, maximum=None)

    region.register(0, region.one, region.two)

    assert region.standing()[0] == ["placed", "one placed", "two placed"]


def test_registering_is_refused_after_closing(region: Region) -> None:
    region.clock.moment = START - timedelta(days=4)

    with pytest.raises(RegistrationClosed):
        region.register(0)


def test_office_organisation_and_group_stay_as_they_were(region: Region) -> None:
    region.register(0)
    with region.writing():
        organisation = region.registration_of(0).organisation
        assert organisation is not None
        name = organisation.name
        db.session.get_one(Organisation, organisation.id).name = "Nieuwe naam"

    with region.app.app_context():
        kept = region.registration_of(0)
        assert (kept.organisation_name, kept.audience) == (name, "raad")


def test_withdrawing_after_the_start_is_refused(region: Region) -> None:
    region.register(0)
    region.clock.moment = START

    with pytest.raises(AlreadyStarted):
        region.withdraw(0)


def test_withdrawing_from_a_cancelled_meeting_is_refused(region: Region) -> None:
    region.register(0)
    region.change(Meeting, region.meeting.id, state=MeetingState.CANCELLED)

    with pytest.raises(WithdrawalNotNeeded):
        region.withdraw(0)


def test_withdrawing_twice_is_refused(region: Region) -> None:
    region.register(0)
    region.withdraw(0)

    with pytest.raises(NotRegistered):
        region.withdraw(0)


def test_who_waits_for_the_meeting_changes_wishes(app: Flask, save: Save, clock: SetClock) -> None:
    region = Region(app, save, clock, maximum=1)
    region.register(0, region.one)
    region.register(1, region.one)

    region.register(1, region.two, wait=False)

    assert region.standing()[1] == ["waiting", "two wish"]
    assert region.places_of(region.two) == (0, 0)
