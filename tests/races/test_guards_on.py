"""Everybody at once, over HTTP, against the application as it is: no error and nobody is lost.

What the same load does without guards is in test_guards_off.py.
"""

from __future__ import annotations

from collections import Counter

import pytest

from kwartaal.feeds.tokens import token_of
from kwartaal.models.calendar import feeds_of
from tests.races.conftest import Track
from tests.races.crowd import (
    Race,
    Visitor,
    open_race,
    placed,
    ranks,
    ranks_for_meeting,
    tally,
)

SEATS = 30


def test_thirty_seats_for_two_hundred_people(track: Track) -> None:
    run_for_the_last_seats(track)


@pytest.mark.long
def test_twenty_times_thirty_seats_for_two_hundred_people(track: Track) -> None:
    for _ in range(20):
        run_for_the_last_seats(track)


def run_for_the_last_seats(track: Track) -> None:
    race = open_race(track.app, SEATS)
    everybody = len(track.people)

    answers = track.run([race.wish(visitor, 0) for visitor in track.people])

    assert Counter(answer.status for answer in answers) == {303: everybody}
    after = tally(track.app, race)
    assert after.counters == after.counted == ((everybody, 0), (SEATS, everybody - SEATS))
    waiting = ranks(track.app, race)
    assert sorted(waiting.values()) == list(range(1, everybody - SEATS + 1))
    assert placed(track.app, race) | set(waiting) == {one.person_id for one in track.people}
    assert after.mails == {"registered": everybody}


def test_full_without_waiting_list_stores_nothing(track: Track) -> None:
    race = open_race(track.app, 10)

    answers = track.run([race.wish(visitor, 0, wait=False) for visitor in track.people[:40]])

    assert Counter(answer.status for answer in answers) == {303: 10, 422: 30}
    after = tally(track.app, race)
    assert after.counters == after.counted == ((10, 0), (10, 0))
    assert after.mails == {"registered": 10}


def test_thirty_places_in_a_meeting(track: Track) -> None:
    race = open_race(track.app, None, meeting_maximum=SEATS)

    answers = track.run([race.wish(visitor, 0) for visitor in track.people[:80]])

    assert Counter(answer.status for answer in answers) == {303: 80}
    after = tally(track.app, race)
    assert after.counters == after.counted == ((SEATS, 50), (SEATS, 0))
    assert ranks_for_meeting(track.app, race) == list(range(1, 51))


def test_two_tabs_never_give_two_places_in_one_round(track: Track) -> None:
    race = open_race(track.app, 20, 20)
    people = track.people[:30]

    answers = track.run([race.wish(visitor, tab) for visitor in people for tab in (0, 1)])

    assert Counter(answer.status for answer in answers) == {303: 60}
    after = tally(track.app, race)
    assert after.live_choices == {1: 30}
    assert after.counters == after.counted


def test_a_form_sent_twice_counts_once(track: Track) -> None:
    race = open_race(track.app, 20)
    people = track.people[:30]

    answers = track.run([race.wish(visitor, 0) for visitor in people for _ in range(2)])

    assert Counter(answer.status for answer in answers) == {303: 60}
    after = tally(track.app, race)
    assert after.counters == after.counted == ((30, 0), (20, 10))
    assert after.mails == {"registered": 30}


def test_withdrawing_at_once_gives_each_place_to_somebody_else(track: Track) -> None:
    race = open_race(track.app, 20)
    track.run([race.wish(visitor, 0) for visitor in track.people[:60]])
    in_line = sorted(ranks(track.app, race).items(), key=lambda one: one[1])
    leaving = placed(track.app, race)

    answers = track.run(
        [race.withdrawal(visitor) for visitor in track.people if visitor.person_id in leaving]
    )

    assert Counter(answer.status for answer in answers) == {303: 20}
    assert placed(track.app, race) == {person_id for person_id, _rank in in_line[:20]}
    after = tally(track.app, race)
    assert after.counters == after.counted == ((40, 0), (20, 20))
    assert after.mails == {"registered": 60, "place_given": 20, "withdrawn": 20}


def test_swapping_full_workshops_crosses_no_locks(track: Track) -> None:
    race = open_race(track.app, 15, 15)
    left, right = track.people[:15], track.people[15:30]
    track.run([race.wish(one, 0) for one in left] + [race.wish(one, 1) for one in right])

    answers = track.run([race.wish(one, 1) for one in left] + [race.wish(one, 0) for one in right])

    assert Counter(answer.status for answer in answers) == {303: 30}
    after = tally(track.app, race)
    assert after.live_choices == {1: 30}
    assert after.counters == after.counted
    assert no_seat_is_kept_from_who_waits(race, track)


def test_a_storm_of_everything_leaves_the_counters_right(track: Track) -> None:
    race = open_race(track.app, 10, 10, 3, meeting_maximum=30)
    track.run([race.wish(one, number % 3) for number, one in enumerate(track.people[:45])])
    storm = [race.wish(one, number % 3) for number, one in enumerate(track.people[20:70])]
    storm += [race.withdrawal(one) for one in track.people[:40:2]]
    storm += [race.wish(one, (number + 1) % 3) for number, one in enumerate(track.people[:45])]

    answers = track.run(storm)

    assert {answer.status for answer in answers} <= {303, 422}
    after = tally(track.app, race)
    assert after.counters == after.counted
    assert set(after.live_choices) == {1}
    assert no_seat_is_kept_from_who_waits(race, track)


def no_seat_is_kept_from_who_waits(race: Race, track: Track) -> bool:
    after = tally(track.app, race)
    full = (race.meeting_maximum, *race.maximums)
    return all(
        not waiting or maximum is not None and taken == maximum
        for (taken, waiting), maximum in zip(after.counters, full, strict=True)
    )


def test_replaced_and_ended_feed_address_is_gone_in_every_process_at_once(track: Track) -> None:
    visitor = track.people[0]
    feed, here = new_feed(track, visitor)
    answers = {"old": feed_answers(track, feed)}

    track.run([visitor.post(f"{here}/nieuw-adres", seen="1")])
    answers["replaced"] = feed_answers(track, feed)
    renewed, _here = own_feed(track, visitor)
    answers["new"] = feed_answers(track, renewed)
    track.run([visitor.post(f"{here}/beeindigen")])
    answers["ended"] = feed_answers(track, renewed)

    assert answers == {"old": {200}, "replaced": {404}, "new": {200}, "ended": {404}}


def new_feed(track: Track, visitor: Visitor) -> tuple[str, str]:
    track.run([visitor.post("/kalender/adres")])
    return own_feed(track, visitor)


def own_feed(track: Track, visitor: Visitor) -> tuple[str, str]:
    """Where somebody's feed is now, and the page about it."""
    with track.app.app_context():
        (feed,) = feeds_of(visitor.person_id)
        token = token_of(feed, track.app.config["SECRET_KEY"])
        return f"/kalender/persoonlijk/{token}.ics", f"/mijn/agenda/{feed.public_id}"


def feed_answers(track: Track, path: str) -> set[int]:
    """What forty programs get that ask at once: more than one process has threads for."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    return {answer.status for answer in track.run([request] * 40)}
