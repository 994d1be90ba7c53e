"""The attendance list: who is expected at a meeting, and who was seen there.

On it are those who have a place or wait for one, walk-ins and speakers; not those who withdrew.
Somebody who is registered and speaks stands on it once. Each function takes a constant number of
queries, whatever the number of people.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    select,
)
from sqlalchemy.orm import contains_eager

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, newest_marks
from kwartaal.models.attendance_search import EVERYTHING, AttendanceSearch, conditions_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience
from kwartaal.models.pages import Page, page_within
from kwartaal.models.people_list import PeopleScope
from kwartaal.models.person import Person, folded
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
    ranked_choices,
    ranked_registrations,
)
from kwartaal.models.speakers_list import Part, Speaking, speakers_of

LISTED = (RegistrationState.PLACED, RegistrationState.WAITING, RegistrationState.WALK_IN)
PER_PAGE = 50


@dataclass(frozen=True)
class Pick:
    """A live choice; `rank` is for who waits for the item."""

    item_id: int
    round_id: int | None
    state: ChoiceState
    rank: int | None


@dataclass(frozen=True)
class Attendee:
    """Somebody on the list. `state` is None for who only speaks; `rank` is for who waits.

    `seen_at` is when the newest mark was made, None unless it says present.
    """

    key: uuid.UUID
    person_id: int | None
    name: str
    list_name: str
    sort_key: str
    address: str | None
    phone: str | None
    office: str
    organisation: str
    audiences: tuple[Audience, ...]
    state: RegistrationState | None
    rank: int | None = None
    seen_at: datetime | None = None
    picks: tuple[Pick, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_present(self) -> bool:
        return self.seen_at is not None

    @property
    def is_walk_in(self) -> bool:
        return self.state == RegistrationState.WALK_IN

    @property
    def waits(self) -> bool:
        """Whether this person waits for the meeting itself."""
        return self.state == RegistrationState.WAITING

    @property
    def is_registered(self) -> bool:
        """Whether this person is on the list other than as a speaker alone."""
        return self.state is not None

    def fits(self, search: AttendanceSearch) -> bool:
        """Whether a speaker fits a search; nobody waits, or walks in, to speak."""
        known = f"{folded(self.name)} {folded(self.organisation)}"
        state = "present" if self.is_present else "expected"
        return (
            all(folded(word) in known for word in search.words.split())
            and (search.item_id is None or search.item_id in {p.item_id for p in self.parts})
            and (search.audience is None or search.audience in self.audiences)
            and (search.state is None or search.state == state)
        )


@dataclass(frozen=True)
class Attendance:
    """The list of one meeting as one viewer sees it; `scope` is whose people that are."""

    meeting: Meeting
    scope: PeopleScope

    @property
    def day(self) -> date:
        """On which offices count."""
        return amsterdam_date(self.meeting.starts_at)

    def page(self, search: AttendanceSearch, asked: int) -> Page[Attendee]:
        """Registrations and walk-ins that fit a search, sorted by last name."""
        found = self._registered(search)
        counted = select(func.count()).select_from(
            found.with_only_columns(Registration.id).order_by(None).subquery()
        )
        total = db.session.scalar(counted) or 0
        number = page_within(asked, total, PER_PAGE)
        rows = db.session.execute(found.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
        return Page(self._attendees(rows), number, total, PER_PAGE)

    def everybody(self) -> list[Attendee]:
        """The whole list, speakers among them, sorted by last name; three queries."""
        speakers = self.speakers()
        rows = db.session.execute(self._registered(EVERYTHING)).all()
        listed = self._attendees(rows, whole=True, speakers=speakers)
        only_speaking = [_speaker(one) for one in speakers if not one.is_listed]
        return sorted([*listed, *only_speaking], key=lambda one: (one.sort_key, one.name))

    def speakers(self) -> list[Speaking]:
        """Everybody with a part in the programme, registered or not; one query."""
        return speakers_of(self.meeting.id, self.day, self.scope.organisation_ids, LISTED)

    def only_speaking(self) -> list[Attendee]:
        """The speakers who are not on the list already; one query."""
        return [_speaker(one) for one in self.speakers() if not one.is_listed]

    def find(self, key: uuid.UUID) -> Attendee | None:
        """One person on the list, by the public id of the registration or the part."""
        found = self._registered(EVERYTHING).where(Registration.public_id == key)
        registered = self._attendees(db.session.execute(found).all())
        speaking = (_speaker(one) for one in self.speakers() if key in one.keys)
        return registered[0] if registered else next(speaking, None)

    def of_people(self, person_ids: Iterable[int]) -> dict[int, Attendee]:
        """Those of these people who are on the list, by person."""
        ids = set(person_ids)
        found = self._registered(EVERYTHING).where(Registration.person_id.in_(ids))
        listed = {
            one.person_id: one
            for one in [
                *(_speaker(speaking) for speaking in self.speakers()),
                *self._attendees(db.session.execute(found).all()),
            ]
        }
        return {person_id: listed[person_id] for person_id in ids & listed.keys()}

    def _registered(self, search: AttendanceSearch) -> Select[Any]:
        newest = newest_marks(self.meeting.id)
        here = Registration.meeting_id == self.meeting.id
        ranked = ranked_registrations(Registration.meeting_id == self.meeting.id).subquery()
        statement: Select[Any] = (
            select(Registration, AttendanceMark.at, AttendanceMark.present, ranked.c.rank)
            .join(Registration.person)
            .outerjoin(newest, newest.c.person_id == Registration.person_id)
            .outerjoin(AttendanceMark, AttendanceMark.id == newest.c.id)
            .outerjoin(ranked, ranked.c.id == Registration.id)
            .options(contains_eager(Registration.person).lazyload(Person.roles))
            .where(here, Registration.state.in_(LISTED), *self.in_scope(), *conditions_of(search))
            .order_by(Person.sort_key, Person.id)
        )
        return statement

    def in_scope(self) -> list[ColumnElement[bool]]:
        """A griffier sees who comes for the own municipality (decision "Openness", Roles)."""
        organisations = self.scope.organisation_ids
        return [] if organisations is None else [Registration.organisation_id.in_(organisations)]

    def _attendees(
        self,
        rows: Sequence[Any],
        whole: bool = False,
        speakers: Sequence[Speaking] | None = None,
    ) -> list[Attendee]:
        """Rows with what each chose and where each speaks; two queries, fewer when known."""
        if not rows:
            return []
        only = None if whole else [row.Registration.id for row in rows]
        picks = _picks(self.meeting.id, only)
        speakers = self.speakers() if speakers is None else speakers
        parts = {one.person_id: one.parts for one in speakers}
        return [
            replace(
                _registered_attendee(row),
                picks=tuple(picks[row.Registration.id]),
                parts=parts.get(row.Registration.person_id, ()),
            )
            for row in rows
        ]


def find_on_list(meeting_id: int, key: uuid.UUID) -> Registration | Speaker | None:
    """The registration or part with a public id, also of who withdrew; at most two queries."""
    registration = find_by_key(meeting_id, key)
    if registration is not None:
        return registration
    of_meeting = and_(ProgrammeItem.id == Speaker.item_id, ProgrammeItem.meeting_id == meeting_id)
    statement = select(Speaker).join(ProgrammeItem, of_meeting).where(Speaker.public_id == key)
    return db.session.scalars(statement).one_or_none()


def find_by_key(meeting_id: int, key: uuid.UUID) -> Registration | None:
    """A registration for the meeting, in any state."""
    statement = select(Registration).where(
        Registration.meeting_id == meeting_id, Registration.public_id == key
    )
    return db.session.scalars(statement).one_or_none()


def _registered_attendee(row: Any) -> Attendee:
    registration: Registration = row.Registration
    person = registration.person
    return Attendee(
        key=registration.public_id,
        person_id=registration.person_id,
        name=person.full_name,
        list_name=person.list_name,
        sort_key=person.sort_key,
        address=person.mail_address,
        phone=person.phone,
        office=registration.office_name,
        organisation=registration.organisation_name,
        audiences=(registration.audience,) if registration.audience else (),
        state=registration.state,
        rank=row.rank,
        seen_at=row.at if row.present else None,
    )


def _speaker(one: Speaking) -> Attendee:
    return Attendee(
        key=one.keys[0],
        person_id=one.person_id,
        name=one.name,
        list_name=one.list_name,
        sort_key=one.sort_key,
        address=one.address,
        phone=one.phone,
        office=one.office,
        organisation=one.organisation,
        audiences=one.audiences,
        state=None,
        seen_at=one.seen_at,
        parts=one.parts,
    )


def _picks(meeting_id: int, registration_ids: list[int] | None) -> Mapping[int, list[Pick]]:
    """Live choices by registration; of everybody in the meeting when none are named."""
    ranked = ranked_choices(Choice.meeting_id == meeting_id).subquery()
    statement = (
        select(Choice.registration_id, Choice.item_id, Choice.round_id, Choice.state, ranked.c.rank)
        .outerjoin(ranked, ranked.c.id == Choice.id)
        .where(Choice.meeting_id == meeting_id, Choice.state != ChoiceState.WITHDRAWN)
        .order_by(Choice.item_id)
    )
    if registration_ids is not None:
        statement = statement.where(Choice.registration_id.in_(registration_ids))
    found: defaultdict[int, list[Pick]] = defaultdict(list)
    for registration_id, *pick in db.session.execute(statement):
        found[registration_id].append(Pick(*pick))
    return found
