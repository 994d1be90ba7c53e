"""Which rooms of a venue other meetings use around the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.venue import Room, Venue
from kwartaal.models.visibility import Viewer, preparable_meetings

NEARBY = timedelta(days=1)  # more than the longest set-up


@dataclass(frozen=True)
class Booking:
    """A room in use by an item of another meeting, set-up included.

    Both titles are None when that meeting is not openbaar: a clerk who is no member of its body
    may know that the room is taken, and not by what.
    """

    room_id: int
    starts_at: datetime
    ends_at: datetime
    title: str | None
    meeting: str | None


def held_elsewhere(meeting: Meeting) -> list[Booking]:
    """Rooms of the meeting's venue in use by others around that day; one query.

    Concepts count: their clerk counts on the room. What is cancelled gives its rooms back.
    """
    if meeting.venue_id is None:
        return []
    statement = (
        select(ProgrammeItem, Meeting.title, Meeting.openness)
        .join(Meeting, Meeting.id == ProgrammeItem.meeting_id)
        .join(Room, Room.id == ProgrammeItem.room_id)
        .where(
            Room.venue_id == meeting.venue_id,
            Meeting.id != meeting.id,
            Meeting.state != MeetingState.CANCELLED,
            ProgrammeItem.cancelled_at.is_(None),
            ProgrammeItem.starts_at < meeting.ends_at + NEARBY,
            ProgrammeItem.ends_at > meeting.starts_at - NEARBY,
        )
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    return [_booking(item, title, how) for item, title, how in db.session.execute(statement)]


def outgrown(room: Room, viewer: Viewer, today: date, now: datetime) -> list[ProgrammeItem]:
    """Coming parts of meetings with more places than a room has seats, with the meeting; one query.

    Of meetings that the viewer may prepare: the others have a check of their own.
    """
    if room.capacity is None:
        return []
    mine = preparable_meetings(viewer, today).with_only_columns(Meeting.id)
    statement = (
        select(ProgrammeItem)
        .join(Meeting, Meeting.id == ProgrammeItem.meeting_id)
        .options(contains_eager(ProgrammeItem.meeting))
        .where(
            ProgrammeItem.room_id == room.id,
            ProgrammeItem.maximum > room.capacity,
            ProgrammeItem.cancelled_at.is_(None),
            Meeting.state != MeetingState.CANCELLED,
            Meeting.ends_at > now,
            Meeting.id.in_(mine),
        )
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    return list(db.session.scalars(statement))


def hold_rooms(meeting: Meeting) -> list[Booking]:
    """The same until the transaction ends: clerks of meetings at one venue take turns."""
    if meeting.venue_id is None:
        return []
    statement = update(Venue).where(Venue.id == meeting.venue_id).values(town=Venue.town)
    db.session.execute(statement, execution_options={"synchronize_session": False})
    return held_elsewhere(meeting)


def _booking(item: ProgrammeItem, meeting: str, openness: Openness) -> Booking:
    seen = openness == Openness.OPENBAAR
    return Booking(
        room_id=item.room_id or 0,
        starts_at=item.needs_room_from,
        ends_at=item.ends_at,
        title=item.title if seen else None,
        meeting=meeting if seen else None,
    )
