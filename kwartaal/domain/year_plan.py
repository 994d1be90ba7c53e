"""The vooraankondiging of a year: several dates of a series made known in one go.

All or nothing: the caller rolls back on a refusal. `field` of a refusal is `days-<row>-<name>`,
the field of the form's row (decision 0019).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain import publications
from kwartaal.domain.meetings import Texts, TimeAndPlace, prepare
from kwartaal.domain.preparation_refusals import DayIsPast, DayTwice, MeetsThatDay
from kwartaal.domain.refusals import Refused
from kwartaal.models.meeting import Meeting, find_meeting, store_meeting
from kwartaal.models.person import Person
from kwartaal.models.series import Series


@dataclass(frozen=True)
class PlannedDay:
    """A row that was filled in, by its number from 0."""

    row: int
    when: TimeAndPlace

    def key(self, form: uuid.UUID) -> uuid.UUID:
        """The public id of what it makes: the same form sent twice makes it once."""
        return _key(form, self.row)


def made_before(form: uuid.UUID, rows: int) -> list[Meeting]:
    """What the same form, with so many rows, made when it was sent before."""
    found = (find_meeting(_key(form, row)) for row in range(rows))
    return [meeting for meeting in found if meeting is not None]


def announce_days(
    series: Series,
    title: str,
    days: Sequence[PlannedDay],
    taken: Collection[date],
    form: uuid.UUID,
    actor: Person,
    now: datetime,
) -> list[Meeting]:
    """A meeting for each day, announced at once; without a venue its place follows.

    `taken` are days in Amsterdam on which the series meets already. Raises the first of
    `wrong_days`, or what `meetings.prepare` raises.
    """
    for refusal in wrong_days(days, taken, now):
        raise refusal
    return [_announce(series, title, planned, form, actor, now) for planned in days]


def wrong_days(
    days: Sequence[PlannedDay], taken: Collection[date], now: datetime
) -> Iterator[Refused]:
    """What is wrong with each of the days: DayIsPast, MeetsThatDay or DayTwice."""
    seen: dict[date, int] = {}
    for planned in days:
        field, day = f"days-{planned.row}-day", amsterdam_date(planned.when.starts_at)
        if planned.when.starts_at <= now:
            yield DayIsPast(field)
        elif day in taken:
            yield MeetsThatDay(field)
        elif day in seen:
            yield DayTwice(field, number=seen[day] + 1)
        seen.setdefault(day, planned.row)


def _key(form: uuid.UUID, row: int) -> uuid.UUID:
    return uuid.uuid5(form, str(row))


def _announce(
    series: Series, title: str, planned: PlannedDay, form: uuid.UUID, actor: Person, now: datetime
) -> Meeting:
    texts = Texts(title, series.openness)
    try:
        meeting = prepare(series, texts, planned.when, planned.key(form), now)
    except Refused as refusal:
        refusal.field = f"days-{planned.row}-{refusal.field or 'day'}"
        raise
    publications.announce(store_meeting(meeting), actor, now)
    return meeting
