"""Who was seen at the meeting that was held: ticked off at the door, or let in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from random import Random

from kwartaal.demo.quarters import Quarter
from kwartaal.domain import attendance
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.domain.refusals import SaidAlready
from kwartaal.models.attendance import MarkKind
from kwartaal.models.person import Person
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration, live_choices_of, live_registrations

CAME, LATE, LEFT_EARLY, PHONED = 0.88, 0.08, 0.04, 0.25
ENTRANCE, SECOND_DOOR, OFFICE = "Tablet ingang", "Tablet zijdeur", "Griffie"


class Door:
    """The organiser at the door of one meeting."""

    def __init__(self, quarter: Quarter, organiser: Person) -> None:
        self._quarter = quarter
        self._organiser = organiser
        self._random = Random(f"kwartaal: door of {quarter.day.title}")  # noqa: S311 (no secret)
        self._came: list[Registration] = []
        self._late: list[Registration] = []
        self._absent: list[Registration] = []

    def answer_phones(self, now: datetime) -> None:
        """Some of those who will not come say so on the day itself."""
        for registration in live_registrations(self._quarter.meeting.id):
            if self._random.random() < CAME:
                late = self._random.random() < LATE
                (self._late if late else self._came).append(registration)
            elif self._random.random() < PHONED:
                self._say(registration, MarkKind.EXCUSED, OFFICE, now)
            else:
                self._absent.append(registration)

    def tick_off(self, now: datetime) -> None:
        """Most people come; others stay away without a word."""
        for registration in self._came:
            door = self._random.choice((ENTRANCE, ENTRANCE, SECOND_DOOR))
            self._say(registration, MarkKind.ARRIVED, door, now)

    def greet_speakers(self, now: datetime) -> None:
        for speaker in self._speakers():
            with suppress(SaidAlready):  # who is registered as well was ticked off already
                self._say(speaker, MarkKind.ARRIVED, ENTRANCE, now)

    def let_in(self, people: Sequence[Person], now: datetime) -> None:
        """People who did not register; they are on the list and take no place."""
        for person in people:
            held = person.offices_on(self._quarter.on)
            coming_as = ComingAs.holder_of(held[0]) if held else None
            said = self._said(MarkKind.ARRIVED, ENTRANCE)
            attendance.let_in(self._quarter.meeting, person, coming_as, said, now)

    def correct(self, now: datetime) -> None:
        """One tick was for somebody else: it is undone, and both marks stay written down."""
        for kind in (MarkKind.ARRIVED, MarkKind.UNDONE):
            self._say(self._absent[0], kind, ENTRANCE, now)

    def open_late(self, now: datetime) -> None:
        for registration in self._late:
            self._say(registration, MarkKind.LATE, ENTRANCE, now)

    def see_in_workshops(self, now: datetime) -> None:
        """Who has a place in a workshop and came is seen there, too; nearly all of them."""
        came = {registration.id for registration in [*self._came, *self._late]}
        for item in self._quarter.programme:
            for choice in live_choices_of(item.id) if item.is_workshop else ():
                if choice.registration_id in came and self._random.random() < CAME:
                    device = f"Telefoon {item.room.name}" if item.room else OFFICE
                    said = self._said(MarkKind.ARRIVED, device, item.id)
                    attendance.mark(choice.registration, said, item.starts_at)

    def see_off(self, now: datetime) -> None:
        """Some leave before the end."""
        for registration in self._came:
            if self._random.random() < LEFT_EARLY:
                self._say(registration, MarkKind.LEFT, ENTRANCE, now)

    def _speakers(self) -> Sequence[Speaker]:
        """Each once, also who has a part in several items."""
        speakers = [speaker for item in self._quarter.programme for speaker in item.speakers]
        return list({speaker.name: speaker for speaker in speakers}.values())

    def _say(
        self, whom: Registration | Speaker, kind: MarkKind, device: str, now: datetime
    ) -> None:
        attendance.mark(whom, self._said(kind, device), now)

    def _said(self, kind: MarkKind, device: str, item_id: int | None = None) -> Mark:
        return Mark(uuid.uuid4(), self._organiser, kind, item_id, device)
