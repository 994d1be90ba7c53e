"""The demo's meetings: what stands where in its life, and that every count is right."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from kwartaal.amsterdam import amsterdam_date
from kwartaal.demo.days import after_making_ends_meet as after
from kwartaal.domain.snapshots import content_hash
from kwartaal.domain.working_days import is_working_day
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.attendance import AttendanceMark
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.moving import MeetingMove
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import OutboxMail, pending
from kwartaal.models.person import Person
from kwartaal.models.planned_publication import PlannedPublication
from kwartaal.models.programme import ItemKind, ProgrammeItem
from kwartaal.models.publication import Publication
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from kwartaal.models.series import Series
from kwartaal.models.visibility import OUTSIDER, Sight, Viewer, visible_meetings
from tests.conftest import NOON

TODAY = date(2027, 3, 10)
QUARTERLY = "kwartaalbijeenkomsten"
LEFT_TO_REGISTER = (
    "raadslid@papendrecht.example",
    "ondernemer@bedrijf.example",
    "gast@gorinchem.example",
)


def quarterly(stored: Session) -> list[Meeting]:
    statement = sa.select(Meeting).join(Series).where(Series.slug == QUARTERLY)
    return list(stored.scalars(statement.order_by(Meeting.starts_at)))


def held(stored: Session) -> Meeting:
    return quarterly(stored)[1]


def coming(stored: Session) -> Meeting:
    return quarterly(stored)[2]


def viewer(stored: Session, email: str) -> Viewer:
    return Viewer(stored.scalar(sa.select(Person.id).where(Person.email == email)))


def seen_titles(stored: Session, who: Viewer) -> list[str]:
    rows = stored.execute(visible_meetings(who, TODAY)).all()
    return [meeting.title for meeting, sight in rows if sight == Sight.FULL]


def test_kwartaalbijeenkomsten_stand_at_every_point_of_their_life(stored: Session) -> None:
    states = [(one.state, one.ends_at < NOON) for one in quarterly(stored)]

    assert states == [
        (MeetingState.PUBLISHED, True),
        (MeetingState.PUBLISHED, True),
        (MeetingState.PUBLISHED, False),
        (MeetingState.CONCEPT, False),
        (MeetingState.ANNOUNCED, False),
        (MeetingState.ANNOUNCED, False),
    ]


def test_they_go_round_the_municipalities(stored: Session) -> None:
    towns = [meeting.venue.town for meeting in quarterly(stored)]

    assert len(set(towns)) == 6


def test_each_programme_has_plenary_parts_rounds_and_a_meal_or_drinks(stored: Session) -> None:
    for meeting in quarterly(stored)[:4]:
        kinds = Counter(
            stored.scalars(
                sa.select(ProgrammeItem.kind).where(ProgrammeItem.meeting_id == meeting.id)
            )
        )

        assert (kinds[ItemKind.PLENARY], kinds[ItemKind.ROUND], kinds[ItemKind.WORKSHOP]) == (
            2,
            2,
            8,
        )
        assert kinds[ItemKind.LUNCH] + kinds[ItemKind.DRINKS] >= 1


def test_the_first_one_says_that_its_day_is_invented(stored: Session) -> None:
    first = quarterly(stored)[0]

    assert first.starts_at.date() == date(2021, 11, 9)
    assert "De dag, de tijden, de zalen en de sprekers op deze pagina zijn bedacht" in first.note


def test_the_next_one_takes_registrations_now(stored: Session) -> None:
    assert coming(stored).takes_registrations(NOON)


def test_the_next_one_is_partly_filled_with_one_workshop_full(stored: Session) -> None:
    meeting = coming(stored)
    items = stored.scalars(sa.select(ProgrammeItem).where(ProgrammeItem.meeting_id == meeting.id))
    full = [item for item in items if item.maximum and not item.has_room]

    assert (meeting.taken, meeting.waiting) == (110, 0)
    assert [(item.taken, item.waiting) for item in full] == [(24, 6)]


def test_counters_of_items_equal_their_choices(stored: Session) -> None:
    counted = Counter(
        (item_id, state)
        for item_id, state in stored.execute(sa.select(Choice.item_id, Choice.state))
    )
    items = stored.scalars(sa.select(ProgrammeItem)).all()

    assert [(i.taken, i.waiting) for i in items] == [
        (counted[i.id, ChoiceState.PLACED], counted[i.id, ChoiceState.WAITING]) for i in items
    ]


def test_counters_of_meetings_equal_their_registrations(stored: Session) -> None:
    statement = sa.select(Registration.meeting_id, Registration.state)
    counted = Counter((meeting_id, state) for meeting_id, state in stored.execute(statement))
    meetings = stored.scalars(sa.select(Meeting)).all()

    assert [(m.taken, m.waiting) for m in meetings] == [
        (counted[m.id, RegistrationState.PLACED], counted[m.id, RegistrationState.WAITING])
        for m in meetings
    ]


def test_all_groups_come_to_the_next_one(stored: Session) -> None:
    statement = sa.select(Registration.audience).where(
        Registration.meeting_id == coming(stored).id,
        Registration.state == RegistrationState.PLACED,
    )

    assert len(set(stored.scalars(statement))) == 7


def test_who_tries_the_demo_is_not_registered_yet(stored: Session) -> None:
    statement = (
        sa.select(Person.email)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.meeting_id == coming(stored).id, Person.email.in_(LEFT_TO_REGISTER))
    )

    assert list(stored.scalars(statement)) == []


def test_a_council_member_has_a_place_in_the_full_workshop(stored: Session) -> None:
    statement = (
        sa.select(Choice.state)
        .join(Choice.registration)
        .join(Choice.item)
        .join(Person, Person.id == Registration.person_id)
        .where(Person.email == "raadslid@sliedrecht.example", ProgrammeItem.waiting > 0)
    )

    assert list(stored.scalars(statement)) == [ChoiceState.PLACED]


def test_attendance_of_the_last_one_has_presence_no_shows_and_walk_ins(stored: Session) -> None:
    meeting = held(stored)
    registrations = stored.scalars(
        sa.select(Registration).where(Registration.meeting_id == meeting.id)
    ).all()
    marked = set(stored.scalars(sa.select(AttendanceMark.registration_id)))
    present = Counter(one.state for one in registrations if one.id in marked)

    assert Counter(one.state for one in registrations) == {
        RegistrationState.PLACED: 120,
        RegistrationState.WITHDRAWN: 2,
        RegistrationState.WALK_IN: 4,
    }
    assert 90 <= present[RegistrationState.PLACED] <= 115
    assert present[RegistrationState.WALK_IN] == 4


def test_an_old_list_keeps_the_office_of_who_left_since(stored: Session) -> None:
    statement = (
        sa.select(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.office_name == "wethouder", Registration.meeting_id == held(stored).id)
    )
    left = [one for one in stored.scalars(statement) if not one.person.offices_on(TODAY)]

    assert [one.organisation_name for one in left] == ["Hardinxveld-Giessendam"]


def test_every_version_has_the_hash_of_its_content(stored: Session) -> None:
    versions = stored.scalars(sa.select(Publication)).all()

    assert [one.content_hash for one in versions] == [content_hash(one.content) for one in versions]


def test_the_griffie_publishes_on_working_days(stored: Session) -> None:
    days = {
        amsterdam_date(moment) for moment in stored.scalars(sa.select(Publication.published_at))
    }

    assert [day for day in days if not is_working_day(day)] == []


def test_the_agenda_of_the_next_one_was_published_twice(stored: Session) -> None:
    numbers = stored.scalars(
        sa.select(Publication.number)
        .where(Publication.meeting_id == coming(stored).id)
        .order_by(Publication.number)
    ).all()

    assert numbers == [0, 1, 2]


def test_one_item_of_a_public_agenda_is_closed(stored: Session) -> None:
    closed = stored.scalars(
        sa.select(AgendaItem).where(
            AgendaItem.meeting_id == coming(stored).id, AgendaItem.openness == Openness.BESLOTEN
        )
    ).all()

    assert [(item.title, item.shows_title) for item in closed] == [
        ("Nabespreking met sprekers en gespreksleiders", False)
    ]


def test_outsiders_see_kwartaalbijeenkomsten_and_nothing_else(stored: Session) -> None:
    public = [one.title for one in quarterly(stored) if one.state != MeetingState.CONCEPT]

    assert sorted(seen_titles(stored, OUTSIDER)) == sorted(public)


def test_a_member_of_a_college_sees_the_closed_history(stored: Session) -> None:
    titles = seen_titles(stored, viewer(stored, "wethouder@zwijndrecht.example"))

    assert {
        "Eerste collegeconferentie",
        "Tweede collegeconferentie",
        "Digitale casus-sessie",
        "Derde collegeconferentie: de voorkeursvariant",
        "Bestuurlijke Transitie Stand-up",
    } <= set(titles)


def test_the_history_is_closed_and_on_the_days_of_the_letters(stored: Session) -> None:
    statement = sa.select(Meeting).where(
        Meeting.starts_at < NOON.replace(year=2022), Meeting.openness == Openness.BESLOTEN
    )
    days = [meeting.starts_at.date() for meeting in stored.scalars(statement)]

    assert sorted(days) == [
        date(2020, 2, 14),
        date(2020, 7, 3),
        date(2020, 10, 6),
        date(2020, 10, 27),
        date(2021, 4, 6),
        date(2021, 4, 26),
        date(2021, 6, 28),
        date(2021, 9, 6),
        date(2021, 11, 15),
    ]


def test_of_one_body_outsiders_know_the_date(stored: Session) -> None:
    rows = stored.execute(visible_meetings(OUTSIDER, TODAY)).all()

    assert [m.series.name for m, sight in rows if sight == Sight.DATE_ONLY] == ["PFO Sociaal"]


def test_only_the_mails_of_the_last_day_still_have_to_go(stored: Session) -> None:
    statement = sa.select(sa.func.count(OutboxMail.id)).where(*pending())

    assert 1 <= stored.scalar(statement) <= 12


def test_after_the_held_one_everything_is_on_the_site(region: Flask, stored: Session) -> None:
    page = f"/bijeenkomsten/{held(stored).slug}/"
    client = region.test_client()
    recap = client.get(f"{page}vlugschrift/").text

    assert "Wat de tafels noemden" in client.get(f"{page}verslag/").text
    assert [one in recap for one in ("Eén gesprek aan de keukentafel", "Wie er was")] == [True] * 2
    shown = client.get(page).text
    wanted = (after.RECORDING, *(paper.title for paper in after.PRESENTATIONS))
    assert [one in shown for one in wanted] == [True] * 3


def test_one_was_moved_and_says_so(stored: Session) -> None:
    moves = stored.scalars(sa.select(MeetingMove)).all()
    announced = quarterly(stored)[4]

    assert [move.meeting for move in moves] == [announced]
    before = datetime.fromisoformat(moves[0].before["starts_at"])
    assert abs(amsterdam_date(before) - amsterdam_date(announced.starts_at)) == timedelta(days=7)


def test_the_concept_is_planned_to_be_published(stored: Session) -> None:
    plans = stored.scalars(sa.select(PlannedPublication)).all()

    assert [(one.meeting, one.is_open, one.publish_at > NOON) for one in plans] == [
        (quarterly(stored)[3], True, True)
    ]


def test_the_programme_of_the_next_one_says_what_changed(region: Flask, stored: Session) -> None:
    page = region.test_client().get(f"/bijeenkomsten/{coming(stored).slug}/").text

    assert (page.count("Gewijzigd: "), "Gewijzigd: spreker" in page) == (1, True)
