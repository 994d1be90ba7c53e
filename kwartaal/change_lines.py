"""Changes in Dutch, for pages and mails: what it is about, what changed, and from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.filters import in_amsterdam, period, time_range, where
from kwartaal.models.programme import ItemKind, SignUp

SOME_KINDS: dict[ItemKind, LazyString] = {
    ItemKind.PLENARY: lazy_gettext("plenair deel"),
    ItemKind.ROUND: lazy_gettext("workshopronde"),
    ItemKind.WORKSHOP: lazy_gettext("workshop"),
    ItemKind.LUNCH: lazy_gettext("lunch"),
    ItemKind.DRINKS: lazy_gettext("borrel"),
    ItemKind.BREAK: lazy_gettext("pauze"),
}
SIGN_UPS: dict[SignUp, LazyString] = {
    SignUp.NONE: lazy_gettext("hoeft niet"),
    SignUp.OPEN: lazy_gettext("vrij"),
    SignUp.LIMITED: lazy_gettext("met een maximum"),
}


@dataclass(frozen=True)
class ChangeLine:
    """One change as it is read; before and after are none where words say enough."""

    about: str
    what: str
    before: str | None = None
    after: str | None = None

    @property
    def sentence(self) -> str:
        """The same in one line of text: "Tijd: 12.15 tot 13.00 uur (was 12.00 tot 13.00 uur)"."""
        if self.after is None:
            return self.what
        if self.before is None:
            return f"{self.what}: {self.after}"
        return str(
            _(
                "%(what)s: %(after)s (was %(before)s)",
                what=self.what,
                after=self.after,
                before=self.before,
            )
        )


def lines_of(changes: Iterable[Change]) -> list[ChangeLine]:
    """The changes as one reader may know them (change_sight), in words."""
    return [_line(change) for change in changes]


def marks_of(changes: Iterable[Change]) -> dict[int, str]:
    """What to say at each part of the programme: "Nieuw", or "Gewijzigd: tijd, zaal".

    What stands there for itself is left out: that a workshop is cancelled, or moved in line.
    """
    marks: dict[int, str] = {}
    names: dict[int, list[str]] = {}
    for change in changes:
        if change.id is None:
            continue
        if change.kind == ChangeKind.ADDED:
            marks[change.id] = str(_("Nieuw"))
        elif change.kind in MARKED:
            names.setdefault(change.id, []).append(str(MARKED[change.kind]))
    told = {key: str(_("Gewijzigd: %(what)s", what=", ".join(what))) for key, what in names.items()}
    return told | marks


def _line(change: Change) -> ChangeLine:
    about = _about(change)
    if change.kind == ChangeKind.CANCELLED and change.after is None:
        return ChangeLine(about, str(_("Gaat toch door")))
    if change.kind in WORDS:
        return ChangeLine(about, str(WORDS[change.kind]))
    name, shown = VALUES[change.kind]
    before = shown(change, change.before) if change.before is not None else None
    after = shown(change, change.after)
    return ChangeLine(about, str(name), before, after)


def _about(change: Change) -> str:
    if change.subject == Subject.MEETING:
        return str(_("De bijeenkomst"))
    if change.subject == Subject.ITEM:
        return change.title or ""
    if change.subject == Subject.DOCUMENT:
        return _about_document(change)
    if change.title is None:
        return str(_("Besloten agendapunt %(number)s", number=change.number))
    return str(_("Agendapunt %(number)s: %(title)s", number=change.number, title=change.title))


def _about_document(change: Change) -> str:
    if change.number is None:
        return str(_("Stuk ‘%(title)s’", title=change.title))
    return str(
        _("Stuk ‘%(title)s’ bij agendapunt %(number)s", title=change.title, number=change.number)
    )


def _as_it_is(change: Change, value: Any) -> str:
    return str(value or _("geen"))


def _quoted(change: Change, value: str) -> str:
    return f"‘{value}’"


def _period(change: Change, value: tuple[str, str]) -> str:
    """Of the meeting with the day; of a part of it without, unless that changed."""
    start, end = (datetime.fromisoformat(moment) for moment in value)
    days = {
        in_amsterdam(datetime.fromisoformat(one)).date() for one in (*change.before, *change.after)
    }
    return period(start, end) if len(days) > 1 else time_range(start, end)


def _place(change: Change, value: tuple[bool, str | None, str | None, str | None]) -> str:
    digital, name, town, address = value
    return where(", ".join(filter(None, (name, address or town))), digital)


def _speakers(change: Change, value: tuple[tuple[str, str], ...]) -> str:
    if not value:
        return str(_("geen"))
    return ", ".join(f"{name} ({part})" if part else name for name, part in value)


def _minutes(change: Change, value: int | None) -> str:
    if value is None:
        return str(_("geen"))
    return str(ngettext("%(num)s minuut", "%(num)s minuten", value))


def _version(change: Change, value: int) -> str:
    return str(_("versie %(number)s", number=value))


def _number(change: Change, value: int | str) -> str:
    return str(_("nummer %(number)s", number=value))


MARKED: dict[ChangeKind, LazyString] = {
    ChangeKind.RETITLED: lazy_gettext("titel"),
    ChangeKind.TIME: lazy_gettext("tijd"),
    ChangeKind.ROUND: lazy_gettext("ronde"),
    ChangeKind.ROOM: lazy_gettext("zaal"),
    ChangeKind.SPEAKERS: lazy_gettext("spreker"),
    ChangeKind.SIGN_UP: lazy_gettext("aanmelden"),
    ChangeKind.TEXT: lazy_gettext("tekst"),
}
WORDS: dict[ChangeKind, LazyString] = {
    ChangeKind.ADDED: lazy_gettext("Nieuw"),
    ChangeKind.REMOVED: lazy_gettext("Vervallen"),
    ChangeKind.TEXT: lazy_gettext("De tekst is gewijzigd"),
    ChangeKind.LINKS: lazy_gettext("De links zijn gewijzigd"),
    ChangeKind.DIRECTIONS: lazy_gettext("De route is gewijzigd"),
    ChangeKind.WITHDRAWN: lazy_gettext("Ingetrokken"),
    ChangeKind.PUT_BACK: lazy_gettext("Teruggezet"),
    ChangeKind.SHELVED: lazy_gettext("Staat nu op deze plaats"),
}
VALUES: dict[ChangeKind, tuple[LazyString, Callable[[Change, Any], str]]] = {
    ChangeKind.CANCELLED: (lazy_gettext("Gaat niet door"), _as_it_is),
    ChangeKind.RETITLED: (lazy_gettext("Titel"), _quoted),
    ChangeKind.TIME: (lazy_gettext("Tijd"), _period),
    ChangeKind.PLACE: (lazy_gettext("Plaats"), _place),
    ChangeKind.ONLINE: (lazy_gettext("Online adres"), _as_it_is),
    ChangeKind.NOTE: (lazy_gettext("Opmerking"), _as_it_is),
    ChangeKind.MOVED: (lazy_gettext("Volgorde"), _number),
    ChangeKind.KIND: (lazy_gettext("Soort"), lambda _c, kind: str(SOME_KINDS[ItemKind(kind)])),
    ChangeKind.ROUND: (lazy_gettext("Ronde"), _as_it_is),
    ChangeKind.ROOM: (lazy_gettext("Zaal"), _as_it_is),
    ChangeKind.SPEAKERS: (lazy_gettext("Spreker"), _speakers),
    ChangeKind.THEME: (lazy_gettext("Thema"), _as_it_is),
    ChangeKind.SIGN_UP: (lazy_gettext("Aanmelden"), lambda _c, how: str(SIGN_UPS[SignUp(how)])),
    ChangeKind.PURPOSE: (lazy_gettext("Doel"), _as_it_is),
    ChangeKind.REPLACED: (lazy_gettext("Vervangen"), _version),
    ChangeKind.MINUTES: (lazy_gettext("Duur"), _minutes),
}
