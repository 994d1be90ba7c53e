"""Moved meetings: what each move changed, whom it gets into trouble, and whom no mail reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, func, select
from sqlalchemy.orm import Mapped, aliased, contains_eager, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.listed import seen_whole
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Person
from kwartaal.models.publication import published_titles
from kwartaal.models.published import PublishedMeeting, Reader, read_content
from kwartaal.models.registration import (
    REGISTERED,
    Registration,
    RegistrationState,
    live_registrations,
)
from kwartaal.models.visibility import Viewer, visible_meetings

MEETS = (MeetingState.ANNOUNCED, MeetingState.PUBLISHED)  # neither a concept nor cancelled


class MeetingMove(Model):
    """One move of a meeting: the version it made, and what readers saw before it."""

    __tablename__ = "meeting_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int]
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mover_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Title, date and place as they were, in the shape of an announcement (domain.snapshots).
    before: Mapped[dict[str, Any]] = mapped_column(JSON)

    meeting: Mapped[Meeting] = relationship()
    mover: Mapped[Person] = relationship()

    @property
    def published_before(self) -> PublishedMeeting:
        """Date and place as readers knew them."""
        return read_content(self.before, {}, {}, Reader())

    def known_before(self, now: PublishedMeeting) -> PublishedMeeting | None:
        """The same, unless it is again as it was."""
        before = self.published_before
        same = before.when_and_where == now.when_and_where
        return None if same else before


@dataclass(frozen=True)
class Clash:
    """Somebody of the meeting who is registered for another one at the same time."""

    person: Person
    other: Meeting
    title: str  # of the other meeting, as readers see it
    waits: bool  # for a place in the other meeting


@dataclass(frozen=True)
class ClashLine:
    """A clash as a table shows it: plain words, also after what made it was taken back."""

    name: str
    phone: str | None
    title: str
    starts_at: datetime
    ends_at: datetime
    waits: bool


def line_of(clash: Clash) -> ClashLine:
    """Somebody, and the other meeting at the same time."""
    other = clash.other
    return ClashLine(
        clash.person.list_name,
        clash.person.phone,
        clash.title,
        other.starts_at,
        other.ends_at,
        clash.waits,
    )


def add_move(move: MeetingMove) -> MeetingMove:
    """Keep a move; it gets its id at once, for the mails about it."""
    db.session.add(move)
    db.session.flush()
    return move


def latest_move(meeting_id: int) -> MeetingMove | None:
    """The last time a meeting was moved."""
    statement = (
        select(MeetingMove)
        .where(MeetingMove.meeting_id == meeting_id)
        .order_by(MeetingMove.id.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def was_moved(meeting_id: int, version: int) -> bool:
    """Whether a version is there because the meeting was moved."""
    statement = select(MeetingMove.id).where(
        MeetingMove.meeting_id == meeting_id, MeetingMove.version == version
    )
    return db.session.scalars(statement.limit(1)).first() is not None


def first_move_untold(meeting_id: int, person_id: int) -> MeetingMove | None:
    """The first move since the last one that somebody got a mail about.

    Who has several coming knows only what was true before the first.
    """
    of_person = (
        OutboxMail.kind == MailKind.MOVED,
        OutboxMail.meeting_id == meeting_id,
        OutboxMail.person_id == person_id,
    )
    told = select(func.max(OutboxMail.created_at)).where(*of_person, OutboxMail.sent_at.isnot(None))
    told_at = db.session.scalar(told)
    coming = select(OutboxMail.created_at).where(*of_person, OutboxMail.sent_at.is_(None))
    if told_at is not None:
        coming = coming.where(OutboxMail.created_at > told_at)
    statement = (
        select(MeetingMove)
        .where(MeetingMove.meeting_id == meeting_id, MeetingMove.moved_at.in_(coming))
        .order_by(MeetingMove.id)
        .limit(1)
    )
    return db.session.scalars(statement).first()


def clashes_of(meeting: Meeting, viewer: Viewer, today: date) -> list[Clash]:
    """Who is registered, or waits, for this meeting and for another one at the same time.

    Only other meetings that the viewer sees all of; one that begins when the other ends is no
    clash. By name; four queries.
    """
    overlapping = seen_whole(visible_meetings(viewer, today)).where(
        Meeting.id != meeting.id,
        Meeting.state.in_(MEETS),
        Meeting.starts_at < meeting.ends_at,
        Meeting.ends_at > meeting.starts_at,
    )
    others = {other.id: other for other, _sight in db.session.execute(overlapping)}
    titles = published_titles(others)
    found = [
        Clash(one.person, other, titles[other.id], one.state == RegistrationState.WAITING)
        for one in _registered_here_too(meeting.id, titles)
        for other in (others[one.meeting_id],)
    ]
    return sorted(found, key=lambda one: (one.person.list_name, one.other.starts_at))


def people_to_call(meeting_id: int) -> list[Person]:
    """Who is registered and has no address for a mail, by name; one query."""
    people = [registration.person for registration in live_registrations(meeting_id)]
    silent = [person for person in people if not person.mail_address]
    return sorted(silent, key=lambda person: person.list_name)


def _registered_here_too(meeting_id: int, other_ids: Any) -> list[Registration]:
    here = aliased(Registration)
    statement = (
        select(Registration)
        .join(here, here.person_id == Registration.person_id)
        .join(Registration.person)
        .options(contains_eager(Registration.person).lazyload(Person.roles))
        .where(
            here.meeting_id == meeting_id,
            here.state.in_(REGISTERED),
            Registration.meeting_id.in_(list(other_ids)),
            Registration.state.in_(REGISTERED),
        )
    )
    return list(db.session.scalars(statement))
