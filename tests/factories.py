"""Objects to test with. Each function gives an unsaved object that is right by itself."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta

from kwartaal.models.agenda import AgendaItem
from kwartaal.models.body import Body, Membership
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.meeting import Meeting, MeetingAudience, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import (
    Audience,
    OfficeAudience,
    OfficeKind,
    Organisation,
    OrganisationKind,
)
from kwartaal.models.person import Office, Person, Role, RoleGrant
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.series import Purpose, Series
from kwartaal.models.venue import Room, Venue

number = itertools.count(1)
START = datetime(2027, 3, 23, 11, 0, tzinfo=UTC)  # Tuesday 12.00 in Amsterdam
ALL_AUDIENCES = tuple(Audience)


def an_organisation(
    name: str = "", kind: OrganisationKind = OrganisationKind.MUNICIPALITY
) -> Organisation:
    n = next(number)
    return Organisation(slug=f"organisatie-{n}", name=name or f"Organisatie {n}", kind=kind)


def an_office_kind(
    name: str = "", audience: Audience = Audience.RAAD, **audiences: Audience
) -> OfficeKind:
    """A kind of office that gives one group in municipalities; more by keyword (company=…)."""
    n = next(number)
    kinds = {"municipality": audience, **audiences}
    return OfficeKind(
        code=f"ambt-{n}",
        name=name or f"ambt {n}",
        audiences=[
            OfficeAudience(organisation_kind=OrganisationKind(kind), audience=group)
            for kind, group in kinds.items()
        ],
    )


def a_person(first_name: str = "Anna", last_name: str = "", **columns: object) -> Person:
    n = next(number)
    columns.setdefault("email", f"persoon{n}@voorbeeld.example")
    return Person(first_name=first_name, last_name=last_name or f"Jansen{n}", **columns)


def an_office(person: Person, **columns: object) -> Office:
    """An office since 2022, of a kind that gives the group raad unless told otherwise."""
    columns.setdefault("organisation", an_organisation())
    columns.setdefault("kind", an_office_kind())
    columns.setdefault("starts_on", date(2022, 3, 30))
    return Office(person=person, **columns)


def a_council_member(**columns: object) -> Person:
    """A person with one current office in the group raad."""
    person = a_person(**columns)
    an_office(person)
    return person


def staff(role: Role = Role.GRIFFIE, **columns: object) -> Person:
    person = a_person(**columns)
    person.roles.append(RoleGrant(role=role))
    return person


def a_series(**columns: object) -> Series:
    n = next(number)
    columns.setdefault("slug", f"reeks-{n}")
    columns.setdefault("name", f"Reeks {n}")
    columns.setdefault(
        "purposes", [Purpose(name="informeren", position=1), Purpose(name="ophalen", position=2)]
    )
    return Series(**columns)


def a_venue(**columns: object) -> Venue:
    n = next(number)
    columns.setdefault("slug", f"locatie-{n}")
    columns.setdefault("name", f"Locatie {n}")
    columns.setdefault("town", "Sliedrecht")
    columns.setdefault(
        "rooms", [Room(name="Grote zaal", capacity=200), Room(name="Kil", capacity=30)]
    )
    return Venue(**columns)


def a_meeting(**columns: object) -> Meeting:
    """A published, public meeting of six hours that takes registrations of all groups now."""
    n = next(number)
    start = columns.setdefault("starts_at", START)
    columns.setdefault("slug", f"bijeenkomst-{n}")
    columns.setdefault("title", f"Bijeenkomst {n}")
    columns.setdefault("series", a_series())
    columns.setdefault("venue", a_venue())
    columns.setdefault("ends_at", start + timedelta(hours=6))
    columns.setdefault("openness", Openness.OPENBAAR)
    columns.setdefault("state", MeetingState.PUBLISHED)
    columns.setdefault("created_at", start - timedelta(days=60))
    columns.setdefault("registration_opens_at", start - timedelta(days=40))
    columns.setdefault("registration_closes_at", start - timedelta(days=4))
    columns.setdefault("promotes_until", start - timedelta(days=1))
    audiences = columns.pop("audiences", ALL_AUDIENCES)
    return Meeting(audiences=[MeetingAudience(audience=a) for a in audiences], **columns)


def an_item(
    meeting: Meeting, kind: ItemKind = ItemKind.PLENARY, **columns: object
) -> ProgrammeItem:
    """An item of an hour from the start of the meeting."""
    n = next(number)
    columns.setdefault("title", f"Onderdeel {n}")
    start = columns.setdefault("starts_at", meeting.starts_at)
    columns.setdefault("ends_at", start + timedelta(hours=1))
    return ProgrammeItem(meeting=meeting, kind=kind, **columns)


def a_round(meeting: Meeting, after_hours: float = 1, **columns: object) -> ProgrammeItem:
    columns.setdefault("starts_at", meeting.starts_at + timedelta(hours=after_hours))
    return an_item(meeting, ItemKind.ROUND, **columns)


def a_workshop(round_: ProgrammeItem, maximum: int | None = 20, **columns: object) -> ProgrammeItem:
    """A workshop that fills its round."""
    return an_item(
        round_.meeting,
        ItemKind.WORKSHOP,
        round=round_,
        starts_at=round_.starts_at,
        ends_at=round_.ends_at,
        sign_up=SignUp.LIMITED if maximum else SignUp.OPEN,
        maximum=maximum,
        **columns,
    )


def an_agenda_item(meeting: Meeting, **columns: object) -> AgendaItem:
    n = next(number)
    columns.setdefault("title", f"Agendapunt {n}")
    columns.setdefault("position", n)
    columns.setdefault("links", [])
    return AgendaItem(meeting=meeting, **columns)


def a_body(**columns: object) -> Body:
    n = next(number)
    columns.setdefault("slug", f"gremium-{n}")
    columns.setdefault("name", f"Gremium {n}")
    return Body(**columns)


def a_membership(person: Person, body: Body, **columns: object) -> Membership:
    columns.setdefault("starts_on", date(2022, 1, 1))
    return Membership(person=person, body=body, **columns)


def a_version(**columns: object) -> DocumentVersion:
    """A PDF of two pages; tests.stored_files puts its content on disk."""
    columns.setdefault("public_id", uuid.uuid4())
    columns.setdefault("number", 1)
    columns.setdefault("file_name", "stuk.pdf")
    columns.setdefault("media_type", "application/pdf")
    columns.setdefault("size", 1000)
    columns.setdefault("sha256", "0" * 64)
    columns.setdefault("pages", 2)
    columns.setdefault("warnings", [])
    columns.setdefault("uploaded_at", START - timedelta(days=30))
    if "uploader" not in columns:
        columns["uploader"] = staff()
    columns.setdefault("storage_name", uuid.uuid4().hex)
    return DocumentVersion(**columns)


def a_document(meeting: Meeting, **columns: object) -> Document:
    """An open document of one version, under an agenda item if one is given."""
    n = next(number)
    columns.setdefault("title", f"Stuk {n}")
    columns.setdefault("position", n)
    columns.setdefault("versions", [a_version()])
    columns.setdefault("under_item", columns.get("agenda_item") is not None)
    return Document(meeting=meeting, **columns)
