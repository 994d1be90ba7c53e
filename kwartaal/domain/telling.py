"""Publishing a version and telling whom it concerns: one mail each, with only what touches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain import publications
from kwartaal.domain.change_sight import as_seen_by, live_rows
from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.domain.digests import DIGEST_HOUR, digest_for
from kwartaal.domain.version_changes import changes_of
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.concerned import registered_readers
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.publication import Publication
from kwartaal.models.published import Reader
from kwartaal.models.registration import Registration

FOR_EVERYBODY = (Subject.POINT, Subject.DOCUMENT)
# Of the meeting itself, for everybody who comes: what stands in their calendar.
OF_THE_DAY = (ChangeKind.RETITLED, ChangeKind.TIME, ChangeKind.PLACE, ChangeKind.ONLINE)


@dataclass(frozen=True)
class Instructions:
    """How a version is published: the hash of the draft one looked at, a note, told or not.

    `digest_hour` is the hour in Amsterdam at which daily mails go.
    """

    seen: str | None = None
    note: str = ""
    tells: bool = True
    digest_hour: int = DIGEST_HOUR


@dataclass(frozen=True)
class Concerned:
    """Somebody who is registered, and the changes that touch them as they may know them."""

    registration: Registration
    changes: tuple[Change, ...]

    @property
    def person(self) -> Person:
        return self.registration.person

    @property
    def can_be_mailed(self) -> bool:
        return bool(self.person.mail_address)


def publish(meeting: Meeting, publisher: Person, now: datetime, how: Instructions) -> Publication:
    """Publish the draft, and tell whom it concerns unless the publisher chose not to.

    The mails are in the same transaction. Who was not told is counted and logged. Raises what
    publications.publish raises; callers commit.
    """
    version = publications.publish(meeting, publisher, now, how.seen, how.note)
    people = concerned(version.meeting, changes_of(version), amsterdam_date(now))
    if how.tells:
        version.told = _tell(version, people, now, how.digest_hour)
    elif people:
        version.told, version.untold = 0, len(people)
        about = f"meeting:{version.meeting.slug}"
        record(
            AuditAction.NOT_TOLD, now, publisher, about, version=version.number, people=len(people)
        )
    return version


def concerned(meeting: Meeting, changes: tuple[Change, ...], today: date) -> list[Concerned]:
    """Everybody who is registered and notices one of these changes; six queries at most."""
    if not changes:
        return []
    live = live_rows(meeting.id, changes)
    seen: dict[bool, tuple[Change, ...]] = {}
    people = []
    for registration, reader in registered_readers(meeting, today):
        if reader.is_member not in seen:
            seen[reader.is_member] = as_seen_by(reader, changes, live)
        mine = touching(seen[reader.is_member], registration)
        if mine:
            people.append(Concerned(registration, mine))
    return people


def changes_for(
    registration: Registration, version: Publication, reader: Reader
) -> tuple[Change, ...]:
    """What a version changed for one person, with the choices and the openness of now."""
    changes = changes_of(version)
    live = live_rows(version.meeting_id, changes)
    return touching(as_seen_by(reader, changes, live), registration)


def touching(changes: Iterable[Change], registration: Registration) -> tuple[Change, ...]:
    """Of these changes those that touch somebody.

    That are the title, the day and the place of the meeting, the agenda, the documents, what is for
    all, what this person chose or waits for, and the rounds of that.
    """
    choices = registration.live_choices
    mine = {choice.item_id for choice in choices} | {choice.round_id for choice in choices}
    return tuple(one for one in changes if _touches(one, mine))


def _touches(change: Change, mine: set[int | None]) -> bool:
    if change.subject == Subject.MEETING:
        return change.kind in OF_THE_DAY
    return change.subject in FOR_EVERYBODY or change.for_all or change.id in mine


def _tell(version: Publication, people: Iterable[Concerned], now: datetime, hour: int) -> int:
    """Put the mails in the outbox, at once or for the daily mail; how many that are."""
    told = 0
    for one in people:
        mail = enqueue(
            MailKind.CHANGED,
            one.person,
            f"{version.meeting_id}:{version.number}:{one.registration.id}",
            now,
            meeting_id=version.meeting_id,
            publication=version,
        )
        if mail is None:
            continue
        told += 1
        moment = digest_for(one.person, version.meeting, now, hour)
        if moment is not None:
            mail.wait_for_digest(moment)
    return told
