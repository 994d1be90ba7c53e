"""How a role is named on the page, and in the form that takes it away."""

from __future__ import annotations

from flask_babel import gettext as _

from kwartaal.models.person import Role, RoleGrant


def role_label(grant: RoleGrant) -> str:
    """Such as "griffier van Dordrecht"; roles keep their Dutch name."""
    if grant.organisation is not None:
        return str(_("griffier van %(name)s", name=grant.organisation.name))
    if grant.acts_for is not None:
        return str(_("assistent van %(name)s", name=grant.acts_for.full_name))
    names = {
        Role.BEHEERDER: _("beheerder"),
        Role.GRIFFIE: _("griffie"),
        Role.ORGANISATOR: _("organisator"),
    }
    return str(names[grant.role])


def key_of(grant: RoleGrant) -> str:
    """What a form sends to name one role of a person; no number of a row leaves the database."""
    if grant.organisation is not None:
        return f"{grant.role}:{grant.organisation.slug}"
    if grant.acts_for is not None:
        return f"{grant.role}:{grant.acts_for.public_id}"
    return grant.role.value
