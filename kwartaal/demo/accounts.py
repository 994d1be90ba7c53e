"""The demo accounts that contract.md promises, and what `make run` says of them."""

from __future__ import annotations

from typing import NamedTuple

from kwartaal.demo.names import Name

PASSWORD = "kwartaal-demo"  # noqa: S105 (told to everybody who starts the demo)


class Account(NamedTuple):
    """One account: who it is, for which organisation, and how the list of accounts says it."""

    email: str
    name: Name
    organisation: str
    office: str
    told: str


BEHEERDER = "beheerder@kwartaal.example"
GRIFFIE = "griffie@kwartaal.example"
ORGANISATOR = "organisator@kwartaal.example"
COUNCIL_PAPENDRECHT = "raadslid@papendrecht.example"
COUNCIL_SLIEDRECHT = "raadslid@sliedrecht.example"
WETHOUDER = "wethouder@zwijndrecht.example"
SECRETARIS = "secretaris@alblasserdam.example"
GRIFFIER = "griffier@dordrecht.example"
BUSINESS = "ondernemer@bedrijf.example"
NEIGHBOUR = "gast@gorinchem.example"
MIRROR_SECRETARY = "secretaris.spiegelgroep@kwartaal.example"
MIRROR_DEPUTY = "plaatsvervanger.spiegelgroep@kwartaal.example"
MIRROR_OFFICIAL = "ambtelijk@ozhz.example"
ASSISTANT = "assistent@zwijndrecht.example"

ACCOUNTS = (
    Account(
        BEHEERDER,
        Name("Ravi", "", "Soekhoe"),
        "dordrecht",
        "ambtenaar",
        "technisch beheerder: accounts en instellingen",
    ),
    Account(
        GRIFFIE,
        Name("Marleen", "", "Verschuure"),
        "dordrecht",
        "ambtenaar",
        "regionale griffie: bijeenkomsten, agenda's, personen",
    ),
    Account(
        ORGANISATOR,
        Name("Joost", "", "Kweekel"),
        "dordrecht",
        "ambtenaar",
        "organisator: programma, aanmeldingen, aanwezigheid",
    ),
    Account(
        COUNCIL_PAPENDRECHT,
        Name("Anneke", "de", "Bruijne"),
        "papendrecht",
        "raadslid",
        "raadslid, nog niet aangemeld",
    ),
    Account(
        COUNCIL_SLIEDRECHT,
        Name("Mehmet", "", "Aydoğan"),
        "sliedrecht",
        "raadslid",
        "raadslid, aangemeld voor een volle workshop",
    ),
    Account(
        WETHOUDER,
        Name("Carolien", "van 't", "Veer"),
        "zwijndrecht",
        "wethouder",
        "wethouder, lid van de bestuurlijke spiegelgroep",
    ),
    Account(
        SECRETARIS,
        Name("Hendrik-Jan", "", "Kuijpers"),
        "alblasserdam",
        "gemeentesecretaris",
        "gemeentesecretaris, lid van ONS-D",
    ),
    Account(
        GRIFFIER,
        Name("Saskia", "", "Rietveldt"),
        "dordrecht",
        "griffier",
        "griffier: alleen de eigen gemeente",
    ),
    Account(
        BUSINESS,
        Name("Naïma", "el", "Haddaoui"),
        "rivierwerk",
        "bestuurder",
        "ondernemer, nog niet aangemeld",
    ),
    Account(
        NEIGHBOUR,
        Name("Willem-Jan", "den", "Oever"),
        "gorinchem",
        "raadslid",
        "buurgemeente, nog niet aangemeld",
    ),
    Account(
        MIRROR_SECRETARY,
        Name("Lotte", "", "Zonneveldt"),
        "dordrecht",
        "ambtenaar",
        "secretaris van de bestuurlijke spiegelgroep",
    ),
    Account(
        MIRROR_DEPUTY,
        Name("Bram", "", "Terpstraat"),
        "dordrecht",
        "ambtenaar",
        "plaatsvervanger van die secretaris",
    ),
    Account(
        MIRROR_OFFICIAL,
        Name("Priya", "", "Ramdhani"),
        "omgevingsdienst",
        "ambtenaar",
        "lid van de ambtelijke spiegelgroep",
    ),
    Account(
        ASSISTANT,
        Name("Jurriën", "", "Hoekema"),
        "zwijndrecht",
        "ambtenaar",
        "handelt voor de wethouder van Zwijndrecht",
    ),
)
# Whoever tries the demo registers these for the next meeting, so nobody did it before.
LEFT_TO_REGISTER = frozenset({COUNCIL_PAPENDRECHT, BUSINESS, NEIGHBOUR})
ALL = frozenset(account.email for account in ACCOUNTS)
STAFF = frozenset({BEHEERDER, GRIFFIE, ORGANISATOR})


def welcome() -> str:
    """The accounts to try, as a table for the terminal."""
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.told}" for account in ACCOUNTS]
    heading = f"Demonstratie: verzonnen gegevens. Wachtwoord van alle accounts: {PASSWORD}"
    return "\n".join((heading, *lines))
