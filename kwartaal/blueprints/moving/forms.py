"""Where and when a meeting moves to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.fields import After, KwartaalForm, MomentField, Required, SelectField
from kwartaal.forms import given
from kwartaal.models.meeting import Meeting
from kwartaal.models.venue import Venue


class MoveForm(KwartaalForm):
    """The new date, time and place. `seen` is what the page showed that it would do."""

    seen = HiddenField()
    starts_at = MomentField(_l("Begin"), [Required(_l("Vul in wanneer de bijeenkomst begint."))])
    ends_at = MomentField(
        _l("Einde"),
        [
            Required(_l("Vul in wanneer de bijeenkomst eindigt.")),
            After("starts_at", _l("Het einde moet na het begin liggen.")),
        ],
    )
    along = BooleanField(
        _l("Schuif ook de tijden van het programma op"),
        description=_l(
            "Vink dit aan als de hele dag eerder of later begint. Anders blijft elk onderdeel op "
            "hetzelfde tijdstip van de dag."
        ),
    )
    terms_along = BooleanField(
        _l("Schuif het sluiten van aanmelden mee op"),
        description=_l(
            "Aanmelden sluit dan evenveel dagen voor de bijeenkomst als nu. Ook de wachtlijst "
            "schuift zo lang door. Anders blijven die momenten zoals ze zijn."
        ),
    )
    venue = SelectField(_l("Locatie"))
    is_digital = BooleanField(_l("Mensen kunnen online meedoen"))

    def __init__(self, meeting: Meeting, venues: Collection[Venue]) -> None:
        super().__init__(data=_data_of(meeting))
        self._venues = {venue.slug: venue for venue in venues}
        names = [(venue.slug, f"{venue.name}, {venue.town}") for venue in venues]
        self.venue.choices = [("", _l("Geen locatie, alleen online")), *names]

    def to(self) -> TimeAndPlace:
        """When and where, of a form that is valid."""
        venue = self._venues[self.venue.data] if self.venue.data else None
        start, end = given(self.starts_at), given(self.ends_at)
        return TimeAndPlace(start, end, venue, bool(self.is_digital.data))


def _data_of(meeting: Meeting) -> dict[str, Any]:
    return {
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "venue": meeting.venue.slug if meeting.venue else None,
        "is_digital": meeting.is_digital,
        "terms_along": True,
    }
