"""Who the visitor at the door may be: people we know, on the list or not."""

from __future__ import annotations

from dataclasses import dataclass

from kwartaal import clock
from kwartaal.db import db
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.attendance_search import AttendanceSearch
from kwartaal.models.attendee import Attendee
from kwartaal.models.people_list import EVERYBODY, PeopleSearch, people_found
from kwartaal.models.person import Office, Person

SHORTEST = 2  # letters; one letter would list half the region


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the visitor: how the list has them, and as whom they could come."""

    attendee: Attendee | None
    person: Person | None
    offices: list[Office]

    @property
    def name(self) -> str:
        if self.person is not None:
            return self.person.list_name
        return self.attendee.list_name if self.attendee else ""


def candidates(attendance: Attendance, words: str, most: int) -> list[Candidate]:
    """People whose name fits, `most` at most, and speakers we know by name alone."""
    search = people_found(EVERYBODY, PeopleSearch(words), clock.today()).limit(most)
    people = list(db.session.scalars(search))
    listed = attendance.of_people(person.id for person in people)
    named = [
        Candidate(one, None, [])
        for one in attendance.only_speaking()
        if one.person_id is None and one.fits(AttendanceSearch(words))
    ]
    known = [
        Candidate(listed.get(person.id), person, person.offices_on(attendance.day))
        for person in people
    ]
    return [*known, *named]
