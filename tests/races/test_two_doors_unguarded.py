"""The control: without guards the same load loses what one of two doors said."""

from __future__ import annotations

from kwartaal.models.attendance import MarkKind
from tests.races.conftest import Track
from tests.races.doors import open_doors

PEOPLE = 20
TRIES = 20


def test_without_guards_what_a_door_said_is_lost(unguarded_track: Track) -> None:
    lost = 0
    for _ in range(TRIES):
        doors = open_doors(unguarded_track.app, unguarded_track.people[:PEOPLE])
        unguarded_track.run(doors.everybody(MarkKind.ARRIVED))
        unguarded_track.run(doors.everybody(MarkKind.LATE, MarkKind.LEFT))
        lost = sum(facts != (True, True, True) for facts in doors.facts())
        if lost:
            break

    assert lost > 0
