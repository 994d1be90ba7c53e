"""The list of people, one person, adding and changing one, and who sees whom."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.body import Membership
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Office, Person, Role, RoleGrant, list_name
from tests.desk_pages import shown
from tests.factories import (
    a_body,
    a_council_member,
    a_membership,
    a_person,
    an_office_kind,
    an_organisation,
    staff,
)
from tests.html_tree import find
from tests.signing_in import is_signed_in, log, stored

LIST, NEW = "/beheer/personen/", "/beheer/personen/nieuw"
TAKEN = "Dit adres is al het inlogadres van iemand anders. Gebruik het alleen als contactadres."


@pytest.fixture
def griffie(save):
    person = staff(first_name="Gré", last_name="Zomer")
    save(person)
    return person


@pytest.fixture
def desk(griffie, browser_of):
    return browser_of(griffie)


@pytest.fixture
def town(save):
    papendrecht = an_organisation("Papendrecht")
    save(papendrecht)
    return papendrecht


@pytest.fixture
def griffier(save, browser_of, town):
    """The browser of the clerk of Papendrecht's council."""
    person = a_person("Gijs", "Griffier")
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=town.id))
    save(person)
    return browser_of(person)


def page_of(person, rest=""):
    return f"/beheer/personen/{person.public_id}/{rest}"


def details(**changes):
    return {"first_name": "Anna", "prefix": "van der", "last_name": "Maas"} | changes


def add(desk, **changes):
    return desk.post(NEW, data=details(starts_on="2027-03-10") | changes)


def change(desk, person, **changes):
    values = details(email=person.email or "", contact_email="", phone="")
    return desk.post(page_of(person, "wijzigen"), data=values | changes)


def added(app):
    """Everybody but the clerks of these tests."""
    with app.app_context():
        found = sa.select(Person).where(Person.last_name.notin_(["Zomer", "Griffier"]))
        return list(db.session.scalars(found.order_by(Person.id)))


def names(response):
    """The names in the list, as the page writes them."""
    return [
        node[2][0][2][0][2][0]
        for node in find(response.text, "th")
        if node[1].get("scope") == "row"
    ]


def errors(response):
    return re.findall(r'error-message" id="([\w-]+)-error">.*?<span>(.*?)</span>', response.text)


def test_a_new_person_is_kept_as_typed_and_shown(app, desk):
    response = add(
        desk, email="Anna@Voorbeeld.example", contact_email="post@x.example", phone="078 770 12 34"
    )

    (person,) = added(app)
    assert response.location == page_of(person)
    assert (person.full_name, person.list_name) == ("Anna van der Maas", "Maas, Anna van der")
    assert (person.email, person.contact_email) == ("anna@voorbeeld.example", "post@x.example")
    assert person.phone == "+31787701234"
    assert "+31\xa078\xa0770\xa012\xa034" in desk.get(response.location).text


def test_list_name_of_who_has_one_name_ends_with_it():
    names = [("", "", "Maas"), ("", "van der", "Maas"), ("Anna", "", "Maas")]

    assert [list_name(*one) for one in names] == ["Maas", "Maas, van der", "Maas, Anna"]


def test_a_new_person_may_come_with_a_first_office(app, desk, save):
    kind, town = an_office_kind("raadslid"), an_organisation("Sliedrecht")
    save(kind, town)

    add(desk, organisation=town.slug, kind=kind.code, starts_on="1-4-2027")

    with app.app_context():
        person = db.session.get_one(Person, added(app)[-1].id)
        offices = [(office.label, office.starts_on) for office in person.offices]
    assert offices == [("raadslid, Sliedrecht", date(2027, 4, 1))]


def test_part_of_a_first_office_asks_for_the_rest(app, desk, town):
    response = add(desk, organisation=town.slug)

    assert errors(response) == [("kind", "Kies een ambt.")]
    assert added(app) == []


def test_the_same_form_sent_twice_makes_one_person(app, desk):
    key = str(uuid.uuid4())

    first, second = add(desk, key=key), add(desk, key=key)

    assert first.location == second.location
    assert len(added(app)) == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"first_name": " "}, ("first_name", "Vul de voornaam in.")),
        ({"last_name": ""}, ("last_name", "Vul de achternaam in.")),
        (
            {"first_name": "é" * 61},
            ("first_name", "Gebruik niet meer dan 60 tekens. Nu zijn het er 61."),
        ),
        (
            {"prefix": "x" * 21},
            ("prefix", "Gebruik niet meer dan 20 tekens. Nu zijn het er 21."),
        ),
        ({"last_name": "Ma\nas"}, ("last_name", "Gebruik hier één regel, zonder enters.")),
        (
            {"email": "anna"},
            ("email", "Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
        ),
        (
            {"contact_email": "anna@@x"},
            ("contact_email", "Dit adres klopt niet. Bijvoorbeeld: naam@voorbeeld.nl"),
        ),
        (
            {"phone": "12"},
            (
                "phone",
                "Dit telefoonnummer klopt niet. Bijvoorbeeld: 078 770 12 34. "
                "Zet bij een buitenlands nummer + en het landnummer ervoor.",
            ),
        ),
    ],
)
def test_bad_input_is_said_at_the_field_and_nothing_is_kept(app, desk, values, error):
    response = add(desk, **values)

    assert response.status_code == 422
    assert errors(response) == [error]
    assert "<title>Fout: Nieuwe persoon" in response.text
    assert shown(response, "last_name") == values.get("last_name", "Maas")
    assert added(app) == []


@pytest.mark.on_both
@pytest.mark.parametrize("name", ["=1+1", "<script>alert(1)</script>", "Zoë 🎉", "O'Neill"])
def test_odd_names_are_text(app, desk, name):
    response = add(desk, last_name=name)

    assert added(app)[0].last_name == name
    assert "<script>alert" not in desk.get(response.location).text


@pytest.mark.on_both
@pytest.mark.parametrize("address", ["bea@voorbeeld.example", "BEA@voorbeeld.example"])
def test_a_sign_in_address_belongs_to_one_person(app, desk, save, address):
    save(a_person("Bea", "Bos", email="bea@voorbeeld.example"))

    response = add(desk, email=address)

    assert errors(response) == [("email", TAKEN)]
    assert len(added(app)) == 1


def test_an_address_can_be_for_contact_of_two(app, desk, save):
    save(a_person("Bea", "Bos", email="bea@voorbeeld.example"))

    add(desk, contact_email="bea@voorbeeld.example")

    assert [(p.email, p.contact_email) for p in added(app)] == [
        ("bea@voorbeeld.example", None),
        (None, "bea@voorbeeld.example"),
    ]


def test_a_change_is_kept(app, desk, save):
    person = a_person()
    save(person)

    response = change(desk, person, phone="0787701234")

    assert response.location == page_of(person)
    assert stored(app, person).phone == "+31787701234"


def test_another_sign_in_address_is_asked_by_mail_and_does_not_count_yet(app, desk, save):
    person = a_person()
    save(person)

    change(desk, person, email="nieuw@voorbeeld.example")

    assert stored(app, person).email == person.email
    assert log(app) == [("email_change_requested", f"person:{person.public_id}", {})]
    assert mails(app) == [
        ("email_change_confirm", "nieuw@voorbeeld.example"),
        ("email_change_notice", person.email),
    ]


@pytest.mark.on_both
def test_a_first_sign_in_address_counts_at_once(app, desk, save):
    person = a_person(email=None)
    save(person)

    change(desk, person, email="nieuw@voorbeeld.example")

    assert stored(app, person).email == "nieuw@voorbeeld.example"


def test_taking_a_sign_in_address_away_ends_what_is_signed_in(app, desk, save, browser_of):
    person = a_person()
    save(person)
    browser = browser_of(person)

    change(desk, person, email="")

    assert stored(app, person).email is None
    assert not is_signed_in(browser)
    assert log(app) == [("email_changed", f"person:{person.public_id}", {})]


def mails(app):
    with app.app_context():
        rows = db.session.query(OutboxMail).order_by(OutboxMail.id)
        return [(row.kind.value, row.address) for row in rows]


def test_an_address_of_somebody_else_is_refused_in_a_change(app, desk, save):
    anna, bea = a_person(), a_person()
    save(anna, bea)

    response = change(desk, anna, email=bea.email.upper())

    assert errors(response) == [("email", TAKEN)]
    assert stored(app, anna).email == anna.email
    assert log(app) == []


def member_from(day):
    person = a_person()
    return person, a_membership(person, a_body(), starts_on=day)


@pytest.mark.parametrize(
    "stored_rows",
    [
        lambda: (staff(Role.ORGANISATOR),),
        lambda: member_from(date(2022, 1, 1)),
        lambda: member_from(date(2027, 6, 1)),
    ],
    ids=["role", "member", "coming member"],
)
def test_who_has_a_role_or_membership_keeps_the_sign_in_address(app, desk, save, stored_rows):
    person, *rest = stored_rows()
    save(person, *rest)
    form = desk.get(page_of(person, "wijzigen")).text

    response = change(desk, person, email="anders@voorbeeld.example", phone="0787701234")

    assert 'name="email"' not in form
    assert "Alleen deze persoon zelf of de beheerder kan het inlogadres wijzigen." in form
    assert response.status_code == 303
    kept = stored(app, person)
    assert (kept.email, kept.phone) == (person.email, "+31787701234")


@pytest.mark.on_both
def test_a_former_member_can_get_another_address(app, desk, save):
    person = a_person()
    save(a_membership(person, a_body(), ends_on=date(2027, 3, 9)))

    change(desk, person, email="anders@voorbeeld.example")

    assert mails(app)[0] == ("email_change_confirm", "anders@voorbeeld.example")


@pytest.mark.on_both
def test_two_clerks_at_one_field_are_shown_both(app, desk, save):
    person = a_person(phone="+31787701230")
    save(person)
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', desk.get(page_of(person, "wijzigen")).text)
    change(desk, person, phone="0787701231")

    response = change(desk, person, phone="0787701232", seen=seen[1])

    assert response.status_code == 422
    assert errors(response)[0][0] == "phone"
    assert stored(app, person).phone == "+31787701231"


def test_the_list_sorts_on_last_name_without_prefix(desk, save):
    save(
        a_person("Anna", "Zwart", prefix="van"),
        a_person("Bea", "Özcan"),
        a_person("Cor", "Aalst", prefix="van den"),
    )

    assert names(desk.get(LIST)) == [
        "Aalst, Cor van den",
        "Özcan, Bea",
        "Zomer, Gré",
        "Zwart, Anna van",
    ]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ozcan", ["Özcan, Bea"]),
        ("van maas", ["Maas, Anna van der"]),
        ("ANNA", ["Maas, Anna van der"]),
        ("bea@", ["Özcan, Bea"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1", []),
        ("=1+1", []),
    ],
)
def test_words_are_looked_for_in_names_and_addresses(desk, save, words, found):
    save(
        a_person("Anna", "Maas", prefix="van der", email="post@voorbeeld.example"),
        a_person("Bea", "Özcan", email="bea@voorbeeld.example"),
    )

    assert names(desk.get(LIST, query_string={"zoek": words})) == found


@pytest.fixture
def region(save, town):
    """A council member, a former one, a coming one, and a business woman."""
    councillor = an_office_kind("raadslid")
    worker = an_office_kind("medewerker", company=Audience.BEDRIJF)
    yard = an_organisation("Werf", OrganisationKind.COMPANY)
    save(councillor, worker, yard)
    people = {
        name: a_person(name, "Jansen", email=f"{name.lower()}@voorbeeld.example")
        for name in ("Nu", "Oud", "Straks", "Zaak")
    }
    today, day = date(2027, 3, 10), timedelta(days=1)
    council = {"organisation_id": town.id, "kind_id": councillor.id}
    people["Nu"].offices = [Office(**council, starts_on=date(2022, 3, 30))]
    people["Oud"].offices = [Office(**council, starts_on=date(2018, 3, 29), ends_on=today - day)]
    people["Straks"].offices = [Office(**council, starts_on=today + day)]
    people["Zaak"].offices = [
        Office(organisation_id=yard.id, kind_id=worker.id, starts_on=date(2020, 1, 1))
    ]
    save(*people.values())
    return people


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("organisatie={town}", ["Jansen, Nu", "Jansen, Straks"]),
        ("doelgroep=raad", ["Jansen, Nu", "Jansen, Straks"]),
        ("doelgroep=bedrijf", ["Jansen, Zaak"]),
        ("doelgroep=bedrijf&organisatie={town}", []),
        ("zoek=oud", ["Jansen, Oud"]),
        ("organisatie=onbekend&zoek=zaak", ["Jansen, Zaak"]),
        ("doelgroep=onbekend&zoek=zaak", ["Jansen, Zaak"]),
    ],
)
def test_the_list_is_narrowed_to_offices_that_are_not_over(desk, region, town, query, found):
    assert names(desk.get(f"{LIST}?{query.format(town=town.slug)}")) == found


@pytest.mark.on_both
def test_a_search_without_result_offers_the_whole_list(desk):
    page = desk.get(f"{LIST}?zoek=niemand").text

    assert "Niemand gevonden." in page
    assert "Toon iedereen" in page


@pytest.mark.on_both
def test_the_list_comes_in_pages(desk, save):
    save(*[a_person("Anna", f"Aa{n:02}") for n in range(51)])

    first, second, past, odd = (
        names(desk.get(f"{LIST}?pagina={n}")) for n in ("1", "2", "99999999999999999999", "x")
    )

    assert (len(first), second) == (50, ["Aa50, Anna", "Zomer, Gré"])
    assert (past, odd) == (second, first)


@pytest.mark.on_both
def test_the_list_asks_as_many_queries_for_many(desk, save, count_queries):
    save(a_council_member())
    few = count_queries(lambda: desk.get(LIST))
    save(*[a_council_member() for _ in range(30)])

    assert count_queries(lambda: desk.get(LIST)) == few


def test_a_person_is_shown_with_offices_of_all_times(desk, region):
    page = desk.get(page_of(region["Oud"])).text

    assert "raadslid, Papendrecht" in page
    assert "29\xa0maart 2018 tot en met 9\xa0maart 2027 (voorbij)" in page


def test_a_griffier_sees_who_has_or_had_an_office_in_the_own_municipality(griffier, region):
    assert names(griffier.get(LIST)) == ["Jansen, Nu", "Jansen, Oud", "Jansen, Straks"]
    assert griffier.get(page_of(region["Oud"])).status_code == 200


@pytest.mark.on_both
@pytest.mark.parametrize(
    "query", ["?zoek=zaak", "?doelgroep=bedrijf", "?organisatie=werf", "?zoek=@voorbeeld.example"]
)
def test_no_search_gets_a_griffier_past_the_own_municipality(griffier, region, query):
    assert "Zaak" not in griffier.get(LIST + query).text.replace("zaak", "")


def test_a_person_of_another_municipality_is_not_there_for_a_griffier(griffier, region):
    assert griffier.get(page_of(region["Zaak"])).status_code == 404


def test_a_griffier_sees_only_the_offices_in_the_own_municipality(griffier, save, region):
    with_two = region["Nu"]
    yard = an_organisation("Geheime werf", OrganisationKind.COMPANY)
    save(yard)
    second = Office(person_id=with_two.id, organisation_id=yard.id, starts_on=date(2020, 1, 1))
    second.kind = an_office_kind()
    save(second)

    assert "Geheime werf, " not in griffier.get(LIST).text
    assert "Geheime werf" not in griffier.get(page_of(with_two)).text


@pytest.mark.on_both
def test_a_griffier_reads_and_does_not_write(griffier, region):
    person = region["Nu"]
    pages = griffier.get(LIST).text + griffier.get(page_of(person)).text

    assert "/wijzigen" not in pages
    assert "/beheer/personen/nieuw" not in pages
    assert "/beheer/personen/importeren" not in pages
    for path in (NEW, page_of(person, "wijzigen"), page_of(person, "ambten/nieuw")):
        assert griffier.get(path).status_code == 404
        assert griffier.post(path, data=details()).status_code == 404


@pytest.mark.parametrize("role", [Role.BEHEERDER, Role.ORGANISATOR])
def test_people_are_not_for_every_role(save, browser_of, region, role):
    person = staff(role)
    save(person)

    assert browser_of(person).get(LIST).status_code == 404


@pytest.mark.on_both
def test_an_unknown_person_is_not_there(desk):
    assert desk.get(f"/beheer/personen/{uuid.uuid4()}/").status_code == 404
    assert desk.get("/beheer/personen/iets/").status_code == 404


@pytest.mark.on_both
def test_the_form_carries_the_token_against_forgery(app, desk):
    app.config["WTF_CSRF_ENABLED"] = True

    assert 'name="csrf_token"' in desk.get(NEW).text
    assert add(desk).status_code == 400
    assert added(app) == []


def test_a_membership_that_begins_between_form_and_change_is_noticed(app, desk, save):
    person, body = a_person(), a_body()
    save(person, body)
    with app.app_context():
        member = Membership(person_id=person.id, body_id=body.id, starts_on=date(2027, 1, 1))
        db.session.add(member)
        db.session.commit()

    change(desk, person, email="anders@voorbeeld.example")

    assert stored(app, person).email == person.email
