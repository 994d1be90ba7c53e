"""The addresses of the site: every rule with every object of the region filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from kwartaal.db import Base, db
from kwartaal.models.account import UserSession
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.meeting import Meeting, MeetingSlug
from kwartaal.models.organisation import Organisation
from kwartaal.models.people_import import PeopleImport
from kwartaal.models.person import Office, Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.publication import Publication
from kwartaal.models.registration import Choice, Registration
from kwartaal.models.series import Series
from kwartaal.models.venue import Room, Venue

PART = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
Values = tuple[object, ...]
Stored = TypeVar("Stored", bound=Base)

# A token that nobody guesses; who has a real one is asked by the links in mails and pages.
SECRET = ("e-mailadres", "stoppen", "link", "persoonlijk")

# The kinds of list that come whole at the end.
MADE_AT_ONCE = ("ods", "pdf", "xlsx")

# What asks for more than the plain page does.
QUESTIONS = {
    "accounts.index": ("zoek=zq",),
    "agenda.find_speaker": ("zoek=zq",),
    "attendance.walk_in": ("zoek=zq",),
    "calendar.composed": ("onderdelen=ja&termijnen=ja",),
    "people.index": ("zoek=zq",),
    "programme.speakers": ("zoek=zq",),
    "publications.compare": ("van=1&naar=2", "van=2&naar=3"),
    "publications.preview": ("als=uzelf", "als=raad"),
}


class Places:
    """What may stand in an address, read from the database once."""

    def __init__(self, app: Flask) -> None:
        self.rules = sorted(
            (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"),
            key=lambda rule: rule.rule,
        )
        with app.app_context():
            self.values = _of_meetings() | _of_people() | _of_the_rest()

    def at(self, rule: Rule) -> Iterator[str]:
        """Every address of a rule, and what can be asked at one of each owner."""
        yield from (filled(rule, values) for values in self.values_of(rule))
        questions = QUESTIONS.get(rule.endpoint, ())
        yield from (f"{path}?{one}" for path, one in product(self.one_per_owner(rule), questions))

    def one_per_owner(self, rule: Rule) -> Iterator[str]:
        """An address of a rule for one thing of each meeting, venue, person ..."""
        owners = {values[:1]: values for values in reversed(self.values_of(rule))}
        return (filled(rule, values) for values in owners.values())

    def first_at(self, rule: Rule) -> str:
        return next(self.at(rule))

    def values_of(self, rule: Rule) -> list[Values]:
        """A rule of a kind that is not here yet makes the test fail."""
        return self.values[" ".join(_words_before(rule))] if rule.arguments else [()]


def filled(rule: Rule, values: Values) -> str:
    left = iter(values)
    return PART.sub(lambda _part: quote(str(next(left))), rule.rule)


def _words_before(rule: Rule) -> Iterator[str]:
    """What stands before each part of an address that varies: "bijeenkomsten", "agenda"."""
    parts = rule.rule.split("/")
    for before, part in zip(parts, parts[1:], strict=False):
        if "<" in part:
            yield PART.sub(r"<\1>", before)


def _of_meetings() -> dict[str, list[Values]]:
    slugs = [one.slug for one in rows(Meeting)]
    former = [one.slug for one in rows(MeetingSlug)]
    slug_of = {one.id: one.slug for one in rows(Meeting)}
    own = {
        table: with_strange([(slug_of[one.meeting_id], one.public_id) for one in rows(table)])
        for table in (AgendaItem, Document, ProgrammeItem, Registration)
    }
    speakers: list[Values] = [
        (slug_of[one.item.meeting_id], one.item.public_id, one.public_id) for one in rows(Speaker)
    ]
    versions = [(slug_of[one.meeting_id], one.number) for one in rows(Publication)]
    choices: list[Values] = [
        (slug_of[one.meeting_id], one.item.public_id, one.registration.public_id)
        for one in rows(Choice)
    ]
    made: list[Values] = list(product(slugs, MADE_AT_ONCE))
    return {
        "bijeenkomsten": [(slug,) for slug in (*slugs, *former)],
        "bijeenkomst": [(slug,) for slug in (*slugs, *former)],
        "aanmeldingen": [(slug,) for slug in (*slugs, *former)],
        "bijeenkomsten agenda": own[AgendaItem],
        "bijeenkomsten programma": own[ProgrammeItem],
        "bijeenkomsten workshops": own[ProgrammeItem],
        "bijeenkomsten programma sprekers": speakers,
        "bijeenkomsten nieuw": [(slug, "workshop") for slug in slugs],
        "bijeenkomsten stukken": own[Document],
        "bijeenkomsten versie": with_strange(versions),
        "bijeenkomsten versies": with_strange(versions),
        "bijeenkomsten aanwezigheid": own[Registration],
        "bijeenkomsten wachtlijst": own[Registration],
        "bijeenkomsten wachtlijst <item>": choices,
        "bijeenkomsten inloop": list(product(slugs[:2], (one.public_id for one in rows(Person)))),
        "bijeenkomsten exporteren": made,
        "bijeenkomsten bestand": [(slug, "geheim") for slug in slugs],
        "bijeenkomsten terugkoppeling": list(product(slugs, _slugs(Organisation))),
        "stukken <public_id>": [(one.public_id, "x.pdf") for one in rows(DocumentVersion)],
    }


def _of_people() -> dict[str, list[Values]]:
    people: list[Values] = [(one.public_id,) for one in rows(Person)]
    offices = [(one.person.public_id, one.public_id) for one in rows(Office)]
    known: dict[str, list[Values]] = {
        "personen": people,
        "accounts": people,
        "personen ambten": with_strange(offices),
        "importeren": [(one.public_id,) for one in rows(PeopleImport)],
        "agenda": [(one.public_id,) for one in rows(CalendarFeed)],
        "sessies": [(one.public_id,) for one in rows(UserSession)],
    }
    return known | dict.fromkeys(SECRET, [("geheim",)])


def _of_the_rest() -> dict[str, list[Values]]:
    series, venues = _slugs(Series), _slugs(Venue)
    organisations: list[Values] = [(slug,) for slug in _slugs(Organisation)]
    years = sorted({one.starts_at.year for one in rows(Meeting)})
    return {
        "reeksen": [(slug,) for slug in series],
        "reeks": [(slug,) for slug in series],
        "reeksen jaar": list(product(series, years)),
        "locaties": [(slug,) for slug in venues],
        "locaties zalen": with_strange([(one.venue.slug, one.public_id) for one in rows(Room)]),
        "organisaties": organisations,
        "gemeente": organisations,
        "postvak": [("x",)],
        "postvak bijlage <number>": [("x", 1, "x")],
    }


def rows(table: type[Stored]) -> list[Stored]:
    return db.session.query(table).order_by(sa.inspect(table).primary_key[0]).all()


def _slugs(table: type[Organisation | Series | Venue]) -> list[str]:
    return [one.slug for one in rows(table)]


def with_strange(pairs: list[tuple[object, object]]) -> list[Values]:
    """Things under their own owner, and one under an owner that it does not belong to."""
    owner, last = pairs[0][0], pairs[-1][1]
    return [*pairs, (owner, last)]
