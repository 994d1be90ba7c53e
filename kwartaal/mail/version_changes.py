"""Mails about what versions changed, made from the stored versions when they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.change_lines import lines_of
from kwartaal.domain.changes import Change
from kwartaal.domain.digests import settled
from kwartaal.domain.telling import changes_for
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Appointment, Letter
from kwartaal.mail.meetings import (
    About,
    facts_of,
    find_about,
    find_live_about,
    may_withdraw,
    to_mine,
)
from kwartaal.models.outbox import OutboxMail, was_sent
from kwartaal.models.published import reader_of
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Told:
    """What one row of the outbox has to tell its person, as it is true now."""

    mail: OutboxMail
    about: About
    note: str
    changes: tuple[Change, ...]


def find_told(mail: OutboxMail, now: datetime) -> Told | None:
    """None for who left meanwhile, or when the version was retracted."""
    version, about = mail.publication, find_about(mail, now)
    if version is None or version.is_retracted or about is None or about.meeting.is_cancelled:
        return None
    registration = about.standing.registration
    reader = reader_of(about.meeting, Viewer(mail.person_id), amsterdam_date(now))
    changes = changes_for(registration, version, reader) if registration.is_live else ()
    return Told(mail, about, version.note, changes) if changes else None


def changed(mail: OutboxMail, now: datetime) -> Letter | None:
    told = find_told(mail, now)
    return letter_about([told]) if told is not None else None


def letter_about(told: Sequence[Told]) -> Letter | None:
    """What several versions of one meeting changed for somebody; None when nothing is left."""
    changes = settled(change for one in told for change in one.changes)
    if not changes:
        return None
    newest = told[-1]
    notes = dict.fromkeys(one.note for one in told if one.note)
    return letter_of(
        newest.about.published.title,
        notes,
        changes,
        appointment_of(newest.mail, newest.about.standing),
    )


def change_retracted(mail: OutboxMail, now: datetime) -> Letter | None:
    """The correction, for who really got the mail about the version that was retracted."""
    version, about = mail.publication, find_live_about(mail, now)
    if version is None or about is None or not was_sent(mail.person_id, version.id):
        return None
    return Letter(
        subject=_("Toch niet gewijzigd: %(title)s", title=about.published.title),
        sentences=(
            _("U kreeg een mail over wijzigingen in deze bijeenkomst."),
            _("Die wijzigingen gaan niet door. Dit geldt:"),
        ),
        facts=facts_of(about),
        action=to_mine(),
        appointment=appointment_of(mail, about.standing),
    )


def letter_of(
    title: str,
    notes: Iterable[str],
    changes: Iterable[Change],
    appointment: Appointment | None = None,
) -> Letter:
    """The mail about one meeting, also to show beforehand."""
    return Letter(
        subject=_("Gewijzigd: %(title)s", title=title),
        sentences=(
            _("Er is iets gewijzigd aan een bijeenkomst waarvoor u bent aangemeld."),
            *notes,
            _("Dit is voor u anders:"),
        ),
        facts=_facts(changes),
        action=to_mine(),
        closing=may_withdraw(),
        appointment=appointment,
    )


def _facts(changes: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Several changes of one part are one fact."""
    told: dict[str, list[str]] = {}
    for line in lines_of(changes):
        told.setdefault(line.about, []).append(line.sentence)
    return tuple((about, "; ".join(sentences)) for about, sentences in told.items())
