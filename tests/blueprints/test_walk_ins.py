"""Visitors without a registration: looked up first, then let in; and registering after all."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.meeting import MeetingState
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Person
from kwartaal.models.registration import Registration, RegistrationState
from tests.attendance_samples import Door
from tests.factories import an_office, an_office_kind, an_organisation

NAMES = re.compile(r'<span class="kw-table__name">([^<]+)')


def look_up(browser, door, words):
    return browser.get(door.at("/inloop"), query_string={"zoek": words})


def let_in(browser, door, person, **fields):
    fields.setdefault("key", str(uuid.uuid4()))
    return browser.post(door.at(f"/inloop/{person.public_id}"), data=fields)


def add(browser, door, **fields):
    filled = {"first_name": "Inge", "last_name": "Loop", "key": str(uuid.uuid4())} | fields
    return browser.post(door.at("/inloop"), data=filled)


def on_the_list(door):
    """(name, state, office, organisation, group) of every registration."""
    with door.app.app_context():
        rows = db.session.query(Registration).join(Person).order_by(Person.sort_key)
        return [
            (r.person.full_name, r.state, r.office_name, r.organisation_name, r.audience)
            for r in rows
        ]


def marks(door):
    with door.app.app_context():
        return db.session.query(AttendanceMark).count()


def test_nobody_is_listed_before_looking(door, organiser):
    door.somebody("Anna", "Jansen")

    page = organiser.get(door.at("/inloop")).text

    assert NAMES.findall(page) == []
    assert "Zoek eerst op naam" in page
    assert 'name="first_name"' not in page


def test_lookup_says_who_is_on_the_list(door, organiser):
    door.register(door.somebody("Anna", "Zeeman"))
    door.somebody("Bram", "Zeeman", door.other_town)

    page = look_up(organiser, door, "zeeman").text

    assert NAMES.findall(page) == ["Zeeman, Anna", "Zeeman, Bram"]
    assert "Niet aangemeld" in page
    assert "raadslid, Papendrecht" in page


def test_lookup_shows_no_addresses(door, organiser):
    door.somebody("Anna", "Jansen", email="geheim@voorbeeld.example")

    assert "geheim@" not in look_up(organiser, door, "jansen").text


def test_lookup_finds_speakers_by_name_alone(door, organiser):
    door.speaks(door.heat, "Naam Alleen")

    assert NAMES.findall(look_up(organiser, door, "alleen").text) == ["Naam Alleen"]


@pytest.mark.on_both
def test_form_takes_over_the_name_that_was_looked_for(door, organiser):
    page = look_up(organiser, door, "Inge van der Loop").text

    assert 'value="Inge"' in page
    assert 'value="van der"' in page
    assert 'value="Loop"' in page


@pytest.mark.on_both
def test_walk_in_is_put_on_the_list_and_is_present(door, organiser):
    person = door.somebody("Inge", "Loop")

    answer = let_in(organiser, door, person)

    latest = door.registration_of(person).public_id
    assert (answer.status_code, answer.location) == (303, door.at(f"?laatst={latest}#laatst"))
    assert on_the_list(door) == [
        ("Inge Loop", RegistrationState.WALK_IN, "raadslid", "Zwijndrecht", Audience.RAAD)
    ]
    assert "1</dd>" in organiser.get(door.at()).text


def test_the_same_form_after_it_was_taken_back_leads_to_the_list(door, organiser):
    key = str(uuid.uuid4())
    added = add(organiser, door, key=key)
    who = re.search("laatst=([^#]+)", added.location)
    assert who
    door.mark(uuid.UUID(who[1]), MarkKind.UNDONE)

    again = add(organiser, door, key=key)

    assert (again.status_code, again.location) == (303, door.at())


def test_who_was_let_in_by_mistake_comes_as_somebody_else(door, organiser):
    person = door.somebody("Inge", "Loop", door.other_town)
    door.mark(door.let_in(person, door.town), MarkKind.UNDONE)

    let_in(organiser, door, person)

    assert [row[3] for row in on_the_list(door)] == ["Papendrecht"]


def test_walk_in_takes_no_place(app, save, clock, browser_of):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    door.register(door.somebody("Anna", "Jansen"))

    let_in(browser_of(door.organiser), door, door.somebody("Inge", "Loop"))

    assert door.places() == (1, 0)


def test_registered_visitor_is_only_marked(door, organiser):
    person = door.somebody("Anna", "Jansen")
    door.register(person, door.heat)

    let_in(organiser, door, person)

    assert door.registration_of(person).state == RegistrationState.PLACED
    assert marks(door) == 1


@pytest.mark.on_both
def test_speaker_is_only_marked(door, organiser):
    person = door.somebody("Sanne", "Spreker")
    door.speaks(door.heat, person=person)

    let_in(organiser, door, person)

    assert (on_the_list(door), marks(door)) == ([], 1)


def test_who_withdrew_comes_as_a_walk_in(door, organiser):
    person = door.somebody("Wim", "Weg")
    door.register(person, door.heat)
    door.withdraw(person)

    let_in(organiser, door, person)

    assert on_the_list(door)[0][1:4] == (RegistrationState.WALK_IN, "raadslid", "Zwijndrecht")
    assert door.places() == (0, 0)


@pytest.mark.on_both
def test_visitor_with_two_offices_says_as_whom(door, organiser):
    person = door.somebody("Inge", "Loop")
    with door.app.app_context():
        loaded = db.session.get_one(Person, person.id)
        kind, town = an_office_kind("wethouder"), db.session.merge(door.other_town)
        second = an_office(loaded, organisation=town, kind=kind)
        db.session.add(second)
        db.session.commit()
        key = str(second.public_id)

    page = look_up(organiser, door, "loop").text
    let_in(organiser, door, person, office=key)

    assert "wethouder, Papendrecht" in page
    assert on_the_list(door)[0][2:4] == ("wethouder", "Papendrecht")


def test_same_visitor_at_two_doors_is_on_the_list_once(door, browser_of):
    person = door.somebody("Inge", "Loop")
    browsers = [browser_of(door.organiser), browser_of(door.griffie)]
    start = Barrier(2)

    def admit(browser):
        start.wait()
        return let_in(browser, door, person).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(admit, browsers))

    assert (answers, len(on_the_list(door)), marks(door)) == ([303, 303], 1, 1)


def test_new_visitor_needs_a_name_only(door, organiser):
    answer = add(organiser, door, prefix="de")

    assert answer.status_code == 303
    assert on_the_list(door) == [("Inge de Loop", RegistrationState.WALK_IN, "", "", None)]
    assert marks(door) == 1


def test_new_visitor_comes_for_an_organisation(door, organiser):
    add(organiser, door, organisation=door.town.slug, audience="college")

    assert on_the_list(door)[0][3:] == ("Zwijndrecht", Audience.COLLEGE)


def test_neighbour_is_always_in_the_group_of_neighbours(door, organiser, save):
    neighbour = an_organisation("Gorinchem", OrganisationKind.NEIGHBOUR)
    save(neighbour)

    add(organiser, door, organisation=neighbour.slug, audience="raad")

    assert on_the_list(door)[0][3:] == ("Gorinchem", Audience.BUURGEMEENTE)


def test_same_form_twice_adds_one_person(door, organiser):
    key = str(uuid.uuid4())
    answers = [add(organiser, door, key=key).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert (len(on_the_list(door)), marks(door)) == (1, 1)


@pytest.mark.on_both
def test_namesake_is_asked_about_once(door, organiser):
    door.somebody("Inge", "Loop")

    asked = add(organiser, door)
    again = add(organiser, door, told="Inge Loop")

    assert asked.status_code == 422
    assert "Er is al iemand met deze naam." in asked.text
    assert NAMES.findall(asked.text) == ["Loop, Inge"]
    assert 'value="Inge Loop"' in asked.text
    assert (again.status_code, len(on_the_list(door))) == (303, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_name": ""}, "Vul de voornaam in."),
        ({"last_name": " "}, "Vul de achternaam in."),
        ({"last_name": "x" * 81}, "Gebruik niet meer dan 80 tekens."),
        ({"organisation": "bestaat-niet"}, "Deze keuze bestaat niet. Kies uit de lijst."),
        ({"audience": "onzin"}, "Deze keuze bestaat niet. Kies uit de lijst."),
        ({"first_name": "a\0b"}, "onzichtbaar teken"),
    ],
)
def test_wrong_field_says_why_and_keeps_what_was_typed(door, organiser, fields, sentence):
    answer = add(organiser, door, **({"prefix": "van ’t"} | fields))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="van ’t"' in answer.text
    assert on_the_list(door) == []


@pytest.mark.parametrize("name", ["=1+1", "<script>", "Ömer 🙂", "O'Neil"])
def test_odd_names_are_kept_as_they_are(door, organiser, name):
    add(organiser, door, last_name=name)

    assert on_the_list(door)[0][0] == f"Inge {name}"
    assert "<script>" not in organiser.get(door.at()).text.split("<main")[1]


@pytest.mark.parametrize("state", [MeetingState.CONCEPT, MeetingState.CANCELLED])
def test_nobody_is_let_in_where_nothing_goes_on(app, save, clock, browser_of, state):
    door = Door(app, save, clock, state=state)
    organiser = browser_of(door.organiser)

    let_in(organiser, door, door.somebody("Inge", "Loop"))
    add(organiser, door, last_name="Nieuw")

    assert on_the_list(door) == []


@pytest.mark.on_both
def test_unknown_person_is_not_found(door, organiser):
    answer = organiser.post(door.at(f"/inloop/{uuid.uuid4()}"), data={"key": str(uuid.uuid4())})

    assert answer.status_code == 404


@pytest.mark.on_both
def test_walk_in_registers_after_all(door):
    """A walk-in who registers takes a place like anybody, and stays marked present."""
    person = door.somebody("Inge", "Loop")
    key = door.let_in(person, door.other_town)

    door.register(person, door.heat)

    again = door.registration_of(person)
    assert (again.public_id, again.state) == (key, RegistrationState.PLACED)
    assert again.organisation_name == "Zwijndrecht"
    assert (door.places(), marks(door)) == ((1, 0), 1)


def test_walk_in_who_registers_waits_where_it_is_full(app, save, clock):
    door = Door(app, save, clock, maximum=1)
    door.publish()
    door.register(door.somebody("Anna", "Jansen"))
    person = door.somebody("Inge", "Loop")
    door.let_in(person)

    door.register(person, door.heat)

    assert door.registration_of(person).state == RegistrationState.WAITING
    assert door.places() == (1, 1)
