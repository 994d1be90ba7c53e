"""Which workshops the home page names under "Hier is nog plek"."""

from __future__ import annotations

from dataclasses import dataclass

from kwartaal.models.published import PublishedItem, PublishedMeeting

MOST = 4


@dataclass(frozen=True)
class Opening:
    """A workshop with places left, and the round it is in."""

    workshop: PublishedItem
    round: PublishedItem


def openings(published: PublishedMeeting) -> list[Opening]:
    """A few from every round, the emptiest first, in order of the day."""
    rounds = [round_ for round_ in published.rounds if any(map(_has_room, round_.workshops))]
    if not rounds:
        return []
    each = max(MOST // len(rounds), 1)
    found = [Opening(workshop, round_) for round_ in rounds for workshop in _emptiest(round_, each)]
    return found[:MOST]


def _emptiest(round_: PublishedItem, most: int) -> list[PublishedItem]:
    with_room = [workshop for workshop in round_.workshops if _has_room(workshop)]
    return sorted(with_room, key=_share_taken)[:most]


def _has_room(workshop: PublishedItem) -> bool:
    return workshop.places is not None and not workshop.places.is_full


def _share_taken(workshop: PublishedItem) -> float:
    places = workshop.places
    return places.taken / places.maximum if places and places.maximum else 0.0
