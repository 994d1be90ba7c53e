"""Whose councils somebody may read about: the one query behind "terugkoppeling voor mijn raad"."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, exists, func, or_, select, true

from kwartaal.db import db
from kwartaal.models.organisation import Audience, OfficeAudience, Organisation, OrganisationKind
from kwartaal.models.person import Office, Role, RoleGrant
from kwartaal.models.visibility import Viewer

OF_COUNCIL = (Audience.RAAD, Audience.COLLEGE)


def readable_councils(viewer: Viewer, today: date) -> list[Organisation]:
    """The municipalities a viewer may read a summary of, by name; at most one query.

    All for who prepares meetings; for a local griffier the own; for who sits in a raad or college
    today, in Amsterdam, that one.
    """
    if viewer.person_id is None:
        return []
    statement = (
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, _reads(viewer, today))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return list(db.session.scalars(statement))


def _reads(viewer: Viewer, today: date) -> ColumnElement[bool]:
    if viewer.prepares_meetings:
        return true()
    grant = exists().where(
        RoleGrant.person_id == viewer.person_id,
        RoleGrant.role == Role.GRIFFIER,
        RoleGrant.organisation_id == Organisation.id,
    )
    seat = exists().where(
        Office.person_id == viewer.person_id,
        Office.organisation_id == Organisation.id,
        *Office.held_on(today),
        OfficeAudience.office_kind_id == Office.kind_id,
        OfficeAudience.organisation_kind == OrganisationKind.MUNICIPALITY,
        OfficeAudience.audience.in_(OF_COUNCIL),
    )
    return or_(grant, seat)
