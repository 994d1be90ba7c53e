"""Restoring a meeting or a workshop: who had what has it again, and each is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.domain.change_refusals import (
    ItemIsOn,
    ItemOutOfProgramme,
    MeetingIsOn,
    RestoredTooLate,
)
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.preparation_refusals import RoomTaken, RoomTakenElsewhere
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.models.audit import AuditEntry
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import find_latest
from kwartaal.models.published import load_published
from kwartaal.models.registration import ChoiceState
from kwartaal.models.room_use import held_elsewhere
from kwartaal.models.venue import Venue
from tests.conftest import SetClock
from tests.factories import START, a_meeting, an_item
from tests.registration_region import Region, Save

CLERK = 4  # of the people, who is registered for nothing


@pytest.fixture
def region(app: Flask, save: Save, clock: SetClock) -> Region:
    return Region(app, save, clock)


def cancel(region: Region, item: ProgrammeItem | None = None) -> None:
    """The meeting, or one workshop of it."""
    region.clock.pass_(minutes=1)
    with region.writing():
        meeting, clerk = region._load(CLERK)
        if item is None:
            publications.cancel(meeting, "Storm", clerk, region.clock())
        else:
            stored = db.session.get_one(ProgrammeItem, item.id)
            cancel_item(stored, "De spreker is ziek.", clerk, region.clock())


def restore(region: Region, item: ProgrammeItem | None = None) -> tuple[list[int], list[int]]:
    """Who has it again, and who chose otherwise, by number of the person."""
    region.clock.pass_(minutes=1)
    ids = [person.id for person in region.people]
    with region.writing():
        meeting, clerk = region._load(CLERK)
        if item is None:
            concerned = restore_meeting(meeting, clerk, region.clock())
            return [ids.index(one.person_id) for one in concerned], []
        stored = db.session.get_one(ProgrammeItem, item.id)
        back = restore_item(stored, clerk, region.clock())
        return (
            sorted(ids.index(one.registration.person_id) for one in back.choices),
            [ids.index(one.person_id) for one in back.elsewhere],
        )


def change(region: Region, item: ProgrammeItem, **columns: object) -> None:
    with region.writing():
        stored = db.session.get_one(ProgrammeItem, item.id)
        for name, value in columns.items():
            setattr(stored, name, value)


def stored(region: Region) -> Meeting:
    with region.app.app_context():
        return db.session.get_one(Meeting, region.meeting.id)


def test_meeting_is_on_again_with_everybody_as_they_were(region):
    region.register(0, region.one, region.two)
    region.register(1, region.one)
    before = region.standing()
    cancel(region)

    assert restore(region) == ([0, 1], [])
    assert region.standing() == before
    meeting = stored(region)
    assert (meeting.state, meeting.cancelled_at, meeting.cancel_reason) == (
        MeetingState.PUBLISHED,
        None,
        "",
    )


def test_announced_meeting_is_announced_again(app, save, clock):
    region = Region(app, save, clock, is_published=False)
    with region.writing():
        meeting, clerk = region._load(CLERK)
        meeting.state = MeetingState.CONCEPT
        publications.announce(meeting, clerk, clock())
    cancel(region)

    restore(region)

    assert stored(region).state == MeetingState.ANNOUNCED


def test_each_person_hears_once_that_the_meeting_is_on(region):
    region.register(0, region.one)
    region.register(1)
    cancel(region)
    before = region.mails()

    restore(region)

    assert region.mails()[len(before) :] == [(0, MailKind.RESTORED), (1, MailKind.RESTORED)]


def test_meeting_can_be_cancelled_once_more(region):
    region.register(0)
    cancel(region)
    restore(region)

    cancel(region)

    kinds = [kind for _, kind in region.mails()]
    assert kinds.count(MailKind.CANCELLED) == 2


def test_sequence_of_the_meeting_rises_with_each(region):
    before = stored(region).calendar_revision
    cancel(region)
    restore(region)

    assert stored(region).calendar_revision == before + 2


@pytest.mark.parametrize("what", ["meeting", "workshop"])
def test_what_is_on_is_not_restored(region, what):
    with pytest.raises((MeetingIsOn, ItemIsOn)):
        restore(region, region.one if what == "workshop" else None)


@pytest.mark.parametrize("what", ["meeting", "workshop"])
def test_what_is_over_is_not_restored(region, what):
    item = region.one if what == "workshop" else None
    cancel(region, item)
    region.clock.moment = START + timedelta(hours=7)

    with pytest.raises(RestoredTooLate):
        restore(region, item)


def test_meeting_whose_room_was_given_away_is_refused(region, save):
    with region.app.app_context():
        venue = db.session.get_one(Venue, stored(region).venue_id)
        room = venue.rooms[0]
        db.session.expunge_all()
    change(region, region.one, room_id=room.id)
    cancel(region)
    with region.writing():
        other = a_meeting(title="Andere dag", venue=db.session.merge(venue))
        lunch = an_item(other, title="Lunch", starts_at=region.one.starts_at)
        lunch.room = db.session.merge(room)
        db.session.add(lunch)

    with pytest.raises(RoomTakenElsewhere):
        restore(region)

    assert stored(region).is_cancelled


def test_room_of_a_cancelled_workshop_is_free_for_other_meetings(region):
    with region.writing():
        venue = db.session.get_one(Venue, stored(region).venue_id)
        db.session.get_one(ProgrammeItem, region.one.id).room_id = venue.rooms[0].id
        other = a_meeting(venue=venue)
        db.session.add(other)
        db.session.flush()
        other_id = other.id

    def in_use() -> int:
        with region.app.app_context():
            return len(held_elsewhere(db.session.get_one(Meeting, other_id)))

    before = in_use()
    cancel(region, region.one)

    assert (before, in_use()) == (1, 0)


def test_workshop_gives_back_places_waits_and_wishes(region):
    region.register(0, region.one, region.two)
    region.register(1, region.one)
    region.change_maximum(region.meeting, 2)
    region.register(2, region.one)
    before = region.standing()
    cancel(region, region.one)

    assert restore(region, region.one) == ([0, 1, 2], [])
    assert region.standing() == before
    assert region.places_of(region.one) == (1, 1)


def test_who_chose_something_else_in_the_round_keeps_that(region):
    region.register(0, region.one)
    region.register(1, region.one)
    cancel(region, region.one)
    region.register(0, region.beside)

    assert restore(region, region.one) == ([1], [0])
    assert region.standing()[:2] == [["placed", "beside placed"], ["placed", "one placed"]]


def test_who_withdrew_meanwhile_and_came_back_has_only_what_they_chose(region):
    region.register(0, region.one)
    cancel(region, region.one)
    region.withdraw(0)
    region.register(0, region.two)

    assert restore(region, region.one) == ([], [])
    assert region.standing()[0] == ["placed", "two placed"]


def test_who_got_a_place_in_the_meeting_meanwhile_gets_one_in_the_workshop(region):
    region.change_maximum(region.meeting, 1)
    region.register(0)
    region.register(1, region.one)
    cancel(region, region.one)
    region.withdraw(0)

    restore(region, region.one)

    assert region.standing()[1] == ["placed", "one placed"]


def test_fewer_places_than_before_make_the_last_wait(region):
    region.change_maximum(region.one, 2)
    region.register(0, region.one)
    region.register(1, region.one)
    cancel(region, region.one)
    region.change_maximum(region.one, 1)

    restore(region, region.one)

    assert region.standing()[:2] == [["placed", "one placed"], ["placed", "one waiting"]]


def test_each_who_has_the_workshop_again_hears_it_once(region):
    region.register(0, region.one)
    region.register(1, region.one)
    region.register(2, region.beside)
    cancel(region, region.one)
    before = region.mails()

    restore(region, region.one)

    told = region.mails()[len(before) :]
    assert sorted(told) == [(0, MailKind.WORKSHOP_RESTORED), (1, MailKind.WORKSHOP_RESTORED)]


def test_nobody_who_left_gets_a_second_place_by_cancelling_twice(region):
    region.register(0, region.one)
    cancel(region, region.one)
    restore(region, region.one)
    region.register(0)
    cancel(region, region.one)

    assert restore(region, region.one) == ([], [])


def test_workshop_shows_again_in_the_version_that_was_there(region):
    cancel(region, region.one)

    restore(region, region.one)

    with region.app.app_context():
        published = load_published(db.session.get_one(Meeting, region.meeting.id))
        assert (published.number, [one.cancelled for one in published.workshops]) == (
            1,
            [None, None, None],
        )


def test_version_that_says_it_is_off_is_followed_by_one_that_does_not(region):
    cancel(region, region.one)
    region.publish(CLERK)

    restore(region, region.one)

    with region.app.app_context():
        meeting = db.session.get_one(Meeting, region.meeting.id)
        latest = find_latest(meeting.id)
        assert latest.number == 3
        assert "cancelled" not in str(latest.content)
        assert not publications.has_unpublished_changes(publications.draft_of(meeting))


def test_workshop_whose_room_was_given_away_is_refused(region):
    with region.app.app_context():
        venue = db.session.get_one(Venue, stored(region).venue_id)
        room_id = venue.rooms[0].id
    change(region, region.one, room_id=room_id)
    cancel(region, region.one)
    change(region, region.beside, room_id=room_id)

    with pytest.raises(RoomTaken):
        restore(region, region.one)


def test_workshop_that_is_no_longer_in_the_programme_is_refused(region):
    cancel(region, region.one)
    with region.writing():
        meeting, clerk = region._load(CLERK)
        without = find_latest(meeting.id).content | {"items": []}
        publications.publish_content(meeting, without, clerk, region.clock())

    with pytest.raises(ItemOutOfProgramme):
        restore(region, region.one)


def test_workshop_of_a_cancelled_meeting_is_refused(region):
    cancel(region, region.one)
    cancel(region)

    with pytest.raises(CancelledIsFixed):
        restore(region, region.one)


def test_workshop_stays_off_when_its_meeting_is_restored(region):
    region.register(0, region.one)
    cancel(region, region.one)
    cancel(region)

    restore(region)

    assert region.standing()[0] == ["placed"]
    assert restore(region, region.one) == ([0], [])


@pytest.mark.parametrize(
    ("what", "action"), [("meeting", "restored"), ("workshop", "workshop_restored")]
)
def test_log_says_how_many_it_concerned(region, what, action):
    item = region.one if what == "workshop" else None
    region.register(0, region.one)
    cancel(region, item)

    restore(region, item)

    with region.app.app_context():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert (entry.action, entry.subject, entry.detail) == (
            action,
            f"meeting:{region.meeting.slug}",
            {"registered": 1},
        )


def test_choice_remembers_what_it_was_only_until_it_changes(region):
    region.register(0, region.one)
    cancel(region, region.one)
    with region.app.app_context():
        was = region.registration_of(0).choice_of(region.one.id).ended_as

    restore(region, region.one)

    with region.app.app_context():
        choice = region.registration_of(0).choice_of(region.one.id)
        assert (was, choice.ended_as) == (ChoiceState.PLACED, None)
