"""Rooms in use: by one item at a time, set-up counted, and never over their capacity."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from kwartaal.domain import programme as rules
from kwartaal.domain import programme_order as order
from kwartaal.domain.preparation_refusals import (
    MaximumAboveRoom,
    RoomTaken,
    RoomTakenByClosed,
    RoomTakenElsewhere,
)
from kwartaal.domain.programme import Details
from kwartaal.domain.rooms import clashes
from kwartaal.models.programme import ItemKind, SignUp
from kwartaal.models.room_use import Booking
from kwartaal.models.usage import ItemUse
from kwartaal.models.venue import Room
from tests.factories import START, a_meeting, a_round, a_workshop, an_item

HOUR = timedelta(hours=1)


@pytest.fixture
def room():
    return Room(id=7, name="Kil", capacity=30)


def booked(room, title="Overleg", start=0.0, hours=1.0):
    starts_at = START + start * HOUR
    return Booking(room.id, starts_at, starts_at + hours * HOUR, title, title and "Kamer")


def add(wanted_room, programme=(), elsewhere=(), start=0.0, **columns):
    meeting = programme[0].meeting if programme else a_meeting()
    starts_at = START + start * HOUR
    details = Details(
        ItemKind.PLENARY, "Nieuw", starts_at, starts_at + HOUR, room=wanted_room, **columns
    )
    return rules.add(meeting, details, list(programme), uuid.uuid4(), elsewhere)


def said(refusal):
    return refusal.message % refusal.values


def test_a_room_in_use_at_the_time_is_refused_with_the_name_of_what_is_there(room):
    there = an_item(a_meeting(), title="Lunch", room=room, position=1)

    with pytest.raises(RoomTaken) as refused:
        add(room, [there], start=0.5)

    assert refused.value.field == "room"
    assert said(refused.value) == (
        "‘Nieuw’ kan niet in zaal ‘Kil’: daar is dan ‘Lunch’. Opbouwen telt mee."
    )


def test_what_is_cancelled_gives_its_room_back(room):
    there = an_item(a_meeting(), title="Lunch", room=room, position=1, cancelled_at=START)

    assert add(room, [there], start=0.5).room is room


def test_what_is_cancelled_clashes_with_nothing(room):
    meeting = a_meeting()
    items = [an_item(meeting, room=room, position=n) for n in (1, 2)]
    items[0].cancelled_at = START

    found = [said(refusal) for refusal in clashes(items, [booked(room)])]
    assert found == [
        f"‘{items[1].title}’ kan niet in zaal ‘Kil’: daar is dan ‘Overleg’ van een andere "
        "bijeenkomst, ‘Kamer’."
    ]


@pytest.mark.parametrize("setup_minutes", [1, 600])
def test_setting_up_counts(room, setup_minutes):
    there = an_item(a_meeting(), room=room, position=1)

    with pytest.raises(RoomTaken):
        add(room, [there], start=1, setup_minutes=setup_minutes)


def test_setting_up_of_what_stands_there_counts_too(room):
    meeting = a_meeting()
    there = an_item(meeting, room=room, starts_at=START + HOUR, setup_minutes=15, position=1)

    with pytest.raises(RoomTaken):
        add(room, [there])


def test_a_room_is_free_from_the_minute_the_other_ends(room):
    there = an_item(a_meeting(), room=room, position=1)

    assert add(room, [there], start=1).room is room


def test_another_room_of_the_same_name_is_another_room(room):
    there = an_item(a_meeting(), room=Room(name="Kil"), position=1)

    assert add(room, [there]).room is room


@pytest.mark.parametrize(
    ("title", "refusal", "sentence"),
    [
        (
            "Overleg",
            RoomTakenElsewhere,
            "‘Nieuw’ kan niet in zaal ‘Kil’: daar is dan ‘Overleg’ van een andere "
            "bijeenkomst, ‘Kamer’.",
        ),
        (
            None,
            RoomTakenByClosed,
            "‘Nieuw’ kan niet in zaal ‘Kil’: die is dan van een besloten bijeenkomst.",
        ),
    ],
)
def test_a_room_in_use_by_another_meeting_is_refused(room, title, refusal, sentence):
    with pytest.raises(refusal) as refused:
        add(room, elsewhere=[booked(room, title, start=0.5)])

    assert said(refused.value) == sentence


def test_another_meeting_in_another_room_or_at_another_time_is_fine(room):
    elsewhere = [booked(Room(id=8, name="Merwede")), booked(room, start=1)]

    assert add(room, elsewhere=elsewhere).room is room


def test_a_clash_of_others_does_not_stop_a_change(room):
    meeting = a_meeting()
    one, two = (an_item(meeting, room=room, position=n) for n in (1, 2))
    three = an_item(meeting, ItemKind.BREAK, position=3)
    details = Details(ItemKind.BREAK, "Thee", three.starts_at, three.ends_at)

    rules.change(three, details, [one, two, three], ItemUse(), START)

    assert three.title == "Thee"


def test_a_round_that_moves_takes_its_workshops_into_a_room_in_use(room):
    meeting = a_meeting()
    round_ = a_round(meeting)
    workshop = a_workshop(round_, room=room)
    lunch = an_item(meeting, starts_at=START + 3 * HOUR, room=room)
    later = Details(ItemKind.ROUND, "Ronde", START + 3 * HOUR, START + 4 * HOUR)

    with pytest.raises(RoomTaken):
        rules.change(round_, later, [round_, workshop, lunch], ItemUse(), START)


def test_move_into_a_room_that_another_meeting_uses_is_refused(room):
    meeting = a_meeting()
    first = an_item(meeting)
    second = an_item(meeting, starts_at=START + HOUR, room=room)

    with pytest.raises(RoomTakenElsewhere):
        order.move(second, [first, second], [booked(room)], earlier=True)


def test_more_places_than_seats_are_refused(room):
    with pytest.raises(MaximumAboveRoom) as refused:
        add(room, sign_up=SignUp.LIMITED, maximum=31)

    assert (refused.value.field, said(refused.value)) == (
        "maximum",
        "Het maximum van zaal ‘Kil’ is 30. Kies voor ‘Nieuw’ niet meer plekken.",
    )


@pytest.mark.parametrize("capacity", [30, None])
def test_as_many_places_as_seats_are_fine_and_so_is_a_room_of_unknown_size(capacity):
    room = Room(name="Kil", capacity=capacity)

    assert add(room, sign_up=SignUp.LIMITED, maximum=30).maximum == 30


def test_clashes_names_each_pair_once(room):
    meeting = a_meeting()
    items = [an_item(meeting, title=title, room=room) for title in ("Een", "Twee", "Drie")]

    found = [(one.values["title"], one.values["other"]) for one in clashes(items, [])]

    assert found == [("Twee", "Een"), ("Drie", "Een"), ("Drie", "Twee")]
