"""The forms of a programme: a part of the day, a round, a workshop, a speaker."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.preparation_refusals import MaximumMissing
from kwartaal.domain.programme import Details, Programme, code_of, rounds_of
from kwartaal.fields import (
    After,
    KeyField,
    KwartaalForm,
    LongTextField,
    MomentField,
    RadioField,
    Required,
    SelectField,
    TextField,
    WholeNumberField,
)
from kwartaal.forms import SharedForm, given
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.venue import Room
from kwartaal.translations import sentence

KINDS = {
    ItemKind.PLENARY: _l("Plenair deel"),
    ItemKind.LUNCH: _l("Lunch"),
    ItemKind.DRINKS: _l("Borrel"),
    ItemKind.BREAK: _l("Pauze"),
}
SIGN_UPS = (
    (SignUp.NONE, _l("Nee")),
    (SignUp.OPEN, _l("Ja, zonder maximum")),
    (SignUp.LIMITED, _l("Ja, met een maximum")),
)


class ItemForm(SharedForm):
    """What every item has: a title and times inside the meeting."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    starts_at = MomentField(_l("Begin"), [Required(_l("Vul in wanneer het begint."))])
    ends_at = MomentField(
        _l("Einde"),
        [
            Required(_l("Vul in wanneer het eindigt.")),
            After("starts_at", _l("Het einde moet na het begin liggen.")),
        ],
    )
    description = LongTextField(_l("Omschrijving"), max_length=4000)
    key = KeyField()

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same_day = amsterdam_date(meeting.starts_at) == amsterdam_date(meeting.ends_at)
        for field in (self.starts_at, self.ends_at):
            field.day_is_known = same_day

    def details(self, kind: ItemKind) -> Details:
        """What was typed, for an item of a kind."""
        return Details(
            kind=kind,
            title=self.title.data,
            starts_at=given(self.starts_at),
            ends_at=given(self.ends_at),
            description=self.description.data,
        )


class RoundForm(ItemForm):
    """A round: the time in which its workshops run beside each other."""


class PartForm(ItemForm):
    """A part of the day for everybody, or a workshop: with a room, and maybe sign-up."""

    kind = SelectField(_l("Soort"), coerce=ItemKind, choices=tuple(KINDS.items()))
    theme = TextField(_l("Thema"), max_length=60, description=_l("Bijvoorbeeld: Wonen"))
    round = SelectField(_l("Ronde"), [Required(_l("Kies een ronde."))])
    room = SelectField(_l("Zaal"))
    setup_minutes = WholeNumberField(
        _l("Minuten om op te bouwen"),
        maximum=600,
        description=_l("Zo lang voor het begin is de zaal al nodig."),
    )
    sign_up = RadioField(
        _l("Kunnen mensen zich hiervoor aanmelden?"),
        [Required(_l("Kies of mensen zich kunnen aanmelden."))],
        coerce=SignUp,
        choices=SIGN_UPS,
    )
    maximum = WholeNumberField(_l("Aantal plekken"), minimum=1)

    def __init__(
        self, meeting: Meeting, programme: Programme, is_workshop: bool, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(meeting, *args, **kwargs)
        rooms = meeting.venue.rooms if meeting.venue else []
        self._rooms = {str(room.public_id): room for room in rooms}
        self._rounds = {str(one.public_id): one for one in rounds_of(programme)}
        self.room.choices = [("", _l("Nog niet bekend")), *map(_room_choice, rooms)]
        self.round.choices = [(key, one.title) for key, one in self._rounds.items()]
        for name in ("kind",) if is_workshop else ("theme", "round"):
            delattr(self, name)

    def validate_maximum(self, field: WholeNumberField) -> None:
        """Asked for together with all else that is missing; the rule itself is the domain's."""
        if self.sign_up.data == SignUp.LIMITED and field.data is None:
            raise StopValidation(sentence(MaximumMissing()))

    def details(self, kind: ItemKind) -> Details:
        return Details(
            kind=given(self.kind) if "kind" in self and self.kind.data else kind,
            title=self.title.data,
            starts_at=given(self.starts_at),
            ends_at=given(self.ends_at),
            description=self.description.data,
            theme=self.theme.data if "theme" in self else "",
            room=self._rooms[self.room.data] if self.room.data else None,
            setup_minutes=self.setup_minutes.data or 0,
            round=self._rounds[given(self.round)] if "round" in self else None,
            sign_up=given(self.sign_up),
            maximum=self.maximum.data,
        )


class NewRoundForm(RoundForm):
    seen = None


class NewPartForm(PartForm):
    seen = None


class SpeakerForm(KwartaalForm):
    """Somebody who speaks in or leads an item: by name, or a person we know."""

    name = TextField(_l("Naam"), max_length=160)
    part = TextField(_l("Rol"), max_length=80, description=_l("Bijvoorbeeld: gespreksleider"))
    key = KeyField()

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        if person is not None:
            del self.name
        else:
            self.name.validators = [Required(_l("Vul een naam in."))]


def form_of(item: ProgrammeItem, programme: Programme) -> ItemForm:
    """The form of a stored item."""
    if item.kind == ItemKind.ROUND:
        return RoundForm(item.meeting, data=_data_of(item))
    return PartForm(item.meeting, programme, item.is_workshop, data=_data_of(item))


def new_form(
    meeting: Meeting, programme: Programme, kind: ItemKind, suggested: dict[str, object]
) -> ItemForm:
    """The form of an item that does not exist yet, filled in as far as one can guess."""
    if kind == ItemKind.ROUND:
        return NewRoundForm(meeting, data=suggested)
    is_workshop = kind == ItemKind.WORKSHOP
    return NewPartForm(meeting, programme, is_workshop, data=suggested)


def heading_of(item: ProgrammeItem, programme: Programme) -> str:
    """What stands above the form of a stored item."""
    if item.is_workshop:
        return str(_("Workshop %(code)s", code=code_of(item, programme)))
    return str(_("Workshopronde") if item.kind == ItemKind.ROUND else KINDS[item.kind])


def _data_of(item: ProgrammeItem) -> dict[str, object]:
    return {
        "kind": item.kind,
        "title": item.title,
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "description": item.description,
        "theme": item.theme,
        "round": str(item.round.public_id) if item.round else None,
        "room": str(item.room.public_id) if item.room else None,
        "setup_minutes": item.setup_minutes or None,
        "sign_up": item.sign_up,
        "maximum": item.maximum,
    }


def _room_choice(room: Room) -> tuple[str, str]:
    if room.capacity is None:
        return str(room.public_id), room.name
    label = _("%(name)s (%(capacity)s plekken)", name=room.name, capacity=room.capacity)
    return str(room.public_id), label
