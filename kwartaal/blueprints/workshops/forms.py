"""Why a part of the day is cancelled."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from kwartaal.fields import KwartaalForm, LongTextField, Required


class CancelItemForm(KwartaalForm):
    """The reason. `seen` is what the page showed that it would do."""

    seen = HiddenField()
    reason = LongTextField(
        _l("Waarom gaat dit onderdeel niet door?"),
        max_length=400,
        description=_l("Iedereen leest dit op de site. Het staat ook in de mail."),
        validators=[Required(_l("Vul in waarom dit onderdeel niet doorgaat."))],
    )
