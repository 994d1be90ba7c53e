"""Publishing a version and telling whom it concerns: one mail each, with only what touches them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain import publications
from kwartaal.domain.change_sight import as_seen_by, live_rows
from kwartaal.domain.changes import Change, ChangeKind, Subject, compare
from kwartaal.domain.digests import DIGEST_HOUR, digest_for
from kwartaal.domain.publication_checks import Draft
from kwartaal.domain.speaking import Speakers, Speaks, speaker_key, touching_speaker
from kwartaal.domain.version_changes import changes_of
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.concerned import registered_readers
from kwartaal.models.kept_cancellations import kept_cancellations, send_together, still_told
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, OutboxMail, enqueue
from kwartaal.models.person import Person
from kwartaal.models.publication import Publication, find_before
from kwartaal.models.published import Reader
from kwartaal.models.registration import ChoiceState, Registration
from kwartaal.models.speaking import resolved, speakers_among, speakers_in

NOBODY_SPEAKS, NOTHING_SPOKEN = Speakers(), Speaks()
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
    """Somebody who is registered or speaks, and the changes that touch them as they may know them.

    `kept` are mails about cancelled parts that wait for the version, to go with it. Who is neither
    registered nor a person we know is only a name.
    """

    name: str
    changes: tuple[Change, ...]
    person: Person | None
    registration: Registration | None = None
    speaks: Speaks = Speaks()
    reads: bool = True
    kept: tuple[OutboxMail, ...] = ()

    @property
    def can_be_mailed(self) -> bool:
        return self.reads and self.person is not None and bool(self.person.mail_address)

    @property
    def to_call(self) -> tuple[str, str | None]:
        """Name and telephone number, for a list."""
        return (self.person.list_name, self.person.phone) if self.person else (self.name, None)


def publish(meeting: Meeting, publisher: Person, now: datetime, how: Instructions) -> Publication:
    """Publish the draft, and tell whom it concerns unless the publisher chose not to.

    The mails are in the same transaction. Who was not told is counted and logged. Raises what
    publications.publish raises; callers commit.
    """
    version = publications.publish(meeting, publisher, now, how.seen, how.note)
    people = concerned_by(version, amsterdam_date(now))
    if how.tells:
        everybody = with_kept(people, meeting)
        version.told = _tell(version, everybody, now, how.digest_hour)
    elif people:
        version.told, version.untold = 0, len(people)
        about = f"meeting:{version.meeting.slug}"
        record(
            AuditAction.NOT_TOLD, now, publisher, about, version=version.number, people=len(people)
        )
    return version


def concerned_by(version: Publication, today: date) -> list[Concerned]:
    """Everybody who notices what a stored version changed."""
    changes = changes_of(version)
    if not changes:
        return []
    speakers = Speakers(speakers_in(find_before(version)), speakers_in(version))
    return concerned(version.meeting, changes, today, speakers)


def concerned_by_draft(draft: Draft, today: date) -> list[Concerned]:
    """Everybody who would notice what publishing a draft changes; () without a programme online."""
    if draft.latest is None or draft.latest.is_announcement:
        return []
    speakers = Speakers(speakers_in(draft.latest), speakers_among(draft.items))
    return concerned(draft.meeting, compare(draft.latest.content, draft.content), today, speakers)


def with_kept(
    people: Iterable[Concerned], meeting: Meeting, until: datetime | None = None
) -> list[Concerned]:
    """These people with the mails that wait for the version, and who else has such a mail.

    Not who left meanwhile: they have nothing to be told. For a version that comes later, the mails
    that wait until that moment. One query, two when there are any.
    """
    kept = kept_cancellations(meeting.id, until)
    known = [
        replace(one, kept=tuple(kept.pop(one.person.id, ()))) if one.person is not None else one
        for one in people
    ]
    others = [
        Concerned(mails[0].person.full_name, (), mails[0].person, kept=tuple(mails))
        for mails in still_told(kept, meeting.id)
    ]
    return known + others


def daily_mail_of(one: Concerned, meeting: Meeting, now: datetime, hour: int) -> datetime | None:
    """The daily mail in which somebody reads it; None when that is told at once.

    What waits for the version waits no longer than it would have without: who only has that, or
    has to read it before their daily mail, is told all of it at once.
    """
    if one.person is None or one.registration is None:
        return None
    moment = digest_for(one.person, meeting, now, hour)
    return moment if all(mail.digest_at == moment for mail in one.kept) else None


def concerned(
    meeting: Meeting,
    changes: tuple[Change, ...],
    today: date,
    speakers: Speakers = NOBODY_SPEAKS,
) -> list[Concerned]:
    """Who is registered or speaks, and notices one of these changes; eight queries at most."""
    if not changes:
        return []
    live = live_rows(meeting.id, changes)
    seen: dict[bool, tuple[Change, ...]] = {}
    people, registered = [], set()
    for registration, reader in registered_readers(meeting, today):
        if reader.is_member not in seen:
            seen[reader.is_member] = as_seen_by(reader, changes, live)
        person = registration.person
        registered.add(person.id)
        speaks = speakers.of(person.id)
        mine = touching(seen[reader.is_member], registration, speaks)
        if mine:
            people.append(Concerned(person.full_name, mine, person, registration, speaks))
    return people + _speaking_only(meeting, changes, today, speakers, registered)


def _speaking_only(
    meeting: Meeting,
    changes: tuple[Change, ...],
    today: date,
    speakers: Speakers,
    registered: Collection[int],
) -> list[Concerned]:
    """Who speaks and is not registered: what is in the programme, nothing of the agenda."""
    touched = {
        who: (speaks, mine)
        for who in speakers.everybody
        if who not in registered
        for speaks in [speakers.of(who)]
        for mine in [touching_speaker(changes, speaks, OF_THE_DAY)]
        if mine
    }
    return [
        Concerned(one.name, mine, one.person, speaks=speaks, reads=one.reads)
        for one in resolved(meeting, {who: speakers.everybody[who] for who in touched}, today)
        for speaks, mine in [touched[one.person.id if one.person else one.name]]
    ]


def changes_for(
    registration: Registration | None, version: Publication, reader: Reader
) -> tuple[tuple[Change, ...], Speaks]:
    """What a version changed for one person, with the choices and the openness of now."""
    changes, who = changes_of(version), reader.viewer.person_id or 0
    live = live_rows(version.meeting_id, changes)
    speaks = Speakers(speakers_in(find_before(version)), speakers_in(version)).of(who)
    return touching(as_seen_by(reader, changes, live), registration, speaks), speaks


def changes_taken_back(
    registration: Registration | None, version: Publication, latest: Publication, reader: Reader
) -> tuple[tuple[Change, ...], Speaks]:
    """What is as before again for one person, now that a version was retracted.

    That a workshop is cancelled counts in every version: retracting one takes nothing of it back.
    """
    changes = tuple(
        one for one in compare(version.content, latest.content) if one.kind != ChangeKind.CANCELLED
    )
    live = live_rows(version.meeting_id, changes)
    speakers = Speakers(speakers_in(version), speakers_in(latest))
    speaks = speakers.of(reader.viewer.person_id or 0)
    return touching(as_seen_by(reader, changes, live), registration, speaks), speaks


def waits_for(registration: Registration | None) -> frozenset[int]:
    """The items that somebody waits for a place in."""
    choices = registration.live_choices if registration is not None else []
    return frozenset(one.item_id for one in choices if one.state == ChoiceState.WAITING)


def touching(
    changes: Iterable[Change], registration: Registration | None, speaks: Speaks = NOTHING_SPOKEN
) -> tuple[Change, ...]:
    """Of these changes those that touch somebody.

    That are the title, the day and the place of the meeting, the agenda, the documents, what is for
    all, what this person chose or waits for, the rounds of that, a second session of what they wait
    for, and what they speak in.
    """
    known = tuple(one for one in changes if not _is_hidden(one))
    spoken = touching_speaker(known, speaks, OF_THE_DAY)
    if registration is None or not registration.is_live:
        return spoken
    choices = registration.live_choices
    mine = {choice.item_id for choice in choices} | {choice.round_id for choice in choices}
    waits = waits_for(registration)
    return tuple(one for one in known if _touches(one, mine, waits) or one in spoken)


def _is_hidden(change: Change) -> bool:
    """A point that this reader may not even know the title of asks nothing of them."""
    return change.subject == Subject.POINT and change.title is None


def _touches(change: Change, mine: set[int | None], waits: Collection[int]) -> bool:
    """That a part of their own is off, or on again, is told by that act, and may be otherwise."""
    if change.subject == Subject.MEETING:
        return change.kind in OF_THE_DAY
    if change.kind == ChangeKind.CANCELLED and not change.for_all:
        return False
    if change.kind == ChangeKind.ADDED and change.repeats in waits:
        return True
    return change.subject in FOR_EVERYBODY or change.for_all or change.id in mine


def _tell(version: Publication, people: Iterable[Concerned], now: datetime, hour: int) -> int:
    """Put the mails in the outbox, at once or for the daily mail; how many that are.

    What waits for the version goes with them.
    """
    told, together = 0, []
    for one in people:
        mail = _put_in(version, one, now)
        moment = daily_mail_of(one, version.meeting, now, hour)
        if mail is not None and moment is not None:
            mail.gather_at(moment)
        elif one.person is not None and one.kept:
            together.append(one.person.id)
            if mail is not None:
                mail.gather_at(now)
        told += mail is not None or bool(one.kept)
    send_together(version.meeting_id, together, now)
    return told


def _put_in(version: Publication, one: Concerned, now: datetime) -> OutboxMail | None:
    """The row about what the version changed for somebody, if it did and a mail reaches them."""
    if one.person is None or not one.reads or not one.changes:
        return None
    return enqueue(
        MailKind.CHANGED,
        one.person,
        _key(version, one.person, one.registration),
        now,
        meeting_id=version.meeting_id,
        publication=version,
    )


def _key(version: Publication, person: Person, registration: Registration | None) -> str:
    if registration is None:
        return f"{speaker_key(person.id)}:{version.meeting_id}:{version.number}"
    return f"{version.meeting_id}:{version.number}:{registration.id}"
