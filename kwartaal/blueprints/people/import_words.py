"""What the preview of an import says about a row."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from kwartaal.domain.people_import import Change, Fact, ForecastRow, Outcome
from kwartaal.filters import phone, short_date
from kwartaal.translations import sentence

OUTCOMES = {
    Outcome.NEW: lazy_gettext("Nieuw"),
    Outcome.CHANGED: lazy_gettext("Bijgewerkt"),
    Outcome.UNCHANGED: lazy_gettext("Niets"),
    Outcome.REFUSED: lazy_gettext("Fout"),
}
TONES = {
    Outcome.NEW: "safe",
    Outcome.CHANGED: "active",
    Outcome.UNCHANGED: "neutral",
    Outcome.REFUSED: "danger",
}
FACTS = {
    Fact.FIRST_NAME: lazy_gettext("Voornaam"),
    Fact.PREFIX: lazy_gettext("Tussenvoegsel"),
    Fact.LAST_NAME: lazy_gettext("Achternaam"),
    Fact.EMAIL: lazy_gettext("Inlogadres"),
    Fact.CONTACT_EMAIL: lazy_gettext("Contactadres"),
    Fact.PHONE: lazy_gettext("Telefoon"),
}


def explained(expected: ForecastRow) -> list[str]:
    """Sentences: what is wrong, or what changes."""
    said = [sentence(mistake) for mistake in expected.mistakes]
    said += [_changed(change) for change in expected.changes]
    if expected.has_namesake:
        said.append(_("Let op: er is al iemand met deze naam."))
    return said


def _changed(change: Change) -> str:
    if change.fact == Fact.OFFICE:
        return _("%(office)s, vanaf %(day)s", office=change.about, day=_shown(change.new))
    if change.fact == Fact.LAST_DAY:
        return _("%(office)s, laatste dag %(day)s", office=change.about, day=_shown(change.new))
    what, new = str(FACTS[change.fact]), _value(change.fact, change.new)
    if not change.old:
        return _("%(what)s: %(new)s", what=what, new=new)
    old = _value(change.fact, change.old)
    return _("%(what)s: %(old)s wordt %(new)s", what=what, old=old, new=new)


def _value(fact: Fact, value: str | date | None) -> str:
    return phone(str(value)) if fact == Fact.PHONE else str(value)


def _shown(value: str | date | None) -> str:
    return short_date(value) if isinstance(value, date) else str(value)
