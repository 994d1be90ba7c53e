"""The beheerder's pages about accounts."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kwartaal.models.openness import Openness
from kwartaal.models.organisation import OrganisationKind
from kwartaal.models.outbox import MailKind
from kwartaal.models.person import Role, RoleGrant
from tests.factories import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    an_organisation,
    staff,
)
from tests.signing_in import changes, is_signed_in, log, mails, open_sessions, stored


@pytest.fixture
def beheerder(save):
    person = staff(Role.BEHEERDER, first_name="Bea", last_name="Heer")
    save(person)
    return person


@pytest.fixture
def desk(beheerder, browser_of):
    return browser_of(beheerder)


@pytest.fixture
def anna(save):
    person = a_person("Anna", "Jansen", prefix="van der", email="anna@voorbeeld.example")
    save(person)
    return person


def page_of(person):
    return f"/beheer/accounts/{person.public_id}/"


def give(desk, person, role, **data):
    path = f"/beheer/accounts/{person.public_id}/rollen"
    return desk.post(path, data={"role": role, "organisation": "", "acts_for": ""} | data)


def take(desk, person, key):
    return desk.post(f"/beheer/accounts/{person.public_id}/rollen/intrekken", data={"role": key})


def roles_of(app, person):
    with app.app_context():
        return sorted(grant.role.value for grant in stored(app, person).roles)


@pytest.mark.on_both
def test_only_the_beheerder_sees_accounts(save, browser_of, client, anna):
    paths = ("/beheer/accounts/", page_of(anna))
    for role in (Role.GRIFFIE, Role.ORGANISATOR):
        person = staff(role)
        save(person)
        browser = browser_of(person)
        assert [browser.get(path).status_code for path in paths] == [404, 404]
        assert give(browser, anna, "beheerder").status_code == 404
    assert browser_of(anna).get("/beheer/accounts/").status_code == 404
    assert client.get("/beheer/accounts/").location == "/inloggen?next=/beheer/accounts/"


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("anna", True),
        ("JANSEN", True),
        ("van der jansen", True),
        ("anna@voorbeeld", True),
        ("Pietersen", False),
        ("%", False),
    ],
)
def test_accounts_are_found_by_name_and_address(desk, anna, words, found):
    page = desk.get("/beheer/accounts/", query_string={"zoek": words}).text

    assert ("Jansen, Anna van der" in page) == found


def test_who_cannot_sign_in_is_not_listed(desk, save):
    save(a_person("Walter", "Inloop", email=None, contact_email="walter@voorbeeld.example"))

    assert "Walter" not in desk.get("/beheer/accounts/").text


@pytest.mark.on_both
def test_list_takes_the_same_statements_however_long(desk, save, count_queries, anna):
    organisation = an_organisation()
    save(organisation)

    def with_roles():
        person = a_person()
        person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=organisation.id))
        person.roles.append(RoleGrant(role=Role.ASSISTENT, acts_for_id=anna.id))
        return person

    save(with_roles())
    few = count_queries(lambda: desk.get("/beheer/accounts/"))
    save(*(with_roles() for _ in range(8)))

    assert count_queries(lambda: desk.get("/beheer/accounts/")) == few


def test_long_list_is_shown_in_pages(desk, save):
    save(*(a_person(last_name=f"Achternaam{n:03}") for n in range(60)))

    assert "Achternaam055" not in desk.get("/beheer/accounts/").text
    assert "Achternaam055" in desk.get("/beheer/accounts/?pagina=2").text
    assert desk.get("/beheer/accounts/?pagina=0").status_code == 200
    assert desk.get("/beheer/accounts/?pagina=x").status_code == 200
    assert desk.get("/beheer/accounts/?pagina=99").status_code == 404
    assert desk.get(f"/beheer/accounts/?pagina={9**40}").status_code == 404


def test_unknown_account_is_not_there(desk):
    assert desk.get(f"/beheer/accounts/{uuid.uuid4()}/").status_code == 404
    assert desk.get("/beheer/accounts/1/").status_code == 404


@pytest.mark.on_both
def test_role_is_given_at_once_and_logged(app, desk, anna, browser_of):
    browser = browser_of(anna)
    assert browser.get("/beheer/logboek/").status_code == 404

    response = give(desk, anna, "griffie")

    assert (response.status_code, response.location) == (303, page_of(anna))
    assert "griffie" in desk.get(page_of(anna)).text
    assert browser.get("/beheer/logboek/").status_code == 200
    assert log(app) == [("role_granted", f"person:{anna.public_id}", {"role": "griffie"})]


def test_griffier_is_of_a_municipality(app, desk, anna, save):
    town = an_organisation("Dordrecht")
    company = an_organisation("Werf BV", OrganisationKind.COMPANY)
    save(town, company)

    assert give(desk, anna, "griffier").status_code == 422
    assert give(desk, anna, "griffier", organisation=company.slug).status_code == 422
    assert give(desk, anna, "griffier", organisation=town.slug).status_code == 303
    assert "griffier van Dordrecht" in desk.get(page_of(anna)).text
    assert log(app)[0][2] == {"role": "griffier", "organisation": "Dordrecht"}


def test_assistant_is_of_one_other_person(app, desk, anna, save):
    other = a_person("Wim", "Wethouder", email="wim@voorbeeld.example")
    save(other)

    for address in ("", "wie@voorbeeld.example", anna.email, "wim"):
        assert give(desk, anna, "assistent", acts_for=address).status_code == 422
    assert give(desk, anna, "assistent", acts_for=other.email).status_code == 303
    assert "assistent van Wim Wethouder" in desk.get(page_of(anna)).text
    assert log(app)[0][2] == {"role": "assistent", "acts_for": str(other.public_id)}


def test_wrong_role_form_says_why_and_keeps_what_was_typed(app, desk, anna):
    nothing = give(desk, anna, "")
    unknown = give(desk, anna, "koning")
    typed = give(desk, anna, "assistent", acts_for="wie@voorbeeld.example")

    assert "Kies een rol." in nothing.text
    assert unknown.status_code == 422
    assert 'value="wie@voorbeeld.example"' in typed.text
    assert "voor wie deze persoon mag handelen" in typed.text
    assert roles_of(app, anna) == []


@pytest.mark.on_both
def test_same_role_twice_is_refused(app, desk, anna):
    give(desk, anna, "organisator")

    response = give(desk, anna, "organisator")

    assert response.status_code == 422
    assert "heeft deze rol al" in response.text
    assert roles_of(app, anna) == ["organisator"]


def test_griffier_of_two_municipalities_loses_one(app, desk, anna, save):
    towns = [an_organisation(), an_organisation()]
    save(*towns)
    for town in towns:
        give(desk, anna, "griffier", organisation=town.slug)

    assert take(desk, anna, f"griffier:{towns[0].slug}").status_code == 303

    page = desk.get(page_of(anna)).text
    assert f"griffier van {towns[0].name}" not in page
    assert f"griffier van {towns[1].name}" in page


@pytest.mark.on_both
def test_role_is_taken_at_once_and_logged(app, desk, save, browser_of):
    clerk = staff(Role.GRIFFIE)
    save(clerk)
    browser = browser_of(clerk)

    assert take(desk, clerk, "griffie").status_code == 303

    assert browser.get("/beheer/logboek/").status_code == 404
    assert log(app) == [("role_revoked", f"person:{clerk.public_id}", {"role": "griffie"})]


@pytest.mark.on_both
def test_role_that_is_not_there_cannot_be_taken(desk, anna):
    assert take(desk, anna, "griffie").status_code == 404
    assert take(desk, anna, "").status_code == 404


def test_own_beheerder_role_stays(app, desk, beheerder, save):
    save(staff(Role.BEHEERDER))

    response = take(desk, beheerder, "beheerder")

    assert response.status_code == 422
    assert "eigen rol als beheerder" in response.text
    assert roles_of(app, beheerder) == ["beheerder"]


def test_another_beheerder_may_lose_the_role(app, desk, save):
    other = staff(Role.BEHEERDER)
    save(other)

    assert take(desk, other, "beheerder").status_code == 303
    assert roles_of(app, other) == []


def test_last_beheerder_stays_whoever_asks(app, beheerder, anna):
    from kwartaal.db import db
    from kwartaal.domain import roles
    from kwartaal.domain.refusals import LastBeheerder
    from kwartaal.models.person import Person
    from tests.conftest import NOON

    with app.app_context():
        grant = db.session.get_one(Person, beheerder.id).roles[0]
        by = db.session.get_one(Person, anna.id)
        with pytest.raises(LastBeheerder):
            roles.revoke_role(grant, by, NOON)


@pytest.mark.on_both
def test_sessions_of_somebody_are_ended(app, desk, anna, browser_of):
    browser = browser_of(anna)

    desk.post(f"/beheer/accounts/{anna.public_id}/sessies/beeindigen")

    assert not is_signed_in(browser)
    assert open_sessions(app, anna) == 0
    assert is_signed_in(desk)
    assert log(app) == [("session_ended", f"person:{anna.public_id}", {"what": "all"})]


@pytest.mark.on_both
def test_beheerder_starts_a_change_of_address(app, desk, save):
    clerk = staff(Role.GRIFFIE)
    save(clerk)

    response = desk.post(
        f"/beheer/accounts/{clerk.public_id}/inlogadres", data={"email": "nieuw@griffie.example"}
    )

    assert response.status_code == 303
    assert [mail.address for mail in mails(app, MailKind.EMAIL_CHANGE_CONFIRM)] == [
        "nieuw@griffie.example"
    ]
    assert [mail.address for mail in mails(app, MailKind.EMAIL_CHANGE_NOTICE)] == [clerk.email]
    assert stored(app, clerk).email == clerk.email
    assert "nieuw@griffie.example" in desk.get(page_of(clerk)).text


@pytest.mark.on_both
def test_beheerder_is_told_when_an_address_is_taken(app, desk, anna, beheerder):
    response = desk.post(
        f"/beheer/accounts/{anna.public_id}/inlogadres", data={"email": beheerder.email}
    )

    assert response.status_code == 422
    assert "logt al iemand anders in" in response.text
    assert changes(app) == []


def test_person_without_an_address_can_get_one(app, desk, save):
    person = a_person(email=None)
    save(person)

    assert "Heeft nog geen inlogadres" in desk.get(page_of(person)).text
    desk.post(f"/beheer/accounts/{person.public_id}/inlogadres", data={"email": "a@nieuw.example"})

    assert len(mails(app, MailKind.EMAIL_CHANGE_CONFIRM)) == 1
    assert mails(app, MailKind.EMAIL_CHANGE_NOTICE) == []


def test_account_pages_show_no_membership_and_no_closed_meeting(desk, save, anna):
    body = a_body(name="Geheimzinnige groep")
    meeting = a_meeting(
        series=a_series(body=body, name="Besloten reeks"),
        title="Verborgen titel",
        openness=Openness.BESLOTEN,
    )
    save(a_membership(anna, body), meeting)

    for path in ("/beheer/accounts/", page_of(anna), "/beheer/logboek/"):
        page = desk.get(path).text
        assert (
            "Geheimzinnig" not in page and "Verborgen" not in page and "Besloten reeks" not in page
        )


def test_names_are_shown_as_text(desk, save):
    person = a_person("<script>alert(1)</script>", "=1+1")
    save(person)

    assert "<script>alert" not in desk.get("/beheer/accounts/").text
    assert "<script>alert" not in desk.get(page_of(person)).text


@pytest.mark.on_both
def test_two_beheerders_taking_each_others_role_leave_one(app, desk, beheerder, save, browser_of):
    other = staff(Role.BEHEERDER)
    save(other)
    barrier = Barrier(2)

    def revoke(browser, person):
        barrier.wait()
        return take(browser, person, "beheerder").status_code

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(revoke, desk, other)
        two = pool.submit(revoke, browser_of(other), beheerder)
        answers = {one.result(), two.result()}

    assert 303 in answers
    assert len(roles_of(app, beheerder) + roles_of(app, other)) == 1
