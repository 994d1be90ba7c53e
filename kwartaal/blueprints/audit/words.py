"""The lines of the log in Dutch. What has no word here is not shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from kwartaal.exports import PAPER_NAMES
from kwartaal.filters import moment, short_date
from kwartaal.models.audit import AuditAction, AuditEntry, subject_of
from kwartaal.models.openness import Openness

ACTIONS: dict[AuditAction, LazyString] = {
    AuditAction.SIGNED_IN: lazy_gettext("Ingelogd"),
    AuditAction.SIGN_IN_FAILED: lazy_gettext("Inloggen mislukt"),
    AuditAction.SIGNED_OUT: lazy_gettext("Uitgelogd"),
    AuditAction.SESSION_ENDED: lazy_gettext("Sessie beëindigd"),
    AuditAction.PASSWORD_CHANGED: lazy_gettext("Wachtwoord gewijzigd"),
    AuditAction.EMAIL_CHANGE_REQUESTED: lazy_gettext("Nieuw inlogadres gevraagd"),
    AuditAction.EMAIL_CHANGED: lazy_gettext("Inlogadres gewijzigd"),
    AuditAction.EMAIL_CHANGE_STOPPED: lazy_gettext("Nieuw inlogadres gestopt"),
    AuditAction.ROLE_GRANTED: lazy_gettext("Rol gegeven"),
    AuditAction.ROLE_REVOKED: lazy_gettext("Rol ingetrokken"),
    AuditAction.PUBLISHED: lazy_gettext("Gepubliceerd"),
    AuditAction.ANNOUNCED: lazy_gettext("Aangekondigd"),
    AuditAction.CANCELLED: lazy_gettext("Geannuleerd"),
    AuditAction.MOVED: lazy_gettext("Verplaatst"),
    AuditAction.WORKSHOP_CANCELLED: lazy_gettext("Onderdeel geannuleerd"),
    AuditAction.RESTORED: lazy_gettext("Hersteld"),
    AuditAction.WORKSHOP_RESTORED: lazy_gettext("Onderdeel hersteld"),
    AuditAction.INVITED: lazy_gettext("‘Aanmelden is open’ verstuurd"),
    AuditAction.NOT_TOLD: lazy_gettext("Wijzigingen niet verteld"),
    AuditAction.VERSION_RETRACTED: lazy_gettext("Versie ingetrokken"),
    AuditAction.PUBLICATION_PLANNED: lazy_gettext("Publiceren gepland"),
    AuditAction.PLAN_STOPPED: lazy_gettext("Gepland publiceren gestopt"),
    AuditAction.PLAN_REFUSED: lazy_gettext("Gepland publiceren ging niet door"),
    AuditAction.PLAN_REFUSAL_SEEN: lazy_gettext("Mislukt publiceren gezien"),
    AuditAction.OPENNESS_CHANGED: lazy_gettext("Openbaarheid gewijzigd"),
    AuditAction.DOCUMENT_OPENNESS_CHANGED: lazy_gettext("Openbaarheid van een stuk gewijzigd"),
    AuditAction.DOCUMENT_REPLACED: lazy_gettext("Stuk vervangen"),
    AuditAction.DOCUMENT_WITHDRAWN: lazy_gettext("Stuk ingetrokken"),
    AuditAction.DOCUMENT_PUT_BACK: lazy_gettext("Stuk teruggezet"),
    AuditAction.RECAP_PUBLISHED: lazy_gettext("Vlugschrift gepubliceerd"),
    AuditAction.RECAP_TAKEN_BACK: lazy_gettext("Vlugschrift van de site gehaald"),
    AuditAction.RECORDING_LINKED: lazy_gettext("Opname op de site gezet"),
    AuditAction.RECORDING_REMOVED: lazy_gettext("Opname van de site gehaald"),
    AuditAction.REPORT_MADE_FINAL: lazy_gettext("Verslag definitief gemaakt"),
    AuditAction.EXPORTED: lazy_gettext("Lijst geëxporteerd"),
    AuditAction.IMPORTED: lazy_gettext("Personen geïmporteerd"),
    AuditAction.COUNCIL_TERM_ENDED: lazy_gettext("Raadsperiode beëindigd"),
}

HOW = {
    "link": lazy_gettext("met een link"),
    "code": lazy_gettext("met een code"),
    "password": lazy_gettext("met een wachtwoord"),
}
WHAT = {
    "set": lazy_gettext("ingesteld"),
    "removed": lazy_gettext("verwijderd"),
    "one": lazy_gettext("één apparaat"),
    "others": lazy_gettext("alle andere apparaten"),
    "all": lazy_gettext("alle apparaten"),
    "stopped": lazy_gettext("voor de bevestiging"),
    "undone": lazy_gettext("na de bevestiging teruggedraaid"),
}
OPENNESS: dict[object, LazyString] = {
    Openness.OPENBAAR: lazy_gettext("openbaar"),
    Openness.DATUM: lazy_gettext("alleen de datum openbaar"),
    Openness.BESLOTEN: lazy_gettext("besloten"),
}
COUNTS: dict[str, Callable[[int], str]] = {
    "registered": lambda n: ngettext("%(num)s aanmelding", "%(num)s aanmeldingen", n),
    "offices": lambda n: ngettext("%(num)s ambt", "%(num)s ambten", n),
    "people": lambda n: ngettext("%(num)s persoon", "%(num)s personen", n),
    "new": lambda n: _("%(count)s nieuw", count=n),
    "changed": lambda n: _("%(count)s gewijzigd", count=n),
}
Names = Mapping[str, str]


def subject_named(entry: AuditEntry, names: Names) -> str:
    """What a line is about, as far as the reader may know it; "" for who did it to themselves."""
    if entry.actor is not None and entry.subject == subject_of(entry.actor):
        return ""
    if entry.subject in names:
        return names[entry.subject]
    if entry.subject.startswith("meeting:"):
        return str(_("een bijeenkomst die u niet kunt zien"))
    if entry.subject.startswith("person:"):
        return str(_("een persoon die er niet meer is"))
    return str(_("de lijst van personen")) if entry.subject == "people" else ""


def described(entry: AuditEntry, names: Names) -> str:
    """The details of a line; none of a meeting that the reader may not see."""
    if entry.subject.startswith("meeting:") and entry.subject not in names:
        return ""
    words = [*_ways(entry), *_role(entry, names), *_openness(entry), *_numbers(entry)]
    return ", ".join(words)


def _ways(entry: AuditEntry) -> list[str]:
    known = ((HOW, entry.detail.get("how")), (WHAT, entry.detail.get("what")))
    return [str(words[value]) for words, value in known if value in words]


def _role(entry: AuditEntry, names: Names) -> list[str]:
    role = entry.detail.get("role")
    if role is None:
        return []
    whose = entry.detail.get("organisation") or names.get(f"person:{entry.detail.get('acts_for')}")
    return [str(_("%(role)s van %(name)s", role=role, name=whose) if whose else role)]


def _openness(entry: AuditEntry) -> list[str]:
    before, after = (OPENNESS.get(entry.detail.get(key)) for key in ("before", "after"))
    if before is None or after is None:
        return []
    return [str(_("van ‘%(before)s’ naar ‘%(after)s’", before=before, after=after))]


def _numbers(entry: AuditEntry) -> list[str]:
    detail = entry.detail
    words = [str(detail["format"]).upper()] if "format" in detail else []
    if detail.get("paper") in PAPER_NAMES:
        words.append(str(PAPER_NAMES[detail["paper"]]))
    if detail.get("with_withdrawn"):
        words.append(str(_("ook wie zich zelf afmeldde")))
    if detail.get("version"):
        words.append(str(_("versie %(number)s", number=detail["version"])))
    if "moment" in detail:
        at = moment(datetime.fromisoformat(detail["moment"]))
        words.append(str(_("op %(moment)s", moment=at)))
    if "last_day" in detail:
        day = short_date(date.fromisoformat(detail["last_day"]))
        words.append(str(_("tot en met %(day)s", day=day)))
    return words + [counted(detail[key]) for key, counted in COUNTS.items() if key in detail]
