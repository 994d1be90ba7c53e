"""Every "no" of moving a meeting, of cancelling one of its workshops, and of restoring."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class ConceptMovesFreely(Refused):
    message = N_("Dit is nog een concept. Wijzig datum, tijd en plaats bij Gegevens.")


class HeldStays(Refused):
    message = N_("De bijeenkomst is al geweest. Verplaatsen kan niet meer.")


class NothingMoved(Refused):
    message = N_("Datum, tijd en plaats zijn nog hetzelfde. Wijzig er minstens één.")


class StartsInThePast(Refused):
    message = N_("Dit tijdstip is al voorbij. Kies een later begin.")
    field = "starts_at"


class PlaceLost(Refused):
    message = N_("Kies een locatie, of geef aan dat mensen online meedoen.")
    field = "venue"


class ItemInSkippedHour(Refused):
    message = N_("‘%(title)s’ valt in het uur dat de klok vooruitgaat. Kies een andere dag.")
    field = "starts_at"


class ItemInDoubleHour(Refused):
    message = N_(
        "‘%(title)s’ valt in het uur dat twee keer komt als de klok teruggaat. Geef het eerst een "
        "andere tijd."
    )
    field = "starts_at"


class RegistrationInSkippedHour(Refused):
    message = N_(
        "Een tijdstip van het aanmelden valt in het uur dat de klok vooruitgaat. Kies een andere "
        "dag."
    )
    field = "day"


class WorkshopIsOver(Refused):
    message = N_("Deze workshop is al geweest. Annuleren kan niet meer.")


class WorkshopCancelledAlready(Refused):
    message = N_("Deze workshop is al geannuleerd.")


class WorkshopNotOnTheSite(Refused):
    message = N_("Deze workshop staat nog niet op de site. Haal de workshop weg uit het programma.")


class WorkshopIsCancelled(Refused):
    message = N_("‘%(title)s’ gaat niet door. Kies iets anders.")


class MeetingIsOn(Refused):
    message = N_("De bijeenkomst is niet geannuleerd.")


class WorkshopIsOn(Refused):
    message = N_("Deze workshop is niet geannuleerd.")


class RestoredTooLate(Refused):
    message = N_("Dit is al voorbij. Herstellen kan niet meer.")


class WorkshopOutOfProgramme(Refused):
    message = N_("Deze workshop staat niet meer in het programma op de site. Voeg een nieuwe toe.")
