"""Telling people once that registering is open: whom, and whom not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kwartaal.db import begin_writing, db
from kwartaal.domain.invitations import invite
from kwartaal.domain.refusals import AlreadyInvited, NotOpenForRegistration
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.invitees import count_invitees, invitees
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.registration import Registration, RegistrationState
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    an_office,
    an_office_kind,
    an_organisation,
    staff,
)

TODAY = date(2027, 3, 10)


@pytest.fixture(autouse=True)
def writing(app: Flask) -> Iterator[None]:
    with app.app_context():
        begin_writing()
        yield


@pytest.fixture
def keep(writing: None) -> Callable[..., None]:
    """Store objects in the transaction of the test."""

    def _keep(*objects: object) -> None:
        db.session.add_all(objects)
        db.session.flush()

    return _keep


def somebody(**columns: object) -> Person:
    person = a_person(**columns)
    an_office(person)
    return person


def test_a_holder_of_an_office_in_an_admitted_group_is_invited(keep):
    person, meeting = somebody(), a_meeting(audiences=(Audience.RAAD,))
    keep(person, meeting)

    assert (invitees(meeting, TODAY), count_invitees(meeting, TODAY)) == ([person], 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "invited"),
    [
        (date(2022, 3, 30), TODAY, True),
        (date(2022, 3, 30), TODAY - timedelta(days=1), False),
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
    ],
)
def test_only_an_office_of_today_counts(keep, starts_on, ends_on, invited):
    person, meeting = a_person(), a_meeting()
    an_office(person, starts_on=starts_on, ends_on=ends_on)
    keep(person, meeting)

    assert invitees(meeting, TODAY) == ([person] if invited else [])


def test_a_group_that_is_not_admitted_is_not_invited(keep):
    meeting = a_meeting(audiences=(Audience.COLLEGE,))
    keep(somebody(), meeting)

    assert invitees(meeting, TODAY) == []


def test_the_group_depends_on_the_kind_of_organisation(keep):
    kind = an_office_kind(neighbour=Audience.BUURGEMEENTE)
    guest = a_person()
    an_office(guest, kind=kind, organisation=an_organisation(kind=OrganisationKind.NEIGHBOUR))
    meeting = a_meeting(audiences=(Audience.BUURGEMEENTE,))
    keep(guest, meeting)

    assert invitees(meeting, TODAY) == [guest]


def test_who_switched_such_mails_off_is_not_invited(keep):
    meeting = a_meeting()
    keep(somebody(wants_announcements=False), meeting)

    assert invitees(meeting, TODAY) == []


def test_who_has_no_address_is_not_invited(keep):
    meeting = a_meeting()
    keep(somebody(email=None), meeting)

    assert invitees(meeting, TODAY) == []


def test_a_contact_address_is_enough(keep):
    person, meeting = somebody(email=None, contact_email="post@voorbeeld.example"), a_meeting()
    keep(person, meeting)

    assert invitees(meeting, TODAY) == [person]


@pytest.mark.parametrize(("state", "invited"), [("placed", 0), ("waiting", 0), ("withdrawn", 1)])
def test_who_is_registered_is_not_invited(keep, state, invited):
    person, meeting = somebody(), a_meeting()
    keep(person, meeting)
    keep(
        Registration(
            meeting=meeting,
            person=person,
            state=RegistrationState(state),
            created_at=NOON,
            changed_at=NOON,
        )
    )

    assert count_invitees(meeting, TODAY) == invited


def test_two_offices_are_one_mail(keep):
    person, meeting = somebody(), a_meeting()
    an_office(person)
    keep(person, meeting)

    assert (invitees(meeting, TODAY), count_invitees(meeting, TODAY)) == ([person], 1)


def test_of_a_closed_meeting_only_members_are_told(keep):
    body = a_body()
    member, other, former = somebody(), somebody(), somebody()
    meeting = a_meeting(series=a_series(body=body), openness=Openness.BESLOTEN)
    ended = a_membership(former, body, ends_on=TODAY - timedelta(days=1))
    keep(member, other, former, meeting, a_membership(member, body), ended)

    assert (invitees(meeting, TODAY), count_invitees(meeting, TODAY)) == ([member], 1)


def test_invite_sends_one_mail_each_and_is_written_down(keep):
    first, second, clerk, meeting = somebody(), somebody(), staff(), a_meeting(slug="maart")
    keep(first, second, clerk, meeting)

    assert invite(meeting, clerk, NOON) == 2
    db.session.flush()

    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [(m.kind, m.person_id, m.meeting_id) for m in mails] == [
        (MailKind.REGISTRATION_OPEN, first.id, meeting.id),
        (MailKind.REGISTRATION_OPEN, second.id, meeting.id),
    ]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.detail, entry.actor_id) == (
        AuditAction.INVITED,
        "meeting:maart",
        {"people": 2},
        clerk.id,
    )
    assert meeting.invited_at == NOON


def test_invite_twice_is_refused(keep):
    clerk, meeting = staff(), a_meeting()
    keep(clerk, meeting)
    invite(meeting, clerk, NOON)

    with pytest.raises(AlreadyInvited):
        invite(meeting, clerk, NOON)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": MeetingState.CONCEPT},
        {"state": MeetingState.ANNOUNCED},
        {"state": MeetingState.CANCELLED},
        {"registration_opens_at": NOON + timedelta(minutes=1)},
        {"registration_closes_at": NOON},
    ],
)
def test_invite_while_nobody_can_register_is_refused(keep, columns):
    clerk, meeting = staff(), a_meeting(**columns)
    keep(clerk, meeting)

    with pytest.raises(NotOpenForRegistration):
        invite(meeting, clerk, NOON)


def test_invite_is_one_transaction_with_the_mails(keep):
    clerk, meeting = staff(), a_meeting()
    keep(somebody(), clerk, meeting)
    db.session.commit()
    begin_writing()
    invite(db.session.get_one(Meeting, meeting.id), clerk, NOON)
    db.session.rollback()

    assert db.session.scalars(select(OutboxMail)).all() == []
    assert db.session.get_one(Meeting, meeting.id).invited_at is None
