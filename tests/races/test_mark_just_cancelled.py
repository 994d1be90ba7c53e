"""Somebody is marked present in a workshop at the moment it is cancelled: the list is closed.

One thread holds a transaction open, another runs into it; both are real connections.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain.attendance import Mark, mark
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.refusals import ListIsClosed
from kwartaal.models import locks
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.conftest import SetClock
from tests.races.test_waiting_for_a_lock import Meanwhile
from tests.registration_region import Region, Save

CLERK = 4


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    region = Region(app, save, clock)
    region.register(0, region.one)
    return region


def mark_present(region: Region) -> None:
    with region.writing():
        clerk = db.session.get_one(Person, region.people[CLERK].id)
        said = Mark(uuid.uuid4(), clerk, item_id=region.one.id)
        mark(region.registration_of(0), said, region.clock())


def cancel_meanwhile(region: Region) -> BaseException | None:
    """What somebody at the door is told who comes while it is being cancelled."""
    marking = Meanwhile(lambda: mark_present(region))
    with region.writing():
        locks.lock_meeting(region.meeting.id)
        item = db.session.get_one(ProgrammeItem, region.one.id)
        clerk = db.session.get_one(Person, region.people[CLERK].id)
        cancel_item(item, "Ziek.", clerk, region.clock())
        db.session.flush()
        marking.start()
    return marking.join()


def marks_in_it(region: Region) -> int:
    with region.app.app_context():
        return db.session.query(AttendanceMark).filter_by(item_id=region.one.id).count()


def test_mark_in_what_is_being_cancelled_is_refused(region: Region) -> None:
    assert isinstance(cancel_meanwhile(region), ListIsClosed)
    assert marks_in_it(region) == 0


def test_without_the_lock_it_would_be_written(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control. On SQLite the second transaction comes after the first in any case."""
    monkeypatch.setattr(locks, "_lock_item", _only_read())

    assert (cancel_meanwhile(region) is None) == region.is_on_postgresql
    assert marks_in_it(region) == int(region.is_on_postgresql)


def _only_read() -> Callable[[int], ProgrammeItem | None]:
    return lambda item_id: db.session.get(ProgrammeItem, item_id, populate_existing=True)
