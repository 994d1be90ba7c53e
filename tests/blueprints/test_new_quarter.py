"""Nieuw kwartaal: a concept after the example of a meeting, without its people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from kwartaal.db import db
from kwartaal.models.agenda import AgendaItem, agenda_of
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Role
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker, programme_of
from kwartaal.models.published import load_latest
from kwartaal.models.venue import Room
from tests.desk_pages import key, messages, problems, shown
from tests.factories import (
    START,
    a_body,
    a_council_member,
    a_meeting,
    a_round,
    a_series,
    a_venue,
    a_workshop,
    an_agenda_item,
    an_item,
    staff,
)
from tests.publishing import store_announced
from tests.reading import words

HOUR = timedelta(hours=1)
NIGHT = datetime(2027, 3, 21, 1, tzinfo=UTC)  # 2.00 in Amsterdam, a week before that is skipped
UTC_NOON_IN_SUMMER = datetime(2027, 6, 22, 10, 0, tzinfo=UTC)  # 12.00 in Amsterdam


@pytest.fixture
def desk(save, browser_of):
    clerk = staff(Role.ORGANISATOR)
    save(clerk)
    return browser_of(clerk)


@pytest.fixture
def series(save):
    series = a_series(slug="kwartaal")
    save(series)
    return series


@pytest.fixture
def kil():
    return Room(name="Kil", capacity=30)


@pytest.fixture
def venue(save, kil):
    venue = a_venue(rooms=[kil])
    save(venue)
    return venue


@pytest.fixture
def last(save, series, venue, kil):
    """A published winter day with a round, a workshop with a speaker, lunch and an agenda."""
    meeting = a_meeting(
        series=series,
        title="Wonen in de regio",
        introduction="Wij praten over wonen.",
        note="De dag is onder voorbehoud.",
        venue=venue,
        audiences=(Audience.RAAD, Audience.COLLEGE),
        maximum=200,
        taken=3,
    )
    round_ = a_round(meeting, 1, title="Ronde 1")
    workshop = a_workshop(
        round_, 20, title="Bouwen", theme="Wonen", room=kil, position=1, taken=2, setup_minutes=15
    )
    workshop.description = "Waar bouwen wij?"
    workshop.speakers = [
        Speaker(name="Loes Bakker", person=a_council_member(), position=1),
        Speaker(name="Iemand van buiten", position=2),
    ]
    lunch = an_item(meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
    save(meeting, round_, workshop, lunch, an_agenda_item(meeting))
    return meeting


def at(meeting):
    return f"/beheer/bijeenkomsten/{meeting.slug}/nieuw-kwartaal/"


def make(desk, meeting, **changes):
    data = {"title": "Werken in de regio", "day": "2027-06-22", "key": key()} | changes
    return desk.post(at(meeting), data=data, follow_redirects=True)


def others(meeting):
    return db.session.scalars(sa.select(Meeting).where(Meeting.id != meeting.id)).all()


def told(item):
    """What an item says, with its room, round and places."""
    return (
        item.kind,
        item.title,
        item.description,
        item.theme,
        item.room.name if item.room else None,
        item.round.title if item.round else None,
        item.setup_minutes,
        item.sign_up,
        item.maximum,
    )


def test_the_form_suggests_the_same_title_and_weekday(desk, last):
    page = desk.get(at(last))

    assert (shown(page, "title"), shown(page, "day")) == ("Wonen in de regio", "2027-06-22")


def test_texts_place_and_terms_come_along_at_the_same_time_of_day(app, desk, last):
    answer = make(desk, last)

    assert messages(answer) == ["‘Werken in de regio’ is bewaard als concept."]
    with app.app_context():
        (new,) = others(last)
        assert (new.state, new.slug) == (MeetingState.CONCEPT, "werken-in-de-regio-2027-06-22")
        assert new.starts_at == UTC_NOON_IN_SUMMER
        assert new.ends_at == UTC_NOON_IN_SUMMER + 6 * HOUR
        assert (new.introduction, new.note) == ("Wij praten over wonen.", "")
        assert (new.venue_id, new.series_id) == (last.venue_id, last.series_id)
        assert new.admitted == {Audience.RAAD, Audience.COLLEGE}
        assert (new.maximum, new.taken, new.waiting) == (200, 0, 0)


def test_moments_of_registering_move_along_on_the_clock_of_amsterdam(app, desk, last):
    make(desk, last)

    with app.app_context():
        (new,) = others(last)
        opens, closes = new.registration_opens_at, new.registration_closes_at
        # 40 and 4 days before at 12.00, which is an hour earlier in UTC in summer.
        assert (opens, closes) == (
            UTC_NOON_IN_SUMMER - timedelta(days=40),
            UTC_NOON_IN_SUMMER - timedelta(days=4),
        )


def test_the_usual_moments_become_those_of_the_new_day(app, save, desk):
    noon_before = datetime(2027, 3, 22, 11, tzinfo=UTC)
    meeting = a_meeting(registration_closes_at=noon_before, promotes_until=noon_before)
    save(meeting)

    make(desk, meeting, day="2027-05-18")  # the day after Whit Monday

    with app.app_context():
        (new,) = others(meeting)
        friday = datetime(2027, 5, 14, 10, tzinfo=UTC)
        assert (new.registration_closes_at, new.promotes_until) == (friday, friday)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, "‘Nachtdebat’ valt in het uur dat de klok vooruitgaat. Kies een andere dag."),
        (
            {"registration_opens_at": NIGHT - timedelta(days=7)},
            "Een tijdstip van het aanmelden valt in het uur dat de klok vooruitgaat. "
            "Kies een andere dag.",
        ),
    ],
)
def test_what_would_come_in_the_skipped_hour_is_said_at_the_day(app, save, desk, columns, sentence):
    """2.00 to 3.00 on 28 March 2027 is no time at all."""
    meeting = a_meeting(title="Nacht", starts_at=NIGHT - HOUR, **columns)
    part = an_item(meeting, title="Nachtdebat", starts_at=NIGHT, ends_at=NIGHT + 2 * HOUR)
    save(meeting, part)
    day = "2027-04-04" if columns else "2027-03-28"

    answer = make(desk, meeting, day=day)

    assert (answer.status_code, problems(answer)) == (422, [f"Datum: {sentence}"])
    with app.app_context():
        assert (others(meeting), len(programme_of(meeting.id))) == ([], 1)


def test_the_programme_comes_along_with_new_identities_and_nobody_in_it(app, desk, last):
    make(desk, last)

    with app.app_context():
        (new,) = others(last)
        before, after = programme_of(last.id), programme_of(new.id)
        assert [told(item) for item in after] == [told(item) for item in before]
        assert [item.starts_at - new.starts_at for item in after] == [
            item.starts_at - last.starts_at for item in before
        ]
        assert {(item.taken, item.waiting, len(item.speakers)) for item in after} == {(0, 0, 0)}
        for name in ("id", "public_id", "uid"):
            assert not {getattr(i, name) for i in before} & {getattr(i, name) for i in after}
        assert new.uid != last.uid


@pytest.mark.on_both
def test_no_people_and_no_agenda_come_along(app, desk, last):
    make(desk, last)

    with app.app_context():
        (new,) = others(last)
        assert agenda_of(new.id) == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Speaker)) == 2
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AgendaItem)) == 1


def test_the_same_form_sent_twice_makes_one(app, desk, last):
    form_key = key()

    answers = [make(desk, last, key=form_key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    with app.app_context():
        assert len(others(last)) == 1


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"title": ""}, "Titel: Vul een titel in."),
        ({"day": ""}, "Datum: Vul een datum in."),
        ({"day": "2027-02-30"}, "Datum: Deze datum bestaat niet."),
        ({"day": "2027-03-09"}, "Datum: Deze datum is al geweest."),
        ({"day": "2027-03-10"}, "Datum: Kies een datum na vandaag."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(app, desk, last, wrong, problem):
    answer = make(desk, last, **wrong)

    assert (answer.status_code, problems(answer)) == (422, [problem])
    with app.app_context():
        assert others(last) == []
        assert len(db.session.scalars(sa.select(ProgrammeItem)).all()) == 3


def test_a_meeting_one_may_not_prepare_is_not_there(save, browser_of, last):
    member = a_council_member()
    save(member)

    assert browser_of(member).get(at(last)).status_code == 404


@pytest.mark.on_both
def test_the_key_of_a_meeting_one_may_not_see_tells_nothing(save, desk, last):
    closed = a_meeting(series=a_series(body=a_body()), openness=Openness.BESLOTEN)
    save(closed)

    data = {"title": "Werken", "day": "2027-06-22", "key": str(closed.public_id)}
    answer = desk.post(at(last), data=data)

    assert (answer.status_code, "Location" in answer.headers) == (404, False)


def an_empty_one(save, series, **columns):
    """A meeting of the series on 22 June, with a date and no programme."""
    columns = {"starts_at": UTC_NOON_IN_SUMMER, "state": MeetingState.ANNOUNCED} | columns
    target = a_meeting(title="Juni", series=series, **columns)
    save(target)
    return target


def take_over(desk, target, last, **more):
    path = f"/beheer/bijeenkomsten/{target.slug}/overnemen"
    return desk.post(path, data={"van": str(last.public_id), **more}, follow_redirects=True)


def test_an_announced_date_takes_the_programme_over(app, save, desk, series, last):
    target = an_empty_one(save, series)

    page = desk.get(at(last))
    answer = take_over(desk, target, last)

    assert f"/beheer/bijeenkomsten/{target.slug}/overnemen" in page.text
    assert messages(answer) == ["Het programma is overgenomen."]
    with app.app_context():
        now, items = db.session.get_one(Meeting, target.id), programme_of(target.id)
        assert (now.title, now.introduction) == ("Juni", "Wij praten over wonen.")
        assert (now.state, now.maximum) == (MeetingState.ANNOUNCED, 200)
        assert [item.title for item in items] == ["Lunch", "Ronde 1", "Bouwen"]
        assert items[0].starts_at == UTC_NOON_IN_SUMMER
        assert [item.room for item in items] == [None] * 3  # it is somewhere else


def test_a_place_that_was_to_follow_comes_along_with_its_rooms(app, save, desk, series, last):
    target = an_empty_one(save, series, venue=None)

    take_over(desk, target, last)

    with app.app_context():
        now = db.session.get_one(Meeting, target.id)
        assert (now.venue_id, programme_of(target.id)[2].room.name) == (last.venue_id, "Kil")


def test_a_concept_takes_the_hours_over_when_the_programme_would_not_fit(
    app, save, desk, series, last
):
    evening = {"starts_at": UTC_NOON_IN_SUMMER + 6 * HOUR, "state": MeetingState.CONCEPT}
    target = an_empty_one(save, series, **evening)

    answer = take_over(desk, target, last)

    assert messages(answer) == ["Het programma is overgenomen."]
    assert hours(app, target) == (UTC_NOON_IN_SUMMER, UTC_NOON_IN_SUMMER + 6 * HOUR)


def hours(app, meeting):
    with app.app_context():
        now = db.session.get_one(Meeting, meeting.id)
        return now.starts_at, now.ends_at


def an_announced_evening(app, series):
    start = UTC_NOON_IN_SUMMER + 6 * HOUR
    return store_announced(app, a_meeting(title="Juni", series=series, starts_at=start))


def test_announced_hours_change_for_readers_too_when_the_griffie_takes_over(
    app, save, browser_of, series, last
):
    clerk = staff()
    save(clerk)
    target, desk = an_announced_evening(app, series), browser_of(clerk)
    page = words(desk, at(last))

    take_over(desk, target, last, tijd="mee")

    new = (UTC_NOON_IN_SUMMER, UTC_NOON_IN_SUMMER + 6 * HOUR)
    assert "De tijden worden 12.00 tot 18.00 uur, zoals bij deze bijeenkomst." in page
    assert hours(app, target) == new
    with app.app_context():
        public = load_latest(db.session.get_one(Meeting, target.id))
        assert (public.starts_at, public.ends_at) == new
        assert len(programme_of(target.id)) == 3


def test_an_organiser_does_not_change_announced_hours(app, desk, series, last):
    target = an_announced_evening(app, series)
    page = desk.get(at(last)).text

    answer = take_over(desk, target, last, tijd="mee")

    assert f"{target.slug}/overnemen" not in page
    assert messages(answer) == ["‘Lunch’ valt buiten de tijd van de bijeenkomst."]


def test_what_was_cancelled_and_second_sessions_do_not_come_along(app, save, desk, last):
    with app.app_context():
        round_ = db.session.scalars(sa.select(ProgrammeItem).filter_by(title="Ronde 1")).one()
        round_id, round_now = round_.id, (round_.starts_at, round_.ends_at)
        full = db.session.scalars(sa.select(ProgrammeItem).filter_by(title="Bouwen")).one()
    about = {"meeting_id": last.id, "round_id": round_id, "kind": ItemKind.WORKSHOP, "position": 5}
    times = {"starts_at": round_now[0], "ends_at": round_now[1]}
    off = ProgrammeItem(title="Een lege school", cancelled_at=START, **about, **times)
    save(off, ProgrammeItem(title="Bouwen in de middag", repeats=full.id, **about, **times))

    make(desk, last)

    with app.app_context():
        (new,) = others(last)
        assert [item.title for item in programme_of(new.id)] == ["Lunch", "Ronde 1", "Bouwen"]


def test_the_form_shows_what_the_series_has_planned(save, desk, series, last):
    save(a_meeting(series=series, starts_at=START + timedelta(days=91)))
    save(a_meeting(starts_at=START + timedelta(days=92)))
    there, elsewhere = (f"{START + timedelta(days=days):%-d}" for days in (91, 92))

    page = desk.get(at(last)).text.replace("\u00a0", " ").replace("&nbsp;", " ")
    card = page.partition('id="known-heading"')[2].partition("</ul>")[0]

    assert (f" {there} juni 2027" in card, f" {elsewhere} juni 2027" in card) == (True, False)


def test_a_day_on_which_the_series_meets_is_refused(save, desk, series, last):
    taken = a_meeting(series=series, starts_at=START + timedelta(days=91))
    save(taken)

    answer = make(desk, last, day=f"{taken.starts_at:%Y-%m-%d}")

    assert answer.status_code == 422
    assert "Op deze dag is al een bijeenkomst van deze reeks." in answer.text


def test_a_maximum_below_who_has_a_place_is_said(app, save, desk, series, last):
    target = an_empty_one(save, series, state=MeetingState.PUBLISHED, maximum=None, taken=201)

    answer = take_over(desk, target, last)

    assert messages(answer) == ["Er zijn al 201 plekken bezet. Kies een maximum van 201 of meer."]
    with app.app_context():
        assert programme_of(target.id) == []


def test_rooms_come_along_to_a_date_at_the_same_venue(app, save, desk, series, venue, last):
    target = an_empty_one(save, series, venue=venue)

    take_over(desk, target, last)

    with app.app_context():
        assert programme_of(target.id)[2].room.name == "Kil"


@pytest.mark.on_both
def test_a_programme_that_is_there_stays(app, save, desk, series, last):
    target = an_empty_one(save, series)

    answers = [take_over(desk, target, last) for _ in range(2)]

    assert messages(answers[1]) == ["Deze bijeenkomst heeft al een programma."]
    with app.app_context():
        assert len(programme_of(target.id)) == 3


def test_a_programme_that_does_not_fit_in_the_day_is_refused(app, save, desk, series, last):
    target = an_empty_one(save, series, ends_at=UTC_NOON_IN_SUMMER + HOUR)

    answer = take_over(desk, target, last)

    assert messages(answer) == ["‘Ronde 1’ valt buiten de tijd van de bijeenkomst."]
    with app.app_context():
        assert programme_of(target.id) == []


@pytest.mark.on_both
def test_only_meetings_of_one_series_take_over_from_each_other(save, desk, last):
    other = a_meeting()
    save(other)

    assert take_over(desk, other, last).status_code == 404


@pytest.mark.on_both
def test_the_series_leads_to_its_last_meeting_with_a_programme(save, browser_of, series, last):
    clerk = staff()
    later = a_meeting(series=series, starts_at=START + 24 * HOUR)
    save(clerk, an_item(later), a_meeting(series=series, starts_at=START + 48 * HOUR))

    assert at(later) in browser_of(clerk).get("/beheer/reeksen/kwartaal/").text
