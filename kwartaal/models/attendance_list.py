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
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import contains_eager

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.models.attendance import (
    NOTHING_KNOWN,
    AttendanceMark,
    Presence,
    newest_of_registration,
    newest_of_speakers,
)
from kwartaal.models.attendance_search import (
    EVERYTHING,
    LISTED,
    AttendanceSearch,
    Stand,
    Standing,
    conditions_of,
    is_listed,
    stands_of,
    waits_for_something,
)
from kwartaal.models.attendee import Attendee, Pick
from kwartaal.models.meeting import Meeting
from kwartaal.models.pages import Page, page_within
from kwartaal.models.people_list import PeopleScope
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.ranks import ranked_choices, ranked_registrations
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
)
from kwartaal.models.speakers_list import Speaking, speakers_of

__all__ = ["Attendance", "Attendee", "Pick", "find_by_key", "find_on_list"]

PER_PAGE = 50


@dataclass(frozen=True)
class Attendance:
    """The list of one meeting, or of one part of it, as one viewer sees it.

    `scope` is whose people that are; `item_id` is the part, None the meeting as a whole.
    """

    meeting: Meeting
    scope: PeopleScope
    item_id: int | None = None

    @property
    def day(self) -> date:
        """On which offices count."""
        return amsterdam_date(self.meeting.starts_at)

    def page(self, search: AttendanceSearch, asked: int) -> Page[Attendee]:
        """Registrations and walk-ins that fit a search, sorted by last name."""
        found = self._registered(search, _looked_among(search))
        counted = select(func.count()).select_from(
            found.with_only_columns(Registration.id).order_by(None).subquery()
        )
        total = db.session.scalar(counted) or 0
        number = page_within(asked, total, PER_PAGE)
        rows = db.session.execute(found.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
        return Page(self._attendees(rows), number, total, PER_PAGE)

    def speakers(self) -> list[Speaking]:
        """Everybody with a part in the programme, registered or not; one query."""
        organisations = self.scope.organisation_ids
        return speakers_of(self.meeting.id, self.day, organisations, self.item_id)

    def only_speaking(self) -> list[Attendee]:
        """The speakers who are not on the list already; one query."""
        return [_speaker(one, self.item_id) for one in self.speakers() if not one.is_listed]

    def find(self, key: uuid.UUID) -> Attendee | None:
        """One person by the public id of the registration or the part; also who withdrew."""
        found = self._registered(EVERYTHING, true()).where(Registration.public_id == key)
        registered = self._attendees(db.session.execute(found).all())
        speaking = (_speaker(one, self.item_id) for one in self.speakers() if key in one.keys)
        return registered[0] if registered else next(speaking, None)

    def of_people(self, person_ids: Iterable[int]) -> dict[int, Attendee]:
        """Those of these people who are on the list, by person."""
        ids = set(person_ids)
        found = self._registered(EVERYTHING).where(Registration.person_id.in_(ids))
        listed = {
            one.person_id: one
            for one in [
                *(_speaker(speaking, self.item_id) for speaking in self.speakers()),
                *self._attendees(db.session.execute(found).all()),
            ]
        }
        return {person_id: listed[person_id] for person_id in ids & listed.keys()}

    def rows(self, *columns: Any) -> Select[Any]:
        """Columns of the registrations in view, in any state, with the mark that counts.

        In the list of a part these are who chose it, and who was seen in it all the same.
        """
        spoken = newest_of_speakers([self.meeting.id], self.item_id)
        newest = newest_of_registration(self.item_id, spoken)
        statement = (
            select(*columns)
            .select_from(Registration)
            .outerjoin(spoken, spoken.c.person_id == Registration.person_id)
            .outerjoin(AttendanceMark, AttendanceMark.id == newest)
            .where(Registration.meeting_id == self.meeting.id, *self.in_scope())
        )
        if self.item_id is None:
            return statement
        # Who was seen as a speaker stands among the speakers.
        seen = and_(
            AttendanceMark.arrived_at.is_not(None), AttendanceMark.registration_id.is_not(None)
        )
        return statement.outerjoin(Choice, self._chosen()).where(or_(Choice.id.is_not(None), seen))

    def _chosen(self) -> ColumnElement[bool]:
        return and_(
            Choice.registration_id == Registration.id,
            Choice.item_id == self.item_id,
            Choice.state != ChoiceState.WITHDRAWN,
        )

    @property
    def standing(self) -> Standing:
        """The state of a registration; in the list of a part that of the choice, so named."""
        if self.item_id is None:
            return cast(Standing, Registration.state)
        placed, waiting, walk_in = (literal(one, Registration.state.type) for one in LISTED)
        return case(
            (Choice.state == ChoiceState.PLACED, placed),
            (Choice.state.is_not(None), waiting),
            else_=walk_in,
        )

    @property
    def stands(self) -> dict[Stand, ColumnElement[bool]]:
        """Each stand as a condition on `rows`."""
        waits = self.standing == RegistrationState.WAITING
        return stands_of(self.standing, waits_for_something() if self.item_id is None else waits)

    def _registered(
        self, search: AttendanceSearch, who: ColumnElement[bool] | None = None
    ) -> Select[Any]:
        """Who is on the list, or of another condition `who`, and fits a search."""
        if self.item_id is None:
            here = Registration.meeting_id == self.meeting.id
            waiting, ranks = Registration.id, ranked_registrations(here)
        else:
            waiting, ranks = Choice.id, ranked_choices(Choice.item_id == self.item_id)
        ranked, who = ranks.subquery(), is_listed() if who is None else who
        return (
            self.rows(Registration, AttendanceMark, self.standing.label("state"), ranked.c.rank)
            .join(Registration.person)
            .outerjoin(ranked, ranked.c.id == waiting)
            .options(contains_eager(Registration.person).lazyload(Person.roles))
            .where(who, *conditions_of(search, self.stands))
            .order_by(Person.sort_key, Person.id)
        )

    def in_scope(self) -> list[ColumnElement[bool]]:
        """A griffier sees who comes for the own municipality (decision "Openness", Roles)."""
        organisations = self.scope.organisation_ids
        return [] if organisations is None else [Registration.organisation_id.in_(organisations)]

    def _attendees(self, rows: Sequence[Any]) -> list[Attendee]:
        """Rows with what each chose and where each speaks; two queries."""
        if not rows:
            return []
        picks = _picks(self.meeting.id, [row.Registration.id for row in rows])
        parts = {one.person_id: one.parts for one in self.speakers()}
        return [
            replace(
                _registered_attendee(row, self.item_id),
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


def _looked_among(search: AttendanceSearch) -> ColumnElement[bool]:
    """Who withdrew is not on the list, but is found at the door and among the excused.

    So is a walk-in who was let in by mistake.
    """
    finds = search.stand == Stand.EXCUSED or (search.words and search.stand is None)
    return true() if finds else is_listed()


def _registered_attendee(row: Any, item_id: int | None) -> Attendee:
    registration: Registration = row.Registration
    mark: AttendanceMark | None = row.AttendanceMark
    person = registration.person
    presence = mark.presence if mark else NOTHING_KNOWN
    if registration.state == RegistrationState.WITHDRAWN:
        presence = Presence(excused_at=registration.changed_at)
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
        state=row.state,
        rank=row.rank,
        marked=mark.key if mark and mark.item_id == item_id else None,
        **presence._asdict(),
    )


def _speaker(one: Speaking, item_id: int | None) -> Attendee:
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
        parts=one.parts,
        marked=one.mark.key if one.mark and one.mark.item_id == item_id else None,
        **one.presence._asdict(),
    )


def _picks(meeting_id: int, registration_ids: list[int]) -> Mapping[int, list[Pick]]:
    """Live choices by registration."""
    ranked = ranked_choices(Choice.meeting_id == meeting_id).subquery()
    statement = (
        select(Choice.registration_id, Choice.item_id, Choice.round_id, Choice.state, ranked.c.rank)
        .outerjoin(ranked, ranked.c.id == Choice.id)
        .where(Choice.registration_id.in_(registration_ids), Choice.state != ChoiceState.WITHDRAWN)
        .order_by(Choice.item_id)
    )
    found: defaultdict[int, list[Pick]] = defaultdict(list)
    for registration_id, *pick in db.session.execute(statement):
        found[registration_id].append(Pick(*pick))
    return found
