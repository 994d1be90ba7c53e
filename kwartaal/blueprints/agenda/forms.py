"""The form of an agenda item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kwartaal.domain.agenda import LONGEST_SPEAKER, Point
from kwartaal.fields import (
    KeyField,
    KwartaalForm,
    LinksField,
    LongTextField,
    RadioField,
    Required,
    SelectField,
    TextField,
    WholeNumberField,
)
from kwartaal.fields.links import TypedLink, links_in
from kwartaal.filters import short_date
from kwartaal.forms import SharedForm, given
from kwartaal.models.agenda import AgendaItem, Link
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.series import Series

OPENNESS = (
    (Openness.OPENBAAR, _l("Openbaar")),
    (
        Openness.DATUM,
        _l("Besloten: bezoekers zien alleen ‘Besloten agendapunt’, het gremium en de datum"),
    ),
    (Openness.BESLOTEN, _l("Besloten: bezoekers zien alleen ‘Besloten agendapunt’")),
)
LONGEST = 600  # minutes
MARKDOWN_HINT = _l(
    "Een lege regel begint een nieuwe alinea. Ook kan: **vet**, *schuin*, # kop, - lijst, "
    "> citaat en [naam van een link](https://adres)."
)


class AgendaItemForm(SharedForm):
    """A numbered point: what it is about, what for, how long, for whose eyes."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    purpose = SelectField(_l("Doel"))
    minutes = WholeNumberField(_l("Aantal minuten"), minimum=1, maximum=LONGEST)
    speaker = TextField(_l("Spreker of portefeuillehouder"), max_length=LONGEST_SPEAKER)
    text = LongTextField(_l("Toelichting"), max_length=8000, description=MARKDOWN_HINT)
    links = LinksField(
        _l("Links"),
        description=_l(
            "Zet elke link op een eigen regel: eerst de naam, dan het adres. "
            "Bijvoorbeeld: Startnotitie https://www.voorbeeld.nl/notitie"
        ),
    )
    openness = RadioField(
        _l("Openbaarheid"),
        [Required(_l("Kies of het punt openbaar is."))],
        coerce=Openness,
        choices=OPENNESS,
    )
    shows_title = BooleanField(_l("Bezoekers mogen de titel van dit besloten punt wel lezen"))
    key = KeyField()

    def __init__(self, series: Series, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._purposes = {purpose.name: purpose for purpose in series.purposes}
        self.purpose.choices = [("", _l("Geen")), *((name, name) for name in self._purposes)]
        if series.body is None and self.openness.object_data != Openness.DATUM:
            # Everybody knows the date of such a meeting.
            self.openness.choices = [one for one in OPENNESS if one[0] != Openness.DATUM]

    def leave_openness(self, titles_only: bool = False) -> None:
        """No longer ask who may see the point; with `titles_only` only not about its title."""
        for name in ("shows_title",) if titles_only else ("openness", "shows_title"):
            delattr(self, name)

    def point(self, stored: AgendaItem | None = None) -> Point:
        """What was typed; as it is where it was not asked."""
        openness = stored.openness if stored else Openness.OPENBAAR
        shows_title = stored.shows_title if stored else False
        return Point(
            title=self.title.data,
            openness=given(self.openness) if "openness" in self else openness,
            text=self.text.data,
            purpose=self._purposes[self.purpose.data] if self.purpose.data else None,
            minutes=self.minutes.data,
            speaker=self.speaker.data,
            links=[Link(label=one.label, address=one.address) for one in links_in(self.links.data)],
            shows_title=bool(self.shows_title.data) if "shows_title" in self else shows_title,
        )


class NewAgendaItemForm(AgendaItemForm):
    seen = None


class TransferForm(KwartaalForm):
    """To which agenda a point goes."""

    meeting = SelectField(_l("Bijeenkomst"), [Required(_l("Kies een bijeenkomst."))])

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        super().__init__()
        self._meetings = {str(meeting.public_id): meeting for meeting in meetings}
        self.meeting.choices = [
            (key, _l("%(day)s: %(title)s", day=short_date(one.starts_at), title=one.title))
            for key, one in self._meetings.items()
        ]

    def target(self) -> Meeting:
        """The meeting that was chosen, for a form that is valid."""
        return self._meetings[given(self.meeting)]


def data_of(item: AgendaItem) -> dict[str, object]:
    """A stored point as its form shows it."""
    return {
        "title": item.title,
        "purpose": item.purpose.name if item.purpose else None,
        "minutes": item.minutes,
        "speaker": item.speaker,
        "text": item.text,
        "links": "\n".join(TypedLink(**link).line for link in item.links),
        "openness": item.openness,
        "shows_title": item.shows_title,
    }
