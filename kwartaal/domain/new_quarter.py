"""Nieuw kwartaal: the next meeting after the example of this one (decision 0019).

Structure, rooms, audiences, terms and texts come along, at the same times of day. People, papers,
agenda points, the note about the date, and what was for that day alone do not: cancelled parts and
second sessions. The caller holds nothing and commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from kwartaal.amsterdam import SkippedTime, amsterdam_date, later
from kwartaal.domain.change_refusals import RegistrationInSkippedHour
from kwartaal.domain.meetings import (
    Terms,
    Texts,
    TimeAndPlace,
    change_terms,
    check_changeable,
    check_inside,
    check_terms,
    prepare,
    time_and_place,
    use_terms,
)
from kwartaal.domain.preparation_refusals import (
    DayIsPast,
    DayIsTooSoon,
    MeetsThatDay,
    ProgrammeThere,
)
from kwartaal.domain.shifting import shift, shifted
from kwartaal.domain.working_days import default_promotes_until
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.programme import ProgrammeItem

QUARTER = timedelta(weeks=13)  # the same day of the week


def suggested_day(meeting: Meeting, today: date) -> date:
    """A quarter later; several, when that is past."""
    day = amsterdam_date(meeting.starts_at) + QUARTER
    while day <= today:
        day += QUARTER
    return day


def copy(
    meeting: Meeting,
    programme: Sequence[ProgrammeItem],
    day: date,
    title: str,
    key: uuid.UUID,
    taken: Collection[date],
    now: datetime,
) -> tuple[Meeting, list[ProgrammeItem]]:
    """A new concept on another day, and its items; `key` is the form's.

    `taken` are the days on which the series meets. Raises DayIsPast, DayIsTooSoon, MeetsThatDay,
    RegistrationInSkippedHour, or what `shifting.shift` raises.
    """
    if day < amsterdam_date(now):
        raise DayIsPast("day")
    if day == amsterdam_date(now):
        raise DayIsTooSoon("day")
    if day in taken:
        raise MeetsThatDay("day")
    days = day - amsterdam_date(meeting.starts_at)
    period = shifted((meeting.starts_at, meeting.ends_at), days, meeting.title, "day")
    when = TimeAndPlace(*period, meeting.venue, meeting.is_digital)
    texts = Texts(
        title,
        meeting.openness,
        meeting.introduction,
        organiser_email=meeting.organiser_email,
    )
    new = prepare(meeting.series, texts, when, key, now)
    terms = _terms(meeting, when.starts_at, days)
    check_terms(terms, when.starts_at)
    use_terms(new, terms)
    new.maximum = terms.maximum
    return new, _items(programme, new, days)


def fill(
    target: Meeting,
    there: Sequence[ProgrammeItem],
    meeting: Meeting,
    programme: Sequence[ProgrammeItem],
    now: datetime,
) -> list[ProgrammeItem]:
    """The same into a meeting that has a date and no programme yet, such as an announced one.

    Its title, date and place stay; rooms of another venue are left open. A place that was still to
    follow comes along, and so do the hours of a concept when the programme would not fit: those of
    an announced meeting are for `moving.move`. Returns the items. Who waits gets what its maximum
    gives free. Raises ProgrammeThere, ItemOutsideMeeting, RegistrationInSkippedHour, or what
    `shifting.shift` and `meetings.change_terms` raise.
    """
    check_changeable(target)
    if there:
        raise ProgrammeThere
    days = _days(target, meeting)
    hours = hours_needed(target, meeting)
    if hours is not None and target.state == MeetingState.CONCEPT and hours.starts_at > now:
        target.starts_at, target.ends_at = hours.starts_at, hours.ends_at
    if target.venue is None and not target.is_digital:
        target.venue, target.is_digital = meeting.venue, meeting.is_digital
    items = _items(programme, target, days)
    check_inside(items, time_and_place(target))
    change_terms(target, _terms(meeting, target.starts_at, days), now)
    target.introduction = target.introduction or meeting.introduction
    for item in items:
        if item.room is not None and item.room.venue != target.venue:
            item.room = None
    return items


def hours_needed(target: Meeting, meeting: Meeting) -> TimeAndPlace | None:
    """The hours of the example on the day of `target`; None when they lie inside its own.

    Raises what `shifting.shifted` raises.
    """
    period = (meeting.starts_at, meeting.ends_at)
    starts_at, ends_at = shifted(period, _days(target, meeting), meeting.title, "day")
    if target.starts_at <= starts_at and ends_at <= target.ends_at:
        return None
    return TimeAndPlace(starts_at, ends_at, target.venue, target.is_digital)


def _days(target: Meeting, meeting: Meeting) -> timedelta:
    return amsterdam_date(target.starts_at) - amsterdam_date(meeting.starts_at)


def _terms(meeting: Meeting, starts_at: datetime, days: timedelta) -> Terms:
    """What was usual for the old day becomes usual for the new one; the rest moves along."""
    opens, closes, promotes = (
        _moment(moment, meeting.starts_at, starts_at, days)
        for moment in (
            meeting.registration_opens_at,
            meeting.registration_closes_at,
            meeting.promotes_until,
        )
    )
    if opens is not None and closes is not None and opens >= closes:
        opens = None  # a holiday brought the closing forward past it
    return Terms(meeting.admitted, meeting.maximum, opens, closes, promotes)


def _moment(
    moment: datetime | None, was: datetime, starts_at: datetime, days: timedelta
) -> datetime | None:
    if moment is None:
        return None
    is_usual = moment == default_promotes_until(was)
    if is_usual:
        return default_promotes_until(starts_at)
    try:
        return later(moment, days)
    except SkippedTime:
        raise RegistrationInSkippedHour from None


def _items(
    programme: Sequence[ProgrammeItem], new: Meeting, days: timedelta
) -> list[ProgrammeItem]:
    copies = {item: _item(item, new, days) for item in programme if _comes_along(item)}
    for item, copied in copies.items():
        copied.round = copies[item.round] if item.round else None
    return list(copies.values())


def _comes_along(item: ProgrammeItem) -> bool:
    """What was called off, or given once more for who found it full, was for that day alone."""
    return not item.is_cancelled and item.repeats is None


def _item(item: ProgrammeItem, new: Meeting, days: timedelta) -> ProgrammeItem:
    """Without speakers, and nobody in it yet."""
    copied = ProgrammeItem(
        meeting=new,
        kind=item.kind,
        title=item.title,
        description=item.description,
        theme=item.theme,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        room=item.room,
        setup_minutes=item.setup_minutes,
        position=item.position,
        sign_up=item.sign_up,
        maximum=item.maximum,
    )
    shift(copied, days, "day")
    return copied
