"""One's own contact data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from kwartaal.fields import EmailField, KwartaalForm, PhoneField


class ContactForm(KwartaalForm):
    phone = PhoneField(_l("Telefoon"))
    contact_email = EmailField(_l("Contactadres"))
