"""The forms of a venue and of a room."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from kwartaal.domain.venues import Address
from kwartaal.fields import (
    CoordinatesField,
    KeyField,
    LongTextField,
    Required,
    SelectField,
    TextField,
    WholeNumberField,
)
from kwartaal.forms import SharedForm
from kwartaal.models.organisation import Organisation
from kwartaal.models.venue import Room, Venue

POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")


class VenueForm(SharedForm):
    """A building where meetings are held."""

    name = TextField(_l("Naam"), [Required(_l("Vul een naam in."))], max_length=120)
    street = TextField(_l("Straat en huisnummer"), max_length=120)
    postcode = TextField(_l("Postcode"), max_length=10)
    town = TextField(_l("Plaats"), [Required(_l("Vul een plaats in."))], max_length=80)
    organisation = SelectField(_l("Staat in gemeente"))
    coordinates = CoordinatesField(
        _l("Plek op de kaart"),
        description=_l(
            "Breedte en lengte, zoals een kaart op internet ze toont. Bijvoorbeeld: 51.8133, "
            "4.6901. Agenda’s wijzen dan de weg."
        ),
    )
    directions = LongTextField(
        _l("Bereikbaarheid"),
        max_length=2000,
        description=_l("Parkeren, openbaar vervoer, ingang voor rolstoelen."),
    )

    def __init__(self, organisations: Collection[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {one.slug: one for one in organisations}
        names = [(one.slug, one.name) for one in organisations]
        self.organisation.choices = [("", _l("Geen")), *names]

    def validate_postcode(self, field: TextField) -> None:
        if not field.data:
            return
        found = POSTCODE.fullmatch(field.data)
        if found is None:
            raise ValidationError(_("Deze postcode klopt niet. Bijvoorbeeld: 3311 AB"))
        field.data = f"{found[1]} {found[2].upper()}"

    def address(self) -> Address:
        chosen = self.organisation.data
        return Address(
            name=self.name.data,
            street=self.street.data,
            postcode=self.postcode.data,
            town=self.town.data,
            directions=self.directions.data,
            organisation=self._organisations[chosen] if chosen else None,
            coordinates=self.coordinates.data,
        )


class NewVenueForm(VenueForm):
    seen = None


class RoomForm(SharedForm):
    """A room of a venue."""

    name = TextField(_l("Naam"), [Required(_l("Vul een naam in."))], max_length=80)
    capacity = WholeNumberField(_l("Aantal zitplaatsen"), minimum=1)
    key = KeyField()


class NewRoomForm(RoomForm):
    seen = None


def data_of(venue: Venue) -> dict[str, object]:
    """A stored venue as its form shows it."""
    return {
        "name": venue.name,
        "street": venue.street,
        "postcode": venue.postcode,
        "town": venue.town,
        "directions": venue.directions,
        "coordinates": venue.coordinates,
        "organisation": venue.organisation.slug if venue.organisation else None,
    }


def data_of_room(room: Room) -> dict[str, object]:
    return {"name": room.name, "capacity": room.capacity}
