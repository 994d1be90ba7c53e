"""The agenda editor: points, their order, and what a clerk may not read."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.person import Role
from tests.desk_pages import hidden, key, messages, problems, rows, shown
from tests.factories import (
    a_body,
    a_council_member,
    a_meeting,
    a_membership,
    a_series,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import cancel, change, store
from tests.reading import words


@pytest.fixture
def clerk(save):
    person = staff()
    save(person)
    return person


@pytest.fixture
def desk(clerk, browser_of):
    return browser_of(clerk)


@pytest.fixture
def organiser(save, browser_of):
    person = staff(Role.ORGANISATOR)
    save(person)
    return browser_of(person)


class Agenda:
    """A meeting with two open points, in a series whose purposes are informeren and ophalen."""

    def __init__(self, save, **columns):
        self.meeting = a_meeting(**({"state": MeetingState.CONCEPT} | columns))
        self.first = an_agenda_item(self.meeting, title="Opening", position=1)
        self.second = an_agenda_item(self.meeting, title="Rondvraag", position=2)
        save(self.meeting, self.first, self.second)
        self.page = f"/beheer/bijeenkomsten/{self.meeting.slug}/agenda/"

    def at(self, item, part=""):
        return f"{self.page}{item.public_id}/{part}"


@pytest.fixture
def agenda(save):
    return Agenda(save)


def point(**changes):
    values = {
        "key": key(),
        "title": "Woningbouw",
        "purpose": "informeren",
        "minutes": "20",
        "text": "",
        "openness": "openbaar",
    }
    return values | changes


def stored(app, item):
    with app.app_context():
        found = db.session.get(AgendaItem, item.id)
        if found is not None:
            assert found.purpose is None or found.purpose.name
        return found


def count(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(AgendaItem))


def a_public_meeting_of_a_body(app, *people, **columns):
    """Published, with one closed point; who is given is a member of the body."""
    body = a_body()
    meeting = a_meeting(series=a_series(body=body))
    closed = an_agenda_item(
        meeting, title="Geheim plan", position=1, openness=Openness.BESLOTEN, **columns
    )
    members = [a_membership(person, body) for person in people]
    store(app, meeting, an_item(meeting), closed, *members)
    return f"/beheer/bijeenkomsten/{meeting.slug}/agenda/", closed


@pytest.mark.on_both
def test_new_comes_last(app, desk, agenda):
    answer = desk.post(f"{agenda.page}nieuw/", data=point(), follow_redirects=True)

    assert messages(answer) == ["‘Woningbouw’ is bewaard."]
    assert rows(answer) == [("1", "Opening"), ("2", "Rondvraag"), ("3", "Woningbouw")]


def test_new_sent_twice_is_one_point(app, desk, agenda):
    form = point()
    desk.post(f"{agenda.page}nieuw/", data=form)

    answer = desk.post(f"{agenda.page}nieuw/", data=form)

    assert (answer.status_code, count(app)) == (303, 3)


WRONG = [
    ({"title": ""}, "Titel: Vul een titel in."),
    ({"title": "a\nb"}, "Titel: Gebruik hier één regel, zonder enters."),
    ({"title": "x" * 161}, "Titel: Gebruik niet meer dan 160 tekens. Nu zijn het er 161."),
    ({"purpose": "besluiten"}, "Doel: Deze keuze bestaat niet. Kies uit de lijst."),
    ({"minutes": "0"}, "Aantal minuten: Vul een getal in van 1 tot en met 600."),
    ({"minutes": "kwartier"}, "Aantal minuten: Vul een heel getal in. Bijvoorbeeld: 30"),
    (
        {"text": "x" * 8001},
        "Toelichting: Gebruik niet meer dan 8.000 tekens. Nu zijn het er 8.001.",
    ),
    ({"openness": ""}, "Openbaarheid: Kies of het punt openbaar is."),
    ({"openness": "geheim"}, "Openbaarheid: Deze keuze bestaat niet. Kies uit de lijst."),
    (
        {"speaker": "x" * 201},
        "Spreker of portefeuillehouder: Gebruik niet meer dan 200 tekens. Nu zijn het er 201.",
    ),
    (
        {"links": "Notitie http://voorbeeld.nl/"},
        "Links: ‘Notitie http://voorbeeld.nl/’ heeft geen adres dat begint met https://. "
        "Bijvoorbeeld: Startnotitie https://www.voorbeeld.nl/notitie",
    ),
]


@pytest.mark.on_both
def test_new_says_what_is_wrong_with_each_field_and_stores_nothing(app, desk, agenda):
    answers = [desk.post(f"{agenda.page}nieuw/", data=point(**wrong)) for wrong, _s in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _w, sentence in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert count(app) == 2


@pytest.mark.on_both
def test_a_text_keeps_its_lines_and_signs(app, desk, agenda):
    text = "Regel één\n\n<b>vet</b> 🎉 =1+1"

    desk.post(agenda.at(agenda.first), data=point(text=text.replace("\n", "\r\n")))

    assert stored(app, agenda.first).text == text
    assert shown(desk.get(agenda.at(agenda.first)), "text") == text


@pytest.mark.on_both
def test_edit_changes_a_point(app, desk, agenda):
    data = point(title="Welkom", purpose="ophalen", minutes="")

    answer = desk.post(agenda.at(agenda.first), data=data)

    now = stored(app, agenda.first)
    assert answer.location == f"{agenda.page}#item-{agenda.first.public_id}"
    assert (now.title, now.purpose.name, now.minutes) == ("Welkom", "ophalen", None)


def test_the_second_of_two_clerks_sees_both_values(desk, agenda):
    seen = hidden(desk.get(agenda.at(agenda.first)), "seen")
    same = {"purpose": "", "minutes": "", "seen": seen}
    desk.post(agenda.at(agenda.first), data=point(**same, title="Welkom"))

    answer = desk.post(agenda.at(agenda.first), data=point(**same, title="Start"))

    assert problems(answer) == [
        "Titel: Iemand anders maakte hiervan: ‘Welkom’. Kies wat het moet zijn en bewaar opnieuw."
    ]


@pytest.mark.on_both
def test_move_changes_the_numbers_once(desk, agenda):
    data = {"to": "earlier", "from": "2"}
    first = desk.post(agenda.at(agenda.second, "verplaatsen"), data=data, follow_redirects=True)

    answer = desk.post(agenda.at(agenda.second, "verplaatsen"), data=data, follow_redirects=True)

    assert rows(answer) == [("1", "Rondvraag"), ("2", "Opening")]
    assert messages(first) == ["‘Rondvraag’ is nu punt 1."]
    assert messages(answer) == ["Dit punt stond al op een andere plek. Er is niets verplaatst."]


def send(desk, agenda, item, to, place, **fields):
    """Press a button of a row; the rows that follow."""
    data = {"to": to, "from": place} | fields
    return desk.post(agenda.at(item, "verplaatsen"), data=data, follow_redirects=True)


def test_in_and_out_make_a_subpoint_and_a_point_again(desk, agenda):
    inside = send(desk, agenda, agenda.second, "in", "2")
    outside = send(desk, agenda, agenda.second, "out", "1.1")

    assert rows(inside) == [("1", "Opening"), ("1.1", "Rondvraag")]
    assert rows(outside) == [("1", "Opening"), ("2", "Rondvraag")]


def test_a_second_click_on_in_does_nothing(desk, agenda):
    send(desk, agenda, agenda.second, "in", "2")

    answer = send(desk, agenda, agenda.second, "in", "2")

    assert rows(answer) == [("1", "Opening"), ("1.1", "Rondvraag")]


def test_a_drop_puts_a_point_before_another_or_at_the_end(desk, agenda):
    before = send(desk, agenda, agenda.second, "before", "2", before=agenda.first.public_id)
    last = send(desk, agenda, agenda.second, "before", "1", before="")

    assert rows(before) == [("1", "Rondvraag"), ("2", "Opening")]
    assert rows(last) == [("1", "Opening"), ("2", "Rondvraag")]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("fields", "status"),
    [({"to": "omhoog"}, 400), ({}, 400), ({"to": "before", "before": key()}, 404)],
)
def test_a_move_to_nowhere_is_refused(desk, agenda, fields, status):
    answer = desk.post(agenda.at(agenda.second, "verplaatsen"), data={"from": "2"} | fields)

    assert answer.status_code == status


def test_the_first_point_cannot_go_in_and_the_page_says_why(desk, agenda):
    answer = send(desk, agenda, agenda.first, "in", "1")

    assert messages(answer) == [
        "Er staat geen punt voor ‘Opening’. Daarom kan het geen subpunt worden."
    ]


def test_a_point_that_goes_under_a_closed_one_is_said_to_be_closed(app, save, desk):
    agenda = Agenda(save)
    change(app, AgendaItem, agenda.first.id, openness=Openness.BESLOTEN)

    answer = send(desk, agenda, agenda.second, "in", "2")

    assert messages(answer)[1:] == [
        "Het punt is nu ook besloten: het staat onder een besloten punt."
    ]


def test_the_editor_shows_the_clock_and_where_it_stops(app, desk, agenda):
    change(app, AgendaItem, agenda.first.id, minutes=5)
    running = words(desk, agenda.page)
    change(app, AgendaItem, agenda.first.id, minutes=None)
    stopped = words(desk, agenda.page)

    assert ("12.05 uur" in running, "heeft geen minuten" in running) == (True, False)
    assert "Punt 1 heeft geen minuten. Bij de punten erna staat daarom geen tijd." in stopped
    assert "12.05 uur" not in stopped


@pytest.mark.on_both
def test_remove_takes_subpoints_along(app, desk, agenda):
    send(desk, agenda, agenda.second, "in", "2")

    answer = desk.post(agenda.at(agenda.first, "verwijderen"), follow_redirects=True)

    assert (rows(answer), count(app)) == ([], 0)


@pytest.mark.on_both
def test_speaker_links_and_openness_are_kept_and_shown_again(app, desk, agenda):
    links = "Startnotitie https://a.nl/n.pdf\nhttps://b.nl"
    data = point(speaker="Ineke Vos", links=links, openness="besloten")

    desk.post(agenda.at(agenda.first), data=data)

    now, page = stored(app, agenda.first), desk.get(agenda.at(agenda.first))
    assert (now.speaker, now.openness) == ("Ineke Vos", Openness.BESLOTEN)
    assert now.links == [
        {"label": "Startnotitie", "address": "https://a.nl/n.pdf"},
        {"label": "https://b.nl", "address": "https://b.nl"},
    ]
    assert (shown(page, "speaker"), shown(page, "links")) == ("Ineke Vos", links)


def test_a_megabyte_of_text_is_refused_with_its_sentence(app, desk, agenda):
    answer = desk.post(agenda.at(agenda.first), data=point(text="<script>" * 131_072))

    assert problems(answer) == [
        "Toelichting: Gebruik niet meer dan 8.000 tekens. Nu zijn het er 1.048.576."
    ]
    assert stored(app, agenda.first).text == ""


CHANGES = [
    ("text", "**Van Anna**\n\n- een\n- twee", "Van *Bert*"),
    ("speaker", "Anna", "Bert"),
    ("links", "A https://a.nl", "B https://b.nl"),
    ("minutes", "5", "10"),
]


@pytest.mark.on_both
@pytest.mark.parametrize(("field", "first", "second"), CHANGES)
def test_the_second_of_two_clerks_chooses_between_two_texts(
    app, save, desk, browser_of, agenda, field, first, second
):
    other, same = browser_of(a_saved_clerk(save)), {"purpose": "", "minutes": ""}
    same["seen"] = hidden(desk.get(agenda.at(agenda.first)), "seen")
    same["title"] = "Opening"
    other.post(agenda.at(agenda.first), data=point(**same | {field: first}))

    answer = desk.post(agenda.at(agenda.first), data=point(**same | {field: second}))
    again = same | {field: second, "seen": hidden(answer, "seen")}
    kept = value_of(app, agenda.first, field)
    desk.post(agenda.at(agenda.first), data=point(**again, take=field))
    taken = value_of(app, agenda.first, field)
    desk.post(agenda.at(agenda.first), data=point(**again))

    assert (answer.status_code, shown(answer, field)) == (422, second)
    assert f'name="take" value="{field}"' in answer.text
    assert (kept, taken) == (first, first)
    assert value_of(app, agenda.first, field) == second


def value_of(app, item, field):
    row = stored(app, item)
    if field == "links":
        return "\n".join(f"{link['label']} {link['address']}" for link in row.links)
    return str(getattr(row, field))


def a_saved_clerk(save):
    person = staff()
    save(person)
    return person


def test_what_a_colleague_wrote_is_shown_whole(desk, agenda):
    seen = hidden(desk.get(agenda.at(agenda.first)), "seen")
    desk.post(agenda.at(agenda.first), data=point(seen=seen, text="Van Anna " * 100 + "einde"))

    answer = desk.post(agenda.at(agenda.first), data=point(seen=seen, text="Van Bert"))

    assert "Van Anna Van Anna einde</p>" in answer.text


def test_a_clerk_outside_the_body_does_not_see_what_is_under_a_closed_point(app, desk):
    page, closed = a_public_meeting_of_a_body(app)
    with app.app_context():
        below = {"meeting_id": closed.meeting_id, "parent_id": closed.id, "level": 2}
        db.session.add(AgendaItem(title="Kanarie", public_id=uuid.UUID(int=7), **below))
        db.session.commit()

    answer = desk.get(page)

    assert rows(answer) == [("1", "Besloten agendapunt")]
    assert desk.get(f"{page}{uuid.UUID(int=7)}/").status_code == 404


@pytest.mark.on_both
def test_what_hides_a_closed_subpoint_cannot_be_taken_away_by_who_does_not_read_it(app, desk):
    page, closed = a_public_meeting_of_a_body(app)
    with app.app_context():
        above = AgendaItem(title="Open", meeting_id=closed.meeting_id, public_id=uuid.UUID(int=8))
        db.session.add(above)
        db.session.flush()
        change_row(closed.id, parent_id=above.id, level=2)
        db.session.commit()
    point_page = f"{page}{uuid.UUID(int=8)}/"

    answers = [desk.post(f"{point_page}{act}") for act in ("verwijderen", "overzetten/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Haal dit van de agenda" not in desk.get(point_page).text


def change_row(row_id, **columns):
    db.session.execute(sa.update(AgendaItem).where(AgendaItem.id == row_id).values(columns))


def test_remove_of_a_concept_takes_the_point_out_of_the_database(app, desk, agenda):
    answer = desk.post(agenda.at(agenda.first, "verwijderen"), follow_redirects=True)

    assert rows(answer) == [("1", "Rondvraag")]
    assert stored(app, agenda.first) is None
    assert desk.get(agenda.at(agenda.first)).status_code == 404


def test_remove_of_what_is_published_leaves_the_version_as_it_is(app, save, desk, client):
    agenda = Agenda(save)
    store(app, agenda.meeting, an_item(agenda.meeting))

    desk.post(agenda.at(agenda.first, "verwijderen"))

    assert stored(app, agenda.first).removed
    assert rows(desk.get(agenda.page)) == [("1", "Rondvraag")]
    assert "Opening" in client.get(f"/bijeenkomsten/{agenda.meeting.slug}/agenda/").text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, "lezen alleen de griffie en de organisatoren."),
        ("ONS-D", "lezen alleen leden van ONS-D."),
    ],
)
def test_the_form_says_who_reads_what_is_closed(save, browser_of, body, said):
    clerk = staff()
    group = body and a_body(name=body)
    meeting = a_meeting(series=a_series(body=group))
    save(clerk, meeting, *([a_membership(clerk, group)] if group else []))

    page = browser_of(clerk).get(f"/beheer/bijeenkomsten/{meeting.slug}/agenda/nieuw/").text

    asks_for_the_date = "‘Besloten agendapunt’, het gremium en de datum" in page
    assert (asks_for_the_date, f"Wat besloten is, {said}" in page) == (bool(body), True)


@pytest.mark.on_both
def test_a_closed_point_shows_its_title_only_when_the_griffie_says_so(
    app, save, desk, organiser, agenda
):
    data = point(openness="besloten", shows_title="y")

    organiser.post(agenda.at(agenda.first), data=data)
    by_organiser = stored(app, agenda.first)
    desk.post(agenda.at(agenda.first), data=data)

    assert (by_organiser.openness, by_organiser.shows_title) == (Openness.BESLOTEN, False)
    assert stored(app, agenda.first).shows_title


def test_an_organiser_does_not_open_a_point_that_is_published(app, save, organiser):
    agenda = Agenda(save)
    store(app, agenda.meeting, an_item(agenda.meeting))
    page = organiser.get(agenda.at(agenda.first))

    organiser.post(agenda.at(agenda.first), data=point(openness="besloten"))

    assert 'name="openness"' not in page.text
    assert stored(app, agenda.first).openness == Openness.OPENBAAR


@pytest.mark.on_both
def test_a_clerk_outside_the_body_sees_that_a_closed_point_is_there_and_no_more(
    app, save, clerk, desk
):
    page, closed = a_public_meeting_of_a_body(app)
    item = f"{page}{closed.public_id}/"

    answer = desk.get(page)

    assert rows(answer) == [("1", "Besloten agendapunt")]
    assert "Geheim plan" not in answer.text
    assert desk.get(item).status_code == 404
    assert desk.post(item, data=point()).status_code == 404
    assert desk.post(f"{item}verwijderen").status_code == 404
    assert stored(app, closed).title == "Geheim plan"


@pytest.mark.on_both
def test_a_clerk_in_the_body_reads_and_changes_it(app, clerk, desk):
    page, closed = a_public_meeting_of_a_body(app, clerk)

    desk.post(f"{page}{closed.public_id}/", data=point(title="Plan", openness="besloten"))

    assert rows(desk.get(page)) == [("1", "Plan")]


def test_changes_of_a_published_agenda_are_said_to_be_a_draft(app, save, desk):
    agenda = Agenda(save)
    store(app, agenda.meeting, an_item(agenda.meeting))
    sentence = "Er zijn wijzigingen die nog niet gepubliceerd zijn."
    before = sentence in desk.get(agenda.page).text

    desk.post(agenda.at(agenda.first), data=point(title="Welkom"))

    assert (before, sentence in desk.get(agenda.page).text) == (False, True)


def test_a_cancelled_agenda_stays_as_it_was(app, save, desk):
    agenda = Agenda(save)
    store(app, agenda.meeting, an_item(agenda.meeting))
    cancel(app, agenda.meeting, "Storm")

    answer = desk.post(agenda.at(agenda.first), data=point())

    assert problems(answer) == ["De bijeenkomst is geannuleerd. Wijzigen kan niet meer."]


def test_points_of_another_meeting_are_not_there(save, desk, agenda):
    other = Agenda(save)

    assert desk.get(agenda.at(other.first)).status_code == 404
    assert desk.get(f"{agenda.page}{uuid.uuid4()}/").status_code == 404


@pytest.mark.on_both
def test_without_the_permission_there_are_no_such_pages(save, browser_of, agenda):
    person = a_council_member()
    save(person)
    browser = browser_of(person)

    answers = [
        browser.get(agenda.page),
        browser.get(agenda.at(agenda.first)),
        browser.post(f"{agenda.page}nieuw/", data=point()),
        browser.post(agenda.at(agenda.first, "verwijderen")),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_more_minutes_than_the_plenary_parts_have_are_allowed_with_a_warning(save, desk, agenda):
    save(an_item(agenda.meeting))  # one hour
    desk.post(agenda.at(agenda.first), data=point(minutes="60", seen=""))
    enough = desk.get(agenda.page).text
    answer = desk.post(agenda.at(agenda.second), data=point(minutes="1", seen=""))
    warned = desk.get(agenda.page).text

    said = "De punten duren samen 61 minuten. De plenaire delen van het programma duren er 60."
    assert (answer.status_code, said in warned, "duren er" in enough) == (303, True, False)


@pytest.mark.on_both
def test_the_list_asks_as_much_of_the_database_for_many_points(save, desk, agenda, count_queries):
    desk.get(agenda.page)
    few = count_queries(lambda: desk.get(agenda.page))
    save(*(an_agenda_item(agenda.meeting) for _ in range(8)))
    ten = count_queries(lambda: desk.get(agenda.page))
    below = {"parent_id": agenda.first.id, "meeting_id": agenda.meeting.id, "level": 2}
    save(*(AgendaItem(title=f"Subpunt {n}", position=n, **below) for n in range(990)))

    assert (few, ten, count_queries(lambda: desk.get(agenda.page))) == (few, few, few)
