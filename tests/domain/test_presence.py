"""How somebody stands after each mark: rules without a database."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.domain.presence import (
    Saying,
    Sitting,
    counting,
    presence_after,
    presence_now,
    taken_back,
)
from kwartaal.domain.refusals import (
    LeftBeforeArrived,
    MarkedMeanwhile,
    MomentOutside,
    NotSeenYet,
    SeenAlready,
)
from kwartaal.models.attendance import NOTHING_KNOWN, AttendanceMark, MarkKind, Presence
from tests.factories import START

SITTING = Sitting(START, START + timedelta(hours=5))
ARRIVED, ON_TIME, LATE = MarkKind.ARRIVED, MarkKind.ON_TIME, MarkKind.LATE
LEFT, EXCUSED, UNDONE = MarkKind.LEFT, MarkKind.EXCUSED, MarkKind.UNDONE


def minute(number: float):
    return START + timedelta(minutes=number)


def say(before, kind, at=0, given=False):
    return presence_after(Saying(kind, "Anna Jansen", minute(at), given), before, SITTING)


class Door:
    """The marks of one person in one list, as the operation appends them."""

    def __init__(self):
        self.marks: list[AttendanceMark] = []

    def say(self, kind, at=0):
        self._append(kind, say(presence_now(self.marks), kind, at))

    def undo(self, seen=None):
        back = taken_back(self.marks, seen, "Anna Jansen")
        if back is not None:
            self._append(UNDONE, back.presence, back.marks[0].id)

    def _append(self, kind, presence, undoes_id=None):
        mark = AttendanceMark(
            id=len(self.marks) + 1, key=uuid.uuid4(), said=kind, undoes_id=undoes_id
        )
        for name, value in presence._asdict().items():
            setattr(mark, name, value)
        self.marks.append(mark)

    @property
    def now(self):
        return presence_now(self.marks)


@pytest.mark.parametrize(
    ("at", "late"), [(-60, False), (0, False), (5, False), (5.1, True), (300, True), (301, False)]
)
def test_late_is_more_than_five_minutes_after_the_start_and_not_after_the_end(at, late):
    assert say(NOTHING_KNOWN, ARRIVED, at) == Presence(minute(at), late)


def test_said_overrules_the_clock():
    assert say(NOTHING_KNOWN, LATE, -10) == Presence(minute(-10), True)
    assert say(NOTHING_KNOWN, ON_TIME, 60) == Presence(minute(60))


def test_first_moment_counts():
    came = say(NOTHING_KNOWN, ARRIVED, 1)

    assert say(came, ARRIVED, 30) == came
    assert say(say(came, LEFT, 90), LEFT, 95) == Presence(minute(1), left_at=minute(90))


def test_moment_that_is_given_counts():
    came = say(NOTHING_KNOWN, ARRIVED, 30)

    assert say(came, ARRIVED, 2, given=True) == Presence(minute(2))
    assert say(NOTHING_KNOWN, ARRIVED, 30, given=True) == Presence(minute(30), True)


@pytest.mark.parametrize("correction", [LATE, ON_TIME])
def test_late_and_left_are_said_in_either_order(correction):
    came = say(NOTHING_KNOWN, ARRIVED, 1)

    assert say(say(came, correction, 9), LEFT, 90) == say(say(came, LEFT, 90), correction, 91)


def test_who_comes_back_is_inside_since_the_first_time():
    left = say(say(NOTHING_KNOWN, ARRIVED, 9), LEFT, 90)

    assert say(left, ARRIVED, 120) == Presence(minute(9), True)


def test_an_earlier_moment_of_coming_in_leaves_who_left_away():
    left = say(say(NOTHING_KNOWN, ARRIVED, 40), LEFT, 240)

    assert say(left, ARRIVED, 3, given=True) == Presence(minute(3), left_at=minute(240))


def test_a_later_moment_of_coming_in_is_coming_back():
    left = say(say(NOTHING_KNOWN, ARRIVED, 3), LEFT, 90)

    assert say(left, ARRIVED, 120, given=True) == Presence(minute(3))


def fits(at):
    try:
        SITTING.check_holds(minute(at))
    except MomentOutside as refusal:
        return str(refusal)
    return None


@pytest.mark.parametrize("at", [-60, 0, 300, 360])
def test_a_typed_moment_fits_from_an_hour_before_to_an_hour_after(at):
    assert fits(at) is None


@pytest.mark.parametrize("at", [-61, 361])
def test_a_typed_moment_outside_of_that_is_refused_with_what_would_fit(at):
    assert fits(at) == (
        "Deze tijd past niet bij de bijeenkomst. Vul een tijd in van 11.00 tot 18.00 uur."
    )


def test_excused_who_comes_after_all_is_inside():
    excused = say(NOTHING_KNOWN, EXCUSED, -90)

    assert excused == Presence(excused_at=minute(-90))
    assert say(excused, ARRIVED, 2) == Presence(minute(2))


def test_what_cannot_be_is_refused():
    came = say(NOTHING_KNOWN, ARRIVED, 10)

    with pytest.raises(NotSeenYet, match="Anna Jansen is nog niet binnen"):
        say(NOTHING_KNOWN, LEFT)
    with pytest.raises(SeenAlready, match="Anna Jansen is al gezien"):
        say(came, EXCUSED)
    with pytest.raises(LeftBeforeArrived, match="Anna Jansen kwam pas later"):
        say(came, LEFT, 5, given=True)


def test_undo_goes_back_one_thing_said():
    door = Door()
    door.say(ARRIVED, 1)
    door.say(LEFT, 90)
    door.undo()
    assert door.now == Presence(minute(1))

    door.undo()
    assert door.now == NOTHING_KNOWN
    assert counting(door.marks) == []


def test_what_two_doors_said_alike_is_undone_together():
    door = Door()
    door.say(ARRIVED, 1)
    door.say(ARRIVED, 2)
    door.undo(seen=door.marks[0].key)

    assert door.now == NOTHING_KNOWN


def test_undo_of_what_is_undone_already_does_nothing():
    door = Door()
    door.say(ARRIVED, 1)
    seen = door.marks[0].key
    door.undo(seen)
    door.undo(seen)

    assert [mark.said for mark in door.marks] == [ARRIVED, UNDONE]


def test_undo_of_an_older_screen_says_what_happened():
    door = Door()
    door.say(ARRIVED, 1)
    seen = door.marks[0].key
    door.say(LEFT, 90)

    with pytest.raises(MarkedMeanwhile, match="Iemand anders noteerde net iets over Anna Jansen"):
        door.undo(seen)


@given(st.lists(st.sampled_from(MarkKind), max_size=12))
def test_undoing_everything_leaves_nothing_known(kinds):
    door = Door()
    for at, kind in enumerate(kinds):
        try:
            door.undo() if kind == UNDONE else door.say(kind, at)
        except (NotSeenYet, SeenAlready):
            continue
    said = [mark.presence for mark in counting(door.marks)]
    assert door.now == (said[-1] if said else NOTHING_KNOWN)
    while counting(door.marks):
        door.undo()

    assert door.now == NOTHING_KNOWN
