"""The closed meetings of 2020 and 2021 that the letters tell of (checklist sections 3 and 4).

What no letter says - a time of day, a place, the days of M-7 after the first - is invented, and
every note says so. Who was there is not told: nobody who really exists does anything in the demo.
"""

from __future__ import annotations

from datetime import date

from kwartaal.demo.drafts import Point
from kwartaal.demo.gatherings import Gathering
from kwartaal.demo.series import CASES, CONFERENCES, DSB_DORDRECHT, STAND_UP

TIME_AND_PLACE = (
    "De dag staat in de brieven. De tijd en de plaats zijn bedacht voor de demonstratie."
)
TIME = "De dag en de plaats staan in de brieven. De tijd is bedacht voor de demonstratie."
TIME_DIGITAL = "De dag staat in de brieven. De tijd is bedacht voor de demonstratie."

FIRST_CONFERENCE = Gathering(
    CONFERENCES,
    date(2020, 2, 14),
    "9.30",
    "16.00",
    "Eerste collegeconferentie",
    "De colleges van de Drechtsteden spreken voor het eerst samen over de toekomst van hun "
    "samenwerking. Het gaat vooral over het sociaal domein.\n\n"
    "Het dilemma: meer maatwerk en lokale sturing, en toch de voordelen van samen werken houden.",
    (
        Point(
            "Wat waarderen we, en wat schuurt?",
            "De sociale dienst levert goed werk. Tegelijk willen raden en wethouders zelf meer "
            "sturen en meer lokaal maatwerk.",
            "bespreken",
            150,
        ),
        Point(
            "Lokaal waar het kan, regionaal waar het nodig is",
            "Gesprek over inhoud, verwachtingen en elkaars belangen. De vorm volgt de inhoud.",
            "bespreken",
            120,
        ),
        Point(
            "Hoe gaan we verder?",
            "De portefeuillehouders sociaal domein werken uit welk maatwerk nodig is. Elk college "
            "praat erover met de eigen raad.",
            "besluiten",
            60,
        ),
    ),
    "het-getijdenhuis",
    TIME_AND_PLACE,
)
SECOND_CONFERENCE = Gathering(
    CONFERENCES,
    date(2020, 7, 3),
    "9.30",
    "16.00",
    "Tweede collegeconferentie",
    "De colleges kiezen welke vormen van samenwerking ze verder uitwerken.\n\n"
    "Uitkomst: we willen echt door, en we werken twee varianten uit. Een klassieke "
    "gemeenschappelijke regeling, en een centrumgemeente of servicegemeente.",
    (
        Point(
            "Advies over maatwerk",
            "Het advies van de portefeuillehouders sociaal domein: regionaal beleid blijft, met "
            "ruimte voor lokale keuzes.",
            "informeren",
            60,
        ),
        Point(
            "Waar wil elke gemeente naartoe?",
            "Colleges vertellen wat zij met hun raad hebben besproken.",
            "bespreken",
            150,
        ),
        Point(
            "Twee varianten om uit te werken",
            "De derde conferentie kiest één voorkeur.",
            "besluiten",
            90,
        ),
    ),
    "de-ankerloods",
    TIME_AND_PLACE,
)
CASE_SESSION = Gathering(
    CASES,
    date(2020, 10, 6),
    "10.00",
    "12.00",
    "Digitale casus-sessie",
    "Hoe gaat het in de praktijk in een klassieke gemeenschappelijke regeling, en hoe bij een "
    "servicegemeente? Dat oefenen bestuurders met een casus.\n\n"
    "Deze bijeenkomst is verplaatst en werd digitaal in plaats van in een zaal, omdat de "
    "coronamaatregelen strenger werden. Ze is ook korter geworden. Daarom behandelen we één casus "
    "en leggen we van daaruit de verbinding met de andere.\n\n"
    "Voorbereiden is niet nodig. De gemeentesecretarissen hebben gezegd wie er komt: "
    "burgemeesters, wethouders en een secretaris. Elke gemeente is vertegenwoordigd. Twee "
    "deskundigen van buiten leiden de sessie.",
    (
        Point(
            "Twee varianten uitgelegd",
            "Eigenaar, opdrachtgever en opdrachtnemer: wie doet wat in elke variant?",
            "informeren",
            45,
        ),
        Point(
            "Casus: extra instroom",
            "Door corona vragen meer mensen om hulp. Wie merkt het eerst, wie beslist, en wie "
            "betaalt? U doorloopt de casus in beide varianten.",
            "oefenen",
            60,
        ),
        Point(
            "Wat nemen we mee?",
            "De uitkomst wordt gebruikt voor de keuzenotitie en de derde conferentie.",
            "informeren",
            15,
        ),
    ),
    note=TIME_DIGITAL,
)
THIRD_CONFERENCE = Gathering(
    CONFERENCES,
    date(2020, 10, 27),
    "13.00",
    "17.00",
    "Derde collegeconferentie: de voorkeursvariant",
    "De colleges kiezen samen een nieuwe koers voor de samenwerking: het principebesluit.\n\n"
    "De sociale dienst blijft regionaal, zonder aansturing door Drechtstedenbestuur of Drechtraad. "
    "Dordrecht wordt servicegemeente voor de bedrijfsvoering. Daarna zijn de zeven raden aan zet.",
    (
        Point(
            "De keuzenotitie",
            "Achtergrond, begrippen, de casus-sessie, de criteria en de blik van het management.",
            "informeren",
            60,
        ),
        Point(
            "Gesprek over vertrouwen en cultuur",
            "Wat gunnen we elkaar, en hoe houden we ons aan afspraken?",
            "bespreken",
            60,
        ),
        Point(
            "Principebesluit",
            "De voorkeursvariant. Elk college legt de koers voor aan de eigen raad.",
            "besluiten",
            90,
        ),
        Point("Afspraken", "Er komt een impressieverslag.", "informeren", 30),
    ),
    "landvast",
    TIME,
)
FIRST_STAND_UP = Gathering(
    STAND_UP,
    date(2021, 4, 6),
    "17.00",
    "18.00",
    "Bestuurlijke Transitie Stand-up",
    "De eerste van drie stand-ups in 2021, op een Drechtstedendinsdag. De colleges delen hoe het "
    "gaat met beide transities, en kijken of de geplande route haalbaar blijft.",
    (
        Point("Opening", "", "informeren", 5),
        Point(
            "Stand van zaken in beide sporen",
            "Transitie GR Sociaal en transitie Servicegemeente: wat is klaar, wat komt eraan?",
            "informeren",
            15,
        ),
        Point(
            "Voorbereiding in uw gemeente",
            "Hoe bereidt u de besluiten voor, ook die tussendoor? Waar kunnen we u bij helpen?",
            "bespreken",
            15,
        ),
        Point(
            "Vragen, gelegd naast het principebesluit",
            "Welke vragen leven er? Past het antwoord bij wat we op 27 oktober 2020 afspraken, en "
            "bij de uitgangspunten?",
            "bespreken",
            15,
        ),
        Point(
            "Kunnen we de geplande route blijven volgen?",
            "Of is aanpassing nodig? Dat bepalen we altijd samen, en voor beide sporen tegelijk.",
            "bespreken",
            10,
        ),
    ),
    note=(
        "In de brief is 6 april een voorstel. De tijd en de vorm zijn bedacht voor de demonstratie."
    ),
)


def _progress(on: date, note: str) -> Gathering:
    """A meeting of M-7: every two to three months."""
    return Gathering(
        DSB_DORDRECHT,
        on,
        "16.00",
        "17.30",
        "Voortgang en knelpunten",
        "De portefeuillehouders van het Drechtstedenbestuur en de betrokken wethouders van "
        "Dordrecht bespreken hoe het gaat.",
        (
            Point("Voortgang", "Wat is er gebeurd sinds de vorige keer?", "informeren", 30),
            Point(
                "Bestuurlijke knelpunten",
                "Waar loopt u tegenaan, en wie pakt het op?",
                "bespreken",
                45,
            ),
            Point("Wat melden we terug?", "Aan colleges en raden.", "bespreken", 15),
        ),
        note=note,
    )


AFTER_THE_FIRST = (
    "De brief noemt alleen 26 april als start, en daarna eens per twee à drie maanden. Deze dag, "
    "de tijd en de vorm zijn bedacht voor de demonstratie."
)
HISTORY = (
    FIRST_CONFERENCE,
    SECOND_CONFERENCE,
    CASE_SESSION,
    THIRD_CONFERENCE,
    FIRST_STAND_UP,
    _progress(
        date(2021, 4, 26),
        "De dag staat in de brief. De tijd en de vorm zijn bedacht voor de demonstratie.",
    ),
    _progress(date(2021, 6, 28), AFTER_THE_FIRST),
    _progress(date(2021, 9, 6), AFTER_THE_FIRST),
    _progress(date(2021, 11, 15), AFTER_THE_FIRST),
)
