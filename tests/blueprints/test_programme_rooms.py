"""Rooms in the programme editor: taken, too small, larger, and a second session."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import MailKind, OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from kwartaal.models.venue import Room
from tests.desk_pages import hidden, key, messages, moment, problems
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_item,
    number,
    staff,
)
from tests.publishing import change
from tests.reading import links, words

HOUR = timedelta(hours=1)


class Day:
    """A published day of two rounds: ‘Wonen’ is full in Kil (2 seats), ‘Werken’ sits in Merwede."""

    def __init__(self, save, **columns):
        self.kil, self.merwede = Room(name="Kil", capacity=2), Room(name="Merwede", capacity=40)
        self.venue = a_venue(rooms=[self.kil, self.merwede])
        columns = {"venue": self.venue, "state": MeetingState.PUBLISHED} | columns
        self.meeting = a_meeting(**columns)
        self.one = a_round(self.meeting, 1, title="Ronde 1")
        self.two = a_round(self.meeting, 3, title="Ronde 2")
        self.full = a_workshop(self.one, 2, title="Wonen", room=self.kil, position=1)
        self.quiet = a_workshop(self.one, 40, title="Werken", room=self.merwede, position=2)
        self.full.speakers = [Speaker(name="Anna Bakker", position=1)]
        save(self.meeting, self.one, self.two, self.full, self.quiet)
        self.page = f"/beheer/bijeenkomsten/{self.meeting.slug}/programma/"

    def at(self, item, part=""):
        return f"{self.page}{item.public_id}/{part}"


@pytest.fixture
def day(save):
    return Day(save)


@pytest.fixture
def desk(save, browser_of):
    clerk = staff(Role.ORGANISATOR)
    save(clerk)
    return browser_of(clerk)


def choose(app, save, day, item, *states):
    """People who chose an item, by the order in which they did, and the counters with it."""
    now = START - timedelta(days=20)
    for place, state in enumerate(states, 1):
        person = a_council_member(last_name=f"Persoon {place}")
        save(person)
        registration = Registration(
            meeting_id=day.meeting.id,
            person_id=person.id,
            state=RegistrationState.PLACED,
            changed_at=now,
            created_at=now,
        )
        save(registration)
        save(
            Choice(
                registration_id=registration.id,
                meeting_id=day.meeting.id,
                item_id=item.id,
                round_id=item.round_id,
                state=state,
                seq=place,
                changed_at=now,
            )
        )
    counted = {"taken": ChoiceState.PLACED, "waiting": ChoiceState.WAITING}
    with app.app_context():
        row = db.session.get_one(ProgrammeItem, item.id)
        for name, state in counted.items():
            setattr(row, name, states.count(state))
        db.session.commit()


PLACED, WAITING = ChoiceState.PLACED, ChoiceState.WAITING


def form_of(day, **changes):
    """The form of the full workshop as it is stored."""
    item = day.full
    values = {
        "key": key(),
        "title": item.title,
        "theme": "",
        "round": str(day.one.public_id),
        **moment("starts_at", item.starts_at),
        **moment("ends_at", item.ends_at),
        "room": str(day.kil.public_id),
        "setup_minutes": "",
        "sign_up": "limited",
        "maximum": str(item.maximum),
        "description": "",
    }
    return values | changes


def stored(app, item):
    with app.app_context():
        row = db.session.get_one(ProgrammeItem, item.id)
        return (row.room.name if row.room else None, row.maximum, row.taken, row.waiting)


def test_a_room_in_use_is_refused_at_the_field(desk, day):
    data = form_of(day, room=str(day.merwede.public_id))

    answer = desk.post(day.at(day.full), data=data)

    assert problems(answer) == [
        "Zaal: ‘Wonen’ kan niet in zaal ‘Merwede’: daar is dan ‘Werken’. Opbouwen telt mee."
    ]


def elsewhere(save, day, **columns):
    """Another meeting at the same venue, with a lunch in Kil an hour before the full workshop."""
    other = a_meeting(title="Kamer", venue=day.venue, **columns)
    lunch = an_item(other, ItemKind.LUNCH, title="Brood", room=day.kil, starts_at=START)
    save(other, lunch)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (
            {},
            "Zaal: ‘Wonen’ kan niet in zaal ‘Kil’: daar is dan ‘Brood’ van een andere "
            "bijeenkomst, ‘Kamer’.",
        ),
        ({"state": MeetingState.CANCELLED}, None),
    ],
)
def test_a_room_that_another_meeting_uses_is_refused(save, desk, day, columns, problem):
    elsewhere(save, day, **columns)

    answer = desk.post(day.at(day.full), data=form_of(day, setup_minutes="30"))

    assert problems(answer) == ([problem] if problem else [])


def test_a_closed_meeting_that_uses_the_room_stays_without_a_name(save, desk, day):
    body = a_body()
    elsewhere(save, day, openness=Openness.BESLOTEN, series=a_series(body=body))

    answer = desk.post(day.at(day.full), data=form_of(day, setup_minutes="30"))

    assert problems(answer) == [
        "Zaal: ‘Wonen’ kan niet in zaal ‘Kil’: die is dan van een besloten bijeenkomst."
    ]
    assert "Brood" not in answer.text
    assert "Kamer" not in answer.text


def test_clerks_of_two_meetings_cannot_take_one_room_together(save, desk, day):
    room = Room(name="Noord", capacity=90, venue_id=day.venue.id)
    save(room)
    other = a_meeting(venue=day.venue)
    save(other)
    pages = (day.page, f"/beheer/bijeenkomsten/{other.slug}/programma/")
    data = {
        "kind": "plenary",
        "title": "Plenair",
        **moment("starts_at", START),
        **moment("ends_at", START + HOUR),
        "room": str(room.public_id),
        "sign_up": "none",
    }

    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(desk.post, f"{page}nieuw/plenair/", data=data | {"key": key()})
            for page in pages
        ]

    assert sorted(one.result().status_code for one in sent) == [303, 422]


@pytest.mark.on_both
def test_set_up_is_kept_and_stands_in_the_form_again(desk, day):
    desk.post(day.at(day.full), data=form_of(day, setup_minutes="30"))

    assert hidden(desk.get(day.at(day.full)), "setup_minutes") == "30"


def test_more_places_than_seats_are_refused_at_the_field(desk, day):
    answer = desk.post(day.at(day.full), data=form_of(day, maximum="3"))

    assert problems(answer) == [
        "Aantal plekken: Het maximum van zaal ‘Kil’ is 2. Kies voor ‘Wonen’ niet meer plekken."
    ]


def test_a_maximum_below_who_is_placed_names_them(app, save, desk, day):
    choose(app, save, day, day.full, PLACED, PLACED)

    answer = desk.post(day.at(day.full), data=form_of(day, maximum="1"))

    assert problems(answer) == [
        "Aantal plekken: Er zijn al 2 plekken bezet. Kies een maximum van 2 of meer."
    ]
    assert [f"Persoon {n}" in answer.text for n in (1, 2)] == [True, True]


def test_names_are_not_shown_without_a_reason(app, save, desk, day):
    choose(app, save, day, day.full, PLACED, PLACED)

    assert "Persoon 1" not in desk.get(day.at(day.full)).text


def test_publishing_checks_the_rooms_too(app, desk, day):
    change(app, Meeting, day.meeting.id, state=MeetingState.CONCEPT)
    change(app, ProgrammeItem, day.quiet.id, room_id=day.kil.id)

    page = desk.get(day.page)

    assert "‘Werken’ kan niet in zaal ‘Kil’: daar is dan ‘Wonen’." in page.text
    assert "Het maximum van zaal ‘Kil’ is 2." in page.text


def test_the_editor_offers_more_room_when_people_wait(app, save, desk, day):
    before = desk.get(day.at(day.full)).text
    choose(app, save, day, day.full, PLACED, PLACED, WAITING)

    page = desk.get(day.at(day.full)).text

    assert "grotere-zaal" not in before
    assert "Vol, en 1\u00a0persoon wachten" not in before
    assert day.at(day.full, "grotere-zaal/") in page
    assert day.at(day.full, "tweede-sessie/") in page


@pytest.mark.on_both
def test_a_swap_moves_both_workshops_and_who_waits_moves_up(app, save, desk, day):
    choose(app, save, day, day.full, PLACED, PLACED, WAITING)
    data = {"offer": f"swap/{day.quiet.public_id}", "maximum": "30"}

    answer = desk.post(day.at(day.full, "grotere-zaal/"), data=data, follow_redirects=True)

    assert messages(answer) == [
        "‘Wonen’ staat nu in zaal Merwede.",
        "1 persoon van de wachtlijst heeft nu een plek.",
        "‘Werken’ gaat naar zaal Kil. Daar zijn nu 2 plekken.",
    ]
    assert stored(app, day.full) == ("Merwede", 30, 3, 0)
    assert stored(app, day.quiet) == ("Kil", 2, 0, 0)
    with app.app_context():
        assert db.session.scalars(sa.select(OutboxMail.kind)).all() == [MailKind.PLACE_GIVEN]


SWAP = "‘Werken’: daar zijn 0 mensen aangemeld, en die gaat naar Kil"


@pytest.mark.parametrize(
    ("maximum", "said"),
    [
        (40, f"{SWAP}, met 2 plekken in plaats van 40"),
        (2, SWAP),
    ],
)
def test_a_swap_says_beforehand_how_many_places_the_other_keeps(app, desk, day, maximum, said):
    change(app, ProgrammeItem, day.quiet.id, maximum=maximum)

    page = words(desk, day.at(day.full, "grotere-zaal/"))

    assert page.split("ruil met ")[1].split(" Aantal plekken")[0] == said


def test_a_free_room_takes_everybody_its_seats_allow(app, save, desk, day):
    choose(app, save, day, day.full, PLACED, PLACED, WAITING)
    hall = Room(name="Zaal", capacity=90, venue_id=day.venue.id)
    save(hall)
    data = {"offer": f"room/{hall.public_id}", "maximum": ""}

    desk.post(day.at(day.full, "grotere-zaal/"), data=data)

    assert stored(app, day.full) == ("Zaal", 90, 3, 0)
    assert stored(app, day.quiet) == ("Merwede", 40, 0, 0)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "Zaal: Kies een zaal."),
        ({"offer": "room/elders"}, "Zaal: Deze keuze bestaat niet. Kies uit de lijst."),
        ({"maximum": "41"}, "Aantal plekken: Het maximum van zaal ‘Merwede’ is 40."),
        ({"maximum": "1"}, "Aantal plekken: Er zijn al 2 plekken bezet."),
    ],
)
def test_a_larger_room_refuses_what_cannot_be(app, save, desk, day, data, problem):
    choose(app, save, day, day.full, PLACED, PLACED, WAITING)
    if "maximum" in data:
        data |= {"offer": f"swap/{day.quiet.public_id}"}

    answer = desk.post(day.at(day.full, "grotere-zaal/"), data=data)

    assert [one[: len(problem)] for one in problems(answer)] == [problem]
    assert stored(app, day.full) == ("Kil", 2, 2, 1)


def test_no_swap_with_a_workshop_that_does_not_fit_in_the_smaller_room(app, save, desk, day):
    choose(app, save, day, day.quiet, PLACED, PLACED, PLACED)

    page = desk.get(day.at(day.full, "grotere-zaal/"))

    assert "Er is op dit moment geen grotere zaal vrij" in page.text


@pytest.mark.on_both
def test_the_same_swap_sent_twice_swaps_once(app, save, desk, day):
    data = {"offer": f"swap/{day.quiet.public_id}", "maximum": "30"}
    desk.post(day.at(day.full, "grotere-zaal/"), data=data)

    answer = desk.post(day.at(day.full, "grotere-zaal/"), data=data)

    assert answer.status_code == 422
    assert stored(app, day.full)[0] == "Merwede"


def again(desk, day, slot, form_key):
    data = {"slot": slot, "key": form_key}
    return desk.post(day.at(day.full, "tweede-sessie/"), data=data)


def sessions(app, day):
    """(round, room, speakers, people) of every item with the title of a second session."""
    title = "Wonen (tweede sessie)"
    with app.app_context():
        found = db.session.scalars(sa.select(ProgrammeItem).filter_by(title=title))
        return [
            (one.round.title, one.room.name, [s.name for s in one.speakers], one.taken)
            for one in found
        ]


@pytest.mark.on_both
def test_a_second_session_is_made_once_and_moves_nobody(app, save, desk, day):
    choose(app, save, day, day.full, PLACED, PLACED, WAITING)
    form_key, slot = key(), f"{day.two.public_id}/{day.merwede.public_id}"

    answers = [again(desk, day, slot, form_key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert sessions(app, day) == [("Ronde 2", "Merwede", ["Anna Bakker"], 0)]
    assert stored(app, day.full) == ("Kil", 2, 2, 1)


@pytest.mark.filterwarnings("error::sqlalchemy.exc.SAWarning")
def test_a_second_session_of_somebody_from_the_list_is_stored_whole(app, save, desk, day):
    person = a_council_member()
    save(person)
    save(Speaker(item_id=day.full.id, person_id=person.id, name="Bo Vos", position=2))

    again(desk, day, f"{day.two.public_id}/{day.merwede.public_id}", key())

    assert sessions(app, day) == [("Ronde 2", "Merwede", ["Anna Bakker", "Bo Vos"], 0)]


def test_a_smaller_room_says_what_no_longer_fits(app, desk, day):
    page = f"/beheer/locaties/{day.venue.slug}/zalen/{day.merwede.public_id}/"
    seen = hidden(desk.get(page), "seen")
    data = {"name": "Merwede", "capacity": "20", "seen": seen}

    answer = desk.post(page, data=data, follow_redirects=True)

    assert [one.replace("\xa0", " ") for one in messages(answer)] == [
        "De zaal is bewaard.",
        "Let op: ‘Werken’ op 23 maart 2027 heeft 40 plekken en past niet meer in deze zaal van 20.",
    ]


def test_what_is_wrong_leads_to_where_it_can_be_mended(app, desk, day):
    change(app, Meeting, day.meeting.id, state=MeetingState.CONCEPT)
    change(app, ProgrammeItem, day.quiet.id, room_id=day.kil.id)

    found = links(desk, day.page)

    assert found["Kies een andere zaal"] == f"{day.at(day.quiet)}#item-{day.quiet.public_id}"


@pytest.mark.on_both
def test_a_second_session_only_where_a_room_is_free(app, desk, day):
    answer = again(desk, day, f"{day.one.public_id}/{day.merwede.public_id}", key())

    assert problems(answer) == ["Ronde en zaal: Deze keuze bestaat niet. Kies uit de lijst."]
    assert sessions(app, day) == []


def test_more_room_is_for_workshops(save, desk, day):
    lunch = an_item(day.meeting, ItemKind.LUNCH)
    save(lunch)

    answers = [desk.get(day.at(lunch, part)) for part in ("grotere-zaal/", "tweede-sessie/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def grown(save, day, count):
    """So many workshops more in the first round, each with a speaker, in a room of their own."""
    first = next(number)
    rooms = [
        Room(name=f"Zaal {first}.{n}", capacity=30, venue_id=day.venue.id) for n in range(count)
    ]
    save(*rooms, *(_one_more(day, room, position) for position, room in enumerate(rooms, 3)))


def _one_more(day, room, position):
    return ProgrammeItem(
        meeting_id=day.meeting.id,
        round_id=day.one.id,
        kind=ItemKind.WORKSHOP,
        title=f"Workshop {position}",
        starts_at=day.one.starts_at,
        ends_at=day.one.ends_at,
        room=room,
        position=position,
        sign_up=SignUp.LIMITED,
        maximum=10,
        speakers=[Speaker(name="Iemand", position=1)],
    )


@pytest.mark.on_both
@pytest.mark.parametrize("part", ["", "grotere-zaal/", "tweede-sessie/"])
def test_the_editor_takes_as_many_queries_for_ten_items_as_for_six_hundred(
    save, desk, day, count_queries, part
):
    def read():
        assert desk.get(day.at(day.full, part)).status_code == 200

    grown(save, day, 6)
    few = count_queries(read)
    grown(save, day, 600)

    assert count_queries(read) == few
