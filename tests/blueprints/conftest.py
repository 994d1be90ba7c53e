"""Who does something in many of these tests: a clerk who publishes, an organiser at the door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from tests.attendance_samples import Door
from tests.conftest import SetClock
from tests.factories import staff


@pytest.fixture
def griffie(save: Callable[..., None], browser_of: Callable[[Person], FlaskClient]) -> FlaskClient:
    person = staff()
    save(person)
    return browser_of(person)


@pytest.fixture
def state_of(app: Flask) -> Callable[[Meeting], MeetingState]:
    """What a meeting's life has come to, as it is stored."""

    def _state(meeting: Meeting) -> MeetingState:
        with app.app_context():
            return db.session.get_one(Meeting, meeting.id).state

    return _state


@pytest.fixture
def door(app: Flask, save: Callable[..., None], clock: SetClock) -> Door:
    """A published meeting with people on its list."""
    door = Door(app, save, clock)
    door.publish()
    return door


@pytest.fixture
def organiser(door: Door, browser_of: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Who stands at that door."""
    return browser_of(door.organiser)
