"""The invented people of the region: councils, colleges, officials, companies, institutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from kwartaal.db import db
from kwartaal.demo import dates
from kwartaal.demo.accounts import ACCOUNTS
from kwartaal.demo.names import Name, Namer
from kwartaal.demo.organisations import domain_of
from kwartaal.domain.slugs import slug_from
from kwartaal.models.organisation import OfficeKind, Organisation
from kwartaal.models.person import Office, Person

SEED = "kwartaal: people"
# About as large as the councils and colleges are.
SEATS = {
    "alblasserdam": 17,
    "dordrecht": 39,
    "hardinxveld-giessendam": 15,
    "hendrik-ido-ambacht": 21,
    "papendrecht": 21,
    "sliedrecht": 19,
    "zwijndrecht": 27,
}
WETHOUDERS = {
    "alblasserdam": 3,
    "dordrecht": 5,
    "hardinxveld-giessendam": 2,
    "hendrik-ido-ambacht": 3,
    "papendrecht": 3,
    "sliedrecht": 3,
    "zwijndrecht": 4,
}
ONE_EACH = ("burgemeester", "gemeentesecretaris", "griffier")
REELECTED = 0.45
REACHED_BY_PHONE = 0.6
WITHOUT_ANNOUNCEMENTS = 0.04
# Only the organisation's own block of invented numbers: +31 78 770 and four digits.
PHONE_BLOCK = "+3178770"
SETTLED = timedelta(days=120)  # nobody begins later: all could come to the last meeting


class Known(NamedTuple):
    """Somebody with a part in the demo: (organisation, office) pairs, and an address or none."""

    name: Name
    offices: tuple[tuple[str, str], ...]
    has_email: bool = True


KNOWN = (
    Known(Name("Lidewij", "", "Ketelaar"), (("kil-en-klimaat", "bestuurder"),)),
    Known(Name("Mustafa", "", "Yücelen"), (("dijkhelden", "bestuurder"),)),
    Known(Name("Priscilla", "", "Vreugdenhout"), (("veerpoort", "medewerker"),)),
    Known(Name("Jorrit", "", "Bakboord"), (("loodslijn", "bestuurder"),)),
    Known(Name("Hester", "", "Smeedijzer"), (("stalen-boog", "bestuurder"),)),
    Known(Name("Pieter-Bas", "", "Zonneveer"), (("zonnekade", "bestuurder"),)),
    Known(Name("Gonda", "", "Meelhuis"), (("korst-en-kruim", "bestuurder"),)),
    Known(Name("Shanti", "", "Ramlakhansingh"), (("getijde-zorg", "medewerker"),)),
    Known(Name("Olivier", "", "Nachtegaal"), (("grienduil", "medewerker"),)),
    Known(Name("Mirthe", "", "Oldenkamp"), (("hogeschool-drie-rivieren", "medewerker"),)),
    Known(Name("Abdelhak", "", "Benjellouni"), (("hogeschool-drie-rivieren", "medewerker"),)),
    Known(Name("Zeynep", "", "Altınokur"), (("hogeschool-drie-rivieren", "bestuurder"),)),
    Known(Name("Ivo", "", "Golfslag"), (("instituut-peilschaal", "medewerker"),)),
    Known(Name("Danique", "", "Staalman"), (("rivierwerk", "medewerker"),)),
    Known(Name("Ömer", "", "Kılavuzcu"), (("loodslijn", "medewerker"),)),
    Known(Name("Tessa", "", "Roerganger"), (("vakschool-kaapstander", "bestuurder"),)),
    Known(Name("Wim", "", "Peilnagel"), (("instituut-peilschaal", "medewerker"),)),
    Known(Name("Roos", "", "Aanhaak"), (("aanlegplaats", "bestuurder"),)),
    Known(Name("Ferdinand", "", "Muurbloem"), (("waterrand", "bestuurder"),)),
    Known(Name("Jannie", "", "Drempelaar"), (("huurders-getij", "medewerker"),)),
    Known(Name("Selma", "", "Köseoğlu"), (("geldwijzer", "medewerker"),)),
    Known(Name("Dylan", "", "Wiegerinck"), (("jongerenhaven", "medewerker"),)),
    Known(Name("Toos", "van der", "Knip"), (("geldwijzer", "medewerker"),), has_email=False),
    Known(Name("Arie", "", "Stuurhut"), (("huurders-getij", "medewerker"),), has_email=False),
    Known(Name("Bep", "", "Klompenhouwer"), (), has_email=False),
    Known(Name("Karin", "", "Waterlander"), (("dienst-gezondheid-en-jeugd", "ambtenaar"),)),
    Known(Name("Bilal", "", "Ouhammouchi"), (("gr-sociaal", "ambtenaar"),)),
    Known(Name("Trudy", "", "Hazewinkel-Poort"), (("gr-sociaal", "ambtenaar"),)),
    Known(Name("Ron", "", "Vakkenist"), (("drechtwerk", "bestuurder"),)),
    Known(Name("Elise", "", "Provoost-Haag"), (("provincie-zuid-holland", "ambtenaar"),)),
    Known(Name("Marco", "", "Lingewal"), (("gorinchem", "wethouder"),)),
    Known(Name("Anouk", "", "Spuidijk"), (("hoeksche-waard", "raadslid"),)),
    Known(Name("Kees-Jan", "", "Kleigrond"), (("hoeksche-waard", "ambtenaar"),)),
    Known(Name("Ria", "", "Waardenburg-Bos"), (("molenlanden", "raadslid"),)),
    Known(Name("Geert", "", "Molenwiek"), (("molenlanden", "wethouder"),)),
    Known(Name("Noor", "", "Dijkgraafland"), (("dordrecht", "ambtenaar"),)),
    Known(Name("Timo", "", "Straatsma"), (("papendrecht", "ambtenaar"),)),
    Known(Name("Evelien", "", "Roodborst"), (("sliedrecht", "ambtenaar"),)),
    Known(Name("Hamza", "", "Tazi-Alami"), (("zwijndrecht", "ambtenaar"),)),
    Known(Name("Marga", "", "Lichtenvoort"), (("alblasserdam", "ambtenaar"),)),
    Known(Name("Ruud", "", "Koppelman-Rib"), (("hendrik-ido-ambacht", "ambtenaar"),)),
    Known(Name("Sigrid", "", "Wegewijs"), (("hardinxveld-giessendam", "ambtenaar"),)),
    # People who come sometimes as one thing, sometimes as another.
    Known(
        Name("Gerben", "", "Vrachtwijk"), (("papendrecht", "raadslid"), ("veerpoort", "bestuurder"))
    ),
    Known(
        Name("Yasmina", "el", "Khattabi"),
        (("dordrecht", "raadslid"), ("hogeschool-drie-rivieren", "medewerker")),
    ),
    Known(
        Name("Floris", "", "Baggerman"), (("sliedrecht", "raadslid"), ("zwijndrecht", "ambtenaar"))
    ),
    Known(
        Name("Carmen", "", "Tholenaar"),
        (("alblasserdam", "burgerraadslid"), ("aanlegplaats", "bestuurder")),
    ),
    Known(
        Name("Siebe", "", "Rietdekker"),
        (("hendrik-ido-ambacht", "raadslid"), ("drechtwerk", "medewerker")),
    ),
)


@dataclass
class Population:
    """Everybody, in the order in which they were made, and how to find them."""

    everybody: list[Person] = field(default_factory=list)
    by_name: dict[str, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        self.everybody.append(person)
        self.by_name[person.full_name] = person
        if person.email:
            self.by_email[person.email] = person

    def holders(self, organisation: str, office: str, day: date) -> list[Person]:
        """Who holds an office on a day, in the order in which they were made."""
        wanted = (organisation, office)
        return [
            person
            for person in self.everybody
            if any((o.organisation.slug, o.kind.code) == wanted for o in person.offices_on(day))
        ]


class Settler:
    """Brings people into the region; the same day of loading brings the same people."""

    def __init__(
        self,
        organisations: dict[str, Organisation],
        kinds: dict[str, OfficeKind],
        today: date,
        password_hash: str,
    ) -> None:
        self._organisations = organisations
        self._kinds = kinds
        self._today = today
        self._password_hash = password_hash
        self._random = Random(SEED)  # noqa: S311 (no secret is drawn)
        self._numbers = iter(self._random.sample(range(1000, 10000), 1000))
        self.population = Population()

    def settle(self) -> Population:
        """Everybody: the demo accounts first, then those with a part, then all the others."""
        for account in ACCOUNTS:
            self._welcome(account.name, ((account.organisation, account.office),), account.email)
        for known in KNOWN:
            email = self._address(known.name, known.offices) if known.has_email else None
            self._welcome(known.name, known.offices, email)
        namer = Namer(SEED, self.population.by_name)
        for organisation, office in self._vacancies():
            self._appoint(namer.draw(), organisation, office)
        for organisation in ("dordrecht", "papendrecht", "zwijndrecht"):
            self._retire(namer.draw(), organisation)
        self._resign(namer.draw(), "hardinxveld-giessendam")
        db.session.add_all(self.population.everybody)
        db.session.flush()
        return self.population

    def _vacancies(self) -> Iterator[tuple[str, str]]:
        """(organisation, office) of every seat that nobody has yet."""
        for organisation in SEATS:
            seats = {"raadslid": SEATS[organisation], "wethouder": WETHOUDERS[organisation]}
            for office, count in {**seats, **dict.fromkeys(ONE_EACH, 1)}.items():
                taken = len(self.population.holders(organisation, office, self._today))
                yield from [(organisation, office)] * (count - taken)

    def _appoint(self, name: Name, organisation: str, office: str) -> None:
        offices = ((organisation, office),)
        self._welcome(name, offices, self._address(name, offices))

    def _retire(self, name: Name, organisation: str) -> None:
        """A council member of the term before this one."""
        begun, over = self._terms()
        self._appoint(name, organisation, "raadslid")
        [office] = self.population.everybody[-1].offices
        office.starts_on, office.ends_on = begun, over - timedelta(days=1)

    def _resign(self, name: Name, organisation: str) -> None:
        """A wethouder who came to the last meeting and has left office since."""
        self._appoint(name, organisation, "wethouder")
        [office] = self.population.everybody[-1].offices
        office.ends_on = self._today - timedelta(days=30)

    def _welcome(self, name: Name, offices: tuple[tuple[str, str], ...], email: str | None) -> None:
        person = Person(
            first_name=name.first,
            prefix=name.prefix,
            last_name=name.last,
            email=email,
            phone=self._phone(is_needed=email is None),
            password_hash=self._password_hash if email else None,
            wants_announcements=self._random.random() >= WITHOUT_ANNOUNCEMENTS,
        )
        person.offices = [
            Office(
                organisation=self._organisations[organisation],
                kind=self._kinds[office],
                starts_on=self._beginning(office),
            )
            for organisation, office in offices
        ]
        self.population.add(person)

    def _beginning(self, office: str) -> date:
        """Since when somebody holds an office that is held now."""
        before, term = self._terms()
        if office in ("raadslid", "burgerraadslid"):
            if self._random.random() < REELECTED:
                return before
            return term if self._random.random() < 0.85 else self._in_between(term)
        if office == "wethouder":
            return term + timedelta(days=self._random.randrange(40, 60))
        return date(self._random.randrange(2012, 2020), self._random.randrange(1, 13), 1)

    def _in_between(self, term: date) -> date:
        """Somebody who took over a seat during the term."""
        last = (self._today - SETTLED - term).days
        return term + timedelta(days=self._random.randrange(max(last, 1)))

    def _terms(self) -> tuple[date, date]:
        """When the term before this one began, and when this one did."""
        term = dates.term_start(self._today)
        earlier = [day for day in dates.COUNCIL_TERMS if day < term]
        return earlier[-1] if earlier else term, term

    def _phone(self, *, is_needed: bool) -> str | None:
        number = f"{PHONE_BLOCK}{next(self._numbers)}"
        return number if is_needed or self._random.random() < REACHED_BY_PHONE else None

    def _address(self, name: Name, offices: tuple[tuple[str, str], ...]) -> str:
        """such as anna.van.der.maas@papendrecht.example; a second one gets a number"""
        local = slug_from(name.full, "persoon").replace("-", ".")
        domain = domain_of(self._organisations[offices[0][0]])
        wanted, number = f"{local}@{domain}", 1
        while wanted in self.population.by_email:
            number += 1
            wanted = f"{local}{number}@{domain}"
        return wanted
