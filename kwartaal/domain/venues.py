"""Venues and their rooms. Callers commit."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain.preparation_refusals import RoomInUse, VenueInUse
from kwartaal.domain.refusals import NameTaken
from kwartaal.domain.slugs import free_slug, slug_from
from kwartaal.models.calendar import municipality_changed
from kwartaal.models.organisation import Organisation
from kwartaal.models.venue import Room, Venue


@dataclass(frozen=True)
class Address:
    """What a form says about a venue."""

    name: str
    town: str
    street: str = ""
    postcode: str = ""
    directions: str = ""
    organisation: Organisation | None = None
    coordinates: tuple[float, float] | None = None  # latitude and longitude in degrees


def add(address: Address, others: Collection[Venue]) -> Venue:
    """A new venue, with an address of its own; raises NameTaken."""
    check_name(address.name, others)
    wanted = slug_from(address.name, "locatie")
    venue = Venue(slug=free_slug(wanted, {venue.slug for venue in others}))
    _write(venue, address)
    return venue


def change(venue: Venue, address: Address, others: Collection[Venue], now: datetime) -> None:
    """Change a venue; what is published keeps what it said. Raises NameTaken.

    Only its municipality counts at once: it stands in no version, and feeds go by it.
    """
    check_name(address.name, [other for other in others if other is not venue])
    is_elsewhere = venue.organisation is not address.organisation
    _write(venue, address)
    if is_elsewhere:
        municipality_changed(venue, now)


def add_room(venue: Venue, name: str, capacity: int | None, key: uuid.UUID) -> Room:
    """A new room; raises NameTaken."""
    check_name(name, venue.rooms)
    room = Room(public_id=key, name=name, capacity=capacity)
    venue.rooms.append(room)
    return room


def change_room(room: Room, name: str, capacity: int | None) -> None:
    """Change a room; raises NameTaken."""
    check_name(name, [other for other in room.venue.rooms if other is not room])
    room.name, room.capacity = name, capacity


def remove_room(room: Room, in_programme: bool) -> None:
    """Take a room out of its venue; raises RoomInUse when it stands in a programme."""
    if in_programme:
        raise RoomInUse(name=room.name)
    room.venue.rooms.remove(room)


def check_removable(venue: Venue, visited: bool) -> None:
    """A venue where a meeting is or was held stays; raises VenueInUse."""
    if visited:
        raise VenueInUse(name=venue.name)


def check_name(name: str, others: Collection[Venue] | Collection[Room]) -> None:
    """Names differ in more than capitals, or nobody knows which one is meant."""
    if name.casefold() in {other.name.casefold() for other in others}:
        raise NameTaken


def _write(venue: Venue, address: Address) -> None:
    venue.name = address.name
    venue.street = address.street
    venue.postcode = address.postcode
    venue.town = address.town
    venue.directions = address.directions
    venue.organisation = address.organisation
    venue.latitude, venue.longitude = address.coordinates or (None, None)
