"""The form of an organisation."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from kwartaal.domain.organisations import OrganisationDetails
from kwartaal.fields import Required, SelectField, TextField
from kwartaal.filters import ORGANISATION_KINDS
from kwartaal.forms import SharedForm
from kwartaal.models.organisation import OrganisationKind

# The letters say what register the number is of: gm municipalities, pv provinces, so cooperations.
TOOI_CODE = re.compile("[a-z]{2,5}[0-9]{2,6}")
MUNICIPALITY_CODE = re.compile("gm[0-9]{4}")


class TooiField(TextField):
    """A code of the national register (TOOI) in lower case; "" when there is none."""

    def read(self, text: str) -> str:
        code = super().read(text).lower()
        if not TOOI_CODE.fullmatch(code):
            raise ValueError(_("Vul een code in als gm0505, pv28 of so0030."))
        return code


class OrganisationForm(SharedForm):
    name = TextField(
        lazy_gettext("Naam"), [Required(lazy_gettext("Vul de naam in."))], max_length=120
    )
    kind = SelectField(
        lazy_gettext("Soort"),
        [Required(lazy_gettext("Kies wat voor organisatie het is."))],
        coerce=OrganisationKind,
        choices=[("", lazy_gettext("Kies een soort")), *ORGANISATION_KINDS.items()],
    )
    tooi_code = TooiField(
        lazy_gettext("TOOI-code"),
        description=lazy_gettext(
            "De code van de overheid voor deze organisatie. Bijvoorbeeld gm0505 voor Dordrecht."
        ),
        max_length=20,
    )

    def validate_tooi_code(self, field: Any) -> None:
        municipal = (OrganisationKind.MUNICIPALITY, OrganisationKind.NEIGHBOUR)
        if self.kind.data in municipal and field.data:
            if not MUNICIPALITY_CODE.fullmatch(field.data):
                raise ValidationError(_("De code van een gemeente is gm met vier cijfers."))

    @property
    def details(self) -> OrganisationDetails:
        """What was filled in; only after it was found right."""
        kind = OrganisationKind(str(self.kind.data))
        return OrganisationDetails(self.name.data, kind, self.tooi_code.data or None)
