"""The list in words, for its pages."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from kwartaal.models.attendance import MarkKind
from kwartaal.models.attendee import Attendee, Pick
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import ChoiceState

NOTHING = "–"
SAID = {
    MarkKind.ARRIVED: lazy_gettext("Is binnen"),
    MarkKind.ON_TIME: lazy_gettext("Was op tijd"),
    MarkKind.LATE: lazy_gettext("Kwam te laat"),
    MarkKind.LEFT: lazy_gettext("Is weg"),
    MarkKind.EXCUSED: lazy_gettext("Heeft zich afgemeld"),
    MarkKind.UNDONE: lazy_gettext("Ongedaan gemaakt wat ervoor stond"),
}


def comes_from(one: Attendee) -> str:
    """Organisation, office and part: "Papendrecht, raadslid, gespreksleider"."""
    parts = [part.name or _("spreker") for part in one.parts]
    return ", ".join(dict.fromkeys(word for word in (one.organisation, one.office, *parts) if word))


def workshops_of(one: Attendee, published: PublishedMeeting | None) -> str:
    """By round the code of the workshop, with who waits: "1A / 2B (wachtlijst 3)"."""
    if published is None or not published.rounds:
        return ""
    return " / ".join(_in_round(one, round_, published.codes) for round_ in published.rounds)


def _in_round(one: Attendee, round_: PublishedItem, codes: dict[int, str]) -> str:
    here = {workshop.id for workshop in round_.workshops}
    chosen = [_chosen(pick, codes) for pick in one.picks if pick.item_id in here]
    parts = [codes[part.item_id] for part in one.parts if part.item_id in here]
    return ", ".join(dict.fromkeys(chosen or parts)) or NOTHING


def _chosen(pick: Pick, codes: dict[int, str]) -> str:
    code = codes[pick.item_id]
    if pick.state == ChoiceState.WAITING:
        return str(_("%(workshop)s (wachtlijst %(rank)s)", workshop=code, rank=pick.rank))
    if pick.state == ChoiceState.WISH:
        return str(_("%(workshop)s (wens)", workshop=code))
    return code


def coded(item: PublishedItem, published: PublishedMeeting | None) -> str:
    """The title with the code of a workshop before it: "1A Waar bouwen we"."""
    code = published.codes.get(item.id) if published else None
    return " ".join(part for part in (code, item.title) if part)


def list_name(item: PublishedItem, published: PublishedMeeting | None) -> str:
    """What its list is called where one chooses a list; it says so when the part is off."""
    name = coded(item, published)
    return name if item.cancelled is None else str(_("%(name)s (gaat niet door)", name=name))


def said_in_words(kind: MarkKind) -> str:
    """What a mark says, as the history of a person reads it."""
    return str(SAID[kind])
