"""Mails about a cancelled part that wait, overtaken: the part is on again, or people left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.domain import openness, publications, registrations
from kwartaal.domain.restoring import restore_meeting
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox_claims import claim_due
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.kept_mails import (
    CHANGED,
    FIVE,
    OFF,
    REASON,
    cancel,
    files,
    on_meeting,
    publish,
    received,
    restore,
    text_to,
    want_digest,
    work,
    work_at,
)
from tests.telling_region import Region


@pytest.fixture
def busy(app, save, clock) -> Region:
    """Before anything is cancelled."""
    return Region(app, save, clock)


@pytest.fixture
def region(busy) -> Region:
    """Workshop `one` is off since a minute: Anna had a place, Bram waited for it."""
    cancel(busy, busy.one)
    return busy


def test_on_again_before_they_went_tells_nothing(region):
    restore(region, region.one)

    assert work(region) == {}
    work_at(region, FIVE)
    assert received(region) == {}
    assert region.mails() == [(name, "workshop_cancelled", "dropped") for name in ("Anna", "Bram")]


def test_on_again_while_a_worker_has_them_is_told(region):
    with region.at_work():
        claim_due(FIVE)
    region.clock.moment = FIVE
    restore(region, region.one)

    assert region.mails()[2:] == [
        (name, "workshop_restored", "pending") for name in ("Anna", "Bram")
    ]


def test_off_once_more_is_told_once(region):
    restore(region, region.one)
    cancel(region, region.one, hour=None)

    at_once = work(region)
    work_at(region, FIVE)

    assert at_once == received(region) == {"anna": [OFF], "bram": [OFF]}


def test_on_again_after_they_went_is_told(region):
    publish(region)
    work(region)
    restore(region, region.one)

    on = "Workshop gaat toch door: Warmte zonder aardgas"
    assert {name: work(region)[name] for name in ("anna", "bram", "cem")} == {
        "anna": [CHANGED, on],
        "bram": [CHANGED, on],
        "cem": [CHANGED],
    }


def test_on_again_is_not_told_as_off_in_a_daily_mail(busy):
    want_digest(busy)
    cancel(busy, busy.one)
    publish(busy)
    restore(busy, busy.one)

    work_at(busy, FIVE)

    assert received(busy)["anna"] == [CHANGED]
    assert REASON not in text_to(busy, "anna")


def call_off(region: Region) -> None:
    on_meeting(
        region, lambda meeting, clerk: publications.cancel(meeting, "Storm", clerk, region.clock())
    )


def call_on(region: Region) -> None:
    on_meeting(region, lambda meeting, clerk: restore_meeting(meeting, clerk, region.clock()))


def become(region: Region, how: Openness) -> None:
    def change(meeting: Meeting, clerk: Person) -> None:
        before, meeting.openness = meeting.openness, how
        openness.change_openness(meeting, before, clerk, region.clock())

    on_meeting(region, change)


def test_cancelling_the_meeting_tells_that_alone(region):
    call_off(region)
    work(region)

    work_at(region, FIVE)

    everybody = {name: ["Gaat niet door: Wonen & energie"] for name in ("anna", "bram")}
    assert {name: received(region)[name] for name in everybody} == everybody


@pytest.mark.parametrize("passes", [False, True])
def test_once_the_meeting_is_on_again_they_go_after_all(region, passes):
    """Whether they were due while it was off, or not yet."""
    call_off(region)
    if passes:
        work_at(region, FIVE)
    call_on(region)
    work(region)
    work_at(region, FIVE + timedelta(hours=1))

    assert received(region)["anna"].count(OFF) == 1


@pytest.mark.parametrize("passes", [False, True])
def test_closed_to_their_readers_they_go_once_it_is_open_again(region, passes):
    become(region, Openness.BESLOTEN)
    if passes:
        work_at(region, FIVE)
    before = received(region).get("anna", [])
    become(region, Openness.OPENBAAR)
    work(region)
    work_at(region, FIVE + timedelta(hours=1))

    assert (before.count(OFF), received(region)["anna"].count(OFF)) == (0, 1)


def test_who_withdrew_is_told_nothing_of_it(region):
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        meeting, anna = region.load(region.meeting), region.load(region.people[0])
        registrations.withdraw(meeting, anna, region.clock())
    region.change(region.two, title="Jeugd dichtbij")
    region.publish()

    work_at(region, FIVE)

    assert region.latest().told == 2
    assert received(region)["anna"] == ["U bent afgemeld: Wonen & energie"]


TOLD_FIRST = "U bent aangemeld: Wonen & energie"


def withdraw(region: Region, number: int) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        person = region.load(region.people[number])
        registrations.withdraw(region.load(region.meeting), person, region.clock())


def choose(region: Region, number: int, item: ProgrammeItem) -> None:
    region.clock.moment += timedelta(minutes=1)
    region.register(number, item)


def set_maximum(region: Region, maximum: int | None) -> None:
    """Of the meeting."""
    on_meeting(
        region,
        lambda meeting, _clerk: registrations.change_meeting_maximum(
            meeting, maximum, region.clock()
        ),
    )


def test_a_place_for_who_waited_is_told_though_they_never_heard_it_was_off(region):
    choose(region, 0, region.other)
    restore(region, region.one)

    assert work(region)["bram"] == ["U hebt een plek: Warmte zonder aardgas"]


def test_waiting_for_who_had_a_place_is_told_though_they_never_heard_it_was_off(busy):
    choose(busy, 3, busy.two)
    before = work(busy)
    cancel(busy, busy.two)
    busy.change(busy.two, maximum=1)
    restore(busy, busy.two)

    after, changed = work(busy), "Uw keuze is gewijzigd: Wonen & energie"
    assert (before, after) == ({"dirk": [TOLD_FIRST]}, {"dirk": [TOLD_FIRST, changed]})
    (told,) = [one for one in files(busy) if one["Subject"] == changed]
    assert "Jeugdhulp dichtbij (wachtlijst, nummer 1)" in told.get_body(("plain",)).get_content()


def test_a_place_for_who_wished_is_told_though_they_never_heard_it_was_off(busy):
    withdraw(busy, 3)
    set_maximum(busy, 3)
    choose(busy, 3, busy.two)
    cancel(busy, busy.two)
    set_maximum(busy, None)
    restore(busy, busy.two)

    assert work(busy)["dirk"] == [
        "U hebt een plek: Jeugdhulp dichtbij",
        "U hebt een plek: Wonen & energie",
    ]


def test_who_came_back_for_something_else_is_not_told_once_it_is_open_again(region):
    withdraw(region, 1)
    work_at(region, FIVE)
    choose(region, 1, region.two)
    become(region, Openness.BESLOTEN)
    become(region, Openness.OPENBAAR)

    assert OFF not in work(region)["bram"]


def test_what_never_waited_does_not_go_later(busy):
    """The meeting was closed before the mails went that were to go at once."""
    cancel(busy, busy.one, hour=None)
    become(busy, Openness.BESLOTEN)
    work(busy)
    become(busy, Openness.OPENBAAR)

    assert OFF not in work(busy)["anna"]
