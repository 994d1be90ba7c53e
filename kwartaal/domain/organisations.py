"""Adding and changing organisations. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kwartaal.domain.people_refusals import OfficesDoNotFit, TooiCodeTaken
from kwartaal.domain.refusals import NameTaken
from kwartaal.domain.slugs import free_slug, slug_from
from kwartaal.models import organisation as stored
from kwartaal.models.calendar import municipality_changed
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.person import kinds_held_in
from kwartaal.models.venue import venues_of

MUNICIPALITY = OrganisationKind.MUNICIPALITY


@dataclass(frozen=True)
class OrganisationDetails:
    """What a clerk fills in; the TOOI code in lower case, or None."""

    name: str
    kind: OrganisationKind
    tooi_code: str | None = None


def add(details: OrganisationDetails) -> Organisation:
    """A new organisation, with an address made from its name that stays when it is renamed.

    Raises NameTaken or TooiCodeTaken.
    """
    _check_unique(details)
    wanted = slug_from(details.name, "organisatie")
    organisation = Organisation(slug=free_slug(wanted, stored.organisation_slugs(wanted)))
    _write(organisation, details)
    stored.keep_organisation(organisation)
    return organisation


def change(organisation: Organisation, details: OrganisationDetails, now: datetime) -> None:
    """Change an organisation; of another kind its people come in other groups from now on.

    One that becomes a municipality, or is none any more, has or loses the meetings in its
    buildings at once: feeds go by it.

    Raises NameTaken, TooiCodeTaken, or OfficesDoNotFit when somebody holds an office in it that
    the new kind does not have.
    """
    _check_unique(details, organisation)
    if details.kind != organisation.kind:
        for kind in kinds_held_in(organisation):
            if kind.audience_in(details.kind) is None:
                raise OfficesDoNotFit(office=kind.name)
    was_municipality = organisation.kind == MUNICIPALITY
    _write(organisation, details)
    if was_municipality != (details.kind == MUNICIPALITY):
        for venue in venues_of(organisation):
            municipality_changed(venue, now)


def _check_unique(details: OrganisationDetails, but: Organisation | None = None) -> None:
    if stored.has_name(details.name, but):
        raise NameTaken
    if details.tooi_code and stored.has_tooi_code(details.tooi_code, but):
        raise TooiCodeTaken


def _write(organisation: Organisation, details: OrganisationDetails) -> None:
    organisation.name = details.name
    organisation.kind = details.kind
    organisation.tooi_code = details.tooi_code
