"""Invented companies and institutions, and the venues. Only Landvast exists: a letter names it."""

from __future__ import annotations

from typing import NamedTuple

from kwartaal.db import db
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.venue import Room, Venue

COMPANY, KNOWLEDGE = OrganisationKind.COMPANY, OrganisationKind.KNOWLEDGE
SOCIETAL = OrganisationKind.SOCIETAL

# kind, slug, name
INVENTED: tuple[tuple[OrganisationKind, str, str], ...] = (
    (COMPANY, "rivierwerk", "Scheepsbouw Rivierwerk"),
    (COMPANY, "kil-en-klimaat", "Installatiebedrijf Kil en Klimaat"),
    (COMPANY, "dijkhelden", "Dijkhelden Grondverzet"),
    (COMPANY, "veerpoort", "Veerpoort Logistiek"),
    (COMPANY, "loodslijn", "Loodslijn Software"),
    (COMPANY, "stalen-boog", "De Stalen Boog Constructie"),
    (COMPANY, "zonnekade", "Zonnekade Dakenergie"),
    (COMPANY, "korst-en-kruim", "Bakkerij Korst en Kruim"),
    (COMPANY, "getijde-zorg", "Getijde Thuiszorg"),
    (COMPANY, "grienduil", "Hotel De Grienduil"),
    (KNOWLEDGE, "hogeschool-drie-rivieren", "Hogeschool Drie Rivieren"),
    (KNOWLEDGE, "vakschool-kaapstander", "Vakschool De Kaapstander"),
    (KNOWLEDGE, "instituut-peilschaal", "Instituut Peilschaal"),
    (SOCIETAL, "aanlegplaats", "Stichting Aanlegplaats"),
    (SOCIETAL, "waterrand", "Woonstichting Waterrand"),
    (SOCIETAL, "huurders-getij", "Huurdersvereniging Getij"),
    (SOCIETAL, "geldwijzer", "Vrijwilligers van de Geldwijzer"),
    (SOCIETAL, "jongerenhaven", "Jongerenhaven"),
)
# Where the part of an e-mail address after the @ is not the organisation's own slug.
DOMAINS = {
    "rivierwerk": "bedrijf",
    "dienst-gezondheid-en-jeugd": "dgj",
    "omgevingsdienst": "ozhz",
    "provincie-zuid-holland": "provincie",
}
ACCESSIBLE = (
    "U kunt overal komen met een rolstoel. In de grote zaal is een ringleiding. "
    "Bij de ingang is een fietsenstalling."
)


class Hall(NamedTuple):
    """A venue; rooms with their number of seats, the room for plenary parts first."""

    slug: str
    name: str
    municipality: str
    street: str
    rooms: tuple[tuple[str, int], ...]
    directions: str = ACCESSIBLE
    coordinates: tuple[float, float] | None = None


# One in each municipality, so that the meetings can go round. Names and streets are invented; the
# coordinates are somewhere in that town. Nothing is invented of Landvast, which exists.
HALLS = (
    Hall(
        "de-klinknagel",
        "De Klinknagel",
        "alblasserdam",
        "Klinknagelkade 2",
        (("Noord", 220), ("Foyer", 250), ("Lek", 48), ("Alblas", 40), ("Graafstroom", 36)),
        coordinates=(51.8663, 4.6612),
    ),
    Hall(
        "het-getijdenhuis",
        "Het Getijdenhuis",
        "dordrecht",
        "Getijdenkade 1",
        (("Merwede", 300), ("Foyer", 320), ("Wantij", 60), ("Kil", 48), ("Biesbosch", 40))
        + (("Vlij", 30),),
        coordinates=(51.8147, 4.6653),
    ),
    Hall(
        "de-hellingbaas",
        "De Hellingbaas",
        "hardinxveld-giessendam",
        "Hellingbaasweg 5",
        (("Merwede", 200), ("Foyer", 220), ("Giessen", 44), ("Peulen", 40), ("Griend", 30)),
        coordinates=(51.8241, 4.8336),
    ),
    Hall(
        "de-ankerloods",
        "De Ankerloods",
        "hendrik-ido-ambacht",
        "Ankerloodskade 9",
        (("Noord", 220), ("Foyer", 240), ("Waal", 44), ("Rietbaan", 40), ("Sophia", 30)),
        coordinates=(51.8442, 4.6398),
    ),
    Hall(
        "de-griendschuur",
        "De Griendschuur",
        "papendrecht",
        "Griendschuurlaan 12",
        (("Merwede", 240), ("Foyer", 260), ("Noord", 44), ("Alblas", 40), ("Biesbosch", 36))
        + (("Wantij", 30),),
        coordinates=(51.8318, 4.6889),
    ),
    Hall(
        "de-werfzaal",
        "De Werfzaal",
        "sliedrecht",
        "Werfzaalkade 3",
        (("Merwede", 230), ("Foyer", 260), ("Kil", 50), ("Noord", 40), ("Biesbosch", 36))
        + (("Wantij", 28),),
        coordinates=(51.8212, 4.7724),
    ),
    Hall(
        "de-trosserij",
        "De Trosserij",
        "zwijndrecht",
        "Trosserijplein 7",
        (("Oude Maas", 220), ("Foyer", 240), ("Kil", 48), ("Noord", 40), ("Devel", 36))
        + (("Waal", 30),),
        coordinates=(51.8174, 4.6415),
    ),
    Hall("landvast", "Landvast", "alblasserdam", "", (), ""),
)


def domain_of(organisation: Organisation) -> str:
    """The invented mail domain of an organisation."""
    return f"{DOMAINS.get(organisation.slug, organisation.slug)}.example"


def add_organisations() -> None:
    """Add what the reference data does not have: companies and institutions."""
    db.session.add_all(Organisation(kind=k, slug=slug, name=name) for k, slug, name in INVENTED)
    db.session.flush()


def add_venues(organisations: dict[str, Organisation]) -> dict[str, Venue]:
    """Add all venues; returns them by slug."""
    venues = {hall.slug: _venue(hall, organisations[hall.municipality]) for hall in HALLS}
    db.session.add_all(venues.values())
    db.session.flush()
    return venues


def _venue(hall: Hall, municipality: Organisation) -> Venue:
    return Venue(
        slug=hall.slug,
        name=hall.name,
        town=municipality.name,
        street=hall.street,
        directions=hall.directions,
        latitude=hall.coordinates[0] if hall.coordinates else None,
        longitude=hall.coordinates[1] if hall.coordinates else None,
        organisation=municipality,
        rooms=[Room(name=name, capacity=seats) for name, seats in hall.rooms],
    )
