"""Forms about people, their offices, and finding them."""

from __future__ import annotations

import re
import uuid
from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from kwartaal.domain.council_terms import CouncilTerm
from kwartaal.domain.people import PersonDetails, Tenure
from kwartaal.fields import (
    DateField,
    EmailField,
    KwartaalForm,
    PhoneField,
    Required,
    SelectField,
    TextField,
)
from kwartaal.filters import AUDIENCES, ORGANISATION_GROUPS
from kwartaal.forms import SharedForm
from kwartaal.models.organisation import (
    Audience,
    Organisation,
    OrganisationKind,
    all_organisations,
    find_office_kind,
    find_organisation,
    office_kinds,
)
from kwartaal.models.person import Office, Person

FIRST_DAY, LAST_DAY = lazy_gettext("Eerste dag"), lazy_gettext("Laatste dag")
LAST_DAY_HELP = lazy_gettext("Die dag telt nog mee. Laat leeg als het niet bekend is.")


class SearchForm(KwartaalForm):
    """The search above the list; what does not exist asks for everything."""

    class Meta(KwartaalForm.Meta):
        csrf = False

    zoek = TextField(lazy_gettext("Zoek op naam of e-mailadres"), max_length=100)
    organisatie = SelectField(lazy_gettext("Organisatie"))
    doelgroep = SelectField(
        lazy_gettext("Groep"),
        coerce=Audience,
        choices=[("", lazy_gettext("Alle groepen")), *AUDIENCES.items()],
    )

    def offer(self, organisations: list[Organisation]) -> None:
        """Let the visitor choose one of these organisations."""
        choices = organisation_choices(organisations)
        self.organisatie.choices = offered(_("Alle organisaties"), choices)


class PersonForm(SharedForm):
    first_name = TextField(
        lazy_gettext("Voornaam"), [Required(lazy_gettext("Vul de voornaam in."))], max_length=60
    )
    prefix = TextField(lazy_gettext("Tussenvoegsel"), max_length=20)
    last_name = TextField(
        lazy_gettext("Achternaam"), [Required(lazy_gettext("Vul de achternaam in."))], max_length=80
    )
    email = EmailField(
        lazy_gettext("Inlogadres"),
        description=lazy_gettext(
            "Met dit e-mailadres logt deze persoon in. Elk adres hoort bij één persoon."
        ),
    )
    contact_email = EmailField(
        lazy_gettext("Contactadres"),
        description=lazy_gettext(
            "Voor wie niet inlogt: zonder inlogadres gaat mail naar dit adres."
        ),
    )
    phone = PhoneField(lazy_gettext("Telefoon"))

    def details(self, person: Person | None = None) -> PersonDetails:
        """What was filled in; who may not have another sign-in address keeps the one of now."""
        kept = person.email if person is not None else None
        return PersonDetails(
            self.first_name.data,
            self.prefix.data,
            self.last_name.data,
            self.email.data if "email" in self else kept,
            self.contact_email.data,
            self.phone.data,
        )


class TenureForm(SharedForm):
    """An office in an organisation for a period."""

    organisation = SelectField(
        lazy_gettext("Organisatie"), [Required(lazy_gettext("Kies een organisatie."))]
    )
    kind = SelectField(lazy_gettext("Ambt"), [Required(lazy_gettext("Kies een ambt."))])
    starts_on = DateField(FIRST_DAY, [Required(lazy_gettext("Vul de eerste dag in."))])
    ends_on = DateField(LAST_DAY, description=LAST_DAY_HELP)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.organisation.choices = offered(
            _("Kies een organisatie"), organisation_choices(all_organisations())
        )
        kinds = [SelectChoice(kind.code, kind.name) for kind in office_kinds()]
        self.kind.choices = offered(_("Kies een ambt"), kinds)

    @classmethod
    def about(cls, office: Office) -> TenureForm:
        """The form filled with an office."""
        return cls(
            data={
                "organisation": office.organisation.slug,
                "kind": office.kind.code,
                "starts_on": office.starts_on,
                "ends_on": office.ends_on,
            }
        )

    @property
    def tenure(self) -> Tenure:
        """What was filled in; only after it was found right."""
        return Tenure(
            find_organisation(str(self.organisation.data)) or abort(404),
            find_office_kind(str(self.kind.data)) or abort(404),
            self.starts_on.data,
            self.ends_on.data,
        )


class NewTenureForm(TenureForm):
    seen = None
    key = HiddenField()


class NewPersonForm(NewTenureForm, PersonForm):
    """A person, and maybe at once the first office."""

    @property
    def tenure_if_any(self) -> Tenure | None:
        """The office that was filled in, if one was."""
        return self.tenure if self.organisation.data else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Of the office nothing is asked until part of it is chosen."""
        if not self.organisation.data and not self.kind.data:
            for field in (self.organisation, self.kind, self.starts_on):
                field.validators = ()
        return bool(super().validate(extra_validators))


class LastDayForm(SharedForm):
    """The last day of an office."""

    ends_on = DateField(
        LAST_DAY,
        [Required(lazy_gettext("Vul de laatste dag in."))],
        description=lazy_gettext("Die dag telt nog mee."),
    )


class CouncilTermForm(KwartaalForm):
    """Which council, and its last day. The addresses show the names of the fields."""

    gemeente = SelectField(lazy_gettext("Gemeente"), [Required(lazy_gettext("Kies een gemeente."))])
    datum = DateField(
        LAST_DAY,
        [Required(lazy_gettext("Vul de laatste dag in."))],
        description=lazy_gettext("Die dag telt nog mee."),
    )
    aantal = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = all_organisations(OrganisationKind.MUNICIPALITY)
        choices = [SelectChoice(town.slug, town.name) for town in towns]
        self.gemeente.choices = offered(_("Kies een gemeente"), choices)

    @property
    def expected(self) -> int:
        """How many offices the clerk saw; -1, which never fits, when that was not sent."""
        return int(self.aantal.data) if re.fullmatch("[0-9]{1,6}", self.aantal.data or "") else -1

    @property
    def term(self) -> CouncilTerm:
        """What was filled in; only after it was found right."""
        town = find_organisation(str(self.gemeente.data)) or abort(404)
        return CouncilTerm(town, self.datum.data)


def new_key(sent: str | None) -> uuid.UUID:
    """The key a form for something new sent along, or a new one when that is none."""
    try:
        return uuid.UUID(sent or "")
    except ValueError:
        return uuid.uuid4()


def offered(nothing: str, choices: list[SelectChoice]) -> list[SelectChoice]:
    return [SelectChoice("", nothing), *choices]


def organisation_choices(organisations: list[Organisation]) -> list[SelectChoice]:
    """By kind, in the order of the kinds, and by name."""
    return [
        SelectChoice(one.slug, one.name, optgroup=str(label))
        for kind, label in ORGANISATION_GROUPS.items()
        for one in organisations
        if one.kind == kind
    ]
