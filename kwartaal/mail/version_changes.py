"""Mails about what a version changed, made from the stored versions when they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.change_lines import lines_of
from kwartaal.domain.changes import Change
from kwartaal.domain.telling import changes_for
from kwartaal.mail.appointments import appointment_of
from kwartaal.mail.letter import Appointment, Letter
from kwartaal.mail.meetings import facts_of, find_about, may_withdraw
from kwartaal.models.outbox import OutboxMail, was_sent
from kwartaal.models.published import reader_of
from kwartaal.models.visibility import Viewer


def changed(mail: OutboxMail, now: datetime) -> Letter | None:
    """Nothing for who left meanwhile, or when the version was retracted."""
    version, about = mail.publication, find_about(mail, now)
    if version is None or version.is_retracted or about is None or about.meeting.is_cancelled:
        return None
    registration = about.standing.registration
    reader = reader_of(about.meeting, Viewer(mail.person_id), amsterdam_date(now))
    changes = changes_for(registration, version, reader) if registration.is_live else ()
    if not changes:
        return None
    return letter_of(
        about.published.title, version.note, changes, appointment_of(mail, about.standing)
    )


def change_retracted(mail: OutboxMail, now: datetime) -> Letter | None:
    """The correction, for who really got the mail about the version that was retracted."""
    version, about = mail.publication, find_about(mail, now)
    if version is None or about is None or not about.standing.is_live:
        return None
    if about.meeting.is_cancelled or not was_sent(mail.person_id, version.id):
        return None
    return Letter(
        subject=_("Toch niet gewijzigd: %(title)s", title=about.published.title),
        sentences=(
            _("U kreeg een mail over wijzigingen in deze bijeenkomst."),
            _("Die wijzigingen gaan niet door. Dit geldt:"),
        ),
        facts=facts_of(about),
        action=_to_mine(),
        appointment=appointment_of(mail, about.standing),
    )


def letter_of(
    title: str, note: str, changes: Iterable[Change], appointment: Appointment | None = None
) -> Letter:
    """The mail itself, also to show beforehand; several changes of one part are one fact."""
    told: dict[str, list[str]] = {}
    for line in lines_of(changes):
        told.setdefault(line.about, []).append(line.sentence)
    return Letter(
        subject=_("Gewijzigd: %(title)s", title=title),
        sentences=(
            _("Er is iets gewijzigd aan een bijeenkomst waarvoor u bent aangemeld."),
            *((note,) if note else ()),
            _("Dit is voor u anders:"),
        ),
        facts=tuple((about, "; ".join(sentences)) for about, sentences in told.items()),
        action=_to_mine(),
        closing=may_withdraw(),
        appointment=appointment,
    )


def _to_mine() -> tuple[str, str]:
    return _("Bekijk uw aanmelding"), url_for("mine.show", _external=True)
