"""How one's meetings come into one's calendar: with mails, or in the personal feed, never both.

Programs show an event of a feed beside the same event that came by mail, also with one UID. So who
goes over to the feed gets a mail for each coming meeting that takes the appointment back, and who
goes over to mails one that brings it (decision 0027). Callers commit.
"""

from __future__ import annotations

from datetime import datetime

from kwartaal.domain.refusals import N_, Refused
from kwartaal.models import account, locks
from kwartaal.models.calendar import feeds_of
from kwartaal.models.calendar_choice import coming_by_feed, coming_by_mail
from kwartaal.models.outbox import MailKind, enqueue
from kwartaal.models.person import Person


class NotSubscribed(Refused):
    message = N_("Nog geen agendaprogramma haalde een abonnement van u op. Abonneer u eerst.")


def choose(person: Person, by_mail: bool, now: datetime, certain: bool = False) -> int:
    """Set how; returns how many mails move what is coming. The same choice again moves nothing.

    Who goes over to the feed has one that a program read, or is `certain`: read that the calendar
    is empty until a program reads it. Else NotSubscribed; without any feed in each case.
    """
    person = account.lock_person(person.id)
    if person.calendar_by_mail == by_mail:
        return 0
    if not by_mail:
        _check_subscribed(person.id, certain)
    person.calendar_by_mail = by_mail
    coming = coming_by_feed(person.id, now) if by_mail else coming_by_mail(person.id, now)
    kind = MailKind.CALENDAR_BY_MAIL if by_mail else MailKind.CALENDAR_BY_FEED
    told = 0
    for registration in locks.lock_registrations(coming):
        if not registration.is_live:
            continue
        # SEQUENCE must rise, or the calendar takes the message for an old one.
        registration.calendar_moves += 1
        registration.changed_at = now
        key = f"{registration.id}:{registration.calendar_moves}"
        mail = enqueue(kind, person, key, now, meeting_id=registration.meeting_id)
        told += mail is not None
    return told


def _check_subscribed(person_id: int, certain: bool) -> None:
    feeds = feeds_of(person_id)
    if not feeds or not (certain or any(feed.last_fetched_at for feed in feeds)):
        raise NotSubscribed
