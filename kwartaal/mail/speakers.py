"""Mails to who speaks at a meeting and is not told as one who is registered (decision 0032)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from kwartaal.domain.speaking import Speaks
from kwartaal.mail.letter import Letter
from kwartaal.mail.lost_parts import Lost, lost_in
from kwartaal.mail.meetings import seen_by_reader, when_and_where
from kwartaal.mail.moves_and_cancellations import in_one_line, off_subject
from kwartaal.mail.news import Fact, spoken_in, to_programme
from kwartaal.mail.restorations import on_subject
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import first_move_untold, latest_move
from kwartaal.models.outbox import MailKind, OutboxMail, was_told
from kwartaal.models.publication import Publication, find_latest
from kwartaal.models.published import PublishedMeeting
from kwartaal.models.speaking import speakers_in


@dataclass(frozen=True)
class Spoken:
    """A meeting that the reader speaks at in the version readers see."""

    meeting: Meeting
    published: PublishedMeeting
    version: Publication
    speaks: Speaks

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Time and place, and what the reader speaks in."""
        off = [one.id for one in self.published.all_items if one.cancelled is not None]
        spoken = spoken_in(self.version.content, self.speaks, off)
        return (*when_and_where(self.published), *spoken)


def moved(mail: OutboxMail, now: datetime) -> Letter | None:
    """Old and new date and place; of several moves the newest mail tells all."""
    spoken = _find_spoken(mail, now)
    latest = latest_move(mail.meeting_id or 0)
    if spoken is None or latest is None or spoken.meeting.is_cancelled:
        return None
    if not mail.dedupe_key.endswith(f":{latest.id}"):  # whether sent as registered or as speaker
        return None
    first = first_move_untold(spoken.meeting.id, mail.person_id) or latest
    was = when_and_where(first.published_before)
    if was == when_and_where(spoken.published):
        return None
    return Letter(
        subject=_("Verplaatst: %(title)s", title=spoken.published.title),
        sentences=(_("Deze bijeenkomst is verplaatst. U bent spreker. Kijk of u dan kunt."),),
        facts=((_("Was"), in_one_line(was)), *spoken.facts),
        action=to_programme(spoken.meeting.slug),
        closing=(_("Kunt u dan niet? Laat het de griffie weten."),),
    )


def cancelled(mail: OutboxMail, now: datetime) -> Letter | None:
    spoken = _find_spoken(mail, now)
    if spoken is None or not spoken.meeting.is_cancelled:
        return None
    cancelled_at, reason = spoken.meeting.cancelled_at, spoken.meeting.cancel_reason
    if cancelled_at and mail.created_at < cancelled_at:
        return None  # restored since, and cancelled once more
    return Letter(
        subject=_("Gaat niet door: %(title)s", title=spoken.published.title),
        sentences=(
            _("Deze bijeenkomst, waar u spreker zou zijn, gaat niet door."),
            *((_("Reden: %(reason)s", reason=reason),) if reason else ()),
        ),
        facts=when_and_where(spoken.published),
    )


def restored(mail: OutboxMail, now: datetime) -> Letter | None:
    """Only for who read, or is reading, that it was off."""
    spoken = _find_spoken(mail, now)
    if spoken is None or spoken.meeting.is_cancelled or not was_told(mail, MailKind.CANCELLED):
        return None
    return Letter(
        subject=_("Gaat toch door: %(title)s", title=spoken.published.title),
        sentences=(_("Deze bijeenkomst gaat toch door. U bent weer spreker."),),
        facts=spoken.facts,
        action=to_programme(spoken.meeting.slug),
        closing=(_("Kunt u niet meer? Laat het de griffie weten."),),
    )


def find_spoken_off(mail: OutboxMail, now: datetime) -> tuple[Spoken, Lost] | None:
    """The cancelled part, for who speaks in it in the version readers see."""
    spoken = _find_spoken(mail, now)
    if spoken is None or spoken.meeting.is_cancelled or mail.item_id not in spoken.speaks.after:
        return None
    if mail.item and mail.item.cancelled_at and mail.created_at < mail.item.cancelled_at:
        return None  # restored since, and cancelled once more
    lost = lost_in(spoken.published, mail.item_id)
    return (spoken, lost) if lost is not None else None


def workshop_cancelled(mail: OutboxMail, now: datetime) -> Letter | None:
    found = find_spoken_off(mail, now)
    if found is None:
        return None
    spoken, lost = found
    return Letter(
        subject=off_subject(lost.item),
        sentences=(
            _("‘%(title)s’, waar u spreker zou zijn, gaat niet door.", title=lost.item.title),
            _("Reden: %(reason)s", reason=lost.reason),
            _("De rest van de bijeenkomst gaat wel door."),
        ),
        facts=((_("Bijeenkomst"), spoken.published.title), *spoken.facts),
        action=to_programme(spoken.meeting.slug),
    )


def workshop_restored(mail: OutboxMail, now: datetime) -> Letter | None:
    """Only for who read, or is reading, that it was off."""
    spoken = _find_spoken(mail, now)
    if spoken is None or not was_told(mail, MailKind.WORKSHOP_CANCELLED):
        return None
    item = next((one for one in spoken.published.all_items if one.id == mail.item_id), None)
    if item is None or item.cancelled is not None or spoken.meeting.is_cancelled:
        return None
    return Letter(
        subject=on_subject(item),
        sentences=(_("‘%(title)s’ gaat toch door. U bent weer spreker.", title=item.title),),
        facts=((_("Bijeenkomst"), spoken.published.title), *spoken.facts),
        action=to_programme(spoken.meeting.slug),
        closing=(_("Kunt u niet meer? Laat het de griffie weten."),),
    )


def _find_spoken(mail: OutboxMail, now: datetime) -> Spoken | None:
    """None for who was taken off meanwhile, or may not see the meeting."""
    meeting, published = seen_by_reader(mail, now)
    version = find_latest(mail.meeting_id or 0)
    if meeting is None or published is None or version is None:
        return None
    parts = speakers_in(version).get(mail.person_id)
    return Spoken(meeting, published, version, Speaks({}, parts)) if parts else None
