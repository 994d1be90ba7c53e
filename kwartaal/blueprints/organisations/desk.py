"""The list of organisations, and adding and changing them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from kwartaal import clock
from kwartaal.blueprints.organisations.forms import OrganisationForm
from kwartaal.db import db
from kwartaal.domain import organisations
from kwartaal.filters import ORGANISATION_GROUPS
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.organisation import (
    Organisation,
    OrganisationKind,
    all_organisations,
    find_organisation,
)
from kwartaal.models.people_list import count_holders
from kwartaal.permissions import Permission, requires

# As the address of the list says it.
WORDS = {
    "gemeenten": OrganisationKind.MUNICIPALITY,
    "buurgemeenten": OrganisationKind.NEIGHBOUR,
    "verbonden-partijen": OrganisationKind.AFFILIATED,
    "overheden": OrganisationKind.AUTHORITY,
    "bedrijven": OrganisationKind.COMPANY,
    "kennisinstellingen": OrganisationKind.KNOWLEDGE,
    "maatschappelijk": OrganisationKind.SOCIETAL,
}

bp = Blueprint("organisations", __name__, url_prefix="/beheer/organisaties")


@bp.get("/")
@requires(Permission.MANAGE_ORGANISATIONS)
def index() -> str:
    """All of them by kind, or those of the kind in `?soort=`; an unknown one asks for all."""
    chosen = WORDS.get(request.args.get("soort", ""))
    return render_template(
        "organisations/index.html",
        kinds=ORGANISATION_GROUPS,
        chosen=chosen,
        kind_links=_kind_links(chosen),
        groups=_by_kind(all_organisations(chosen)),
        holders=count_holders(clock.today()),
    )


@bp.route("/nieuw", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def new() -> ResponseReturnValue:
    form = OrganisationForm()
    if form.validate_on_submit():
        with refusals_at(form):
            organisation = organisations.add(form.details)
            db.session.commit()
            return _saved(organisation)
    return form_page("organisations/form.html", form, organisation=None)


@bp.route("/<slug>/wijzigen", methods=["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATIONS)
def edit(slug: str) -> ResponseReturnValue:
    organisation = find_organisation(slug) or abort(404)
    form = OrganisationForm(obj=organisation)
    if form.validate_on_submit():
        with refusals_at(form):
            organisations.change(organisation, form.details, clock.now())
            db.session.commit()
            return _saved(organisation)
    return form_page("organisations/form.html", form, organisation=organisation)


def _kind_links(chosen: OrganisationKind | None) -> list[tuple[LazyString, str, bool]]:
    return [
        (ORGANISATION_GROUPS[kind], url_for(".index", soort=word), kind == chosen)
        for word, kind in WORDS.items()
    ]


def _by_kind(found: list[Organisation]) -> dict[OrganisationKind, list[Organisation]]:
    """In the order of the kinds; a kind without organisations is left out."""
    groups = {kind: [one for one in found if one.kind == kind] for kind in ORGANISATION_GROUPS}
    return {kind: members for kind, members in groups.items() if members}


def _saved(organisation: Organisation) -> ResponseReturnValue:
    flash(_("%(name)s is bewaard.", name=organisation.name))
    return redirect(url_for(".index"), 303)
