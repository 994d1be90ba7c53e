"""Every "no" about people, their offices and organisations, and about importing people."""

from __future__ import annotations

from datetime import date

from kwartaal.domain.refusals import N_, Refused


def written(day: date) -> str:
    """A day inside a sentence: 30-3-2026."""
    return f"{day.day}-{day.month}-{day.year}"


class AddressOfSomebodyElse(Refused):
    message = N_(
        "Dit adres is al het inlogadres van iemand anders. Gebruik het alleen als contactadres."
    )
    field = "email"


class OfficeDoesNotOccur(Refused):
    message = N_("Het ambt ‘%(office)s’ komt bij %(organisation)s niet voor. Kies een ander ambt.")
    field = "kind"


class OfficeEndsTooEarly(Refused):
    message = N_("De laatste dag ligt voor de eerste dag, %(starts_on)s.")
    field = "ends_on"


class OfficeOverlaps(Refused):
    message = N_("Dit ambt staat er al in een deel van deze tijd, vanaf %(starts_on)s.")
    field = "starts_on"


class OfficeWasUsed(Refused):
    message = N_(
        "Met dit ambt is iemand aangemeld voor een bijeenkomst. Weghalen kan niet. "
        "Vul de laatste dag in."
    )


class OfficesDoNotFit(Refused):
    message = N_(
        "Bij dit soort organisatie komt het ambt ‘%(office)s’ niet voor, en iemand heeft dat ambt."
    )
    field = "kind"


class TooiCodeTaken(Refused):
    message = N_("Deze code hoort al bij een andere organisatie.")
    field = "tooi_code"


class NotAMunicipality(Refused):
    message = N_("Alleen gemeenten uit de regio hebben hier een gemeenteraad.")
    field = "organisation"


class CouncilIsEmpty(Refused):
    message = N_("Er is niemand van wie het ambt op deze dag eindigt.")


class CouncilChanged(Refused):
    message = N_("Er is net iets veranderd in deze raad. Kijk nog eens om wie het gaat.")


class ImportHasMistakes(Refused):
    message = N_("Er staan nog fouten in. Er is niets geïmporteerd.")


class ImportHasNothingNew(Refused):
    message = N_("Alles uit dit bestand staat er al. Er is niets te importeren.")


class CellRefused(Refused):
    """What the fields of the forms say of the same text, with the column before it."""

    message = N_("%(column)s: %(sentence)s")


class RowUnusable(Refused):
    """What reading the file said of a row."""

    message = N_("%(sentence)s")

    @classmethod
    def saying(cls, sentence: str) -> RowUnusable:
        return cls(sentence=sentence)


class NameMissing(Refused):
    message = N_("De voornaam of de achternaam ontbreekt.")


class AddressTwiceInFile(Refused):
    message = N_(
        "Dit adres staat ook op regel %(row)s, bij iemand anders. "
        "Gebruik het alleen als contactadres."
    )
    field = "email"


class RowsDisagree(Refused):
    message = N_("Op regel %(row)s staat deze persoon met andere gegevens.")


class SeveralPeopleFit(Refused):
    message = N_("Meer mensen heten zo. Vul het e-mailadres in van wie u bedoelt.")


class UnknownOrganisation(Refused):
    message = N_("We kennen de organisatie ‘%(name)s’ niet. Voeg die eerst toe.")


class UnknownOrganisationNear(Refused):
    message = N_("We kennen de organisatie ‘%(name)s’ niet. Het lijkt op: %(near)s.")


class UnknownOfficeKind(Refused):
    message = N_("We kennen het ambt ‘%(name)s’ niet.")


class UnknownOfficeKindNear(Refused):
    message = N_("We kennen het ambt ‘%(name)s’ niet. Het lijkt op: %(near)s.")


class OfficeIncomplete(Refused):
    message = N_("Vul organisatie en ambt allebei in, of geen van beide.")
    field = "kind"


class PeriodWithoutOffice(Refused):
    message = N_("Er staat een datum, maar geen organisatie en ambt.")
