"""Mails about a cancelled part that wait for the next version: one mail for each it concerns."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from kwartaal import worker
from kwartaal.db import db
from kwartaal.domain import moving, openness, own_details, publications, registrations
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.meetings import time_and_place
from kwartaal.domain.registrations import Wish
from kwartaal.domain.restoring import restore_item, restore_meeting
from kwartaal.mail import compose_all
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.outbox_claims import claim_due
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from tests.factories import START, a_person
from tests.golden import golden
from tests.telling_region import Region
from tests.test_mail import html, shown

FIVE = datetime(2027, 3, 10, 16, tzinfo=UTC)  # 17.00 uur in Amsterdam, today
HOUR = 17
REASON = "De spreker is ziek."
OFF = "Workshop gaat niet door: Warmte zonder aardgas"
CHANGED = "Gewijzigd: Wonen & energie"
Received = dict[str, list[str]]


@pytest.fixture
def busy(app, save, clock) -> Region:
    """Before anything is cancelled."""
    return Region(app, save, clock)


@pytest.fixture
def region(busy) -> Region:
    """Workshop `one` is off since a minute: Anna had a place, Bram waited for it."""
    cancel(busy, busy.one)
    return busy


def cancel(region: Region, item: ProgrammeItem, hour: int | None = HOUR) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        cancel_item(region.load(item), REASON, region.load(region.clerk), region.clock(), hour)


def restore(region: Region, item: ProgrammeItem) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        restore_item(region.load(item), region.load(region.clerk), region.clock())


def on_meeting(region: Region, act: Callable[[Meeting, Person], object]) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        act(region.load(region.meeting), region.load(region.clerk))


def publish(region: Region, **how: object) -> int:
    """A version in which the agenda changed, which everybody notices."""
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        region.load(region.point).minutes += 1
    return region.publish(**how)


def want_digest(region: Region) -> None:
    with region.at_work():
        own_details.want_digest(region.load(region.people[0]), True, region.clock())


def work_at(region: Region, moment: datetime) -> None:
    region.clock.moment = moment
    while worker.run_once(region.app):
        pass


def work(region: Region) -> Received:
    """What everybody has got, once what is due now went."""
    work_at(region, region.clock())
    return received(region)


def files(region: Region) -> list[EmailMessage]:
    """Everything that was sent, in the order of the names of who got it."""
    paths = region.app.config["MAIL_DIR"].glob("*.eml")
    sent = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    return sorted(sent, key=lambda one: (one["To"], one["Subject"]))


def received(region: Region) -> Received:
    found: Received = {}
    for one in files(region):
        found.setdefault(one["To"].split("@")[0].split("<")[-1], []).append(one["Subject"])
    return found


def text_to(region: Region, name: str) -> str:
    (mail,) = [one for one in files(region) if f"{name}@" in one["To"]]
    return mail.get_body(("plain",)).get_content().replace("\xa0", " ")


def test_without_a_version_they_go_by_themselves(region):
    before = work(region)

    work_at(region, FIVE)

    assert (before, received(region)) == ({}, {"anna": [OFF], "bram": [OFF]})


def test_with_a_version_everybody_concerned_has_one_mail(region):
    publish(region)

    at_once = work(region)
    work_at(region, FIVE)

    assert at_once == received(region)
    assert at_once == {name: [CHANGED] for name in ("anna", "bram", "cem", "dirk")}
    told = [f"Warmte zonder aardgas: Gaat niet door: {REASON}", "Agendapunt 1: Opening: Duur: "]
    assert [[text_to(region, name).count(one) for one in told] for name in ("anna", "cem")] == [
        [1, 1],
        [0, 1],
    ]


def test_the_one_mail_as_its_golden_file(region):
    publish(region, note="De agenda is korter.")

    with region.at_work():
        rows = [row for row in db.session.query(OutboxMail) if row.person.first_name == "Anna"]
        message = compose_all(sorted(rows, key=lambda row: row.id), region.clock()).message
        message.replace_header("Message-ID", f"<{uuid.UUID(int=1)}@127.0.0.1>")

    assert (shown(message), html(message)) == (
        golden("mail/changed_and_cancelled.txt", shown(message)),
        golden("mail/changed_and_cancelled.html", html(message)),
    )


def test_the_one_mail_has_one_appointment(region):
    publish(region)
    work(region)

    (mail,) = [one for one in files(region) if "anna@" in one["To"]]
    appointments = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert {part.get_content().count("BEGIN:VEVENT") for part in appointments} == {1}


def test_who_notices_nothing_else_is_told_with_the_version_all_the_same(region):
    region.change(region.two, title="Jeugd dichtbij")
    region.publish()

    assert work(region) == {"anna": [OFF], "bram": [OFF], "cem": [CHANGED]}
    assert region.latest().told == 3


def test_two_parts_that_are_off_are_one_mail(busy):
    chose_both(busy)
    cancel(busy, busy.one)
    cancel(busy, busy.two)

    work_at(busy, FIVE)

    assert received(busy) == {
        "anna": [CHANGED],
        "bram": [OFF],
        "cem": ["Workshop gaat niet door: Jeugdhulp dichtbij"],
    }
    told = text_to(busy, "anna")
    assert told.count(f": Gaat niet door: {REASON}") == 2
    assert "Groen in de wijk: nog 9 plekken" in told


def chose_both(region: Region) -> None:
    """Anna comes to a workshop in both rounds."""
    with region.at_work():
        meeting, anna = region.load(region.meeting), region.load(region.people[0])
        wish = Wish(anna.offices[0], (region.load(region.one), region.load(region.two)))
        registrations.register(meeting, anna, wish, region.clock())
    region.forget_mails()


def test_not_telling_a_version_does_not_silence_them(region):
    publish(region, tells=False)
    before = work(region)

    work_at(region, FIVE)

    assert (before, received(region)) == ({}, {"anna": [OFF], "bram": [OFF]})


def test_who_only_speaks_in_it_has_one_mail_too(busy, save):
    timo = a_person(first_name="Timo", email="timo@x.example")
    save(timo)
    with busy.at_work():
        speaker = {"name": "Timo", "part": "spreker", "person_id": timo.id}
        db.session.add_all(Speaker(item_id=one.id, **speaker) for one in (busy.one, busy.two))
    busy.publish(tells=False)
    cancel(busy, busy.one)
    busy.change(busy.two, room_id=busy.room_id)
    busy.publish()

    assert work(busy)["timo"] == [CHANGED]
    told = text_to(busy, "timo")
    assert f"Warmte zonder aardgas: Gaat niet door: {REASON}" in told
    assert "U spreekt in: Jeugdhulp dichtbij, 15.00 tot 16.00 uur, zaal Kil" in told
    assert "U spreekt in: Warmte" not in told


def test_who_reads_once_a_day_reads_all_of_it_then(busy):
    want_digest(busy)
    cancel(busy, busy.one)
    publish(busy)
    before = work(busy)

    work_at(busy, FIVE)

    assert ("anna" in before, received(busy)["anna"]) == (False, [CHANGED])
    assert text_to(busy, "anna").count(REASON) == 1


def test_no_daily_mail_makes_them_wait_longer_than_was_said(busy):
    want_digest(busy)
    busy.clock.moment = FIVE - timedelta(minutes=2)
    cancel(busy, busy.one)
    busy.clock.moment = FIVE + timedelta(minutes=2)
    publish(busy)

    assert work(busy)["anna"] == [CHANGED]


def test_two_workers_do_not_share_the_one_mail(region):
    publish(region)
    with region.at_work():
        first = claim_due(region.clock())
    with region.at_work():
        second = claim_due(region.clock())

    assert ([len(mail) for mail in first], second) == ([2, 2, 1, 1], [])


def test_what_a_worker_has_is_left_to_it(region):
    with region.at_work():
        claim_due(FIVE)
    region.clock.moment = FIVE
    publish(region)

    assert region.mails()[2:] == [
        (name, "changed", "pending") for name in ("Anna", "Bram", "Cem", "Dirk")
    ]
    assert work(region) == {name: [CHANGED] for name in ("anna", "bram", "cem", "dirk")}


def test_on_again_before_they_went_tells_nothing(region):
    restore(region, region.one)

    assert work(region) == {}
    work_at(region, FIVE)
    assert received(region) == {}
    assert region.mails() == [(name, "workshop_cancelled", "dropped") for name in ("Anna", "Bram")]


def test_on_again_while_a_worker_has_them_is_told(region):
    with region.at_work():
        claim_due(FIVE)
    region.clock.moment = FIVE
    restore(region, region.one)

    assert region.mails()[2:] == [
        (name, "workshop_restored", "pending") for name in ("Anna", "Bram")
    ]


def test_off_once_more_is_told_once(region):
    restore(region, region.one)
    cancel(region, region.one, hour=None)

    at_once = work(region)
    work_at(region, FIVE)

    assert at_once == received(region) == {"anna": [OFF], "bram": [OFF]}


def test_on_again_after_they_went_is_told(region):
    publish(region)
    work(region)
    restore(region, region.one)

    on = "Workshop gaat toch door: Warmte zonder aardgas"
    assert {name: work(region)[name] for name in ("anna", "bram", "cem")} == {
        "anna": [CHANGED, on],
        "bram": [CHANGED, on],
        "cem": [CHANGED],
    }


def test_on_again_is_not_told_as_off_in_a_daily_mail(busy):
    want_digest(busy)
    cancel(busy, busy.one)
    publish(busy)
    restore(busy, busy.one)

    work_at(busy, FIVE)

    assert received(busy)["anna"] == [CHANGED]
    assert REASON not in text_to(busy, "anna")


def test_retracted_before_they_went_leaves_what_is_off(region):
    number = publish(region)
    region.retract(number)

    assert work(region) == {"anna": [OFF], "bram": [OFF]}
    work_at(region, FIVE)
    assert received(region) == {"anna": [OFF], "bram": [OFF]}


def test_retracted_in_the_hands_of_a_worker_leaves_what_is_off(region):
    number = publish(region)
    with region.at_work():
        (ids, *_others) = claim_due(region.clock())
    region.retract(number)

    with region.at_work():
        rows = [db.session.get_one(OutboxMail, one) for one in ids]
        composed = compose_all(rows, region.clock())

    assert (str(composed.message["Subject"]), sorted(composed.told)) == (OFF, [ids[0]])


def test_retracted_after_they_went_takes_nothing_of_it_back(region):
    number = publish(region)
    work(region)
    region.clock.moment += timedelta(minutes=1)
    region.retract(number)

    correction = "Toch niet gewijzigd: Wonen & energie"
    assert work(region)["anna"] == [CHANGED, correction]
    (mail,) = [
        one for one in files(region) if "anna@" in one["To"] and one["Subject"] == correction
    ]
    assert "‘Warmte zonder aardgas’ gaat nog steeds niet door." in str(
        mail.get_body(("plain",)).get_content()
    )


def test_moving_the_meeting_lets_them_go(region):
    def later(meeting: Meeting, clerk: Person) -> None:
        to = replace(time_and_place(meeting), ends_at=meeting.ends_at + timedelta(hours=1))
        moving.move(meeting, to, clerk, region.clock())

    on_meeting(region, later)

    assert work(region)["anna"] == ["Verplaatst: Wonen & energie", OFF]


def call_off(region: Region) -> None:
    on_meeting(
        region, lambda meeting, clerk: publications.cancel(meeting, "Storm", clerk, region.clock())
    )


def call_on(region: Region) -> None:
    on_meeting(region, lambda meeting, clerk: restore_meeting(meeting, clerk, region.clock()))


def become(region: Region, how: Openness) -> None:
    def change(meeting: Meeting, clerk: Person) -> None:
        before, meeting.openness = meeting.openness, how
        openness.change_openness(meeting, before, clerk, region.clock())

    on_meeting(region, change)


def test_cancelling_the_meeting_tells_that_alone(region):
    call_off(region)
    work(region)

    work_at(region, FIVE)

    everybody = {name: ["Gaat niet door: Wonen & energie"] for name in ("anna", "bram")}
    assert {name: received(region)[name] for name in everybody} == everybody


@pytest.mark.parametrize("passes", [False, True])
def test_once_the_meeting_is_on_again_they_go_after_all(region, passes):
    """Whether they were due while it was off, or not yet."""
    call_off(region)
    if passes:
        work_at(region, FIVE)
    call_on(region)
    work(region)
    work_at(region, FIVE + timedelta(hours=1))

    assert received(region)["anna"].count(OFF) == 1


@pytest.mark.parametrize("passes", [False, True])
def test_closed_to_their_readers_they_go_once_it_is_open_again(region, passes):
    become(region, Openness.BESLOTEN)
    if passes:
        work_at(region, FIVE)
    before = received(region).get("anna", [])
    become(region, Openness.OPENBAAR)
    work(region)
    work_at(region, FIVE + timedelta(hours=1))

    assert (before.count(OFF), received(region)["anna"].count(OFF)) == (0, 1)


def test_who_withdrew_is_told_nothing_of_it(region):
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        meeting, anna = region.load(region.meeting), region.load(region.people[0])
        registrations.withdraw(meeting, anna, region.clock())
    region.change(region.two, title="Jeugd dichtbij")
    region.publish()

    work_at(region, FIVE)

    assert region.latest().told == 2
    assert received(region)["anna"] == ["U bent afgemeld: Wonen & energie"]


def test_close_to_the_meeting_they_do_not_wait(busy):
    busy.clock.moment = START.replace(hour=17) - timedelta(days=1)
    cancel(busy, busy.one)

    assert work(busy) == {"anna": [OFF], "bram": [OFF]}


def test_what_another_version_told_already_is_not_told_again(region):
    publish(region)
    first = work(region)
    region.change(region.two, title="Jeugd dichtbij")
    region.publish()

    assert work(region) == first | {"cem": [CHANGED, CHANGED]}
