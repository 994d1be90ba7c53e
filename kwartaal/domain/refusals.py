"""Every "no" of the rules, each with the one sentence the user reads.

The sentence is a gettext msgid in Dutch; `values` fill its %(names)s. The web edge translates.
Mark sentences with N_ so that they are found for translation.
"""

from __future__ import annotations

from collections.abc import Sequence


def N_(message: str) -> str:
    """Mark a sentence for translation without translating it here."""
    return message


class Refused(Exception):
    """A rule says no. `field` names the form field it belongs to, if there is one."""

    message = N_("Dit kan niet.")
    field: str | None = None

    def __init__(self, field: str | None = None, **values: object) -> None:
        super().__init__(self.message % values if values else self.message)
        self.values = values
        if field is not None:
            self.field = field


class RegistrationClosed(Refused):
    message = N_("Aanmelden kan niet meer. Bel de griffie.")


class RegistrationNotOpenYet(Refused):
    message = N_("Aanmelden kan nog niet. Kijk op de pagina van de bijeenkomst vanaf wanneer.")


class NotAdmitted(Refused):
    message = N_("Deze bijeenkomst is niet voor uw groep. Bel de griffie als u toch wilt komen.")
    field = "office"


class OfficeNotHeld(Refused):
    message = N_("Kies waarvoor u komt.")
    field = "office"


class UnknownChoice(Refused):
    message = N_("Deze keuze bestaat niet meer. Kies opnieuw.")


class OneWorkshopPerRound(Refused):
    message = N_("Kies in elke ronde één workshop.")


class AlreadyStarted(Refused):
    message = N_("De bijeenkomst is al begonnen. Afmelden kan niet meer. Bel de griffie.")


class WithdrawalNotNeeded(Refused):
    message = N_("De bijeenkomst gaat niet door. U hoeft zich niet af te melden.")


class NotRegistered(Refused):
    message = N_("U bent niet aangemeld voor deze bijeenkomst.")


class ChangedMeanwhile(Refused):
    message = N_("Uw aanmelding is net veranderd. Kijk wat er nu staat en probeer het opnieuw.")


class MeetingFull(Refused):
    message = N_("De bijeenkomst is vol. U kunt op de wachtlijst.")


class ItemsFull(Refused):
    """Some chosen items are full; `items` says which, so that the form marks each."""

    message = N_("Wat u koos is net vol geraakt. Kies de wachtlijst of kies iets anders.")

    def __init__(self, items: Sequence[object]) -> None:
        super().__init__()
        self.items = items


class NobodyWaiting(Refused):
    message = N_("Deze persoon wacht niet meer. Kijk wat er nu staat.")


class NoRoom(Refused):
    message = N_("Er is geen plek vrij.")


class MaximumBelowTaken(Refused):
    message = N_("Er zijn al %(taken)s plekken bezet. Kies een maximum van %(taken)s of meer.")
    field = "maximum"


class MeetingIsCancelled(Refused):
    message = N_("De bijeenkomst is geannuleerd. Publiceren kan niet meer.")


class AlreadyCancelled(Refused):
    message = N_("De bijeenkomst is al geannuleerd.")


class NotAConcept(Refused):
    message = N_("De bijeenkomst is geen concept meer.")


class NotAnnouncedYet(Refused):
    message = N_("Dit is nog een concept. Verwijder het als de bijeenkomst niet doorgaat.")


class MeetingIsOver(Refused):
    message = N_("De bijeenkomst is al geweest. Annuleren kan niet meer.")


class DraftChanged(Refused):
    message = N_("Het concept is net veranderd. Kijk wat er nu staat en publiceer opnieuw.")


class NothingChanged(Refused):
    message = N_("Er is niets gewijzigd.")


class DateOrPlaceChanged(Refused):
    message = N_("Datum, tijd en plaats staan vast. Verplaats de bijeenkomst om ze te wijzigen.")


class NoPlaceChosen(Refused):
    message = N_("Er is nog geen locatie. Kies er een, of laat mensen online meedoen.")


class NoProgramme(Refused):
    message = N_("Er staat nog niets in het programma.")


class ItemOutsideMeeting(Refused):
    message = N_("‘%(title)s’ valt buiten de tijd van de bijeenkomst.")


class RoundsOverlap(Refused):
    message = N_("‘%(title)s’ begint voordat ‘%(before)s’ klaar is.")


class RoundWithoutWorkshops(Refused):
    message = N_("‘%(title)s’ heeft nog geen workshops.")


class WorkshopOutsideRound(Refused):
    message = N_("‘%(title)s’ valt buiten de tijd van ‘%(round)s’.")


class RoomElsewhere(Refused):
    message = N_("‘%(title)s’ staat in een zaal van een andere locatie.")


class RegistrationWindowMissing(Refused):
    message = N_("Mensen kunnen zich aanmelden, maar nog niet tot wanneer. Vul dat in.")


class NobodyAdmitted(Refused):
    message = N_("Mensen kunnen zich aanmelden, maar er is nog geen doelgroep gekozen.")


class NotOpenForRegistration(Refused):
    message = N_("Aanmelden is nu niet open. Dit bericht kan nog niet, of niet meer, weg.")


class AlreadyInvited(Refused):
    message = N_("Dit bericht is al verstuurd. Het gaat maar één keer weg.")


class LinkDead(Refused):
    message = N_("Deze link werkt niet meer. Vraag een nieuwe aan.")


class CodeRefused(Refused):
    message = N_("Deze code klopt niet. Kijk in de nieuwste e-mail en probeer het opnieuw.")
    field = "code"


class CodesDead(Refused):
    message = N_("Deze code werkt niet meer. Vraag een nieuwe e-mail aan.")
    field = "code"


class SameAddress(Refused):
    message = N_("Met dit adres logt u nu al in. Vul een ander adres in.")
    field = "email"


class AddressTaken(Refused):
    message = N_("Met dit adres logt al iemand anders in. Kies een ander adres.")
    field = "email"


class AddressChangeNotAllowed(Refused):
    message = N_("Alleen deze persoon zelf of de beheerder mag dit inlogadres wijzigen.")
    field = "email"


class TooManyAddressChanges(Refused):
    message = N_("U hebt dit net al een paar keer gevraagd. Wacht een kwartier.")
    field = "email"


class RoleHeldAlready(Refused):
    message = N_("Deze persoon heeft deze rol al.")
    field = "role"


class MunicipalityMissing(Refused):
    message = N_("Kies de gemeente van deze griffier.")
    field = "organisation"


class PrincipalMissing(Refused):
    message = N_("Vul het inlogadres in van een ander, voor wie deze persoon mag handelen.")
    field = "acts_for"


class OwnBeheerderRole(Refused):
    message = N_("U kunt uw eigen rol als beheerder niet intrekken. Vraag een andere beheerder.")


class LastBeheerder(Refused):
    message = N_("Er moet altijd een beheerder zijn. Geef eerst iemand anders deze rol.")


class NoAttendanceYet(Refused):
    message = N_("Dit is nog een concept. Aanwezigheid noteren kan na de aankondiging.")


class ListIsClosed(Refused):
    message = N_("Dit onderdeel gaat niet door. Er is niets meer te noteren.")


class NotOnTheList(Refused):
    message = N_("%(name)s heeft zich net afgemeld. Zet deze bezoeker op de lijst als inloop.")


class NotSeenYet(Refused):
    message = N_("%(name)s is nog niet binnen. Noteer dat eerst.")


class SeenAlready(Refused):
    message = N_("%(name)s is al gezien en kan niet meer afgemeld zijn. Noteer ‘is weg’.")


class SaidAlready(Refused):
    message = N_("%(name)s staat er al zo: %(by)s noteerde dit om %(time)s uur.")


class MomentOutside(Refused):
    message = N_(
        "Deze tijd past niet bij de bijeenkomst. Vul een tijd in van %(first)s tot %(last)s uur."
    )
    field = "moment"


class LeftBeforeArrived(Refused):
    message = N_("%(name)s kwam pas later binnen. Vul een latere tijd in.")
    field = "moment"


class MomentNotYet(Refused):
    message = N_("Deze tijd is nog niet geweest. Vul een eerdere tijd in, of laat de tijd leeg.")
    field = "moment"


class MarkedMeanwhile(Refused):
    message = N_("Iemand anders noteerde net iets over %(name)s. Kijk wat er nu staat.")


class SameNameExists(Refused):
    message = N_(
        "Er is al iemand met deze naam. Kies die hieronder. Is het een ander? "
        "Zet deze bezoeker dan nog eens op de lijst."
    )


class CancelledIsFixed(Refused):
    message = N_("De bijeenkomst is geannuleerd. Wijzigen kan niet meer.")


class NameTaken(Refused):
    message = N_("Deze naam is al in gebruik. Kies een andere.")
    field = "name"
