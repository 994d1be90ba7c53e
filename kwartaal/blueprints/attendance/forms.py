"""Forms of attendance: finding people on the list, noting something, a visitor nobody knew."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from kwartaal.blueprints.attendance.sight import listed_items
from kwartaal.blueprints.attendance.words import SAID, list_name
from kwartaal.domain.attendance import ComingAs, Visitor
from kwartaal.domain.people import PersonDetails
from kwartaal.fields import (
    KeyField,
    KwartaalForm,
    RadioField,
    Required,
    SelectField,
    TextField,
    TimeField,
)
from kwartaal.fields.moments import moment_of
from kwartaal.filters import AUDIENCES, ORGANISATION_KINDS
from kwartaal.models.attendance import MarkKind
from kwartaal.models.attendance_search import EVERYTHING, AttendanceSearch, Stand
from kwartaal.models.organisation import Audience, all_organisations, find_organisation
from kwartaal.models.person import words_of
from kwartaal.models.published import PublishedMeeting

STANDS = {
    "verwacht": Stand.EXPECTED,
    "binnen": Stand.PRESENT,
    "laat": Stand.LATE,
    "weg": Stand.LEFT,
    "afgemeld": Stand.EXCUSED,
    "wachtlijst": Stand.WAITING,
    "inloop": Stand.WALK_IN,
}
NOBODYS = "-"  # in the address: who comes for no organisation


class SearchForm(KwartaalForm):
    """The search above the list; what does not exist asks for everything, and is named."""

    class Meta(KwartaalForm.Meta):
        csrf = False

    zoek = TextField(lazy_gettext("Zoek op naam of organisatie"), max_length=100)
    onderdeel = SelectField(lazy_gettext("Lijst"))
    organisatie = SelectField(lazy_gettext("Organisatie"))
    doelgroep = SelectField(
        lazy_gettext("Groep"),
        coerce=Audience,
        choices=[("", lazy_gettext("Alle groepen")), *AUDIENCES.items()],
    )
    stand = HiddenField(lazy_gettext("Stand"))

    def __init__(
        self,
        *args: Any,
        published: PublishedMeeting | None,
        organisations: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        items = [(one.public_id, list_name(one, published)) for one in listed_items(published)]
        self.onderdeel.choices = [("", _("Hele bijeenkomst")), *items]
        names = [(name or NOBODYS, name or _("geen organisatie")) for name in organisations]
        self.organisatie.choices = [("", _("Alle organisaties")), *names]

    @property
    def search(self) -> AttendanceSearch:
        """What is asked for; a field with something unknown in it asks for everything."""
        known = {name: field.data for name, field in self._fields.items() if not field.errors}
        organisation = known.get("organisatie")
        return AttendanceSearch(
            words=known.get("zoek") or "",
            organisation="" if organisation == NOBODYS else organisation or None,
            audience=known.get("doelgroep"),
            stand=STANDS.get(known.get("stand") or ""),
        )

    def validate_stand(self, field: HiddenField) -> None:
        if field.data and field.data not in STANDS:
            raise StopValidation(_("Deze keuze bestaat niet."))

    @property
    def left_out(self) -> list[str]:
        """The names of what was asked for and cannot be, once the form was validated."""
        return [str(field.label.text) for field in self if field.errors]

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than everybody on the list."""
        return self.search != EVERYTHING

    @property
    def shows_more(self) -> bool:
        """Whether what stands under "more filters" is used."""
        return bool(self.organisatie.data or self.doelgroep.data)


class SeenField(HiddenField):
    """The newest mark that was on the screen."""

    @property
    def mark(self) -> uuid.UUID | None:
        """Its key; None when there was none."""
        try:
            return uuid.UUID(str(self.data))  # a client may send a file
        except ValueError:
            return None


class MarkForm(KwartaalForm):
    """The button of a row: its key, so that pressing it twice is one mark, and what it says."""

    key = KeyField()
    said = HiddenField()
    seen = SeenField()

    @property
    def kind(self) -> MarkKind:
        return MarkKind(self.said.data) if self.said.data in list(MarkKind) else abort(400)


class NoteForm(KwartaalForm):
    """What to note about somebody, at a time of the day of the meeting, or now.

    Once it is found right, `happened_at` is the moment that was filled in, if any.
    """

    key = KeyField()
    seen = SeenField()
    said = RadioField(
        lazy_gettext("Wat wilt u noteren?"),
        [Required(lazy_gettext("Kies wat u wilt noteren."))],
        choices=[(kind, words) for kind, words in SAID.items() if kind != MarkKind.UNDONE],
    )
    moment = TimeField(
        lazy_gettext("Hoe laat?"),
        description=lazy_gettext(
            "Op de dag van de bijeenkomst. Leeg is nu, of de tijd die er al staat."
        ),
    )

    def __init__(self, day: date, is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._day = day
        if not is_late:  # nothing to take back
            self.said.choices = [
                choice for choice in self.said.choices if choice.value != MarkKind.ON_TIME
            ]
        self.happened_at: datetime | None = None

    def validate_moment(self, field: TimeField) -> None:
        """A time that the clock skips on that day is no time."""
        if field.data is None:
            return
        try:
            self.happened_at = moment_of(self._day, field.data)
        except ValueError as wrong:
            raise StopValidation(str(wrong)) from None


class DeviceForm(KwartaalForm):
    """What marks made on this device say they were made on."""

    name = TextField(lazy_gettext("Naam van dit apparaat"), max_length=40)


class WordsForm(KwartaalForm):
    """Looking a walk-in up by name."""

    class Meta(KwartaalForm.Meta):
        csrf = False

    zoek = TextField(lazy_gettext("Naam van de bezoeker"), max_length=100)


class VisitorForm(KwartaalForm):
    """Somebody who walked in and is not known yet; the name is enough."""

    first_name = TextField(
        lazy_gettext("Voornaam"), [Required(lazy_gettext("Vul de voornaam in."))], max_length=60
    )
    prefix = TextField(lazy_gettext("Tussenvoegsel"), max_length=20)
    last_name = TextField(
        lazy_gettext("Achternaam"), [Required(lazy_gettext("Vul de achternaam in."))], max_length=80
    )
    organisation = SelectField(lazy_gettext("Organisatie"))
    audience = SelectField(
        lazy_gettext("Groep"),
        coerce=Audience,
        choices=[("", lazy_gettext("Geen van deze groepen")), *AUDIENCES.items()],
    )
    key = KeyField()
    # The name that the clerk was told somebody has already.
    told = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation.choices = [SelectChoice("", _("Geen of onbekend"))]
        organisations = all_organisations()
        for kind, label in ORGANISATION_KINDS.items():
            self.organisation.choices += [
                SelectChoice(one.slug, one.name, optgroup=str(label))
                for one in organisations
                if one.kind == kind
            ]

    @classmethod
    def for_name(cls, words: str) -> VisitorForm:
        """The form with the name that was looked for."""
        first, prefix, last = cls.names_in(words)
        return cls(data={"first_name": first, "prefix": prefix[:20], "last_name": last})

    @staticmethod
    def names_in(words: str) -> tuple[str, str, str]:
        """First name, prefix and last name; one word is a last name, as is what has a comma."""
        last, _comma, before = words.partition(",")
        if before.strip():
            first, *rest = words_of(before) or [""]
            return first, " ".join(rest), last.strip()
        *rest, last = words_of(words) or [""]
        first = rest.pop(0) if rest else ""
        return first, " ".join(rest), last

    @property
    def name(self) -> str:
        parts = (self.first_name.data, self.prefix.data, self.last_name.data)
        return " ".join(part for part in parts if part)

    @property
    def visitor(self) -> Visitor:
        """What was filled in; only after it was found right."""
        slug = self.organisation.data
        organisation = (find_organisation(slug) or abort(404)) if slug else None
        return Visitor(
            PersonDetails(self.first_name.data, self.prefix.data, self.last_name.data),
            ComingAs.guest_of(organisation, self.audience.data),
            is_another=self.told.data == self.name,
        )
