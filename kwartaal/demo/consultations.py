"""Meetings of the bodies around the day of loading; what is on the agenda stands in the letters."""

from __future__ import annotations

from datetime import date, timedelta

from kwartaal.demo.dates import near
from kwartaal.demo.drafts import Point
from kwartaal.demo.gatherings import Gathering
from kwartaal.demo.series import MIRROR, OFFICIAL_MIRROR, ONS_D, PFO_SOCIAAL
from kwartaal.models.openness import Openness

NEW_SERVICES = Point(
    "Vernieuwing van de dienstverlening",
    "Welke diensten willen we over vier jaar anders inrichten? Eerste gesprek over een nieuwe "
    "systematiek.",
    "bespreken",
    40,
)
CONTRACTS = Point(
    "Dienstverleningsovereenkomsten",
    "Stand van zaken per gemeente. Wat is besproken, wat vraagt nog een antwoord?",
    "informeren",
    30,
)
RELATIONS = Point(
    "Relatiemanagement",
    "Wie belt u als het niet goed gaat? Voorstel voor één aanspreekpunt per gemeente.",
    "adviseren",
    20,
)


COMING = (
    Point(
        "Voorstellen die eraan komen",
        "Welke voorstellen gaan dit kwartaal naar de colleges, en waar is steun voor?",
        "adviseren",
        45,
    ),
    Point("Signalen en knelpunten", "Rondje langs de gemeenten.", "bespreken", 45),
)
SOCIAL = (
    Point(
        "Lokaal maatwerk in de Wmo",
        "Drie gemeenten willen iets meer doen. Wat betekent dat voor de uitvoering?",
        "bespreken",
        60,
    ),
    Point(
        "Bestaanszekerheid",
        "Terugblik op de kwartaalbijeenkomst en vooruitblik op het komende jaar.",
        "informeren",
        60,
    ),
)


def consultations(today: date) -> tuple[Gathering, ...]:
    """One past and four coming meetings; of PFO Sociaal outsiders may know the date."""

    def on(days: int) -> date:
        return near(today + timedelta(days=days), 3)

    return (
        _past_mirror(on(-30)),
        _official_mirror(on(6)),
        _secretaries(on(9)),
        _coming_mirror(on(13)),
        _social(on(16)),
    )


def _past_mirror(on: date) -> Gathering:
    return Gathering(
        MIRROR,
        on,
        "15.30",
        "17.00",
        "Bestuurlijke spiegelgroep",
        "De spiegelgroep praat over de dienstverlening van de servicegemeente.",
        (CONTRACTS, NEW_SERVICES, RELATIONS),
        "het-getijdenhuis",
    )


def _coming_mirror(on: date) -> Gathering:
    return _past_mirror(on)._replace(
        introduction=(
            "De spiegelgroep geeft advies over relatiemanagement en bespreekt de overeenkomsten."
        ),
        agenda=(CONTRACTS, RELATIONS, NEW_SERVICES),
        venue="de-trosserij",
    )


def _official_mirror(on: date) -> Gathering:
    return Gathering(
        OFFICIAL_MIRROR,
        on,
        "10.00",
        "11.30",
        "Ambtelijke spiegelgroep",
        "We bereiden de bestuurlijke spiegelgroep voor.",
        (CONTRACTS, NEW_SERVICES),
    )


def _secretaries(on: date) -> Gathering:
    return Gathering(
        ONS_D,
        on,
        "9.00",
        "10.30",
        "ONS-D",
        "Overleg van de gemeentesecretarissen.",
        COMING,
        "de-klinknagel",
    )


def _social(on: date) -> Gathering:
    return Gathering(
        PFO_SOCIAAL,
        on,
        "13.30",
        "15.30",
        "PFO Sociaal",
        "Portefeuillehoudersoverleg van de wethouders sociaal domein.",
        SOCIAL,
        "de-griendschuur",
        openness=Openness.DATUM,
    )
