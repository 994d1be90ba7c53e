"""Calendar feeds and the revision counters behind their ETags."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    Uuid,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db, enum_type, upsert
from kwartaal.dutch import in_dutch
from kwartaal.models.hosting import note_host
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.public_deadlines import note_deadlines
from kwartaal.models.publication import find_latest
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.restoration import was_gone
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

PUBLIC_FEED = "public"  # what outsiders read
EVERY_FEED = "every"  # personal feeds hold closed meetings too
MOST_FEEDS = 8  # of one person
LONGEST_FEED_NAME = 40
FIRST_FEED = in_dutch("Mijn agenda")


class Program(StrEnum):
    """The kind of program that fetched a feed last; one of six words, never a user agent."""

    APPLE = "apple"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    THUNDERBIRD = "thunderbird"
    SERVER = "server"  # Nextcloud and the like: a calendar server of an organisation
    OTHER = "other"


class CalendarFeed(Model):
    """One of a person's feeds. Its token is derived from id and generation; nothing is secret here.

    `position` numbers the feeds of a person, so that the database itself holds the maximum.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("person_id", "position"),
        UniqueConstraint("person_id", "name"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_FEEDS}", name="position"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(LONGEST_FEED_NAME), default=FIRST_FEED)
    generation: Mapped[int] = mapped_column(default=1)
    # An event for each item one chose, beside the one of the meeting.
    per_item: Mapped[bool] = mapped_column(default=False)
    with_deadlines: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)  # its choices or its address
    last_fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    program: Mapped[Program | None] = mapped_column(enum_type(Program))

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
    _raise_revisions(meeting, now)
    latest = find_latest(meeting.id)
    reads_otherwise = note_deadlines(meeting, latest.content["title"] if latest else "", now)
    if latest is not None:
        reads_otherwise |= note_host(meeting, latest, now)
    # Closed while nobody could see it: what outsiders still had of it goes with this version.
    if reads_otherwise and not meeting.is_public:
        raise_revision(PUBLIC_FEED, now)


def terms_changed(meeting: Meeting, now: datetime) -> None:
    """Who may register or until when changed, which counts at once, without a new version."""
    latest = find_latest(meeting.id)
    if latest is None:
        return
    raise_revision(EVERY_FEED, now)
    if note_deadlines(meeting, latest.content["title"], now):
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
        back_in_calendars(meeting, now)
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


def back_in_calendars(meeting: Meeting, now: datetime) -> None:
    """Readers see a meeting again; outsiders only when it is public.

    That it was gone stays known, so that the SEQUENCE of its items goes on from there.
    """
    gone = db.session.get(WithdrawnEvent, meeting.id)
    if gone is not None and meeting.is_public:
        was_gone(meeting, gone.withdrawn_at, now)
        db.session.delete(gone)


def find_withdrawn(meeting_id: int) -> WithdrawnEvent | None:
    """What is left of a meeting for who could read it before it was closed."""
    return db.session.get(WithdrawnEvent, meeting_id)


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
    """Give somebody a first feed, unless there is one; the caller commits."""
    has_one = select(CalendarFeed.id).where(CalendarFeed.person_id == person_id).exists()
    values = {
        "public_id": literal(uuid.uuid4(), Uuid),
        "person_id": literal(person_id),
        "position": literal(1),
        "name": literal(FIRST_FEED),
        "generation": literal(1),
        "per_item": literal(False),
        "with_deadlines": literal(False),
        "created_at": literal(now, UtcDateTime),
        "changed_at": literal(now, UtcDateTime),
    }
    statement = (
        upsert(CalendarFeed)
        .from_select(list(values), select(*values.values()).where(~has_one))
        .on_conflict_do_nothing()  # two browsers of one person that sign in at once
    )
    db.session.execute(statement)


def add_feed(feed: CalendarFeed) -> None:
    """Keep a new feed; the database refuses a position or a name that is taken."""
    db.session.add(feed)


def end_feed(feed: CalendarFeed) -> None:
    """Take a feed away: its id is never given again, so its address never works again."""
    db.session.delete(feed)


def feeds_of(person_id: int) -> list[CalendarFeed]:
    """Somebody's feeds in the order in which they were made, read afresh."""
    statement = (
        select(CalendarFeed)
        .where(CalendarFeed.person_id == person_id)
        .order_by(CalendarFeed.created_at, CalendarFeed.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))


def find_own_feed(person_id: int, public_id: uuid.UUID) -> CalendarFeed | None:
    """A feed by its key, if it is this person's."""
    own = CalendarFeed.person_id == person_id
    statement = select(CalendarFeed).where(own, CalendarFeed.public_id == public_id)
    return db.session.scalars(statement).one_or_none()


def find_feed(public_id: uuid.UUID) -> CalendarFeed | None:
    """The feed an address names."""
    statement = select(CalendarFeed).where(CalendarFeed.public_id == public_id)
    return db.session.scalars(statement).one_or_none()


def note_fetched(feed_id: int, program: Program, now: datetime, not_after: datetime) -> None:
    """A program read this feed, unless that was noted after a moment; the caller commits."""
    last = CalendarFeed.last_fetched_at
    statement = update(CalendarFeed).where(
        CalendarFeed.id == feed_id, or_(last.is_(None), last <= not_after)
    )
    db.session.execute(statement.values(last_fetched_at=now, program=program))


def _raise_revisions(meeting: Meeting, now: datetime) -> None:
    raise_revision(EVERY_FEED, now)
    if meeting.is_public:
        raise_revision(PUBLIC_FEED, now)


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
