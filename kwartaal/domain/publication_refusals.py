"""Every "no" about versions that are taken back or wait for their moment."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class NotTheLatest(Refused):
    message = N_("Er staat nu een andere versie op de site. Kijk wat er staat.")


class NothingToRetract(Refused):
    message = N_("Er staat geen programma op de site dat u kunt intrekken.")


class RestoredAlready(Refused):
    message = N_("Deze versie is hersteld. Publiceer een nieuwe versie om iets te wijzigen.")


class TooLateToRetract(Refused):
    message = N_("Intrekken kan tot een uur na het publiceren. Publiceer een nieuwe versie.")


class WasMoved(Refused):
    message = N_("Met deze versie is de bijeenkomst verplaatst. Verplaats de bijeenkomst terug.")


class OnAgain(Refused):
    message = N_("Met deze versie gaat een workshop weer door. Dat kunt u niet intrekken.")


class PeopleRegistered(Refused):
    message = N_(
        "Er zijn al %(registered)s mensen aangemeld. Publiceer een nieuwe versie, of annuleer de"
        " bijeenkomst."
    )


class PeopleChose(Refused):
    message = N_(
        "Dan verdwijnt iets dat mensen al kozen (aantal: %(chosen)s). Publiceer een nieuwe versie,"
        " of annuleer de workshop."
    )


class AlreadyToldToRegister(Refused):
    message = N_(
        "De mail ‘aanmelden is open’ is al verstuurd. Publiceer een nieuwe versie, of annuleer de"
        " bijeenkomst."
    )


class WasOnline(Refused):
    message = N_("Deze bijeenkomst stond al op de site. Verwijderen kan niet meer.")


class MomentPassed(Refused):
    message = N_("Dit moment is al voorbij. Kies een later moment.")
    field = "publish_at"


class MomentAfterStart(Refused):
    message = N_("Dan is de bijeenkomst al begonnen. Kies een moment daarvoor.")
    field = "publish_at"


class NoPlan(Refused):
    message = N_("Er is niets meer gepland. Kijk wat er nu op de site staat.")


class PublishingFailed(Refused):
    message = N_("Door een fout in Kwartaal is er niets gepubliceerd. Publiceer zelf.")
