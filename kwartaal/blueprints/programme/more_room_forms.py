"""The forms of a larger room and of a second session: one choice each."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kwartaal.domain.larger_room import Offer
from kwartaal.domain.second_session import Slot
from kwartaal.fields import (
    KeyField,
    KwartaalForm,
    RadioField,
    Required,
    SelectField,
    WholeNumberField,
)
from kwartaal.filters import number
from kwartaal.forms import given
from kwartaal.models.programme import ProgrammeItem


class LargerRoomForm(KwartaalForm):
    """Which of the offers, and how many places from now on."""

    offer = RadioField(_l("Zaal"), [Required(_l("Kies een zaal."))])
    maximum = WholeNumberField(
        _l("Aantal plekken"),
        minimum=1,
        description=_l("Laat leeg om alle zitplaatsen te gebruiken."),
    )

    def __init__(self, offers: Sequence[Offer], item: ProgrammeItem) -> None:
        super().__init__(data={"maximum": _suggested(offers, item)})
        self.offers = {_key_of(offer): offer for offer in offers}
        self.offer.choices = [(key, _said(offer, item)) for key, offer in self.offers.items()]

    def chosen(self) -> Offer:
        return self.offers[given(self.offer)]


class SecondSessionForm(KwartaalForm):
    """Which round and room; only what is free can be chosen."""

    slot = SelectField(_l("Ronde en zaal"), [Required(_l("Kies een ronde en een zaal."))])
    key = KeyField()

    def __init__(self, slots: Sequence[Slot]) -> None:
        super().__init__()
        self.slots = {f"{one.round.public_id}/{_room_key(one)}": one for one in slots}
        self.slot.choices = [(key, _slot_said(one)) for key, one in self.slots.items()]

    def chosen(self) -> Slot:
        return self.slots[given(self.slot)]


def _suggested(offers: Sequence[Offer], item: ProgrammeItem) -> int | None:
    """As many as want to come, as far as they fit in whichever room is chosen."""
    seats = [offer.room.capacity for offer in offers if offer.room.capacity]
    return min(item.taken + item.waiting, *seats) or None if seats else None


def _key_of(offer: Offer) -> str:
    if offer.swap_with is not None:
        return f"swap/{offer.swap_with.public_id}"
    return f"room/{offer.room.public_id}"


def _said(offer: Offer, item: ProgrammeItem) -> str:
    """Grote zaal (200 plekken) · Kil (30 plekken), ruil met ‘Wonen’: die gaat naar Noord"""
    words = {"room": offer.room.name, "capacity": number(offer.room.capacity or 0)}
    if offer.swap_with is None:
        return str(_("%(room)s (%(capacity)s plekken), is vrij", **words))
    words |= {"other": offer.swap_with.title, "taken": number(offer.swap_with.taken)}
    words |= {"smaller": item.room.name if item.room else ""}
    swap = _(
        "%(room)s (%(capacity)s plekken), ruil met ‘%(other)s’: daar zijn %(taken)s mensen"
        " aangemeld, en die gaat naar %(smaller)s",
        **words,
    )
    lowered = offer.lowered_to(item.room)
    if lowered is None:
        return str(swap)
    fewer = {"left": number(lowered), "maximum": number(offer.swap_with.maximum or 0)}
    return f"{swap}, {_('met %(left)s plekken in plaats van %(maximum)s', **fewer)}"


def _room_key(slot: Slot) -> str:
    return str(slot.room.public_id) if slot.room else ""


def _slot_said(slot: Slot) -> str:
    if slot.room is None:
        return str(_("%(round)s, zaal nog niet bekend", round=slot.round.title))
    words = {"round": slot.round.title, "room": slot.room.name}
    if slot.room.capacity is None:
        return str(_("%(round)s, %(room)s", **words))
    words["capacity"] = number(slot.room.capacity)
    return str(_("%(round)s, %(room)s (%(capacity)s plekken)", **words))
