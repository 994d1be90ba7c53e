"""The life of one meeting in steps, each a real operation, for what its feeds say after each.

Beside it stand meetings that never change: over midnight, in both nights the clock changes, and one
a year until 2035. A step that another operation adds goes into STEPS at its place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import db
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.domain.moving import move
from kwartaal.domain.publications import announce, cancel, publish
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem
from kwartaal.models.venue import Room, Venue
from tests.calendar_scenario import WRITTEN, the_venue, uid, utc, writing
from tests.factories import a_meeting, a_round, a_series, a_venue, a_workshop, an_item, staff

FIRST_ADDRESS = "/kalender/bijeenkomst/voorjaar.ics"
PUBLIC_ADDRESS = "/kalender/openbaar.ics"
MEETING, LUNCH, PLENARY, ROUND, WATER, ENERGY = (str(uid(900 + n)) for n in range(6))


class Story:
    """The rows of the story by UID, each step an hour after the one before."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.now = utc(1, 4, 9)

    def plan(self) -> None:
        with writing(self.app):
            series = a_series(slug="kwartaalbijeenkomsten", name="Kwartaalbijeenkomsten")
            hall = the_venue()
            other = a_venue(
                slug="energiehuis",
                name="Energiehuis",
                street="Noordendijk 148",
                postcode="3311 RR",
                town="Dordrecht",
                rooms=[Room(name="Turbinehal", capacity=90)],
            )
            spring = _draft(900, "voorjaar", utc(3, 23, 11), series=series, venue=hall)
            clerk = staff(last_name="Griffie")
            db.session.add_all([clerk, other, spring, *_programme(spring, hall)])
            beside = [
                _draft(950, "nacht", utc(6, 11, 21), series=series, venue=hall),
                _draft(951, "vooruit", utc(3, 27, 23), series=series, venue=hall),
                _draft(952, "terug", utc(10, 30, 22, 30), series=series, venue=hall),
                *(
                    _draft(n, f"jaar-{n}", utc(4, 6, 10, year=n), series=series, venue=hall)
                    for n in range(2028, 2036)
                ),
            ]
            for number, meeting in enumerate(beside, 3000):
                db.session.add_all([meeting, _item(number, meeting, "Gesprek")])
            db.session.flush()
            for meeting in beside:
                publish(meeting, clerk, self.now)

    def announce(self) -> None:
        announce(self.meeting, self.clerk, self.now)

    def publish(self) -> None:
        publish(self.meeting, self.clerk, self.now)

    def rename(self) -> None:
        self.meeting.title = "Wonen, water; en wat u verder wilt"
        self.publish()

    def move(self) -> None:
        begin, end = (
            moment.astimezone(AMSTERDAM) + timedelta(days=7)
            for moment in (self.meeting.starts_at, self.meeting.ends_at)
        )
        there = db.session.query(Venue).filter_by(slug="energiehuis").one()
        move(self.meeting, TimeAndPlace(begin, end, there), self.clerk, self.now)

    def change_room(self) -> None:
        self.item(WATER).room = self.meeting.venue.rooms[0]
        self.publish()

    def swap(self) -> None:
        lunch, plenary = self.item(LUNCH), self.item(PLENARY)
        before = (lunch.starts_at, lunch.ends_at)
        lunch.starts_at, lunch.ends_at = plenary.starts_at, plenary.ends_at
        plenary.starts_at, plenary.ends_at = before
        self.publish()

    def cancel_item(self) -> None:
        cancel_item(self.item(ENERGY), "De spreker is ziek.", self.clerk, self.now)

    def restore_item(self) -> None:
        restore_item(self.item(ENERGY), self.clerk, self.now)

    def restore(self) -> None:
        restore_meeting(self.meeting, self.clerk, self.now)

    def cancel(self) -> None:
        cancel(self.meeting, "Er is storm op komst.", self.clerk, self.now)

    def tell(self, step: Callable[[Story], None]) -> None:
        """One step, as one request."""
        self.now += timedelta(hours=1)
        if step is Story.plan:
            self.plan()
            return
        with writing(self.app):
            step(self)

    @property
    def meeting(self) -> Meeting:
        return db.session.query(Meeting).filter_by(uid=uid(900)).one()

    @property
    def clerk(self) -> Person:
        return db.session.query(Person).filter_by(last_name="Griffie").one()

    def item(self, key: str) -> ProgrammeItem:
        return next(
            item
            for item in db.session.query(ProgrammeItem).filter_by(meeting_id=self.meeting.id)
            if str(item.uid) == key
        )


STEPS: dict[str, Callable[[Story], None]] = {
    "01-planned": Story.plan,
    "02-announced": Story.announce,
    "03-published": Story.publish,
    "04-renamed": Story.rename,
    "05-moved": Story.move,
    "06-other-room": Story.change_room,
    "07-swapped": Story.swap,
    "08-workshop-cancelled": Story.cancel_item,
    "09-workshop-restored": Story.restore_item,
    "10-workshop-cancelled": Story.cancel_item,
    "11-cancelled": Story.cancel,
    "12-restored": Story.restore,
    "13-cancelled": Story.cancel,
}


def _draft(number: int, slug: str, starts_at: datetime, **columns: object) -> Meeting:
    return a_meeting(
        uid=uid(number),
        slug=slug,
        title=f"Bijeenkomst {slug}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        created_at=WRITTEN,
        state=MeetingState.CONCEPT,
        **columns,
    )


def _programme(meeting: Meeting, hall: Venue) -> list[ProgrammeItem]:
    round_ = a_round(meeting)
    round_.uid, round_.title = uid(903), "Ronde 1"
    round_.starts_at = meeting.starts_at + timedelta(hours=2)
    round_.ends_at = round_.starts_at + timedelta(hours=1)
    workshops = [a_workshop(round_, 20, title=title) for title in ("Water", "Energie")]
    for number, workshop in enumerate(workshops, 904):
        workshop.uid, workshop.room = uid(number), hall.rooms[number - 904]
        workshop.starts_at, workshop.ends_at = round_.starts_at, round_.ends_at
    lunch = _item(901, meeting, "Lunch", ItemKind.LUNCH)
    plenary = _item(902, meeting, "Opening")
    plenary.starts_at += timedelta(hours=1)
    plenary.ends_at += timedelta(hours=1)
    return [lunch, plenary, round_, *workshops]


def _item(
    number: int, meeting: Meeting, title: str, kind: ItemKind = ItemKind.PLENARY
) -> ProgrammeItem:
    starts_at = meeting.starts_at
    return an_item(
        meeting,
        kind,
        uid=uid(number),
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
