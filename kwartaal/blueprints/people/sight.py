"""Whose people the signed-in clerk sees; every lookup of the blueprint goes through here."""

from __future__ import annotations

import uuid

from flask import abort

from kwartaal.models.people_list import EVERYBODY, PeopleScope, find_office, find_seen
from kwartaal.models.person import Office, Person
from kwartaal.permissions import Permission, allowed, own_municipalities


def scope() -> PeopleScope:
    """Everybody for who manages people; for a griffier, those of the own municipality."""
    if allowed(Permission.MANAGE_PEOPLE):
        return EVERYBODY
    return PeopleScope(own_municipalities())


def seen_person(public_id: uuid.UUID) -> Person:
    """The person as the visitor may see one, or 404."""
    return find_seen(public_id, scope()) or abort(404)


def seen_office(person: Person, public_id: uuid.UUID) -> Office:
    """An office of that person, or 404."""
    return find_office(person, public_id) or abort(404)
