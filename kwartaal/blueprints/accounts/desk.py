"""/beheer/accounts/: who has an account, with which roles. Nothing about meetings is shown."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.accounts.forms import AddressForm, RoleForm
from kwartaal.blueprints.accounts.role_names import key_of, role_label
from kwartaal.db import db
from kwartaal.domain import accounts, email_changes, roles
from kwartaal.domain.refusals import Refused
from kwartaal.fields import KwartaalForm
from kwartaal.forms import refusals_at
from kwartaal.models.account import accounts_found, find_account, find_open_change, find_owner
from kwartaal.models.organisation import (
    Organisation,
    OrganisationKind,
    all_organisations,
    find_organisation,
)
from kwartaal.models.person import Person, Role, RoleGrant
from kwartaal.page_links import asked_page
from kwartaal.permissions import Permission, requires, signed_in_person
from kwartaal.sessions import open_sessions
from kwartaal.translations import sentence

bp = Blueprint("accounts", __name__, url_prefix="/beheer/accounts")

Answer = Response | str | tuple[str, int]
PER_PAGE = 50


@bp.context_processor
def _names() -> dict[str, object]:
    return {"role_label": role_label, "key_of": key_of}


@bp.get("/")
@requires(Permission.MANAGE_ACCOUNTS)
def index() -> str:
    text = request.args.get("zoek", "").strip()
    found = accounts_found(text, clock.today())
    page = db.paginate(found, page=asked_page(), per_page=PER_PAGE)
    return render_template("accounts/index.html", page=page, text=text, today=clock.today())


@bp.get("/<uuid:public_id>/")
@requires(Permission.MANAGE_ACCOUNTS)
def show(public_id: UUID) -> Answer:
    return _page(_person_or_404(public_id))


@bp.post("/<uuid:public_id>/rollen")
@requires(Permission.MANAGE_ACCOUNTS)
def grant_role(public_id: UUID) -> Answer:
    person = _person_or_404(public_id)
    form = _role_form()
    if form.validate():
        with refusals_at(form):
            organisation, acts_for = _whom_it_is_for(form)
            by, now = signed_in_person(), clock.now()
            roles.grant_role(person, Role(str(form.role.data)), by, now, organisation, acts_for)
            db.session.commit()
            flash(_("De rol is gegeven."))
            return redirect(url_for(".show", public_id=public_id), 303)
    return _page(person, role_form=form)


@bp.post("/<uuid:public_id>/rollen/intrekken")
@requires(Permission.MANAGE_ACCOUNTS)
def revoke_role(public_id: UUID) -> Answer:
    grant = _grant_or_404(_person_or_404(public_id))
    try:
        roles.revoke_role(grant, signed_in_person(), clock.now())
    except Refused as refusal:
        db.session.rollback()
        return _page(_person_or_404(public_id), refusal=sentence(refusal))
    db.session.commit()
    flash(_("De rol is ingetrokken."))
    return redirect(url_for(".show", public_id=public_id), 303)


@bp.post("/<uuid:public_id>/sessies/beeindigen")
@requires(Permission.MANAGE_ACCOUNTS)
def end_sessions(public_id: UUID) -> Response:
    person = _person_or_404(public_id)
    accounts.end_sessions(person, signed_in_person(), clock.now())
    db.session.commit()
    flash(_("%(name)s is overal uitgelogd.", name=person.full_name))
    return redirect(url_for(".show", public_id=public_id), 303)


@bp.post("/<uuid:public_id>/inlogadres")
@requires(Permission.MANAGE_ACCOUNTS)
def change_address(public_id: UUID) -> Answer:
    person = _person_or_404(public_id)
    form = AddressForm()
    if form.validate():
        with refusals_at(form):
            by, now, today = signed_in_person(), clock.now(), clock.today()
            email_changes.start_email_change(person, form.email.data, by, now, today)
            db.session.commit()
            flash(_("We hebben het nieuwe adres om een bevestiging gevraagd."))
            return redirect(url_for(".show", public_id=public_id), 303)
    return _page(person, address_form=form)


def _page(
    person: Person,
    role_form: RoleForm | None = None,
    address_form: AddressForm | None = None,
    refusal: str | None = None,
) -> tuple[str, int]:
    """One account, with the form that is wrong, if one is."""
    now = clock.now()
    wrong: KwartaalForm | None = role_form or address_form
    page = render_template(
        "accounts/show.html",
        owner=person,
        sessions=open_sessions(person, now),
        change=find_open_change(person, now),
        role_form=role_form or _role_form(empty=True),
        address_form=address_form or AddressForm(formdata=None),
        wrong=wrong,
        refusal=refusal,
        page_has_errors=bool(wrong or refusal),
    )
    return page, 422 if wrong or refusal else 200


def _role_form(empty: bool = False) -> RoleForm:
    form = RoleForm(formdata=None) if empty else RoleForm()
    form.offer(all_organisations(OrganisationKind.MUNICIPALITY))
    return form


def _whom_it_is_for(form: RoleForm) -> tuple[Organisation | None, Person | None]:
    """The municipality and the person that were filled in; the rule says which it needs."""
    slug, email = form.organisation.data, form.acts_for.data
    organisation = find_organisation(slug) if slug else None
    return organisation, find_account(email) if email else None


def _person_or_404(public_id: UUID) -> Person:
    return find_owner(public_id) or abort(404)


def _grant_or_404(person: Person) -> RoleGrant:
    wanted = request.form.get("role", "")
    for grant in person.roles:
        if key_of(grant) == wanted:
            return grant
    abort(404)
