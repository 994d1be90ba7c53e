"""Turnout over the quarters: how many were told, registered, came and stayed away.

Only public meetings of the whole region count, those that were published and not cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models import listed
from kwartaal.models.attendance import (
    AttendanceMark,
    newest_of_registration,
    newest_of_speakers,
)
from kwartaal.models.attendance_figures import Figures, numbers_of_figures, together
from kwartaal.models.attendance_search import is_listed
from kwartaal.models.invited_figures import invited_per_meeting
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience
from kwartaal.models.pages import Page, page_within
from kwartaal.models.people_list import EVERYBODY, PeopleScope
from kwartaal.models.publication import published_headings
from kwartaal.models.registration import Registration
from kwartaal.models.visibility import Viewer, visible_meetings

QUARTERS_PER_PAGE = 8
MONTHS = 3


class Quarter(NamedTuple):
    """Three months of a year, counted from one; quarters sort by time."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> Quarter:
        """The quarter a moment falls in, in Amsterdam."""
        day = amsterdam_date(moment)
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    def since(self, other: Quarter) -> int:
        """How many quarters later than another one it is."""
        return (self.year - other.year) * (12 // MONTHS) + self.number - other.number

    @property
    def first_day(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last_month(self) -> date:
        """The first day of it."""
        return date(self.year, self.number * MONTHS, 1)


@dataclass(frozen=True)
class Narrowing:
    """Whose turnout is counted: everybody's, or that of one group, of some organisations."""

    scope: PeopleScope = EVERYBODY
    audience: Audience | None = None


@dataclass(frozen=True)
class MeetingTurnout:
    """The numbers of one meeting, with its title as published. `invited` is None when untold."""

    meeting: Meeting
    title: str
    figures: Figures
    invited: int | None
    is_held: bool
    is_counted: bool
    """False when it is over and nobody was ever registered here or told of it."""


@dataclass(frozen=True)
class QuarterTurnout:
    """The meetings of a quarter, soonest first, and their numbers together.

    Whoever came to two meetings counts twice. Nobody is absent before the last one is over.
    """

    quarter: Quarter
    meetings: tuple[MeetingTurnout, ...]

    @property
    def figures(self) -> Figures:
        numbers = [one.figures for one in self.meetings]
        return Figures(*(sum(column) for column in zip(*numbers, strict=True)))

    @property
    def invited(self) -> int | None:
        told = [one.invited for one in self.meetings if one.invited is not None]
        return sum(told) if told else None

    @property
    def is_held(self) -> bool:
        return all(one.is_held for one in self.meetings)

    @property
    def is_counted(self) -> bool:
        return any(one.is_counted for one in self.meetings)


class Together(NamedTuple):
    """Quarters in one line; `held` are the numbers of those that are over, None when none is."""

    invited: int | None
    figures: Figures
    held: Figures | None


def together_of(quarters: Sequence[QuarterTurnout]) -> Together:
    """Whoever came in two quarters counts twice, as in a quarter of two meetings."""
    told = [one.invited for one in quarters if one.invited is not None]
    counted = [one for one in quarters if one.is_counted]
    held = [one.figures for one in counted if one.is_held]
    return Together(
        sum(told) if told else None,
        together([one.figures for one in counted] or [Figures()]),
        together(held) if held else None,
    )


def turnout_per_quarter(
    viewer: Viewer, narrowing: Narrowing, now: datetime, asked: int
) -> Page[QuarterTurnout]:
    """One page of quarters in which a meeting was or will be, newest first; six queries."""
    meetings = _meetings(viewer, now)
    quarters = [list(of) for _, of in groupby(meetings, lambda one: Quarter.of(one.starts_at))]
    number = page_within(asked, len(quarters), QUARTERS_PER_PAGE)
    shown = quarters[(number - 1) * QUARTERS_PER_PAGE : number * QUARTERS_PER_PAGE]
    counted = _counted([meeting for of in shown for meeting in of], narrowing, now)
    turnouts = [
        QuarterTurnout(
            Quarter.of(of[0].starts_at), tuple(counted[meeting.id] for meeting in reversed(of))
        )
        for of in shown
    ]
    return Page(turnouts, number, len(quarters), QUARTERS_PER_PAGE)


def _meetings(viewer: Viewer, now: datetime) -> Sequence[Meeting]:
    """What counts, newest first; two queries, whose rows are four a year."""
    statement = (
        listed.of_the_region(visible_meetings(viewer, amsterdam_date(now)))
        .where(Meeting.state == MeetingState.PUBLISHED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return db.session.scalars(statement).all()


def _counted(
    meetings: Sequence[Meeting], narrowing: Narrowing, now: datetime
) -> dict[int, MeetingTurnout]:
    ids = [meeting.id for meeting in meetings]
    headings = published_headings(ids)
    figures = _figures(ids, narrowing)
    invited = invited_per_meeting(meetings, narrowing.scope, narrowing.audience)
    known = set(
        db.session.scalars(
            select(Registration.meeting_id).where(Registration.meeting_id.in_(ids)).distinct()
        )
    )
    return {
        meeting.id: MeetingTurnout(
            meeting,
            headings[meeting.id].title,
            figures.get(meeting.id, Figures()),
            invited.get(meeting.id),
            meeting.is_held(now),
            not meeting.is_held(now) or meeting.invited_at is not None or meeting.id in known,
        )
        for meeting in meetings
    }


def _figures(meeting_ids: Iterable[int], narrowing: Narrowing) -> dict[int, Figures]:
    ids = list(meeting_ids)
    spoken = newest_of_speakers(ids)
    same_meeting = spoken.c.meeting_id == Registration.meeting_id
    statement = (
        select(Registration.meeting_id, *numbers_of_figures())
        .outerjoin(spoken, same_meeting & (spoken.c.person_id == Registration.person_id))
        .outerjoin(AttendanceMark, AttendanceMark.id == newest_of_registration(None, spoken))
        .where(Registration.meeting_id.in_(ids), is_listed())
        .group_by(Registration.meeting_id)
    )
    if narrowing.audience is not None:
        statement = statement.where(Registration.audience == narrowing.audience)
    if narrowing.scope.organisation_ids is not None:
        of_these = Registration.organisation_id.in_(narrowing.scope.organisation_ids)
        statement = statement.where(of_these)
    return {key: Figures(*numbers) for key, *numbers in db.session.execute(statement)}
