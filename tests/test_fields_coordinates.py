"""The field for a place on the map: what one may paste, and what is said when it is none."""

from __future__ import annotations

import pytest

from kwartaal.fields import CoordinatesField, KwartaalForm
from tests.test_fields import app  # noqa: F401  (the application without a database)

TWO_NUMBERS = "Vul twee getallen in. Bijvoorbeeld: 51.8133, 4.6901"
NOWHERE = "Deze plek bestaat niet: eerst de breedte, tot 90. Dan de lengte, tot 180."


class PlaceForm(KwartaalForm):
    place = CoordinatesField("Plek")


TYPED = [
    ("", None),
    ("51.8133, 4.6901", (51.8133, 4.6901)),
    (" 51.8133;4.6901 ", (51.8133, 4.6901)),
    ("51.8133 4.6901", (51.8133, 4.6901)),
    ("51.81331234567, 4.69", (51.813312, 4.69)),
    ("-33.0, +151.5", (-33.0, 151.5)),
    ("90.0, 180.0", (90.0, 180.0)),
    ("90.1, 4.0", NOWHERE),
    ("4.0, 181.0", NOWHERE),
    ("51.8133", TWO_NUMBERS),
    ("51,81", TWO_NUMBERS),
    ("51, 4", TWO_NUMBERS),
    ("51,8133, 4,6901", TWO_NUMBERS),
    ("51.8133, 4.6901, 3", TWO_NUMBERS),
    ("noord, oost", TWO_NUMBERS),
    ("nan, 4.0", TWO_NUMBERS),
    ("1e3, 4.0", TWO_NUMBERS),
    ("٥١.٥, 4.0", TWO_NUMBERS),
]


@pytest.mark.parametrize(("typed", "becomes"), TYPED)
def test_coordinates(app, typed, becomes):  # noqa: F811
    with app.test_request_context(method="POST", data={"place": typed}):
        form = PlaceForm()
        assert (form.place.data if form.validate() else form.place.errors[0]) == becomes


@pytest.mark.parametrize(
    ("stored", "shown"),
    [((51.8133, 4.69), "51.8133, 4.69"), ((-33.0, 150.0), "-33.0, 150.0"), (None, "")],
)
def test_coordinates_are_shown_as_they_are_typed(app, stored, shown):  # noqa: F811
    with app.test_request_context():
        assert PlaceForm(data={"place": stored}).place._value() == shown
