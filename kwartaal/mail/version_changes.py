"""Mails about what versions changed, made from the stored versions when they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.change_lines import lines_of
from kwartaal.domain.changes import Change
from kwartaal.domain.digests import settled
from kwartaal.domain.telling import changes_for
from kwartaal.filters import long_date
from kwartaal.mail.letter import Letter, Section
from kwartaal.mail.meetings import About, appointment_of, facts_of, find_about, may_withdraw
from kwartaal.models.outbox import OutboxMail, was_sent
from kwartaal.models.published import reader_of
from kwartaal.models.visibility import Viewer


@dataclass(frozen=True)
class Told:
    """What one row of the outbox has to tell its person, as it is true now."""

    mail_id: int
    about: About
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class OneMeeting:
    """All that several versions of one meeting changed for somebody."""

    about: About
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    mail_ids: tuple[int, ...]

    @classmethod
    def of(cls, told: Sequence[Told]) -> OneMeeting:
        changes = settled(change for one in told for change in one.changes)
        notes = dict.fromkeys(one.note for one in told if one.note)
        return cls(told[-1].about, tuple(notes), changes, tuple(one.mail_id for one in told))

    @property
    def title(self) -> str:
        return self.about.published.title


def find_told(mail: OutboxMail, now: datetime) -> Told | None:
    """None for who left meanwhile, or when the version was retracted."""
    version, about = mail.publication, find_about(mail, now)
    if version is None or version.is_retracted or about is None or about.meeting.is_cancelled:
        return None
    registration = about.standing.registration
    reader = reader_of(about.meeting, Viewer(mail.person_id), amsterdam_date(now))
    changes = changes_for(registration, version, reader) if registration.is_live else ()
    return Told(mail.id, about, version.note, changes) if changes else None


def changed(mail: OutboxMail, now: datetime) -> Letter | None:
    told = find_told(mail, now)
    return _about_one(OneMeeting.of([told])) if told is not None else None


def daily(meetings: Sequence[OneMeeting]) -> Letter:
    """All that changed for somebody since the last daily mail."""
    if len(meetings) == 1:
        return _about_one(meetings[0])
    return Letter(
        subject=_("Gewijzigd: %(number)s bijeenkomsten", number=len(meetings)),
        sentences=(
            _("Er is iets gewijzigd aan bijeenkomsten waarvoor u bent aangemeld."),
            _("Dit is voor u anders:"),
        ),
        sections=tuple(
            Section(
                f"{one.title}, {long_date(one.about.published.starts_at)}",
                one.notes,
                _facts(one.changes),
            )
            for one in meetings
        ),
        action=_to_mine(),
        closing=may_withdraw(),
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
        appointment=appointment_of(about),
    )


def letter_of(
    title: str,
    notes: Iterable[str],
    changes: Iterable[Change],
    appointment: bytes | None = None,
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
        action=_to_mine(),
        closing=may_withdraw(),
        appointment=appointment,
    )


def _about_one(meeting: OneMeeting) -> Letter:
    appointment = appointment_of(meeting.about)
    return letter_of(meeting.title, meeting.notes, meeting.changes, appointment)


def _facts(changes: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Several changes of one part are one fact."""
    told: dict[str, list[str]] = {}
    for line in lines_of(changes):
        told.setdefault(line.about, []).append(line.sentence)
    return tuple((about, "; ".join(sentences)) for about, sentences in told.items())


def _to_mine() -> tuple[str, str]:
    return _("Bekijk uw aanmelding"), url_for("mine.show", _external=True)
