"""Mails about what the organiser changed after people registered: a move, a cancelled part."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.filters import plural, time_range
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Letter
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
from kwartaal.models.published import PublishedItem, PublishedMeeting
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
    """Why, and what else there is in that round; nothing once somebody left the meeting.

    Beside a meal, or drinks, there is nothing else.
    """
    about = find_live_about(mail, now)
    if about is None:
        return None
    item, round_ = _in_the_programme(about.published, mail.item_id)
    if item is None or item.cancelled is None:
        return None
    may_change = about.meeting.takes_registrations(now)
    others = _others(round_) if round_ else []
    part = round_ or item
    goes_to = _to_choosing if may_change and round_ else _to_own
    return Letter(
        subject=off_subject(item),
        sentences=(
            _("‘%(title)s’ gaat niet door. De rest van de bijeenkomst wel.", title=item.title),
            _("Reden: %(reason)s", reason=item.cancelled),
            *((_choose_again(others, may_change=may_change),) if round_ else ()),
        ),
        facts=(
            (_("Bijeenkomst"), about.published.title),
            *when_and_where(about.published),
            (part.title, time_range(part.starts_at, part.ends_at)),
            *((other.title, _places(other)) for other in others),
        ),
        action=goes_to(about),
        closing=(_("Uw andere keuzes blijven zoals ze waren."),),
        appointment=appointment_of(mail, about.standing),
    )


def _to_own(about: About) -> tuple[str, str]:
    return to_registration(about.meeting.slug)


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


def _in_the_programme(
    published: PublishedMeeting, item_id: int | None
) -> tuple[PublishedItem | None, PublishedItem | None]:
    """The part, and the round of a workshop; neither when it is not in the programme any more."""
    for part in published.items:
        if part.id == item_id:
            return part, None
        for workshop in part.workshops:
            if workshop.id == item_id:
                return workshop, part
    return None, None


def _others(round_: PublishedItem) -> list[PublishedItem]:
    """What still has places in a round."""
    return [one for one in round_.workshops if one.places and not one.places.is_full]


def _places(item: PublishedItem) -> str:
    if item.places is None or item.places.free is None:
        return _("vrij aanmelden")
    left = plural(item.places.free, _("plek"), _("plekken"))
    return _("nog %(places)s", places=left)


def _choose_again(others: list[PublishedItem], *, may_change: bool) -> str:
    if not others:
        return _("In deze ronde is nergens meer plek.")
    if not may_change:
        return _("Aanmelden is gesloten. Wilt u een andere workshop in deze ronde? Bel de griffie.")
    return _("U kunt in deze ronde iets anders kiezen. Hieronder ziet u waar nog plek is.")


def _to_choosing(about: About) -> tuple[str, str]:
    url = url_for("registrations.register", slug=about.meeting.slug, _external=True)
    return _("Kies een andere workshop"), url
