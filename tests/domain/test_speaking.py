"""Which changes touch somebody who speaks: those of the own part, and the day."""

from __future__ import annotations

import pytest

from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.domain.speaking import Speakers, Speaks, touching_speaker
from kwartaal.domain.telling import OF_THE_DAY

MINE, ROUND, OTHER = 1, 2, 3
STAYS = Speaks({MINE: ROUND}, {MINE: ROUND})
COMES, GOES = Speaks({}, {MINE: ROUND}), Speaks({MINE: ROUND}, {})


def a_change(kind: ChangeKind, item_id: int | None, subject: Subject = Subject.ITEM) -> Change:
    return Change(kind, subject, item_id, "Warmte")


@pytest.mark.parametrize(
    ("speaks", "kind", "item_id", "touches"),
    [
        (STAYS, ChangeKind.TIME, MINE, True),
        (STAYS, ChangeKind.ROOM, MINE, True),
        (STAYS, ChangeKind.ROUND, MINE, True),
        (STAYS, ChangeKind.REMOVED, MINE, True),
        (STAYS, ChangeKind.TIME, ROUND, True),
        (COMES, ChangeKind.ADDED, MINE, True),
        (COMES, ChangeKind.SPEAKERS, MINE, True),
        (GOES, ChangeKind.SPEAKERS, MINE, True),
        (STAYS, ChangeKind.SPEAKERS, MINE, False),  # of somebody beside them
        (STAYS, ChangeKind.TEXT, MINE, False),
        (STAYS, ChangeKind.CANCELLED, MINE, False),  # the act told it
        (STAYS, ChangeKind.RETITLED, ROUND, False),
        (STAYS, ChangeKind.TIME, OTHER, False),
        (Speaks(), ChangeKind.TIME, MINE, False),
    ],
)
def test_a_change_of_an_item_touches_who_speaks_there(speaks, kind, item_id, touches):
    change = a_change(kind, item_id)

    assert touching_speaker([change], speaks, OF_THE_DAY) == ((change,) if touches else ())


@pytest.mark.parametrize(("kind", "touches"), [("place", True), ("note", False)])
def test_the_day_touches_every_speaker(kind, touches):
    change = a_change(ChangeKind(kind), None, Subject.MEETING)

    assert bool(touching_speaker([change], STAYS, OF_THE_DAY)) == touches


def test_everybody_is_who_speaks_now_or_did():
    speakers = Speakers({7: {MINE: ROUND}, "Bo": {MINE: ROUND}}, {7: {OTHER: None}})

    assert speakers.everybody == {7: {OTHER: None}, "Bo": {MINE: ROUND}}
