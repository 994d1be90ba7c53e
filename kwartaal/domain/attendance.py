"""Who was seen at a meeting, and letting in who did not register. Callers commit.

Marks are only ever appended, under the lock of whom they are about, so two people at two doors
never lose one of each other's; the newest counts. A walk-in is on the list and takes no place
(decision "People").
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kwartaal.domain import people
from kwartaal.domain.people import PersonDetails
from kwartaal.domain.presence import (
    ARRIVALS,
    Saying,
    Sitting,
    check_is_news,
    counting,
    presence_after,
    presence_now,
    sitting_of,
    taken_back,
)
from kwartaal.domain.refusals import (
    CancelledIsFixed,
    ListIsClosed,
    MarkedMeanwhile,
    MomentNotYet,
    NoAttendanceYet,
    NotOnTheList,
    SameNameExists,
)
from kwartaal.models import locks
from kwartaal.models.attendance import AttendanceMark, MarkKind, append_mark, marks_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from kwartaal.models.person import Office, Person, has_namesake
from kwartaal.models.programme import Speaker
from kwartaal.models.published import load_latest
from kwartaal.models.registration import Registration, RegistrationState


@dataclass(frozen=True)
class Mark:
    """What somebody at the door says, with the key of the button that was pressed.

    `item_id` is the list it is for, None the meeting as a whole. `moment` is when it happened, None
    for now. `seen` is the key of the newest mark on the screen: UNDONE takes that back, and with
    `knows_all` nothing is written about somebody of whom more was said since.
    """

    key: uuid.UUID
    by: Person
    kind: MarkKind = MarkKind.ARRIVED
    item_id: int | None = None
    device: str = ""
    moment: datetime | None = None
    seen: uuid.UUID | None = None
    knows_all: bool = False


@dataclass(frozen=True)
class ComingAs:
    """As whom a walk-in comes, as far as that is known."""

    office_name: str = ""
    organisation: Organisation | None = None
    audience: Audience | None = None

    @classmethod
    def holder_of(cls, office: Office) -> ComingAs:
        return cls(office.kind.name, office.organisation, office.audience)

    @classmethod
    def guest_of(cls, organisation: Organisation | None, audience: Audience | None) -> ComingAs:
        """Whoever comes for a neighbour's organisation is always in that group."""
        if organisation is not None and organisation.kind == OrganisationKind.NEIGHBOUR:
            audience = Audience.BUURGEMEENTE
        return cls("", organisation, audience)


def mark(whom: Registration | Speaker, said: Mark, now: datetime) -> None:
    """Write down what is said of somebody on the list; the same key twice is one mark.

    Raises NoAttendanceYet, CancelledIsFixed, ListIsClosed, NotOnTheList for who withdrew,
    MomentNotYet, MomentOutside, SaidAlready, MarkedMeanwhile, or what the rules of presence raise.
    """
    meeting_id = whom.item.meeting_id if isinstance(whom, Speaker) else whom.meeting_id
    locks.lock_marked(whom)
    meeting = locks.fresh_meeting(meeting_id)
    check_takes_marks(meeting)
    if isinstance(whom, Registration) and whom.state == RegistrationState.WITHDRAWN:
        raise NotOnTheList(name=whom.person.full_name)
    _write_down(whom, meeting, said, now)


def let_in(
    meeting: Meeting, person: Person, coming_as: ComingAs | None, said: Mark, now: datetime
) -> Registration:
    """Put somebody who is not registered on the list, and mark them present.

    Whoever has a place, or waits, keeps what they have; who withdrew before keeps as whom they
    would come when nothing else is known. Raises NoAttendanceYet, CancelledIsFixed or SaidAlready.
    """
    check_takes_marks(meeting)
    registration = locks.lock_own_registration(meeting.id, person.id, now)
    meeting = locks.fresh_meeting(meeting.id)
    check_takes_marks(meeting)
    is_new = registration.state == RegistrationState.WITHDRAWN
    if is_new or _was_a_mistake(registration, meeting):
        registration.state = RegistrationState.WALK_IN
        registration.revision += 1
        registration.changed_at = now
        if coming_as is not None:
            _come_as(registration, coming_as)
    _write_down(registration, meeting, said, now, repeats=is_new)
    return registration


def _was_a_mistake(registration: Registration, meeting: Meeting) -> bool:
    """Whether it was taken back that a walk-in came, who may come as somebody else then."""
    is_walk_in = registration.state == RegistrationState.WALK_IN
    return is_walk_in and not counting(marks_of(registration, meeting.id, None))


@dataclass(frozen=True)
class Visitor:
    """Somebody nobody knew; `is_another` when the clerk saw who has the same name already."""

    details: PersonDetails
    coming_as: ComingAs
    is_another: bool = False


def let_in_new(meeting: Meeting, visitor: Visitor, said: Mark, now: datetime) -> Registration:
    """Add a person nobody knew and let them in; the key of the mark is also the person's.

    Raises SameNameExists, or what let_in and people.add raise.
    """
    check_takes_marks(meeting)
    details = visitor.details
    if not visitor.is_another and has_namesake(
        details.first_name, details.prefix, details.last_name
    ):
        raise SameNameExists
    person = people.add(details, None, said.key)
    locks.settle()
    return let_in(meeting, person, visitor.coming_as, said, now)


def check_takes_marks(meeting: Meeting) -> None:
    """Raises NoAttendanceYet for a concept, CancelledIsFixed for what does not go on."""
    if meeting.state == MeetingState.CONCEPT:
        raise NoAttendanceYet
    if meeting.is_cancelled:
        raise CancelledIsFixed


def _write_down(
    whom: Registration | Speaker, meeting: Meeting, said: Mark, now: datetime, repeats: bool = False
) -> None:
    """The mark in its list. Who comes into a workshop is at the meeting as well.

    What changes nothing is refused, unless it `repeats` what was said before somebody withdrew.
    """
    marks = marks_of(whom, meeting.id, said.item_id)
    if any(one.key == said.key for one in marks):  # the same form, sent a second time
        return
    if said.item_id is not None and _is_off(said.item_id):
        raise ListIsClosed
    if said.knows_all and not _is_newest(said.seen, marks):
        raise MarkedMeanwhile(name=_name(whom))
    if said.kind == MarkKind.UNDONE:
        _undo(whom, meeting, said, marks, now)
        return
    if said.moment is not None and said.moment > now:
        raise MomentNotYet
    whole = Sitting(meeting.starts_at, meeting.ends_at)
    if said.moment is not None and said.kind != MarkKind.EXCUSED:
        whole.check_holds(said.moment)
    saying = Saying(said.kind, _name(whom), said.moment or now, said.moment is not None)
    sitting = sitting_of(load_latest(meeting), said.item_id, whole)
    presence = presence_after(saying, presence_now(marks), sitting)
    enters = said.item_id is not None and said.kind in ARRIVALS and not _is_inside(whom, meeting)
    if not enters and not repeats:
        check_is_news(_name(whom), presence, marks)
    append_mark(_row(whom, meeting, said, now, **presence._asdict()))
    if enters:
        at_the_door = Mark(_second_key(said.key), said.by, device=said.device, moment=said.moment)
        _write_down(whom, meeting, at_the_door, now)


def _is_newest(seen: uuid.UUID | None, marks: Sequence[AttendanceMark]) -> bool:
    """In the list of a part nothing is seen of what was taken back: the whole meeting counts."""
    if seen is None:
        return not counting(marks)
    return bool(marks) and marks[-1].key == seen


def _is_off(item_id: int) -> bool:
    """Under the item's lock: who cancels it now has finished, or waits for us."""
    item = locks.lock_items([item_id]).get(item_id)
    return item is not None and item.is_cancelled


def _undo(
    whom: Registration | Speaker,
    meeting: Meeting,
    said: Mark,
    marks: Sequence[AttendanceMark],
    now: datetime,
) -> None:
    """Take the newest back, with what it said of the meeting as well."""
    last = taken_back(marks, said.seen, _name(whom))
    if last is None:
        return
    facts = last.presence._asdict()
    append_mark(_row(whom, meeting, said, now, undoes_id=last.marks[0].id, **facts))
    if said.item_id is None:
        return
    made_with_it = {_second_key(one.key) for one in last.marks}
    newest = counting(marks_of(whom, meeting.id, None))[-1:]
    if newest and newest[0].key in made_with_it:
        key = _second_key(said.key)
        _write_down(whom, meeting, replace(said, key=key, item_id=None, seen=newest[0].key), now)


def _row(
    whom: Registration | Speaker, meeting: Meeting, said: Mark, now: datetime, **facts: Any
) -> AttendanceMark:
    speaks = isinstance(whom, Speaker)
    return AttendanceMark(
        key=said.key,
        meeting_id=meeting.id,
        item_id=said.item_id,
        registration_id=None if speaks else whom.id,
        speaker_id=whom.id if speaks else None,
        said=said.kind,
        at=now,
        marked_by_id=said.by.id,
        device=said.device,
        **facts,
    )


def _is_inside(whom: Registration | Speaker, meeting: Meeting) -> bool:
    presence = presence_now(marks_of(whom, meeting.id, None))
    return presence.arrived_at is not None and presence.left_at is None


def _second_key(key: uuid.UUID) -> uuid.UUID:
    """Of the mark for the meeting that is made along with one in a workshop."""
    return uuid.uuid5(key, "meeting")


def _name(whom: Registration | Speaker) -> str:
    return whom.name if isinstance(whom, Speaker) else whom.person.full_name


def _come_as(registration: Registration, coming_as: ComingAs) -> None:
    """Kept as it is now, so that old lists never change."""
    organisation = coming_as.organisation
    registration.office_name = coming_as.office_name
    registration.organisation_id = organisation.id if organisation else None
    registration.organisation_name = organisation.name if organisation else ""
    registration.audience = coming_as.audience
