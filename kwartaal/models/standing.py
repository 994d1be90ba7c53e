"""What somebody has at a meeting, in the words readers see: for the pages and mails about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kwartaal.models.meeting import Meeting
from kwartaal.models.publication import find_latest_of
from kwartaal.models.published import PublishedItem, PublishedMeeting, read_stored
from kwartaal.models.ranks import item_ranks, meeting_ranks
from kwartaal.models.registration import (
    Choice,
    ChoiceState,
    Registration,
    RegistrationState,
    find_registration,
    registrations_of,
)


@dataclass(frozen=True)
class Chosen:
    """One live choice. `item` is None when the programme no longer has it; `rank` is for who waits.

    `round` is None for what stands outside the rounds, such as the lunch.
    """

    choice: Choice
    item: PublishedItem | None
    round: PublishedItem | None
    rank: int | None

    @property
    def state(self) -> ChoiceState:
        return self.choice.state


@dataclass(frozen=True)
class Standing:
    """A registration with its live choices in order of the day; `rank` is for who waits.

    `published` is None for a meeting that readers do not see (any more).
    """

    registration: Registration
    published: PublishedMeeting | None
    rank: int | None
    chosen: tuple[Chosen, ...]

    @property
    def is_live(self) -> bool:
        return self.registration.is_live

    def at(self, item: PublishedItem) -> Chosen | None:
        """What is chosen at a part of the day: that part itself, or a workshop in that round."""
        return next((one for one in self.chosen if item in (one.item, one.round)), None)

    @property
    def dropped(self) -> tuple[Chosen, ...]:
        """Choices that the programme no longer has."""
        return tuple(one for one in self.chosen if one.item is None)


def find_standing(
    meeting: Meeting, published: PublishedMeeting | None, person_id: int
) -> Standing | None:
    """What somebody has at one meeting, also after withdrawing; at most four queries."""
    registration = find_registration(meeting.id, person_id)
    if registration is None:
        return None
    return _standings([registration], {meeting.id: published} if published else {})[0]


def standings_of(person_id: int) -> list[Standing]:
    """What somebody has at every meeting, in order of the meetings; at most five queries."""
    registrations = registrations_of(person_id)
    latest = find_latest_of(registration.meeting_id for registration in registrations)
    return _standings(registrations, {key: read_stored(one) for key, one in latest.items()})


def _standings(
    registrations: list[Registration], published: Mapping[int, PublishedMeeting]
) -> list[Standing]:
    """Ranks are asked for only where somebody waits, for all of them at once."""
    waiting = [one for one in registrations if one.state == RegistrationState.WAITING]
    choices = [choice for one in registrations for choice in one.live_choices]
    waited_for = {choice.item_id for choice in choices if choice.state == ChoiceState.WAITING}
    ranks = meeting_ranks(one.meeting_id for one in waiting) if waiting else {}
    choice_ranks = item_ranks(waited_for) if waited_for else {}
    return [
        Standing(
            registration=one,
            published=published.get(one.meeting_id),
            rank=ranks.get(one.id),
            chosen=_chosen(one.live_choices, published.get(one.meeting_id), choice_ranks),
        )
        for one in registrations
    ]


def _chosen(
    choices: Iterable[Choice], published: PublishedMeeting | None, ranks: Mapping[int, int]
) -> tuple[Chosen, ...]:
    places = _places_in_the_day(published)
    chosen = []
    for choice in choices:
        item, round_ = places.get(choice.item_id, (None, None))
        chosen.append(Chosen(choice, item, round_, ranks.get(choice.id)))
    order = {item_id: number for number, item_id in enumerate(places)}
    return tuple(sorted(chosen, key=lambda one: order.get(one.choice.item_id, len(order))))


def _places_in_the_day(
    published: PublishedMeeting | None,
) -> dict[int, tuple[PublishedItem, PublishedItem | None]]:
    """Every published item with the round it is in, in order of the day."""
    places: dict[int, tuple[PublishedItem, PublishedItem | None]] = {}
    for item in published.items if published else ():
        places[item.id] = (item, None)
        places |= {workshop.id: (workshop, item) for workshop in item.workshops}
    return places
