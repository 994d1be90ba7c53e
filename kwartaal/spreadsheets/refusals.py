"""Why a file, or a row of it, cannot be read as a table."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class TableRefused(Refused):
    """The whole file is refused."""


class FileTooLarge(TableRefused):
    message = N_("Het bestand is groter dan %(megabytes)s MB. Verdeel het over meer bestanden.")


class TooManyRows(TableRefused):
    message = N_("Het bestand heeft meer dan %(maximum)s regels. Verdeel het over meer bestanden.")


class TooManyColumns(TableRefused):
    message = N_("Het bestand heeft meer dan %(maximum)s kolommen. Haal weg wat u niet nodig hebt.")


class NoTable(TableRefused):
    message = N_("Het bestand is leeg. Zet op de eerste regel de namen van de kolommen.")


class UnusableHeading(TableRefused):
    message = N_("Regel %(row)s is de kop. Zet daar alleen namen van kolommen, geen formules.")


class UnknownFileType(TableRefused):
    message = N_("Kies een bestand dat eindigt op .csv of .xlsx.")


class NameAndContentDiffer(TableRefused):
    message = N_(
        "De inhoud past niet bij de naam van het bestand. "
        "Sla het in Excel opnieuw op als .xlsx of als CSV UTF-8."
    )


class OldOrLockedFile(TableRefused):
    message = N_(
        "Dit is een oud Excel-bestand, of er zit een wachtwoord op. "
        "Sla het zonder wachtwoord op als .xlsx."
    )


class UnreadableLetters(TableRefused):
    message = N_(
        "We kunnen de letters in dit bestand niet goed lezen. Sla het in Excel op als CSV UTF-8."
    )


class BrokenQuotes(TableRefused):
    message = N_(
        "Regel %(row)s klopt niet: er staat een aanhalingsteken te veel of te weinig, "
        "of een cel is te lang."
    )


class DamagedFile(TableRefused):
    message = N_("Het bestand is beschadigd. Open het in Excel en sla het opnieuw op.")


class UnpacksTooLarge(TableRefused):
    message = N_(
        "Het bestand wordt te groot als we het uitpakken. Zet alleen de tabel in een nieuw bestand."
    )


class RowRefused(Refused):
    """One row is refused; the others can be read."""


class FormulaInCell(RowRefused):
    message = N_("In kolom %(column)s staat een formule. Vervang die door de uitkomst.")


class ErrorInCell(RowRefused):
    message = N_("In kolom %(column)s staat een foutmelding van Excel.")


class HiddenCharacter(RowRefused):
    message = N_("In kolom %(column)s staat een onzichtbaar teken. Typ de tekst opnieuw.")


class TooManyCells(RowRefused):
    message = N_("Deze regel heeft meer cellen dan er kolommen zijn.")
