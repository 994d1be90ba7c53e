"""The rules of venues and rooms, without a database."""

from __future__ import annotations

import uuid

import pytest

from kwartaal.domain import venues
from kwartaal.domain.preparation_refusals import RoomInUse, VenueInUse
from kwartaal.domain.refusals import NameTaken
from kwartaal.domain.venues import Address
from tests.conftest import NOON
from tests.factories import a_venue


def test_add_makes_an_address_nobody_has():
    there = a_venue(slug="de-twee-bruggen", name="Anders")

    venue = venues.add(Address("De Twee Bruggen", "Zwijndrecht"), [there])

    assert (venue.slug, venue.name) == ("de-twee-bruggen-2", "De Twee Bruggen")


def test_names_that_differ_only_in_capitals_are_the_same():
    with pytest.raises(NameTaken):
        venues.add(Address("de twee bruggen", "Zwijndrecht"), [a_venue(name="De Twee Bruggen")])


def test_change_keeps_the_own_name():
    venue = a_venue(name="Oud")

    venues.change(venue, Address("Oud", "Dordrecht"), [venue, a_venue()], NOON)

    assert venue.town == "Dordrecht"


def test_rooms_of_one_venue_have_different_names():
    venue = a_venue()

    with pytest.raises(NameTaken):
        venues.add_room(venue, "grote zaal", None, uuid.uuid4())


def test_a_room_in_a_programme_stays():
    venue = a_venue()

    with pytest.raises(RoomInUse):
        venues.remove_room(venue.rooms[0], in_programme=True)


def test_remove_room_takes_it_out():
    venue = a_venue()
    kept = venue.rooms[1]

    venues.remove_room(venue.rooms[0], in_programme=False)

    assert venue.rooms == [kept]


def test_a_venue_of_a_meeting_stays():
    with pytest.raises(VenueInUse):
        venues.check_removable(a_venue(), visited=True)
