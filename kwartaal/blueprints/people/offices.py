"""The offices of a person: add, change, end, take away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.people.desk import bp
from kwartaal.blueprints.people.forms import LastDayForm, NewTenureForm, TenureForm, new_key
from kwartaal.blueprints.people.sight import seen_office, seen_person
from kwartaal.db import db
from kwartaal.domain import people
from kwartaal.domain.people import Tenure
from kwartaal.forms import form_page, refusals_at, refusals_flashed
from kwartaal.models.people_list import find_office
from kwartaal.models.person import Person
from kwartaal.permissions import Permission, requires

OFFICES = "/beheer/personen/<uuid:public_id>/ambten/"


@bp.route(f"{OFFICES}nieuw", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add_office(public_id: UUID) -> ResponseReturnValue:
    person = seen_person(public_id)
    form = NewTenureForm(data={"starts_on": clock.today()})
    key = new_key(form.key.data)
    form.key.data = str(key)
    if form.validate_on_submit():
        if find_office(person, key) is not None:  # the same form, sent a second time
            return _saved(person)
        with refusals_at(form):
            people.add_office(person, form.tenure, key)
            db.session.commit()
            return _saved(person)
    return form_page("people/office.html", form, subject=person, office=None)


@bp.route(f"{OFFICES}<uuid:office_id>/wijzigen", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit_office(public_id: UUID, office_id: UUID) -> ResponseReturnValue:
    person = seen_person(public_id)
    office = seen_office(person, office_id)
    form = TenureForm.about(office)
    if form.validate_on_submit():
        with refusals_at(form):
            people.change_office(office, form.tenure)
            db.session.commit()
            return _saved(person)
    return form_page("people/office.html", form, subject=person, office=office)


@bp.route(f"{OFFICES}<uuid:office_id>/beeindigen", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def end_office(public_id: UUID, office_id: UUID) -> ResponseReturnValue:
    person = seen_person(public_id)
    office = seen_office(person, office_id)
    form = LastDayForm(data={"ends_on": office.ends_on or clock.today()})
    if form.validate_on_submit():
        with refusals_at(form):
            tenure = Tenure(office.organisation, office.kind, office.starts_on, form.ends_on.data)
            people.change_office(office, tenure)
            db.session.commit()
            return _saved(person)
    return form_page("people/end_office.html", form, subject=person, office=office)


@bp.post(f"{OFFICES}<uuid:office_id>/weghalen")
@requires(Permission.MANAGE_PEOPLE)
def remove_office(public_id: UUID, office_id: UUID) -> ResponseReturnValue:
    person = seen_person(public_id)
    office = find_office(person, office_id)
    with refusals_flashed():
        if office is not None:  # else it was taken away already
            people.remove_office(office)
            db.session.commit()
        flash(_("Het ambt is weggehaald."))
    return redirect(url_for(".show", public_id=public_id), 303)


def _saved(person: Person) -> ResponseReturnValue:
    flash(_("Het ambt is bewaard."))
    return redirect(url_for(".show", public_id=person.public_id), 303)
