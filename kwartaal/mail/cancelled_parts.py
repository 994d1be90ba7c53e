"""That a part is cancelled, as news beside what a version changed (decision 0035)."""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain.changes import cancellation
from kwartaal.domain.snapshots import with_cancelled
from kwartaal.mail.lost_parts import Lost, find_lost
from kwartaal.mail.news import News
from kwartaal.mail.speakers import find_spoken_off
from kwartaal.mail.version_changes import Told
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.programme import cancelled_items
from kwartaal.models.publication import find_latest
from kwartaal.models.published import PublishedMeeting
from kwartaal.models.standing import Standing, find_standing


def find_cancelled(mail: OutboxMail, now: datetime) -> Told | None:
    """What the letter of its own would tell: nothing for who left, or once the part is on again."""
    found = None if mail.is_to_speaker else find_lost(mail, now)
    if found is not None:
        about, lost = found
        return _told(mail, now, about.meeting, about.published, lost, about.standing)
    spoken_off = find_spoken_off(mail, now)
    if spoken_off is None:
        return None
    spoken, lost = spoken_off
    standing = find_standing(spoken.meeting, spoken.published, mail.person_id)
    return _told(mail, now, spoken.meeting, spoken.published, lost, standing)


def _told(
    mail: OutboxMail,
    now: datetime,
    meeting: Meeting,
    published: PublishedMeeting,
    lost: Lost,
    standing: Standing | None,
) -> Told | None:
    version = find_latest(meeting.id)
    if version is None:
        return None
    live = standing if standing is not None and standing.is_live else None
    news = News(
        title=published.title,
        slug=meeting.slug,
        changes=(cancellation(lost.item.id, lost.item.title, lost.reason),),
        content=with_cancelled(version.content, cancelled_items([meeting.id]).values()),
        registration=live.registration if live is not None else None,
        may_choose=meeting.takes_registrations(now),
        lost=() if mail.is_to_speaker else (lost,),
    )
    return Told(mail, news, live)
