"""Announcing, publishing and cancelling, with what is stored, mailed and logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from kwartaal.db import begin_writing, db
from kwartaal.domain.place_to_follow import place_follows
from kwartaal.domain.publications import announce, cancel, delete_concept, publish
from kwartaal.domain.refusals import (
    AlreadyCancelled,
    DateOrPlaceChanged,
    MeetingIsCancelled,
    MeetingIsOver,
    NoProgramme,
    NotAConcept,
    NotAnnouncedYet,
    NothingChanged,
)
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.calendar import PUBLIC_FEED, CalendarRevision
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication
from kwartaal.models.registration import Registration, RegistrationState
from tests.conftest import NOON
from tests.factories import a_meeting, a_person, an_agenda_item, an_item, staff


@pytest.fixture
def clerk(save: Callable[..., None]) -> Person:
    person = staff()
    save(person)
    return person


@pytest.fixture
def concept(save: Callable[..., None]) -> Meeting:
    """A concept with one item and one agenda point."""
    meeting = a_meeting(state=MeetingState.CONCEPT)
    save(meeting, an_item(meeting, title="Opening"), an_agenda_item(meeting, title="Welkom"))
    return meeting


@pytest.fixture(autouse=True)
def writing(app: Flask, concept: Meeting, clerk: Person) -> Iterator[None]:
    with app.app_context():
        begin_writing()
        yield


def stored(meeting: Meeting) -> Meeting:
    return db.session.get_one(Meeting, meeting.id)


def revision() -> int | None:
    return db.session.scalar(
        select(CalendarRevision.revision).where(CalendarRevision.scope == PUBLIC_FEED)
    )


def log() -> list[tuple[AuditAction, str, dict[str, object]]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.action, row.subject, row.detail) for row in rows]


def change_title(meeting: Meeting, title: str = "Een andere titel") -> None:
    stored(meeting).title = title


def test_publish_stores_version_one_and_makes_the_meeting_published(concept, clerk):
    publication = publish(stored(concept), clerk, NOON)

    assert (publication.number, publication.published_at) == (1, NOON)
    assert [item["title"] for item in publication.content["items"]] == ["Opening"]
    assert [item["title"] for item in publication.content["agenda"]] == ["Welkom"]
    assert stored(concept).state == MeetingState.PUBLISHED


def test_publish_raises_the_revision_of_meeting_and_feed(concept, clerk):
    publish(stored(concept), clerk, NOON)
    change_title(concept)
    publish(stored(concept), clerk, NOON + timedelta(hours=1))

    meeting = stored(concept)
    assert (meeting.calendar_revision, meeting.calendar_revised_at, revision()) == (
        2,
        NOON + timedelta(hours=1),
        2,
    )


def test_publish_is_logged_with_the_version(concept, clerk):
    publish(stored(concept), clerk, NOON)

    subject = f"meeting:{concept.slug}"
    assert log() == [(AuditAction.PUBLISHED, subject, {"version": 1})]


def test_publish_again_without_a_change_is_refused(concept, clerk):
    publish(stored(concept), clerk, NOON)

    with pytest.raises(NothingChanged):
        publish(stored(concept), clerk, NOON)


def test_publish_keeps_the_earlier_version_as_it_was(concept, clerk):
    first = publish(stored(concept), clerk, NOON)
    before = dict(first.content), first.content_hash
    change_title(concept)
    second = publish(stored(concept), clerk, NOON)
    db.session.flush()
    db.session.expire_all()

    assert (first.content, first.content_hash) == before
    assert (second.number, second.content["title"]) == (2, "Een andere titel")


def test_publish_refuses_another_start_than_the_published_one(concept, clerk):
    publish(stored(concept), clerk, NOON)
    stored(concept).starts_at -= timedelta(minutes=5)

    with pytest.raises(DateOrPlaceChanged):
        publish(stored(concept), clerk, NOON)


def test_publish_refuses_another_place_than_the_announced_one(concept, clerk):
    announce(stored(concept), clerk, NOON)
    stored(concept).venue_id = None
    stored(concept).is_digital = True

    with pytest.raises(DateOrPlaceChanged):
        publish(stored(concept), clerk, NOON)


def test_publish_without_programme_is_refused(concept, clerk):
    db.session.delete(db.session.scalars(select(ProgrammeItem)).one())

    with pytest.raises(NoProgramme):
        publish(stored(concept), clerk, NOON)


def test_publish_of_a_cancelled_meeting_is_refused(concept, clerk):
    publish(stored(concept), clerk, NOON)
    cancel(stored(concept), "Te weinig mensen", clerk, NOON)

    with pytest.raises(MeetingIsCancelled):
        publish(stored(concept), clerk, NOON)


def test_announce_stores_date_and_place_without_programme(concept, clerk):
    stored(concept).introduction = "Nog geheim"
    publication = announce(stored(concept), clerk, NOON)

    content = publication.content
    assert (publication.number, content["items"], content["agenda"]) == (0, [], [])
    assert (content["introduction"], content["title"]) == ("", concept.title)
    assert stored(concept).state == MeetingState.ANNOUNCED
    assert log() == [(AuditAction.ANNOUNCED, f"meeting:{concept.slug}", {"version": 0})]


def test_publish_after_announce_is_version_one(concept, clerk):
    announce(stored(concept), clerk, NOON)

    assert publish(stored(concept), clerk, NOON).number == 1


def test_announce_twice_is_refused(concept, clerk):
    announce(stored(concept), clerk, NOON)

    with pytest.raises(NotAConcept):
        announce(stored(concept), clerk, NOON)


def test_announce_without_a_place_says_that_it_follows(concept, clerk):
    stored(concept).venue_id = None

    version = announce(stored(concept), clerk, NOON)

    assert (version.content["venue"], place_follows(version)) == (None, True)


def register(meeting: Meeting, state: RegistrationState, **columns: object) -> Person:
    person = a_person(**columns)
    db.session.add(
        Registration(
            meeting=stored(meeting), person=person, state=state, changed_at=NOON, created_at=NOON
        )
    )
    db.session.flush()
    return person


def mailed() -> list[tuple[MailKind, int, int | None]]:
    rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return [(row.kind, row.person_id, row.meeting_id) for row in rows]


def test_cancel_mails_everybody_with_a_place_or_in_line_once(concept, clerk):
    publish(stored(concept), clerk, NOON)
    placed = register(concept, RegistrationState.PLACED)
    waiting = register(concept, RegistrationState.WAITING)
    register(concept, RegistrationState.WITHDRAWN)
    register(concept, RegistrationState.WALK_IN)

    concerned = cancel(stored(concept), "De zaal is dicht", clerk, NOON)
    db.session.flush()

    assert [one.person_id for one in concerned] == [placed.id, waiting.id]
    assert mailed() == [
        (MailKind.CANCELLED, placed.id, concept.id),
        (MailKind.CANCELLED, waiting.id, concept.id),
    ]


def test_cancel_keeps_reason_and_moment_and_raises_the_revision(concept, clerk):
    publish(stored(concept), clerk, NOON)
    cancel(stored(concept), "De zaal is dicht", clerk, NOON + timedelta(hours=1))

    meeting = stored(concept)
    assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, "De zaal is dicht")
    assert (meeting.cancelled_at, meeting.calendar_revision) == (NOON + timedelta(hours=1), 2)
    assert revision() == 2
    assert log()[-1] == (
        AuditAction.CANCELLED,
        f"meeting:{concept.slug}",
        {"registered": 0},
    )


def test_cancel_of_an_announced_meeting(concept, clerk):
    announce(stored(concept), clerk, NOON)
    cancel(stored(concept), "Toch niet", clerk, NOON)

    assert stored(concept).is_cancelled


def test_cancel_twice_is_refused(concept, clerk):
    publish(stored(concept), clerk, NOON)
    cancel(stored(concept), "De zaal is dicht", clerk, NOON)

    with pytest.raises(AlreadyCancelled):
        cancel(stored(concept), "De zaal is dicht", clerk, NOON)


def test_cancel_of_a_concept_is_refused(concept, clerk):
    with pytest.raises(NotAnnouncedYet):
        cancel(stored(concept), "Toch niet", clerk, NOON)


def test_cancel_of_a_meeting_that_is_over_is_refused(concept, clerk):
    publish(stored(concept), clerk, NOON)

    with pytest.raises(MeetingIsOver):
        cancel(stored(concept), "Te laat", clerk, concept.ends_at)


def test_delete_concept_takes_programme_and_agenda_with_it(concept):
    delete_concept(stored(concept))
    db.session.flush()

    tables = (Meeting, ProgrammeItem, AgendaItem, Publication)
    assert [db.session.scalars(select(table)).all() for table in tables] == [[], [], [], []]


def test_delete_of_an_announced_meeting_is_refused(concept, clerk):
    announce(stored(concept), clerk, NOON)

    with pytest.raises(NotAConcept):
        delete_concept(stored(concept))


@pytest.mark.parametrize("column", ["content", "content_hash"])
def test_the_database_keeps_a_version_as_it_is(concept, clerk, column):
    publish(stored(concept), clerk, NOON)
    db.session.flush()

    with pytest.raises(sa.exc.DatabaseError, match="never changed"):
        db.session.execute(sa.text(f"UPDATE publication SET {column} = '{{}}'"))
