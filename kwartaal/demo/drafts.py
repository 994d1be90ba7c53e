"""A day as data, and the concept of a meeting that is made from it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from kwartaal.amsterdam import amsterdam_moment
from kwartaal.db import db
from kwartaal.demo.papers import Paper
from kwartaal.domain import agenda, meetings, programme, speakers
from kwartaal.models.agenda import AgendaItem, Link, agenda_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.series import Series
from kwartaal.models.venue import Room, Venue

Voices = tuple[tuple[str, str], ...]  # (full name, part in the programme)


@dataclass(frozen=True)
class Workshop:
    """A workshop that fills its round; `maximum` None takes no sign-up."""

    title: str
    theme: str
    room: str
    text: str
    voices: Voices = ()
    maximum: int | None = None


@dataclass(frozen=True)
class Part:
    """A part of the day; times are on an Amsterdam clock, such as "13.45"."""

    kind: ItemKind
    begins: str
    ends: str
    title: str
    text: str = ""
    room: str = ""
    voices: Voices = ()
    sign_up: SignUp = SignUp.NONE
    workshops: tuple[Workshop, ...] = ()


@dataclass(frozen=True)
class Point:
    """An agenda item; `purpose` is one of the series."""

    title: str
    text: str = ""
    purpose: str = ""
    minutes: int | None = None
    is_closed: bool = False
    speaker: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (what it is called, address)
    subpoints: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Day:
    """A whole meeting but for its date; `venue` is a slug, empty for a digital meeting.

    `online` is where one takes part from afar.
    """

    title: str
    introduction: str
    venue: str
    begins: str
    ends: str
    parts: tuple[Part, ...]
    agenda: tuple[Point, ...] = ()
    papers: tuple[Paper, ...] = ()
    note: str = ""
    openness: Openness = Openness.OPENBAAR
    maximum: int | None = None
    online: str = ""


@dataclass(frozen=True)
class Second:
    """What a second version changes: a point, somebody with a part in a workshop, and its note."""

    point: Point
    workshop: str
    voice: tuple[str, str]
    note: str


@dataclass(frozen=True)
class Scene:
    """Where the drafts are made: what the region has to name in them."""

    venues: Mapping[str, Venue]
    people: Mapping[str, Person]


def draft(day: Day, series: Series, on: date, scene: Scene, now: datetime) -> Meeting:
    """The concept of a meeting, with programme and agenda, as a clerk would have made it."""
    venue = scene.venues[day.venue] if day.venue else None
    when = meetings.TimeAndPlace(
        starts_at=moment(on, day.begins),
        ends_at=moment(on, day.ends),
        venue=venue,
        is_digital=venue is None or bool(day.online),
    )
    texts = meetings.Texts(
        day.title, day.openness, day.introduction, day.note, online_address=day.online
    )
    meeting = meetings.prepare(series, texts, when, uuid.uuid4(), now)
    meeting.maximum = day.maximum
    db.session.add(meeting)
    db.session.flush()
    _Drafting(meeting, on, scene).write(day)
    return meeting


def moment(day: date, at: str) -> datetime:
    """A time such as "13.45" on a day in Amsterdam."""
    hours, minutes = at.split(".")
    return amsterdam_moment(day, time(int(hours), int(minutes)))


class _Drafting:
    """Writes parts and points into one meeting."""

    def __init__(self, meeting: Meeting, on: date, scene: Scene) -> None:
        self._meeting = meeting
        self._on = on
        self._people = scene.people
        rooms = meeting.venue.rooms if meeting.venue else []
        self._rooms: dict[str, Room] = {room.name: room for room in rooms}
        self._programme: list[ProgrammeItem] = []

    def write(self, day: Day) -> None:
        for part in day.parts:
            self._write_part(part)
        for point in day.agenda:
            add_point(self._meeting, point)
        db.session.flush()

    def _write_part(self, part: Part) -> None:
        details = programme.Details(
            kind=part.kind,
            title=part.title,
            starts_at=moment(self._on, part.begins),
            ends_at=moment(self._on, part.ends),
            description=part.text,
            room=self._rooms[part.room] if part.room else None,
            sign_up=part.sign_up,
        )
        item = self._add(details, part.voices)
        for workshop in part.workshops:
            self._write_workshop(workshop, item)

    def _write_workshop(self, workshop: Workshop, round_: ProgrammeItem) -> None:
        details = programme.Details(
            kind=ItemKind.WORKSHOP,
            title=workshop.title,
            starts_at=round_.starts_at,
            ends_at=round_.ends_at,
            description=workshop.text,
            theme=workshop.theme,
            room=self._rooms[workshop.room] if workshop.room else None,
            round=round_,
            sign_up=SignUp.LIMITED if workshop.maximum else SignUp.NONE,
            maximum=workshop.maximum,
        )
        self._add(details, workshop.voices)

    def _add(self, details: programme.Details, voices: Voices) -> ProgrammeItem:
        item = programme.add(self._meeting, details, self._programme, uuid.uuid4())
        self._programme.append(item)
        db.session.add(item)
        for name, part in voices:
            speakers.add(item, name, part, self._people.get(name), uuid.uuid4())
        return item


def add_point(meeting: Meeting, point: Point) -> None:
    """Put a point with its sub-points at the end of a meeting's agenda."""
    _add_point(meeting, point)
    for subpoint in point.subpoints:
        item = _add_point(meeting, subpoint)
        db.session.flush()
        agenda.move_in(item, agenda_of(meeting.id))


def _add_point(meeting: Meeting, point: Point) -> AgendaItem:
    purposes = {purpose.name: purpose for purpose in meeting.series.purposes}
    details = agenda.Point(
        title=point.title,
        openness=Openness.BESLOTEN if point.is_closed else Openness.OPENBAAR,
        text=point.text,
        purpose=purposes[point.purpose] if point.purpose else None,
        minutes=point.minutes,
        speaker=point.speaker,
        links=[Link(label=label, address=address) for label, address in point.links],
    )
    item = agenda.add(meeting, details, agenda_of(meeting.id), uuid.uuid4())
    db.session.add(item)
    return item
