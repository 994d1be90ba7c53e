"""Choosing a workshop at the moment it is cancelled never ends with a place in it.

One thread holds a transaction open, another runs into it; both are real connections.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain import registrations
from kwartaal.domain.change_refusals import ItemIsCancelled
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.registrations import Wish
from kwartaal.models import locks
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.conftest import SetClock
from tests.races.test_waiting_for_a_lock import Meanwhile
from tests.registration_region import Region, Save

CLERK = 4


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


def cancel(region: Region) -> None:
    """As the desk does: whoever writes there holds the row of the meeting first."""
    locks.lock_meeting(region.meeting.id)
    item = db.session.get_one(ProgrammeItem, region.one.id)
    clerk = db.session.get_one(Person, region.people[CLERK].id)
    cancel_item(item, "Ziek.", clerk, region.clock())
    db.session.flush()


def cancel_alone(region: Region) -> None:
    with region.writing():
        cancel(region)


def register(region: Region, number: int) -> None:
    """As region.register, in a transaction that is open already."""
    meeting, person = region._load(number)
    item = db.session.get_one(ProgrammeItem, region.one.id)
    wish = Wish(person.offices[0], (item,), waitlist_if_full=True)
    registrations.register(meeting, person, wish, region.clock())
    db.session.flush()


def ends_empty(region: Region, number: int) -> bool:
    has_it = any(line.startswith("one ") for line in region.standing()[number])
    return not has_it and region.places_of(region.one) == (0, 0)


def test_who_comes_new_while_it_is_cancelled_is_refused(region: Region) -> None:
    choose = Meanwhile(lambda: region.register(0, region.one))

    with region.writing():
        cancel(region)
        choose.start()

    assert isinstance(choose.join(), ItemIsCancelled)
    assert ends_empty(region, 0)


def test_who_changes_while_it_is_cancelled_is_refused(region: Region) -> None:
    """Somebody registered does not wait for the meeting, only for the workshop."""
    region.register(0, region.two)
    choose = Meanwhile(lambda: region.register(0, region.one))

    with region.writing():
        cancel(region)
        choose.start()

    assert isinstance(choose.join(), ItemIsCancelled)
    assert region.standing()[0] == ["placed", "two placed"]
    assert ends_empty(region, 0)


@pytest.mark.parametrize("has_place", [True, False], ids=["changes", "comes new"])
def test_who_was_just_in_time_loses_it_and_is_told(region: Region, has_place: bool) -> None:
    if has_place:
        region.register(0)
    cancelling = Meanwhile(lambda: cancel_alone(region))

    with region.writing():
        register(region, 0)
        cancelling.start()

    assert cancelling.join() is None
    assert ends_empty(region, 0)
    assert (0, MailKind.WORKSHOP_CANCELLED) in region.mails()


def test_who_only_wishes_loses_it_as_well(region: Region) -> None:
    region.change_maximum(region.meeting, 1)
    region.register(1)
    cancelling = Meanwhile(lambda: cancel_alone(region))

    with region.writing():
        register(region, 0)
        cancelling.start()

    assert cancelling.join() is None
    assert region.standing()[0] == ["waiting"]


def test_who_is_promoted_at_that_moment_does_not_stay_in_it(region: Region) -> None:
    region.register(0, region.one)
    region.register(1, region.one)
    cancelling = Meanwhile(lambda: cancel_alone(region))

    with region.writing():
        meeting, person = region._load(0)
        registrations.withdraw(meeting, person, region.clock())
        db.session.flush()
        cancelling.start()

    assert cancelling.join() is None
    assert ends_empty(region, 1)


def test_many_at_once_leave_nobody_in_it(region: Region) -> None:
    """Everybody tries while it is cancelled somewhere in between; whoever was in time is told."""
    start = threading.Barrier(5)
    choosing = [Meanwhile(_after(start, _choose(region, number))) for number in range(4)]
    cancelling = Meanwhile(_after(start, lambda: cancel_alone(region)))

    for one in (*choosing, cancelling):
        one._thread.start()
    refused = [isinstance(one.join(), ItemIsCancelled) for one in choosing]

    assert cancelling.join() is None
    told = [number for number, kind in region.mails() if kind == MailKind.WORKSHOP_CANCELLED]
    assert sorted(told) == [number for number in range(4) if not refused[number]]
    assert all(ends_empty(region, number) for number in range(4))


def _choose(region: Region, number: int) -> Callable[[], None]:
    return lambda: region.register(number, region.one)


def _after(start: threading.Barrier, run: Callable[[], None]) -> Callable[[], None]:
    def _run() -> None:
        start.wait(timeout=30)
        run()

    return _run
