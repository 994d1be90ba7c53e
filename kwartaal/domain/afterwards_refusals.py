"""Every "no" about the report and the recap of a meeting."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class NotHeld(Refused):
    message = N_("Dit kan pas na afloop van de bijeenkomst.")


class OtherVersion(Refused):
    message = N_(
        "Er is intussen een andere versie van het verslag. Bewaar uw tekst zelf even en open het"
        " verslag opnieuw."
    )


class ReportChanged(Refused):
    message = N_("Het verslag is net veranderd. Lees wat er nu staat en probeer het opnieuw.")


class RecapIsPublished(Refused):
    message = N_("Het vlugschrift staat op de site. Haal het daar eerst af om het te wijzigen.")


class RecapChanged(Refused):
    message = N_("Het vlugschrift is net veranderd. Lees wat er nu staat en probeer het opnieuw.")
