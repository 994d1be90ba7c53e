"""Agenda, programme and year list on paper: the words of the page, for the same readers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwartaal.models.agenda import AgendaItem
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from kwartaal.models.publication import Publication, find_version
from kwartaal.models.series import Purpose
from kwartaal.pdf import typesetting
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_document,
    a_meeting,
    a_membership,
    a_person,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_agenda_item,
    an_item,
    staff,
)
from tests.papers import no_known_fault, paper, tags_of, words_of
from tests.publishing import cancel, change, publish, store, store_announced
from tests.reading import links

MEETING = "/bijeenkomsten/maart/"
AGENDA = MEETING + "agenda.pdf"
PROGRAMME = MEETING + "programma.pdf"
YEAR = "/reeksen/kwartaal/jaar/2027/jaarlijst.pdf"
FOOT = "Versie 1 van 10 maart 2027 http://127.0.0.1:5000/bijeenkomsten/maart/"


def a_meeting_in_march(**columns):
    return a_meeting(**({"slug": "maart", "title": "Wonen"} | columns))


@pytest.fixture
def region_meeting(app):
    purpose = Purpose(name="ophalen", position=1)
    venue = a_venue(name="De Werf", town="Sliedrecht", street="Kade 3", directions="Met de boot.")
    meeting = a_meeting_in_march(series=a_series(slug="kwartaal", purposes=[purpose]), venue=venue)
    point = an_agenda_item(
        meeting,
        title="Huur",
        text="Lees **dit**:\n\n- één\n- twee\n\n# Vraag",
        minutes=5,
        purpose=purpose,
        speaker="wethouder Vos",
        links=[{"label": "Notitie", "address": "https://a.nl/n.pdf"}],
        position=1,
    )
    below = an_agenda_item(meeting, title="Markt", minutes=5, parent=point)
    round_ = a_round(meeting, title="Ronde 1")
    workshop = a_workshop(round_, title="Daken", theme="Energie", description="Zon.\n\nWind.")
    parts = (an_item(meeting, title="Inloop", description="Koffie."), point, below, round_)
    return store(app, meeting, *parts, workshop)


def test_the_agenda_on_paper_says_what_the_page_says(client, region_meeting):
    shown = words_of(paper(client, AGENDA))

    assert shown.startswith(
        "Agenda Wonen Datum: dinsdag 23 maart 2027 Tijd: 12.00 tot 18.00 uur "
        f"Plaats: De Werf, Sliedrecht {FOOT}agenda/versie/1/ "
    )
    assert (
        "1 Huur 12.00 uur, 10 minuten, ophalen, door wethouder Vos "
        "Lees dit: • één • twee Vraag • Notitie: https://a.nl/n.pdf "
        "1.1 Markt 12.05 uur, 5 minuten"
    ) in shown
    assert shown.endswith("agenda/versie/1/ Pagina 1 van 1")


def test_the_programme_on_paper_says_what_the_page_says(client, region_meeting):
    shown = words_of(paper(client, PROGRAMME))

    assert (
        f"{FOOT}programma/versie/1/ Inloop 12.00 tot 13.00 uur Koffie. "
        "Ronde 1 13.00 tot 14.00 uur Daken Energie Zon. Wind. "
        "Zo komt u er De Werf Kade 3, Sliedrecht Met de boot. "
        "Voor wie Deze bijeenkomst is voor raadsleden, collegeleden, ambtenaren, bedrijven, "
    ) in shown


@pytest.mark.parametrize("path", [AGENDA, PROGRAMME])
def test_headings_lists_and_links_are_real(client, region_meeting, path):
    tags = tags_of(paper(client, path))
    wanted = {AGENDA: {"H1", "H2", "H3", "L", "LI", "Link"}, PROGRAMME: {"H1", "H2", "H3", "L"}}

    assert wanted[path] - set(tags) == set()
    assert tags.index("H1") < tags.index("H2")


def test_no_known_fault_of_accessibility(client, region_meeting, tmp_path):
    files = []
    for number, path in enumerate((AGENDA, PROGRAMME, YEAR)):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(paper(client, path))

    assert no_known_fault(*files) == ""


def test_pages_lead_to_their_paper(client, region_meeting):
    pages = {
        MEETING: PROGRAMME,
        MEETING + "agenda/": AGENDA,
        YEAR.removesuffix("jaarlijst.pdf"): YEAR,
    }

    assert {page: links(client, page).get("icon Print (PDF)") for page in pages} == pages


def test_a_paper_has_a_name_and_safe_headers(client, region_meeting):
    headers = client.get(AGENDA).headers

    assert headers["Content-Disposition"] == "inline; filename=agenda-maart-versie-1.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.on_both
def test_a_paper_that_did_not_change_is_not_sent_again(client, region_meeting):
    tag = client.get(AGENDA).headers["ETag"]
    again = client.get(AGENDA, headers={"If-None-Match": tag})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


@pytest.mark.on_both
def test_a_paper_that_takes_too_long_can_be_asked_for_again(
    app, client, region_meeting, monkeypatch
):
    monkeypatch.setattr(typesetting, "LONGEST_SECONDS", 0.001)
    app.extensions.pop("papers", None)  # another test may have asked for this one
    answer = client.get(AGENDA)

    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "30"), answer.headers
    assert "Wacht een paar tellen" in answer.text


# --- versions -------------------------------------------------------------------------------


@pytest.mark.on_both
def test_an_old_version_says_so_and_keeps_its_words(app, client):
    meeting = a_meeting_in_march()
    point = an_agenda_item(meeting, title="Eerste titel")
    store(app, meeting, an_item(meeting), point)
    change(app, AgendaItem, point.id, title="Tweede titel")
    publish(app, meeting, NOON + timedelta(days=2))
    old = words_of(paper(client, MEETING + "agenda/versie/1/agenda.pdf"))
    new = words_of(paper(client, AGENDA))

    assert "Dit is een oude versie Versie 1 is vervangen door versie 2." in old
    assert ("1 Eerste titel" in old, "1 Tweede titel" in new, "oude" in new) == (True, True, False)
    assert links(client, MEETING + "agenda/versie/1/")["icon Print (PDF)"] == (
        MEETING + "agenda/versie/1/agenda.pdf"
    )


@pytest.mark.on_both
def test_a_retracted_version_is_on_paper_for_staff_only(app, client, browser_of):
    meeting, organiser = a_meeting_in_march(), staff(role=Role.ORGANISATOR)
    store(app, meeting, an_item(meeting), an_agenda_item(meeting), organiser)
    with app.app_context():
        version_id = find_version(meeting.id, 1).id
    change(app, Publication, version_id, retracted_at=NOON)
    path = MEETING + "agenda/versie/1/agenda.pdf"

    assert client.get(path).status_code == 410
    assert "Deze versie is ingetrokken" in words_of(paper(browser_of(organiser), path))


@pytest.mark.on_both
def test_what_never_was_is_not_there(app, client, region_meeting):
    paths = [
        MEETING + "agenda/versie/9/agenda.pdf",
        MEETING + "programma/versie/9/programma.pdf",
        "/bijeenkomsten/mei/agenda.pdf",
        YEAR.replace("2027", "1999"),
    ]

    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_an_announcement_has_no_programme_or_agenda_on_paper(app, client):
    store_announced(app, a_meeting_in_march())

    assert (client.get(AGENDA).status_code, client.get(PROGRAMME).status_code) == (404, 404)


def test_a_cancelled_meeting_says_so_first(app, client):
    meeting = a_meeting_in_march()
    store(app, meeting, an_item(meeting))
    cancel(app, meeting, "Er is storm.")

    assert "Deze bijeenkomst gaat niet door Er is storm." in words_of(paper(client, PROGRAMME))


# --- who sees what --------------------------------------------------------------------------


@pytest.fixture
def body_meeting(app):
    """A public meeting of a body, with a closed point, a closed sub-point and a closed document."""
    body = a_body()
    people = {"lid": a_person(), "buiten": a_person(), "griffie": staff()}
    people["organisator"] = staff(role=Role.ORGANISATOR)
    a_membership(people["lid"], body)
    meeting = a_meeting_in_march(series=a_series(body=body))
    closed = {"openness": Openness.BESLOTEN, "speaker": "KANARIE"}
    point = an_agenda_item(meeting, title="KANARIE", text="KANARIE", position=1, **closed)
    open_ = an_agenda_item(meeting, title="Huur", position=2)
    below = an_agenda_item(meeting, title="KANARIE", parent=open_, text="KANARIE", **closed)
    document = a_document(meeting, title="KANARIE", openness=Openness.BESLOTEN)
    store(app, meeting, an_item(meeting), point, open_, below, document, *people.values())
    return people


@pytest.mark.parametrize("who", [None, "buiten", "griffie", "organisator", "lid"])
def test_closed_points_are_on_the_paper_of_members_only(client, browser_of, body_meeting, who):
    browser = browser_of(body_meeting[who]) if who else client
    shown = words_of(paper(browser, AGENDA))
    closed = "1 Besloten agendapunt besloten Dit punt is niet openbaar. 2 Huur"

    assert ("KANARIE" in shown, closed in shown) == (
        (True, False) if who == "lid" else (False, True)
    )


@pytest.mark.on_both
def test_the_paper_of_a_member_is_not_kept_for_others(client, browser_of, body_meeting):
    member = browser_of(body_meeting["lid"]).get(AGENDA)
    outsider = client.get(AGENDA, headers={"If-None-Match": member.headers["ETag"]})

    assert member.headers["Cache-Control"] == "no-store"
    assert (outsider.status_code, "KANARIE" in words_of(outsider.data)) == (200, False)


@pytest.mark.on_both
def test_closing_a_point_takes_it_off_the_paper_at_once(app, client, region_meeting):
    before = "Lees dit" in words_of(paper(client, AGENDA))
    with app.app_context():
        point_id = find_version(region_meeting.id, 1).content["agenda"][0]["id"]
    change(app, AgendaItem, point_id, openness=Openness.BESLOTEN)
    after = words_of(paper(client, AGENDA))

    assert (before, "Lees dit" in after, "Markt" in after) == (True, False, False)


@pytest.mark.on_both
def test_a_closed_meeting_has_no_paper_for_outsiders(app, client):
    series = a_series(slug="kwartaal", body=a_body())
    meeting = a_meeting_in_march(series=series, openness=Openness.BESLOTEN)
    store(app, meeting, an_item(meeting), an_agenda_item(meeting))

    answers = {path: client.get(path).status_code for path in (AGENDA, PROGRAMME, YEAR)}

    assert answers == {AGENDA: 404, PROGRAMME: 404, YEAR: 404}


# --- the year -------------------------------------------------------------------------------


def test_the_year_list_is_a_table_with_headings(app, client):
    series = a_series(slug="kwartaal", name="Kwartaalbijeenkomst")
    store(app, a_meeting_in_march(series=series))
    june = datetime(2027, 6, 17, 10, 0, tzinfo=UTC)
    meeting = a_meeting(
        series=series, slug="juni", title="Juni", starts_at=june, ends_at=june + timedelta(hours=6)
    )
    store_announced(app, meeting)
    cancelled = store(app, a_meeting(series=series, slug="april", title="April"))
    cancel(app, cancelled, "Storm")
    pdf = paper(client, YEAR)
    shown = words_of(pdf)

    assert "Kwartaalbijeenkomst in 2027 Stand van woensdag 10 maart 2027." in shown
    assert "Datum Tijd Bijeenkomst Plaats" in shown
    assert "17 juni 2027 12.00 tot 18.00 uur Juni Vooraankondiging" in shown
    assert "April Geannuleerd" in shown
    assert tags_of(pdf).count("TH") == 4
    assert tags_of(pdf).count("TR") == 4


# --- cost -----------------------------------------------------------------------------------


@pytest.mark.on_both
def test_queries_do_not_grow(app, client, count_queries):
    series = a_series(slug="kwartaal")
    counts = {}
    for size in (1, 5):
        meeting = a_meeting(series=series, slug=f"b{size}", title="B")
        points = [an_agenda_item(meeting, position=n + 1) for n in range(size)]
        items = [an_item(meeting) for _ in range(size)]
        store(app, meeting, *points, *items)
        paths = [f"/bijeenkomsten/b{size}/{kind}.pdf" for kind in ("agenda", "programma")]
        counts[size] = [count_queries(lambda p=p: paper(client, p)) for p in (*paths, YEAR)]

    assert counts[1] == counts[5]
