"""Preparing a meeting: its data, and who may register from when until when.

What is written here is the draft; readers see it once it is published. Openness, groups, maximum
and moments of registering are not part of a version: they count at once (decisions "Openness" and
"Meetings and publication"). Callers hold the meeting's row and commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kwartaal.amsterdam import SkippedTime, amsterdam_date, later
from kwartaal.domain import registrations
from kwartaal.domain.change_refusals import RegistrationInSkippedHour, StartsInThePast
from kwartaal.domain.openness import change_openness
from kwartaal.domain.periods import sticks_out
from kwartaal.domain.preparation_refusals import (
    ClosesAfterNewStart,
    ClosesAfterStart,
    EndsBeforeStart,
    MeetingTooLong,
    OnlyBodiesClose,
    OpensAfterClosing,
    OrganiserIsKnown,
    PromotesAfterStart,
)
from kwartaal.domain.refusals import (
    CancelledIsFixed,
    DateOrPlaceChanged,
    ItemOutsideMeeting,
    NobodyAdmitted,
    RegistrationWindowMissing,
)
from kwartaal.domain.shifting import shift
from kwartaal.domain.slugs import follow_title, free_slug, meeting_slug
from kwartaal.domain.working_days import default_promotes_until
from kwartaal.models.calendar import terms_changed
from kwartaal.models.meeting import (
    Meeting,
    MeetingAudience,
    MeetingState,
    slugs_beginning_with,
)
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class TimeAndPlace:
    """When and where; moments are aware. Fixed from the announcement on."""

    starts_at: datetime
    ends_at: datetime
    venue: Venue | None = None
    is_digital: bool = False


@dataclass(frozen=True)
class Texts:
    """What a meeting is called and about, how open it is, and whose address its mails answer to."""

    title: str
    openness: Openness
    introduction: str = ""
    note: str = ""
    organiser_email: str | None = None
    online_address: str = ""  # where one takes part online or looks on


@dataclass(frozen=True)
class Terms:
    """Who may register, from when until when, for how many places (None: no limit).

    `closes_at` None: nobody can register. `opens_at` None: as soon as it is published.
    """

    audiences: frozenset[Audience]
    maximum: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    promotes_until: datetime | None


def prepare(
    series: Series, texts: Texts, when: TimeAndPlace, key: uuid.UUID, now: datetime
) -> Meeting:
    """A new concept, with the usual terms for registering.

    `key` is the form's: the same form sent twice is the same meeting. Raises EndsBeforeStart,
    MeetingTooLong, StartsInThePast or OnlyBodiesClose.
    """
    _check_coming(when.starts_at, now)
    check_period(when.starts_at, when.ends_at)
    check_openness(series, texts.openness)
    meeting = Meeting(public_id=key, series=series, created_at=now, state=MeetingState.CONCEPT)
    _write(meeting, texts, when)
    day = amsterdam_date(when.starts_at)
    wanted = meeting_slug(texts.title, series, day, texts.openness)
    meeting.slug = free_slug(wanted, slugs_beginning_with(wanted))
    use_terms(meeting, usual_terms(series, when.starts_at))
    return meeting


def usual_terms(series: Series, starts_at: datetime) -> Terms:
    """Where a new meeting starts: all seven groups may come to a meeting without a body (KB-2).

    Registering closes and moving up ends at noon of the last working day before.
    """
    noon = default_promotes_until(starts_at)
    if series.body is not None:
        return Terms(frozenset(), None, None, None, noon)
    return Terms(frozenset(Audience), None, None, noon, noon)


def change(
    meeting: Meeting,
    texts: Texts,
    when: TimeAndPlace,
    programme: Sequence[ProgrammeItem],
    actor: Person,
    now: datetime,
    *,
    place_follows: bool = False,
) -> int:
    """Change the draft; returns how many programme items lost their room to a new venue.

    To another day the programme moves along, at the same times of day. `place_follows`: readers do
    not know the place yet, so it may still be filled in. Raises CancelledIsFixed,
    OrganiserIsKnown, DateOrPlaceChanged, EndsBeforeStart, MeetingTooLong, StartsInThePast,
    OnlyBodiesClose, ClosesAfterNewStart, ItemOutsideMeeting, or what `shifting.shift` raises.
    """
    check_changeable(meeting)
    check_openness(meeting.series, texts.openness)
    _check_organiser(meeting, texts.organiser_email)
    if when != time_and_place(meeting):
        _check_movable(meeting, when, place_follows)
        if when.starts_at != meeting.starts_at:
            _check_coming(when.starts_at, now)
        check_period(when.starts_at, when.ends_at)
        _move(meeting, when, programme)
    openness = meeting.openness
    _write(meeting, texts, when)
    if meeting.state == MeetingState.CONCEPT:
        follow_title(meeting)
    elif meeting.openness != openness:
        _hide_title(meeting)
        change_openness(meeting, openness, actor, now)
    return leave_rooms(meeting.venue, programme)


def change_terms(meeting: Meeting, terms: Terms, now: datetime) -> None:
    """Change who may register, when and for how many places; it counts at once.

    Who waits gets what a higher maximum or a later set moment gives free. Raises
    CancelledIsFixed, MaximumBelowTaken, ClosesAfterStart, OpensAfterClosing,
    RegistrationWindowMissing, PromotesAfterStart or NobodyAdmitted.
    """
    check_changeable(meeting)
    check_terms(terms, meeting.starts_at)
    before = (meeting.maximum, meeting.promotes_until)
    told = _told(meeting)
    use_terms(meeting, terms)
    if _told(meeting) != told:
        terms_changed(meeting, now)
    if (terms.maximum, terms.promotes_until) != before:
        registrations.change_meeting_maximum(meeting, terms.maximum, now)


def _told(meeting: Meeting) -> tuple[object, ...]:
    """What calendars have of who may register and until when."""
    return meeting.registration_opens_at, meeting.registration_closes_at, meeting.admitted


def time_and_place(meeting: Meeting) -> TimeAndPlace:
    """When and where a meeting is now."""
    return TimeAndPlace(meeting.starts_at, meeting.ends_at, meeting.venue, meeting.is_digital)


def check_changeable(meeting: Meeting) -> None:
    """A cancelled meeting stays as it was."""
    if meeting.is_cancelled:
        raise CancelledIsFixed


def check_period(starts_at: datetime, ends_at: datetime) -> None:
    """The end comes after the start, and not weeks later by a slip of the finger."""
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if ends_at - starts_at > LONGEST:
        raise MeetingTooLong(days=LONGEST.days)


def _check_coming(starts_at: datetime, now: datetime) -> None:
    """Nobody can come to what is over: a date in the past is a slip of the finger."""
    if starts_at <= now:
        raise StartsInThePast


def check_openness(series: Series, openness: Openness) -> None:
    """Closed is "for the members of the body": without a body nobody could see the meeting."""
    if openness != Openness.OPENBAAR and series.body is None:
        raise OnlyBodiesClose


def check_terms(terms: Terms, starts_at: datetime) -> None:
    """The moments stand in order, none after the start, and somebody may come."""
    if terms.closes_at is not None:
        if terms.closes_at > starts_at:
            raise ClosesAfterStart
        if terms.opens_at is not None and terms.opens_at >= terms.closes_at:
            raise OpensAfterClosing
        if not terms.audiences:
            raise NobodyAdmitted("audiences")
    elif terms.opens_at is not None:
        raise RegistrationWindowMissing("registration_closes_at")
    if terms.promotes_until is not None and terms.promotes_until > starts_at:
        raise PromotesAfterStart


def check_inside(items: Collection[ProgrammeItem], when: TimeAndPlace) -> None:
    """Every part of the day lies inside the meeting."""
    for item in items:
        if (field := sticks_out(item, when)) is not None:
            raise ItemOutsideMeeting(field, title=item.title)


def use_terms(meeting: Meeting, terms: Terms) -> None:
    """All but the maximum, which is changed under the lock of those who wait."""
    kept = [row for row in meeting.audiences if row.audience in terms.audiences]
    new = terms.audiences - {row.audience for row in kept}
    meeting.audiences = kept + [MeetingAudience(audience=a) for a in sorted(new)]
    meeting.registration_opens_at = terms.opens_at
    meeting.registration_closes_at = terms.closes_at
    meeting.promotes_until = terms.promotes_until


def _check_organiser(meeting: Meeting, address: str | None) -> None:
    """Calendar programs let nobody else change an appointment than who it came from."""
    if address != meeting.organiser_email and (meeting.taken or meeting.waiting):
        raise OrganiserIsKnown


def _check_movable(meeting: Meeting, when: TimeAndPlace, place_follows: bool) -> None:
    same_time = (when.starts_at, when.ends_at) == (meeting.starts_at, meeting.ends_at)
    if meeting.state != MeetingState.CONCEPT and not (place_follows and same_time):
        raise DateOrPlaceChanged


def _move(meeting: Meeting, when: TimeAndPlace, programme: Sequence[ProgrammeItem]) -> None:
    """Take programme and usual terms along to another day; the rest must fit as it is."""
    if when.starts_at != meeting.starts_at:
        follow_start(meeting, when.starts_at)
    days = amsterdam_date(when.starts_at) - amsterdam_date(meeting.starts_at)
    for item in programme:
        shift(item, days)
    check_inside(programme, when)


def follow_start(meeting: Meeting, starts_at: datetime, along: timedelta = timedelta(0)) -> None:
    """Terms that are the usual ones of the old day become those of the new day.

    Others move `along`, by the clock in Amsterdam. The caller then sets the start. Raises
    ClosesAfterNewStart, OpensAfterClosing, PromotesAfterStart or RegistrationInSkippedHour.
    """
    was, usual = default_promotes_until(meeting.starts_at), default_promotes_until(starts_at)

    def moved(moment: datetime | None) -> datetime | None:
        return usual if moment == was else _along(moment, along)

    meeting.promotes_until = moved(meeting.promotes_until)
    meeting.registration_closes_at = moved(meeting.registration_closes_at)
    opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
    if closes is not None and closes > starts_at:
        raise ClosesAfterNewStart
    if opens is not None and closes is not None and opens >= closes:
        raise OpensAfterClosing("starts_at")
    if meeting.promotes_until is not None and meeting.promotes_until > starts_at:
        raise PromotesAfterStart("starts_at")


def _along(moment: datetime | None, span: timedelta) -> datetime | None:
    if moment is None or not span:
        return moment
    try:
        return later(moment, span)
    except SkippedTime:
        raise RegistrationInSkippedHour("starts_at") from None


def _write(meeting: Meeting, texts: Texts, when: TimeAndPlace) -> None:
    meeting.title = texts.title
    meeting.introduction = texts.introduction
    meeting.note = texts.note
    meeting.organiser_email = texts.organiser_email
    meeting.online_address = texts.online_address
    meeting.openness = texts.openness
    meeting.starts_at = when.starts_at
    meeting.ends_at = when.ends_at
    meeting.venue = when.venue
    meeting.is_digital = when.is_digital


def _hide_title(meeting: Meeting) -> None:
    """Of what is no longer openbaar the address says the body and the date."""
    if not meeting.is_public:
        follow_title(meeting)


def leave_rooms(venue: Venue | None, programme: Sequence[ProgrammeItem]) -> int:
    """Rooms of another venue are let go of; returns how many items had one."""
    lost = [item for item in programme if item.room is not None and item.room.venue != venue]
    for item in lost:
        item.room = None
    return len(lost)
