"""Who may see a meeting, and that nobody else reads anything of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kwartaal.models.meeting import Meeting, MeetingSlug, MeetingState
from kwartaal.models.openness import Openness
from tests.conftest import NOON
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_person,
    a_series,
    a_venue,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import change, store

PAGE = "/bijeenkomsten/maart/"


def test_an_old_address_leads_to_the_new_one(app: Flask, client: FlaskClient, save):
    meeting = store(app, a_meeting(slug="nieuw"))
    save(MeetingSlug(slug="oud", meeting_id=meeting.id))

    response = client.get("/bijeenkomsten/oud/")

    assert (response.status_code, response.location) == (308, "/bijeenkomsten/nieuw/")


def test_an_old_address_of_what_one_may_not_see_is_not_there(app, client, save):
    body = a_body()
    closed = a_meeting(slug="nieuw", series=a_series(body=body), openness=Openness.DATUM)
    store(app, closed)
    save(MeetingSlug(slug="oude-titel", meeting_id=closed.id))

    response = client.get("/bijeenkomsten/oude-titel/")

    assert (response.status_code, response.location) == (404, None)


WHO = ["visitor", "participant", "member", "ended member", "griffie", "organiser"]
MAY_SEE = {
    Openness.OPENBAAR: set(WHO),
    Openness.DATUM: {"member"},
    Openness.BESLOTEN: {"member"},
}


@pytest.mark.parametrize("openness", list(Openness))
def test_who_may_see_a_meeting(app, client, browser_of, openness):
    body = a_body()
    people = the_people(body)
    meeting = a_meeting(slug="maart", series=a_series(body=body), openness=openness)
    store(app, meeting, an_item(meeting), *people.values())

    seen = {
        who
        for who in WHO
        if browser(client, browser_of, people.get(who)).get(PAGE).status_code == 200
    }

    assert seen == MAY_SEE[openness]


def the_people(body):
    member, former = a_person(), a_person()
    a_membership(member, body)
    a_membership(former, body, ends_on=NOON.date() - timedelta(days=1))
    return {
        "participant": a_council_member(),
        "member": member,
        "ended member": former,
        "griffie": staff(),
        "organiser": staff(role="organisator"),
    }


def browser(client, browser_of, person):
    return browser_of(person) if person else client


def test_a_concept_is_not_there_for_anybody(app, client, save, browser_of):
    body = a_body()
    people = the_people(body)
    concept = a_meeting(slug="maart", series=a_series(body=body), state=MeetingState.CONCEPT)
    save(concept, *people.values())

    answers = [browser(client, browser_of, people.get(who)).get(PAGE).status_code for who in WHO]

    assert answers == [404] * len(WHO)


def test_what_is_not_there_and_what_may_not_be_seen_is_one_page(app, client, save):
    body = a_body()
    store(app, a_meeting(slug="dicht", series=a_series(body=body), openness=Openness.BESLOTEN))
    store(app, a_meeting(slug="datum", series=a_series(body=body), openness=Openness.DATUM))
    save(a_meeting(slug="concept", state=MeetingState.CONCEPT))

    pages = {
        client.get(f"/bijeenkomsten/{slug}/").text.replace(slug, "…")
        for slug in ("dicht", "datum", "concept", "bestaat-niet")
    }

    assert len(pages) == 1


@pytest.mark.on_both
@pytest.mark.parametrize(
    "path",
    ["/bijeenkomsten/%00/", "/bijeenkomsten/?reeks=%00", "/bijeenkomsten/" + "a" * 3000 + "/"],
)
def test_an_address_that_no_meeting_can_have_is_not_there(client: FlaskClient, path):
    assert client.get(path).status_code == 404


CANARY = "KANARIE"
SLUG = "gremium-{openness}-{start:%Y-%m-%d}"
PAGES = [
    "/",
    "/bijeenkomsten/",
    "/bijeenkomsten/?periode=voorbij",
    PAGE,
    f"{PAGE}agenda/",
    f"{PAGE}agenda/versie/1/",
    f"{PAGE}aanmelden",
    "/bijeenkomsten/concept/",
    "/bijeenkomsten/concept/agenda/",
    "/reeksen/gesloten-reeks/",
    "/reeksen/open-reeks/",
    "/kalender/",
    "/kalender/openbaar.ics",
    "/kalender/reeks/open-reeks.ics",
    "/kalender/reeks/gesloten-reeks.ics",
    "/kalender/bijeenkomst/maart.ics",
    "/mijn/",
    *(
        f"/bijeenkomsten/{SLUG.format(openness=openness, start=START)}/{page}"
        for openness in (Openness.DATUM, Openness.BESLOTEN)
        for page in ("", "agenda/", "agenda/versie/1/", "aanmelden")
    ),
]


@pytest.mark.on_both
@pytest.mark.parametrize("who", ["visitor", "participant", "ended member"])
def test_nothing_closed_or_unpublished_is_in_any_answer(app, client, save, browser_of, who):
    body = a_body()
    people = the_people(body)
    save(body, *people.values())
    store_closed_meetings(app, body.id)
    save(a_meeting(slug="concept", title=CANARY, state=MeetingState.CONCEPT))
    opened = a_meeting(slug="maart", series=a_series(slug="open-reeks"))
    secret = an_agenda_item(opened, title=CANARY, text=CANARY, openness=Openness.BESLOTEN)
    store(app, opened, an_item(opened), secret)
    change(app, Meeting, opened.id, title=CANARY)
    visit = browser(client, browser_of, people.get(who))

    assert [path for path in PAGES if CANARY in visit.get(path).text] == []


def store_closed_meetings(app: Flask, body_id: int) -> None:
    """Coming and past, date only and closed, with the canary in every text there is."""
    series = a_series(
        slug="gesloten-reeks", name=f"{CANARY} reeks", body_id=body_id, description=CANARY
    )
    texts = {"title": CANARY, "introduction": CANARY, "note": CANARY}
    for openness in (Openness.DATUM, Openness.BESLOTEN):
        for start in (START, START - timedelta(days=90)):
            closed = a_meeting(
                openness=openness,
                starts_at=start,
                series=series,
                venue=a_venue(name=f"{CANARY} {openness} {start}"),
                slug=SLUG.format(openness=openness, start=start),
                **texts,
            )
            store(app, closed, an_item(closed, title=CANARY), an_agenda_item(closed, title=CANARY))
