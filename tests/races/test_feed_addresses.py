"""An address that its owner replaced or ended is gone at once, whichever process answers."""

from __future__ import annotations

from collections import Counter

from kwartaal.feeds.tokens import token_of
from kwartaal.models.calendar import feeds_of
from tests.races.burst import Answer
from tests.races.conftest import Track
from tests.races.crowd import Visitor

PROCESSES = 2
PROGRAMS = 40
ENOUGH = 4  # answers of each process
TRIES = 20


def test_replaced_address_is_gone_in_both_processes_at_once(track: Track) -> None:
    visitor = track.people[0]
    old, here = new_feed(track, visitor)
    answers = {"before": answers_of_both(track, old)}

    track.run([visitor.post(f"{here}/nieuw-adres", seen="1")])

    answers["old"] = answers_of_both(track, old)
    new, _here = own_feed(track, visitor)
    answers["new"] = answers_of_both(track, new)
    assert answers == {"before": {200}, "old": {404}, "new": {200}}


def test_ended_address_is_gone_in_both_processes_at_once(track: Track) -> None:
    visitor = track.people[1]
    feed, here = new_feed(track, visitor)
    answers = {"before": answers_of_both(track, feed)}

    track.run([visitor.post(f"{here}/beeindigen")])

    answers["ended"] = answers_of_both(track, feed)
    assert answers == {"before": {200}, "ended": {404}}


def new_feed(track: Track, visitor: Visitor) -> tuple[str, str]:
    track.run([visitor.post("/kalender/adres")])
    return own_feed(track, visitor)


def own_feed(track: Track, visitor: Visitor) -> tuple[str, str]:
    """Where somebody's feed is now, and the page about it."""
    with track.app.app_context():
        (feed,) = feeds_of(visitor.person_id)
        token = token_of(feed, track.app.config["SECRET_KEY"])
        return f"/kalender/persoonlijk/{token}.ics", f"/mijn/agenda/{feed.public_id}"


def answers_of_both(track: Track, path: str) -> set[int]:
    """What forty programs get that ask at once, each over a connection of its own.

    More ask until both processes answered several times: gunicorn does not divide them evenly.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    answers: list[Answer] = []
    for _ in range(TRIES):
        answers += track.run([request] * PROGRAMS)
        per_process = Counter(answer.process for answer in answers)
        if len(per_process) == PROCESSES and min(per_process.values()) >= ENOUGH:
            return {answer.status for answer in answers}
    raise AssertionError(f"only one process answers: {per_process}")
