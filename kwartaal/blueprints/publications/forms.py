"""What the griffie sends along with publishing and cancelling."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import HiddenField

from kwartaal.fields import KwartaalForm, LongTextField, Required


class PublishForm(KwartaalForm):
    """The draft as it was on the page, so that nothing else is published."""

    seen = HiddenField()


class ConfirmForm(KwartaalForm):
    """A button that does something once."""


class CancelForm(KwartaalForm):
    reason = LongTextField(
        lazy_gettext("Waarom gaat de bijeenkomst niet door?"),
        max_length=400,
        description=lazy_gettext("Iedereen leest dit op de site en in de mail."),
        validators=[Required(lazy_gettext("Vul in waarom de bijeenkomst niet doorgaat."))],
    )
