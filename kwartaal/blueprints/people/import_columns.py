"""Which column of an uploaded table holds what: what is asked for, and what headings suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms.fields.choices import SelectChoice

from kwartaal.fields import KwartaalForm, Required, SelectField
from kwartaal.models.person import folded
from kwartaal.spreadsheets import Table

LONGEST_EXAMPLE = 30


@dataclass(frozen=True)
class Asked:
    """Something about a person, and headings under which people write it, letters only."""

    label: LazyString
    headings: frozenset[str]


def _asked(label: LazyString, *headings: str) -> Asked:
    return Asked(label, frozenset(headings))


ASKED = {
    "first_name": _asked(
        lazy_gettext("Voornaam"), "voornaam", "roepnaam", "voornamen", "voorletters", "firstname"
    ),
    "prefix": _asked(
        lazy_gettext("Tussenvoegsel"), "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "tv"
    ),
    "last_name": _asked(
        lazy_gettext("Achternaam"), "achternaam", "familienaam", "lastname", "surname"
    ),
    "email": _asked(
        lazy_gettext("E-mail"), "email", "mail", "emailadres", "mailadres", "inlogadres"
    ),
    "phone": _asked(
        lazy_gettext("Telefoon"),
        *("telefoon", "telefoonnummer", "tel", "telnr", "mobiel", "mobielnummer", "nummer"),
    ),
    "organisation": _asked(
        lazy_gettext("Organisatie"),
        *("organisatie", "gemeente", "bedrijf", "instelling", "werkgever", "organisation"),
    ),
    "office": _asked(lazy_gettext("Ambt"), "ambt", "functie", "rol"),
    "starts_on": _asked(
        lazy_gettext("Vanaf"), "vanaf", "van", "sinds", "begindatum", "ingangsdatum", "eerstedag"
    ),
    "ends_on": _asked(
        lazy_gettext("Tot en met"), "totenmet", "tot", "tm", "einddatum", "laatstedag"
    ),
}


class ColumnsForm(KwartaalForm):
    """For each thing the number of its column."""

    first_name = SelectField(
        ASKED["first_name"].label,
        [Required(lazy_gettext("Kies de kolom met de voornaam."))],
        coerce=int,
    )
    prefix = SelectField(ASKED["prefix"].label, coerce=int)
    last_name = SelectField(
        ASKED["last_name"].label,
        [Required(lazy_gettext("Kies de kolom met de achternaam."))],
        coerce=int,
    )
    email = SelectField(ASKED["email"].label, coerce=int)
    phone = SelectField(ASKED["phone"].label, coerce=int)
    organisation = SelectField(ASKED["organisation"].label, coerce=int)
    office = SelectField(ASKED["office"].label, coerce=int)
    starts_on = SelectField(ASKED["starts_on"].label, coerce=int)
    ends_on = SelectField(
        ASKED["ends_on"].label, coerce=int, description=lazy_gettext("Die dag telt nog mee.")
    )

    def offer(self, table: Table) -> None:
        """Let the visitor choose from the columns of a table, each with an example."""
        choices = [
            SelectChoice("", _("Niet in dit bestand")),
            *(SelectChoice(str(at), _described(table, at)) for at in range(len(table.columns))),
        ]
        for name in ASKED:
            self[name].choices = choices

    def validate(self, extra_validators: Any = None) -> bool:
        """A column holds one thing."""
        right = bool(super().validate(extra_validators))
        seen: dict[int, str] = {}
        for name, at in self.chosen.items():
            if at in seen:
                other = str(ASKED[seen[at]].label)
                said = _("Deze kolom koos u ook bij ‘%(other)s’. Kies een andere.", other=other)
                self[name].errors = [*self[name].errors, said]
                right = False
            seen.setdefault(at, name)
        return right

    @property
    def chosen(self) -> dict[str, int]:
        """Field → number of the column, without what the file does not have."""
        return {name: self[name].data for name in ASKED if self[name].data is not None}


def suggested(columns: tuple[str, ...]) -> dict[str, int]:
    """What the headings say by themselves; the first column that fits counts."""
    written = ["".join(c for c in folded(name) if c.isalpha()) for name in columns]
    found = {}
    for name, asked in ASKED.items():
        at = next((at for at, heading in enumerate(written) if heading in asked.headings), None)
        if at is not None:
            found[name] = at
    return found


def _described(table: Table, at: int) -> str:
    """Heading and first value: "Tel. (078 770 12 34)"."""
    heading = table.columns[at] or _("Kolom %(number)s", number=at + 1)
    values = (row.cells[at].strip() for row in table.rows)
    example = next((value for value in values if value), "")[:LONGEST_EXAMPLE]
    if not example:
        return _("%(heading)s (leeg)", heading=heading)
    return _("%(heading)s (%(example)s)", heading=heading, example=example)
