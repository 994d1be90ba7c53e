"""Two doors mark the same people at once: nothing is lost, and both see the same.

What the same load does without guards is in test_two_doors_unguarded.py.
"""

from __future__ import annotations

import re
from collections import Counter

from kwartaal.models.attendance import MarkKind
from tests.races.burst import form_post
from tests.races.conftest import Track
from tests.races.doors import Doors, open_doors

PEOPLE = 8
TIMES = 10
STAND = re.compile(r'<tr class="utrecht-table__row.*?</tr>', re.DOTALL)


def test_ten_times_two_doors_lose_nothing(track: Track) -> None:
    doors = open_doors(track.app, track.people[:PEOPLE])
    for number in range(TIMES):
        for kinds in (
            (MarkKind.ARRIVED, MarkKind.ARRIVED),
            (MarkKind.LATE, MarkKind.LEFT),
        ):
            answers = track.run(doors.everybody(*kinds))
            assert Counter(answer.status for answer in answers) == {303: 2 * PEOPLE}
        assert doors.facts() == [(True, True, True)] * PEOPLE
        # Of what both say alike one mark is kept; from the second time on they are late already.
        assert doors.marks() == PEOPLE * (3 + 2 * number)

    assert seen_by(track, doors, 0) == seen_by(track, doors, 1)


def test_the_same_form_from_two_tabs_is_one_mark(track: Track) -> None:
    doors = open_doors(track.app, track.people[:1])
    request = doors.everybody(MarkKind.ARRIVED)[0]

    answers = track.run([request] * 6)

    assert (Counter(answer.status for answer in answers), doors.marks()) == ({303: 6}, 1)


def seen_by(track: Track, doors: Doors, door: int) -> list[str]:
    """The stand of everybody as one door reads it; buttons carry keys of their own."""
    request = form_post(doors.address, doors.clerks[door].cookie, "").replace(b"POST", b"GET", 1)
    [answer] = track.run([request])
    rows = STAND.findall(answer.body)
    return [re.sub(r"<form.*?</form>", "", row, flags=re.DOTALL) for row in rows]
