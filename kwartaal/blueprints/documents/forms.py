"""The forms about documents: sending files in, and describing one document."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import Field

from kwartaal.domain.documents import Description, Shelf
from kwartaal.fields import (
    DateField,
    KeyField,
    KwartaalForm,
    RadioField,
    Required,
    SelectField,
    TextField,
)
from kwartaal.forms import SharedForm, given
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document, DocumentKind
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation

NOWHERE = "nergens"
OPENNESS = (
    (Openness.OPENBAAR, _l("Openbaar")),
    (Openness.DATUM, _l("Besloten: bezoekers zien alleen dat er een stuk is, en de datum")),
    (Openness.BESLOTEN, _l("Besloten: bezoekers zien niets")),
)
CHOOSE_OPENNESS = _l("Kies wie het stuk mag lezen.")


@dataclass(frozen=True)
class Offer:
    """What can be chosen: the points of the agenda that the visitor may read, kinds, owners."""

    agenda: Sequence[tuple[int | str, AgendaItem]]
    kinds: Sequence[DocumentKind]
    organisations: Sequence[Organisation] = ()

    @property
    def shelves(self) -> list[tuple[str, Any]]:
        points = [(str(item.public_id), f"{number}. {item.title}") for number, item in self.agenda]
        return [("", _l("De hele bijeenkomst")), *points]

    @property
    def kind_choices(self) -> list[tuple[str, Any]]:
        return [("", _l("Geen")), *((kind.code, kind.name) for kind in self.kinds)]

    @property
    def owner_choices(self) -> list[tuple[str, Any]]:
        return [("", _l("Geen")), *((one.slug, one.name) for one in self.organisations)]

    def shelf(self, chosen: str | None) -> Shelf:
        if chosen == NOWHERE:
            return Shelf(nowhere=True)
        points = {str(item.public_id): item for _number, item in self.agenda}
        return Shelf(points[chosen]) if chosen else Shelf()

    def kind(self, chosen: str | None) -> DocumentKind | None:
        return next((kind for kind in self.kinds if kind.code == chosen), None)

    def owner(self, chosen: str | None) -> Organisation | None:
        return next((one for one in self.organisations if one.slug == chosen), None)


class UploadForm(KwartaalForm):
    """Files, and what is the same for all of them; titles come from the names of the files."""

    files = MultipleFileField(_l("Bestanden"), [Required(_l("Kies een of meer bestanden."))])
    shelf = SelectField(_l("Waarbij"))
    kind = SelectField(_l("Soort stuk"))
    openness = RadioField(
        _l("Wie mag dit lezen?"), [Required(CHOOSE_OPENNESS)], coerce=Openness, choices=OPENNESS
    )
    key = KeyField()

    def __init__(self, offer: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf.choices, self.kind.choices = offer.shelves, offer.kind_choices

    def description(self, title: str, offer: Offer) -> Description:
        return Description(
            title=title,
            openness=given(self.openness),
            shelf=offer.shelf(self.shelf.data),
            kind=offer.kind(self.kind.data),
        )


class ReplaceForm(KwartaalForm):
    files = FileField(_l("Nieuw bestand"), [Required(_l("Kies een bestand."))])


class DocumentForm(SharedForm):
    """What is said about one document."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    shelf = SelectField(_l("Waarbij"))
    kind = SelectField(_l("Soort stuk"))
    reference = TextField(_l("Kenmerk"), max_length=80)
    dated_on = DateField(_l("Datum van het stuk"))
    owner = SelectField(_l("Van welke organisatie"))
    owner_name = TextField(_l("Of van wie"), max_length=120)
    openness = RadioField(
        _l("Wie mag dit lezen?"), [Required(CHOOSE_OPENNESS)], coerce=Openness, choices=OPENNESS
    )

    def __init__(self, offer: Offer, document: Document, *args: Any, **kwargs: Any) -> None:
        data = _data_of(document, [item for _number, item in offer.agenda])
        super().__init__(*args, data=data, **kwargs)
        self._openness = document.openness
        self.shelf.choices = offer.shelves
        if data["shelf"] == NOWHERE:
            self.shelf.choices = [
                (NOWHERE, _("Nergens: dit punt is van de agenda")),
                *offer.shelves,
            ]
        self.kind.choices, self.owner.choices = offer.kind_choices, offer.owner_choices

    def leave_openness(self) -> None:
        """No longer ask who may read it."""
        del self.openness

    def description(self, offer: Offer) -> Description:
        return Description(
            title=self.title.data,
            openness=given(self.openness) if "openness" in self else self._openness,
            shelf=offer.shelf(self.shelf.data),
            kind=offer.kind(self.kind.data),
            reference=self.reference.data,
            dated_on=self.dated_on.data,
            owner=offer.owner(self.owner.data),
            owner_name=self.owner_name.data,
        )


def sent_files(field: Field) -> list[Any]:
    """The files in the order of the form, for a field of one or of several."""
    return field.data if isinstance(field.data, list) else [field.data]


def document_key(key: uuid.UUID, index: int, sha256: str) -> uuid.UUID:
    """What the entry for one file of a form is called, however often the form is sent.

    Other files sent with the same form, from a page the browser went back to, are other entries.
    """
    return uuid.uuid5(key, f"{index} {sha256}")


def _data_of(document: Document, agenda: list[AgendaItem]) -> dict[str, Any]:
    item = document.agenda_item
    shelf = str(item.public_id) if item in agenda and item else NOWHERE
    return {
        "title": document.title,
        "shelf": shelf if document.under_item else None,
        "kind": document.kind.code if document.kind else None,
        "reference": document.reference,
        "dated_on": document.dated_on,
        "owner": document.owner.slug if document.owner else None,
        "owner_name": document.owner_name,
        "openness": document.openness,
    }
