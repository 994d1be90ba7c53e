"""How somebody wants a feed of their own to be."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kwartaal.domain.calendar_feeds import Wish
from kwartaal.fields import KwartaalForm, RadioField, Required, TextField
from kwartaal.models.calendar import LONGEST_FEED_NAME

PER_MEETING, PER_ITEM = "meeting", "item"
EVENTS = (
    (PER_MEETING, _l("Eén afspraak per bijeenkomst, met uw workshops en zalen in de tekst")),
    (PER_ITEM, _l("Aparte afspraken per onderdeel, zoals een workshop of de lunch")),
)


class OwnFeedForm(KwartaalForm):
    name = TextField(_l("Naam"), [Required(_l("Vul een naam in."))], max_length=LONGEST_FEED_NAME)
    events = RadioField(
        _l("Wat staat erin?"),
        [Required(_l("Kies wat er in uw agenda staat."))],
        choices=EVENTS,
        default=PER_MEETING,
    )
    with_deadlines = BooleanField(_l("Zet er ook in wanneer aanmelden sluit"))

    def wish(self) -> Wish:
        return Wish(self.name.data, self.events.data == PER_ITEM, self.with_deadlines.data)
