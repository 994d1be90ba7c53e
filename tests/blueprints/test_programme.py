"""The programme editor: items, rounds, workshops, order, speakers."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.attendance import AttendanceMark, MarkKind
from kwartaal.models.meeting import MeetingState
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from kwartaal.models.venue import Room
from tests.desk_pages import hidden, key, messages, moment, problems, rows, shown
from tests.factories import (
    START,
    a_council_member,
    a_meeting,
    a_round,
    a_venue,
    a_workshop,
    an_item,
    staff,
)
from tests.publishing import cancel, change, store
from tests.reading import words

HOUR = timedelta(hours=1)
NO_ROOM = "6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11"


@pytest.fixture
def clerk(save):
    person = staff(Role.ORGANISATOR)
    save(person)
    return person


@pytest.fixture
def desk(clerk, browser_of):
    return browser_of(clerk)


class Day:
    """A concept from 12.00 to 18.00: lunch, a round from 13.00 with two workshops, drinks."""

    def __init__(self, save, **columns):
        self.room_key = uuid.uuid4()
        room = Room(name="Grote zaal", capacity=200, public_id=self.room_key)
        venue = a_venue(rooms=[room])
        self.meeting = a_meeting(venue=venue, **({"state": MeetingState.CONCEPT} | columns))
        self.lunch = an_item(self.meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
        self.round = a_round(self.meeting, title="Ronde 1")
        self.one = a_workshop(self.round, title="Wonen", position=1)
        self.two = a_workshop(self.round, title="Werken", position=2)
        self.drinks = an_item(
            self.meeting, ItemKind.DRINKS, title="Borrel", starts_at=START + 5 * HOUR
        )
        save(self.meeting, self.lunch, self.round, self.one, self.two, self.drinks)
        self.page = f"/beheer/bijeenkomsten/{self.meeting.slug}/programma/"

    def at(self, item, part=""):
        return f"{self.page}{item.public_id}/{part}"


@pytest.fixture
def day(save):
    return Day(save)


def part(**changes):
    """The form of a plenary part from 14.00 to 15.00, right by itself."""
    values = {
        "key": key(),
        "kind": "plenary",
        "title": "Plenair",
        **moment("starts_at", "2027-03-23 14:00"),
        **moment("ends_at", "2027-03-23 15:00"),
        "room": "",
        "sign_up": "none",
        "maximum": "",
        "description": "",
    }
    return values | changes


def workshop(round_, **changes):
    values = {
        "title": "Water",
        "theme": "",
        "round": str(round_.public_id),
        **moment("starts_at", round_.starts_at),
        **moment("ends_at", round_.ends_at),
        "sign_up": "limited",
        "maximum": "20",
    }
    return part() | values | changes


def test_what_is_cancelled_counts_apart_and_waiting_inside_counts_too(app, desk, day):
    change(app, ProgrammeItem, day.one.id, maximum=20, taken=20, waiting=3)
    change(app, ProgrammeItem, day.two.id, cancelled_at=START)

    programme, overview = desk.get(day.page), desk.get(day.page.removesuffix("programma/"))

    assert "1 workshop en 1 geannuleerd, 20 plekken" in programme.text.replace("\xa0", " ")
    counted = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", overview.text))
    assert (counted["workshops"], counted["wachten op een onderdeel"]) == ("1", "3")


def test_rows_say_what_is_new_or_changed_since_the_version(app, save, desk):
    day = Day(save, registration_closes_at=START)
    store(app, day.meeting)
    change(app, ProgrammeItem, day.one.id, title="Wonen en werken")
    save(an_item(day.meeting, title="Plenair"))

    page = words(desk, day.page)

    assert ["Wonen en werken Gewijzigd" in page, "Plenair Nieuw" in page] == [True, True]
    rows_only = page.split("Voeg toe")[0]
    assert (rows_only.count(" Gewijzigd"), rows_only.count(" Nieuw ")) == (1, 1)
    assert "2 wijzigingen sinds versie 1" in page


def stored(app, item):
    """An item as the database has it now."""
    with app.app_context():
        found = db.session.get(ProgrammeItem, item.id)
        if found is not None:
            assert found.speakers is not None
            assert found.round is None or found.round.title
        return found


def in_order(app, day):
    with app.app_context():
        statement = sa.select(ProgrammeItem.title).where(ProgrammeItem.meeting_id == day.meeting.id)
        return sorted(db.session.scalars(statement))


def test_the_list_shows_the_day_in_order(desk, day):
    assert rows(desk.get(day.page)) == [
        ("12.00–13.00", "Lunch"),
        ("13.00–14.00", "Ronde 1"),
        ("1A", "Wonen"),
        ("1B", "Werken"),
        ("17.00–18.00", "Borrel"),
    ]


def test_new_adds_a_part_where_its_time_is(desk, day):
    answer = desk.post(f"{day.page}nieuw/plenair/", data=part(), follow_redirects=True)

    assert messages(answer) == ["‘Plenair’ is bewaard."]
    assert rows(answer)[4:] == [("14.00–15.00", "Plenair"), ("17.00–18.00", "Borrel")]


@pytest.mark.on_both
def test_new_sent_twice_is_one_item(app, desk, day):
    form = part()
    desk.post(f"{day.page}nieuw/plenair/", data=form)

    answer = desk.post(f"{day.page}nieuw/plenair/", data=form)

    assert answer.status_code == 303
    assert in_order(app, day).count("Plenair") == 1


@pytest.mark.on_both
def test_new_fills_in_what_one_can_guess(desk, day):
    page = desk.get(f"{day.page}nieuw/ronde/")

    assert shown(page, "title") == "Workshopronde 2"


def test_new_of_an_unknown_kind_does_not_exist(desk, day):
    assert desk.get(f"{day.page}nieuw/feest/").status_code == 404


def test_new_workshop_fills_its_round_and_comes_last(desk, day):
    path = f"{day.page}nieuw/workshop/?ronde={day.round.public_id}"
    form = desk.get(path)

    answer = desk.post(path, data=workshop(day.round), follow_redirects=True)

    assert (hidden(form, "starts_at-time"), hidden(form, "ends_at-time")) == ("13:00", "14:00")
    assert rows(answer)[2:5] == [("1A", "Wonen"), ("1B", "Werken"), ("1C", "Water")]


@pytest.mark.on_both
def test_an_empty_form_names_all_that_is_missing_at_once(desk, day):
    empty = {"title": "", "starts_at-time": "", "ends_at-time": "", "maximum": ""}
    answer = desk.post(f"{day.page}nieuw/workshop/", data=workshop(day.round) | empty)

    assert problems(answer) == [
        "Titel: Vul een titel in.",
        "Begin: Vul ook een tijd in.",
        "Einde: Vul ook een tijd in.",
        "Aantal plekken: Vul in hoeveel plekken er zijn.",
    ]


def test_a_workshop_needs_a_round_of_this_meeting(save, desk, day):
    other = Day(save)

    path = f"{day.page}nieuw/workshop/?ronde={other.round.public_id}"
    answer = desk.post(f"{day.page}nieuw/workshop/", data=workshop(other.round))

    assert desk.get(path).status_code == 404
    assert problems(answer) == ["Ronde: Deze keuze bestaat niet. Kies uit de lijst."]


WRONG = [
    ({"title": ""}, "Titel: Vul een titel in."),
    ({"title": "x" * 161}, "Titel: Gebruik niet meer dan 160 tekens. Nu zijn het er 161."),
    ({"kind": "round"}, "Soort: Deze keuze bestaat niet. Kies uit de lijst."),
    ({"kind": "iets"}, "Soort: Deze keuze bestaat niet. Kies uit de lijst."),
    (moment("starts_at", "2027-03-23 25:00"), "Begin: Deze tijd bestaat niet."),
    (moment("ends_at", "2027-03-23 14:00"), "Einde: Het einde moet na het begin liggen."),
    (
        moment("starts_at", "2027-03-23 11:59"),
        "Begin: ‘Plenair’ valt buiten de tijd van de bijeenkomst.",
    ),
    (
        moment("ends_at", "2027-03-23 18:01"),
        "Einde: ‘Plenair’ valt buiten de tijd van de bijeenkomst.",
    ),
    ({"room": NO_ROOM}, "Zaal: Deze keuze bestaat niet. Kies uit de lijst."),
    (
        {"sign_up": "misschien"},
        "Kunnen mensen zich hiervoor aanmelden? Deze keuze bestaat niet. Kies uit de lijst.",
    ),
    ({"sign_up": "limited"}, "Aantal plekken: Vul in hoeveel plekken er zijn."),
    ({"maximum": "-3"}, "Aantal plekken: Vul een getal in van 1 tot en met 100.000."),
    ({"maximum": "9" * 40}, "Aantal plekken: Vul een getal in van 1 tot en met 100.000."),
]


def test_new_says_what_is_wrong_with_each_field_and_stores_nothing(app, desk, day):
    before = in_order(app, day)

    answers = [desk.post(f"{day.page}nieuw/plenair/", data=part(**wrong)) for wrong, _s in WRONG]

    assert [problems(answer) for answer in answers] == [[sentence] for _w, sentence in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert in_order(app, day) == before


def test_rounds_that_overlap_are_refused_at_the_field(desk, day):
    data = part(
        title="Ronde 2",
        **moment("starts_at", "2027-03-23 13:30"),
        **moment("ends_at", "2027-03-23 14:30"),
    )

    answer = desk.post(f"{day.page}nieuw/ronde/", data=data)

    assert problems(answer) == ["Begin: ‘Ronde 2’ begint voordat ‘Ronde 1’ klaar is."]
    assert hidden(answer, "starts_at-time") == "13:30"


@pytest.mark.on_both
def test_two_clerks_at_once_cannot_make_rounds_overlap(clerk, browser_of, day):
    browsers = [browser_of(clerk) for _ in range(2)]

    def add(browser, hour):
        times = {
            **moment("starts_at", f"2027-03-23 {hour}:00"),
            **moment("ends_at", f"2027-03-23 {hour + 1}:00"),
        }
        return browser.post(f"{day.page}nieuw/ronde/", data=part(**times)).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = [
            sorted(pool.map(lambda browser, hour=hour: add(browser, hour), browsers))
            for hour in (14, 15, 16)
        ]

    assert answers == [[303, 422]] * 3


@pytest.mark.on_both
def test_edit_opens_the_form_in_the_list_and_saves(app, desk, day):
    page = desk.get(day.at(day.one))
    data = workshop(day.round, title="Bouwen", theme="Wonen", room=str(day.room_key))

    answer = desk.post(day.at(day.one), data=data)

    now = stored(app, day.one)
    assert "Workshop 1A" in page.text
    assert answer.location == f"{day.page}#item-{day.one.public_id}"
    assert (now.title, now.theme, now.room_id is not None) == ("Bouwen", "Wonen", True)
    assert (now.sign_up, now.maximum) == (SignUp.LIMITED, 20)


def test_edit_of_a_round_takes_its_workshops_along(app, desk, day):
    data = part(
        title="Ronde 1",
        **moment("starts_at", "2027-03-23 15:00"),
        **moment("ends_at", "2027-03-23 16:00"),
    )

    desk.post(day.at(day.round), data=data)

    assert stored(app, day.one).starts_at == START + 3 * HOUR


def test_the_second_of_two_clerks_sees_both_values(desk, day):
    seen = hidden(desk.get(day.at(day.lunch)), "seen")
    lunch = {
        **moment("starts_at", day.lunch.starts_at),
        **moment("ends_at", day.lunch.ends_at),
        "kind": "lunch",
        "sign_up": "open",
        "seen": seen,
    }
    desk.post(day.at(day.lunch), data=part(**lunch, title="Lunch in de foyer"))

    answer = desk.post(day.at(day.lunch), data=part(**lunch, title="Soep"))

    assert problems(answer) == [
        "Titel: Iemand anders maakte hiervan: ‘Lunch in de foyer’."
        " Kies wat het moet zijn en bewaar opnieuw."
    ]
    assert shown(answer, "title") == "Soep"


def choose(save, day, item, state=ChoiceState.PLACED):
    """Somebody's choice of an item, and the counters with it."""
    person = a_council_member()
    save(person)
    now = START - timedelta(days=20)
    registration = Registration(
        meeting_id=day.meeting.id,
        person_id=person.id,
        state=RegistrationState.PLACED,
        changed_at=now,
        created_at=now,
    )
    save(registration)
    choice = Choice(
        registration_id=registration.id,
        meeting_id=day.meeting.id,
        item_id=item.id,
        round_id=item.round_id,
        state=state,
        changed_at=now,
    )
    save(choice)
    return registration


def fill(app, item, **counters):
    with app.app_context():
        found = db.session.get_one(ProgrammeItem, item.id)
        for name, value in counters.items():
            setattr(found, name, value)
        db.session.commit()


def test_a_higher_maximum_gives_who_waits_a_place_and_a_mail(app, save, desk):
    day = Day(save, state=MeetingState.PUBLISHED)
    choose(save, day, day.one)
    choose(save, day, day.one, ChoiceState.WAITING)
    fill(app, day.one, maximum=1, taken=1, waiting=1)

    desk.post(day.at(day.one), data=workshop(day.round, title="Wonen", maximum="2"))

    now = stored(app, day.one)
    assert (now.maximum, now.taken, now.waiting) == (2, 2, 0)
    with app.app_context():
        assert db.session.scalars(sa.select(OutboxMail.kind)).all() == [MailKind.PLACE_GIVEN]


@pytest.mark.on_both
def test_without_a_maximum_everybody_who_waits_gets_a_place(app, save, desk):
    day = Day(save, state=MeetingState.PUBLISHED)
    choose(save, day, day.one)
    choose(save, day, day.one, ChoiceState.WAITING)
    fill(app, day.one, maximum=1, taken=1, waiting=1)

    desk.post(day.at(day.one), data=workshop(day.round, sign_up="open", maximum=""))

    now = stored(app, day.one)
    assert (now.sign_up, now.maximum, now.taken, now.waiting) == (SignUp.OPEN, None, 2, 0)


@pytest.mark.on_both
def test_a_maximum_below_who_is_placed_is_refused(app, desk, day):
    fill(app, day.one, taken=12)

    answer = desk.post(day.at(day.one), data=workshop(day.round, maximum="11"))

    assert problems(answer) == [
        "Aantal plekken: Er zijn al 12 plekken bezet. Kies een maximum van 12 of meer."
    ]
    assert stored(app, day.one).maximum == 20


@pytest.mark.on_both
def test_sign_up_goes_on_and_off(app, desk, day):
    data = {
        "title": "Lunch",
        "kind": "lunch",
        **moment("starts_at", day.lunch.starts_at),
        **moment("ends_at", day.lunch.ends_at),
    }
    desk.post(day.at(day.lunch), data=part(**data, sign_up="none"))
    off = stored(app, day.lunch).sign_up

    desk.post(day.at(day.lunch), data=part(**data, sign_up="limited", maximum="40"))

    now = stored(app, day.lunch)
    assert (off, now.sign_up, now.maximum) == (SignUp.NONE, SignUp.LIMITED, 40)


def test_sign_up_stays_on_while_somebody_only_wishes(save, desk, day):
    choose(save, day, day.lunch, ChoiceState.WISH)
    data = {**moment("starts_at", day.lunch.starts_at), **moment("ends_at", day.lunch.ends_at)}

    answer = desk.post(day.at(day.lunch), data=part(**data, kind="lunch"))

    assert problems(answer) == [
        "Kunnen mensen zich hiervoor aanmelden? Mensen hebben zich hiervoor al aangemeld."
        " Aanmelden kan niet meer uit."
    ]


def a_second_round(save, day):
    round_ = a_round(day.meeting, 3, title="Ronde 2")
    save(round_)
    return round_


@pytest.mark.on_both
def test_a_workshop_goes_to_another_round_and_fills_it(app, save, desk, day):
    second = a_second_round(save, day)
    data = workshop(day.round, title="Wonen", round=str(second.public_id))

    desk.post(day.at(day.one), data=data)

    now = stored(app, day.one)
    assert (now.round.title, now.starts_at) == ("Ronde 2", second.starts_at)


def test_a_workshop_that_was_ever_chosen_stays_in_its_round(app, save, desk, day):
    second = a_second_round(save, day)
    choose(save, day, day.one, ChoiceState.WITHDRAWN)

    answer = desk.post(
        day.at(day.one), data=workshop(day.round, title="Wonen", round=str(second.public_id))
    )

    assert problems(answer) == ["Ronde: Iemand koos deze workshop al. De ronde ligt daarom vast."]
    assert stored(app, day.one).round.title == "Ronde 1"


def shift(desk, day, item, to, start):
    data = {"to": to, "from": start}
    return desk.post(day.at(item, "verplaatsen"), data=data, follow_redirects=True)


def test_move_changes_the_order_of_workshops(desk, day):
    answer = shift(desk, day, day.two, "earlier", 1)

    assert rows(answer)[2:4] == [("1A", "Werken"), ("1B", "Wonen")]


def test_move_swaps_the_times_of_parts_and_takes_workshops_along(app, desk, day):
    answer = shift(desk, day, day.round, "earlier", 1)

    assert rows(answer)[:2] == [("12.00–13.00", "Ronde 1"), ("1A", "Wonen")]
    assert stored(app, day.one).starts_at == START


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("earlier", ["‘Werken’ staat nu voor ‘Wonen’."]),
        ("later", []),  # it is the last one
    ],
)
def test_a_move_says_before_what_an_item_stands_now(desk, day, to, said):
    assert messages(shift(desk, day, day.two, to, 1)) == said


def test_a_move_to_the_end_says_behind_what_an_item_stands_now(desk, day):
    assert messages(shift(desk, day, day.one, "later", 0)) == ["‘Wonen’ staat nu na ‘Werken’."]


@pytest.mark.on_both
def test_move_sent_twice_moves_once(desk, day):
    shift(desk, day, day.two, "earlier", 1)

    answer = shift(desk, day, day.two, "earlier", 1)

    assert rows(answer)[2:4] == [("1A", "Werken"), ("1B", "Wonen")]


def drag(desk, day, item, start, before):
    data = {"to": "before", "from": start, "before": before}
    return desk.post(day.at(item, "verplaatsen"), data=data, follow_redirects=True)


@pytest.mark.on_both
def test_a_row_that_is_dragged_moves_several_places_at_once(desk, day):
    answer = drag(desk, day, day.drinks, 2, day.lunch.public_id)

    assert rows(answer)[:3] == [
        ("12.00–13.00", "Borrel"),
        ("13.00–14.00", "Lunch"),
        ("17.00–18.00", "Ronde 1"),
    ]


def test_a_row_that_is_dropped_at_the_end_is_the_last(desk, day):
    answer = drag(desk, day, day.lunch, 0, "")

    assert rows(answer)[-1] == ("17.00–18.00", "Lunch")


def test_a_drag_that_a_rule_refuses_says_why_and_moves_nothing(desk, day):
    answer = drag(desk, day, day.one, 0, day.lunch.public_id)

    assert messages(answer) == [
        "‘Wonen’ blijft in de eigen ronde. Kies bij Wijzig een andere ronde."
    ]
    assert rows(answer)[2:4] == [("1A", "Wonen"), ("1B", "Werken")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, 400), ({"to": "up"}, 400), ({"to": "before", "before": key()}, 404)],
)
def test_a_move_to_nowhere_is_refused(desk, day, fields, status):
    answer = desk.post(day.at(day.one, "verplaatsen"), data={"from": 0} | fields)

    assert answer.status_code == status


def test_move_past_what_runs_at_the_same_time_says_why_not(save, desk, day):
    save(an_item(day.meeting, title="Plenair", starts_at=START + 1.5 * HOUR))

    answer = shift(desk, day, day.round, "later", 1)

    assert messages(answer) == [
        "‘Ronde 1’ en ‘Plenair’ lopen deels tegelijk. Wijzig de tijden zelf."
    ]


def remove(desk, day, item):
    return desk.post(day.at(item, "verwijderen"), follow_redirects=True)


def test_remove_takes_an_item_out(app, desk, day):
    answer = remove(desk, day, day.drinks)

    assert messages(answer) == ["‘Borrel’ is weg uit het programma."]
    assert stored(app, day.drinks) is None


def test_remove_what_somebody_chose_says_why_not(app, save, desk, day):
    choose(save, day, day.one, ChoiceState.WITHDRAWN)

    answer = remove(desk, day, day.one)

    assert messages(answer) == [
        "Mensen kozen ‘Wonen’ al, of stonden op de wachtlijst. Weghalen kan daarom niet meer."
    ]
    assert stored(app, day.one) is not None


def test_remove_where_somebody_was_seen_says_why_not(save, clerk, desk, day):
    registration = choose(save, day, day.lunch)
    save(
        AttendanceMark(
            meeting_id=day.meeting.id,
            item_id=day.drinks.id,
            registration_id=registration.id,
            said=MarkKind.ARRIVED,
            arrived_at=START,
            at=START,
            marked_by_id=clerk.id,
        )
    )

    answer = remove(desk, day, day.drinks)

    assert messages(answer) == [
        "Bij ‘Borrel’ is al aanwezigheid genoteerd. Weghalen kan daarom niet meer."
    ]


def test_remove_a_round_with_workshops_says_what_to_do_first(desk, day):
    answer = remove(desk, day, day.round)

    assert messages(answer) == ["Er staan nog workshops in ‘Ronde 1’. Haal die eerst weg."]


@pytest.mark.on_both
def test_what_is_gone_in_another_tab_is_not_there(desk, day):
    remove(desk, day, day.drinks)

    answers = [
        desk.get(day.at(day.drinks)),
        desk.post(day.at(day.drinks), data=part()),
        remove(desk, day, day.drinks),
        shift(desk, day, day.drinks, "earlier", 2),
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_items_of_another_meeting_are_not_there(save, desk, day):
    other = Day(save)

    assert desk.get(day.at(other.lunch)).status_code == 404
    assert remove(desk, day, other.lunch).status_code == 404


def test_changes_of_a_published_programme_are_said_to_be_a_draft(app, desk):
    meeting = a_meeting(venue=a_venue())
    opening = an_item(meeting, title="Opening")
    store(app, meeting, opening)
    page = f"/beheer/bijeenkomsten/{meeting.slug}/programma/"
    before = desk.get(page)

    times = {**moment("starts_at", opening.starts_at), **moment("ends_at", opening.ends_at)}
    desk.post(f"{page}{opening.public_id}/", data=part(**times, title="Welkom"))

    sentence = "Er zijn wijzigingen die nog niet gepubliceerd zijn."
    assert messages(desk.get(page)) == ["‘Welkom’ is bewaard."]
    assert (sentence in before.text, sentence in desk.get(page).text) == (False, True)


def test_a_cancelled_programme_stays_as_it_was(app, desk):
    meeting = a_meeting(venue=a_venue())
    opening = an_item(meeting, title="Opening")
    store(app, meeting, opening)
    cancel(app, meeting, "Storm")
    page = f"/beheer/bijeenkomsten/{meeting.slug}/programma/"

    answer = desk.post(f"{page}nieuw/plenair/", data=part())

    assert problems(answer) == ["De bijeenkomst is geannuleerd. Wijzigen kan niet meer."]
    assert "Wijzig" not in desk.get(page).text


def speakers_of(app, item):
    with app.app_context():
        statement = sa.select(Speaker).where(Speaker.item_id == item.id).order_by(Speaker.position)
        return [(one.name, one.part, one.person_id) for one in db.session.scalars(statement)]


def test_a_speaker_by_name(app, desk, day):
    form = {"key": key(), "name": "Tarık Yıldız", "part": "gespreksleider"}
    desk.post(day.at(day.one, "sprekers/"), data=form)

    again = desk.post(day.at(day.one, "sprekers/"), data=form)

    assert again.status_code == 303
    assert speakers_of(app, day.one) == [("Tarık Yıldız", "gespreksleider", None)]


@pytest.mark.on_both
def test_a_speaker_is_looked_up_without_an_address(save, desk, day):
    person = a_council_member(first_name="Anna", last_name="Bakker")
    save(person, a_council_member(first_name="Jan", last_name="Visser"))

    page = desk.get(day.at(day.one, "sprekers/?zoek=bakk"))

    assert "Anna Bakker" in page.text
    assert "Visser" not in page.text
    assert person.email not in page.text


@pytest.mark.on_both
def test_a_speaker_we_know_is_chosen_from_the_list(app, save, desk, day):
    person = a_council_member(first_name="Anna", last_name="Bakker")
    save(person)
    path = day.at(day.one, f"sprekers/?persoon={person.public_id}")

    desk.post(path, data={"key": key(), "part": "spreker"})
    twice = desk.post(path, data={"key": key(), "part": "spreker"})

    assert speakers_of(app, day.one) == [("Anna Bakker", "spreker", person.id)]
    assert problems(twice) == ["Anna Bakker staat er al bij."]


def test_a_person_who_is_not_there_cannot_be_chosen(desk, day):
    path = day.at(day.one, f"sprekers/?persoon={uuid.uuid4()}")

    assert desk.get(path).status_code == 404


def test_wrong_speakers_are_refused(app, desk, day):
    path = day.at(day.one, "sprekers/")

    answers = [
        desk.post(path, data={"key": key(), "name": name, "part": part_})
        for name, part_ in [("", ""), ("a" * 161, ""), ("Els", "b" * 81)]
    ]

    assert [problems(answer) for answer in answers] == [
        ["Naam: Vul een naam in."],
        ["Naam: Gebruik niet meer dan 160 tekens. Nu zijn het er 161."],
        ["Rol: Gebruik niet meer dan 80 tekens. Nu zijn het er 81."],
    ]
    assert speakers_of(app, day.one) == []


@pytest.mark.on_both
def test_speakers_change_order_and_go(app, save, desk, day):
    els, joris = uuid.uuid4(), uuid.uuid4()
    for name, public_id in (("Els", els), ("Joris", joris)):
        desk.post(day.at(day.one, "sprekers/"), data={"key": str(public_id), "name": name})

    desk.post(day.at(day.one, f"sprekers/{joris}/verplaatsen"), data={"to": "earlier", "from": 1})
    moved = [name for name, _part, _person in speakers_of(app, day.one)]
    desk.post(day.at(day.one, f"sprekers/{els}/verwijderen"))

    assert moved == ["Joris", "Els"]
    assert [name for name, _part, _person in speakers_of(app, day.one)] == ["Joris"]


@pytest.mark.on_both
def test_a_speaker_who_was_seen_stays(app, save, clerk, desk, day):
    speaker = Speaker(item_id=day.one.id, name="Els", position=1)
    save(speaker)
    save(
        AttendanceMark(
            meeting_id=day.meeting.id,
            speaker_id=speaker.id,
            said=MarkKind.ARRIVED,
            arrived_at=START,
            at=START,
            marked_by_id=clerk.id,
        )
    )

    answer = desk.post(
        day.at(day.one, f"sprekers/{speaker.public_id}/verwijderen"), follow_redirects=True
    )

    assert messages(answer) == [
        "De aanwezigheid van Els is al genoteerd. Weghalen kan daarom niet meer."
    ]
    assert messages(remove(desk, day, day.one)) == [
        "Bij ‘Wonen’ is al aanwezigheid genoteerd. Weghalen kan daarom niet meer."
    ]


def test_a_round_has_no_speakers(desk, day):
    assert desk.get(day.at(day.round, "sprekers/")).status_code == 404


@pytest.mark.on_both
def test_without_the_permission_there_are_no_such_pages(save, browser_of, day):
    person = a_council_member()
    save(person)
    browser = browser_of(person)

    answers = [
        browser.get(day.page),
        browser.get(day.at(day.one)),
        browser.get(day.at(day.one, "sprekers/")),
        remove(browser, day, day.drinks),
        browser.post(f"{day.page}nieuw/plenair/", data=part()),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.on_both
def test_the_list_asks_as_much_of_the_database_for_many_workshops(save, desk, day, count_queries):
    pages = [day.page, day.at(day.one)]
    few = [count_queries(lambda path=path: desk.get(path)) for path in pages]
    second = a_round(day.meeting, 3)
    many = [a_workshop(second, position=n) for n in range(9)]
    for one in many:
        one.speakers.append(Speaker(name="Els", position=1))
    save(second, *many)

    assert [count_queries(lambda path=path: desk.get(path)) for path in pages] == few


def test_a_day_over_midnight_asks_for_dates(save, desk):
    long = Day(save, ends_at=START + 30 * HOUR)

    page = desk.get(long.at(long.lunch))

    assert 'name="starts_at-date" type="date"' in page.text
