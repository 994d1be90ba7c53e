"""The kwartaalbijeenkomsten: what the griffie did to each, and when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from babel.dates import format_date

from kwartaal.amsterdam import amsterdam_moment, later
from kwartaal.demo.dates import office_day
from kwartaal.demo.drafts import Day, Scene, Second, add_point, draft
from kwartaal.demo.papers import Filing
from kwartaal.demo.timeline import Timeline
from kwartaal.domain import (
    invitations,
    meetings,
    moving,
    planned_publications,
    publications,
    speakers,
    telling,
)
from kwartaal.domain.telling import Instructions
from kwartaal.domain.working_days import default_promotes_until, last_working_day_before
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.series import Series

NINE, NOON, TEN, FOUR = time(9), time(12), time(10), time(16)
CLOSES_BEFORE = timedelta(days=3)
IN_A_WEEK = 7


@dataclass(frozen=True)
class Desk:
    """From where the griffie works: the series, what there is in the region, the clerk, files."""

    series: Series
    scene: Scene
    clerk: Person
    filing: Filing


class Quarter:
    """One kwartaalbijeenkomst. Its methods are deeds; the meeting exists once it is prepared."""

    def __init__(self, desk: Desk, day: Day, on: date) -> None:
        self.desk = desk
        self.day = day
        self.on = on
        self._made: list[Meeting] = []

    @property
    def meeting(self) -> Meeting:
        [meeting] = self._made
        return meeting

    @cached_property
    def programme(self) -> list[ProgrammeItem]:
        """The items of the day; only once everything is in it."""
        return programme_of(self.meeting.id)

    @property
    def voices(self) -> set[str]:
        """Everybody with a part in the programme, by full name."""
        whole = [part.voices for part in self.day.parts]
        inside = [workshop.voices for part in self.day.parts for workshop in part.workshops]
        return {name for voices in whole + inside for name, _ in voices}

    def prepare(self, now: datetime) -> None:
        self._made.append(draft(self.day, self.desk.series, self.on, self.desk.scene, now))
        self.desk.filing.add(self.meeting, self.day.papers, self.desk.clerk, now)

    def improve_papers(self, now: datetime) -> None:
        self.desk.filing.replace(self.meeting, self.day.papers, self.desk.clerk, now)

    def announce(self, now: datetime) -> None:
        publications.announce(self.meeting, self.desk.clerk, now)

    def publish(self, now: datetime) -> None:
        publications.publish(self.meeting, self.desk.clerk, now)

    def invite(self, now: datetime) -> None:
        """Tell everybody that registering is open."""
        invitations.invite(self.meeting, self.desk.clerk, now)

    def change(self, second: Second) -> None:
        """What the second version has that the first one had not."""
        add_point(self.meeting, second.point)
        item = next(one for one in self.programme if one.title == second.workshop)
        speakers.add(item, *second.voice, None, uuid.uuid4())

    def publish_later(self, today: date, now: datetime) -> None:
        """Let the worker publish it, on a morning that who tries the demo may live to see."""
        at = _at_work(today + timedelta(days=IN_A_WEEK))
        planned_publications.plan(self.meeting, self.desk.clerk, at, Instructions(), now)

    def move(self, on: date, now: datetime) -> None:
        span = on - self.on
        was = meetings.time_and_place(self.meeting)
        to = replace(was, starts_at=later(was.starts_at, span), ends_at=later(was.ends_at, span))
        moving.move(self.meeting, to, self.desk.clerk, now)

    def open_from(self, opens_at: datetime, now: datetime) -> None:
        """All seven groups may register from a moment until some days before."""
        terms = meetings.Terms(
            audiences=frozenset(Audience),
            maximum=self.day.maximum,
            opens_at=opens_at,
            closes_at=self.closes_at,
            promotes_until=default_promotes_until(self.meeting.starts_at),
        )
        meetings.change_terms(self.meeting, terms, now)

    @property
    def closes_at(self) -> datetime:
        """Noon of a working day that leaves time to order the lunch."""
        return amsterdam_moment(last_working_day_before(self.on - CLOSES_BEFORE), NOON)


def announcement(on: date, venue: str) -> Day:
    """A day of which only the date and the place are known."""
    title = f"Kwartaalbijeenkomst {format_date(on, 'MMMM y', locale='nl')}"
    return Day(title, "", venue, "12.00", "18.00", ())


def schedule_first(timeline: Timeline, quarter: Quarter) -> None:
    """The meeting of November 2021: announced, published, held."""
    _schedule(timeline, quarter, prepared=70, announced=63, published=28)


def schedule_held(timeline: Timeline, quarter: Quarter) -> datetime:
    """The last one; returns when registering opened."""
    _schedule(timeline, quarter, prepared=120, announced=112, published=42)
    return _schedule_opening(timeline, quarter, quarter.on - timedelta(days=38))


def schedule_open(timeline: Timeline, quarter: Quarter, today: date, second: Second) -> datetime:
    """The next one, published twice; returns when registering opened."""
    days = (quarter.on - today).days
    _schedule(timeline, quarter, prepared=days + 90, announced=days + 83, published=days + 27)

    def publish_again(now: datetime) -> None:
        quarter.change(second)
        quarter.improve_papers(now)
        how = Instructions(note=second.note)
        telling.publish(quarter.meeting, quarter.desk.clerk, now, how)

    timeline.at(_at_work(today - timedelta(days=8), FOUR), publish_again)
    return _schedule_opening(timeline, quarter, today - timedelta(days=21))


def schedule_concept(timeline: Timeline, quarter: Quarter, today: date) -> None:
    """Ready to be published, which the griffie planned: registering opens at that moment."""
    timeline.at(_at_work(today - timedelta(days=15)), quarter.prepare)
    opens_at = amsterdam_moment(today, time.min)
    timeline.at(
        _at_work(today - timedelta(days=14)),
        lambda now: quarter.open_from(opens_at, now),
    )
    timeline.at(_at_work(today - timedelta(days=3)), lambda now: quarter.publish_later(today, now))


def schedule_move(timeline: Timeline, quarter: Quarter, to: date, today: date) -> None:
    """An announced meeting goes to another day, at the same time and place."""
    timeline.at(_at_work(today - timedelta(days=20)), lambda now: quarter.move(to, now))


def schedule_announced(timeline: Timeline, quarter: Quarter, today: date) -> None:
    """Date and place are known, and nothing else."""
    timeline.at(_at_work(today - timedelta(days=35)), quarter.prepare)
    timeline.at(_at_work(today - timedelta(days=34)), quarter.announce)


def _schedule(
    timeline: Timeline, quarter: Quarter, *, prepared: int, announced: int, published: int
) -> None:
    """Prepare, announce and publish, so many days before the meeting."""
    deeds = (
        (prepared, quarter.prepare),
        (announced, quarter.announce),
        (published, quarter.publish),
    )
    for days, deed in deeds:
        timeline.at(_at_work(quarter.on - timedelta(days=days)), deed)


def _schedule_opening(timeline: Timeline, quarter: Quarter, on: date) -> datetime:
    """Set the terms a week before registering opens, so before the programme is published."""
    opens_at = _at_work(on, NINE)
    timeline.at(opens_at - timedelta(days=7), lambda now: quarter.open_from(opens_at, now))
    timeline.at(opens_at, quarter.invite)
    return opens_at


def _at_work(day: date, at: time = TEN) -> datetime:
    return amsterdam_moment(office_day(day), at)
