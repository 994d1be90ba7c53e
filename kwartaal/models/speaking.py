"""Who speaks in what, as a version has it: to tell speakers what is different for them.

A version holds names alone. Who of them we know is kept beside it, so that somebody who was taken
off can still be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, lazyload, mapped_column

from kwartaal.db import Model, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.publication import Publication, find_latest
from kwartaal.models.visibility import members_on

Who = int | str  # the id of a person we know, or a name
Parts = Mapping[int, int | None]  # the items somebody speaks in, each with its round


class PublicationSpeaker(Model):
    """A speaker of a version whom we know; the version itself holds the name, and what is said."""

    __tablename__ = "publication_speaker"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True
    )
    # As in the content, where a row may be gone later.
    item_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class Named(NamedTuple):
    """One name in a content: at which item, in which round, and the how manieth there."""

    item_id: int
    round_id: int | None
    position: int
    name: str


class SpeakerOnSite(NamedTuple):
    """Somebody who speaks at a meeting as readers see it. `reads` is false for who is only a name,
    and for who may not see the meeting: no mail tells them of it.
    """

    name: str
    person: Person | None
    parts: Parts
    reads: bool

    @property
    def can_be_mailed(self) -> bool:
        return self.reads and self.person is not None and bool(self.person.mail_address)

    @property
    def to_call(self) -> tuple[str, str | None]:
        """Name and telephone number, for a list."""
        return (self.person.list_name, self.person.phone) if self.person else (self.name, None)


def keep_speakers(version: Publication, before: Publication | None) -> None:
    """Write down whom we know of the speakers in a version, which is complete; two queries.

    `before` is the version that readers saw until now: what moves or comes back holds its names.
    """
    named = list(names_in(version.content))
    if not named:
        return
    db.session.flush()
    known = _known_in_draft(version.meeting_id)
    if before is not None:
        earlier: dict[tuple[int, str], list[int | None]] = {}
        people = _people_of(before.id)
        for one in names_in(before.content):
            person_id = people.get((one.item_id, one.position))
            earlier.setdefault((one.item_id, one.name), []).append(person_id)
        known = earlier | known
    for one in named:
        same = known.get((one.item_id, one.name))
        person_id = same.pop(0) if same else None
        if person_id is not None:
            row = PublicationSpeaker(publication_id=version.id, person_id=person_id)
            row.item_id, row.position = one.item_id, one.position
            db.session.add(row)


def names_in(content: Mapping[str, Any]) -> Iterator[Named]:
    """Every speaker in a publication's content."""
    for item in content["items"]:
        yield from _names_at(item, None)
        for workshop in item["workshops"]:
            yield from _names_at(workshop, item["id"])


def _names_at(part: Mapping[str, Any], round_id: int | None) -> Iterator[Named]:
    for position, speaker in enumerate(part["speakers"]):
        yield Named(part["id"], round_id, position, speaker["name"])


def speakers_in(version: Publication | None) -> dict[Who, dict[int, int | None]]:
    """Who speaks in what in a version; one query."""
    if version is None:
        return {}
    people, found = _people_of(version.id), dict[Who, dict[int, int | None]]()
    for one in names_in(version.content):
        who: Who = people.get((one.item_id, one.position)) or one.name
        found.setdefault(who, {})[one.item_id] = one.round_id
    return found


def speakers_among(items: Iterable[ProgrammeItem]) -> dict[Who, dict[int, int | None]]:
    """The same in a draft, which comes with its speakers."""
    found: dict[Who, dict[int, int | None]] = {}
    for item in items:
        for speaker in item.speakers:
            found.setdefault(speaker.person_id or speaker.name, {})[item.id] = item.round_id
    return found


def resolved(meeting: Meeting, parts: Mapping[Who, Parts], today: date) -> list[SpeakerOnSite]:
    """These speakers, each with the person and whether they may read of the meeting."""
    ids = [who for who in parts if isinstance(who, int)]
    statement = select(Person).options(lazyload(Person.roles)).where(Person.id.in_(ids))
    people = {one.id: one for one in db.session.scalars(statement)} if ids else {}
    body_id = meeting.series.body_id
    members = set(db.session.scalars(members_on(body_id, today))) if body_id and ids else set()
    return [
        SpeakerOnSite(
            person.full_name if person else str(who),
            person,
            parts[who],
            person is not None and (meeting.is_public or person.id in members),
        )
        for who in parts
        for person in [people.get(who) if isinstance(who, int) else None]
        if person is not None or isinstance(who, str)
    ]


def speakers_on_site(
    meeting: Meeting, today: date, item_id: int | None = None
) -> list[SpeakerOnSite]:
    """Who speaks at a meeting, or in one item of it, in the version readers see; four queries."""
    parts = speakers_in(find_latest(meeting.id))
    if item_id is not None:
        parts = {who: mine for who, mine in parts.items() if item_id in mine}
    return resolved(meeting, parts, today)


def _people_of(publication_id: int) -> dict[tuple[int, int], int]:
    statement = select(PublicationSpeaker).where(
        PublicationSpeaker.publication_id == publication_id
    )
    rows = db.session.scalars(statement)
    return {(row.item_id, row.position): row.person_id for row in rows}


def _known_in_draft(meeting_id: int) -> dict[tuple[int, str], list[int | None]]:
    statement = (
        select(Speaker.item_id, Speaker.name, Speaker.person_id)
        .join(ProgrammeItem, ProgrammeItem.id == Speaker.item_id)
        .where(ProgrammeItem.meeting_id == meeting_id)
        .order_by(Speaker.position, Speaker.id)
    )
    known: dict[tuple[int, str], list[int | None]] = {}
    for item_id, name, person_id in db.session.execute(statement):
        known.setdefault((item_id, name), []).append(person_id)
    return known
