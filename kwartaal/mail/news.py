"""The letter about what a version changes for one reader, as sent and as shown beforehand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from kwartaal.change_lines import lines_of
from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.domain.snapshots import parts_of
from kwartaal.domain.speaking import Speaks, touching_speaker
from kwartaal.domain.telling import FOR_EVERYBODY, OF_THE_DAY, waits_for
from kwartaal.filters import time_range
from kwartaal.mail.letter import Appointment, Letter
from kwartaal.mail.lost_parts import Lost, to_choosing, what_is_left
from kwartaal.mail.meetings import may_withdraw, to_registration
from kwartaal.models.registration import Registration

Fact = tuple[str, str]
Address = tuple[str, str]  # words and address of a button


@dataclass(frozen=True)
class News:
    """What there is to tell somebody who is registered, or only speaks, about one meeting.

    `content` is that of the version they are told of, with what is cancelled since.
    """

    title: str
    slug: str
    changes: tuple[Change, ...]
    content: Mapping[str, Any] = field(repr=False)
    notes: tuple[str, ...] = ()
    registration: Registration | None = None
    may_choose: bool = False  # whether choices can be changed now
    speaks: Speaks = Speaks()
    lost: tuple[Lost, ...] = ()  # cancelled parts that the reader had

    @property
    def second_sessions(self) -> bool:
        """Whether there is a second session of what the reader waits for."""
        waits = waits_for(self.registration)
        return any(_is_second_session(one, waits) for one in self.changes)

    @property
    def about_agenda(self) -> bool:
        return any(one.subject in FOR_EVERYBODY for one in self.changes)


def letter_of(news: News, appointment: Appointment | None = None) -> Letter:
    """The mail about one meeting."""
    waits = waits_for(news.registration)
    action = _action(news)
    return Letter(
        subject=_("Gewijzigd: %(title)s", title=news.title),
        sentences=(
            _("Er is iets gewijzigd aan een bijeenkomst waarvoor u bent aangemeld.")
            if news.registration is not None
            else _("Er is iets gewijzigd aan een bijeenkomst waar u spreker bent of was."),
            *(_("De griffie zegt hierover: %(note)s", note=note) for note in news.notes),
            _("Dit is voor u anders:"),
        ),
        facts=(
            *facts_about(news.changes, news.speaks, waits),
            *_second_sessions(news, waits),
            *what_is_left(news.lost, may_change=news.may_choose),
            *_spoken(news),
        ),
        action=action,
        closing=tuple(_closing(news, action)),
        appointment=appointment,
    )


def facts_about(
    changes: Iterable[Change], speaks: Speaks, waits: Collection[int]
) -> tuple[Fact, ...]:
    """Several changes of one part are one fact."""
    told: dict[str, list[str]] = {}
    for change in changes:
        (line,) = lines_of([change])
        told.setdefault(line.about, []).extend(_said(change, line.sentence, speaks, waits))
    return tuple((about, "; ".join(sentences)) for about, sentences in told.items())


def _said(change: Change, sentence: str, speaks: Speaks, waits: Collection[int]) -> Iterator[str]:
    """What the line says; to who was put in it or taken off, and to who waits for it, that."""
    comes = change.subject == Subject.ITEM and speaks.joins(change.id)
    goes = change.subject == Subject.ITEM and speaks.leaves(change.id)
    if change.kind != ChangeKind.SPEAKERS or not (comes or goes):
        yield sentence
    if comes and change.kind in (ChangeKind.SPEAKERS, ChangeKind.ADDED):
        yield _("u staat hier nu als spreker")
    if goes and change.kind == ChangeKind.SPEAKERS:
        yield _("u staat hier niet meer als spreker")
    if _is_second_session(change, waits):
        yield _("een tweede sessie van een workshop waarvoor u op de wachtlijst staat")


def spoken_in(
    content: Mapping[str, Any], speaks: Speaks, off: Collection[int] = ()
) -> tuple[Fact, ...]:
    """The parts that somebody speaks in, with time and room; not those that are off."""
    return tuple(
        (_("U spreekt in"), _part(part))
        for part in parts_of(dict(content))
        if part["id"] in speaks.after and "cancelled" not in part and part["id"] not in off
    )


def to_programme(slug: str) -> Address:
    """The button to the public page, for who has no registration to look at."""
    return _("Bekijk het programma"), url_for("meetings.show", slug=slug, _external=True)


def _spoken(news: News) -> tuple[Fact, ...]:
    if not touching_speaker(news.changes, news.speaks, OF_THE_DAY):
        return ()
    return spoken_in(news.content, news.speaks)


def _second_sessions(news: News, waits: Collection[int]) -> tuple[Fact, ...]:
    """When and where, for who may want to choose it."""
    new = {one.id for one in news.changes if _is_second_session(one, waits)}
    parts = parts_of(dict(news.content))
    return tuple((_("De tweede sessie"), _part(part)) for part in parts if part["id"] in new)


def _part(part: Mapping[str, Any]) -> str:
    when = time_range(*(datetime.fromisoformat(part[name]) for name in ("starts_at", "ends_at")))
    return ", ".join(filter(None, (part["title"], when, part["room"])))


def _is_second_session(change: Change, waits: Collection[int]) -> bool:
    return change.kind == ChangeKind.ADDED and change.repeats in waits


def _action(news: News) -> Address:
    """To where the reader sees, or can do, what the mail is about."""
    if news.second_sessions and news.may_choose:
        url = url_for("registrations.register", slug=news.slug, _external=True)
        return _("Kies de tweede sessie"), url
    if news.registration is None:
        return to_programme(news.slug)
    if news.may_choose and any(one.round for one in news.lost):
        return to_choosing(news.slug)
    if all(one.subject in FOR_EVERYBODY for one in news.changes):
        return _("Lees de agenda en de stukken"), _agenda(news)
    return to_registration(news.slug)


def _closing(news: News, action: Address) -> Iterator[str]:
    if news.second_sessions:
        yield _("Wilt u de tweede sessie? Kies die zelf. Tot dan blijft u op de wachtlijst staan.")
    if news.registration is None:
        yield _("Klopt dit niet, of kunt u dan niet? Laat het de griffie weten.")
        return
    if news.about_agenda and action[1] != _agenda(news):
        yield _("De agenda en de stukken leest u hier: %(url)s", url=_agenda(news))
    own = to_registration(news.slug)
    if action != own:
        yield _("Uw aanmelding bekijkt of wijzigt u hier: %(url)s", url=own[1])
    yield from may_withdraw()


def _agenda(news: News) -> str:
    return url_for("agenda.show", slug=news.slug, _external=True)
