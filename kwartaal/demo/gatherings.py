"""Meetings of bodies: one conversation in one room, closed unless said otherwise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from kwartaal.amsterdam import amsterdam_moment
from kwartaal.demo.dates import office_day
from kwartaal.demo.drafts import Day, Part, Point, Scene, draft
from kwartaal.demo.timeline import Timeline
from kwartaal.domain import publications
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind
from kwartaal.models.series import Series

MORNING = time(10)
PREPARED, PUBLISHED = timedelta(days=28), timedelta(days=21)


class Gathering(NamedTuple):
    """A meeting of a body; without a venue it is digital."""

    series: str
    on: date
    begins: str
    ends: str
    title: str
    introduction: str
    agenda: tuple[Point, ...]
    venue: str = ""
    note: str = ""
    openness: Openness = Openness.BESLOTEN

    @property
    def day(self) -> Day:
        """The same as a whole day: one part in which everything happens."""
        part = Part(ItemKind.PLENARY, self.begins, self.ends, self.title)
        return Day(
            title=self.title,
            introduction=self.introduction,
            note=self.note,
            venue=self.venue,
            begins=self.begins,
            ends=self.ends,
            parts=(part,),
            agenda=self.agenda,
            openness=self.openness,
        )


def schedule(
    timeline: Timeline, gathering: Gathering, series: Series, scene: Scene, publisher: Person
) -> None:
    """Prepare it four weeks before its day and publish it three weeks before."""
    made: list[Meeting] = []

    def prepare(now: datetime) -> None:
        made.append(draft(gathering.day, series, gathering.on, scene, now))

    def publish(now: datetime) -> None:
        publications.publish(made[0], publisher, now)

    timeline.at(amsterdam_moment(office_day(gathering.on - PREPARED), MORNING), prepare)
    timeline.at(amsterdam_moment(office_day(gathering.on - PUBLISHED), MORNING), publish)
