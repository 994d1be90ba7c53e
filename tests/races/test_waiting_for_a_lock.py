"""What somebody reads before waiting for a lock may be old when the lock comes.

One thread holds a transaction open, another runs into it; both are real connections.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import registrations
from kwartaal.domain.publications import cancel
from kwartaal.domain.refusals import ChangedMeanwhile, Refused, RegistrationClosed
from kwartaal.domain.registrations import Wish
from kwartaal.models.locks import lock_meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.conftest import SetClock
from tests.registration_region import Region, Save

SOON = 0.7  # seconds after which the second thread surely waits for the first


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


class Meanwhile:
    """Runs something in another thread while a transaction is held open here."""

    def __init__(self, run: Callable[[], None]) -> None:
        self.refusal: BaseException | None = None
        self._run = run
        self._thread = threading.Thread(target=self._catch)

    def start(self) -> None:
        self._thread.start()
        time.sleep(SOON)

    def join(self) -> BaseException | None:
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()
        return self.refusal

    def _catch(self) -> None:
        try:
            self._run()
        except Refused as refusal:
            self.refusal = refusal


def test_who_leaves_a_line_just_promoted_frees_the_place(region: Region) -> None:
    """The promotion is not locked by the registration: the choice must be read under the item."""
    for number in range(3):
        region.register(number, region.one)
    leave = Meanwhile(lambda: region.register(1, region.two))

    with region.writing():
        meeting, person = region._load(0)
        registrations.withdraw(meeting, person, region.clock())
        leave.start()

    assert leave.join() is None
    assert region.standing()[:3] == [
        ["withdrawn"],
        ["placed", "two placed"],
        ["placed", "one placed"],
    ]
    assert region.places_of(region.one) == (1, 0)


def test_who_withdraws_just_promoted_frees_the_place(region: Region) -> None:
    for number in range(3):
        region.register(number, region.one)
    leave = Meanwhile(lambda: region.withdraw(1))

    with region.writing():
        item = db.session.get_one(ProgrammeItem, region.one.id)
        person = db.session.get_one(Person, region.people[0].id)
        wish = Wish(person.offices[0])
        registrations.register(item.meeting, person, wish, region.clock())
        leave.start()

    assert leave.join() is None
    assert region.standing()[:3] == [["placed"], ["withdrawn"], ["placed", "one placed"]]
    assert region.places_of(region.one) == (1, 0)


def test_changing_what_was_just_withdrawn_is_told(region: Region) -> None:
    """On SQLite the second comes after the first altogether, and registers anew."""
    region.register(0, region.one)
    change = Meanwhile(lambda: region.register(0, region.two))

    with region.writing():
        meeting, person = region._load(0)
        registrations.withdraw(meeting, person, region.clock())
        change.start()

    told = isinstance(change.join(), ChangedMeanwhile)
    assert region.standing()[0] == (["withdrawn"] if told else ["placed", "two placed"])
    assert told == region.is_on_postgresql


def test_nothing_changes_in_a_meeting_just_cancelled(region: Region) -> None:
    region.register(0, region.one)
    change = Meanwhile(lambda: region.register(0, region.two))

    with region.writing():
        meeting = lock_meeting(region.meeting.id)
        cancel(meeting, "Ziek.", db.session.get_one(Person, region.people[1].id), region.clock())
        db.session.flush()
        change.start()

    assert isinstance(change.join(), RegistrationClosed)
    assert region.standing()[0] == ["placed", "one placed"]


def test_one_thread_cannot_wait_for_itself_on_sqlite(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        begin_writing()
        with app.app_context(), pytest.raises(RuntimeError):
            begin_writing()
