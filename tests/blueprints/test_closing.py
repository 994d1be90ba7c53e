"""Closing and opening a meeting at the desk: whom it concerns, what they get, and the act."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kwartaal.db import db
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.body import Body
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.registration import RegistrationState
from tests.conftest import NOON
from tests.desk_pages import hidden, messages, shown
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_series,
    an_item,
    staff,
)
from tests.publishing import change, store
from tests.reading import words_in
from tests.registrations import a_registration

DATA = "/beheer/bijeenkomsten/maart/gegevens/"
TYPED = {"title": "Wonen", "introduction": "", "note": "", "organiser_email": ""}


@pytest.fixture
def body() -> Body:
    return a_body()


@pytest.fixture
def meeting(body) -> Meeting:
    return a_meeting(slug="maart", title="Wonen", series=a_series(body=body))


@pytest.fixture
def griffie(app: Flask, save, browser_of, body, meeting) -> FlaskClient:
    """A member of the body of a meeting with somebody who has a place, a member, one who waits
    and somebody without an address.
    """
    clerk, member = staff(), a_council_member(last_name="Lid")
    people = [a_council_member(), a_council_member()]
    silent = a_council_member(last_name="Stil", email=None, phone="+31612345678")
    store(app, meeting, an_item(meeting), clerk, member, silent, *people)
    save(a_membership(clerk, body), a_membership(member, body))
    waiting = a_registration(meeting, people[1], state=RegistrationState.WAITING)
    others = [a_registration(meeting, one) for one in (people[0], silent, member)]
    save(*others, waiting, *(_told(meeting, one) for one in (people[0], member)))
    return browser_of(clerk)


def _told(meeting: Meeting, person) -> OutboxMail:
    return OutboxMail(
        kind=MailKind.REGISTERED,
        person=person,
        meeting_id=meeting.id,
        dedupe_key=f"registered:{person.email}",
        created_at=NOON,
        due_at=NOON,
        sent_at=NOON,
        appointment="REQUEST",
    )


def look(griffie: FlaskClient, openness: str = "besloten", **more: str):
    return griffie.post(DATA, data=TYPED | {"openness": openness} | more)


def confirm(griffie: FlaskClient, openness: str = "besloten"):
    looked_at = hidden(look(griffie, openness), "looked_at")
    return look(griffie, openness, looked_at=looked_at)


def told(app: Flask) -> dict[str, int]:
    with app.app_context():
        kinds = list(db.session.scalars(select(OutboxMail.kind)))
        return {kind.value: kinds.count(kind) for kind in kinds}


def openness_of(app: Flask, meeting: Meeting) -> Openness:
    with app.app_context():
        return db.session.get_one(Meeting, meeting.id).openness


def test_looking_names_who_loses_sight_and_changes_nothing(app, griffie, meeting):
    page = words_in(look(griffie))

    assert "3 mensen die zich aanmeldden, zien de bijeenkomst niet meer. 2 met een plek, 1" in page
    assert "1 lid van het gremium blijft de bijeenkomst zien. De afspraak verandert." in page
    assert "Er gaan 3 mails weg." in page
    assert "Een afspraak in uw agenda is vervallen. U hoeft zich niet af te melden." in page
    assert "In uw agenda staat voortaan alleen ‘Bezet’, zonder titel en plaats." in page
    assert "Stil, Anna +31 6 12 34 56 78" in page
    assert (openness_of(app, meeting), told(app)) == (Openness.OPENBAAR, {"registered": 2})


def test_confirming_closes_it_and_tells_each_once(app, griffie, meeting):
    page = griffie.get(confirm(griffie).location)

    assert messages(page) == [
        "De gegevens zijn bewaard.",
        "De openbaarheid geldt meteen.",
        "3 mails gaan nu weg.",
    ]
    assert openness_of(app, meeting) == Openness.BESLOTEN
    assert told(app) == {"registered": 2, "closed": 3}


def test_somebody_registered_meanwhile_so_the_page_is_shown_again(app, save, griffie, meeting):
    looked_at = hidden(look(griffie), "looked_at")
    person = a_council_member()
    save(person)
    save(a_registration(meeting, person))

    answer = look(griffie, looked_at=looked_at)

    assert answer.status_code == 422
    assert "Er is net iets veranderd" in answer.text
    assert "4 mensen die zich aanmeldden" in words_in(answer)
    assert openness_of(app, meeting) == Openness.OPENBAAR


def test_going_back_keeps_what_was_typed(griffie):
    answer = look(griffie, title="Wonen en werken", looked_at="x", change="y")

    assert shown(answer, "title") == "Wonen en werken"
    assert 'name="looked_at" type="hidden" value=""' in answer.text


def test_what_another_clerk_typed_meanwhile_is_not_undone_by_the_button(app, griffie, meeting):
    seen = hidden(griffie.get(DATA), "seen")
    change(app, Meeting, meeting.id, note="Onder voorbehoud")
    looked = look(griffie, seen=seen)

    look(griffie, seen=hidden(looked, "seen"), looked_at=hidden(looked, "looked_at"))

    with app.app_context():
        stored = db.session.get_one(Meeting, meeting.id)
        assert (stored.note, stored.openness) == ("Onder voorbehoud", Openness.BESLOTEN)


def test_who_closed_it_and_opened_it_again_is_in_the_log(app, griffie):
    confirm(griffie)
    confirm(griffie, "openbaar")

    with app.app_context():
        kind = AuditEntry.action == AuditAction.OPENNESS_CHANGED
        found = db.session.scalars(select(AuditEntry).where(kind).order_by(AuditEntry.id)).all()
        assert [(one.actor_id is not None, one.detail) for one in found] == [
            (True, {"before": "openbaar", "after": "besloten"}),
            (True, {"before": "besloten", "after": "openbaar"}),
        ]


def test_opening_it_again_names_who_sees_it_again(app, griffie, meeting):
    confirm(griffie)

    address = "/beheer/bijeenkomsten/maart/gegevens/"
    answer = griffie.post(address, data=TYPED | {"openness": "openbaar"}, follow_redirects=True)

    assert "3 mensen die zich aanmeldden, zien de bijeenkomst weer." in words_in(answer)


def test_closing_what_nobody_registered_for_asks_nothing(app, save, browser_of):
    clerk, body = staff(), a_body()
    meeting = a_meeting(slug="maart", title="Wonen", series=a_series(body=body))
    store(app, meeting, an_item(meeting), clerk)
    save(a_membership(clerk, body))

    answer = look(browser_of(clerk))

    assert (answer.status_code, openness_of(app, meeting)) == (303, Openness.BESLOTEN)
