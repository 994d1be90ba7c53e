"""Mails about what the organiser changed after people registered: a move, a cancelled part."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from kwartaal.filters import time_range
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Letter
from kwartaal.mail.lost_parts import choose_again, facts_of_others, find_lost, to_choosing
from kwartaal.mail.meetings import (
    About,
    facts_of,
    find_live_about,
    to_registration,
    when_and_where,
)
from kwartaal.models.moving import first_move_untold, latest_move
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.programme import ItemKind
from kwartaal.models.published import PublishedItem
from kwartaal.models.registration import RegistrationState


def moved(mail: OutboxMail, now: datetime) -> Letter | None:
    """Old and new date and place; moved again meanwhile, the newer mail tells both moves."""
    about = find_live_about(mail, now)
    if about is None:
        return None
    latest = latest_move(about.meeting.id)
    if latest is None or not mail.tells(f"{about.standing.registration.id}:{latest.id}"):
        return None
    first = first_move_untold(about.meeting.id, mail.person_id) or latest
    was = when_and_where(first.published_before)
    if was == when_and_where(about.published):
        return None
    return Letter(
        subject=_("Verplaatst: %(title)s", title=about.published.title),
        sentences=(
            _("Deze bijeenkomst is verplaatst. Kijk of u dan kunt."),
            _still(about),
        ),
        facts=((_("Was"), in_one_line(was)), *facts_of(about)),
        action=to_registration(about.meeting.slug),
        closing=(_("Kunt u dan niet? Meld u af. Uw plek gaat naar iemand die wacht."),),
        appointment=appointment_of(mail, about.standing),
    )


def workshop_cancelled(mail: OutboxMail, now: datetime) -> Letter | None:
    """Why, and what else there is in that round; nothing once somebody left the meeting."""
    found = find_lost(mail, now)
    if found is None:
        return None
    about, lost = found
    may_change = about.meeting.takes_registrations(now)
    part = lost.round or lost.item
    return Letter(
        subject=off_subject(lost.item),
        sentences=(
            _("‘%(title)s’ gaat niet door. De rest van de bijeenkomst wel.", title=lost.item.title),
            _("Reden: %(reason)s", reason=lost.reason),
            *((choose_again(lost, may_change=may_change),) if lost.round else ()),
        ),
        facts=(
            (_("Bijeenkomst"), about.published.title),
            *when_and_where(about.published),
            (part.title, time_range(part.starts_at, part.ends_at)),
            *facts_of_others(lost),
        ),
        action=(
            to_choosing(about.meeting.slug)
            if may_change and lost.round
            else to_registration(about.meeting.slug)
        ),
        closing=(_("Uw andere keuzes blijven zoals ze waren."),),
        appointment=appointment_of(mail, about.standing),
    )


def off_subject(item: PublishedItem) -> str:
    """Which part is off."""
    if item.kind == ItemKind.WORKSHOP:
        return _("Workshop gaat niet door: %(title)s", title=item.title)
    return _("Onderdeel gaat niet door: %(title)s", title=item.title)


def _still(about: About) -> str:
    if about.standing.registration.state == RegistrationState.WAITING:
        rank = about.standing.rank or 1
        return _("U blijft op de wachtlijst, als nummer %(rank)s.", rank=rank)
    return _("U blijft aangemeld. Kunt u dan ook, dan hoeft u niets te doen.")


def in_one_line(facts: tuple[tuple[str, str], tuple[str, str]]) -> str:
    """When and where, for what was."""
    (_when, period), (_where, place) = facts
    return f"{period}, {place}"
