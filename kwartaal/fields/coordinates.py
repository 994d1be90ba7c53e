"""A field for a place on the map, as map sites show it: latitude, longitude."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from kwartaal.fields.typed import TypedField

# With a point and decimals, or "51,81" would be two whole numbers.
DEGREES = r"[+-]?\d{1,3}\.\d{1,15}"
PAIR = re.compile(rf"({DEGREES})\s*[,;\s]\s*({DEGREES})", re.ASCII)
DECIMALS = 6  # ten centimetres, and as many as a calendar has of them
Coordinates = tuple[float, float]


class CoordinatesField(TypedField):
    """Latitude and longitude in degrees, or None."""

    def read(self, text: str) -> Coordinates:
        found = PAIR.fullmatch(text.strip())
        if found is None:
            raise ValueError(_("Vul twee getallen in. Bijvoorbeeld: 51.8133, 4.6901"))
        latitude, longitude = (round(float(one), DECIMALS) for one in found.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValueError(
                _("Deze plek bestaat niet: eerst de breedte, tot 90. Dan de lengte, tot 180.")
            )
        return latitude, longitude

    def shown(self, value: Coordinates) -> str:
        return ", ".join(str(one) for one in value)
