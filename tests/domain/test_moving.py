"""Moving a meeting that readers know: what moves along, what stays, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from kwartaal.db import begin_writing, db
from kwartaal.domain import meetings, moving, publications, registrations
from kwartaal.domain.change_refusals import (
    ConceptMovesFreely,
    HeldStays,
    ItemInSkippedHour,
    NothingMoved,
    PlaceLost,
    StartsInThePast,
)
from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.domain.moving import Moved
from kwartaal.domain.preparation_refusals import (
    ClosesAfterNewStart,
    EndsBeforeStart,
    RoomTakenElsewhere,
)
from kwartaal.domain.refusals import CancelledIsFixed, ItemOutsideMeeting
from kwartaal.domain.registrations import Wish
from kwartaal.domain.working_days import default_promotes_until
from kwartaal.models.audit import AuditEntry
from kwartaal.models.calendar import PUBLIC_FEED, CalendarRevision
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.moving import clashes_of, latest_move, people_to_call
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication, find_latest, versions_of
from kwartaal.models.published_documents import PublicationDocument
from kwartaal.models.venue import Venue
from kwartaal.models.visibility import Viewer
from tests.conftest import NOON
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_document,
    a_meeting,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_item,
    staff,
)
from tests.publishing import cancel, change, store, store_announced

WEEK = timedelta(days=7)
# The clock goes forward on 28 March: 12.00 in Amsterdam is 10.00 UTC a week later.
LATER = datetime(2027, 3, 30, 10, 0, tzinfo=UTC)


class Scene:
    """A published meeting with a round and a room, somewhere else to go, and a clerk."""

    def __init__(self, app: Flask, save: Callable[..., None], **columns: Any) -> None:
        self.app, self.save = app, save
        self.clerk, self.venue = staff(), a_venue()
        self.elsewhere = a_venue(name="De Hal", town="Papendrecht")
        columns = {"title": "Wonen", "slug": "wonen-2027-03-23", "venue": self.venue} | columns
        self.meeting = a_meeting(**columns)
        self.round = a_round(self.meeting, title="Ronde 1")
        self.workshop = a_workshop(self.round, 20, title="Warmte")
        self.workshop.room = self.venue.rooms[1]
        save(self.clerk, self.elsewhere)
        store(app, self.meeting, self.round, self.workshop)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.app.app_context():
            begin_writing()
            yield
            db.session.commit()

    def load(self, one: Any) -> Any:
        return db.session.get_one(type(one), one.id)

    def person(self, *, waits: bool = False, **columns: Any) -> Person:
        """Somebody registered for the meeting and the workshop."""
        person = a_council_member(**columns)
        self.save(person)
        self.register(self.meeting, person, self.workshop)
        return person

    def register(self, meeting: Meeting, person: Person, *items: ProgrammeItem) -> None:
        with self.writing():
            stored = self.load(person)
            wish = Wish(stored.offices[0], tuple(map(self.load, items)), waitlist_if_full=True)
            registrations.register(self.load(meeting), stored, wish, NOON)

    def move(
        self,
        starts_at: datetime = LATER,
        venue: Venue | None = None,
        *,
        hours: float = 6,
        now: datetime = NOON,
        **how: Any,
    ) -> Moved:
        """Move the meeting; in the venue it has unless another is given."""
        is_digital = how.pop("is_digital", False)
        place = how.pop("nowhere", False) or self.load(venue or self.venue)
        where = None if place is True else place
        to = TimeAndPlace(starts_at, starts_at + timedelta(hours=hours), where, is_digital)
        return moving.move(self.load(self.meeting), to, self.load(self.clerk), now, **how)

    def moved(self, *args: Any, **how: Any) -> None:
        with self.writing():
            self.move(*args, **how)

    def content(self) -> dict[str, Any]:
        with self.app.app_context():
            return find_latest(self.meeting.id).content


@pytest.fixture
def scene(app: Flask, save: Callable[..., None]) -> Scene:
    return Scene(app, save)


def test_programme_keeps_its_times_of_day_over_the_change_of_the_clock(scene):
    scene.moved()

    round_ = scene.content()["items"][0]
    with scene.app.app_context():
        workshop = scene.load(scene.workshop)
        assert workshop.starts_at == LATER + timedelta(hours=1)
    assert (round_["starts_at"], round_["workshops"][0]["ends_at"]) == (
        "2027-03-30T11:00:00Z",
        "2027-03-30T12:00:00Z",
    )


def test_programme_moves_along_with_another_start_when_asked(scene):
    scene.moved(LATER + timedelta(hours=2), along=True)

    with scene.app.app_context():
        assert scene.load(scene.workshop).starts_at == LATER + timedelta(hours=3)


def test_version_has_only_date_and_place_changed(scene):
    before = scene.content()
    change(scene.app, Meeting, scene.meeting.id, introduction="Nog een concept")

    scene.moved(venue=scene.elsewhere)

    content = scene.content()
    changed = {key for key in content if content[key] != before[key]}
    assert changed == {"starts_at", "ends_at", "venue", "items"}
    assert content["venue"]["name"] == "De Hal"
    assert content["items"][0]["workshops"][0]["room"] is None
    with scene.app.app_context():
        assert scene.load(scene.workshop).room is None


def test_venue_alone_moves_as_well(scene):
    before = scene.content()

    scene.moved(START, venue=scene.elsewhere)

    content = scene.content()
    changed = {key for key in content if content[key] != before[key]}
    assert changed == {"venue", "items"}
    assert content["venue"]["name"] == "De Hal"
    assert content["items"][0]["workshops"][0]["room"] is None


def test_documents_stand_in_the_moved_version_too(scene):
    with scene.writing():
        meeting = scene.load(scene.meeting)
        db.session.add(a_document(meeting))
        db.session.flush()
        publications.publish(meeting, scene.load(scene.clerk), NOON)

    scene.moved()

    with scene.app.app_context():
        held = db.session.query(PublicationDocument).join(Publication).order_by(Publication.number)
        numbers = held.with_entities(Publication.number)
        assert [number for (number,) in numbers] == [2, 3]


def test_what_was_up_to_date_still_is(scene):
    scene.moved(venue=scene.elsewhere)

    with scene.app.app_context():
        draft = publications.draft_of(scene.load(scene.meeting))
        assert publications.has_unpublished_changes(draft) is False


def test_move_says_which_parts_lose_their_room(scene):
    with scene.writing():
        assert scene.move(venue=scene.elsewhere).lost == [("Warmte", "Kil")]


def test_rooms_stay_in_the_same_venue(scene):
    with scene.writing():
        assert scene.move().lost == []
    assert scene.content()["items"][0]["workshops"][0]["room"] == "Kil"


def a_talk_in_the_same_room(scene: Scene) -> None:
    """Of another meeting, at the time the workshop would move to."""
    other = a_meeting(title="Ernaast", starts_at=LATER)
    talk = an_item(other, title="Gesprek", starts_at=LATER + timedelta(hours=1))
    store(scene.app, other, talk)
    change(scene.app, ProgrammeItem, talk.id, room_id=scene.workshop.room_id)


def test_room_that_another_meeting_has_then_is_refused(scene):
    a_talk_in_the_same_room(scene)

    with scene.app.app_context(), pytest.raises(RoomTakenElsewhere) as refused:
        begin_writing()
        scene.move()

    names = {"title": "Warmte", "room": "Kil", "other": "Gesprek", "meeting": "Ernaast"}
    assert refused.value.values == names


def test_rooms_that_are_left_may_be_of_others(scene):
    a_talk_in_the_same_room(scene)

    scene.moved(venue=scene.elsewhere)

    assert scene.content()["venue"]["name"] == "De Hal"


def test_calendar_rises_once_with_the_same_uid(scene):
    with scene.app.app_context():
        meeting = scene.load(scene.meeting)
        before = (meeting.uid, meeting.calendar_revision)
        feed = db.session.get_one(CalendarRevision, PUBLIC_FEED).revision

    scene.moved()

    with scene.app.app_context():
        meeting = scene.load(scene.meeting)
        assert (meeting.uid, meeting.calendar_revision) == (before[0], before[1] + 1)
        assert db.session.get_one(CalendarRevision, PUBLIC_FEED).revision == feed + 1


def test_everybody_registered_gets_one_mail_and_the_log_a_line(scene):
    people = [scene.person(), scene.person()]

    scene.moved()

    with scene.app.app_context():
        mails = db.session.query(OutboxMail).filter_by(kind=MailKind.MOVED)
        assert sorted(mail.person_id for mail in mails) == [person.id for person in people]
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert (entry.action, entry.subject, entry.detail) == (
            "moved",
            "meeting:wonen-2027-03-30",
            {"version": 2, "registered": 2},
        )


def test_announced_meeting_moves_as_its_announcement(app, save):
    clerk, meeting = staff(), a_meeting(title="Wonen")
    save(clerk)
    store_announced(app, meeting)

    with app.app_context():
        begin_writing()
        stored = db.session.get_one(Meeting, meeting.id)
        to = TimeAndPlace(LATER, LATER + timedelta(hours=3), stored.venue)
        moving.move(stored, to, db.session.get_one(Person, clerk.id), NOON)
        db.session.commit()

        versions = versions_of(meeting.id)
        assert [(one.number, one.content["starts_at"]) for one in versions] == [
            (0, "2027-03-30T10:00:00Z")
        ]
        assert stored.state == MeetingState.ANNOUNCED
        assert latest_move(meeting.id).published_before.starts_at == START


def test_terms_that_are_usual_follow(scene):
    noon = default_promotes_until(START)
    change(scene.app, Meeting, scene.meeting.id, registration_closes_at=noon, promotes_until=noon)

    scene.moved(LATER)

    with scene.app.app_context():
        meeting = scene.load(scene.meeting)
        expected = default_promotes_until(LATER)
        assert (meeting.registration_closes_at, meeting.promotes_until) == (expected, expected)


@pytest.mark.parametrize(("along", "days"), [(True, 7), (False, 0)])
def test_other_terms_move_along_when_asked(scene, along, days):
    """At the same time of day, over the change of the clock."""
    two_days, hour = timedelta(days=2), timedelta(hours=1)
    before = {"registration_closes_at": START - two_days, "promotes_until": START - 2 * two_days}
    change(scene.app, Meeting, scene.meeting.id, **before)

    scene.moved(LATER, terms_along=along)

    with scene.app.app_context():
        meeting = scene.load(scene.meeting)
        found = (meeting.registration_closes_at, meeting.promotes_until)
        winter = [moment + timedelta(days=days) for moment in before.values()]
        assert found == (winter[0] - hour * along, winter[1])


def test_who_waits_moves_up_when_the_set_moment_becomes_later(app, save):
    noon = default_promotes_until(START)
    scene = Scene(app, save, maximum=1, promotes_until=noon)
    scene.person()
    waiting = scene.person()
    change(app, Meeting, scene.meeting.id, maximum=2)

    scene.moved()

    with app.app_context():
        rows = db.session.query(OutboxMail).filter_by(person_id=waiting.id)
        kinds = sorted(row.kind for row in rows)
    assert kinds == [MailKind.MEETING_PLACE_GIVEN, MailKind.MOVED, MailKind.REGISTERED]


def test_address_follows_the_day(scene):
    scene.moved()

    with scene.app.app_context():
        assert scene.load(scene.meeting).slug == "wonen-2027-03-30"


def test_address_keeps_a_new_title_to_itself(scene):
    change(scene.app, Meeting, scene.meeting.id, title="Nog geheim")

    scene.moved()

    with scene.app.app_context():
        assert scene.load(scene.meeting).slug == "wonen-2027-03-23"


@pytest.mark.parametrize(
    ("refusal", "field", "starts_at", "how"),
    [
        (NothingMoved, None, START, {}),
        (EndsBeforeStart, "ends_at", LATER, {"hours": -1}),
        (StartsInThePast, "starts_at", NOON - timedelta(days=2), {}),
        (PlaceLost, "venue", LATER, {"nowhere": True}),
        (ClosesAfterNewStart, "starts_at", START - timedelta(days=8), {}),
        (ItemOutsideMeeting, "starts_at", LATER + timedelta(hours=2), {}),
        (ItemOutsideMeeting, "ends_at", LATER, {"hours": 1.5}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(scene, refusal, field, starts_at, how):
    with scene.app.app_context(), pytest.raises(refusal) as refused:
        begin_writing()
        scene.move(starts_at, **how)

    assert refused.value.field == field


def test_what_readers_see_must_fit_as_well(scene):
    """The draft holds another time already, that nobody was told."""
    for row in (scene.round, scene.workshop):
        change(
            scene.app,
            ProgrammeItem,
            row.id,
            starts_at=START + timedelta(hours=3),
            ends_at=START + timedelta(hours=4),
        )

    with scene.app.app_context(), pytest.raises(ItemOutsideMeeting) as refused:
        begin_writing()
        scene.move(LATER + timedelta(hours=2))

    assert refused.value.values == {"title": "Ronde 1"}


def test_a_part_in_the_hour_that_the_clock_skips_is_refused(app, save):
    """2.00 to 3.00 on 28 March 2027 is no time at all."""
    night = datetime(2027, 3, 23, 0, 0, tzinfo=UTC)  # 1.00 in Amsterdam
    scene = Scene(app, save, starts_at=night)

    with app.app_context(), pytest.raises(ItemInSkippedHour):
        begin_writing()
        scene.move(night + timedelta(days=5))


def test_cancelled_meeting_stays(scene):
    cancel(scene.app, scene.meeting, "Storm")

    with scene.app.app_context(), pytest.raises(CancelledIsFixed):
        begin_writing()
        scene.move()


def test_held_meeting_stays(scene):
    with scene.app.app_context(), pytest.raises(HeldStays):
        begin_writing()
        scene.move(START + 4 * WEEK, now=START + WEEK)


def test_concept_is_moved_in_its_form(app, save):
    clerk, meeting = staff(), a_meeting(state=MeetingState.CONCEPT)
    save(clerk, meeting)

    with app.app_context(), pytest.raises(ConceptMovesFreely):
        begin_writing()
        stored = db.session.get_one(Meeting, meeting.id)
        to = TimeAndPlace(LATER, LATER + timedelta(hours=3), stored.venue)
        moving.move(stored, to, db.session.get_one(Person, clerk.id), NOON)


def test_ordinary_form_still_refuses_another_date(scene):
    with scene.app.app_context(), pytest.raises(meetings.DateOrPlaceChanged):
        meeting = scene.load(scene.meeting)
        texts = meetings.Texts(meeting.title, meeting.openness)
        to = TimeAndPlace(LATER, LATER + timedelta(hours=3), meeting.venue)
        meetings.change(meeting, texts, to, [], scene.load(scene.clerk), NOON)


def test_clashes_are_exactly_those_who_have_something_else_then(scene, save):
    """Beside it, back to back, cancelled, a concept, closed to the clerk, withdrawn: only one."""
    others = {
        "beside": a_meeting(title="Ernaast", starts_at=LATER + timedelta(hours=5)),
        "after": a_meeting(title="Erna", starts_at=LATER + timedelta(hours=6)),
        "off": a_meeting(title="Gaat niet door", starts_at=LATER),
        "closed": a_meeting(title="Besloten", starts_at=LATER, series=a_series(body=a_body())),
        "old time": a_meeting(title="Op de oude dag", starts_at=START),
    }
    for other in others.values():
        store(scene.app, other)
    first, second = scene.person(last_name="Bakker"), scene.person(last_name="Visser")
    for other in others.values():
        scene.register(other, first)
    scene.register(others["beside"], second)
    with scene.writing():
        registrations.withdraw(scene.load(others["beside"]), scene.load(second), NOON)
    cancel(scene.app, others["off"], "Ziek")
    change(scene.app, Meeting, others["closed"].id, openness=Openness.BESLOTEN)
    scene.moved()

    with scene.app.app_context():
        viewer = Viewer(scene.clerk.id, prepares_meetings=True)
        found = clashes_of(scene.load(scene.meeting), viewer, NOON.date())

        assert [(one.person.last_name, one.title) for one in found] == [("Bakker", "Ernaast")]


def test_whom_to_call_are_those_without_an_address(scene):
    scene.person()
    silent = scene.person(email=None, phone="+31612345678")

    with scene.app.app_context():
        assert [one.id for one in people_to_call(scene.meeting.id)] == [silent.id]


def test_clashes_take_as_many_queries_for_many_people(scene, count_queries):
    viewer = Viewer(scene.clerk.id, prepares_meetings=True)
    beside = store(scene.app, a_meeting(starts_at=START + timedelta(hours=1)))

    def queries_with_one_more() -> int:
        scene.register(beside, scene.person())
        with scene.app.app_context():
            meeting = scene.load(scene.meeting)

            def names() -> list[str]:
                return [one.person.list_name for one in clashes_of(meeting, viewer, NOON.date())]

            return count_queries(names)

    few = queries_with_one_more()
    queries_with_one_more()
    assert (queries_with_one_more(), few) == (4, 4)
