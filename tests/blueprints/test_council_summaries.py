"""Terugkoppeling voor mijn raad: who reads which municipality's, and what it says."""

from __future__ import annotations

from datetime import date

import pytest

from kwartaal.models.body import Body
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.person import Role, RoleGrant
from kwartaal.models.series import Series
from tests.attendance_samples import Door
from tests.factories import a_person, an_office, an_office_kind, staff
from tests.papers import no_known_fault, paper, tags_of, words_of
from tests.publishing import change
from tests.reading import links, table_rows, words

MEETING = "/bijeenkomsten/aan-de-rivier-2027-03-23/"


@pytest.fixture
def door(app, save, clock):
    """Of Zwijndrecht one of two who registered came, and an official whom nobody may count."""
    door = Door(app, save, clock)
    door.publish()
    door.mark(door.register(door.somebody("Is", "Er"), door.heat))
    door.register(door.somebody("Bleef", "Weg"), door.heat)
    door.mark(door.register(door.somebody("Van", "Elders", door.other_town)))
    official = a_person("Canarie", "Ambtenaar")
    kind = an_office_kind("ambtenaar", Audience.AMBTELIJK)
    save(kind)
    an_office(official, organisation=door.town, kind=kind)
    save(official)
    door.mark(door.register(official))
    clock.pass_(days=20)
    return door


@pytest.fixture
def page(door):
    return f"{MEETING}terugkoppeling/{door.town.slug}/"


def paper_of(page):
    return f"{page.removesuffix('/')}.pdf"


@pytest.fixture
def member(door, browser_of):
    return browser_of(door.somebody("Leest", "Mee"))


def somebody_else(door, save, what, **columns):
    """Somebody with one office in Zwijndrecht that gives another group, or is over."""
    person = a_person()
    kind = an_office_kind(what, columns.pop("audience", Audience.RAAD))
    save(kind)
    an_office(person, organisation=columns.pop("town", door.town), kind=kind, **columns)
    save(person)
    return person


def test_a_council_member_reads_counts_without_names(member, page):
    assert [row[:3] for row in table_rows(member.get(page).text)] == [
        ["Groep", "Aangemeld", "Aanwezig"],
        ["raadsleden", "2", "1"],
        ["collegeleden", "0", "0"],
        ["ambtenaren", "minder dan 3", "minder dan 3"],
        ["Samen", "niet getoond", "niet getoond"],
    ]
    assert "Canarie" not in member.get(page).text


@pytest.mark.on_both
def test_the_paper_hides_what_the_page_hides(member, page, tmp_path):
    pdf = paper(member, paper_of(page))
    file = tmp_path / "terugkoppeling.pdf"
    file.write_bytes(pdf)

    shown = words_of(pdf)
    assert shown.startswith("Terugkoppeling voor de raad van Zwijndrecht Aan de rivier Datum:")
    assert (
        "Groep Aangemeld Aanwezig raadsleden 2 1 collegeleden 0 0 "
        "ambtenaren minder dan 3 minder dan 3 Samen niet getoond niet getoond"
    ) in shown
    assert ("1A Dijken" in shown, "Canarie" in shown) == (True, False)
    assert tags_of(pdf).count("TH") == 3
    assert no_known_fault(file) == ""


def test_the_page_leads_to_its_paper(member, page):
    assert links(member, page)["icon Print (PDF)"] == paper_of(page)


def test_a_picture_tells_no_hidden_count(member, page):
    text = member.get(page).text

    assert 'aria-label="minder dan 3 aanwezig, minder dan 3 aangemeld"' in text
    assert text.count("kw-bar__registered") == 3  # the key, raad and college


def test_the_programme_is_there(member, page):
    shown = words(member, page)

    assert "1A Dijken" in shown
    assert "2A Geld" in shown


def test_the_meeting_leads_there(member, door, page):
    found = links(member, MEETING)

    assert found["Terugkoppeling voor de raad van Zwijndrecht"] == page
    assert "Terugkoppeling voor de raad van Papendrecht" not in found


def test_the_figures_at_the_desk_lead_to_all_of_them(door, browser_of):
    found = links(browser_of(door.organiser), door.at("/cijfers"))

    assert {"Zwijndrecht", "Papendrecht"} <= found.keys()


@pytest.mark.on_both
def test_a_griffier_reads_the_own_municipality_only(door, save, browser_of, page):
    griffier = a_person()
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation_id=door.town.id))
    save(griffier)
    browser = browser_of(griffier)

    assert browser.get(page).status_code == 200
    assert browser.get(page.replace(door.town.slug, door.other_town.slug)).status_code == 404
    assert "Zwijndrecht" in links(browser, door.at("/cijfers"))
    assert "Papendrecht" not in links(browser, door.at("/cijfers"))


@pytest.mark.parametrize("role", [Role.GRIFFIE, Role.ORGANISATOR])
def test_who_prepares_the_meeting_reads_all(role, door, save, browser_of, page):
    person = staff(role)
    save(person)
    browser = browser_of(person)

    answers = [
        browser.get(page.replace(door.town.slug, t.slug)) for t in (door.town, door.other_town)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("what", "columns"),
    [
        ("beleidsambtenaar", {"audience": Audience.AMBTELIJK}),
        ("oud-raadslid", {"ends_on": date(2027, 3, 1)}),
        ("aanstaand raadslid", {"starts_on": date(2027, 12, 1)}),
    ],
)
def test_to_others_of_the_municipality_it_does_not_exist(
    what, columns, door, save, browser_of, page
):
    browser = browser_of(somebody_else(door, save, what, **columns))

    assert browser.get(page).status_code == 404
    assert "terugkoppeling" not in browser.get(MEETING).text


def test_to_outsiders_other_councils_and_the_beheerder_it_does_not_exist(
    door, client, save, browser_of, page
):
    elsewhere = door.somebody("Van", "Elders2", door.other_town)
    beheerder = staff(Role.BEHEERDER)
    save(beheerder)

    browsers = [client, browser_of(elsewhere), browser_of(beheerder)]

    paths = (page, paper_of(page))
    assert [b.get(path).status_code for b in browsers for path in paths] == [404] * 6
    assert "terugkoppeling" not in client.get(MEETING).text


def test_a_member_of_a_college_reads_it(door, save, browser_of, page):
    browser = browser_of(somebody_else(door, save, "wethouder", audience=Audience.COLLEGE))

    assert browser.get(page).status_code == 200


def test_it_is_there_only_after_the_meeting(door, clock, member, page):
    clock.pass_(days=-10)

    assert member.get(page).status_code == 404
    assert "terugkoppeling" not in member.get(MEETING).text


@pytest.mark.parametrize(
    "columns", [{"state": MeetingState.CANCELLED}, {"openness": Openness.BESLOTEN}]
)
def test_a_meeting_that_was_cancelled_or_is_closed_has_none(columns, app, door, member, page):
    change(app, type(door.meeting), door.meeting.id, **columns)

    assert member.get(page).status_code == 404


def test_a_meeting_of_a_body_has_none(app, door, save, browser_of, page):
    body = Body(slug="gremium", name="Gremium")
    save(body)
    change(app, Series, door.meeting.series_id, body_id=body.id)

    assert browser_of(door.organiser).get(page).status_code == 404


def test_only_a_municipality_has_one(app, door, save, browser_of, page):
    change(app, type(door.town), door.town.id, kind=OrganisationKind.NEIGHBOUR)

    assert browser_of(door.organiser).get(page).status_code == 404
    assert browser_of(door.organiser).get(f"{MEETING}terugkoppeling/niets/").status_code == 404


@pytest.mark.on_both
def test_more_people_cost_no_more_queries(door, member, page, count_queries):
    few = count_queries(lambda: member.get(page))
    for number in range(5):
        door.let_in(door.somebody("Nog", f"Iemand{number}"), door.town)

    assert count_queries(lambda: member.get(page)) == few
