"""The whole demo region, put together in one transaction that the caller commits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import update

from kwartaal.amsterdam import amsterdam_date, amsterdam_moment
from kwartaal.db import db
from kwartaal.demo import accounts, gatherings, quarters
from kwartaal.demo.aftermath import Aftermath
from kwartaal.demo.bodies import found_bodies
from kwartaal.demo.consultations import consultations
from kwartaal.demo.dates import MeetingDays, a_week_off, meeting_days
from kwartaal.demo.days import by_the_river, making_ends_meet, november_2021, sharing_data
from kwartaal.demo.drafts import Scene
from kwartaal.demo.history import HISTORY
from kwartaal.demo.organisations import add_organisations, add_venues
from kwartaal.demo.papers import Filing
from kwartaal.demo.people import SEATS, Population, Settler
from kwartaal.demo.presence import Door
from kwartaal.demo.quarters import Desk, Quarter, announcement
from kwartaal.demo.series import CASES, CONFERENCES, QUARTERLY, STAND_UP, add_series
from kwartaal.demo.sign_ups import Rush, SignUps, guests
from kwartaal.demo.timeline import Deed, Timeline
from kwartaal.domain.roles import grant_role
from kwartaal.file_store import Batch
from kwartaal.models.organisation import Organisation, all_organisations, office_kinds
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Person, Role
from kwartaal.models.reference import load_reference_data
from kwartaal.models.series import Series

BEGINNING = date(2020, 1, 6)
COMING_TO_HELD, COMING_TO_OPEN = 122, 111
WAITING = 6
WALK_INS = ("Toos van der Knip", "Arie Stuurhut", "Bep Klompenhouwer", "Ömer Kılavuzcu")
PREPARED_BY_THE_GRIFFIE = {STAND_UP, CONFERENCES, CASES}


def build(now: datetime, password_hash: str, files: Batch) -> None:
    """People and places first; then everything that was done, in order of time.

    Files of documents wait in the batch, until the caller places and keeps them.
    """
    today = amsterdam_date(now)
    load_reference_data()
    add_organisations()
    by_slug = {organisation.slug: organisation for organisation in all_organisations()}
    kinds = {kind.code: kind for kind in office_kinds()}
    people = Settler(by_slug, kinds, today, password_hash).settle()
    series = add_series(found_bodies(people, today))
    scene = Scene(add_venues(by_slug), people.by_name)
    timeline = Timeline()
    _schedule_roles(timeline, people, by_slug)
    _schedule_closed_meetings(timeline, people, series, scene, today)
    desk = Desk(series[QUARTERLY], scene, people.by_email[accounts.GRIFFIE], Filing(files))
    _Quarters(timeline, people, desk, today).schedule()
    timeline.replay()
    _settle_mails(_midnight(today - timedelta(days=1)))


def _schedule_roles(
    timeline: Timeline, people: Population, by_slug: dict[str, Organisation]
) -> None:
    """The technical administrator gives everybody their role."""
    find = people.by_email
    beheerder = find[accounts.BEHEERDER]

    def grant(now: datetime) -> None:
        grant_role(beheerder, Role.BEHEERDER, None, now)
        grant_role(find[accounts.GRIFFIE], Role.GRIFFIE, beheerder, now)
        grant_role(find[accounts.ORGANISATOR], Role.ORGANISATOR, beheerder, now)
        for town in SEATS:
            [griffier] = people.holders(town, "griffier", amsterdam_date(now))
            grant_role(griffier, Role.GRIFFIER, beheerder, now, organisation=by_slug[town])
        assistant, wethouder = find[accounts.ASSISTANT], find[accounts.WETHOUDER]
        grant_role(assistant, Role.ASSISTENT, beheerder, now, acts_for=wethouder)

    timeline.at(amsterdam_moment(BEGINNING, time(9)), grant)


def _schedule_closed_meetings(
    timeline: Timeline,
    people: Population,
    series: dict[str, Series],
    scene: Scene,
    today: date,
) -> None:
    """The history of 2020 and 2021, and what the bodies do these weeks."""
    griffie, secretary = (
        people.by_email[email] for email in (accounts.GRIFFIE, accounts.MIRROR_SECRETARY)
    )
    for gathering in (*HISTORY, *consultations(today)):
        publisher = griffie if gathering.series in PREPARED_BY_THE_GRIFFIE else secretary
        gatherings.schedule(timeline, gathering, series[gathering.series], scene, publisher)


class _Quarters:
    """The kwartaalbijeenkomsten around the day of loading, and the first one of all."""

    def __init__(self, timeline: Timeline, people: Population, desk: Desk, today: date) -> None:
        self._timeline = timeline
        self._people = people
        self._desk = desk
        self._today = today
        self._days: MeetingDays = meeting_days(today)
        self._walk_ins = [people.by_name[name] for name in WALK_INS]

    def schedule(self) -> None:
        first = Quarter(self._desk, november_2021.DAY, november_2021.ON)
        quarters.schedule_first(self._timeline, first)
        self._schedule_held()
        self._schedule_open()
        concept = Quarter(self._desk, sharing_data.DAY, self._days.concept)
        quarters.schedule_concept(self._timeline, concept, self._today)
        self._schedule_announced()

    def _schedule_announced(self) -> None:
        """Of two only the date is known; the first one was moved by a week."""
        first, second = self._days.announced
        meant = a_week_off(first)
        moved = Quarter(self._desk, announcement(meant, "de-klinknagel"), meant)
        quarters.schedule_announced(self._timeline, moved, self._today)
        quarters.schedule_move(self._timeline, moved, first, self._today)
        last = Quarter(self._desk, announcement(second, "de-ankerloods"), second)
        quarters.schedule_announced(self._timeline, last, self._today)

    def _schedule_held(self) -> None:
        quarter = Quarter(self._desk, making_ends_meet.DAY, self._days.held)
        opens_at = quarters.schedule_held(self._timeline, quarter)
        # Left office since: the list of that evening still says wethouder.
        resigned = next(p for p in self._people.everybody if self._left_since(p, quarter.on))
        leading = [*sorted(accounts.LEFT_TO_REGISTER), resigned.email or ""]
        unannounced = {person.email for person in self._walk_ins if person.email}
        kept_out = accounts.STAFF | unannounced
        people = guests(self._people, quarter, leading, kept_out, COMING_TO_HELD)
        sign_ups = SignUps(quarter, Rush(people))
        sign_ups.schedule(self._timeline, opens_at, quarter.closes_at)
        for person in people[-2:]:
            self._timeline.at(quarter.closes_at, partial(sign_ups.withdraw, person))
        self._schedule_door(quarter)
        Aftermath(quarter).schedule(self._timeline)

    def _schedule_door(self, quarter: Quarter) -> None:
        door = Door(quarter, self._people.by_email[accounts.ORGANISATOR])
        let_in = partial(door.let_in, self._walk_ins)
        deeds: dict[str, Deed] = {
            "14:10": door.answer_phones,
            "16:30": door.greet_speakers,
            "16:40": door.tick_off,
            "16:50": let_in,
            "17:00": door.correct,
            "17:50": door.open_late,
            "20:50": door.see_in_workshops,
            "21:20": door.see_off,
        }
        for clock, deed in deeds.items():
            self._timeline.at(amsterdam_moment(quarter.on, time.fromisoformat(clock)), deed)

    def _schedule_open(self) -> None:
        quarter = Quarter(self._desk, by_the_river.DAY, self._days.open)
        opens_at = quarters.schedule_open(self._timeline, quarter, self._today, by_the_river.SECOND)
        kept_out = accounts.STAFF | accounts.LEFT_TO_REGISTER
        leading = [accounts.COUNCIL_SLIEDRECHT]
        people = guests(self._people, quarter, leading, kept_out, COMING_TO_OPEN)
        # One more waits than in the end: the first in line gets the place of who withdraws.
        rush = Rush(people, by_the_river.MOST_WANTED, WAITING + 1)
        sign_ups = SignUps(quarter, rush)
        until = _midnight(self._today) - timedelta(hours=3)
        sign_ups.schedule(self._timeline, opens_at, until)
        withdrawn = next(p for p in people[3::3] if p.email not in accounts.ALL)
        self._timeline.at(until + timedelta(minutes=30), partial(sign_ups.withdraw, withdrawn))

    def _left_since(self, person: Person, day: date) -> bool:
        return any(
            office.kind.code == "wethouder" and office.ends_on is not None and office.ends_on > day
            for office in person.offices
        )


def _settle_mails(since: datetime) -> None:
    """Mails of the past were sent long ago; only those of the last day still have to go."""
    db.session.flush()
    db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.created_at < since)
        .values(sent_at=OutboxMail.created_at, attempts=1)
    )


def _midnight(day: date) -> datetime:
    return amsterdam_moment(day, time.min)
