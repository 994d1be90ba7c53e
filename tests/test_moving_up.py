"""Who moves up, and when: by itself, by another maximum, or by the organiser; on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from kwartaal.domain.refusals import (
    MaximumBelowTaken,
    NobodyWaiting,
    NoRoom,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind
from kwartaal.models.ranks import item_ranks, meeting_ranks
from tests.conftest import SetClock
from tests.factories import START
from tests.registration_region import Region, Save


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


def test_withdraw_gives_the_place_to_the_first_in_line(region: Region) -> None:
    for number in range(3):
        region.register(number, region.one)

    region.withdraw(0)

    assert region.standing()[:3] == [
        ["withdrawn"],
        ["placed", "one placed"],
        ["placed", "one waiting"],
    ]


def test_withdraw_mails_who_left_and_who_moved_up(region: Region) -> None:
    for number in range(2):
        region.register(number, region.one)

    region.withdraw(0)

    assert region.mails()[2:] == [(1, MailKind.PLACE_GIVEN), (0, MailKind.WITHDRAWN)]


def test_full_meeting_keeps_choices_as_wishes_until_a_place_comes(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    region.register(0, region.one)
    region.register(1, region.one, region.two)
    waiting = region.standing()[1]

    region.withdraw(0)

    assert waiting == ["waiting", "one wish", "two wish"]
    assert region.standing()[:2] == [["withdrawn"], ["placed", "one placed", "two placed"]]


def test_after_the_set_moment_nobody_moves_up_by_itself(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)
    region.pass_set_moment()

    region.withdraw(0)

    assert region.standing()[:2] == [["withdrawn"], ["placed", "one waiting"]]


def test_nobody_passes_those_who_wait(region: Region) -> None:
    """A place freed after the set moment stays free, but not for a newcomer."""
    region.register(0, region.one)
    region.register(1, region.one)
    region.change(Meeting, region.meeting.id, promotes_until=region.clock())
    region.withdraw(0)

    region.register(2, region.one)

    assert region.standing()[1:3] == [["placed", "one waiting"], ["placed", "one waiting"]]


def test_leaving_a_waiting_list_lets_the_next_move_on(region: Region) -> None:
    for number in range(3):
        region.register(number, region.one)

    region.register(1)

    assert region.standing()[1:3] == [["placed"], ["placed", "one waiting"]]
    assert region.places_of(region.one) == (1, 1)


def test_withdrawing_from_the_line_of_a_meeting_moves_nobody(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    for number in range(3):
        region.register(number)

    region.withdraw(1)

    assert region.standing()[:3] == [["placed"], ["withdrawn"], ["waiting"]]
    assert region.places_of(region.meeting) == (1, 1)


def test_moving_up_in_the_meeting_joins_the_line_of_a_full_workshop(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=3)
    region.register(0, region.one)
    region.register(1, region.one)
    region.register(2, region.two)
    region.register(3, region.one, region.two)

    region.withdraw(2)

    assert region.standing()[3] == ["placed", "one waiting", "two placed"]
    with app.app_context():
        assert sorted(item_ranks([region.one.id]).values()) == [1, 2]
    assert region.mails()[-1] == (3, MailKind.MEETING_PLACE_GIVEN)


def test_a_higher_maximum_places_those_who_wait_in_order(region: Region) -> None:
    for number in range(4):
        region.register(number, region.one)

    region.change_maximum(region.one, 3)

    assert [one[-1] for one in region.standing()[:4]] == [
        "one placed",
        "one placed",
        "one placed",
        "one waiting",
    ]
    assert region.places_of(region.one) == (3, 1)


def test_a_later_set_moment_gives_the_places_that_stayed_free(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)
    region.pass_set_moment()
    region.withdraw(0)
    region.change(Meeting, region.meeting.id, promotes_until=START)

    region.change_maximum(region.meeting, None)

    assert region.standing()[1] == ["placed", "one placed"]
    assert region.mails()[-1] == (1, MailKind.PLACE_GIVEN)


def test_no_maximum_places_everybody(region: Region) -> None:
    for number in range(4):
        region.register(number, region.one)

    region.change_maximum(region.one, None)

    assert region.places_of(region.one) == (4, 0)


def test_a_maximum_below_the_places_taken_is_refused(region: Region) -> None:
    region.change_maximum(region.one, 3)
    for number in range(3):
        region.register(number, region.one)

    with pytest.raises(MaximumBelowTaken) as refused:
        region.change_maximum(region.one, 2)

    assert refused.value.values == {"taken": 3}


def test_a_higher_maximum_of_the_meeting_places_those_who_wait(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    for number in range(4):
        region.register(number, region.one)

    region.change_maximum(region.meeting, 3)

    assert [one[0] for one in region.standing()[:4]] == ["placed", "placed", "placed", "waiting"]
    assert region.places_of(region.meeting) == (3, 1)
    assert region.places_of(region.one) == (1, 2)


def test_the_organiser_gives_a_place_in_any_order(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)
    region.register(2, region.one)
    region.pass_set_moment()
    region.withdraw(0)

    region.give_place(2, region.one)

    assert region.standing()[1:3] == [["placed", "one waiting"], ["placed", "one placed"]]
    assert region.mails()[-1] == (2, MailKind.PLACE_GIVEN)


def test_the_organiser_gives_no_place_that_is_not_there(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)

    with pytest.raises(NoRoom):
        region.give_place(1, region.one)


def test_the_organiser_gives_a_place_once(region: Region) -> None:
    region.register(0, region.one)

    with pytest.raises(NobodyWaiting):
        region.give_place(0, region.one)


def test_the_organiser_gives_a_place_in_the_meeting(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    for number in range(3):
        region.register(number, region.one)
    region.pass_set_moment()
    region.withdraw(0)

    region.give_meeting_place(2)

    assert region.standing()[1:3] == [["waiting", "one wish"], ["placed", "one placed"]]


def test_the_organiser_gives_no_place_in_a_full_meeting(
    app: Flask, save: Save, clock: SetClock
) -> None:
    region = Region(app, save, clock, maximum=1)
    region.register(0)
    region.register(1)

    with pytest.raises(NoRoom):
        region.give_meeting_place(1)
    with pytest.raises(NobodyWaiting):
        region.give_meeting_place(0)


def test_ranks_count_from_one_in_each_line(app: Flask, save: Save, clock: SetClock) -> None:
    region = Region(app, save, clock, maximum=2)
    for number in range(5):
        region.register(number, region.one)

    with app.app_context():
        in_line = meeting_ranks([region.meeting.id])
        assert [in_line.get(region.registration_of(number).id) for number in range(5)] == [
            None,
            None,
            1,
            2,
            3,
        ]
        assert list(item_ranks([region.one.id]).values()) == [1]
