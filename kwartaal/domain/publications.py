"""The life of a meeting in public: announce, publish, cancel.

Callers hold the meeting's row (decision 0006), so that versions are numbered one by one and nobody
registers for what is just being cancelled; and they commit.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain.publication_checks import Draft, refusals
from kwartaal.domain.publication_refusals import WasOnline
from kwartaal.domain.refusals import (
    AlreadyCancelled,
    DraftChanged,
    MeetingIsOver,
    NotAConcept,
    NotAnnouncedYet,
)
from kwartaal.domain.slugs import follow_title
from kwartaal.domain.snapshots import Content, announcement, content_hash, snapshot
from kwartaal.domain.speaking import tell_speakers
from kwartaal.models import locks
from kwartaal.models.agenda import agenda_of
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.calendar import back_in_calendars, meeting_changed
from kwartaal.models.document import documents_of
from kwartaal.models.meeting import Meeting, MeetingState, delete_meeting
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person
from kwartaal.models.programme import programme_of
from kwartaal.models.publication import (
    ANNOUNCEMENT,
    Publication,
    add_version,
    find_latest,
    last_number,
)
from kwartaal.models.published_documents import keep_documents
from kwartaal.models.registration import Registration, live_registrations
from kwartaal.models.room_use import held_elsewhere
from kwartaal.models.speaking import keep_speakers

__all__ = [
    "announce",
    "cancel",
    "delete_concept",
    "draft_of",
    "has_unpublished_changes",
    "next_version",
    "publish",
    "publish_content",
    "restore",
    "snapshot",
    "store_version",
]


def draft_of(meeting: Meeting) -> Draft:
    """The draft as it stands, with the version it would replace."""
    items = programme_of(meeting.id)
    content = snapshot(meeting, items, agenda_of(meeting.id), documents_of(meeting.id))
    return Draft(meeting, items, content, find_latest(meeting.id), held_elsewhere(meeting))


def has_unpublished_changes(draft: Draft) -> bool:
    """Whether readers of a published meeting see something else than its draft."""
    if draft.meeting.state != MeetingState.PUBLISHED or draft.latest is None:
        return False
    return not draft.is_shown


def announce(meeting: Meeting, actor: Person, now: datetime) -> Publication:
    """Make date and place of a concept known, without its programme; the place may follow.

    Raises NotAConcept.
    """
    if meeting.state != MeetingState.CONCEPT:
        raise NotAConcept
    meeting.state = MeetingState.ANNOUNCED
    version = Publication(meeting=meeting, number=ANNOUNCEMENT)
    return _log(store_version(version, announcement(meeting), actor, now), now)


def publish(
    meeting: Meeting, publisher: Person, now: datetime, seen: str | None = None, note: str = ""
) -> Publication:
    """Freeze programme and agenda as the next version, which pages and feeds read from now on.

    `seen` is the hash of the draft that the publisher looked at, so that nobody publishes what a
    colleague typed a second ago; None is for who had no page. `note` is what readers are told with
    the version.
    Raises DraftChanged, or the first refusal of publication_checks.
    """
    draft = draft_of(meeting)
    if seen is not None and seen != draft.hash:
        raise DraftChanged
    for refusal in refusals(draft):
        raise refusal
    meeting.state = MeetingState.PUBLISHED
    if draft.latest and draft.latest.content["title"] != meeting.title:
        follow_title(meeting)
    version = publish_content(meeting, draft.content, publisher, now)
    version.note = note
    return version


def publish_content(
    meeting: Meeting, content: Content, actor: Person, now: datetime
) -> Publication:
    """Let readers see a given content as the next version; the draft stays as it is."""
    return _log(store_version(next_version(meeting), content, actor, now), now)


def restore(meeting: Meeting, before: Publication, actor: Person, now: datetime) -> Publication:
    """Let readers see an earlier version again, as the next one; the draft stays as it is."""
    version = publish_content(meeting, before.content, actor, now)
    version.restores = before.number if before.restores is None else before.restores
    return version


def cancel(meeting: Meeting, reason: str, actor: Person, now: datetime) -> list[Registration]:
    """Call a meeting off and tell everybody who is registered or speaks; returns who is registered.

    Who has no address gets no mail. Registrations stay as they were. Raises NotAnnouncedYet,
    AlreadyCancelled or MeetingIsOver.
    """
    _check_can_be_cancelled(meeting, now)
    meeting.state = MeetingState.CANCELLED
    meeting.cancelled_at = now
    meeting.cancel_reason = reason
    meeting_changed(meeting, now)
    locks.lock_everybody(meeting.id)
    concerned = live_registrations(meeting.id)
    for registration in concerned:
        enqueue(
            MailKind.CANCELLED,
            registration.person,
            f"{registration.id}:{meeting.calendar_revision}",
            now,
            meeting_id=meeting.id,
        )
    registered = [one.person_id for one in concerned]
    tell_speakers(MailKind.CANCELLED, meeting, str(meeting.calendar_revision), now, registered)
    record(AuditAction.CANCELLED, now, actor, f"meeting:{meeting.slug}", registered=len(concerned))
    return concerned


def delete_concept(meeting: Meeting) -> None:
    """Throw a concept away, with its programme and agenda; raises NotAConcept or WasOnline."""
    if meeting.state != MeetingState.CONCEPT:
        raise NotAConcept
    if last_number(meeting.id) is not None:
        raise WasOnline
    delete_meeting(meeting)


def _check_can_be_cancelled(meeting: Meeting, now: datetime) -> None:
    if meeting.state == MeetingState.CONCEPT:
        raise NotAnnouncedYet
    if meeting.is_cancelled:
        raise AlreadyCancelled
    if meeting.ends_at <= now:
        raise MeetingIsOver


def next_version(meeting: Meeting) -> Publication:
    """An empty one; numbers count on, also past versions that were retracted."""
    number = (last_number(meeting.id) or ANNOUNCEMENT) + 1
    return Publication(meeting=meeting, number=number)


def store_version(
    version: Publication, content: Content, publisher: Person, now: datetime
) -> Publication:
    """Let readers see a content from now on, with its documents, and raise the calendar's revision.

    `version` is the next one, or the announcement that is written again. Callers write the log.
    """
    before = find_latest(version.meeting_id or version.meeting.id)
    version.content, version.content_hash = content, content_hash(content)
    version.published_at, version.publisher = now, publisher
    add_version(version)
    keep_documents(version)
    keep_speakers(version, before)
    meeting_changed(version.meeting, now)
    back_in_calendars(version.meeting, now)
    return version


def _log(version: Publication, now: datetime) -> Publication:
    action = AuditAction.ANNOUNCED if version.is_announcement else AuditAction.PUBLISHED
    about = f"meeting:{version.meeting.slug}"
    record(action, now, version.publisher, about, version=version.number)
    return version
