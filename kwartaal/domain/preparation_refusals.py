"""Every "no" of preparing a meeting: its data, programme, agenda, venues and series."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class EndsBeforeStart(Refused):
    message = N_("Het einde moet na het begin liggen.")
    field = "ends_at"


class MeetingTooLong(Refused):
    message = N_("Een bijeenkomst duurt hoogstens %(days)s dagen. Kijk de datums na.")
    field = "ends_at"


class OnlyBodiesClose(Refused):
    message = N_("Alleen een bijeenkomst van een gremium kan minder dan openbaar zijn.")
    field = "openness"


class DayIsPast(Refused):
    message = N_("Deze datum is al geweest.")


class DayIsTooSoon(Refused):
    message = N_("Kies een datum na vandaag.")


class ProgrammeThere(Refused):
    message = N_("Deze bijeenkomst heeft al een programma.")


class MeetsThatDay(Refused):
    message = N_("Op deze dag is al een bijeenkomst van deze reeks.")


class DayTwice(Refused):
    message = N_("Deze dag staat al bij datum %(number)s.")


class ClosesAfterNewStart(Refused):
    message = N_("Aanmelden sluit pas na dit begin. Pas eerst het sluiten aan, bij Aanmelden.")
    field = "starts_at"


class ClosesAfterStart(Refused):
    message = N_("Aanmelden sluit op zijn laatst als de bijeenkomst begint.")
    field = "registration_closes_at"


class OpensAfterClosing(Refused):
    message = N_("Aanmelden moet open zijn voordat het sluit.")
    field = "registration_opens_at"


class PromotesAfterStart(Refused):
    message = N_("Doorschuiven stopt op zijn laatst als de bijeenkomst begint.")
    field = "promotes_until"


class MaximumMissing(Refused):
    message = N_("Vul in hoeveel plekken er zijn.")
    field = "maximum"


class MaximumWithoutLimit(Refused):
    message = N_("Kies ‘Ja, met een maximum’, of maak dit veld leeg.")
    field = "maximum"


class MaximumAboveRoom(Refused):
    message = N_(
        "Het maximum van zaal ‘%(room)s’ is %(capacity)s. Kies voor ‘%(title)s’ niet meer plekken."
    )
    field = "maximum"


class RoomTaken(Refused):
    message = N_(
        "‘%(title)s’ kan niet in zaal ‘%(room)s’: daar is dan ‘%(other)s’. Opbouwen telt mee."
    )
    field = "room"


class RoomTakenElsewhere(Refused):
    message = N_(
        "‘%(title)s’ kan niet in zaal ‘%(room)s’: daar is dan ‘%(other)s’ van een andere "
        "bijeenkomst, ‘%(meeting)s’."
    )
    field = "room"


class RoomTakenByClosed(Refused):
    message = N_(
        "‘%(title)s’ kan niet in zaal ‘%(room)s’: die is dan van een besloten bijeenkomst."
    )
    field = "room"


class OfferGone(Refused):
    message = N_("Deze zaal kan niet meer. Kies opnieuw.")
    field = "offer"


class SignUpInUse(Refused):
    message = N_("Mensen hebben zich hiervoor al aangemeld. Aanmelden kan niet meer uit.")
    field = "sign_up"


class RoundIsFixed(Refused):
    message = N_("Iemand koos deze workshop al. De ronde ligt daarom vast.")
    field = "round"


class ItemWasChosen(Refused):
    message = N_(
        "Mensen kozen ‘%(title)s’ al, of stonden op de wachtlijst. Weghalen kan daarom niet meer."
    )


class ItemWasAttended(Refused):
    message = N_("Bij ‘%(title)s’ is al aanwezigheid genoteerd. Weghalen kan daarom niet meer.")


class RoundHasWorkshops(Refused):
    message = N_("Er staan nog workshops in ‘%(title)s’. Haal die eerst weg.")


class ItemsInParallel(Refused):
    message = N_("‘%(title)s’ en ‘%(other)s’ lopen deels tegelijk. Wijzig de tijden zelf.")


class WorkshopStaysInRound(Refused):
    message = N_("‘%(title)s’ blijft in de eigen ronde. Kies bij Wijzig een andere ronde.")


class AlreadySpeaker(Refused):
    message = N_("%(name)s staat er al bij.")
    field = "name"


class SpeakerWasMarked(Refused):
    message = N_("De aanwezigheid van %(name)s is al genoteerd. Weghalen kan daarom niet meer.")


class RoomInUse(Refused):
    message = N_("Zaal ‘%(name)s’ staat in een programma. Weghalen kan daarom niet.")


class VenueInUse(Refused):
    message = N_("Bij ‘%(name)s’ is of was een bijeenkomst. Weghalen kan daarom niet.")


class PurposeInUse(Refused):
    message = N_("‘%(name)s’ staat bij een agendapunt en moet daarom blijven staan.")
    field = "purposes"


class DecisionsBelongToBodies(Refused):
    message = N_("Alleen een gremium neemt besluiten. Haal ‘%(name)s’ weg.")
    field = "purposes"


class PointHasSubpoints(Refused):
    message = N_("‘%(title)s’ heeft zelf subpunten. Haal die er eerst uit.")


class NoPointBefore(Refused):
    message = N_("Er staat geen punt voor ‘%(title)s’. Daarom kan het geen subpunt worden.")


class ClosedStaysWithBody(Refused):
    message = N_("Een besloten punt of stuk kan alleen naar een bijeenkomst van hetzelfde gremium.")
    field = "meeting"


class OrganiserIsKnown(Refused):
    message = N_(
        "Er zijn al mensen aangemeld. Dit adres staat bij de afspraak in hun agenda en kan niet "
        "meer veranderen."
    )
    field = "organiser_email"
