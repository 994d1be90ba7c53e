"""Mails about a meeting that was closed, or that everybody may see again (decision 0031).

Who may not see it any more reads nothing of it: no title, no place, no page.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.filters import period
from kwartaal.itip import Method
from kwartaal.mail.appointments import appointment_of, closed_appointment
from kwartaal.mail.letter import Letter
from kwartaal.mail.meetings import (
    About,
    facts_of,
    find_live_about,
    may_withdraw,
    still_registered,
    to_registration,
)
from kwartaal.models.calendar import WithdrawnEvent, find_withdrawn
from kwartaal.models.outbox import MailKind, OutboxMail, has_appointment, last_told
from kwartaal.models.registration import Registration, find_registration
from kwartaal.models.visibility import members_among


def closed(mail: OutboxMail, now: datetime) -> Letter | None:
    """The appointment is gone, or for who still sees the meeting reads "Bezet"."""
    if mail.meeting is None or mail.meeting.is_public or last_told(mail) == mail.kind:
        return None
    about = find_live_about(mail, now)
    if about is not None:
        return _shown_otherwise(mail, about, _is_closed())
    gone, registration = find_withdrawn(mail.meeting.id), _registration_of(mail)
    if gone is None or registration is None or last_told(mail) is None:
        return None  # nobody ever said that they were registered
    return _gone(mail, gone, registration)


def opened(mail: OutboxMail, now: datetime) -> Letter | None:
    """The appointment is there again, or for who saw the meeting all the time has its title."""
    about = find_live_about(mail, now)
    if about is None or not about.meeting.is_public:
        return None
    before = last_told(mail)
    if mail.person_id in members_among(about.meeting, amsterdam_date(now)):
        return _shown_otherwise(mail, about, _is_open()) if before != mail.kind else None
    return _back(mail, about) if before in (MailKind.CLOSED, None) else None


def _gone(mail: OutboxMail, gone: WithdrawnEvent, registration: Registration) -> Letter:
    return Letter(
        subject=_("Een afspraak in uw agenda is vervallen"),
        sentences=(
            _("Een afspraak in uw agenda is vervallen."),
            _("U hoeft zich niet af te melden."),
        ),
        facts=((_("Wanneer"), period(gone.starts_at, gone.ends_at)),),
        appointment=closed_appointment(mail, gone, registration),
    )


def _back(mail: OutboxMail, about: About) -> Letter:
    return Letter(
        subject=_("Weer in uw agenda: %(title)s", title=about.published.title),
        sentences=(_("De afspraak die verviel, staat er weer."), still_registered(about)),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )


def _shown_otherwise(mail: OutboxMail, about: About, said: tuple[str, str]) -> Letter | None:
    """Only for whose calendar holds what a mail brought: a feed changes by itself."""
    by_mail = mail.person.calendar_by_mail
    if not by_mail or not has_appointment(mail.person_id, about.meeting.id, Method.REQUEST):
        return None
    return Letter(
        subject=_("Uw agenda-afspraak verandert: %(title)s", title=about.published.title),
        sentences=said,
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        appointment=appointment_of(mail, about.standing),
    )


def _is_closed() -> tuple[str, str]:
    return (
        _("Deze bijeenkomst is nu besloten. U blijft aangemeld."),
        _("In uw agenda staat voortaan alleen ‘Bezet’, zonder titel en plaats."),
    )


def _is_open() -> tuple[str, str]:
    return (
        _("Deze bijeenkomst is nu openbaar. U blijft aangemeld."),
        _("In uw agenda staan voortaan de titel en de plaats."),
    )


def _registration_of(mail: OutboxMail) -> Registration | None:
    registration = find_registration(mail.meeting_id or 0, mail.person_id)
    return registration if registration is not None and registration.is_live else None
