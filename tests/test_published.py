"""A version as its readers see it: frozen texts, the places and the openness of now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from kwartaal.db import db
from kwartaal.domain.snapshots import snapshot
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp
from kwartaal.models.published import (
    PublishedAgendaItem,
    PublishedMeeting,
    PublishedPlaces,
    Reader,
    agenda_times,
    load_published,
    load_version,
    read_content,
)
from kwartaal.models.visibility import OUTSIDER, Viewer
from tests.conftest import NOON
from tests.factories import (
    START,
    a_body,
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
from tests.publishing import change, publish, store, store_announced

TODAY = date(2027, 3, 10)


@pytest.fixture
def read(app: Flask) -> Callable[..., PublishedMeeting]:
    """The latest version of a stored meeting, as one reader sees it."""

    def _read(meeting: Meeting, viewer: Viewer = OUTSIDER) -> PublishedMeeting:
        with app.app_context():
            published = load_published(db.session.get_one(Meeting, meeting.id), viewer, TODAY)
            assert published is not None
            return published

    return _read


def points(published: PublishedMeeting) -> list[tuple[int | str, str | None, str | None, bool]]:
    return [(p.number, p.title, p.text, p.is_closed) for p in published.agenda]


def test_texts_stay_as_published_when_the_draft_changes(app, read):
    meeting = store(app, a_meeting(title="Zoals gepubliceerd", introduction="Eerst"))
    change(app, Meeting, meeting.id, title="Nieuw in concept", introduction="Later")

    published = read(meeting)

    assert (published.number, published.title, published.introduction) == (
        1,
        "Zoals gepubliceerd",
        "Eerst",
    )


def test_places_are_those_of_now(app, read):
    meeting = a_meeting()
    round_ = a_round(meeting)
    workshop = a_workshop(round_, 20)
    store(app, meeting, round_, workshop)
    change(app, ProgrammeItem, workshop.id, maximum=25, taken=22, waiting=0)

    assert read(meeting).workshops[0].places == PublishedPlaces(25, 22, 0, 3)


def test_nobody_passes_who_waits(app, read):
    meeting = a_meeting()
    round_ = a_round(meeting)
    workshop = a_workshop(round_, 20)
    store(app, meeting, round_, workshop)
    change(app, ProgrammeItem, workshop.id, taken=19, waiting=1)

    places = read(meeting).workshops[0].places

    assert places is not None
    assert (places.free, places.is_full) == (0, True)


def test_an_item_takes_sign_up_when_published_so_and_still_so(app, read):
    meeting = a_meeting()
    lunch = an_item(meeting, ItemKind.LUNCH, sign_up=SignUp.OPEN)
    drinks = an_item(meeting, ItemKind.DRINKS, sign_up=SignUp.OPEN)
    plenary = an_item(meeting)
    store(app, meeting, lunch, drinks, plenary)
    change(app, ProgrammeItem, drinks.id, sign_up=SignUp.NONE)
    change(app, ProgrammeItem, plenary.id, sign_up=SignUp.OPEN)

    assert [item.id for item in read(meeting).offered] == [lunch.id]


def test_an_item_added_to_the_draft_is_not_read(app, save, read):
    meeting = store(app, a_meeting())
    save(ProgrammeItem(**_columns_of(meeting, title="Alleen in concept")))

    assert [item.title for item in read(meeting).items] == ["Opening"]


def _columns_of(meeting: Meeting, **columns: object) -> dict[str, object]:
    period = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    return {"meeting_id": meeting.id, "kind": ItemKind.PLENARY} | period | columns


def test_an_item_taken_out_of_the_draft_is_read_but_takes_no_sign_up(app, read):
    meeting = a_meeting()
    lunch = an_item(meeting, ItemKind.LUNCH, title="Lunch", sign_up=SignUp.OPEN)
    store(app, meeting, lunch)
    with app.app_context():
        db.session.delete(db.session.get_one(ProgrammeItem, lunch.id))
        db.session.commit()

    published = read(meeting)

    assert [(item.title, item.places) for item in published.items] == [("Lunch", None)]


def test_an_announcement_has_date_and_place_only(app, read):
    venue = a_venue(name="De Werfzaal", town="Sliedrecht")
    meeting = a_meeting(title="Maart", introduction="Nog niet", note="Verzonnen dag", venue=venue)
    store_announced(app, meeting)

    published = read(meeting)

    assert (published.is_announcement, published.title, published.note) == (
        True,
        "Maart",
        "Verzonnen dag",
    )
    assert (published.introduction, published.items, published.agenda) == ("", (), ())
    assert (published.starts_at, published.place) == (START, "De Werfzaal, Sliedrecht")


def test_a_concept_has_nothing_to_read(app, save):
    meeting = a_meeting()
    save(meeting)

    with app.app_context():
        assert load_published(db.session.get_one(Meeting, meeting.id)) is None


def test_a_closed_point_is_a_number_to_outsiders(app, read):
    meeting = a_meeting()
    closed = an_agenda_item(
        meeting, title="Geheim", text="Tekst", minutes=10, openness=Openness.BESLOTEN
    )
    store(app, meeting, an_item(meeting), closed)

    (point,) = read(meeting).agenda

    assert point == PublishedAgendaItem(
        number=1,
        public_id=str(closed.public_id),
        is_closed=True,
        title=None,
        text=None,
        purpose=None,
        minutes=None,
        starts_at=None,
    )


@pytest.mark.parametrize("openness", [Openness.DATUM, Openness.BESLOTEN])
def test_the_title_of_a_closed_point_shows_when_the_griffie_says_so(app, read, openness):
    meeting = a_meeting()
    closed = an_agenda_item(
        meeting, title="Mag gelezen", text="Niet", openness=openness, shows_title=True
    )
    store(app, meeting, an_item(meeting), closed)

    assert points(read(meeting)) == [(1, "Mag gelezen", None, True)]


def test_openness_is_read_live_in_a_version_that_is_out(app, read):
    meeting = a_meeting()
    point = an_agenda_item(meeting, title="Eerst open", text="Tekst")
    store(app, meeting, an_item(meeting), point)
    change(app, AgendaItem, point.id, openness=Openness.BESLOTEN)

    assert points(read(meeting)) == [(1, None, None, True)]


def test_a_point_taken_out_of_the_draft_keeps_its_openness_in_the_version(app, read):
    meeting = a_meeting()
    open_, closed = (
        an_agenda_item(meeting, title="Open", text="A", position=1),
        an_agenda_item(meeting, title="Dicht", text="B", position=2, openness=Openness.BESLOTEN),
    )
    store(app, meeting, an_item(meeting), open_, closed)
    for point in (open_, closed):
        change(app, AgendaItem, point.id, removed=True)

    assert points(read(meeting)) == [(1, "Open", "A", False), (2, None, None, True)]


def test_a_point_whose_row_is_gone_is_closed(app, read):
    meeting = a_meeting()
    point = an_agenda_item(meeting, title="Weg", text="Weg")
    store(app, meeting, an_item(meeting), point)
    with app.app_context():
        db.session.delete(db.session.get_one(AgendaItem, point.id))
        db.session.commit()

    assert points(read(meeting)) == [(1, None, None, True)]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("member", True), ("ended member", False), ("outsider", False), ("griffie", False)],
)
def test_a_closed_point_of_a_body_is_for_members(app, save, read, who, sees):
    body = a_body()
    person = staff() if who == "griffie" else a_person()
    meeting = a_meeting(series=a_series(body=body))
    point = an_agenda_item(meeting, title="Dicht", text="Tekst", openness=Openness.BESLOTEN)
    parts = [an_item(meeting), point, person]
    if "member" in who:
        ends_on = TODAY - timedelta(days=1) if who == "ended member" else None
        parts.append(a_membership(person, body, ends_on=ends_on))
    store(app, meeting, *parts)

    viewer = Viewer(person.id, prepares_meetings=who == "griffie")

    assert points(read(meeting, viewer)) == [
        (1, "Dicht" if sees else None, "Tekst" if sees else None, True)
    ]


def test_a_closed_point_without_a_body_is_for_who_prepares_the_meeting(app, read):
    meeting = a_meeting()
    organiser = staff()
    point = an_agenda_item(meeting, title="Dicht", text="Tekst", openness=Openness.BESLOTEN)
    store(app, meeting, an_item(meeting), point, organiser)

    assert points(read(meeting, Viewer(organiser.id, prepares_meetings=True))) == [
        (1, "Dicht", "Tekst", True)
    ]


def test_every_version_can_be_read_by_its_number(app):
    meeting = store(app, a_meeting(title="Een"))
    change(app, Meeting, meeting.id, title="Twee")
    publish(app, meeting, NOON + timedelta(hours=1))

    with app.app_context():
        stored = db.session.get_one(Meeting, meeting.id)
        versions = [load_version(stored, number, OUTSIDER, TODAY) for number in (0, 1, 2, 3)]

    assert [version and version.title for version in versions] == [None, "Een", "Twee", None]


@pytest.mark.parametrize("count", [3, 60])
def test_reading_takes_four_queries_at_any_size(app, count_queries, count):
    meeting = a_meeting(series=a_series(body=a_body()))
    round_ = a_round(meeting)
    parts = [a_workshop(round_) for _ in range(count)]
    points = [an_agenda_item(meeting, openness=Openness.BESLOTEN) for _ in range(count)]
    person = a_person()
    store(app, meeting, round_, *parts, *points, person)

    with app.app_context():
        stored = db.session.get_one(Meeting, meeting.id)
        assert stored.series.body is not None
        queries = count_queries(lambda: load_published(stored, Viewer(person.id), TODAY))

    assert queries == 4


def a_preview(*items: ProgrammeItem, agenda: list[AgendaItem]) -> PublishedMeeting:
    content = snapshot(a_meeting(is_digital=True, introduction="", note=""), items, agenda)
    return read_content(content, {}, {}, Reader())


def a_part(kind: ItemKind, after: float, hours: float) -> ProgrammeItem:
    starts_at = START + timedelta(hours=after)
    columns = {"id": 1, "position": 0, "description": "", "theme": "", "sign_up": SignUp.NONE}
    return ProgrammeItem(
        kind=kind,
        title="Deel",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        **columns,
    )


def times(*minutes: int | None, parts: tuple[ProgrammeItem, ...] = ()) -> list[str | None]:
    published = a_preview(*parts, agenda=[])
    agenda = [{"minutes": m} for m in minutes]
    found = agenda_times(agenda, published.items, START)
    return [moment.astimezone(UTC).strftime("%H.%M") if moment else None for moment in found]


def test_agenda_begins_with_the_meeting_when_nothing_is_plenary():
    assert times(5, 40, 10) == ["11.00", "11.05", "11.45"]


def test_agenda_runs_through_the_plenary_parts():
    parts = (
        a_part(ItemKind.LUNCH, 0, 1),
        a_part(ItemKind.PLENARY, 1, 0.75),
        a_part(ItemKind.PLENARY, 4, 1),
    )

    assert times(5, 40, 30, 10, parts=parts) == ["12.00", "12.05", "15.00", "15.30"]


def test_agenda_goes_on_past_the_last_plenary_part():
    parts = (a_part(ItemKind.PLENARY, 1, 0.5),)

    assert times(45, 10, parts=parts) == ["12.00", "12.45"]


def test_agenda_has_no_times_after_a_point_without_minutes():
    assert times(5, None, 10) == ["11.00", "11.05", None]


def test_moments_are_aware_and_in_utc():
    published = a_preview(a_part(ItemKind.PLENARY, 1, 1), agenda=[])

    assert published.items[0].starts_at == datetime(2027, 3, 23, 12, tzinfo=UTC)
