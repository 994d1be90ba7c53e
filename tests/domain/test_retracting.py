"""Taking a publication back: once, within the hour, and nobody is left with the wrong mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kwartaal.db import begin_writing, db
from kwartaal.domain import publications, retracting, telling
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.publication_refusals import (
    AlreadyToldToRegister,
    NothingToRetract,
    NotTheLatest,
    OnAgain,
    PeopleChose,
    PeopleRegistered,
    RestoredAlready,
    TooLateToRetract,
    WasMoved,
    WasOnline,
)
from kwartaal.domain.restoring import restore_item
from kwartaal.domain.telling import Instructions
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.calendar import WithdrawnEvent
from kwartaal.models.locks import lock_meeting
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.publication import find_latest, versions_of
from kwartaal.models.published import load_published
from tests.at_once import at_once
from tests.conftest import NOON
from tests.factories import a_meeting, a_workshop, an_item, staff
from tests.letting_go import commit_and_let_go
from tests.telling_region import Region


@pytest.fixture
def region(app, save, clock) -> Region:
    """Version 2 put a workshop in another room, and two people got a mail about it."""
    region = Region(app, save, clock)
    region.change(region.one, title="Warmte uit water")
    region.publish()
    return region


BOTH_TOLD = [("Anna", "changed", "pending"), ("Bram", "changed", "pending")]


def publish_with(region: Region, **changed: object) -> None:
    """A next version that differs in this alone."""
    content = region.latest().content | changed
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        publications.publish_content(meeting, content, clerk, region.clock())


def test_readers_see_what_was_there_before_as_a_new_version(region):
    region.retract(2)

    with region.app.app_context():
        first, _second, third = versions_of(region.meeting.id)
        assert (third.content, third.content_hash) == (first.content, first.content_hash)
    assert region.versions() == [(1, False, None), (2, True, None), (3, False, 1)]
    assert region.latest().number == 3


def test_the_draft_stays_as_it_is(region):
    region.retract(2)

    with region.app.app_context():
        assert region.load(region.one).title == "Warmte uit water"
    assert region.publish() == 4


def test_mails_that_are_not_sent_are_dropped(region):
    told = region.retract(2)

    assert (told, region.mails()) == (
        0,
        [("Anna", "changed", "dropped"), ("Bram", "changed", "dropped")],
    )


def test_whoever_got_a_mail_gets_one_correction(region):
    region.mark_sent("Anna")

    told = region.retract(2)

    assert (told, region.mails()) == (
        1,
        [
            ("Anna", "changed", "sent"),
            ("Bram", "changed", "dropped"),
            ("Anna", "change_retracted", "pending"),
        ],
    )


def test_the_correction_waits_for_a_mail_that_is_being_sent(region):
    until = NOON + timedelta(minutes=4)
    region.claim("Bram", until)

    region.retract(2)

    with region.app.app_context():
        corrections = db.session.query(OutboxMail).filter_by(kind=MailKind.CHANGE_RETRACTED)
        assert [row.due_at for row in corrections] == [until]
    assert region.mails()[1] == ("Bram", "changed", "pending")


def test_it_is_logged(region):
    region.retract(2)

    with region.app.app_context():
        rows = db.session.query(AuditEntry).filter_by(action=AuditAction.VERSION_RETRACTED)
        assert [(row.subject, row.detail) for row in rows] == [("meeting:wonen", {"version": 2})]


def test_twice_is_refused(region):
    region.retract(2)

    with pytest.raises(NotTheLatest):
        region.retract(2)
    with pytest.raises(RestoredAlready):
        region.retract(3)


def test_within_the_hour_to_the_second(region):
    region.clock.pass_(hours=1, seconds=1)

    with pytest.raises(TooLateToRetract):
        region.retract(2)

    region.clock.pass_(seconds=-1)
    assert region.retract(2) == 0


@pytest.mark.parametrize("number", [0, 1, 3, 9999])
def test_only_the_version_that_is_online(region, number):
    with pytest.raises(NotTheLatest):
        region.retract(number)


def test_a_cancelled_meeting_is_left_alone(region):
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        publications.cancel(meeting, "IJzel", clerk, region.clock())

    with pytest.raises(NothingToRetract):
        region.retract(2)


def test_a_version_that_moved_the_meeting_is_left_alone(region):
    publish_with(region, starts_at="2027-04-23T11:00:00Z")

    with pytest.raises(WasMoved):
        region.retract(3)


def test_a_version_after_a_workshop_was_called_off_is_taken_back_and_the_workshop_stays_off(region):
    with region.at_work():
        cancel_item(region.load(region.two), "Ziek.", region.load(region.clerk), NOON)
    region.publish()

    region.retract(3)

    with region.app.app_context():
        published = load_published(region.load(region.meeting))
    (off,) = [one for one in published.workshops if one.cancelled is not None]
    assert (published.number, off.id, off.cancelled) == (4, region.two.id, "Ziek.")


def test_a_version_that_put_a_workshop_on_again_is_left_alone(region):
    with region.at_work():
        cancel_item(region.load(region.two), "Ziek.", region.load(region.clerk), NOON)
    region.publish()
    with region.at_work():
        restore_item(region.load(region.two), region.load(region.clerk), NOON)

    with pytest.raises(OnAgain):
        region.retract(4)


def test_a_version_with_a_workshop_that_somebody_chose_is_left_alone(region):
    with region.at_work():
        added = a_workshop(region.load(region.round_two), 10, title="Nieuw")
        db.session.add(added)
        commit_and_let_go()
    region.publish()
    region.register(2, added)

    with pytest.raises(PeopleChose) as refusal:
        region.retract(3)

    assert refusal.value.values == {"chosen": 1}
    assert region.latest().number == 3
    assert region.mails() == [*BOTH_TOLD, ("Cem", "registered", "pending")]


def test_of_two_clerks_at_once_one_retracts(region):
    def retract() -> int:
        begin_writing()
        meeting = lock_meeting(region.meeting.id)
        clerk = db.session.get_one(Person, region.clerk.id)
        told = retracting.retract(meeting, 2, clerk, NOON)
        db.session.commit()
        return told

    answers = at_once(region.app, 4, retract)

    assert sorted(type(answer).__name__ for answer in answers) == ["NotTheLatest"] * 3 + ["int"]
    assert region.versions() == [(1, False, None), (2, True, None), (3, False, 1)]


def test_a_title_that_was_retracted_leaves_the_address(region):
    region.clock.pass_(hours=2)
    region.change(region.meeting, title="Geheim plan")
    region.publish()

    region.retract(3)

    with region.app.app_context():
        assert region.load(region.meeting).slug == "wonen-energie-2027-03-23"


class First:
    """A meeting whose first programme was just published."""

    def __init__(self, app, save, announced: bool) -> None:
        self.app, self.clerk = app, staff()
        self.meeting = a_meeting(slug="maart", state=MeetingState.CONCEPT, title="Wonen")
        save(self.meeting, an_item(self.meeting, title="Opening"), self.clerk)
        with app.app_context():
            begin_writing()
            if announced:
                publications.announce(*self._load(), NOON)
            telling.publish(*self._load(), NOON, Instructions())
            db.session.commit()

    def retract(self) -> None:
        with self.app.app_context():
            begin_writing()
            retracting.retract(self._load()[0], 1, self._load()[1], NOON)
            db.session.commit()

    def change(self, **columns: object) -> None:
        with self.app.app_context():
            for name, value in columns.items():
                setattr(self._load()[0], name, value)
            db.session.commit()

    def stands(self) -> tuple[MeetingState, int | None, int]:
        """State, the version readers see, and the calendar revision."""
        with self.app.app_context():
            meeting, latest = self._load()[0], find_latest(self.meeting.id)
            return meeting.state, latest.number if latest else None, meeting.calendar_revision

    def _load(self) -> tuple[Meeting, Person]:
        meeting = db.session.get_one(Meeting, self.meeting.id)
        return meeting, db.session.get_one(Person, self.clerk.id)


def test_the_first_programme_of_a_concept(app, save):
    first = First(app, save, announced=False)

    first.retract()

    assert first.stands() == (MeetingState.CONCEPT, None, 2)
    with app.app_context():
        assert [row.sequence for row in db.session.query(WithdrawnEvent)] == [2]


def test_the_first_programme_after_an_announcement(app, save):
    first = First(app, save, announced=True)

    first.retract()

    assert first.stands() == (MeetingState.ANNOUNCED, 0, 3)
    with app.app_context():
        assert db.session.query(WithdrawnEvent).all() == []


def test_publishing_after_that_counts_on(app, save):
    first = First(app, save, announced=False)
    first.retract()
    with app.app_context():
        begin_writing()
        number = telling.publish(*first._load(), NOON, Instructions()).number
        db.session.commit()

    assert number == 2
    assert first.stands() == (MeetingState.PUBLISHED, 2, 3)
    with app.app_context():
        assert db.session.query(WithdrawnEvent).all() == []


def test_a_concept_that_was_online_is_not_deleted(app, save):
    first = First(app, save, announced=False)
    first.retract()

    with app.app_context(), pytest.raises(WasOnline):
        begin_writing()
        publications.delete_concept(first._load()[0])


def test_the_first_programme_stays_when_people_registered(app, save, clock):
    region = Region(app, save, clock)

    with pytest.raises(PeopleRegistered) as refused:
        region.retract(1)
    assert "Er zijn al 4 mensen aangemeld." in str(refused.value)


def test_the_first_programme_stays_when_people_were_invited(app, save):
    first = First(app, save, announced=True)
    first.change(invited_at=NOON)

    with pytest.raises(AlreadyToldToRegister):
        first.retract()


def test_both_versions_count_the_mails_that_went(region):
    region.mark_sent("Anna")
    region.retract(2)

    with region.app.app_context():
        counts = {one.number: one.told for one in versions_of(region.meeting.id)}
    assert (counts[2], counts[3]) == (1, 1)
