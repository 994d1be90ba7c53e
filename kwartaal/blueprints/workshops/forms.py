"""Why a workshop will not be given."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from kwartaal.fields import KwartaalForm, LongTextField, Required


class CancelWorkshopForm(KwartaalForm):
    """The reason. `seen` is what the page showed that it would do."""

    seen = HiddenField()
    reason = LongTextField(
        _l("Waarom gaat de workshop niet door?"),
        max_length=400,
        description=_l("Iedereen leest dit op de site. Het staat ook in de mail."),
        validators=[Required(_l("Vul in waarom de workshop niet doorgaat."))],
    )
