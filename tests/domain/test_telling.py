"""Who gets a mail about which changes, and what is kept when nobody does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.db import db
from kwartaal.domain import registrations, telling
from kwartaal.domain.changes import ChangeKind, compare
from kwartaal.domain.publications import draft_of
from kwartaal.domain.telling import concerned
from kwartaal.domain.version_changes import changes_of
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.publication import find_latest
from tests.conftest import NOON
from tests.factories import a_workshop, an_agenda_item
from tests.telling_region import Region

TODAY = NOON.date()


@pytest.fixture
def region(app, save, clock) -> Region:
    return Region(app, save, clock)


def told(region: Region) -> dict[str, list[tuple[ChangeKind, str | None]]]:
    """What everybody is told of the version that is published now."""
    region.publish()
    with region.app.app_context():
        version = find_latest(region.meeting.id)
        people = concerned(version.meeting, changes_of(version), TODAY)
        return {
            one.person.first_name: [(change.kind, change.title) for change in one.changes]
            for one in people
        }


def mailed(region: Region) -> list[str]:
    return [name for name, _kind, _outcome in region.mails()]


def test_a_workshop_touches_who_has_a_place_and_who_waits(region):
    region.change(region.one, title="Warmte uit water")

    change = (ChangeKind.RETITLED, "Warmte uit water")
    assert told(region) == {"Anna": [change], "Bram": [change]}
    assert mailed(region) == ["Anna", "Bram"]


def test_a_workshop_beside_the_own_one_touches_nobody(region):
    region.change(region.other, title="Groen op het dak")

    assert (told(region), mailed(region)) == ({}, [])


def test_a_round_touches_who_chose_in_it(region):
    region.change(region.round_two, title="Na de pauze")

    assert told(region) == {"Cem": [(ChangeKind.RETITLED, "Na de pauze")]}


@pytest.mark.parametrize("part", ["opening", "drinks"])
def test_a_part_without_sign_up_touches_everybody(region, part):
    region.change(getattr(region, part), description="Neem iets mee.")

    assert list(told(region)) == ["Anna", "Bram", "Cem", "Dirk"]


def test_the_agenda_touches_everybody(region):
    region.change(region.point, minutes=15)

    everybody = told(region)
    assert list(everybody) == ["Anna", "Bram", "Cem", "Dirk"]
    assert everybody["Dirk"] == [(ChangeKind.MINUTES, "Opening")]


def test_what_nobody_may_read_touches_nobody(region):
    region.change(region.closed, text="Canarie", minutes=20)

    assert (told(region), mailed(region)) == ({}, [])


def test_a_closed_point_that_moves_is_told_without_its_title(region):
    with region.at_work():
        point, closed = region.load(region.point), region.load(region.closed)
        point.position, closed.position = closed.position, point.position

    kinds = {title for changes in told(region).values() for _kind, title in changes}
    assert "Canarie" not in kinds


def test_a_new_closed_point_touches_nobody_who_may_not_read_it(region):
    with region.at_work():
        meeting = region.load(region.meeting)
        db.session.add(
            an_agenda_item(meeting, title="Canarie", openness=Openness.BESLOTEN, position=9)
        )

    assert (told(region), mailed(region)) == ({}, [])


def test_a_second_session_touches_who_waits_for_the_first(region):
    with region.at_work():
        again = a_workshop(region.load(region.round_two), title="Warmte (tweede sessie)")
        again.repeats = region.one.id
        db.session.add(again)

    assert told(region) == {"Bram": [(ChangeKind.ADDED, "Warmte (tweede sessie)")]}


def test_a_new_title_of_the_meeting_touches_everybody(region):
    region.change(region.meeting, title="Wonen en warmte")

    assert {name: kinds[0][0] for name, kinds in told(region).items()} == dict.fromkeys(
        ("Anna", "Bram", "Cem", "Dirk"), ChangeKind.RETITLED
    )


def test_texts_of_the_meeting_touch_nobody(region):
    region.change(region.meeting, introduction="Een andere tekst.", note="Let op.")

    assert told(region) == {}


def test_each_gets_only_what_touches_them(region):
    region.change(region.one, title="Warmte uit water")
    region.change(region.two, room_id=region.room_id)
    region.change(region.opening, ends_at=region.opening.ends_at + timedelta(minutes=5))

    everybody = told(region)

    assert {name: [kind for kind, _ in changes] for name, changes in everybody.items()} == {
        "Anna": [ChangeKind.TIME, ChangeKind.RETITLED],
        "Bram": [ChangeKind.TIME, ChangeKind.RETITLED],
        "Cem": [ChangeKind.TIME, ChangeKind.ROOM],
        "Dirk": [ChangeKind.TIME],
    }
    assert mailed(region) == ["Anna", "Bram", "Cem", "Dirk"]


def test_who_left_is_not_concerned(region):
    with region.at_work():
        registrations.withdraw(
            region.load(region.meeting), region.load(region.people[2]), region.clock()
        )
    region.forget_mails()
    region.change(region.two, room_id=region.room_id)

    assert (told(region), mailed(region)) == ({}, [])


def test_who_may_not_see_the_meeting_any_more_is_not_told(region):
    region.change(region.meeting, openness=Openness.BESLOTEN)
    region.change(region.opening, title="Welkom")

    assert (told(region), mailed(region)) == ({}, [])


def test_who_has_no_address_is_concerned_and_gets_no_mail(region):
    region.change(region.people[0], email=None)
    region.change(region.one, title="Warmte uit water")

    assert (list(told(region)), mailed(region)) == (["Anna", "Bram"], ["Bram"])
    assert (region.latest().told, region.latest().untold) == (1, None)


def test_keeping_quiet_writes_no_mail_and_is_counted_and_logged(region):
    region.change(region.one, title="Warmte uit water")

    region.publish(tells=False)

    assert region.mails() == []
    assert (region.latest().told, region.latest().untold) == (0, 2)
    with region.app.app_context():
        (row,) = db.session.query(AuditEntry).filter_by(action=AuditAction.NOT_TOLD)
        assert (row.at, row.actor_id, row.subject, row.detail) == (
            NOON,
            region.clerk.id,
            "meeting:wonen",
            {"version": 2, "people": 2},
        )


def test_keeping_quiet_about_what_touches_nobody_is_not_logged(region):
    region.change(region.other, title="Groen op het dak")

    region.publish(tells=False)

    with region.app.app_context():
        assert db.session.query(AuditEntry).filter_by(action=AuditAction.NOT_TOLD).count() == 0


def test_the_first_programme_is_told_to_nobody(region):
    assert (region.latest().number, region.latest().told) == (1, 0)


def test_mails_are_in_the_transaction_of_the_version(region):
    region.change(region.one, title="Warmte uit water")

    with region.app.test_request_context("/"):
        telling.publish(
            region.load(region.meeting), region.load(region.clerk), NOON, telling.Instructions()
        )
        inside = db.session.query(OutboxMail).count()
        db.session.rollback()
        assert (inside, db.session.query(OutboxMail).count()) == (2, 0)


def test_whom_it_concerns_takes_as_many_queries_for_many(region, count_queries):
    region.add_speaker(region.one, "Bo", "")

    def ask() -> object:
        with region.app.app_context():
            meeting = region.load(region.meeting)
            draft = draft_of(meeting)
            return concerned(meeting, compare(draft.latest.content, draft.content), TODAY)

    few = count_queries(ask)
    for number in range(1, 4):
        region.register(number, region.two)

    assert count_queries(ask) == few
