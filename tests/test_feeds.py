"""Feeds from what is stored: golden files, and what changes in them when something happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import pytest
import vobject
from flask import Flask
from sqlalchemy import update

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.db import db
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.meetings import Texts, TimeAndPlace, change, time_and_place
from kwartaal.domain.moving import move
from kwartaal.domain.publications import announce, cancel, publish
from kwartaal.domain.registrations import withdraw
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.feeds import invitation
from kwartaal.feeds.tokens import token_of
from kwartaal.itip import Party
from kwartaal.models.body import Membership
from kwartaal.models.calendar import ensure_feed, feeds_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.standing import standings_of
from tests.calendar_readers import NOTHING, READERS, read_with_vobject
from tests.calendar_scenario import (
    CANARY,
    Region,
    act,
    close,
    make_region,
    sign_up,
    uid,
    utc,
    writing,
)
from tests.conftest import NOON
from tests.factories import a_council_member
from tests.golden import SNAPSHOTS, golden_bytes

FEEDS = {
    "openbaar": "/kalender/openbaar.ics",
    "reeks": "/kalender/reeks/kwartaalbijeenkomsten.ics",
    "bijeenkomst": "/kalender/bijeenkomst/kwartaalbijeenkomst.ics",
}
SECRET = "test-" * 10
QUARTERLY = str(uid(1))
LOWERED, CLOSED, OPEN_BODY = str(uid(104)), str(uid(105)), str(uid(107))


class Shown(NamedTuple):
    """What a test looks at in one event."""

    sequence: int
    status: str
    summary: str


@dataclass
class Site:
    """The region, with its feeds fetched as a calendar program does."""

    app: Flask
    region: Region

    def get(self, path: str) -> bytes:
        response = self.app.test_client().get(path, follow_redirects=True)
        assert response.status_code == 200
        return response.data

    def address_of(self, person: Person) -> str:
        with writing(self.app):
            ensure_feed(person.id, NOON)
            feed = feeds_of(person.id)[0]
            return f"/kalender/persoonlijk/{token_of(feed, SECRET)}.ics"

    def own(self, person: Person) -> bytes:
        return self.get(self.address_of(person))

    def do(self, operation: Callable[..., object], *about: object) -> None:
        with writing(self.app):
            act(operation, *about)

    def sign_up(self, person: Person, day: int, *titles: str) -> None:
        items = [self.region.items[title] for title in titles]
        with writing(self.app):
            sign_up(self.region.quarterly, person, utc(2, day, 12), *items)

    def publish(self, name: str, day: int, **columns: object) -> None:
        """Change the draft of a meeting and publish it again."""
        meeting = self.region.meetings[name]
        self.change(meeting, **columns)
        self.do(publish, meeting, self.region.clerk, utc(3, day, 9))

    def cancel_item(self, title: str, day: int) -> None:
        item, clerk = self.region.items[title], self.region.clerk
        self.do(cancel_item, item, "De spreker is ziek.", clerk, utc(3, day, 9))

    def restore_item(self, title: str, day: int) -> None:
        item, clerk = self.region.items[title], self.region.clerk
        self.do(restore_item, item, clerk, utc(3, day, 9))

    def move(self, name: str, days: int) -> None:
        """So many days later, at the same time of day in the same place."""
        with writing(self.app):
            meeting = db.session.get_one(Meeting, self.region.meetings[name].id)
            clerk, later = db.session.get_one(Person, self.region.clerk.id), timedelta(days=days)
            starts_at = meeting.starts_at.astimezone(AMSTERDAM) + later
            ends_at = meeting.ends_at.astimezone(AMSTERDAM) + later
            move(meeting, TimeAndPlace(starts_at, ends_at, meeting.venue), clerk, utc(3, 5, 9))

    def change(self, one: Meeting | ProgrammeItem, **columns: object) -> None:
        with writing(self.app):
            stored = db.session.get_one(type(one), one.id)
            for name, value in columns.items():
                setattr(stored, name, value)


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app, make_region(app))


def shown(content: bytes) -> dict[str, Shown]:
    """The events of a feed by UID."""
    events = vobject.readOne(content.decode()).contents.get("vevent", [])
    return {
        event.uid.value: Shown(int(event.sequence.value), event.status.value, event.summary.value)
        for event in events
    }


def text_of(content: bytes, key: str) -> str:
    return next(read.description for read in read_with_vobject(content) if read.uid == key)


def test_feeds_are_as_they_were_once_looked_at(site):
    feeds = {name: site.get(path) for name, path in FEEDS.items()}

    assert feeds == {
        name: golden_bytes(f"feeds/{name}.ics", content) for name, content in feeds.items()
    }


def test_personal_feed_is_as_it_was_once_looked_at(site):
    content = site.own(site.region.member)

    assert content == golden_bytes("feeds/persoonlijk.ics", content)


def test_invitation_is_as_it_was_once_looked_at(site):
    with site.app.app_context():
        standings = standings_of(site.region.member.id)
        standing = next(one for one in standings if str(one.registration.meeting.uid) == QUARTERLY)
        message = invitation(
            standing,
            "http://127.0.0.1:5000",
            organiser=Party("griffie@x.example", "Griffie"),
            attendee=Party("anna@x.example", "Anna Jansen"),
            made_at=NOON,
        )
        content = message.write()

    assert content == golden_bytes("feeds/uitnodiging.ics", content)


@pytest.mark.parametrize("name", [*FEEDS, "persoonlijk", "uitnodiging"])
def test_two_libraries_read_the_same(name):
    content = (SNAPSHOTS / "feeds" / f"{name}.ics").read_bytes()

    first, second = (sorted(read(content)) for read in READERS.values())

    assert first == second


def test_invitation_and_feeds_name_a_meeting_alike():
    uids = [
        {read.uid for read in read_with_vobject((SNAPSHOTS / "feeds" / f"{name}.ics").read_bytes())}
        for name in (*FEEDS, "persoonlijk", "uitnodiging")
    ]

    assert set.intersection(*uids) == {QUARTERLY}


def test_moments_are_right_on_both_sides_of_the_clock_change(site):
    moments = {read.uid: read for read in read_with_vobject(site.get(FEEDS["openbaar"]))}

    assert [
        (moments[key].starts_at, moments[key].ends_at)
        for key in (QUARTERLY, str(uid(100)), str(uid(102)))
    ] == [
        (utc(3, 23, 11), utc(3, 23, 16)),
        (utc(6, 22, 10), utc(6, 22, 13)),
        (utc(10, 30, 20), utc(10, 31, 1, 30)),
    ]


def test_no_title_of_a_concept_or_closed_meeting_is_in_any_feed(site):
    feeds = [*map(site.get, FEEDS.values()), site.own(site.region.member)]
    feeds.append(site.own(site.region.other))

    assert [CANARY.encode() in feed for feed in feeds] == [False] * 5


def test_meetings_that_outsiders_never_read_are_not_in_the_public_feed(site):
    events = shown(site.get(FEEDS["openbaar"]))

    assert set(events) == {QUARTERLY, LOWERED, OPEN_BODY} | {str(uid(n)) for n in (100, 101, 102)}


def test_meeting_that_outsiders_may_not_see_has_no_feed(site):
    client, names = site.app.test_client(), ("concept", "lowered", "closed", "date-only")

    answers = [client.get(f"/kalender/bijeenkomst/{name}.ics") for name in names]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_life_of_a_meeting_keeps_its_uid_and_raises_its_sequence_when_due(site):
    region, path = site.region, FEEDS["openbaar"]
    concept, key = region.meetings["concept"], str(uid(103))
    site.change(concept, title="Eerst zo")
    lives = [shown(site.get(path)).get(key)]
    site.do(announce, concept, region.clerk, utc(3, 1, 9))
    lives.append(shown(site.get(path))[key])
    site.change(concept, title="Dan zo")
    lives.append(shown(site.get(path))[key])
    site.do(publish, concept, region.clerk, utc(3, 2, 9))
    lives.append(shown(site.get(path))[key])
    site.do(cancel, concept, "Ziek", region.clerk, utc(3, 3, 9))
    lives.append(shown(site.get(path))[key])

    assert lives == [
        None,
        (1, "TENTATIVE", "Eerst zo"),
        (1, "TENTATIVE", "Eerst zo"),
        (2, "CONFIRMED", "Dan zo"),
        (3, "CANCELLED", "GEANNULEERD: Dan zo"),
    ]


def test_only_the_item_that_changed_gets_a_higher_sequence(site):
    before = shown(site.get(FEEDS["bijeenkomst"]))
    site.change(site.region.items["Energie"], title="Energie en warmte")

    site.publish("quarterly", 1)

    after = shown(site.get(FEEDS["bijeenkomst"]))
    assert {key: after[key] for key in after if after[key] != before[key]} == {
        QUARTERLY: (3, "CONFIRMED", "Kwartaalbijeenkomst voorjaar"),
        str(uid(8)): (1, "CONFIRMED", "Energie en warmte"),
    }


def test_item_that_was_taken_out_stays_cancelled_with_its_last_title(site):
    with writing(site.app):
        db.session.delete(db.session.get_one(ProgrammeItem, site.region.items["Opening"].id))

    site.publish("quarterly", 1)
    site.publish("quarterly", 2, introduction="Anders")

    events = shown(site.get(FEEDS["bijeenkomst"]))
    assert events[str(uid(3))] == (1, "CANCELLED", "GEANNULEERD: Opening")


def test_cancelling_a_meeting_cancels_its_items(site):
    site.do(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 1, 9))

    events = shown(site.get(FEEDS["bijeenkomst"])).values()

    assert {event.status for event in events} == {"CANCELLED"}


def test_cancelling_a_workshop_cancels_its_item_alone_and_at_once(site):
    before = shown(site.get(FEEDS["bijeenkomst"]))

    site.cancel_item("Energie", 1)

    after = shown(site.get(FEEDS["bijeenkomst"]))
    revision = before[QUARTERLY].sequence + 1
    assert {key: after[key] for key in after if after[key] != before[key]} == {
        QUARTERLY: (revision, "CONFIRMED", "Kwartaalbijeenkomst voorjaar"),
        str(uid(8)): (1, "CANCELLED", "GEANNULEERD: Energie"),
    }


def test_restored_meeting_is_back_under_its_uids_with_everything_in_it(site):
    before = shown(site.get(FEEDS["bijeenkomst"]))
    site.do(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 1, 9))

    site.do(restore_meeting, site.region.quarterly, site.region.clerk, utc(3, 2, 9))

    after = shown(site.get(FEEDS["bijeenkomst"]))
    assert after == {key: one._replace(sequence=one.sequence + 2) for key, one in before.items()}


def test_restored_workshop_is_back_alone_and_at_once(site):
    before = shown(site.get(FEEDS["bijeenkomst"]))
    site.cancel_item("Energie", 1)

    site.restore_item("Energie", 2)

    after = shown(site.get(FEEDS["bijeenkomst"]))
    assert {key: after[key] for key in after if after[key] != before[key]} == {
        QUARTERLY: (before[QUARTERLY].sequence + 2, "CONFIRMED", before[QUARTERLY].summary),
        str(uid(8)): (2, "CONFIRMED", "Energie"),
    }


def test_lunch_that_is_off_and_on_again_rises_each_time(site):
    site.cancel_item("Lunch", 1)
    off = shown(site.get(FEEDS["bijeenkomst"]))[str(uid(2))]
    told = text_of(site.get(FEEDS["bijeenkomst"]), str(uid(2)))

    site.restore_item("Lunch", 2)

    assert off == (1, "CANCELLED", "GEANNULEERD: Lunch")
    assert told.startswith("Dit onderdeel gaat niet door. De spreker is ziek.")
    assert shown(site.get(FEEDS["bijeenkomst"]))[str(uid(2))] == (2, "CONFIRMED", "Lunch")


def test_workshop_restored_after_another_version_goes_on_from_there(site):
    site.cancel_item("Energie", 1)
    site.publish("quarterly", 2, introduction="Anders")

    site.restore_item("Energie", 3)

    events = shown(site.get(FEEDS["bijeenkomst"]))
    assert events[str(uid(8))] == (2, "CONFIRMED", "Energie")


def test_cancelled_again_rises_again(site):
    for day in (1, 3):
        site.cancel_item("Energie", day)
        site.restore_item("Energie", day + 1)
    site.cancel_item("Energie", 5)

    events = shown(site.get(FEEDS["bijeenkomst"]))
    assert events[str(uid(8))] == (5, "CANCELLED", "GEANNULEERD: Energie")


def test_restored_feed_is_as_it_was_once_looked_at(site):
    site.cancel_item("Energie", 1)
    site.do(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 2, 9))
    site.do(restore_meeting, site.region.quarterly, site.region.clerk, utc(3, 3, 9))
    site.restore_item("Energie", 4)

    content = site.get(FEEDS["bijeenkomst"])

    assert content == golden_bytes("feeds/hersteld.ics", content)


def test_personal_feed_has_the_restored_workshop_again_and_rises(site):
    person = a_newcomer(site)
    site.sign_up(person, 25, "Energie")
    before = shown(site.own(person))[QUARTERLY]
    site.cancel_item("Energie", 1)

    site.restore_item("Energie", 2)

    after = site.own(person)
    assert "Energie" in text_of(after, QUARTERLY)
    assert shown(after)[QUARTERLY] == before._replace(sequence=before.sequence + 4)


def test_cancelled_workshop_stands_in_the_programme_of_its_meeting(site):
    site.cancel_item("Energie", 1)

    texts = [text_of(site.get(FEEDS[name]), QUARTERLY) for name in ("openbaar", "bijeenkomst")]

    assert ["- Energie (gaat niet door)" in text for text in texts] == [True, True]


def test_versions_after_it_leave_the_cancelled_workshop_as_it_is(site):
    site.cancel_item("Energie", 1)
    cancelled = shown(site.get(FEEDS["bijeenkomst"]))[str(uid(8))]

    site.publish("quarterly", 2, introduction="Anders")
    site.move("quarterly", 7)

    after = shown(site.get(FEEDS["bijeenkomst"]))[str(uid(8))]
    assert (cancelled.sequence, after.sequence, after.status) == (1, 2, "CANCELLED")


def test_new_text_for_a_cancelled_workshop_is_a_revision_of_its_own(site):
    site.cancel_item("Energie", 1)
    site.change(site.region.items["Energie"], title="Energie en warmte")

    site.publish("quarterly", 2)

    events = shown(site.get(FEEDS["bijeenkomst"]))
    assert events[str(uid(8))] == (2, "CANCELLED", "GEANNULEERD: Energie en warmte")


def test_personal_feed_loses_the_cancelled_workshop_and_rises(site):
    person = a_newcomer(site)
    site.sign_up(person, 25, "Energie")
    before = shown(site.own(person))[QUARTERLY]

    site.cancel_item("Energie", 1)

    after = site.own(person)
    assert "Energie" not in text_of(after, QUARTERLY)
    assert shown(after)[QUARTERLY].sequence == before.sequence + 2  # the meeting's and the choice's


def test_moving_keeps_every_uid_and_raises_every_sequence(site):
    before = shown(site.get(FEEDS["bijeenkomst"]))

    site.move("quarterly", 7)

    content = site.get(FEEDS["bijeenkomst"])
    after = shown(content)
    assert {
        key: one.sequence - before[key].sequence for key, one in after.items()
    } == dict.fromkeys(before, 1)
    # At the same time of day: the clock has gone forward.
    assert next(read for read in read_with_vobject(content) if read.uid == QUARTERLY)[1:3] == (
        utc(3, 30, 10),
        utc(3, 30, 15),
    )


def test_moved_feed_is_as_it_was_once_looked_at(site):
    site.cancel_item("Energie", 1)
    site.move("quarterly", 7)

    content = site.get(FEEDS["bijeenkomst"])

    assert content == golden_bytes("feeds/verplaatst.ics", content)


def test_announced_meeting_moves_in_the_feed(site):
    site.move("announced", 7)

    content = site.get(FEEDS["openbaar"])

    read = next(one for one in read_with_vobject(content) if one.uid == str(uid(100)))
    assert read.starts_at == utc(6, 29, 10)
    assert shown(content)[str(uid(100))][:2] == (2, "TENTATIVE")


def test_meeting_that_was_closed_says_nothing_new_to_outsiders(site):
    before = site.get(FEEDS["openbaar"])

    site.publish("lowered", 1, title=f"{CANARY} met een andere titel")

    assert shown(before)[LOWERED] == (2, "CANCELLED", "Vervallen afspraak")
    assert site.get(FEEDS["openbaar"]) == before


def test_meeting_that_is_opened_again_goes_on_from_there(site):
    with writing(site.app):
        close(site.region.meetings["lowered"], utc(3, 1, 9), Openness.OPENBAAR)

    events = shown(site.get(FEEDS["openbaar"]))

    assert events[LOWERED] == (3, "CONFIRMED", f"{CANARY} die openbaar was")


def test_closing_in_the_form_of_the_desk_withdraws_the_event(site):
    meeting = site.region.meetings["open_body"]
    with writing(site.app):
        stored = db.session.get_one(Meeting, meeting.id)
        texts = Texts(stored.title, Openness.BESLOTEN, stored.introduction, stored.note)
        clerk, programme = db.session.get_one(Person, site.region.clerk.id), programme_of(stored.id)
        change(stored, texts, time_and_place(stored), programme, clerk, utc(3, 1, 9))

    assert shown(site.get(FEEDS["openbaar"]))[OPEN_BODY] == (2, "CANCELLED", "Vervallen afspraak")


def test_series_whose_last_open_meeting_was_closed_still_tells_that(site):
    with writing(site.app):
        close(site.region.meetings["open_body"], utc(3, 1, 9))

    events = shown(site.get("/kalender/reeks/spiegelgroep.ics"))

    assert {event.summary for event in events.values()} == {"Vervallen afspraak"}


def test_personal_feed_follows_choosing_and_changing(site):
    person = a_newcomer(site)
    site.sign_up(person, 25, "Energie")
    first = site.own(person)
    site.sign_up(person, 26, "Energie", "Water, dijken; en meer")
    second = site.own(person)

    assert shown(first) == {QUARTERLY: (4, "CONFIRMED", "Kwartaalbijeenkomst voorjaar")}
    assert shown(second) == {QUARTERLY: (6, "CONFIRMED", "Kwartaalbijeenkomst voorjaar")}
    assert text_of(second, QUARTERLY) == (
        "U bent aangemeld.\n\n"
        "Uw keuze\n"
        "14.00 tot 15.00 uur Water, dijken; en meer, Raadzaal\n"
        "15.00 tot 16.00 uur Energie, Kil\n\n"
        "Online meedoen: https://stream.example.org/voorjaar\n\n"
        "http://127.0.0.1:5000/bijeenkomsten/kwartaalbijeenkomst/"
    )


def test_personal_feed_follows_withdrawing_and_registering_again(site):
    person = a_newcomer(site)
    site.sign_up(person, 25, "Energie")
    site.do(withdraw, site.region.quarterly, person, utc(2, 26, 9))
    withdrawn = shown(site.own(person))
    site.sign_up(person, 27, "Energie")

    assert withdrawn == {QUARTERLY: (6, "CANCELLED", "AFGEMELD: Kwartaalbijeenkomst voorjaar")}
    assert shown(site.own(person)) == {QUARTERLY: (8, "CONFIRMED", "Kwartaalbijeenkomst voorjaar")}


def test_personal_feed_follows_moving_up_in_a_workshop(site):
    member, waited = site.region.member, site.own(site.region.member)

    site.do(withdraw, site.region.quarterly, site.region.other, utc(3, 1, 9))

    placed = site.own(member)
    assert "Wonen aan de rivier, Kil (wachtlijst, nummer 1)" in text_of(waited, QUARTERLY)
    assert "Wonen aan de rivier, Kil\n" in text_of(placed, QUARTERLY)
    assert shown(placed)[QUARTERLY].sequence == shown(waited)[QUARTERLY].sequence + 1


def test_who_waits_for_the_meeting_is_tentative_until_there_is_a_place(site):
    site.change(site.region.quarterly, maximum=2)
    person = a_newcomer(site)
    site.sign_up(person, 25, "Energie")
    waiting = site.own(person)

    site.do(withdraw, site.region.quarterly, site.region.other, utc(3, 1, 9))

    assert shown(waiting)[QUARTERLY].status == "TENTATIVE"
    assert text_of(waiting, QUARTERLY).startswith("U staat op de wachtlijst, nummer 1.")
    assert "15.00 tot 16.00 uur Energie, Kil (als er plek is)" in text_of(waiting, QUARTERLY)
    assert shown(site.own(person))[QUARTERLY].status == "CONFIRMED"


def test_meeting_one_withdrew_from_goes_when_it_is_over(site, clock):
    member, night = site.region.member, str(uid(102))
    clock.moment = utc(10, 31, 1, 29)
    before = shown(site.own(member))
    clock.pass_(minutes=1)

    assert before[night].status == "CANCELLED"
    assert night not in shown(site.own(member))


def test_cancelled_meeting_stays_in_the_personal_feed(site, clock):
    site.do(cancel, site.region.quarterly, "Storm", site.region.clerk, utc(3, 1, 9))
    clock.moment = utc(4, 1, 9)

    content = site.own(site.region.other)

    assert shown(content)[QUARTERLY][1:] == (
        "CANCELLED",
        "GEANNULEERD: Kwartaalbijeenkomst voorjaar",
    )
    assert text_of(content, QUARTERLY).startswith("Deze bijeenkomst gaat niet door. Storm")


def test_closed_meetings_of_own_bodies_are_busy_and_nothing_else(site):
    own = [read for read in read_with_vobject(site.own(site.region.member))]
    busy = {read.uid for read in own if read[4:] == ("Bezet", "", "", (), "")}

    assert busy == {LOWERED, CLOSED, str(uid(106))}


def test_meetings_of_a_body_go_when_the_membership_ends(site, clock):
    with writing(site.app):
        db.session.execute(update(Membership).values(ends_on=date(2027, 4, 30)))
    clock.moment = utc(4, 30, 21, 59)  # 23.59 uur in Amsterdam: "until" is inclusive
    before = shown(site.own(site.region.member))
    clock.pass_(minutes=1)
    after = shown(site.own(site.region.member))

    assert {CLOSED, OPEN_BODY} - set(before) == set()
    assert set(after) == {QUARTERLY, str(uid(102))}


def test_who_is_registered_for_a_meeting_that_is_closed_reads_that_it_is_gone(site):
    person = a_newcomer(site)
    with writing(site.app):
        sign_up(site.region.meetings["open_body"], person, utc(3, 1, 9))
        close(site.region.meetings["open_body"], utc(3, 1, 10))

    own = read_with_vobject(site.own(person))

    assert [read[3:] for read in own] == [("CANCELLED", *NOTHING)]
    assert shown(site.own(person))[OPEN_BODY].sequence == 3


def a_newcomer(site: Site) -> Person:
    person = a_council_member()
    with site.app.app_context():
        db.session.add(person)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge_all()
    return person


def test_address_of_the_page_does_not_count_for_items(site):
    before = site.get("/kalender/bijeenkomst/kwartaalbijeenkomst.ics").decode()
    site.publish("quarterly", 3, slug="rivierdag", introduction="Anders.")

    after = site.get("/kalender/bijeenkomst/rivierdag.ics").decode()

    renamed = before.replace("bijeenkomsten/kwartaalbijeenkomst/", "bijeenkomsten/rivierdag/")
    assert of_item(after) == of_item(renamed) != of_item(before)


def of_item(content: str) -> str:
    """The event of one item, without the folding of long lines."""
    events = content.replace("\r\n ", "").split("BEGIN:VEVENT")
    return next(event for event in events if f"UID:{uid(8)}" in event)
