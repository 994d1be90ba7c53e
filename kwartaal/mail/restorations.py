"""Mails about what was cancelled and is on again; nothing for who never heard that it was off."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Letter
from kwartaal.mail.meetings import (
    facts_of,
    find_live_about,
    may_withdraw,
    still_registered,
    to_registration,
)
from kwartaal.models.outbox import MailKind, OutboxMail, was_told
from kwartaal.models.programme import ItemKind
from kwartaal.models.published import PublishedItem
from kwartaal.models.registration import ChoiceState
from kwartaal.models.standing import Chosen


def restored(mail: OutboxMail, now: datetime) -> Letter | None:
    """The meeting is on, and what somebody had is as it was."""
    about = find_live_about(mail, now)
    if about is None or not was_told(mail, MailKind.CANCELLED):
        return None
    return Letter(
        subject=_("Gaat toch door: %(title)s", title=about.published.title),
        sentences=(_("Deze bijeenkomst gaat toch door."), still_registered(about)),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )


def workshop_restored(mail: OutboxMail, now: datetime) -> Letter | None:
    """The part is on, and what somebody has in it now; nothing for who left it again."""
    about = find_live_about(mail, now)
    if about is None or not was_told(mail, MailKind.WORKSHOP_CANCELLED):
        return None
    chosen = next((c for c in about.standing.chosen if c.choice.item_id == mail.item_id), None)
    if chosen is None or chosen.item is None or chosen.item.cancelled is not None:
        return None
    title = chosen.item.title
    is_workshop = chosen.item.kind == ItemKind.WORKSHOP
    return Letter(
        subject=on_subject(chosen.item),
        sentences=(_("‘%(title)s’ gaat toch door.", title=title), _again(chosen)),
        facts=((_("Bijeenkomst"), about.published.title), *facts_of(about)),
        action=to_registration(about.meeting.slug),
        closing=(
            _("Wilt u de workshop niet meer? Verander dan uw keuze of meld u af.")
            if is_workshop
            else _("Wilt u dit niet meer? Verander dan uw keuze of meld u af."),
        ),
        appointment=appointment_of(mail, about.standing),
    )


def on_subject(item: PublishedItem) -> str:
    """Which part is on again."""
    if item.kind == ItemKind.WORKSHOP:
        return _("Workshop gaat toch door: %(title)s", title=item.title)
    return _("Onderdeel gaat toch door: %(title)s", title=item.title)


def _again(chosen: Chosen) -> str:
    if chosen.state == ChoiceState.WAITING:
        return _("U staat weer op de wachtlijst, als nummer %(rank)s.", rank=chosen.rank or 1)
    if chosen.state == ChoiceState.WISH:
        return _("Uw keuze staat er weer. U krijgt een plek als er plek is.")
    return _("U hebt uw plek weer. U hoeft niets te doen.")
