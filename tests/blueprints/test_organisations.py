"""Organisations at the desk."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.organisation import Audience, Organisation, OrganisationKind
from tests.desk_pages import shown
from tests.factories import a_person, an_office, an_office_kind, an_organisation, staff
from tests.html_tree import find, text

LIST, NEW = "/beheer/organisaties/", "/beheer/organisaties/nieuw"


@pytest.fixture
def desk(save, browser_of):
    griffie = staff()
    save(griffie)
    return browser_of(griffie)


def add(desk, **changes):
    return desk.post(NEW, data={"name": "Drechtwerk", "kind": "affiliated"} | changes)


def stored(app):
    with app.app_context():
        rows = db.session.scalars(sa.select(Organisation).order_by(Organisation.id))
        return [(row.name, row.slug, row.kind.value, row.tooi_code) for row in rows]


def errors(response):
    return [text_of(node) for node in find(response.text, "p") if is_error(node)]


def is_error(node):
    return "utrecht-form-field-error-message" in node[1].get("class", "")


def text_of(node):
    return node[2][-1][2][0]


def test_a_new_organisation_gets_an_address_from_its_name(app, desk):
    response = add(desk, name="Bouw & Co. Zuid", kind="company")

    assert (response.status_code, response.location) == (303, LIST)
    assert stored(app) == [("Bouw & Co. Zuid", "bouw-co-zuid", "company", None)]


def test_a_second_name_with_the_same_address_gets_a_number(app, desk):
    add(desk, name="Bouw & Co")
    add(desk, name="Bouw Co")

    assert [row[1] for row in stored(app)] == ["bouw-co", "bouw-co-2"]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("municipality", "GM0505", "gm0505"),
        ("authority", "pv28", "pv28"),
        ("affiliated", "so0030", "so0030"),
        ("authority", "mnre1034", "mnre1034"),
    ],
)
def test_a_tooi_code_is_kept_in_lower_case(app, desk, kind, typed, kept):
    add(desk, kind=kind, tooi_code=typed)

    assert stored(app)[0][3] == kept


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Vul de naam in."),
        ({"name": "a" * 121}, "Gebruik niet meer dan 120 tekens. Nu zijn het er 121."),
        ({"name": "a\nb"}, "Gebruik hier één regel, zonder enters."),
        ({"kind": ""}, "Kies wat voor organisatie het is."),
        ({"kind": "ministerie"}, "Deze keuze bestaat niet. Kies uit de lijst."),
        ({"tooi_code": "505"}, "Vul een code in als gm0505, pv28 of so0030."),
        ({"tooi_code": "gm 0505"}, "Vul een code in als gm0505, pv28 of so0030."),
        ({"tooi_code": "=1+1"}, "Vul een code in als gm0505, pv28 of so0030."),
        (
            {"kind": "municipality", "tooi_code": "pv28"},
            "De code van een gemeente is gm met vier cijfers.",
        ),
    ],
)
def test_bad_input_is_said_at_the_field_and_stays(app, desk, values, said):
    response = add(desk, **values)

    assert response.status_code == 422
    assert errors(response) == [said]
    typed = {"name": "Drechtwerk", "tooi_code": ""} | values
    assert {name: shown(response, name) for name in ("name", "tooi_code")} == {
        name: typed[name] for name in ("name", "tooi_code")
    }
    assert stored(app) == []


@pytest.mark.on_both
@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "Café 🎉"])
def test_odd_names_are_text(app, desk, name):
    assert add(desk, name=name).status_code == 303
    page = desk.get(LIST)

    assert stored(app)[0][0] == name
    assert name in text(page.text)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("name", ["Drechtwerk", "DRECHTWERK"])
def test_a_name_is_used_once(desk, name):
    add(desk)

    response = add(desk, name=name)

    assert response.status_code == 422
    assert errors(response) == ["Deze naam is al in gebruik. Kies een andere."]


@pytest.mark.on_both
def test_a_code_is_used_once(desk):
    add(desk, tooi_code="so0298")

    response = add(desk, name="Iets anders", tooi_code="so0298")

    assert errors(response) == ["Deze code hoort al bij een andere organisatie."]


@pytest.mark.on_both
def test_a_change_keeps_the_address(app, desk):
    add(desk)

    response = desk.post(
        "/beheer/organisaties/drechtwerk/wijzigen",
        data={"name": "Drechtwerk Groep", "kind": "company"},
    )

    assert response.status_code == 303
    assert stored(app) == [("Drechtwerk Groep", "drechtwerk", "company", None)]


@pytest.mark.on_both
def test_a_kind_that_lacks_the_offices_people_hold_is_refused(app, desk, save):
    yard = an_organisation("Werf", OrganisationKind.COMPANY)
    save(an_office(a_person(), organisation=yard, kind=worker()))

    response = desk.post(
        f"/beheer/organisaties/{yard.slug}/wijzigen",
        data={"name": "Werf", "kind": "municipality"},
    )

    assert errors(response) == [
        "Bij dit soort organisatie komt het ambt ‘medewerker’ niet voor, en iemand heeft dat ambt."
    ]
    assert stored(app)[-1][2] == "company"


def worker():
    kind = an_office_kind("medewerker", company=Audience.BEDRIJF)
    kind.audiences = [row for row in kind.audiences if row.audience == Audience.BEDRIJF]
    return kind


def test_an_unknown_organisation_is_not_there(desk):
    assert desk.get("/beheer/organisaties/bestaat-niet/wijzigen").status_code == 404


def test_the_list_stands_by_kind_and_can_be_narrowed(desk, save):
    save(an_organisation("Aardhuis", OrganisationKind.COMPANY), an_organisation("Zeestad"))

    everything, towns, odd = (desk.get(LIST + q) for q in ("", "?soort=gemeenten", "?soort=x"))

    assert [node[2][0] for node in find(everything.text, "h2")][:2] == ["Gemeenten", "Bedrijven"]
    assert "Aardhuis" not in towns.text
    assert "Zeestad" in towns.text
    assert "Aardhuis" in odd.text


def test_the_list_counts_people_and_leads_to_them(desk, save):
    town = an_organisation("Zeestad")
    person = a_person()
    an_office(person, organisation=town)
    an_office(person, organisation=town)
    save(person)

    page = desk.get(LIST)

    assert f'href="/beheer/personen/?organisatie={town.slug}">1\xa0persoon</a>' in page.text


@pytest.mark.on_both
def test_the_list_asks_as_many_queries_for_many(desk, save, count_queries):
    save(an_office(a_person()))
    few = count_queries(lambda: desk.get(LIST))
    save(*[an_office(a_person()) for _ in range(20)])

    assert count_queries(lambda: desk.get(LIST)) == few


@pytest.mark.on_both
def test_the_form_carries_the_token_against_forgery(make_app, save, browser_of):
    griffie = staff()
    save(griffie)
    browser = browser_of(griffie)
    browser.application.config["WTF_CSRF_ENABLED"] = True

    assert 'name="csrf_token"' in browser.get(NEW).text
    assert add(browser).status_code == 400
