"""The fields of the page on which somebody registers: a round, and what stands outside rounds."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kwartaal.models.published import PublishedItem
from kwartaal.models.standing import Chosen

NO_WORKSHOP = ""
ASKED = "asked"

Sent = MultiDict[str, str]


@dataclass
class RoundField:
    """The radios of one round. `chosen` is a workshop's public id, empty for none, None so far."""

    round: PublishedItem
    standing: Chosen | None = None
    chosen: str | None = None
    error: str | None = None

    @property
    def name(self) -> str:
        return f"round-{self.round.public_id}"

    @property
    def key(self) -> str:
        """What `waitlist_if_full` says when waiting is fine in this round."""
        return self.round.public_id

    @property
    def options(self) -> list[PublishedItem]:
        """The workshops with sign-up, and the one somebody is in from when it had it still."""
        return [one for one in self.round.workshops if one.takes_sign_up or self.is_mine(one)]

    @property
    def workshop(self) -> PublishedItem | None:
        return next((one for one in self.options if one.public_id == self.chosen), None)

    @property
    def has_full(self) -> bool:
        return any(is_full(one) and not self.is_mine(one) for one in self.options)

    @property
    def first_input(self) -> str:
        """Where the error summary leads to."""
        return self.input_of(self.workshop or self.options[0])

    def input_of(self, workshop: PublishedItem) -> str:
        return f"{self.name}-{workshop.public_id}"

    def is_mine(self, workshop: PublishedItem) -> bool:
        return self.standing is not None and self.standing.item is workshop

    @property
    def is_kept(self) -> bool:
        """Whether the choice is the one somebody has already."""
        return self.workshop is not None and self.is_mine(self.workshop)

    def suggest(self, public_id: str) -> bool:
        """Choose a workshop, if it is one of these; says whether there is a line for it."""
        if public_id not in [one.public_id for one in self.options]:
            return False
        self.chosen = public_id
        return self.workshop is not None and not self.is_kept and is_full(self.workshop)

    def read(self, sent: Sent) -> None:
        """A round that was on the page needs an answer; one that came later means no workshop."""
        values = [value for value in sent.getlist(self.name) if value != NO_WORKSHOP]
        if len(values) > 1:
            self.error = _("Kies in elke ronde één workshop.")
        elif values:
            self.chosen = values[0]
            if self.workshop is None:
                self.error = _("Deze workshop bestaat niet meer. Kies opnieuw.")
        elif self.name in sent or self.round.public_id not in sent.getlist(ASKED):
            self.chosen = NO_WORKSHOP
        else:
            self.error = _("Kies een workshop, of kies ‘Geen workshop in deze ronde’.")


@dataclass
class TickField:
    """The box of one item outside the rounds, such as the lunch."""

    item: PublishedItem
    standing: Chosen | None = None
    chosen: bool = False
    error: str | None = None

    @property
    def name(self) -> str:
        return f"item-{self.item.public_id}"

    @property
    def key(self) -> str:
        """What `waitlist_if_full` says when waiting is fine for this item."""
        return self.item.public_id

    @property
    def is_kept(self) -> bool:
        return self.chosen and self.standing is not None

    @property
    def has_full(self) -> bool:
        return is_full(self.item) and self.standing is None

    def suggest(self, public_id: str) -> bool:
        """Tick the box, if it is this one; says whether there is a line for it."""
        if public_id != self.item.public_id:
            return False
        self.chosen = True
        return self.has_full

    def read(self, sent: Sent) -> None:
        self.chosen = bool(sent.get(self.name))


def is_full(item: PublishedItem) -> bool:
    return item.places is not None and item.places.is_full
