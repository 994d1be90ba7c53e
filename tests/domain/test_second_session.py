"""A workshop once more: where it can go, and what comes along."""

from __future__ import annotations

import uuid
from datetime import timedelta

from kwartaal.domain.second_session import Slot, add, slots
from kwartaal.models.programme import Speaker
from kwartaal.models.venue import Room
from tests.factories import START, a_meeting, a_round, a_venue, a_workshop

HOUR = timedelta(hours=1)


class Day:
    """Two rounds; a full workshop in the small room of the first, another in the large one."""

    def __init__(self):
        self.small, self.large = Room(name="Kil", capacity=20), Room(name="Merwede", capacity=60)
        self.meeting = a_meeting(venue=a_venue(rooms=[self.small, self.large]))
        self.one, self.two = a_round(self.meeting, 1), a_round(self.meeting, 3)
        self.full = a_workshop(self.one, 20, title="Wonen", room=self.small, position=1)
        self.other = a_workshop(self.one, 20, title="Werken", room=self.large, position=2)
        self.full.speakers = [Speaker(name="Anna", part="spreker", position=1)]
        self.programme = [self.one, self.two, self.full, self.other]

    def add(self, slot):
        return add(self.full, slot, self.programme, uuid.uuid4())


def test_slots_are_other_rounds_and_free_rooms():
    day = Day()

    found = [(slot.round, slot.room) for slot in slots(day.full, day.programme, [])]

    assert found == [(day.two, day.small), (day.two, day.large), (day.two, None)]


def test_slots_beside_itself_are_free_rooms_only():
    day = Day()
    day.other.room = None

    assert Slot(day.one, day.large) in slots(day.full, day.programme, [])
    assert Slot(day.one, None) not in slots(day.full, day.programme, [])


def test_add_fills_the_other_round_with_the_same_text_and_speakers():
    day = Day()
    day.full.description, day.full.theme, day.full.id = "Waar en hoe", "Wonen", 7

    again = day.add(Slot(day.two, day.large))

    assert again.title == "Wonen (tweede sessie)"
    assert again.repeats == 7
    assert (again.description, again.theme, again.maximum) == ("Waar en hoe", "Wonen", 20)
    assert (again.starts_at, again.ends_at) == (START + 3 * HOUR, START + 4 * HOUR)
    assert [(one.name, one.part) for one in again.speakers] == [("Anna", "spreker")]


def test_add_beside_itself_leaves_the_speakers_where_they_are():
    day = Day()
    day.other.room = None

    assert day.add(Slot(day.one, day.large)).speakers == []


def test_add_keeps_the_times_inside_the_round():
    day = Day()
    day.full.ends_at -= HOUR / 2

    again = day.add(Slot(day.two, None))

    assert (again.starts_at, again.ends_at) == (START + 3 * HOUR, START + 3.5 * HOUR)


def test_add_in_a_smaller_room_has_as_many_places_as_seats():
    day = Day()
    day.full.maximum = 50

    assert day.add(Slot(day.two, day.small)).maximum == 20


def test_a_long_title_keeps_room_for_what_is_put_behind_it():
    day = Day()
    day.full.title = "x" * 160

    assert len(day.add(Slot(day.two, None)).title) == 160
