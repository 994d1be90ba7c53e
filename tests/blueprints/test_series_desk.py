"""The desk's pages about series."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.body import Body
from kwartaal.models.openness import Openness
from kwartaal.models.series import Purpose, Series
from tests.desk_pages import messages, problems, shown
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_series,
    an_agenda_item,
    staff,
)

LIST = "/beheer/reeksen/"


@pytest.fixture
def clerk(save):
    person = staff()
    save(person)
    return person


@pytest.fixture
def desk(clerk, browser_of):
    return browser_of(clerk)


@pytest.fixture
def series(save):
    """With the purposes informeren and ophalen."""
    series = a_series(slug="kwartaal", name="Kwartaalbijeenkomsten")
    save(series)
    return series


def typed(**changes):
    values = {"name": "Themabijeenkomsten", "description": "", "purposes": "ophalen\r\n\r\ndelen"}
    return values | changes


def listed(app):
    with app.app_context():
        return [
            (one.name, one.slug, [purpose.name for purpose in one.purposes])
            for one in db.session.scalars(sa.select(Series).order_by(Series.name))
        ]


def test_new_keeps_a_series_with_its_purposes(app, desk):
    answer = desk.post(f"{LIST}nieuw/", data=typed(), follow_redirects=True)

    assert messages(answer) == ["Reeks ‘Themabijeenkomsten’ is bewaard."]
    assert listed(app) == [("Themabijeenkomsten", "themabijeenkomsten", ["ophalen", "delen"])]


def test_new_suggests_the_purposes_of_a_meeting_that_takes_no_decisions(desk):
    page = desk.get(f"{LIST}nieuw/")

    assert shown(page, "purposes").split() == [
        "informeren",
        "beeldvorming",
        "meningsvorming",
        "ophalen",
    ]


PURPOSES = "Waarvoor kan een agendapunt zijn?"
WRONG = [
    ({"name": ""}, "Naam: Vul een naam in."),
    ({"name": "a\nb"}, "Naam: Gebruik hier één regel, zonder enters."),
    ({"name": "x" * 121}, "Naam: Gebruik niet meer dan 120 tekens. Nu zijn het er 121."),
    ({"name": "KWARTAALBIJEENKOMSTEN"}, "Naam: Deze naam is al in gebruik. Kies een andere."),
    ({"purposes": "x" * 61}, f"{PURPOSES} Gebruik niet meer dan 60 tekens per regel."),
    ({"purposes": "a\nb\nA"}, f"{PURPOSES} Zet elk doel er maar één keer in."),
    (
        {"purposes": "\n".join("abcdefghijklm")},
        f"{PURPOSES} Gebruik niet meer dan 12 regels.",
    ),
    (
        {"purposes": "besluitvorming"},
        f"{PURPOSES} Alleen een gremium neemt besluiten. Haal ‘besluitvorming’ weg.",
    ),
]


def test_new_says_what_is_wrong_with_each_field_and_stores_nothing(app, desk, series):
    answers = [desk.post(f"{LIST}nieuw/", data=typed(**wrong)) for wrong, _s in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _w, sentence in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert len(listed(app)) == 1


@pytest.mark.on_both
def test_edit_keeps_the_address(app, desk, series):
    desk.post(f"{LIST}kwartaal/", data=typed(name="Dagen van de regio"))

    assert listed(app) == [("Dagen van de regio", "kwartaal", ["ophalen", "delen"])]


@pytest.mark.on_both
def test_a_purpose_that_an_agenda_item_has_stays(app, save, desk):
    informing = Purpose(name="informeren", position=1)
    meeting = a_meeting(series=a_series(slug="kwartaal", purposes=[informing]))
    save(an_agenda_item(meeting, purpose=informing))

    answer = desk.post(f"{LIST}kwartaal/", data=typed())

    assert problems(answer) == [
        f"{PURPOSES} ‘informeren’ staat bij een agendapunt en moet daarom blijven staan."
    ]


@pytest.mark.on_both
def test_a_series_of_the_own_body_may_be_closed(app, save, clerk, desk):
    save(a_membership(clerk, a_body(slug="spiegelgroep")))
    data = typed(body="spiegelgroep", openness="besloten", purposes="besluiten")

    desk.post(f"{LIST}nieuw/", data=data)

    with app.app_context():
        series = db.session.scalars(sa.select(Series)).one()
        assert (series.body.slug, series.openness) == ("spiegelgroep", Openness.BESLOTEN)


def test_a_series_of_the_whole_region_is_open(app, save, clerk, desk):
    save(a_membership(clerk, a_body(slug="spiegelgroep")))

    answer = desk.post(f"{LIST}nieuw/", data=typed(body="", openness="besloten"))

    assert problems(answer) == [
        "Openbaarheid van nieuwe bijeenkomsten: Alleen een bijeenkomst van een gremium kan"
        " minder dan openbaar zijn."
    ]


@pytest.mark.on_both
def test_a_body_one_is_no_member_of_cannot_be_chosen(app, save, clerk, desk):
    other = a_body(slug="anderen", name="Het gremium van anderen")
    save(a_membership(clerk, a_body()), other)

    page = desk.get(f"{LIST}nieuw/")
    answer = desk.post(f"{LIST}nieuw/", data=typed(body="anderen", openness="openbaar"))

    assert "Het gremium van anderen" not in page.text
    assert problems(answer) == ["Gremium: Deze keuze bestaat niet. Kies uit de lijst."]


@pytest.mark.on_both
def test_a_series_of_a_body_one_is_no_member_of_is_not_there(save, desk):
    save(a_series(slug="geheim", name="Geheime reeks", body=a_body()))

    assert "Geheime reeks" not in desk.get(LIST).text
    assert desk.get(f"{LIST}geheim/").status_code == 404
    assert desk.post(f"{LIST}geheim/", data=typed()).status_code == 404


def test_a_name_one_cannot_see_is_taken_all_the_same(app, save, desk):
    save(a_series(name="Themabijeenkomsten", body=a_body()))

    answer = desk.post(f"{LIST}nieuw/", data=typed())

    assert problems(answer) == ["Naam: Deze naam is al in gebruik. Kies een andere."]


@pytest.mark.on_both
def test_without_the_permission_there_are_no_such_pages(app, save, browser_of, series):
    person = a_council_member()
    save(person)
    browser = browser_of(person)

    answers = [
        browser.get(LIST),
        browser.get(f"{LIST}kwartaal/"),
        browser.post(f"{LIST}nieuw/", data=typed()),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.on_both
def test_the_list_asks_as_much_of_the_database_for_many_series(
    app, save, clerk, desk, series, count_queries
):
    few = count_queries(lambda: desk.get(LIST))
    own: list[Body] = [a_body() for _ in range(4)]
    save(*(a_membership(clerk, body) for body in own), *(a_series(body=body) for body in own))

    assert count_queries(lambda: desk.get(LIST)) == few
