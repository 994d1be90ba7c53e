"""The first page of the desk, its menu, and the tabs of a meeting."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role, RoleGrant
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_round,
    a_series,
    a_workshop,
    an_organisation,
    staff,
)
from tests.publishing import change, store, store_announced

DESK = "/beheer/"
DAY = timedelta(days=1)


@pytest.fixture
def desk(save, browser_of):
    person = staff()
    save(person)
    return browser_of(person)


def menu(answer):
    """The labels of the desk's menu, without what every page has."""
    nav = answer.text.split('id="main-menu"')[1].split("</nav>")[0]
    labels = re.findall(r'<a class="kw-nav__link"[^>]*>([^<]+)</a>', nav)
    return [label for label in labels if label != "Naar de openbare site"]


def counters(answer):
    found = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", answer.text)
    return {unescape(label): value for label, value in found}


def lines(answer, heading):
    """(title, sentence) of the rows under a heading."""
    panel = answer.text.split(f">{heading}</h2>")[1].split("</section>")[0]
    found = re.findall(
        r'kw-row__what">([^<]*) <span class="kw-soft">[^<]*</span>'
        r'<span class="kw-row__sub">([^<]*)</span>',
        panel,
    )
    return [(unescape(title), unescape(sub)) for title, sub in found]


@pytest.mark.on_both
def test_it_shows_how_the_next_meeting_stands(app, desk):
    meeting = a_meeting(title="Wonen", maximum=80)
    full = a_workshop(a_round(meeting), 20)
    store(app, meeting, full.round, full)
    change(app, Meeting, meeting.id, taken=80, waiting=3)
    change(app, type(full), full.id, taken=20, waiting=5)

    page = desk.get(DESK)

    assert "Wonen" in page.text
    assert counters(page) == {
        "dagen te gaan": "13",
        "aangemeld": "80",
        "plekken": "80",
        "wachten op een plek": "3",
        "onderdeel vol": "1",
        "wachten op een onderdeel": "5",
    }


@pytest.mark.on_both
def test_it_lists_what_asks_for_attention(app, save, clock, browser_of):
    clerk = staff()
    save(clerk)
    soon = store(app, a_meeting(title="Wonen"))
    store_announced(app, a_meeting(title="Later", starts_at=START + 90 * DAY))
    change(app, Meeting, soon.id, title="Wonen en werken", waiting=2, taken=9)
    clock.moment = START - DAY / 2  # nobody moves up by itself any more

    page = browser_of(clerk).get(DESK)

    assert lines(page, "Vraagt om aandacht") == [
        ("Wonen en werken", "Er zijn wijzigingen die nog niet gepubliceerd zijn."),
        (
            "Wonen en werken",
            "2 wachtenden schuiven niet meer vanzelf door. Kies zelf wie een plek krijgt.",
        ),
        ("Later", "Aangekondigd. Het programma is nog niet gepubliceerd."),
    ]


def test_it_lists_concepts_and_leaves_out_what_is_over_or_cancelled(save, desk):
    concept = {"state": MeetingState.CONCEPT}
    save(
        a_meeting(title="Plan", starts_at=START + 90 * DAY, **concept),
        a_meeting(title="Oud plan", starts_at=START - 90 * DAY, **concept),
        a_meeting(title="Afgelast", state=MeetingState.CANCELLED),
    )

    page = desk.get(DESK)

    assert [title for title, _when in lines(page, "Concepten")] == ["Plan"]
    assert "Afgelast" not in page.text
    assert "Er ligt nu niets op u te wachten." in page.text


def test_it_does_not_show_closed_meetings_of_other_bodies(save, desk):
    series = a_series(body=a_body())
    save(a_meeting(title="Geheim", series=series, openness=Openness.BESLOTEN))

    assert "Geheim" not in desk.get(DESK).text


def griffier():
    person = a_council_member()
    person.roles.append(RoleGrant(role=Role.GRIFFIER, organisation=an_organisation()))
    return person


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda: staff(Role.ORGANISATOR), ["Bijeenkomsten", "Locaties", "Reeksen"]),
        (lambda: staff(Role.BEHEERDER), []),
        (griffier, []),
    ],
)
def test_the_menu_holds_what_one_may_use(save, browser_of, make, own):
    person = make()
    save(person)

    labels = menu(browser_of(person).get(DESK))

    of_meetings = [label for label in labels if label in ("Bijeenkomsten", "Locaties", "Reeksen")]
    assert (labels[0], of_meetings) == ("Overzicht", own)


@pytest.mark.on_both
def test_every_place_in_the_menu_opens(desk):
    page = desk.get(DESK)
    paths = re.findall(r'<a class="kw-nav__link" href="(/beheer/[^"]*)"', page.text)

    assert {desk.get(path).status_code for path in paths} == {200}
    assert len(paths) > 3


def test_the_menu_marks_where_one_is(save, desk):
    meeting = a_meeting(state=MeetingState.CONCEPT)
    save(meeting)

    page = desk.get(f"/beheer/bijeenkomsten/{meeting.slug}/agenda/")

    marked = re.findall(r'aria-current="(page|true)">([^<]*)<', page.text)
    assert marked == [("true", "Bijeenkomsten"), ("page", "Agenda")]


@pytest.mark.on_both
def test_every_tab_of_a_meeting_opens(app, desk):
    meeting = store(app, a_meeting())
    page = desk.get(f"/beheer/bijeenkomsten/{meeting.slug}/")
    paths = re.findall(r'<a class="kw-tabs__link" href="([^"]*)"', page.text)

    assert {desk.get(path).status_code for path in paths} == {200}
    assert len(paths) > 4


def test_without_a_role_there_is_no_desk(save, browser_of):
    person = a_council_member()
    save(person)

    assert browser_of(person).get(DESK).status_code == 404


@pytest.mark.on_both
def test_it_asks_as_much_of_the_database_for_many_meetings(app, save, desk, count_queries):
    store(app, a_meeting())
    save(a_meeting(state=MeetingState.CONCEPT))
    few = count_queries(lambda: desk.get(DESK))
    later = [START + n * DAY for n in range(1, 6)]
    save(*(a_meeting(starts_at=start) for start in later))
    save(*(a_meeting(starts_at=start, state=MeetingState.CONCEPT) for start in later))

    assert count_queries(lambda: desk.get(DESK)) == few
