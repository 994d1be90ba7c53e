"""People register for a kwartaalbijeenkomst, one by one, through the real operation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.demo.people import Population
from kwartaal.demo.quarters import Quarter
from kwartaal.demo.timeline import Timeline
from kwartaal.domain import registrations
from kwartaal.domain.admission import offices_for
from kwartaal.domain.registrations import Wish
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem

# How many of each group come, before the councils fill the rest.
GUESTS = {
    Audience.COLLEGE: 16,
    Audience.AMBTELIJK: 17,
    Audience.BEDRIJF: 7,
    Audience.KENNISINSTELLING: 4,
    Audience.MAATSCHAPPELIJK: 4,
    Audience.BUURGEMEENTE: 4,
}
WANTED_BY = 3  # every third person asks for the workshop that everybody wants
SKIPS_ROUND, EATS, DRINKS = 0.06, 0.85, 0.65
EARLY, LATE = time(7, 30), time(22)


@dataclass(frozen=True)
class Rush:
    """Who register for one meeting, in order of time, and what they find there."""

    people: Sequence[Person]
    most_wanted: str = ""
    most_waiting: int = 0


class SignUps:
    """Deeds of people who register for one meeting."""

    def __init__(self, quarter: Quarter, rush: Rush) -> None:
        self._quarter = quarter
        self._rush = rush
        self._random = Random(f"kwartaal: {quarter.day.title}")  # noqa: S311 (no secret is drawn)

    def schedule(self, timeline: Timeline, opens_at: datetime, until: datetime) -> None:
        """Spread everybody over the days, more of them at the beginning."""
        count = len(self._rush.people)
        for number, person in enumerate(self._rush.people):
            share = ((number + 1) / (count + 1)) ** 1.3
            moment = opens_at + (until - opens_at) * share
            timeline.at(_awake(moment, opens_at), partial(self.register, number, person))

    def register(self, number: int, person: Person, now: datetime) -> None:
        """One person registers, for a workshop per round and maybe for the meals."""
        meeting = self._quarter.meeting
        items, waits_for = self._choose(number)
        office = self._random.choice(offices_for(person, meeting))
        wish = Wish(office, tuple(items), waits_for=frozenset(waits_for))
        registrations.register(meeting, person, wish, now)

    def withdraw(self, person: Person, now: datetime) -> None:
        registrations.withdraw(self._quarter.meeting, person, now)

    def _choose(self, number: int) -> tuple[list[ProgrammeItem], list[int]]:
        """The items somebody asks for, and those of them where waiting is fine."""
        items: list[ProgrammeItem] = []
        for item in self._quarter.programme:
            if item.kind == ItemKind.ROUND:
                items += self._choose_workshop(item, number)
            elif item.takes_sign_up and item.kind != ItemKind.WORKSHOP:
                items += [item] if self._random.random() < self._appetite(item) else []
        return items, [item.id for item in items if not item.has_free_place]

    def _choose_workshop(self, round_: ProgrammeItem, number: int) -> list[ProgrammeItem]:
        workshops = [item for item in self._quarter.programme if item.round_id == round_.id]
        wanted = next((w for w in workshops if w.title == self._rush.most_wanted), None)
        if wanted is not None and number % WANTED_BY == 0 and self._is_worth_asking(wanted):
            return [wanted]
        free = [w for w in workshops if w.has_free_place and w is not wanted]
        if not free or self._random.random() < SKIPS_ROUND:
            return []
        return self._random.choices(free, [w.free_places or 1 for w in free])

    def _is_worth_asking(self, wanted: ProgrammeItem) -> bool:
        return wanted.has_free_place or wanted.waiting < self._rush.most_waiting

    @staticmethod
    def _appetite(item: ProgrammeItem) -> float:
        return DRINKS if item.kind == ItemKind.DRINKS else EATS


def guests(
    population: Population,
    quarter: Quarter,
    first: Iterable[str],
    without: Iterable[str],
    count: int,
) -> list[Person]:
    """Who come to a meeting: `first` (addresses) leads, then all groups mixed.

    Nobody `without` (addresses), with a part in the programme, or without an address to sign in.
    """
    random = Random(f"kwartaal: guests of {quarter.day.title}")  # noqa: S311 (no secret is drawn)
    leading = [population.by_email[email] for email in first]
    kept_out = {population.by_email[email].id for email in without} | {p.id for p in leading}
    free = [
        person
        for person in population.everybody
        if person.email and person.id not in kept_out and person.full_name not in quarter.voices
    ]
    random.shuffle(free)
    groups = _by_audience(free, quarter)
    others = [person for group, most in GUESTS.items() for person in groups[group][:most]]
    rest = count - len(leading) - len(others)
    mixed = others + groups[Audience.RAAD][:rest]
    random.shuffle(mixed)
    return leading + mixed


def _by_audience(people: Iterable[Person], quarter: Quarter) -> dict[Audience, list[Person]]:
    """People by the group of the office they held first of those held on the day."""
    groups: dict[Audience, list[Person]] = {audience: [] for audience in Audience}
    for person in people:
        held = [office.audience for office in person.offices_on(quarter.on)]
        if held and held[0] is not None:
            groups[held[0]].append(person)
    return groups


def _awake(moment: datetime, earliest: datetime) -> datetime:
    """The same moment, or late on the evening before when it is at night."""
    local = moment.astimezone(AMSTERDAM)
    if EARLY <= local.time() <= LATE:
        return moment
    evening = local if local.time() > LATE else local - timedelta(days=1)
    asleep = evening.replace(hour=21, minute=local.minute, second=local.second)
    return max(asleep, earliest)
