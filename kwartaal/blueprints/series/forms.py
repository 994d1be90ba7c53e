"""The form of a series."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from kwartaal.domain.series import USUAL_PURPOSES, About
from kwartaal.fields import LongTextField, RadioField, Required, SelectField, TextField
from kwartaal.forms import SharedForm, given
from kwartaal.models.body import Body
from kwartaal.models.openness import Openness
from kwartaal.models.series import Series

LONGEST_PURPOSE = 60
MOST_PURPOSES = 12
OPENNESS = (
    (Openness.OPENBAAR, _l("Openbaar")),
    (Openness.DATUM, _l("Datum openbaar")),
    (Openness.BESLOTEN, _l("Besloten")),
)


class SeriesForm(SharedForm):
    """What the meetings of a series have in common."""

    name = TextField(_l("Naam"), [Required(_l("Vul een naam in."))], max_length=120)
    description = LongTextField(_l("Omschrijving"), max_length=2000)
    openness = RadioField(
        _l("Openbaarheid van nieuwe bijeenkomsten"),
        [Required(_l("Kies hoe openbaar nieuwe bijeenkomsten zijn."))],
        coerce=Openness,
        choices=OPENNESS,
    )
    purposes = LongTextField(
        _l("Waarvoor kan een agendapunt zijn?"),
        max_length=1000,
        description=_l("Zet elk doel op een eigen regel. Bijvoorbeeld: beeldvorming"),
    )

    def __init__(self, has_body: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_body:
            del self.openness

    def validate_purposes(self, field: LongTextField) -> None:
        names = _lines(field.data)
        if any(len(name) > LONGEST_PURPOSE for name in names):
            raise ValidationError(
                _("Gebruik niet meer dan %(most)s tekens per regel.", most=LONGEST_PURPOSE)
            )
        if len(names) > MOST_PURPOSES:
            raise ValidationError(_("Gebruik niet meer dan %(most)s regels.", most=MOST_PURPOSES))
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError(_("Zet elk doel er maar één keer in."))

    def about(self) -> About:
        return About(
            name=self.name.data,
            description=self.description.data,
            openness=given(self.openness) if "openness" in self else Openness.OPENBAAR,
            purposes=_lines(self.purposes.data),
        )


class NewSeriesForm(SeriesForm):
    """The same for a series that does not exist yet: for good with or without a body."""

    seen = None
    body = SelectField(_l("Gremium"))

    def __init__(self, bodies: Collection[Body]) -> None:
        suggested = {"purposes": "\n".join(USUAL_PURPOSES), "openness": Openness.OPENBAAR}
        super().__init__(bool(bodies), data=suggested)
        self._bodies = {body.slug: body for body in bodies}
        names = [(body.slug, body.name) for body in bodies]
        self.body.choices = [("", _l("Geen: de reeks is van de hele regio")), *names]
        if not bodies:
            del self.body

    def chosen_body(self) -> Body | None:
        return self._bodies[self.body.data] if "body" in self and self.body.data else None


def data_of(series: Series) -> dict[str, object]:
    """A stored series as its form shows it."""
    return {
        "name": series.name,
        "description": series.description,
        "openness": series.openness,
        "purposes": "\n".join(purpose.name for purpose in series.purposes),
    }


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]
