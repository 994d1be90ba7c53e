"""The list of people, one person, and adding and changing one."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_sqlalchemy.pagination import Pagination

from kwartaal import clock
from kwartaal.blueprints.people.forms import NewPersonForm, PersonForm, SearchForm, new_key
from kwartaal.blueprints.people.sight import scope, seen_person
from kwartaal.db import db
from kwartaal.domain import people
from kwartaal.forms import form_page, refusals_at
from kwartaal.models.organisation import all_organisations, find_organisation
from kwartaal.models.people_list import PeopleSearch, find_seen, people_found
from kwartaal.models.person import Person
from kwartaal.page_links import asked_page
from kwartaal.permissions import Permission, requires, signed_in_person

bp = Blueprint("people", __name__)

PER_PAGE = 50


@bp.get("/beheer/personen/")
@requires(Permission.SEE_PEOPLE)
def index() -> str:
    form = SearchForm(request.args)
    form.offer(all_organisations())
    form.validate()
    return render_template(
        "people/index.html",
        form=form,
        page=_page(_search(form)),
        scope=scope(),
        today=clock.today(),
        searched=any(form.data.values()),
    )


@bp.get("/beheer/personen/<uuid:public_id>/")
@requires(Permission.SEE_PEOPLE)
def show(public_id: UUID) -> str:
    person = seen_person(public_id)
    return render_template(
        "people/show.html",
        subject=person,
        offices=scope().offices(person),
        today=clock.today(),
    )


@bp.route("/beheer/personen/nieuw", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    form = NewPersonForm(data={"starts_on": clock.today()})
    key = new_key(form.key.data)
    form.key.data = str(key)
    if form.validate_on_submit():
        made = find_seen(key, scope())
        if made is not None:  # the same form, sent a second time
            return _saved(made)
        with refusals_at(form):
            person = people.add(form.details(), form.tenure_if_any, key)
            db.session.commit()
            return _saved(person)
    return form_page("people/new.html", form)


@bp.route("/beheer/personen/<uuid:public_id>/wijzigen", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit(public_id: UUID) -> ResponseReturnValue:
    person = seen_person(public_id)
    form = PersonForm(obj=person)
    if not people.may_change_address(person, clock.today()):
        del form.email
    if form.validate_on_submit():
        with refusals_at(form):
            details, by = form.details(person), signed_in_person()
            asked = people.change(person, details, by, clock.now(), clock.today())
            db.session.commit()
            if asked is not None:
                flash(
                    _("Het nieuwe inlogadres geldt zodra de link in de mail is gebruikt."), "info"
                )
            return _saved(person)
    return form_page("people/edit.html", form, subject=person)


def _search(form: SearchForm) -> PeopleSearch:
    """What the search asks for; a field with something unknown in it asks for everything."""
    wrong = form.errors
    chosen = form.organisatie.data if "organisatie" not in wrong else None
    organisation = find_organisation(chosen) if chosen else None
    return PeopleSearch(
        words=form.zoek.data or "",
        organisation_id=organisation.id if organisation else None,
        audience=form.doelgroep.data if "doelgroep" not in wrong else None,
    )


def _page(search: PeopleSearch) -> Pagination:
    """The page in `?pagina=`; past the end that is the last one."""
    found = people_found(scope(), search, clock.today())
    page = db.paginate(found, page=asked_page(), per_page=PER_PAGE, error_out=False)
    if not page.items and page.total:
        return db.paginate(found, page=page.pages, per_page=PER_PAGE, error_out=False)
    return page


def _saved(person: Person) -> ResponseReturnValue:
    flash(_("%(name)s is bewaard.", name=person.full_name))
    return redirect(url_for(".show", public_id=person.public_id), 303)
