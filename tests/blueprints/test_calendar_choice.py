"""Composed feeds, feeds of municipalities, and the page on which one composes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import db
from kwartaal.domain import organisations
from kwartaal.domain.meetings import Terms, TimeAndPlace, change_terms
from kwartaal.domain.moving import move
from kwartaal.domain.organisations import OrganisationDetails
from kwartaal.domain.publications import cancel, publish
from kwartaal.domain.venues import Address, change
from kwartaal.feeds.selection import read_selection
from kwartaal.models.hosting import Hosting
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.person import Person
from kwartaal.models.venue import Venue
from tests.calendar_readers import NOTHING, Read, read_with_vobject
from tests.calendar_scenario import Region, act, close, make_region, uid, utc, writing
from tests.factories import a_venue, an_organisation

COMPOSED = "/kalender/samengesteld.ics"
ONE = "/kalender/bijeenkomst/kwartaalbijeenkomst.ics"
SLIEDRECHT, DORDRECHT = "/kalender/gemeente/sliedrecht.ics", "/kalender/gemeente/dordrecht.ics"
QUARTERLY = str(uid(1))


@pytest.fixture
def region(app: Flask, save: Callable[..., None]) -> Region:
    """The region of the feeds, whose town hall is in a municipality from the next version on."""
    region = make_region(app)
    sliedrecht, dordrecht = an_organisation("Sliedrecht"), an_organisation("Dordrecht")
    sliedrecht.slug, dordrecht.slug = "sliedrecht", "dordrecht"
    energy = a_venue(name="Energiehuis", slug="energiehuis", town="Dordrecht")
    energy.organisation = dordrecht
    save(sliedrecht, dordrecht, energy)
    with writing(app):
        hall = db.session.query(Venue).filter_by(slug="stadhuis-sliedrecht").one()
        hall.organisation_id = sliedrecht.id
        meeting = db.session.get_one(Meeting, region.quarterly.id)
        meeting.introduction = "Drie uur over wonen en water."
    with writing(app):
        act(publish, region.quarterly, region.clerk, utc(3, 1, 9))
    return region


def read(client: FlaskClient, path: str) -> dict[str, Read]:
    answer = client.get(path)
    assert answer.status_code == 200
    return {one.uid: one for one in read_with_vobject(answer.data)}


def states(client: FlaskClient, path: str) -> dict[str, str]:
    return {one.summary: one.status for one in read(client, path).values()}


def sequence(client: FlaskClient, path: str, key: str) -> int:
    text = client.get(path).text.split(f"UID:{key}\r\n")[1]
    return int(re.search(r"SEQUENCE:(\d+)", text)[1])


def move_to_dordrecht(app: Flask, region: Region, name: str = "quarterly", days: int = 7) -> None:
    with writing(app):
        meeting = db.session.get_one(Meeting, region.meetings[name].id)
        there = db.session.query(Venue).filter_by(slug="energiehuis").one()
        later = timedelta(days=days)
        moments = (meeting.starts_at, meeting.ends_at)
        starts_at, ends_at = (moment.astimezone(AMSTERDAM) + later for moment in moments)
        when = TimeAndPlace(starts_at, ends_at, there)
        move(meeting, when, db.session.get_one(Person, region.clerk.id), utc(3, 5, 9))


# A municipality


def test_municipality_has_the_meetings_whose_published_building_is_there(app, region, client):
    assert states(client, SLIEDRECHT) == {"Kwartaalbijeenkomst voorjaar": "CONFIRMED"}
    assert read(client, DORDRECHT) == {}


def test_meeting_that_moves_away_stays_cancelled_at_its_old_time(app, region, client):
    before = read(client, SLIEDRECHT)[QUARTERLY]
    move_to_dordrecht(app, region)

    left, here = read(client, SLIEDRECHT)[QUARTERLY], read(client, DORDRECHT)[QUARTERLY]
    assert left[:5] == (
        QUARTERLY,
        before.starts_at,
        before.ends_at,
        "CANCELLED",
        "VERPLAATST: Kwartaalbijeenkomst voorjaar",
    )
    assert left.description == (
        "Deze bijeenkomst is niet meer in deze gemeente. Waar en wanneer ze nu is, staat op de "
        "site.\n\nhttp://127.0.0.1:5000/bijeenkomsten/"
    )
    assert (here.starts_at, here.status) == (utc(3, 30, 10), "CONFIRMED")


def test_what_happens_elsewhere_changes_nothing_in_the_old_municipality(app, region, client):
    move_to_dordrecht(app, region)
    before = read(client, SLIEDRECHT), sequence(client, SLIEDRECHT, QUARTERLY)
    with writing(app):
        act(cancel, region.quarterly, "Storm", region.clerk, utc(3, 6, 9))

    assert (read(client, SLIEDRECHT), sequence(client, SLIEDRECHT, QUARTERLY)) == before
    assert read(client, DORDRECHT)[QUARTERLY].status == "CANCELLED"


@pytest.mark.on_both
def test_closed_meeting_leaves_nothing_but_its_time_in_both_municipalities(app, region, client):
    move_to_dordrecht(app, region)
    before = sequence(client, SLIEDRECHT, QUARTERLY)
    with writing(app):
        close(region.quarterly, utc(3, 6, 9))

    for path in (SLIEDRECHT, DORDRECHT):
        assert read(client, path)[QUARTERLY][3:] == ("CANCELLED", *NOTHING)
    assert sequence(client, SLIEDRECHT, QUARTERLY) > before


def test_another_building_at_the_same_time_is_another_municipality(app, region, client):
    move_to_dordrecht(app, region, days=0)

    assert states(client, SLIEDRECHT) == {"VERPLAATST: Kwartaalbijeenkomst voorjaar": "CANCELLED"}
    here = read(client, DORDRECHT)[QUARTERLY]
    assert (here.starts_at, here.status) == (utc(3, 23, 11), "CONFIRMED")


@pytest.mark.on_both
def test_meeting_that_was_never_public_is_in_no_municipality(app, region, client):
    feeds = [client.get(path) for path in (SLIEDRECHT, DORDRECHT)]
    move_to_dordrecht(app, region, "closed")

    after = [client.get(path) for path in (SLIEDRECHT, DORDRECHT)]
    assert [one.data for one in after] == [one.data for one in feeds]
    with app.app_context():
        closed = region.meetings["closed"].id
        assert db.session.query(Hosting).filter_by(meeting_id=closed).all() == []


def test_what_a_closed_meeting_does_stands_in_no_municipality(app, region, client):
    with writing(app):
        close(region.quarterly, utc(3, 4, 9))
    before = [read(client, path) for path in (SLIEDRECHT, DORDRECHT)]
    move_to_dordrecht(app, region)

    assert [read(client, path) for path in (SLIEDRECHT, DORDRECHT)] == before
    with app.app_context():
        (row,) = db.session.query(Hosting).filter_by(meeting_id=region.quarterly.id)
        assert (row.title, row.starts_at, row.left_at) == ("", utc(3, 23, 11), None)


def test_only_a_municipality_has_such_a_feed(app, region, client, save):
    company: Organisation = an_organisation("Bedrijf", OrganisationKind.COMPANY)
    company.slug = "bedrijf"
    save(company)

    paths = ("/kalender/gemeente/bedrijf.ics", "/kalender/gemeente/bestaat-niet.ics")
    assert [client.get(path).status_code for path in paths] == [404, 404]


@pytest.mark.on_both
def test_municipality_of_a_building_counts_at_once(app, region, client):
    with writing(app):
        hall = db.session.query(Venue).filter_by(slug="stadhuis-sliedrecht").one()
        there = db.session.query(Organisation).filter_by(slug="dordrecht").one()
        change(hall, Address(hall.name, hall.town, organisation=there), [], utc(3, 6, 9))

    assert set(states(client, SLIEDRECHT)) == {"VERPLAATST: Kwartaalbijeenkomst voorjaar"}
    assert "Kwartaalbijeenkomst voorjaar" in states(client, DORDRECHT)


@pytest.mark.on_both
def test_kind_of_an_organisation_counts_at_once(app, region, client):
    before = read(client, SLIEDRECHT)[QUARTERLY]
    first = sequence(client, SLIEDRECHT, QUARTERLY)
    kinds = ((9, OrganisationKind.NEIGHBOUR), (10, OrganisationKind.MUNICIPALITY))
    for hour, kind in kinds:
        with writing(app):
            town = db.session.query(Organisation).filter_by(slug="sliedrecht").one()
            organisations.change(town, OrganisationDetails(town.name, kind), utc(3, 6, hour))

    assert read(client, SLIEDRECHT)[QUARTERLY] == before
    assert sequence(client, SLIEDRECHT, QUARTERLY) == first + len(kinds)


# A composed feed


def test_composed_feed_without_choice_has_the_events_of_all_public_meetings(region, client):
    assert read(client, COMPOSED) == read(client, "/kalender/openbaar.ics")


def test_composed_feed_has_the_chosen_series(region, client):
    assert read(client, f"{COMPOSED}?reeks=kwartaalbijeenkomsten") == read(
        client, "/kalender/reeks/kwartaalbijeenkomsten.ics"
    )
    both = f"{COMPOSED}?reeks=kwartaalbijeenkomsten&reeks=spiegelgroep"
    assert read(client, both) == read(client, "/kalender/openbaar.ics")
    assert (
        "X-WR-CALNAME:Kwartaal: Kwartaalbijeenkomsten\\, Spiegelgroep\r\n" in client.get(both).text
    )


def test_composed_feed_has_the_items_of_the_chosen_kinds(region, client):
    whole = f"{COMPOSED}?reeks=kwartaalbijeenkomsten&soort=lunch&onderdelen=ja"
    single = read(client, "/kalender/bijeenkomst/kwartaalbijeenkomst.ics")
    lunch = str(uid(2))

    assert read(client, whole)[lunch] == single[lunch]
    assert set(read(client, whole)) - set(
        read(client, f"{COMPOSED}?reeks=kwartaalbijeenkomsten")
    ) == {lunch}


def test_items_of_a_closed_meeting_stay_without_content(app, region, client):
    path = f"{COMPOSED}?onderdelen=ja"
    lunch = str(uid(2))
    before = sequence(client, path, lunch)
    with writing(app):
        close(region.quarterly, utc(3, 6, 9))

    assert read(client, path)[lunch][3:] == ("CANCELLED", *NOTHING)
    assert sequence(client, path, lunch) == before + 1


def test_deadlines_are_short_and_take_nobodys_time(region, client):
    path = f"{COMPOSED}?reeks=kwartaalbijeenkomsten&termijnen=ja"
    found = {one.summary: one for one in read(client, path).values()}
    closes = found["Aanmelden sluit: Kwartaalbijeenkomst voorjaar"]

    assert closes.ends_at - closes.starts_at == timedelta(minutes=30)
    event = client.get(path).text.split(f"UID:{closes.uid}\r\n")[1].split("END:VEVENT")[0]
    assert "TRANSP:TRANSPARENT\r\n" in event
    assert f"RELATED-TO;RELTYPE=PARENT:{QUARTERLY}\r\n" in event


@pytest.mark.on_both
def test_changed_deadline_keeps_its_uid_and_counts_one(app, region, client):
    path = f"{COMPOSED}?termijnen=ja"
    before = {one.summary: one for one in read(client, path).values()}
    tag = client.get(path).headers["ETag"]
    opens, closes = (
        before[f"Aanmelden {what}: Kwartaalbijeenkomst voorjaar"] for what in ("opent", "sluit")
    )
    counts = [sequence(client, path, one.uid) for one in (opens, closes)]
    set_terms(app, region, earlier=timedelta(days=1))

    after = read(client, path)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert after[closes.uid].ends_at == closes.ends_at - timedelta(days=1)
    assert [sequence(client, path, one.uid) for one in (opens, closes)] == [
        counts[0],
        counts[1] + 1,
    ]


def test_equal_terms_change_no_feed(app, region, client):
    path = f"{COMPOSED}?termijnen=ja"
    tag = client.get(path).headers["ETag"]
    set_terms(app, region, earlier=timedelta(0))

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.on_both
def test_deadlines_of_a_cancelled_and_of_a_closed_meeting(app, region, client):
    path = f"{COMPOSED}?reeks=kwartaalbijeenkomsten&termijnen=ja"
    with writing(app):
        act(cancel, region.quarterly, "Storm", region.clerk, utc(3, 6, 9))
    cancelled = states(client, path)
    with writing(app):
        close(region.quarterly, utc(3, 7, 9))

    assert cancelled["GEANNULEERD: Aanmelden sluit: Kwartaalbijeenkomst voorjaar"] == "CANCELLED"
    assert not any("voorjaar" in one.summary for one in read(client, path).values())


@pytest.mark.on_both
def test_items_of_a_meeting_that_is_opened_again_go_on_from_there(app, region, client):
    path, workshop = f"{COMPOSED}?onderdelen=ja", str(uid(6))
    seen = [sequence(client, path, workshop)]
    for hour, openness in ((9, Openness.BESLOTEN), (10, Openness.OPENBAAR)):
        with writing(app):
            close(region.quarterly, utc(3, 6, hour), openness)
        seen.append(sequence(client, path, workshop))

    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]
    assert states(client, path)["Wonen aan de rivier"] == "CONFIRMED"


def set_terms(app: Flask, region: Region, earlier: timedelta) -> None:
    with writing(app):
        meeting = db.session.get_one(Meeting, region.quarterly.id)
        terms = Terms(
            meeting.admitted,
            meeting.maximum,
            meeting.registration_opens_at,
            meeting.registration_closes_at - earlier,
            meeting.promotes_until,
        )
        change_terms(meeting, terms, utc(3, 6, 9))


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("?termijnen=ja&onderdelen=ja", "?onderdelen=ja&termijnen=ja"),
        ("?reeks=b&reeks=a&reeks=b", "?reeks=a&reeks=b"),
        ("?soort=lunch", "?soort=lunch&onderdelen=ja"),
        ("?soort=lunch&onderdelen=nee", ""),
        ("?onderdelen=nee&termijnen=nee", ""),
        ("?soort=lunch&soort=plenair&onderdelen=ja", "?soort=plenair&soort=lunch&onderdelen=ja"),
        ("?onderdelen=ja&onderdelen=ja", "?onderdelen=ja"),
        ("?reeks=&onderdelen=ja&soort=", "?onderdelen=ja"),
        ("?utm_source=nieuwsbrief&r%65eks=a", "?reeks=a"),
    ],
)
def test_other_form_of_a_choice_leads_to_its_one_address(client, asked, leads_to):
    answer = client.get(COMPOSED + asked)

    assert (answer.status_code, answer.location) == (301, COMPOSED + leads_to)


@pytest.mark.on_both
@pytest.mark.parametrize(
    "asked",
    [
        "?soort=iets",
        "?onderdelen=misschien",
        "?reeks=" + "a" * 81,
        "?reeks=A%20b",
        "?onderdelen=",
        "?termijnen=ja&termijnen=1",
        "?" + "&".join(f"reeks=reeks-{n}" for n in range(25)),
    ],
)
def test_what_no_feed_has_is_refused(client, asked):
    assert client.get(COMPOSED + asked).status_code == 400


@pytest.mark.on_both
@pytest.mark.parametrize("added", ["foo=1", "nocache=2&utm_source=nieuwsbrief", "&", "gemeente=a"])
def test_names_that_no_feed_has_are_ignored(region, client, added):
    plain = client.get(f"{COMPOSED}?reeks=kwartaalbijeenkomsten")
    answer = client.get(f"{COMPOSED}?{added}&reeks=kwartaalbijeenkomsten")

    assert (answer.status_code, answer.data) == (200, plain.data)
    assert answer.headers["ETag"] == plain.headers["ETag"]


def test_names_that_no_feed_has_are_kept_nowhere(app, region, client):
    for path in (COMPOSED, ONE):
        client.get(path)
    kept = len(app.extensions["feeds"]), read_selection.cache_info().currsize
    for number in range(3):
        for path in (COMPOSED, ONE):
            client.get(f"{path}?nocache={number}")

    assert (len(app.extensions["feeds"]), read_selection.cache_info().currsize) == kept


# One meeting


@pytest.mark.on_both
def test_meeting_alone_is_the_one_event_that_all_feeds_have(region, client):
    alone = read(client, f"{ONE}?onderdelen=nee")

    assert alone == {QUARTERLY: read(client, "/kalender/openbaar.ics")[QUARTERLY]}
    assert client.get(f"{ONE}?onderdelen=nee").headers["ETag"] != client.get(ONE).headers["ETag"]


@pytest.mark.on_both
@pytest.mark.parametrize("asked", ["?onderdelen=ja", "?foo=1", "?soort=iets"])
def test_feed_of_a_meeting_has_its_programme_unless_it_is_not_wanted(region, client, asked):
    answer, plain = client.get(ONE + asked), client.get(ONE)

    assert (answer.data, answer.headers["ETag"]) == (plain.data, plain.headers["ETag"])
    assert len(read(client, ONE + asked)) > 1


def test_feed_of_a_meeting_refuses_another_answer_than_yes_or_no(region, client):
    assert client.get(f"{ONE}?onderdelen=misschien").status_code == 400


@pytest.mark.on_both
def test_series_that_nobody_may_see_is_as_one_that_is_not_there(app, region, client):
    with writing(app):
        for name in ("open_body", "lowered"):
            close(region.meetings[name], utc(3, 6, 9))
        db.session.execute(db.text("DELETE FROM withdrawn_event"))

    hidden, missing = (f"{COMPOSED}?reeks={slug}" for slug in ("spiegelgroep", "bestaat-niet"))
    assert [client.get(path).status_code for path in (hidden, missing)] == [404, 404]
    beside = [f"{COMPOSED}?reeks=kwartaalbijeenkomsten&reeks={s}" for s in ("spiegelgroep", "zo")]
    first, second = (read(client, path) for path in beside)
    assert first == second


@pytest.mark.on_both
@pytest.mark.parametrize(
    "path", [SLIEDRECHT, COMPOSED, f"{COMPOSED}?reeks=kwartaalbijeenkomsten&onderdelen=ja"]
)
def test_unchanged_feed_asks_one_thing(region, client, count_queries, path):
    tag = {"If-None-Match": client.get(path).headers["ETag"]}

    assert count_queries(lambda: client.get(path, headers=tag)) == 1


@pytest.mark.on_both
def test_number_of_queries_does_not_grow_with_the_meetings(region, client, count_queries, app):
    path = f"{COMPOSED}?onderdelen=ja&termijnen=ja"
    before = count_queries(lambda: client.get(path))
    with writing(app):
        act(publish, region.meetings["concept"], region.clerk, utc(3, 6, 9))

    assert count_queries(lambda: client.get(path)) == before


# The page


def test_page_shows_the_address_of_the_choice_and_what_comes_first(region, client):
    html = client.get(
        "/kalender/samenstellen?reeks=kwartaalbijeenkomsten&onderdelen=ja&soort=workshop"
    ).text

    query = "?reeks=kwartaalbijeenkomsten&amp;soort=workshop&amp;onderdelen=ja"
    assert f'value="http://127.0.0.1:5000{COMPOSED}{query}"' in html
    assert f'href="webcal://127.0.0.1:5000{COMPOSED}{query}"' in html
    assert "Energie" in html
    assert "Opening" not in html


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("soort=workshop", "?soort=workshop&amp;onderdelen=ja"),
        ("soort=workshop&onderdelen=nee", ""),
        ("onderdelen=nee&termijnen=nee", ""),
        ("onderdelen=ja&termijnen=ja", "?onderdelen=ja&amp;termijnen=ja"),
    ],
)
def test_page_shows_the_address_that_the_feed_leads_to(client, asked, shown):
    html = client.get(f"/kalender/samenstellen?{asked}").text
    feed = client.get(f"{COMPOSED}?{asked}", follow_redirects=True).request

    assert f'value="http://127.0.0.1:5000{COMPOSED}{shown}"' in html
    assert feed.full_path.rstrip("?") == COMPOSED + shown.replace("&amp;", "&")


def test_page_ticks_the_items_along_with_a_kind_and_says_so(client):
    html = client.get("/kalender/samenstellen?soort=workshop").text

    ticked = re.findall(r'name="([a-z]+)" value="([a-z]+)"[^>]* checked', html)
    assert ticked == [("onderdelen", "ja"), ("soort", "workshop")]
    assert "Kiest u een soort, dan staan de onderdelen erbij." in html


def test_page_forgets_what_is_not_there(region, client):
    html = client.get("/kalender/samenstellen?reeks=bestaat-niet&soort=iets&x=y").text

    assert f'value="http://127.0.0.1:5000{COMPOSED}"' in html


def test_page_leads_to_the_calendar_of_each_municipality(region, client):
    html = client.get("/kalender/samenstellen").text

    found = re.findall(r'href="/kalender/\?kies=gemeente-([^"]+)">De agenda van ([^<]+)<', html)
    assert [("dordrecht", "Dordrecht"), ("sliedrecht", "Sliedrecht")] == found[:1] + found[-1:]


def test_municipality_has_a_button_for_each_program_a_code_and_what_comes_first(region, client):
    html = client.get("/kalender/?kies=gemeente-sliedrecht").text

    address = f"http://127.0.0.1:5000{SLIEDRECHT}"
    hosts = re.findall(rf'href="(?:https://)?([a-z.]+)[^"]*{quote(SLIEDRECHT, safe="")}', html)
    assert hosts == ["calendar.google.com", "outlook.live.com", "outlook.office.com"]
    assert f'href="{address.replace("http", "webcal")}"' in html
    assert f'readonly value="{address}"' in html
    assert html.count('class="kw-qr"') == 1
    assert titles_in(html) == ["Kwartaalbijeenkomst voorjaar"]


def titles_in(html: str) -> list[str]:
    """Of what comes first in the calendar, as the page lists it."""
    return re.findall(r'class="kw-meeting__title"><a[^>]*>([^<]+)', html)


@pytest.mark.parametrize(
    ("asked", "lines", "more"), [("?onderdelen=ja&termijnen=ja", 8, True), ("", 6, False)]
)
def test_page_says_whether_more_comes(region, client, asked, lines, more):
    html = client.get(f"/kalender/samenstellen{asked}").text

    coming = html.partition("Dit komt eraan")[2].partition("</ul>")[0]
    assert (coming.count("<li>"), "Er komen er nog meer." in html) == (lines, more)


def test_page_says_that_an_address_is_too_long(app, region, client):
    app.config["BASE_URL"] = "https://" + "x" * 240 + ".example"
    html = client.get("/kalender/samenstellen").text

    assert "U koos te veel reeksen" in html
    assert "Kopieer het adres van" not in html
