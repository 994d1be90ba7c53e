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


def consultations(today: date) -> tuple[Gathering, ...]:
    """One past and four coming meetings; of PFO Sociaal outsiders may know the date."""

    def on(days: int) -> date:
        return near(today + timedelta(days=days), 3)

    return (
        Gathering(
            MIRROR,
            on(-30),
            "15.30",
            "17.00",
            "Bestuurlijke spiegelgroep",
            "De spiegelgroep praat over de dienstverlening van de servicegemeente.",
            (CONTRACTS, NEW_SERVICES, RELATIONS),
            "het-getijdenhuis",
        ),
        Gathering(
            OFFICIAL_MIRROR,
            on(6),
            "10.00",
            "11.30",
            "Ambtelijke spiegelgroep",
            "We bereiden de bestuurlijke spiegelgroep voor.",
            (CONTRACTS, NEW_SERVICES),
        ),
        Gathering(
            ONS_D,
            on(9),
            "9.00",
            "10.30",
            "ONS-D",
            "Overleg van de gemeentesecretarissen.",
            (
                Point(
                    "Voorstellen die eraan komen",
                    "Welke voorstellen gaan dit kwartaal naar de colleges, en waar is steun voor?",
                    "adviseren",
                    45,
                ),
                Point("Signalen en knelpunten", "Rondje langs de gemeenten.", "bespreken", 45),
            ),
            "de-klinknagel",
        ),
        Gathering(
            MIRROR,
            on(13),
            "15.30",
            "17.00",
            "Bestuurlijke spiegelgroep",
            "De spiegelgroep geeft advies over relatiemanagement en bespreekt de overeenkomsten.",
            (CONTRACTS, RELATIONS, NEW_SERVICES),
            "de-trosserij",
        ),
        Gathering(
            PFO_SOCIAAL,
            on(16),
            "13.30",
            "15.30",
            "PFO Sociaal",
            "Portefeuillehoudersoverleg van de wethouders sociaal domein.",
            (
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
            ),
            "de-griendschuur",
            openness=Openness.DATUM,
        ),
    )
