"""A year of a series: announced with one form, and shown on one page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from kwartaal.models.publication import find_latest
from kwartaal.models.series import Series
from tests.desk_pages import hidden, key, messages, problems, shown
from tests.factories import (
    START,
    a_body,
    a_meeting,
    a_membership,
    a_series,
    a_venue,
    an_item,
    staff,
)
from tests.publishing import cancel, change, publish, store, store_announced
from tests.reading import links, words

HOUR = timedelta(hours=1)
PLAN = "/beheer/reeksen/kwartaal/vooraankondiging/"
LIST = "/reeksen/kwartaal/jaar/2028/"
DATES = ("2028-03-28", "2028-06-20", "2028-09-26", "2028-12-12")


@pytest.fixture
def series(save):
    series = a_series(slug="kwartaal", name="Kwartaalbijeenkomst")
    save(series)
    return series


@pytest.fixture
def venue(save):
    venue = a_venue(slug="kerk", name="Grote Kerk", town="Dordrecht")
    save(venue)
    return venue


@pytest.fixture
def desk(save, browser_of):
    clerk = staff()
    save(clerk)
    return browser_of(clerk)


def typed(*days, **changes):
    """The form with these dates, from 12 to 6, the place to follow."""
    data = {"title": "Kwartaalbijeenkomst", "key": key()}
    for row in range(4):
        day = days[row] if row < len(days) else ""
        fields = {"day": day, "starts_at": "12:00", "ends_at": "18:00", "venue": ""}
        data |= {f"days-{row}-{name}": value for name, value in fields.items()}
    return data | changes


def announce(desk, data, **how):
    """Look first, then press the button."""
    seen = hidden(desk.post(PLAN, data=data), "seen")
    return desk.post(PLAN, data=data | {"seen": seen}, **how)


def announced(app):
    with app.app_context():
        return [
            (one.starts_at, one.state, one.venue.name if one.venue else None)
            for one in db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at))
        ]


@pytest.mark.on_both
def test_four_dates_are_announced_at_once(app, desk, series, venue):
    data = typed(*DATES, **{"days-1-venue": "kerk"})

    answer = announce(desk, data, follow_redirects=True)

    assert messages(answer) == ["4 bijeenkomsten zijn aangekondigd."]
    assert announced(app) == [
        (datetime(2028, 3, 28, 10, tzinfo=UTC), MeetingState.ANNOUNCED, None),
        (datetime(2028, 6, 20, 10, tzinfo=UTC), MeetingState.ANNOUNCED, "Grote Kerk"),
        (datetime(2028, 9, 26, 10, tzinfo=UTC), MeetingState.ANNOUNCED, None),
        (datetime(2028, 12, 12, 11, tzinfo=UTC), MeetingState.ANNOUNCED, None),
    ]
    with app.app_context():
        actions = db.session.scalars(sa.select(AuditEntry.action)).all()
        assert actions == [AuditAction.ANNOUNCED] * 4


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        ((), "Vooraankondiging"),
        (("2028-03-28", "2028-06-20"), "Vooraankondiging 2028: kijk het na"),
        (("2029-01-09", "2028-12-12"), "Vooraankondiging 2028, 2029: kijk het na"),
        (("2028-03-28", "31-2-2028"), "Vooraankondiging 2028"),
    ],
)
def test_the_heading_follows_the_years_of_the_dates(desk, series, days, heading):
    answer = desk.post(PLAN, data=typed(*days))

    assert re.search("<h1[^>]*>([^<]+)</h1>", answer.text)[1].strip() == heading


def test_a_date_that_does_not_exist_stays_to_be_read(desk, series):
    """A browser shows nothing in a field for dates that holds something else."""
    answer = desk.post(PLAN, data=typed("31-2-2028"))

    field = re.search('<input[^>]*name="days-0-day"[^>]*>', answer.text)[0]
    assert ('type="text"' in field, 'value="31-2-2028"' in field) == (True, True)


def test_a_row_may_stay_empty(app, desk, series):
    announce(desk, typed("", "2028-06-20"))

    assert [moment for moment, _s, _v in announced(app)] == [datetime(2028, 6, 20, 10, tzinfo=UTC)]


def test_the_same_form_sent_twice_announces_once(app, desk, series):
    data = typed(*DATES)

    answers = [announce(desk, data), desk.post(PLAN, data=data)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(announced(app)) == 4


def test_looking_shows_the_dates_and_announces_nothing(app, desk, series, venue):
    page = desk.post(PLAN, data=typed("2028-03-28", "2028-06-20", **{"days-1-venue": "kerk"}))

    shown_dates = page.text.split('<ul class="kw-list">')[1].split("</ul>")[0].replace("\xa0", " ")
    assert re.findall("<li>(.*?)</li>", shown_dates) == [
        "dinsdag 28 maart 2028, 12.00 tot 18.00 uur, Plaats volgt",
        "dinsdag 20 juni 2028, 12.00 tot 18.00 uur, Grote Kerk, Dordrecht",
    ]
    assert announced(app) == []


def test_other_dates_than_were_looked_at_are_shown_first(app, desk, series):
    data = typed("2028-03-28")
    seen = hidden(desk.post(PLAN, data=data), "seen")

    answer = desk.post(PLAN, data=data | {"seen": seen, "days-0-day": "2028-03-29"})

    assert (answer.status_code, announced(app)) == (422, [])


def test_who_wants_to_change_something_sees_the_form_again(app, desk, series):
    answer = desk.post(PLAN, data=typed("2028-03-28") | {"change": "y"})

    assert (hidden(answer, "days-0-day"), hidden(answer, "seen")) == ("2028-03-28", "")


def test_the_form_names_one_meeting_and_shows_what_is_planned(app, save, desk, series):
    change(app, Series, series.id, name="Kwartaalbijeenkomsten")
    store_announced(app, a_meeting(series=series, starts_at=datetime(2028, 3, 1, 11, tzinfo=UTC)))

    page = desk.get(PLAN)

    assert shown(page, "title") == "Kwartaalbijeenkomst"
    known = page.text.split(">Al gepland</h2>")[1].replace("\xa0", " ")
    assert "woensdag 1 maart 2028, 12.00 tot 18.00 uur" in known
    assert f'href="{LIST}"' in known


def test_the_same_form_with_other_dates_says_what_is_there_already(app, desk, series):
    data = typed("2028-03-28", "2028-06-20")
    announce(desk, data)

    answer = desk.post(PLAN, data=data | {"days-0-day": "2028-03-29"}, follow_redirects=True)

    assert [words.replace("\xa0", " ") for words in messages(answer)[1:]] == [
        "Dit formulier was al verstuurd. Toen is aangekondigd: 28 maart 2028, 20 juni 2028."
        " Wijzig een datum bij de bijeenkomst zelf, of begin een nieuw formulier."
    ]
    assert len(announced(app)) == 2


TAKEN = "Datum 1, datum: Op deze dag is al een bijeenkomst van deze reeks."
WRONG = [
    (typed(), ["Datum 1, datum: Vul minstens één datum in."]),
    (typed("2028-02-30"), ["Datum 1, datum: Deze datum bestaat niet."]),
    (
        typed("2027-03-09", "2027-03-08"),
        [f"Datum {number}, datum: Deze datum is al geweest." for number in (1, 2)],
    ),
    (
        typed("2028-03-28", "2028-03-28"),
        ["Datum 2, datum: Deze dag staat al bij datum 1."],
    ),
    (
        typed("2028-03-28", **{"days-0-starts_at": ""}),
        ["Datum 1, begin: Vul in hoe laat het begint."],
    ),
    (
        typed("2028-03-28", **{"days-0-ends_at": "25:00"}),
        ["Datum 1, einde: Deze tijd bestaat niet."],
    ),
    (
        typed("2028-03-28", **{"days-0-ends_at": "11:00"}),
        ["Datum 1, einde: Het einde moet na het begin liggen."],
    ),
    (
        typed("2028-03-26", **{"days-0-starts_at": "02:30"}),
        [
            "Datum 1, begin: Deze tijd bestaat niet: op zondag 26 maart 2028 gaat de klok van 2.00"
            " naar 3.00 uur."
        ],
    ),
    (
        typed("2028-03-28", **{"days-2-venue": "kerk"}),
        ["Datum 3, datum: Vul ook een datum in."],
    ),
    (
        typed("2028-03-28", **{"days-2-venue": "elders"}),
        ["Datum 3, locatie: Deze keuze bestaat niet. Kies uit de lijst."],
    ),
    (typed("2028-03-28", title=""), ["Titel: Vul een titel in."]),
    (
        typed("x", "y"),
        [
            f"Datum {number}, datum: Vul een datum in met dag, maand en jaar."
            " Bijvoorbeeld: 28-3-2027"
            for number in (1, 2)
        ],
    ),
]


def test_what_is_wrong_is_said_at_row_and_field_and_nothing_is_kept(app, desk, series, venue):
    answers = [desk.post(PLAN, data=data) for data, _problems in WRONG]

    assert [problems(answer) for answer in answers] == [found for _data, found in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert announced(app) == []


@pytest.mark.on_both
def test_one_wrong_row_keeps_all_that_was_typed(app, desk, series):
    answer = desk.post(PLAN, data=typed("2028-03-28", "2027-01-01", title="Regiodag"))

    assert 'href="#days-1-day"' in answer.text
    assert (shown(answer, "title"), hidden(answer, "days-0-day")) == ("Regiodag", "2028-03-28")
    assert hidden(answer, "days-1-day") == "2027-01-01"


def test_a_day_on_which_the_series_meets_already_is_refused(app, save, desk, series):
    save(a_meeting(series=series, starts_at=datetime(2028, 3, 28, 17, tzinfo=UTC)))

    answer = desk.post(PLAN, data=typed("2028-03-28"))

    assert problems(answer) == [TAKEN]


def test_announcing_is_for_the_griffie_and_for_series_of_the_region(save, desk, browser_of, series):
    organiser = staff(Role.ORGANISATOR)
    save(organiser, a_series(slug="kamer", body=a_body()))

    answers = [browser_of(organiser).get(PLAN), desk.get("/beheer/reeksen/kamer/vooraankondiging/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_place_that_follows_is_said_on_every_page_and_left_out_of_the_feed(client, desk, series):
    announce(desk, typed("2028-03-28"))
    page = "/bijeenkomsten/kwartaalbijeenkomst-2028-03-28/"
    paths = (page, "/bijeenkomsten/", "/reeksen/kwartaal/", LIST, "/")

    said = ["Plaats volgt" in words(client, path) for path in paths]
    feed = client.get("/kalender/openbaar.ics").text

    overview = words(desk, "/beheer" + page)
    assert said == [True] * 5
    assert "De plaats volgt nog." in overview and "Datum en plaats zijn bekend" not in overview
    assert "STATUS:TENTATIVE" in feed
    assert "Plaats en programma volgen." in feed
    assert "LOCATION" not in feed


def test_the_place_is_filled_in_later_and_known_when_the_programme_is(app, client, desk, series):
    announce(desk, typed("2028-03-28"))
    with app.app_context():
        meeting = db.session.scalars(sa.select(Meeting)).one()
        db.session.add(a_venue(slug="zaal", name="De Zaal", town="Sliedrecht"))
        db.session.commit()
        slug, starts_at = meeting.slug, meeting.starts_at
    address = f"/beheer/bijeenkomsten/{slug}/gegevens/"
    data = {"title": "Kwartaalbijeenkomst", "venue": "zaal", "openness": "openbaar"}

    answers = [desk.post(address, data=data) for _ in range(2)]
    before = words(client, "/bijeenkomsten/")
    with app.app_context():
        again = db.session.get_one(Meeting, meeting.id)
        db.session.add(an_item(again, title="Opening", starts_at=starts_at))
        db.session.commit()
    publish(app, meeting)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "De Zaal" not in before
    assert "De Zaal, Sliedrecht" in words(client, "/bijeenkomsten/")


def test_a_place_that_readers_know_stays(app, desk, series, venue):
    meeting = a_meeting(series=series, venue=venue)
    store_announced(app, meeting)

    page = desk.get(f"/beheer/bijeenkomsten/{meeting.slug}/gegevens/")

    assert 'name="venue"' not in page.text


def test_the_year_list_has_every_meeting_of_the_year_in_order(app, client, series, venue):
    late = a_meeting(
        title="Winter", series=series, starts_at=datetime(2028, 12, 31, 22, tzinfo=UTC)
    )
    late.ends_at = late.starts_at + HOUR
    store(app, late)
    spring = a_meeting(title="Lente", series=series, starts_at=datetime(2028, 3, 1, 11, tzinfo=UTC))
    spring.venue = venue
    store(app, spring)
    next_year = datetime(2028, 12, 31, 23, tzinfo=UTC)  # midnight in Amsterdam
    store(app, a_meeting(title="Nieuwjaar", series=series, starts_at=next_year))
    cancel(app, late, "Sneeuw.")

    text = words(client, LIST)

    assert text.index("woensdag 1 maart 2028") < text.index("zondag 31 december 2028")
    assert "Grote Kerk, Dordrecht" in text
    assert "Winter Geannuleerd" in " ".join(text.split())
    assert "Nieuwjaar" not in text
    assert links(client, "/reeksen/kwartaal/")["2028"] == LIST


@pytest.mark.on_both
@pytest.mark.parametrize("year", ["2027", "0", "99999999999"])
def test_a_year_without_meetings_does_not_exist(app, client, series, year):
    store(app, a_meeting(series=series, starts_at=datetime(2028, 3, 1, 11, tzinfo=UTC)))

    assert client.get(f"/reeksen/kwartaal/jaar/{year}/").status_code == 404


def test_the_year_list_shows_nothing_that_is_closed_to_the_visitor(app, client, save, browser_of):
    body, member = a_body(), staff(Role.ORGANISATOR)
    series = a_series(slug="kwartaal", body=body)
    save(member, a_membership(member, body))
    year = datetime(2028, 3, 1, 11, tzinfo=UTC)
    store(app, a_meeting(title="Open dag", series=series, starts_at=year))
    secret = a_meeting(title="Kanarie", starts_at=year + 24 * HOUR, openness=Openness.BESLOTEN)
    secret.series = series
    store(app, secret)

    assert "Kanarie" not in client.get(LIST).text
    assert "Kanarie" in browser_of(member).get(LIST).text


def test_a_concept_is_not_in_the_year_list(app, client, save, series):
    store(app, a_meeting(series=series, starts_at=datetime(2028, 3, 1, 11, tzinfo=UTC)))
    concept = {"title": "Later", "state": MeetingState.CONCEPT}
    save(a_meeting(series=series, starts_at=datetime(2028, 6, 1, 11, tzinfo=UTC), **concept))

    assert "Later" not in client.get(LIST).text


@pytest.mark.on_both
def test_lists_show_the_place_that_was_published(app, client, series, venue):
    meeting = a_meeting(series=series, starts_at=START)
    store(app, meeting)
    with app.app_context():
        known = find_latest(meeting.id).content["venue"]["name"]
    change(app, Meeting, meeting.id, venue_id=venue.id)

    text = words(client, "/bijeenkomsten/")

    assert (known in text, "Grote Kerk" in text) == (True, False)


@pytest.mark.on_both
def test_the_year_list_takes_as_many_queries_for_one_meeting_as_for_twelve(
    app, client, series, count_queries
):
    def more(first, last):
        for month in range(first, last):
            store(app, a_meeting(series=series, starts_at=datetime(2028, month, 7, 11, tzinfo=UTC)))

    more(1, 2)
    few = count_queries(lambda: client.get(LIST))
    more(2, 13)

    assert count_queries(lambda: client.get(LIST)) == few
