"""Mails about what versions changed, made from the stored versions when they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.changes import Change
from kwartaal.domain.digests import settled
from kwartaal.domain.speaking import Speaks
from kwartaal.domain.telling import changes_for, changes_taken_back
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Letter
from kwartaal.mail.meetings import (
    About,
    facts_of,
    seen_by_reader,
    to_registration,
    when_and_where,
)
from kwartaal.mail.news import News, facts_about, letter_of, spoken_in, to_programme
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail, was_sent
from kwartaal.models.publication import find_latest
from kwartaal.models.published import PublishedMeeting, Reader, reader_of
from kwartaal.models.registration import Registration
from kwartaal.models.standing import Standing, find_standing
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Told:
    """What one row of the outbox has to tell its person, as it is true now."""

    mail: OutboxMail
    news: News
    standing: Standing | None  # None: not registered


def find_told(mail: OutboxMail, now: datetime) -> Told | None:
    """None for who left meanwhile, or when the version was retracted."""
    version = mail.publication
    meeting, published = seen_by_reader(mail, now)
    if version is None or version.is_retracted or meeting is None or published is None:
        return None
    if meeting.is_cancelled:
        return None
    standing = _live_standing(mail, meeting, published)
    registration = standing.registration if standing is not None else None
    changes, speaks = changes_for(registration, version, _reader(mail, meeting, now))
    if not changes:
        return None
    news = News(
        title=published.title,
        slug=meeting.slug,
        changes=changes,
        notes=(version.note,) if version.note else (),
        registration=registration,
        may_choose=meeting.takes_registrations(now),
        speaks=speaks,
        content=version.content,
    )
    return Told(mail, news, standing)


def changed(mail: OutboxMail, now: datetime) -> Letter | None:
    told = find_told(mail, now)
    return letter_about([told]) if told is not None else None


def letter_about(told: Sequence[Told]) -> Letter | None:
    """What several versions of one meeting changed for somebody; None when nothing is left."""
    news, newest = together([one.news for one in told]), told[-1]
    if not news.changes:
        return None
    if newest.standing is None:
        return letter_of(news)
    return letter_of(news, appointment_of(newest.mail, newest.standing))


def together(parts: Sequence[News]) -> News:
    """All of it as one piece of news, oldest first; that is one mail."""
    speaks = [one.speaks for one in parts if one.speaks] or [Speaks()]
    return replace(
        parts[-1],
        changes=settled(change for one in parts for change in one.changes),
        notes=tuple(dict.fromkeys(note for one in parts for note in one.notes)),
        speaks=Speaks(speaks[0].before, speaks[-1].after),
        lost=tuple(lost for one in parts for lost in one.lost),
    )


def change_retracted(mail: OutboxMail, now: datetime) -> Letter | None:
    """The correction, for who really got the mail about the version that was retracted.

    It names what is as before again, and what stays: a cancelled workshop is cancelled in every
    version.
    """
    version, latest = mail.publication, find_latest(mail.meeting_id or 0)
    meeting, published = seen_by_reader(mail, now)
    if version is None or latest is None or meeting is None or published is None:
        return None
    if meeting.is_cancelled or not was_sent(mail.person_id, version.id):
        return None
    standing = _live_standing(mail, meeting, published)
    registration = standing.registration if standing is not None else None
    changes, speaks = changes_taken_back(registration, version, latest, _reader(mail, meeting, now))
    if standing is None and not speaks:
        return None
    about = About(meeting, published, standing) if standing is not None else None
    return Letter(
        subject=_("Toch niet gewijzigd: %(title)s", title=published.title),
        sentences=(
            _("U kreeg een mail over wijzigingen in deze bijeenkomst. Die mail klopt niet meer."),
            *_still_off(registration, speaks, published),
            _("Hieronder staat wat weer is zoals het was. Daarna staat wat nu geldt."),
        ),
        facts=(
            *_taken_back(changes, speaks),
            *(facts_of(about) if about is not None else when_and_where(published)),
            *spoken_in(latest.content, speaks, _off(published)),
        ),
        action=(to_registration if standing is not None else to_programme)(meeting.slug),
        appointment=appointment_of(mail, standing) if standing is not None else None,
    )


def _taken_back(changes: Iterable[Change], speaks: Speaks) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_("Teruggedraaid: %(what)s", what=what), said)
        for what, said in facts_about(changes, speaks, ())
    )


def _still_off(
    registration: Registration | None, speaks: Speaks, published: PublishedMeeting
) -> tuple[str, ...]:
    """The cancelled parts that the reader had, or speaks in: no version brings them back."""
    ended = registration.choices if registration is not None else []
    mine = {one.item_id for one in ended if one.ended_as is not None} | set(speaks.after)
    return tuple(
        _("‘%(title)s’ gaat nog steeds niet door.", title=one.title)
        for one in published.all_items
        if one.id in mine and one.cancelled is not None
    )


def _off(published: PublishedMeeting) -> list[int]:
    return [one.id for one in published.all_items if one.cancelled is not None]


def _live_standing(
    mail: OutboxMail, meeting: Meeting, published: PublishedMeeting
) -> Standing | None:
    """What the reader has there; None for who is not registered, or left."""
    standing = find_standing(meeting, published, mail.person_id)
    return standing if standing is not None and standing.is_live else None


def _reader(mail: OutboxMail, meeting: Meeting, now: datetime) -> Reader:
    return reader_of(meeting, Viewer(mail.person_id), amsterdam_date(now))
