"""Forms of attendance: finding people on the list, and a visitor nobody knew."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from kwartaal.blueprints.attendance.words import coded
from kwartaal.domain.attendance import ComingAs, Visitor
from kwartaal.domain.people import PersonDetails
from kwartaal.fields import KeyField, KwartaalForm, Required, SelectField, TextField
from kwartaal.filters import AUDIENCES, ORGANISATION_KINDS
from kwartaal.models.attendance_search import AttendanceSearch
from kwartaal.models.organisation import Audience, all_organisations, find_organisation
from kwartaal.models.published import PublishedMeeting

STATES = {
    "verwacht": "expected",
    "binnen": "present",
    "wachtlijst": "waiting",
    "inloop": "walk_in",
}


class SearchForm(KwartaalForm):
    """The search above the list; what does not exist asks for everything."""

    class Meta(KwartaalForm.Meta):
        csrf = False

    zoek = TextField(lazy_gettext("Zoek op naam of organisatie"), max_length=100)
    onderdeel = SelectField(lazy_gettext("Onderdeel"))
    doelgroep = SelectField(
        lazy_gettext("Groep"),
        coerce=Audience,
        choices=[("", lazy_gettext("Alle groepen")), *AUDIENCES.items()],
    )
    stand = SelectField(
        lazy_gettext("Stand"),
        choices=[
            ("", lazy_gettext("Iedereen")),
            ("verwacht", lazy_gettext("Nog verwacht")),
            ("binnen", lazy_gettext("Binnen")),
            ("wachtlijst", lazy_gettext("Op een wachtlijst")),
            ("inloop", lazy_gettext("Inloop")),
        ],
    )

    def __init__(self, *args: Any, published: PublishedMeeting | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: dict[str, int] = {}
        self.onderdeel.choices = [SelectChoice("", _("Alle onderdelen"))]
        if published is None:
            return
        for item in published.offered:
            self.items[item.public_id] = item.id
            self.onderdeel.choices.append(SelectChoice(item.public_id, coded(item, published)))

    @property
    def search(self) -> AttendanceSearch:
        """What is asked for; a field with something unknown in it asks for everything."""
        known = {name: field.data for name, field in self._fields.items() if not field.errors}
        item = known.get("onderdeel")
        return AttendanceSearch(
            words=known.get("zoek") or "",
            item_id=self.items.get(item) if item else None,
            audience=known.get("doelgroep"),
            state=STATES.get(known.get("stand") or ""),
        )


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
        """The form with the name that was looked for; who types one word types the last name."""
        *rest, last = words.split() or [""]
        first = rest.pop(0) if rest else ""
        return cls(data={"first_name": first, "prefix": " ".join(rest)[:20], "last_name": last})

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
