"""What the feeds say after each step in the life of a meeting."""

from __future__ import annotations

import re
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient

from tests.calendar_story import (
    ENERGY,
    FIRST_ADDRESS,
    LUNCH,
    MEETING,
    PLENARY,
    PUBLIC_ADDRESS,
    ROUND,
    STEPS,
    WATER,
    Story,
)
from tests.golden import golden_bytes

NAMES = {MEETING: "meeting", LUNCH: "lunch", PLENARY: "plenary", ROUND: "round"}
NAMES |= {WATER: "water", ENERGY: "energy"}
# SEQUENCE of the meeting and its items after each step; a star is CANCELLED.
DUE = {
    "02-announced": {"meeting": "1"},
    "03-published": {
        "meeting": "2",
        "lunch": "0",
        "plenary": "0",
        "round": "0",
        "water": "0",
        "energy": "0",
    },
    "04-renamed": {"meeting": "3"},
    "05-moved": {
        "meeting": "4",
        "lunch": "1",
        "plenary": "1",
        "round": "1",
        "water": "1",
        "energy": "1",
    },
    "06-other-room": {"meeting": "5", "water": "2"},
    "07-swapped": {"meeting": "6", "lunch": "2", "plenary": "2"},
    "08-workshop-cancelled": {"meeting": "7", "energy": "2*"},
    "09-workshop-restored": {"meeting": "8", "energy": "3"},
    "10-workshop-cancelled": {"meeting": "9", "energy": "4*"},
    "11-cancelled": {
        "meeting": "10*",
        "lunch": "3*",
        "plenary": "3*",
        "round": "2*",
        "water": "3*",
    },
    "12-restored": {
        "meeting": "11",
        "lunch": "4",
        "plenary": "4",
        "round": "3",
        "water": "4",
    },
    "13-cancelled": {
        "meeting": "12*",
        "lunch": "5*",
        "plenary": "5*",
        "round": "4*",
        "water": "5*",
    },
}


class Told(NamedTuple):
    """Both feeds after one step; the meeting's own is not there before it is announced."""

    public: bytes
    meeting: bytes | None


def read(client: FlaskClient) -> Told:
    own = client.get(FIRST_ADDRESS, follow_redirects=True)
    return Told(client.get(PUBLIC_ADDRESS).data, own.data if own.status_code == 200 else None)


def told(app: Flask) -> dict[str, Told]:
    story, found = Story(app), {}
    for name, step in STEPS.items():
        story.tell(step)
        found[name] = read(app.test_client())
    return found


def sequences(content: bytes) -> dict[str, str]:
    found = {}
    for event in content.decode().split("BEGIN:VEVENT")[1:]:
        (key,), (count,) = (
            re.findall(r"\nUID:(.+)\r", event),
            re.findall(r"\nSEQUENCE:(\d+)", event),
        )
        found[NAMES.get(key, key)] = count + ("*" if "\nSTATUS:CANCELLED" in event else "")
    return found


def test_every_step_is_as_it_was_once_looked_at(app):
    for name, (public, meeting) in told(app).items():
        assert public == golden_bytes(f"story/{name}-openbaar.ics", public)
        if meeting is not None:
            assert meeting == golden_bytes(f"story/{name}-bijeenkomst.ics", meeting)


def test_sequence_rises_where_it_is_due_and_nothing_goes(app):
    steps = told(app)
    expected: dict[str, str] = {}
    others = sequences(steps.pop("01-planned").public)

    for name, (public, meeting) in steps.items():
        expected |= DUE[name]
        assert meeting is not None
        assert sequences(meeting) == expected, name
        assert sequences(public) == others | {"meeting": expected["meeting"]}, name
