"""Mails about how one's meetings come into one's calendar, one for each that is coming."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.mail.appointments import appointment_of, taken_back
from kwartaal.mail.letter import Letter
from kwartaal.mail.meetings import About, facts_of, find_live_about, to_registration
from kwartaal.models.outbox import OutboxMail


def by_feed(mail: OutboxMail, now: datetime) -> Letter | None:
    """Takes the appointment back; nothing for who chose otherwise since."""
    about = _coming(mail, now)
    if about is None or mail.person.calendar_by_mail:
        return None
    return Letter(
        subject=_("Voortaan in uw agenda-abonnement: %(title)s", title=about.published.title),
        sentences=(
            _("U blijft aangemeld. Alleen de afspraak die via e-mail kwam, verdwijnt."),
            _("De bijeenkomst staat voortaan in uw agenda-abonnement. Daar koos u voor."),
        ),
        facts=facts_of(about),
        action=(_("Bekijk uw agenda-abonnement"), url_for("calendar.own", _external=True)),
        appointment=taken_back(mail, about.standing),
    )


def by_mail(mail: OutboxMail, now: datetime) -> Letter | None:
    """Brings the appointment."""
    about = _coming(mail, now)
    if about is None or not mail.person.calendar_by_mail:
        return None
    return Letter(
        subject=_("Voortaan via e-mail in uw agenda: %(title)s", title=about.published.title),
        sentences=(
            _("U bent nog steeds aangemeld. De afspraak komt voortaan via e-mail in uw agenda."),
            _("Haal uw abonnement op uw eigen bijeenkomsten uit uw agenda. Anders staat alles er "
              "twee keer in."),
        ),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        appointment=appointment_of(mail, about.standing),
    )  # fmt: skip


def _coming(mail: OutboxMail, now: datetime) -> About | None:
    about = find_live_about(mail, now)
    if about is None:
        return None
    registration = about.standing.registration
    return about if mail.tells(f"{registration.id}:{registration.calendar_moves}") else None
