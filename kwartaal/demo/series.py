"""The series of meetings: the kwartaalbijeenkomsten and those of the bodies (M-1 to M-12)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from kwartaal.db import db
from kwartaal.demo import bodies
from kwartaal.domain.series import About, add
from kwartaal.models.body import Body
from kwartaal.models.openness import Openness
from kwartaal.models.reference import SERIES_SLUG
from kwartaal.models.series import Series

QUARTERLY = SERIES_SLUG
STAND_UP = "Bestuurlijke Transitie Stand-up"
CONFERENCES = "Collegeconferenties"
CASES = "Casus-sessies"
DSB_DORDRECHT = "Portefeuillehouders DSB en wethouders Dordrecht"
MIRROR = "Bestuurlijke spiegelgroep"
OFFICIAL_MIRROR = "Ambtelijke spiegelgroep"
ONS_D = "ONS-D"
PFO_SOCIAAL = "PFO Sociaal"
PFO_MIDDELEN = "PFO Middelen-Bedrijfsvoering"
TWO = "TWO"

# What a kwartaalbijeenkomst is: KB-1 to KB-8.
ABOUT_QUARTERLY = (
    "De kwartaalbijeenkomst is dé plek waar de Drechtsteden elkaar ontmoeten. Vier keer per jaar "
    "komen raadsleden, collegeleden, ambtenaren, bedrijven, kennisinstellingen en "
    "maatschappelijke instellingen uit zeven gemeenten bij elkaar. Ook bevriende buurgemeenten "
    "zijn welkom, zoals Gorinchem, Hoeksche Waard en Molenlanden.\n\n"
    "Elke bijeenkomst heeft drie delen. Een plenair programma om inspiratie op te doen. Workshops "
    "over de inhoud. En ruimte voor ontspanning en ontmoeting, bij de lunch, de maaltijd of de "
    "borrel.\n\n"
    "Een kwartaalbijeenkomst neemt geen besluiten. U krijgt informatie, u vormt een beeld, u geeft "
    "uw mening en u haalt iets op voor thuis. Besluiten nemen de raden en de colleges, ieder in de "
    "eigen gemeente.\n\n"
    "De kwartaalbijeenkomsten begonnen in november 2021, toen de Drechtraad en het "
    "Drechtstedenbestuur gingen stoppen. Afstemmen in de regio bleef belangrijk. De organisatie is "
    "in handen van de griffie, vanuit Dordrecht."
)


class Kind(NamedTuple):
    """A series of a body; it is closed, since no letter says that anyone may attend."""

    name: str
    body: str
    purposes: tuple[str, ...]
    about: str


KINDS = (
    Kind(
        STAND_UP,
        bodies.COLLEGES,
        ("informeren", "bespreken"),
        "In 2021 gebruiken de colleges drie Drechtstedendinsdagen om bij te praten over de twee "
        "transities: GR Sociaal en Servicegemeente. Ook de voorbereiding in de eigen gemeente "
        "komt aan bod, en de vraag of de geplande route haalbaar blijft.",
    ),
    Kind(
        CONFERENCES,
        bodies.COLLEGES,
        ("informeren", "bespreken", "besluiten"),
        "Conferenties van alle colleges van de Drechtsteden over de toekomst van de samenwerking. "
        "Na elke conferentie verscheen een impressieverslag.",
    ),
    Kind(
        CASES,
        bodies.COLLEGES,
        ("informeren", "oefenen"),
        "Een afvaardiging van de colleges oefent met een situatie uit de praktijk. De "
        "gemeentesecretarissen wijzen aan wie meedoet; elke gemeente is vertegenwoordigd.",
    ),
    Kind(
        DSB_DORDRECHT,
        bodies.DSB_DORDRECHT,
        ("informeren", "bespreken"),
        "De portefeuillehouders van het Drechtstedenbestuur en de betrokken wethouders van "
        "Dordrecht bespreken de voortgang en bestuurlijke knelpunten. Eens per twee à drie "
        "maanden, vanaf 26 april 2021.",
    ),
    Kind(
        MIRROR,
        bodies.MIRROR,
        ("informeren", "bespreken", "adviseren"),
        "Wethouders bedrijfsvoering praten over vernieuwing van de bedrijfsvoering en de "
        "dienstverlening, over de dienstverleningsovereenkomsten en over relatiemanagement.",
    ),
    Kind(
        OFFICIAL_MIRROR,
        bodies.OFFICIAL_MIRROR,
        ("informeren", "bespreken", "adviseren"),
        "Ambtenaren van de gemeenten, DG&J, OZHZ en GR Sociaal bereiden de bestuurlijke "
        "spiegelgroep voor.",
    ),
    Kind(
        ONS_D,
        bodies.ONS_D,
        ("informeren", "bespreken", "adviseren"),
        "De gemeentesecretarissen van de Drechtsteden bespreken voorgenomen voorstellen en "
        "signalen over knelpunten.",
    ),
    Kind(
        PFO_SOCIAAL,
        bodies.PFO_SOCIAAL,
        ("informeren", "bespreken", "adviseren"),
        "De wethouders sociaal domein. In de transitie naar GR Sociaal waren zij de bestuurlijke "
        "begeleidingscommissie namens de zeven gemeenten.",
    ),
    Kind(
        PFO_MIDDELEN,
        bodies.PFO_MIDDELEN,
        ("informeren", "bespreken", "adviseren"),
        "De wethouders bedrijfsvoering van de zeven gemeenten. Zij vormen ook de bestuurlijke "
        "spiegelgroep.",
    ),
    Kind(
        TWO,
        bodies.TWO,
        ("informeren", "bespreken"),
        "De ambtelijke werkgroep die de stukken voor de transitie naar GR Sociaal maakt.",
    ),
)


def add_series(groups: dict[str, Body]) -> dict[str, Series]:
    """Describe the series that the reference data has, and add those of the bodies; by name."""
    quarterly = db.session.scalars(select(Series).where(Series.slug == QUARTERLY)).one()
    quarterly.description = ABOUT_QUARTERLY
    series = {QUARTERLY: quarterly}
    for kind in KINDS:
        about = About(kind.name, kind.about, Openness.BESLOTEN, kind.purposes)
        series[kind.name] = add(about, groups[kind.body], list(series.values()))
    db.session.add_all(series.values())
    db.session.flush()
    return series
