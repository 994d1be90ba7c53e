"""Forms of the beheerder about somebody's account."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext

from kwartaal.fields import EmailField, KwartaalForm, RadioField, Required, SelectField
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Role

ROLE_CHOICES = [
    (Role.BEHEERDER.value, lazy_gettext("Beheerder: accounts, rollen en logboek")),
    (Role.GRIFFIE.value, lazy_gettext("Griffie: bijeenkomsten, publiceren en personen")),
    (Role.ORGANISATOR.value, lazy_gettext("Organisator: programma, aanmelden en aanwezigheid")),
    (Role.GRIFFIER.value, lazy_gettext("Griffier: de personen van één gemeente")),
    (Role.ASSISTENT.value, lazy_gettext("Assistent: handelt voor één ander")),
]


class RoleForm(KwartaalForm):
    role = RadioField(
        lazy_gettext("Rol"),
        [Required(lazy_gettext("Kies een rol."))],
        coerce=Role,
        choices=ROLE_CHOICES,
    )
    organisation = SelectField(lazy_gettext("Gemeente van de griffier"), coerce=str)
    acts_for = EmailField(lazy_gettext("Inlogadres van wie de assistent helpt"))

    def offer(self, municipalities: Iterable[Organisation]) -> None:
        """The municipalities to choose from."""
        names = [(one.slug, one.name) for one in municipalities]
        self.organisation.choices = [("", lazy_gettext("Geen")), *names]


class AddressForm(KwartaalForm):
    email = EmailField(
        lazy_gettext("Nieuw inlogadres"), [Required(lazy_gettext("Vul het nieuwe adres in."))]
    )
