"""That a part is cancelled, as news beside what a version changed (decision 0035)."""

from __future__ import annotations

from dataclasses import replace
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
from kwartaal.models.standing import find_standing


def find_cancelled(mail: OutboxMail, now: datetime) -> Told | None:
    """What the letter of its own would tell: nothing for who left, or once the part is on again."""
    found = None if mail.is_to_speaker else find_lost(mail, now)
    if found is not None:
        about, lost = found
        news = _news(about.meeting, about.published, lost, now)
        mine = replace(news, registration=about.standing.registration, lost=(lost,))
        return Told(mail, mine, about.standing)
    spoken_off = find_spoken_off(mail, now)
    if spoken_off is None:
        return None
    spoken, lost = spoken_off
    news = _news(spoken.meeting, spoken.published, lost, now)
    standing = find_standing(spoken.meeting, spoken.published, mail.person_id)
    if standing is None or not standing.is_live:
        return Told(mail, news, None)
    return Told(mail, replace(news, registration=standing.registration), standing)


def _news(meeting: Meeting, published: PublishedMeeting, lost: Lost, now: datetime) -> News:
    """That it is off; what the reader had there, or has, is for the caller."""
    version = find_latest(meeting.id)
    content = version.content if version is not None else {"items": []}
    return News(
        title=published.title,
        slug=meeting.slug,
        changes=(cancellation(lost.item.id, lost.item.title, lost.reason),),
        content=with_cancelled(content, cancelled_items([meeting.id]).values()),
        may_choose=meeting.takes_registrations(now),
    )
