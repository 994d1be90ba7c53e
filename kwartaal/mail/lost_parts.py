"""A cancelled part that somebody had: why it is off, and what else there is in its round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.filters import plural
from kwartaal.mail.meetings import About, find_live_about
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.published import PublishedItem, PublishedMeeting


@dataclass(frozen=True)
class Lost:
    """The part, and the round of a workshop; beside a meal, or drinks, there is nothing else."""

    item: PublishedItem
    reason: str
    round: PublishedItem | None = None

    @property
    def others(self) -> list[PublishedItem]:
        """What still has places in the round."""
        workshops = self.round.workshops if self.round is not None else ()
        return [one for one in workshops if one.places and not one.places.is_full]


def find_lost(mail: OutboxMail, now: datetime) -> tuple[About, Lost] | None:
    """For who still comes, or waits, to a meeting that is on; None when the part is on too."""
    about = find_live_about(mail, now)
    lost = lost_in(about.published, mail.item_id) if about is not None else None
    return (about, lost) if about is not None and lost is not None else None


def lost_in(published: PublishedMeeting, item_id: int | None) -> Lost | None:
    """None when the part is on, or not in the programme any more."""
    for part in published.items:
        for item, round_ in ((part, None), *((one, part) for one in part.workshops)):
            if item.id == item_id and item.cancelled is not None:
                return Lost(item, item.cancelled, round_)
    return None


def choose_again(lost: Lost, *, may_change: bool) -> str:
    """What somebody can do who had a workshop that is off."""
    if not lost.others:
        return _("In deze ronde is nergens meer plek.")
    if not may_change:
        return _("Aanmelden is gesloten. Wilt u een andere workshop in deze ronde? Bel de griffie.")
    return _("U kunt in deze ronde iets anders kiezen. Hieronder ziet u waar nog plek is.")


def facts_of_others(lost: Lost) -> Iterator[tuple[str, str]]:
    """What still has places, and how many."""
    return ((other.title, _places(other)) for other in lost.others)


def to_choosing(slug: str) -> tuple[str, str]:
    """The button to another workshop."""
    url = url_for("registrations.register", slug=slug, _external=True)
    return _("Kies een andere workshop"), url


def what_is_left(parts: Iterable[Lost], *, may_change: bool) -> Iterator[tuple[str, str]]:
    """Each round once, in a mail that tells of more."""
    rounds = {lost.round.id: lost for lost in parts if lost.round is not None}
    for lost in rounds.values():
        if lost.round is not None:
            yield lost.round.title, choose_again(lost, may_change=may_change)
            yield from facts_of_others(lost)


def _places(item: PublishedItem) -> str:
    if item.places is None or item.places.free is None:
        return _("vrij aanmelden")
    left = plural(item.places.free, _("plek"), _("plekken"))
    return _("nog %(places)s", places=left)
