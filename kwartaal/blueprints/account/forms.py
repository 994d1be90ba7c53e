"""Forms to sign in with and to change one's own account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms import PasswordField as WTPasswordField
from wtforms.validators import StopValidation
from wtforms.widgets import PasswordInput

from kwartaal import passwords
from kwartaal.fields import EmailField, KwartaalForm, Required, TextField

YOUR_ADDRESS = lazy_gettext("Vul uw e-mailadres in.")


class PasswordField(WTPasswordField):
    """A password as it was typed, spaces included; never shown again. "" when it is empty."""

    widget = PasswordInput(hide_value=True)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""


class SignInForm(KwartaalForm):
    email = EmailField(lazy_gettext("E-mailadres"), [Required(YOUR_ADDRESS)])
    next = HiddenField()


class CodeForm(KwartaalForm):
    code = TextField(
        lazy_gettext("Code"), [Required(lazy_gettext("Vul de code in."))], max_length=40
    )

    def validate_code(self, field: TextField) -> None:
        field.data = field.data.replace(" ", "").replace("\u00a0", "")
        if len(field.data) != 6 or not (field.data.isascii() and field.data.isdigit()):
            raise StopValidation(_("De code heeft zes cijfers."))


class PasswordSignInForm(SignInForm):
    password = PasswordField(
        lazy_gettext("Wachtwoord"), [Required(lazy_gettext("Vul uw wachtwoord in."))]
    )


class PasswordForm(KwartaalForm):
    """Set, change or remove the password. `asks_current`: only who knows the old one may."""

    current = PasswordField(lazy_gettext("Uw wachtwoord van nu"))
    new = PasswordField(lazy_gettext("Nieuw wachtwoord"))

    def __init__(self, asks_current: bool, removes: bool, about: Iterable[str]) -> None:
        super().__init__()
        self.asks_current, self.removes, self.about = asks_current, removes, about

    def validate_current(self, field: PasswordField) -> None:
        if self.asks_current and not field.data:
            raise StopValidation(_("Vul uw wachtwoord van nu in."))

    def validate_new(self, field: PasswordField) -> None:
        if self.removes:
            return
        if len(field.data) < passwords.SHORTEST:
            raise StopValidation(_("Gebruik 12 tekens of meer. Bijvoorbeeld vier losse woorden."))
        if len(field.data) > passwords.LONGEST:
            raise StopValidation(_("Gebruik niet meer dan 128 tekens."))
        if passwords.is_easy_to_guess(field.data, self.about):
            raise StopValidation(
                _("Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier losse woorden.")
            )


class EmailChangeForm(KwartaalForm):
    email = EmailField(
        lazy_gettext("Nieuw e-mailadres"),
        [Required(lazy_gettext("Vul het nieuwe e-mailadres in."))],
    )
