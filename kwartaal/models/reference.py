"""What an empty installation starts with: kinds of office and document, organisations, a series.

It is data: a clerk adds to it and changes it afterwards, so it is only put into tables that are
still empty. Sources: decision "People", docs/mission.md KB-3, KB-8, B-1, B-18, B-23 and A-1 to
A-20. Codes are those of the national register (TOOI); the region itself has none.
"""

from __future__ import annotations

from sqlalchemy import exists, select

from kwartaal.db import Model, db
from kwartaal.models.document import DocumentKind
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import (
    Audience,
    OfficeAudience,
    OfficeKind,
    Organisation,
    OrganisationKind,
)
from kwartaal.models.series import Purpose, Series

_M, _N = OrganisationKind.MUNICIPALITY, OrganisationKind.NEIGHBOUR

ORGANISATIONS: tuple[tuple[OrganisationKind, str, str, str], ...] = (
    # kind, slug, name, TOOI code
    (_M, "alblasserdam", "Alblasserdam", "gm0482"),
    (_M, "dordrecht", "Dordrecht", "gm0505"),
    (_M, "hardinxveld-giessendam", "Hardinxveld-Giessendam", "gm0523"),
    (_M, "hendrik-ido-ambacht", "Hendrik-Ido-Ambacht", "gm0531"),
    (_M, "papendrecht", "Papendrecht", "gm0590"),
    (_M, "sliedrecht", "Sliedrecht", "gm0610"),
    (_M, "zwijndrecht", "Zwijndrecht", "gm0642"),
    (_N, "gorinchem", "Gorinchem", "gm0512"),
    (_N, "hoeksche-waard", "Hoeksche Waard", "gm1963"),
    (_N, "molenlanden", "Molenlanden", "gm1978"),
    (
        OrganisationKind.AFFILIATED,
        "dienst-gezondheid-en-jeugd",
        "Dienst Gezondheid & Jeugd Zuid-Holland Zuid",
        "so0030",
    ),
    (OrganisationKind.AFFILIATED, "drechtwerk", "Drechtwerk", "so0298"),
    (OrganisationKind.AFFILIATED, "gr-sociaal", "GR Sociaal", "so0621"),
    (
        OrganisationKind.AFFILIATED,
        "omgevingsdienst",
        "Omgevingsdienst Zuid-Holland Zuid",
        "so0669",
    ),
    (
        OrganisationKind.AFFILIATED,
        "veiligheidsregio",
        "Veiligheidsregio Zuid-Holland Zuid",
        "so0660",
    ),
    (OrganisationKind.AUTHORITY, "provincie-zuid-holland", "Provincie Zuid-Holland", "pv28"),
)

# What an office gives in the seven municipalities.
IN_MUNICIPALITIES: dict[str, Audience] = {
    "raadslid": Audience.RAAD,
    "burgerraadslid": Audience.RAAD,
    "wethouder": Audience.COLLEGE,
    "burgemeester": Audience.COLLEGE,
    "gemeentesecretaris": Audience.AMBTELIJK,
    "griffier": Audience.AMBTELIJK,
    "ambtenaar": Audience.AMBTELIJK,
}
# What a bestuurder, medewerker or ambtenaar gives elsewhere.
IN_OTHERS: dict[OrganisationKind, Audience] = {
    OrganisationKind.AFFILIATED: Audience.AMBTELIJK,
    OrganisationKind.AUTHORITY: Audience.AMBTELIJK,
    OrganisationKind.COMPANY: Audience.BEDRIJF,
    OrganisationKind.KNOWLEDGE: Audience.KENNISINSTELLING,
    OrganisationKind.SOCIETAL: Audience.MAATSCHAPPELIJK,
}
PUBLIC_SERVICE = (OrganisationKind.AFFILIATED, OrganisationKind.AUTHORITY)

SERIES_SLUG = "kwartaalbijeenkomsten"
# A kwartaalbijeenkomst takes no decisions (KB-8).
PURPOSES = ("informeren", "beeldvorming", "meningsvorming", "ophalen")

# Kinds of document; the number in the list is that of the code, A-1 to A-20.
DOCUMENT_KINDS = (
    "Raadsinformatiebrief",
    "Collegebrief",
    "Presentatie",
    "Principebesluit",
    "Uitgangspuntennotitie",
    "Hoofdlijnennotitie",
    "Concepttekst",
    "Definitief stuk",
    "Dienstverleningsovereenkomst",
    "Routekaart",
    "Impressieverslag",
    "Keuzenotitie",
    "Motie",
    "Raadsvoorstel",
    "Nieuwsbrief",
    "Jaaragenda",
    "Advies, businesscase of plan",
    "Achtergrond",
    "Verordening of beleidsplan",
    "Begrippenlijst",
)


def load_reference_data() -> None:
    """Put it into each of the tables that is still empty. The caller commits."""
    if _is_empty(OfficeKind):
        db.session.add_all(_office_kinds())
    if _is_empty(Organisation):
        db.session.add_all(
            Organisation(kind=kind, slug=slug, name=name, tooi_code=code)
            for kind, slug, name, code in ORGANISATIONS
        )
    if _is_empty(DocumentKind):
        db.session.add_all(
            DocumentKind(code=f"A-{number}", name=name, position=number)
            for number, name in enumerate(DOCUMENT_KINDS, 1)
        )
    if _is_empty(Series):
        db.session.add(_series())
    db.session.flush()


def audiences_of(office: str) -> dict[OrganisationKind, Audience]:
    """The groups a kind of office gives, by kind of organisation.

    A neighbour's always gives buurgemeente (decision "People").
    """
    if office in IN_MUNICIPALITIES:
        groups = {_M: IN_MUNICIPALITIES[office], _N: Audience.BUURGEMEENTE}
        if office == "ambtenaar":
            groups |= {kind: IN_OTHERS[kind] for kind in PUBLIC_SERVICE}
        return groups
    return dict(IN_OTHERS)


def _office_kinds() -> list[OfficeKind]:
    return [
        OfficeKind(
            code=name,
            name=name,
            audiences=[
                OfficeAudience(organisation_kind=kind, audience=audience)
                for kind, audience in audiences_of(name).items()
            ],
        )
        for name in (*IN_MUNICIPALITIES, "bestuurder", "medewerker")
    ]


def _series() -> Series:
    return Series(
        slug=SERIES_SLUG,
        name="Kwartaalbijeenkomsten",
        openness=Openness.OPENBAAR,
        purposes=[
            Purpose(name=name, position=position) for position, name in enumerate(PURPOSES, 1)
        ],
    )


def _is_empty(table: type[Model]) -> bool:
    return not db.session.scalar(select(exists(select(table))))
