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
    ItemCancelledAlready,
    ItemIsCancelled,
    ItemIsForAll,
    ItemIsOver,
    ItemNotOnTheSite,
)
from kwartaal.domain.item_cancelling import Ended, cancel_item
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.domain.restoring import restore_item
from kwartaal.models.audit import AuditEntry
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, live_items
from kwartaal.models.published import load_published
from kwartaal.models.registration import ChoiceState
from tests.conftest import SetClock
from tests.factories import START, a_workshop, an_item
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
        ended = cancel_item(stored, "De spreker is ziek.", clerk, region.clock())
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

    with pytest.raises(ItemIsCancelled):
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

    with pytest.raises(ItemCancelledAlready):
        cancel(region, region.one)


def test_what_is_not_on_the_site_is_refused(region):
    with region.writing():
        fresh = a_workshop(db.session.get_one(ProgrammeItem, region.one.id).round)
        db.session.add(fresh)

    with pytest.raises(ItemNotOnTheSite), region.writing():
        meeting, clerk = region._load(CLERK)
        newest = max(live_items(meeting.id).items())[1]
        cancel_item(newest, "Ziek.", clerk, region.clock())


KINDS = [ItemKind.WORKSHOP, ItemKind.LUNCH, ItemKind.DRINKS, ItemKind.BREAK]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign_up", SignUp)
def test_what_people_sign_up_for_stands_alone(kind, sign_up):
    item = ProgrammeItem(kind=kind, sign_up=sign_up)

    assert item.stands_alone == (kind == ItemKind.WORKSHOP or sign_up != SignUp.NONE)


@pytest.mark.parametrize("kind", [ItemKind.PLENARY, ItemKind.ROUND])
@pytest.mark.parametrize("sign_up", SignUp)
def test_what_is_for_all_does_not(kind, sign_up):
    assert not ProgrammeItem(kind=kind, sign_up=sign_up).stands_alone


@pytest.mark.parametrize(
    ("kind", "sign_up"),
    [
        (ItemKind.PLENARY, SignUp.OPEN),
        (ItemKind.PLENARY, SignUp.NONE),
        (ItemKind.LUNCH, SignUp.NONE),
    ],
)
def test_what_is_for_all_is_refused(region, kind, sign_up):
    with region.writing():
        meeting = region._load(CLERK)[0]
        part = an_item(meeting, kind, sign_up=sign_up)
        db.session.add(part)
        db.session.flush()
        part_id = part.id
    region.publish(CLERK)

    with pytest.raises(ItemIsForAll):
        cancel(region, db_item(region, part_id))


def db_item(region: Region, item_id: int) -> ProgrammeItem:
    with region.app.app_context():
        return db.session.get_one(ProgrammeItem, item_id)


def test_lunch_ends_for_who_has_it_and_comes_back_for_them(region):
    with region.writing():
        lunch = an_item(region._load(CLERK)[0], ItemKind.LUNCH, sign_up=SignUp.LIMITED, maximum=1)
        db.session.add(lunch)
        db.session.flush()
        lunch_id = lunch.id
    region.publish(CLERK)
    lunch = db_item(region, lunch_id)
    region.register(0, lunch, region.one)
    region.register(1, lunch)
    before = len(region.mails())

    ended = cancel(region, lunch)
    empty = region.places_of(lunch)
    region.clock.pass_(minutes=1)
    with region.writing():
        clerk = region._load(CLERK)[1]
        restore_item(db.session.get_one(ProgrammeItem, lunch_id), clerk, region.clock())

    assert ended == [(0, ChoiceState.PLACED), (1, ChoiceState.WAITING)]
    assert (empty, region.places_of(lunch)) == ((0, 0), (1, 1))
    assert region.mails()[before:] == [
        (0, MailKind.WORKSHOP_CANCELLED),
        (1, MailKind.WORKSHOP_CANCELLED),
        (0, MailKind.WORKSHOP_RESTORED),
        (1, MailKind.WORKSHOP_RESTORED),
    ]


def test_what_is_over_is_refused(region):
    region.clock.moment = START + timedelta(hours=2)

    with pytest.raises(ItemIsOver):
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
