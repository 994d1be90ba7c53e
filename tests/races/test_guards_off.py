"""The control: without guards the same load overbooks, so the guarded test can fail."""

from __future__ import annotations

from tests.races.conftest import Track
from tests.races.crowd import open_race, placed

SEATS = 30
TRIES = 20


def test_without_guards_a_workshop_is_overbooked(unguarded_track: Track) -> None:
    overbooked = 0
    for _ in range(TRIES):
        race = open_race(unguarded_track.app, SEATS)
        unguarded_track.run([race.wish(visitor, 0) for visitor in unguarded_track.people])
        overbooked = len(placed(unguarded_track.app, race))
        if overbooked > SEATS:
            break

    assert overbooked > SEATS
