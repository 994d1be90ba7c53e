"""Who was seen at the meeting that was held: ticked off at the door, or let in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from random import Random

from kwartaal.demo.quarters import Quarter
from kwartaal.domain import attendance
from kwartaal.domain.attendance import ComingAs, Mark
from kwartaal.models.person import Person
from kwartaal.models.programme import Speaker
from kwartaal.models.registration import Registration, live_registrations

CAME = 0.88


class Door:
    """The organiser at the door of one meeting."""

    def __init__(self, quarter: Quarter, organiser: Person) -> None:
        self._quarter = quarter
        self._organiser = organiser
        self._random = Random(f"kwartaal: door of {quarter.day.title}")  # noqa: S311 (no secret)
        self._absent: list[Registration] = []

    def tick_off(self, now: datetime) -> None:
        """Most people come; the others stay away without a word."""
        for registration in live_registrations(self._quarter.meeting.id):
            if self._random.random() < CAME:
                attendance.mark(registration, self._said(), now)
            else:
                self._absent.append(registration)

    def greet_speakers(self, now: datetime) -> None:
        for speaker in self._speakers():
            attendance.mark(speaker, self._said(), now)

    def let_in(self, people: Sequence[Person], now: datetime) -> None:
        """People who did not register; they are on the list and take no place."""
        for person in people:
            held = person.offices_on(self._quarter.on)
            coming_as = ComingAs.holder_of(held[0]) if held else None
            attendance.let_in(self._quarter.meeting, person, coming_as, self._said(), now)

    def correct(self, now: datetime) -> None:
        """One tick was for somebody else: it is undone, and both marks stay written down."""
        registration = self._absent[0]
        for present in (True, False):
            attendance.mark(registration, self._said(present=present), now)

    def _speakers(self) -> Sequence[Speaker]:
        """Each once, also who has a part in several items."""
        speakers = [speaker for item in self._quarter.programme for speaker in item.speakers]
        return list({speaker.name: speaker for speaker in speakers}.values())

    def _said(self, *, present: bool = True) -> Mark:
        return Mark(key=uuid.uuid4(), by=self._organiser, present=present)
