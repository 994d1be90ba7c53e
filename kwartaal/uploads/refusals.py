"""Why a file is not taken in."""

from __future__ import annotations

from kwartaal.domain.refusals import N_, Refused


class UploadRefused(Refused):
    """The file is refused; nothing of it is kept.

    Nobody is told to open what may be dangerous: what poses as something else, or is broken.
    """

    field = "files"


class UnknownType(UploadRefused):
    message = N_(
        "Dit soort bestand kan niet. Kies een pdf, een bestand uit Word, Excel of PowerPoint "
        "(.docx, .xlsx, .pptx), uit LibreOffice (.odt, .ods, .odp), of een foto (.jpg, .png)."
    )


class NameAndContentDiffer(UploadRefused):
    message = N_(
        "De inhoud past niet bij de naam. Het bestand is niet bewaard. Open het niet, en vraag "
        "de maker om een nieuw bestand."
    )


class EmptyFile(UploadRefused):
    message = N_("Het bestand is leeg.")


class TooLarge(UploadRefused):
    message = N_("Het bestand is groter dan %(megabytes)s MB. Maak het kleiner.")


class TooManyFiles(UploadRefused):
    message = N_("Kies hoogstens %(maximum)s bestanden tegelijk.")


class Damaged(UploadRefused):
    message = N_("Het bestand is beschadigd. Vraag de maker om een nieuw bestand.")


class Locked(UploadRefused):
    message = N_("Er zit een wachtwoord of een beveiliging op. Sla het bestand op zonder.")


class OldOrLocked(UploadRefused):
    message = N_("Dit is een oud soort bestand, of er zit een wachtwoord op. Sla het opnieuw op.")


class HoldsMacros(UploadRefused):
    message = N_("Er zitten macro's of scripts in. Sla het bestand op zonder, of als pdf.")


class HoldsFiles(UploadRefused):
    message = N_("Er zit een ander bestand in. Haal dat eruit, of sla het op als pdf.")


class TwoFilesInOne(UploadRefused):
    message = N_(
        "Aan dit bestand zit een tweede bestand vast. Het is niet bewaard. Open het niet, en vraag "
        "de maker om een nieuw bestand."
    )


class UnpacksTooLarge(UploadRefused):
    message = N_("Het bestand wordt te groot als iemand het opent. Sla het op als pdf.")


class VirusFound(UploadRefused):
    message = N_("In dit bestand zit een virus. Het is niet bewaard. Bel uw beheerder.")


class NotScanned(UploadRefused):
    message = N_("Dit bestand kon niet worden gecontroleerd op virussen. Probeer het later.")
