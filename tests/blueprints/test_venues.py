"""The desk's pages about venues and rooms."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.person import Role
from kwartaal.models.venue import Room, Venue
from tests.desk_pages import key, messages, problems, shown
from tests.factories import (
    a_council_member,
    a_meeting,
    a_venue,
    an_item,
    an_organisation,
    staff,
)

LIST = "/beheer/locaties/"
KIL = uuid.uuid4()


@pytest.fixture
def desk(save, browser_of):
    person = staff(Role.ORGANISATOR)
    save(person)
    return browser_of(person)


@pytest.fixture
def venue(save):
    """With one room, Kil."""
    venue = a_venue(slug="raadhuis", name="Raadhuis", rooms=[Room(name="Kil", public_id=KIL)])
    save(venue)
    return venue


def typed(**changes):
    values = {
        "name": "De Twee Bruggen",
        "street": "Brugweg 1",
        "postcode": "3331 ab",
        "town": "Zwijndrecht",
        "organisation": "",
        "directions": "Bus 3\r\nParkeren achter",
    }
    return values | changes


def venues(app):
    with app.app_context():
        statement = sa.select(Venue.name, Venue.slug, Venue.postcode).order_by(Venue.name)
        return [tuple(row) for row in db.session.execute(statement)]


def rooms(app):
    with app.app_context():
        statement = sa.select(Room.name, Room.capacity).order_by(Room.name)
        return [tuple(row) for row in db.session.execute(statement)]


def test_new_keeps_a_venue(app, save, desk):
    save(an_organisation("Zwijndrecht"))

    answer = desk.post(f"{LIST}nieuw/", data=typed(), follow_redirects=True)

    assert messages(answer) == ["Locatie ‘De Twee Bruggen’ is bewaard. Zet er nu de zalen bij."]
    assert venues(app) == [("De Twee Bruggen", "de-twee-bruggen", "3331 AB")]
    assert shown(answer, "directions") == "Bus 3\nParkeren achter"


WRONG = [
    ({"name": ""}, "Naam: Vul een naam in."),
    ({"name": "x" * 121}, "Naam: Gebruik niet meer dan 120 tekens. Nu zijn het er 121."),
    ({"name": "RAADHUIS"}, "Naam: Deze naam is al in gebruik. Kies een andere."),
    ({"town": " "}, "Plaats: Vul een plaats in."),
    ({"postcode": "0123 AB"}, "Postcode: Deze postcode klopt niet. Bijvoorbeeld: 3311 AB"),
    (
        {"coordinates": "51,8"},
        "Plek op de kaart: Vul twee getallen in. Bijvoorbeeld: 51.8133, 4.6901",
    ),
    ({"organisation": "nergens"}, "Staat in gemeente: Deze keuze bestaat niet. Kies uit de lijst."),
]


def test_new_says_what_is_wrong_with_each_field_and_stores_nothing(app, desk, venue):
    answers = [desk.post(f"{LIST}nieuw/", data=typed(**wrong)) for wrong, _s in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _w, sentence in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert [name for name, _slug, _code in venues(app)] == ["Raadhuis"]


@pytest.mark.on_both
def test_new_sent_twice_is_one_venue(app, desk):
    desk.post(f"{LIST}nieuw/", data=typed())

    answer = desk.post(f"{LIST}nieuw/", data=typed())

    assert problems(answer) == ["Naam: Deze naam is al in gebruik. Kies een andere."]
    assert len(venues(app)) == 1


def test_edit_keeps_where_it_is_on_the_map_and_forgets_it(app, desk, venue):
    known = desk.post(
        f"{LIST}raadhuis/", data=typed(coordinates="51.8133 4.6901"), follow_redirects=True
    )
    unknown = desk.post(f"{LIST}raadhuis/", data=typed(coordinates=""), follow_redirects=True)

    assert shown(known, "coordinates") == "51.8133, 4.6901"
    assert shown(unknown, "coordinates") == ""


@pytest.mark.parametrize(
    "place", [(91, 4.0), (51.0, 181), (51.0, None), (None, 4.0)], ids=lambda place: f"{place}"
)
def test_the_database_keeps_no_other_place(app, venue, place):
    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(Venue).values(latitude=place[0], longitude=place[1]))


@pytest.mark.on_both
def test_edit_keeps_the_address_of_the_page(app, desk, venue):
    answer = desk.post(f"{LIST}raadhuis/", data=typed(name="Stadhuis"), follow_redirects=True)

    assert messages(answer) == ["Locatie ‘Stadhuis’ is bewaard."]
    assert venues(app) == [("Stadhuis", "raadhuis", "3331 AB")]


@pytest.mark.on_both
def test_remove_a_venue_nobody_uses(app, desk, venue):
    answer = desk.post(f"{LIST}raadhuis/verwijderen", follow_redirects=True)

    assert messages(answer) == ["De locatie is verwijderd."]
    assert (venues(app), rooms(app)) == ([], [])
    assert desk.get(f"{LIST}raadhuis/").status_code == 404


def test_remove_a_venue_of_a_meeting_says_why_not(app, save, desk):
    save(a_meeting(venue=a_venue(slug="raadhuis", name="Raadhuis")))

    answer = desk.post(f"{LIST}raadhuis/verwijderen", follow_redirects=True)

    assert messages(answer) == [
        "Bij ‘Raadhuis’ is of was een bijeenkomst. Weghalen kan daarom niet."
    ]


@pytest.mark.on_both
def test_new_room(app, desk, venue):
    form = {"key": key(), "name": "Merwede", "capacity": "24"}
    desk.post(f"{LIST}raadhuis/zalen/nieuw/", data=form)

    again = desk.post(f"{LIST}raadhuis/zalen/nieuw/", data=form)

    assert again.status_code == 303
    assert rooms(app) == [("Kil", None), ("Merwede", 24)]


@pytest.mark.on_both
def test_wrong_rooms_are_refused(app, desk, venue):
    answers = [
        desk.post(f"{LIST}raadhuis/zalen/nieuw/", data={"name": name, "capacity": capacity})
        for name, capacity in [("", ""), ("kil", ""), ("Noord", "0"), ("a" * 81, "")]
    ]

    assert [problems(answer) for answer in answers] == [
        ["Naam: Vul een naam in."],
        ["Naam: Deze naam is al in gebruik. Kies een andere."],
        ["Aantal zitplaatsen: Vul een getal in van 1 tot en met 100.000."],
        ["Naam: Gebruik niet meer dan 80 tekens. Nu zijn het er 81."],
    ]
    assert rooms(app) == [("Kil", None)]


@pytest.mark.on_both
def test_edit_a_room(app, desk, venue):
    desk.post(f"{LIST}raadhuis/zalen/{KIL}/", data={"name": "Grote Kil", "capacity": "30"})

    assert rooms(app) == [("Grote Kil", 30)]


def test_remove_a_room(app, desk, venue):
    desk.post(f"{LIST}raadhuis/zalen/{KIL}/verwijderen")

    assert rooms(app) == []
    assert desk.get(f"{LIST}raadhuis/zalen/{KIL}/").status_code == 404


@pytest.mark.on_both
def test_remove_a_room_in_a_programme_says_why_not(app, save, desk):
    venue = a_venue(slug="raadhuis", rooms=[Room(name="Kil", public_id=KIL)])
    save(an_item(a_meeting(venue=venue), room=venue.rooms[0]))

    answer = desk.post(f"{LIST}raadhuis/zalen/{KIL}/verwijderen", follow_redirects=True)

    assert messages(answer) == ["Zaal ‘Kil’ staat in een programma. Weghalen kan daarom niet."]


def test_a_room_of_another_venue_is_not_there(save, desk, venue):
    save(a_venue(slug="elders"))

    assert desk.get(f"{LIST}elders/zalen/{KIL}/").status_code == 404


@pytest.mark.on_both
def test_without_the_permission_there_are_no_such_pages(save, browser_of, venue):
    person = a_council_member()
    save(person)
    browser = browser_of(person)

    answers = [
        browser.get(LIST),
        browser.get(f"{LIST}raadhuis/"),
        browser.post(f"{LIST}nieuw/", data=typed()),
        browser.post(f"{LIST}raadhuis/verwijderen"),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.on_both
def test_the_list_asks_as_much_of_the_database_for_many_venues(save, desk, venue, count_queries):
    few = count_queries(lambda: desk.get(LIST))
    save(*(a_venue() for _ in range(6)))

    assert count_queries(lambda: desk.get(LIST)) == few
