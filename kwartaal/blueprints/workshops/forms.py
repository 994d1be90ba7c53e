"""Why a part of the day is cancelled."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from kwartaal.amsterdam import amsterdam_date
from kwartaal.fields import KwartaalForm, LongTextField, RadioField, Required
from kwartaal.filters import clock_time

AT_ONCE, WITH_VERSION = "meteen", "versie"


class CancelItemForm(KwartaalForm):
    """The reason, and when people hear of it. `seen` is what the page showed that it would do."""

    seen = HiddenField()
    reason = LongTextField(
        _l("Waarom gaat dit onderdeel niet door?"),
        max_length=400,
        description=_l("Iedereen leest dit op de site. Het staat ook in de mail."),
        validators=[Required(_l("Vul in waarom dit onderdeel niet doorgaat."))],
    )
    when = RadioField(_l("Wanneer hoort men het?"))

    def __init__(self, now: datetime, latest: datetime | None, *, busy: bool = False) -> None:
        """`latest` is how long the mails may wait for a version, None: not at all.

        Who is `busy` with a version has the choice to wait filled in. What is sent too late is no
        error: the mails go at once, and the page before the act says so.
        """
        super().__init__(data={"when": WITH_VERSION if busy else AT_ONCE})
        self.can_wait = latest is not None
        self.when.choices = [
            (AT_ONCE, said_when(None, now)),
            (WITH_VERSION, said_when(latest or now, now)),
        ]

    @property
    def waits_until_hour(self) -> int | None:
        """In Amsterdam; None when the mails go at once."""
        waits = self.when.data == WITH_VERSION
        return int(current_app.config["DIGEST_HOUR"]) if waits else None


def said_when(latest: datetime | None, now: datetime) -> str:
    """When people hear of it: at once, or with a version; `latest` is today or tomorrow."""
    if latest is None:
        return _("Meteen, in een eigen mail")
    at = clock_time(latest)
    if amsterdam_date(latest) == amsterdam_date(now):
        return _("Samen met de volgende versie, uiterlijk vandaag om %(at)s", at=at)
    return _("Samen met de volgende versie, uiterlijk morgen om %(at)s", at=at)
