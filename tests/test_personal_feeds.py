"""Personal feeds with choices: parts of the day apart, deadlines, and switching between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from kwartaal.db import db
from kwartaal.domain.calendar_feeds import Wish, add
from kwartaal.domain.calendar_feeds import change as change_feed
from kwartaal.domain.meetings import Terms, change_terms
from kwartaal.domain.publications import cancel, publish
from kwartaal.domain.registrations import withdraw
from kwartaal.feeds.public_events import deadline_uid
from kwartaal.feeds.tokens import token_of
from kwartaal.models.calendar import CalendarFeed
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.organisation import Audience
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from tests.calendar_readers import READERS, read_with_vobject
from tests.calendar_scenario import act, close, make_region, sign_up, uid, utc, writing
from tests.conftest import NOON
from tests.factories import a_council_member, a_meeting, a_round, a_workshop, an_item
from tests.golden import SNAPSHOTS, golden_bytes
from tests.test_feeds import SECRET, Site, shown, text_of

QUARTERLY, LUNCH, WONEN, WATER, ENERGIE = (str(uid(n)) for n in (1, 2, 6, 7, 8))
COLLEGE = frozenset({Audience.COLLEGE})
GOLDEN = ("persoonlijk-per-onderdeel", "persoonlijk-met-sluiten")


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app, make_region(app))


@pytest.fixture
def feed_of(site: Site) -> Callable[..., str]:
    """The address of a new feed with choices: feed_of(person, per_item=True)."""

    def _feed_of(person: Person, **choices: bool) -> str:
        with writing(site.app):
            feed = add(person.id, Wish(" ".join(choices) or "whole", **choices), NOON)
            db.session.flush()
            return f"/kalender/persoonlijk/{token_of(feed, SECRET)}.ics"

    return _feed_of


@pytest.fixture
def newcomer(site: Site, save: Callable[..., None]) -> Person:
    person = a_council_member()
    save(person)
    return person


def related(content: bytes) -> dict[str, str]:
    lines = content.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    found = {}
    for event in lines:
        values = dict(line.split(":", 1) for line in event.split("\r\n") if ":" in line)
        if "RELATED-TO;RELTYPE=PARENT" in values:
            found[values["UID"]] = values["RELATED-TO;RELTYPE=PARENT"]
    return found


def test_feed_per_item_is_as_it_was_once_looked_at(site, feed_of):
    content = site.get(feed_of(site.region.member, per_item=True))

    assert content == golden_bytes("feeds/persoonlijk-per-onderdeel.ics", content)


def test_feed_with_deadlines_is_as_it_was_once_looked_at(site, feed_of):
    content = site.get(feed_of(site.region.member, with_deadlines=True))

    assert content == golden_bytes("feeds/persoonlijk-met-sluiten.ics", content)


@pytest.mark.parametrize("name", GOLDEN)
def test_two_libraries_read_the_same(name):
    content = (SNAPSHOTS / "feeds" / f"{name}.ics").read_bytes()

    first, second = (sorted(read(content)) for read in READERS.values())

    assert first == second


def test_per_item_everything_chosen_has_an_event_of_its_own(site, feed_of):
    content = site.get(feed_of(site.region.member, per_item=True))

    events = shown(content)
    assert {key: events[key].status for key in (QUARTERLY, LUNCH, WONEN, ENERGIE)} == {
        QUARTERLY: "CONFIRMED",
        LUNCH: "CONFIRMED",
        WONEN: "TENTATIVE",
        ENERGIE: "CONFIRMED",
    }
    assert events[WATER][1:] == ("CANCELLED", "AFGEMELD: Water, dijken; en meer")
    assert related(content) == dict.fromkeys((LUNCH, WONEN, WATER, ENERGIE), QUARTERLY)


def test_per_item_nothing_is_said_twice(site, feed_of):
    content = site.get(feed_of(site.region.member, per_item=True))

    assert "Wonen" not in text_of(content, QUARTERLY)
    assert "Wat u koos, staat als aparte afspraken in deze agenda." in text_of(content, QUARTERLY)
    assert text_of(content, WONEN).startswith("U staat op de wachtlijst, nummer 1.")
    busy = content.decode().count("TRANSP:OPAQUE")
    assert busy == site.own(site.region.member).decode().count("TRANSP:OPAQUE")


def test_per_item_uids_and_texts_are_those_of_the_meetings_own_feed(site, feed_of):
    own = {
        one.uid: one
        for one in read_with_vobject(site.get(feed_of(site.region.member, per_item=True)))
    }
    public = read_with_vobject(site.get("/kalender/bijeenkomst/kwartaalbijeenkomst.ics"))

    theirs = {one.uid: one for one in public}
    for key in (LUNCH, WONEN, ENERGIE):
        assert own[key][1:3] == theirs[key][1:3]
        assert own[key].description.endswith(theirs[key].description)


def test_per_item_follows_choosing_and_changing(site, feed_of, newcomer):
    address = feed_of(newcomer, per_item=True)
    site.sign_up(newcomer, 25, "Energie", "Lunch")
    first = shown(site.get(address))
    site.sign_up(newcomer, 26, "Water, dijken; en meer", "Lunch")
    second = shown(site.get(address))
    site.sign_up(newcomer, 27, "Energie", "Lunch")
    third = shown(site.get(address))

    assert set(first) == {QUARTERLY, LUNCH, ENERGIE}
    assert second[ENERGIE][1:] == ("CANCELLED", "AFGEMELD: Energie")
    assert second[WATER].status == "CONFIRMED"
    assert second[LUNCH] == first[LUNCH] == third[LUNCH]
    assert [events[ENERGIE].sequence for events in (first, second, third)] == [1, 2, 3]
    assert third[ENERGIE][1:] == ("CONFIRMED", "Energie")


def test_per_item_withdrawing_cancels_all_until_the_meeting_is_over(site, feed_of, newcomer, clock):
    address = feed_of(newcomer, per_item=True)
    site.sign_up(newcomer, 25, "Energie", "Lunch")
    site.do(withdraw, site.region.quarterly, newcomer, utc(3, 1, 9))
    before = shown(site.get(address))
    clock.moment = utc(3, 23, 16)

    assert {event.status for event in before.values()} == {"CANCELLED"}
    assert set(before) == {QUARTERLY, LUNCH, ENERGIE}
    assert shown(site.get(address)) == {}


def test_per_item_follows_a_cancelled_workshop_and_meeting(site, feed_of, newcomer):
    address = feed_of(newcomer, per_item=True)
    site.sign_up(newcomer, 25, "Energie", "Lunch")
    site.cancel_item("Energie", 1)
    workshop = shown(site.get(address))
    site.do(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 2, 9))
    meeting = shown(site.get(address))

    assert workshop[ENERGIE][1:] == ("CANCELLED", "GEANNULEERD: Energie")
    assert workshop[LUNCH][1:] == ("CONFIRMED", "Lunch")
    assert {event.summary.split(":")[0] for event in meeting.values()} == {"GEANNULEERD"}


def test_per_item_who_chose_otherwise_while_a_workshop_was_off_did_not_leave_it(
    site, feed_of, newcomer
):
    address = feed_of(newcomer, per_item=True)
    site.sign_up(newcomer, 25, "Water, dijken; en meer")
    site.cancel_item("Water, dijken; en meer", 1)
    site.sign_up(newcomer, 27, "Wonen aan de rivier")
    site.restore_item("Water, dijken; en meer", 2)
    lapsed = site.get(address)
    site.do(withdraw, site.region.quarterly, newcomer, utc(3, 2, 10))
    left = site.get(address)

    assert shown(lapsed)[WATER][1:] == ("CANCELLED", "VERVALLEN: Water, dijken; en meer")
    assert text_of(lapsed, WATER).startswith(
        "Uw aanmelding hiervoor verviel toen dit onderdeel niet doorging."
    )
    assert shown(left)[WATER][1:] == ("CANCELLED", "AFGEMELD: Water, dijken; en meer")
    assert shown(lapsed)[WATER].sequence < shown(left)[WATER].sequence


def test_per_item_tells_nothing_of_a_closed_meeting(site, feed_of, newcomer):
    day, person = site.region.meetings["open_body"], site.region.member
    with writing(site.app):
        sign_up(day, person, utc(3, 1, 9))
        close(day, utc(3, 1, 10))

    content = site.get(feed_of(person, per_item=True, with_deadlines=True))

    assert shown(content)[str(day.uid)].summary == "Bezet"
    assert b"Open dag" not in content and b"open-body" not in content


def test_switching_back_leaves_only_what_the_other_feed_has(site, feed_of, newcomer):
    address, plain = feed_of(newcomer, per_item=True, with_deadlines=True), feed_of(newcomer)
    site.sign_up(newcomer, 25, "Energie", "Lunch")
    apart = shown(site.get(address))
    with writing(site.app):
        feed = db.session.scalars(select(CalendarFeed).where(CalendarFeed.per_item)).one()
        change_feed(feed, Wish("Eén per dag"), NOON + timedelta(hours=1))

    assert set(shown(site.get(address))) == set(shown(site.get(plain))) == {QUARTERLY}
    assert set(apart) > {QUARTERLY, ENERGIE, LUNCH}


def test_switching_changes_the_tag_and_last_modified(site, feed_of, newcomer):
    address, client = feed_of(newcomer), site.app.test_client()
    before = client.get(address)
    with writing(site.app):
        feed = db.session.scalars(select(CalendarFeed)).one()
        change_feed(feed, Wish("Apart", per_item=True), NOON + timedelta(hours=1))

    after = client.get(address)

    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.last_modified == NOON + timedelta(hours=1)


def deadlines(content: bytes) -> set[str]:
    events = shown(content)
    return {key for key, one in events.items() if one.summary.startswith("Aanmelden sluit")}


def test_deadlines_are_of_meetings_one_may_still_register_for(site, feed_of, newcomer, clock):
    region, address = site.region, feed_of(newcomer, with_deadlines=True)
    closes = region.quarterly.registration_closes_at
    before = deadlines(site.get(address))
    clock.moment = closes

    after = deadlines(site.get(address))

    assert deadline_uid(region.quarterly) in before
    assert before - after == {deadline_uid(region.quarterly)}
    assert {deadline_uid(region.meetings[name]) for name in ("announced", "closed")}.isdisjoint(
        before
    )


def test_deadline_that_is_off_stays_cancelled_until_its_moment(site, feed_of, newcomer, clock):
    address, meeting = feed_of(newcomer, with_deadlines=True), site.region.quarterly
    key = deadline_uid(meeting)
    before = shown(site.get(address))[key]
    site.do(cancel, meeting, "Storm", site.region.clerk, NOON)
    off = shown(site.get(address))[key]
    clock.moment = meeting.registration_closes_at

    assert (off.sequence, off.status) == (before.sequence + 1, "CANCELLED")
    assert key not in deadlines(site.get(address))


def test_deadline_is_half_an_hour_that_takes_no_time(site, feed_of, newcomer):
    content, meeting = site.get(feed_of(newcomer, with_deadlines=True)), site.region.quarterly
    closes = meeting.registration_closes_at

    read = next(one for one in read_with_vobject(content) if one.uid == deadline_uid(meeting))

    assert (read.starts_at, read.ends_at) == (closes - timedelta(minutes=30), closes)
    assert read.summary == "Aanmelden sluit: Kwartaalbijeenkomst voorjaar"
    assert read.description.startswith("Tot dan kunt u zich aanmelden of uw keuze wijzigen.")
    assert b"TRANSP:OPAQUE" not in content


def test_deadline_stays_for_who_registered_and_is_not_admitted_any_more(site, feed_of, newcomer):
    address, meeting = feed_of(newcomer, with_deadlines=True), site.region.quarterly
    site.sign_up(newcomer, 25, "Energie")
    with writing(site.app):
        act(change_terms, meeting, terms_of(meeting, audiences=COLLEGE), utc(3, 1, 9))

    assert deadline_uid(meeting) in deadlines(site.get(address))


def test_no_deadline_for_who_is_not_admitted(site, feed_of, newcomer):
    address, meeting = feed_of(newcomer, with_deadlines=True), site.region.quarterly
    with writing(site.app):
        act(change_terms, meeting, terms_of(meeting, audiences=COLLEGE), utc(3, 1, 9))

    assert deadline_uid(meeting) not in deadlines(site.get(address))


def test_later_deadline_is_a_revision_of_the_deadline_alone(site, feed_of, newcomer):
    address, meeting = feed_of(newcomer, with_deadlines=True), site.region.quarterly
    public, before = site.get("/kalender/openbaar.ics"), shown(site.get(address))
    later = meeting.registration_closes_at + timedelta(days=1)
    with writing(site.app):
        act(change_terms, meeting, terms_of(meeting, closes_at=later), utc(3, 1, 9))

    after, key = shown(site.get(address)), deadline_uid(meeting)
    assert after[key].sequence == before[key].sequence + 1
    assert {one for one in after if after[one] != before[one]} == {key}
    assert shown(site.get("/kalender/openbaar.ics")) == shown(public)


def terms_of(meeting: Meeting, **changes: object) -> Terms:
    terms: dict[str, object] = {
        "audiences": meeting.admitted,
        "maximum": meeting.maximum,
        "opens_at": meeting.registration_opens_at,
        "closes_at": meeting.registration_closes_at,
        "promotes_until": meeting.promotes_until,
    }
    return Terms(**terms | changes)


@pytest.fixture
def polls(
    site: Site, feed_of: Callable[..., str], count_queries
) -> Callable[[], list[tuple[int, int]]]:
    """Statements of a poll that finds nothing new, and of one that renders, per kind of feed."""
    kinds: tuple[dict[str, bool], ...] = (
        {},
        {"per_item": True},
        {"per_item": True, "with_deadlines": True},
    )
    paths = [feed_of(site.region.member, **choices) for choices in kinds]
    client = site.app.test_client()

    def _polls() -> list[tuple[int, int]]:
        return [_poll(path) for path in paths]

    def _poll(path: str) -> tuple[int, int]:
        tag = {"If-None-Match": client.get(path).headers["ETag"]}
        unchanged = count_queries(partial(client.get, path, headers=tag))
        return unchanged, count_queries(partial(client.get, path))

    return _polls


def test_work_does_not_grow_with_how_many_others_are_registered(site, polls):
    counts = [polls()]
    for number in (30, 300):
        crowd(site, number)
        counts.append(polls())

    assert counts[0] == counts[1] == counts[2]
    whole, per_item, with_deadlines = (unchanged for unchanged, _all in counts[0])
    assert whole == per_item <= 4  # SQLite's BEGIN is one of them
    assert with_deadlines == whole + 4


def crowd(site: Site, number: int) -> None:
    """So many more people in one workshop of the quarterly meeting, as registering leaves them."""
    with writing(site.app):
        people = [a_council_member() for _ in range(number)]
        db.session.add_all(people)
        db.session.flush()
        meeting = db.session.get_one(Meeting, site.region.quarterly.id)
        item = site.region.items["Water, dijken; en meer"]
        for person in people:
            db.session.add(a_place(meeting, person, item))


def a_place(meeting: Meeting, person: Person, item: ProgrammeItem) -> Registration:
    when = {"changed_at": NOON, "revision": 1}
    choice = Choice(
        meeting_id=meeting.id,
        item_id=item.id,
        round_id=item.round_id,
        state=ChoiceState.PLACED,
        **when,
    )
    return Registration(
        meeting_id=meeting.id,
        person_id=person.id,
        state=RegistrationState.PLACED,
        created_at=NOON,
        choices=[choice],
        **when,
    )


def test_work_does_not_grow_with_how_often_one_is_registered(site, polls, save):
    few = polls()
    for _ in range(19):
        meeting = a_meeting(state=MeetingState.CONCEPT, starts_at=utc(4, 20, 10))
        workshop = a_workshop(a_round(meeting, 1), 1)
        save(an_item(meeting), workshop)
        with writing(site.app):
            act(publish, meeting, site.region.clerk, utc(3, 1, 9))
            db.session.add(a_place(meeting, site.region.member, workshop))

    assert polls() == few
