"""Mails about meetings: what somebody has, as it is at the moment of sending.

A mail that a newer change has overtaken tells nothing and is dropped: the newer one is on its way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.refusals import N_
from kwartaal.filters import moment, period
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Letter
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail, was_told_before
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.registration import ChoiceState, RegistrationState
from kwartaal.models.standing import Chosen, Standing, find_standing
from kwartaal.models.visibility import Viewer, find_visible

STATE_WORDS = {
    ChoiceState.PLACED: N_("%(title)s"),
    ChoiceState.WAITING: N_("%(title)s (wachtlijst, nummer %(rank)s)"),
    ChoiceState.WISH: N_("%(title)s (als er plek is)"),
}
# For what stands outside the rounds: its title is what the line is about.
STATE_ALONE = {
    ChoiceState.PLACED: N_("ja"),
    ChoiceState.WAITING: N_("wachtlijst, nummer %(rank)s"),
    ChoiceState.WISH: N_("als er plek is"),
}


@dataclass(frozen=True)
class About:
    """The meeting of a mail and what its reader has there, both visible to that reader."""

    meeting: Meeting
    published: PublishedMeeting
    standing: Standing

    @property
    def revision(self) -> int:
        return self.standing.registration.revision


def registered(mail: OutboxMail, now: datetime) -> Letter | None:
    about = find_about(mail, now)
    if about is None or not is_newest(mail, about):
        return None
    if about.standing.registration.state == RegistrationState.WAITING:
        return _waiting(mail, about)
    told = _("Uw keuze is gewijzigd") if was_told_before(mail) else _("U bent aangemeld")
    return Letter(
        subject=f"{told}: {about.published.title}",
        sentences=(f"{told}.", _("Hieronder ziet u wat u koos.")),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )


def meeting_place_given(mail: OutboxMail, now: datetime) -> Letter | None:
    about = find_about(mail, now)
    if about is None or not is_newest(mail, about):
        return None
    return Letter(
        subject=_("U hebt een plek: %(title)s", title=about.published.title),
        sentences=(_("Er kwam een plek vrij. U staat niet meer op de wachtlijst."),),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )


def place_given(mail: OutboxMail, now: datetime) -> Letter | None:
    about = find_about(mail, now)
    if about is None:
        return None
    chosen = next((c for c in about.standing.chosen if c.choice.item_id == mail.item_id), None)
    if chosen is None or not mail.tells(f"{chosen.choice.id}:{chosen.choice.revision}"):
        return None
    title = chosen.item.title if chosen.item else about.published.title
    moves = _moves_room(mail, chosen)
    about = _without_room(about, chosen) if moves else about
    return Letter(
        subject=_("U hebt een plek: %(title)s", title=title),
        sentences=(
            _("Er kwam een plek vrij bij ‘%(title)s’. Die plek is nu van u.", title=title),
            *(
                (_("De zaal kan nog veranderen. Kijk voor de bijeenkomst op de site."),)
                if moves
                else ()
            ),
            _("Wilt u de plek niet meer? Verander dan uw keuze of meld u af."),
        ),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )


def _moves_room(mail: OutboxMail, chosen: Chosen) -> bool:
    """Whether readers know another room than it will be in: the place came with a larger one."""
    if chosen.item is None or mail.item is None:
        return False
    room = mail.item.room.name if mail.item.room else ""
    return bool(chosen.item.room) and room != chosen.item.room


def _without_room(about: About, chosen: Chosen) -> About:
    """The same, naming no room for what was chosen; the version with the room tells it."""
    bare = replace(chosen, item=chosen.item and replace(chosen.item, room=None))
    among = tuple(bare if one is chosen else one for one in about.standing.chosen)
    return replace(about, standing=replace(about.standing, chosen=among))


def withdrawn(mail: OutboxMail, now: datetime) -> Letter | None:
    about = find_about(mail, now)
    if about is None or not is_newest(mail, about):
        return None
    return Letter(
        subject=_("U bent afgemeld: %(title)s", title=about.published.title),
        sentences=(
            _("U bent afgemeld. Uw plekken zijn weer vrij."),
            _("Wilt u toch komen? Meld u dan opnieuw aan zolang dat kan."),
        ),
        facts=when_and_where(about.published),
        action=(
            _("Bekijk de bijeenkomst"),
            url_for("meetings.show", slug=about.meeting.slug, _external=True),
        ),
        appointment=appointment_of(mail, about.standing),
    )


def cancelled(mail: OutboxMail, now: datetime) -> Letter | None:
    about = find_about(mail, now)
    if about is None or not about.meeting.is_cancelled or not about.standing.is_live:
        return None
    if about.meeting.cancelled_at and mail.created_at < about.meeting.cancelled_at:
        return None  # restored since, and cancelled once more
    reason = about.meeting.cancel_reason
    return Letter(
        subject=_("Gaat niet door: %(title)s", title=about.published.title),
        sentences=(
            _("Deze bijeenkomst gaat niet door."),
            *((_("Reden: %(reason)s", reason=reason),) if reason else ()),
            _("U hoeft zich niet af te melden."),
        ),
        facts=when_and_where(about.published),
        appointment=appointment_of(mail, about.standing),
    )


def registration_open(mail: OutboxMail, now: datetime) -> Letter | None:
    """Not a confirmation: nothing to tell once somebody registered, or when it is too late."""
    meeting, published = seen_by_reader(mail, now)
    if meeting is None or published is None or not meeting.takes_registrations(now):
        return None
    standing = find_standing(meeting, published, mail.person_id)
    if standing is not None and standing.registration.is_live:
        return None
    closes = meeting.registration_closes_at
    return Letter(
        subject=_("U kunt zich aanmelden: %(title)s", title=published.title),
        sentences=(
            _("U bent uitgenodigd voor deze bijeenkomst. Aanmelden kan nu."),
            *published.introduction.splitlines()[:1],
        ),
        facts=(
            *when_and_where(published),
            *(((_("Aanmelden"), _("tot %(moment)s", moment=moment(closes))),) if closes else ()),
        ),
        action=(
            _("Meld u aan"),
            url_for("registrations.register", slug=meeting.slug, _external=True),
        ),
        closing=(
            _(
                "Wilt u deze mails niet meer? Zet ze uit op uw eigen pagina: %(url)s",
                url=url_for("mine.show", _external=True),
            ),
        ),
    )


def _waiting(mail: OutboxMail, about: About) -> Letter:
    return Letter(
        subject=_("U staat op de wachtlijst: %(title)s", title=about.published.title),
        sentences=(
            _("De bijeenkomst is vol. U bent nummer %(rank)s op de wachtlijst.",
              rank=about.standing.rank or 1),
            _("Komt er een plek vrij? Dan krijgt u een mail."),
        ),
        facts=facts_of(about),
        action=to_registration(about.meeting.slug),
        closing=may_withdraw(),
        appointment=appointment_of(mail, about.standing),
    )  # fmt: skip


def find_about(mail: OutboxMail, now: datetime) -> About | None:
    """What a mail is about; None when its reader may not see it, or was never registered."""
    meeting, published = seen_by_reader(mail, now)
    if meeting is None or published is None:
        return None
    standing = find_standing(meeting, published, mail.person_id)
    return About(meeting, published, standing) if standing is not None else None


def find_live_about(mail: OutboxMail, now: datetime) -> About | None:
    """The same for who still comes, or waits, to a meeting that is on."""
    about = find_about(mail, now)
    if about is None or about.meeting.is_cancelled or not about.standing.is_live:
        return None
    return about


def seen_by_reader(
    mail: OutboxMail, now: datetime
) -> tuple[Meeting | None, PublishedMeeting | None]:
    """The meeting, if the reader may see it now; mails follow the same query as pages."""
    if mail.meeting_id is None:
        return None, None
    meeting = find_visible(mail.meeting_id, Viewer(mail.person_id), amsterdam_date(now))
    return meeting, load_published(meeting) if meeting else None


def is_newest(mail: OutboxMail, about: About) -> bool:
    """Whether nothing about the registration changed since the mail was put in the outbox."""
    return mail.tells(f"{about.standing.registration.id}:{about.revision}")


def facts_of(about: About) -> tuple[tuple[str, str], ...]:
    """Time, place and online address, and what the reader chose."""
    address = about.published.online_address
    online = ((_("Online"), address),) if address else ()
    return (*when_and_where(about.published), *online, *map(_fact, about.standing.chosen))


def _fact(chosen: Chosen) -> tuple[str, str]:
    """A round or a meal with what was chosen there, its room and its state."""
    if chosen.item is None:
        return _("Vervallen"), _("Dit onderdeel staat niet meer in het programma.")
    words = (STATE_WORDS if chosen.round else STATE_ALONE)[chosen.state]
    text = _(words, title=chosen.item.title, rank=chosen.rank or "")
    if chosen.item.room:
        text = f"{text}, {chosen.item.room}"
    return (chosen.round or chosen.item).title, text


def when_and_where(published: PublishedMeeting) -> tuple[tuple[str, str], tuple[str, str]]:
    """Time and place, each with its name."""
    when = (_("Wanneer"), period(published.starts_at, published.ends_at))
    return when, (_("Waar"), _where(published))


def _where(published: PublishedMeeting) -> str:
    """A venue with its address, also when people can take part online."""
    venue = published.venue
    if venue is None:
        return _("Online") if published.is_digital else _("Plaats volgt")
    place = f"{venue.name}, {venue.address or venue.town}"
    return _("%(place)s, en online", place=place) if published.is_digital else place


def to_registration(slug: str) -> tuple[str, str]:
    """The button to what the reader has at a meeting; its address asks to sign in first."""
    there = url_for("registrations.from_mail", slug=slug, _external=True)
    return _("Bekijk of wijzig uw aanmelding"), there


def still_registered(about: About) -> str:
    """For what is there again: the reader is on the list as before."""
    if about.standing.registration.state == RegistrationState.WAITING:
        rank = about.standing.rank or 1
        return _("U staat nog op de wachtlijst, als nummer %(rank)s.", rank=rank)
    return _("U bent nog aangemeld. Kunt u komen, dan hoeft u niets te doen.")


def may_withdraw() -> tuple[str, ...]:
    return (_("Kunt u toch niet? Meld u dan af. Uw plek gaat naar iemand die wacht."),)
