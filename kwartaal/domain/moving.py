"""Moving a meeting that readers know: another date, time, venue, or online (issue 3, part 4).

Readers get the version they had with only date, time and place changed; what a clerk is preparing
in the draft stays a draft. Callers hold the meeting's row, and commit, or roll back after looking
at what it would do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kwartaal.amsterdam import AMSTERDAM, amsterdam_date
from kwartaal.domain import registrations
from kwartaal.domain.change_refusals import (
    ConceptMovesFreely,
    HeldStays,
    NothingMoved,
    PlaceLost,
    StartsInThePast,
)
from kwartaal.domain.meetings import (
    TimeAndPlace,
    check_changeable,
    check_inside,
    check_period,
    follow_start,
    leave_rooms,
    time_and_place,
)
from kwartaal.domain.periods import sticks_out
from kwartaal.domain.publications import next_version, store_version
from kwartaal.domain.refusals import ItemOutsideMeeting
from kwartaal.domain.rooms import check_rooms
from kwartaal.domain.shifting import shift, shifted
from kwartaal.domain.slugs import follow_title
from kwartaal.domain.snapshots import Content, announced, announcement, frozen_moment, parts_of
from kwartaal.domain.speaking import tell_speakers
from kwartaal.models import locks
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.moving import MeetingMove, add_move
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue, go_at_once
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.publication import Publication, find_latest
from kwartaal.models.registration import Registration, live_registrations
from kwartaal.models.room_use import hold_rooms

MOMENTS = ("starts_at", "ends_at")
DATE_AND_PLACE = (*MOMENTS, "is_digital", "venue")


@dataclass(frozen=True)
class Moved:
    """What a move did: (item, room) of what lost its room, and everybody it concerns."""

    move: MeetingMove
    version: Publication
    lost: list[tuple[str, str]]
    closed_at: datetime | None  # when registering closed before the move
    concerned: list[Registration]


def move(
    meeting: Meeting,
    to: TimeAndPlace,
    mover: Person,
    now: datetime,
    *,
    along: bool = False,
    terms_along: bool = False,
) -> Moved:
    """Move a meeting and its programme, and tell everybody who is registered; one mail each.

    The parts of the day keep their time of day, or with `along` their distance to the start. With
    `terms_along` registering closes as many days before the meeting as it did.
    Raises ConceptMovesFreely, CancelledIsFixed, HeldStays, NothingMoved, EndsBeforeStart,
    MeetingTooLong, StartsInThePast, PlaceLost, ClosesAfterNewStart, OpensAfterClosing,
    PromotesAfterStart, RegistrationInSkippedHour, ItemOutsideMeeting, RoomTakenElsewhere,
    RoomTakenByClosed, or what `shifting.shift` raises.
    """
    latest = _latest(meeting)
    _check(meeting, to, now)
    # From here on nobody changes a registration, so that items need no order (decision 0006).
    locks.lock_everybody(meeting.id)
    programme, before, was = programme_of(meeting.id), latest.content, time_and_place(meeting)
    span = _span(was.starts_at, to.starts_at, along)
    lost = _lost_rooms(before, programme) if to.venue != was.venue else []
    closed_at = meeting.registration_closes_at
    terms_span = _span(was.starts_at, to.starts_at, False) if terms_along else timedelta(0)
    _move_draft(meeting, to, programme, span, terms_span, now)
    version = _move_version(meeting, latest, span, mover, now)
    made = _write_down(version, before, mover, now)
    return Moved(made, version, lost, closed_at, _tell(meeting, made, version, now))


def _latest(meeting: Meeting) -> Publication:
    latest = find_latest(meeting.id)
    if latest is None or meeting.state == MeetingState.CONCEPT:
        raise ConceptMovesFreely
    return latest


def _check(meeting: Meeting, to: TimeAndPlace, now: datetime) -> None:
    check_changeable(meeting)
    if meeting.ends_at <= now:
        raise HeldStays
    if to == time_and_place(meeting):
        raise NothingMoved
    check_period(to.starts_at, to.ends_at)
    if to.starts_at <= now and to.starts_at != meeting.starts_at:
        raise StartsInThePast
    had_place = meeting.venue is not None or meeting.is_digital
    if had_place and to.venue is None and not to.is_digital:
        raise PlaceLost


def _span(was: datetime, starts_at: datetime, along: bool) -> timedelta:
    """How far the programme moves, by the clock in Amsterdam."""
    if not along:
        return amsterdam_date(starts_at) - amsterdam_date(was)
    return _wall_clock(starts_at) - _wall_clock(was)


def _wall_clock(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM).replace(tzinfo=None)


def _move_draft(
    meeting: Meeting,
    to: TimeAndPlace,
    programme: Sequence[ProgrammeItem],
    span: timedelta,
    terms_span: timedelta,
    now: datetime,
) -> None:
    promoted_until = meeting.promotes_until
    if to.starts_at != meeting.starts_at:
        follow_start(meeting, to.starts_at, terms_span)
    meeting.starts_at, meeting.ends_at = to.starts_at, to.ends_at
    meeting.venue, meeting.is_digital = to.venue, to.is_digital
    for item in programme:
        shift(item, span)
    check_inside(programme, to)
    leave_rooms(to.venue, programme)
    # Within the programme nothing moves apart: only others may have its rooms then.
    check_rooms(programme, [], hold_rooms(meeting))
    if meeting.promotes_until != promoted_until:
        # Who waits moves up by itself again until the later set moment.
        registrations.change_meeting_maximum(meeting, meeting.maximum, now)


def _move_version(
    meeting: Meeting, latest: Publication, span: timedelta, mover: Person, now: datetime
) -> Publication:
    """Readers have the same at another moment: a next version, or the announcement itself."""
    content = _moved_content(latest.content, meeting, span)
    _check_content(content, time_and_place(meeting))
    version = latest if latest.is_announcement else next_version(meeting)
    store_version(version, content, mover, now)
    if meeting.title == content["title"] or not meeting.is_public:
        follow_title(meeting)
    return version


def _write_down(version: Publication, before: Content, mover: Person, now: datetime) -> MeetingMove:
    """What was known before, for the page and the mails that tell both."""
    made = MeetingMove(
        meeting=version.meeting,
        version=version.number,
        moved_at=now,
        mover=mover,
        before=announced(before),
    )
    add_move(made)
    return made


def _lost_rooms(content: Content, programme: Sequence[ProgrammeItem]) -> list[tuple[str, str]]:
    """What has a room in the version or in the draft, by its place in the day."""
    rooms = {one["id"]: (one["title"], one["room"]) for one in parts_of(content) if one["room"]}
    rooms |= {item.id: (item.title, item.room.name) for item in programme if item.room}
    return list(rooms.values())


def _moved_content(content: Content, meeting: Meeting, span: timedelta) -> Content:
    """A version with only date, time and place changed; rooms of another venue are gone."""
    there = {name: announcement(meeting)[name] for name in DATE_AND_PLACE}
    # Not venue_id, which follows the venue only once it is flushed.
    stays = _id_of(content["venue"]) == _id_of(there["venue"])
    if stays:
        there["venue"] = content["venue"]
    items = [_moved_part(one, span, keeps_room=stays) for one in content["items"]]
    return content | there | {"items": items}


def _id_of(venue: Content | None) -> int | None:
    return venue["id"] if venue else None


def _moved_part(part: Content, span: timedelta, *, keeps_room: bool) -> Content:
    inside = [_moved_part(one, span, keeps_room=keeps_room) for one in part["workshops"]]
    start, end = map(frozen_moment, shifted(_period(part), span, part["title"]))
    moments = {"starts_at": start, "ends_at": end}
    return part | moments | {"workshops": inside, "room": part["room"] if keeps_room else None}


def _check_content(content: Content, to: TimeAndPlace) -> None:
    """What readers see lies inside the meeting as well: the draft may hold something else."""
    for part in parts_of(content):
        if (field := sticks_out(TimeAndPlace(*_period(part)), to)) is not None:
            raise ItemOutsideMeeting(field, title=part["title"])


def _period(part: Content) -> tuple[datetime, datetime]:
    starts_at, ends_at = (datetime.fromisoformat(part[name]) for name in MOMENTS)
    return starts_at, ends_at


def _tell(
    meeting: Meeting, made: MeetingMove, version: Publication, now: datetime
) -> list[Registration]:
    """A mail to everybody who has a place, waits or speaks, and a line in the log."""
    concerned = live_registrations(meeting.id)
    # The day may be here before the daily mail is.
    go_at_once(OutboxMail.meeting_id == meeting.id, now)
    mails = [
        enqueue(
            MailKind.MOVED,
            registration.person,
            f"{registration.id}:{made.id}",
            now,
            meeting_id=meeting.id,
        )
        for registration in concerned
    ]
    registered = [one.person_id for one in concerned]
    speakers = tell_speakers(MailKind.MOVED, meeting, str(made.id), now, registered)
    version.told = len([mail for mail in mails if mail is not None]) + len(speakers)
    record(
        AuditAction.MOVED,
        now,
        made.mover,
        f"meeting:{meeting.slug}",
        version=made.version,
        registered=len(concerned),
    )
    return concerned
