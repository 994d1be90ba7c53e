"""Choosing a workshop at the moment its version is retracted never ends with a place in it.

One thread holds a transaction open, another runs into it; both are real connections. Who registers
has read the page before: the form showed the workshop.
"""

from __future__ import annotations

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain import admission, publications, retracting
from kwartaal.domain.publication_refusals import PeopleChose
from kwartaal.domain.refusals import UnknownChoice
from kwartaal.models.programme import ProgrammeItem, SignUp
from tests.conftest import SetClock
from tests.races.test_waiting_for_a_lock import Meanwhile
from tests.races.test_workshop_just_cancelled import register
from tests.registration_region import Region, Save

CLERK, LATEST = 4, 3


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    """In the version before the latest, nobody can sign up for workshop `one`."""
    region = Region(app, save, clock)
    offer(region, SignUp.NONE, None)
    publish(region)
    offer(region, SignUp.LIMITED, 1)
    publish(region)
    return region


def offer(region: Region, sign_up: SignUp, maximum: int | None) -> None:
    region.change(ProgrammeItem, region.one.id, sign_up=sign_up, maximum=maximum)


def publish(region: Region) -> None:
    with region.writing():
        meeting, clerk = region._load(CLERK)
        publications.publish(meeting, clerk, region.clock())


def retract(region: Region) -> None:
    meeting, clerk = region._load(CLERK)
    retracting.retract(meeting, LATEST, clerk, region.clock())
    db.session.flush()


def outcome(region: Region, has_place: bool) -> tuple[BaseException | None, list[str]]:
    """What somebody hears who chooses while the version is retracted, and has afterwards."""
    if has_place:
        region.register(0, region.two)
    choose = Meanwhile(lambda: region.register(0, region.one))
    with region.writing():
        retract(region)
        choose.start()
    return choose.join(), region.standing()[0]


NEWCOMER_OR_NOT = pytest.mark.parametrize("has_place", [True, False], ids=["changes", "comes new"])


@NEWCOMER_OR_NOT
def test_without_the_guard_one_has_a_place_in_what_nobody_sees(
    region: Region, monkeypatch: pytest.MonkeyPatch, has_place: bool
) -> None:
    """The control that shows this race can be lost."""
    everything = frozenset((region.one.id, region.two.id))
    monkeypatch.setattr(admission, "offered_to_readers", lambda _meeting_id: everything)

    assert outcome(region, has_place) == (None, ["placed", "one placed"])


@NEWCOMER_OR_NOT
def test_who_chooses_while_the_version_is_retracted_is_refused(
    region: Region, has_place: bool
) -> None:
    refusal, standing = outcome(region, has_place)

    assert isinstance(refusal, UnknownChoice)
    assert standing == (["placed", "two placed"] if has_place else [])
    assert region.places_of(region.one) == (0, 0)


@NEWCOMER_OR_NOT
def test_who_was_just_in_time_keeps_the_place_and_the_version_stays(
    region: Region, has_place: bool
) -> None:
    if has_place:
        region.register(0)
    retracts = Meanwhile(lambda: retract_alone(region))

    with region.writing():
        register(region, 0)
        retracts.start()

    assert isinstance(retracts.join(), PeopleChose)
    assert region.standing()[0] == ["placed", "one placed"]


def retract_alone(region: Region) -> None:
    with region.writing():
        retract(region)
