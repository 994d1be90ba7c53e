"""Cancelling one workshop: choices end, counters are right, everybody is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.domain.change_refusals import (
    WorkshopCancelledAlready,
    WorkshopIsCancelled,
    WorkshopIsOver,
    WorkshopNotOnTheSite,
)
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.domain.workshop_cancelling import Ended, cancel_workshop
from kwartaal.models.audit import AuditEntry
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, live_items
from kwartaal.models.published import load_published
from kwartaal.models.registration import ChoiceState
from tests.conftest import SetClock
from tests.factories import START, a_workshop
from tests.registration_region import Region, Save

CLERK = 4  # of the people, who is registered for nothing


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


def cancel(region: Region, item: ProgrammeItem) -> list[tuple[int, ChoiceState]]:
    """Who had what, by number of the person."""
    region.clock.pass_(minutes=1)
    with region.writing():
        stored = db.session.get_one(ProgrammeItem, item.id)
        clerk = db.session.get_one(Person, region.people[CLERK].id)
        ended = cancel_workshop(stored, "De spreker is ziek.", clerk, region.clock())
        return [_named(region, one) for one in ended]


def _named(region: Region, one: Ended) -> tuple[int, ChoiceState]:
    ids = [person.id for person in region.people]
    return ids.index(one.choice.registration.person_id), one.was


def test_places_waits_and_wishes_end_and_other_choices_stay(region):
    region.register(0, region.one, region.two)
    region.register(1, region.one)
    region.change_maximum(region.meeting, 2)
    region.register(2, region.one)

    ended = cancel(region, region.one)

    assert ended == [
        (0, ChoiceState.PLACED),
        (1, ChoiceState.WAITING),
        (2, ChoiceState.WISH),
    ]
    assert region.standing()[:3] == [["placed", "two placed"], ["placed"], ["waiting"]]
    assert region.places_of(region.one) == (0, 0)


def test_each_person_concerned_gets_one_mail(region):
    region.register(0, region.one)
    region.register(1, region.one)
    region.register(2, region.beside)
    before = region.mails()

    cancel(region, region.one)

    assert region.mails()[len(before) :] == [
        (0, MailKind.WORKSHOP_CANCELLED),
        (1, MailKind.WORKSHOP_CANCELLED),
    ]


def test_log_says_how_many_it_concerned(region):
    region.register(0, region.one)

    cancel(region, region.one)

    with region.app.app_context():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert (entry.action, entry.subject, entry.detail) == (
            "workshop_cancelled",
            f"meeting:{region.meeting.slug}",
            {"registered": 1},
        )


def test_registering_for_it_is_refused(region):
    cancel(region, region.one)

    with pytest.raises(WorkshopIsCancelled):
        region.register(0, region.one)

    assert region.standing()[0] == []


def test_who_had_it_can_choose_another_in_the_round(region):
    region.register(0, region.one)
    cancel(region, region.one)

    region.register(0, region.beside)

    assert region.standing()[0] == ["placed", "beside placed"]


def test_nobody_moves_up_into_it(region):
    region.register(0, region.one)
    region.register(1, region.one)
    cancel(region, region.one)

    region.change_maximum(region.one, 5)
    region.withdraw(0)

    assert region.standing()[1] == ["placed"]
    assert region.places_of(region.one) == (0, 0)


def test_version_stays_and_shows_it_at_once(region):
    cancel(region, region.one)

    with region.app.app_context():
        published = load_published(db.session.get_one(Meeting, region.meeting.id))
        shown = {one.id: (one.cancelled, one.places) for one in published.workshops}
        assert published.number == 1
        assert shown[region.one.id] == ("De spreker is ziek.", None)
        assert shown[region.beside.id][0] is None


def test_next_version_holds_it_with_the_reason(region):
    cancel(region, region.one)

    region.publish(CLERK)

    with region.app.app_context():
        draft = publications.draft_of(db.session.get_one(Meeting, region.meeting.id))
        workshops = draft.latest.content["items"][0]["workshops"]
        assert [one.get("cancelled") for one in workshops] == ["De spreker is ziek.", None]


def test_calendar_of_the_meeting_rises_once(region):
    def revision() -> int:
        with region.app.app_context():
            return db.session.get_one(Meeting, region.meeting.id).calendar_revision

    before = revision()

    cancel(region, region.one)

    assert revision() == before + 1


def test_twice_is_refused(region):
    cancel(region, region.one)

    with pytest.raises(WorkshopCancelledAlready):
        cancel(region, region.one)


def test_what_is_not_on_the_site_is_refused(region):
    with region.writing():
        fresh = a_workshop(db.session.get_one(ProgrammeItem, region.one.id).round)
        db.session.add(fresh)

    with pytest.raises(WorkshopNotOnTheSite), region.writing():
        meeting, clerk = region._load(CLERK)
        newest = max(live_items(meeting.id).items())[1]
        cancel_workshop(newest, "Ziek.", clerk, region.clock())


def test_what_is_over_is_refused(region):
    region.clock.moment = START + timedelta(hours=2)

    with pytest.raises(WorkshopIsOver):
        cancel(region, region.one)


def test_workshop_of_a_cancelled_meeting_is_refused(region):
    with region.writing():
        meeting, clerk = region._load(CLERK)
        publications.cancel(meeting, "Storm", clerk, region.clock())

    with pytest.raises(CancelledIsFixed):
        cancel(region, region.one)


@pytest.mark.parametrize("counter", ["taken", "waiting"])
def test_database_refuses_anybody_in_a_cancelled_workshop(region, counter):
    cancel(region, region.one)
    statement = update(ProgrammeItem).where(ProgrammeItem.id == region.one.id)

    with region.app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(statement.values({counter: 1}))
