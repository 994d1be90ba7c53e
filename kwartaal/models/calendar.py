"""Calendar feeds and the revision counters behind their ETags."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, Uuid, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, upsert
from kwartaal.models.hosting import note_host
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.public_deadlines import note_deadlines
from kwartaal.models.publication import find_latest
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

PUBLIC_FEED = "public"  # what outsiders read
EVERY_FEED = "every"  # personal feeds hold closed meetings too


class CalendarFeed(Model):
    """A person's feed. Its token is derived from id and generation; nothing secret is stored."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class CalendarRevision(Model):
    """One row per scope: raised by whatever changes the bytes of a feed, read by every poll."""

    __tablename__ = "calendar_revision"

    scope: Mapped[str] = mapped_column(String(40), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WithdrawnEvent(Model):
    """What stays in calendars of a meeting that was closed after outsiders could read it.

    Frozen at that moment: what happens to the meeting afterwards is for its members only.
    """

    __tablename__ = "withdrawn_event"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequence: Mapped[int]
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)

    meeting: Mapped[Meeting] = relationship()


def meeting_changed(meeting: Meeting, now: datetime) -> None:
    """What readers see of a meeting changed: its SEQUENCE rises, and the feed is another one.

    The caller has stored the version that readers see now.
    """
    meeting.calendar_revision += 1
    meeting.calendar_revised_at = now
    raise_revision(EVERY_FEED, now)
    if meeting.is_public:
        raise_revision(PUBLIC_FEED, now)
    latest = find_latest(meeting.id)
    if latest is not None:
        note_host(meeting, latest, now)
    note_deadlines(meeting, latest.content["title"] if latest else "", now)


def terms_changed(meeting: Meeting, now: datetime) -> None:
    """Until when one may register changed, which counts at once, without a new version."""
    latest = find_latest(meeting.id)
    if latest is not None and note_deadlines(meeting, latest.content["title"], now):
        raise_revision(PUBLIC_FEED, now)


def municipality_changed(venue: Venue, now: datetime) -> None:
    """A building turned out to be in another municipality, and so its meetings too."""
    _all_changed(Meeting.venue == venue, now)


def series_renamed(series: Series, now: datetime) -> None:
    """The name of a series stands with its meetings; one that is not stored yet has none."""
    if series.id is not None:
        _all_changed(Meeting.series_id == series.id, now)


def openness_changed(meeting: Meeting, before: Openness, now: datetime) -> None:
    """A meeting that was announced already got another openness, which is set by the caller.

    Outsiders who had it in their calendar are told that it is gone, and nothing else (decision
    "Calendars").
    """
    meeting_changed(meeting, now)
    if meeting.is_public:
        back_in_calendars(meeting)
    elif before == Openness.OPENBAAR:
        _withdraw(meeting, now)
        raise_revision(PUBLIC_FEED, now)


def taken_back(meeting: Meeting, seen: PublishedMeeting | None, now: datetime) -> None:
    """The only programme of a meeting was retracted; its state is set by the caller.

    `seen` is what readers saw when now they see nothing at all: who has it in a calendar is told
    that it is gone, until it is published again.
    """
    meeting_changed(meeting, now)
    if seen is not None and meeting.is_public:
        _keep_withdrawn(meeting, seen, now)


def back_in_calendars(meeting: Meeting) -> None:
    """Readers see a meeting again; outsiders only when it is public."""
    if meeting.is_public:
        db.session.execute(delete(WithdrawnEvent).where(WithdrawnEvent.meeting_id == meeting.id))


def raise_revision(scope: str, now: datetime) -> None:
    """One up, in the transaction of the change; the row is made when it was not there."""
    statement = (
        upsert(CalendarRevision)
        .values(scope=scope, revision=1, changed_at=now)
        .on_conflict_do_update(
            index_elements=["scope"],
            set_={"revision": CalendarRevision.revision + 1, "changed_at": now},
        )
    )
    db.session.execute(statement)


def ensure_feed(person_id: int, now: datetime) -> None:
    """Give somebody a feed, unless there is one; the caller commits."""
    statement = (
        upsert(CalendarFeed)
        .values(person_id=person_id, created_at=now)
        .on_conflict_do_nothing(index_elements=["person_id"])
    )
    db.session.execute(statement)


def renew_feed(person_id: int) -> None:
    """Give somebody's feed another address; the old one is void at once. The caller commits."""
    statement = (
        update(CalendarFeed)
        .where(CalendarFeed.person_id == person_id)
        .values(generation=CalendarFeed.generation + 1)
    )
    db.session.execute(statement)


def find_feed_of(person_id: int) -> CalendarFeed | None:
    """Somebody's feed; None until it was made."""
    statement = select(CalendarFeed).where(CalendarFeed.person_id == person_id)
    return db.session.scalars(statement).one_or_none()


def find_feed(public_id: uuid.UUID) -> CalendarFeed | None:
    """The feed an address names."""
    statement = select(CalendarFeed).where(CalendarFeed.public_id == public_id)
    return db.session.scalars(statement).one_or_none()


def note_fetched(feed_id: int, now: datetime) -> None:
    """A calendar program read this feed; the caller commits."""
    statement = update(CalendarFeed).where(CalendarFeed.id == feed_id)
    db.session.execute(statement.values(last_fetched_at=now))


def _all_changed(which: ColumnElement[bool], now: datetime) -> None:
    shown = Meeting.state != MeetingState.CONCEPT
    for meeting in db.session.scalars(select(Meeting).where(which, shown).order_by(Meeting.id)):
        meeting_changed(meeting, now)


def _withdraw(meeting: Meeting, now: datetime) -> None:
    latest = find_latest(meeting.id)
    if latest is None:
        return
    _keep_withdrawn(meeting, read_stored(latest), now)


def _keep_withdrawn(meeting: Meeting, seen: PublishedMeeting, now: datetime) -> None:
    db.session.add(
        WithdrawnEvent(
            meeting_id=meeting.id,
            starts_at=seen.starts_at,
            ends_at=seen.ends_at,
            sequence=meeting.calendar_revision,
            withdrawn_at=now,
        )
    )
