"""The daily mail: one for all that changed at a meeting, once, and nothing urgent waits for it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from config import Config, UnsafeSettings
from kwartaal import worker
from kwartaal.db import begin_writing, db
from kwartaal.domain import moving, own_details, registrations, telling
from kwartaal.domain.meetings import time_and_place
from kwartaal.domain.registrations import Wish
from kwartaal.domain.telling import Instructions
from kwartaal.mail import compose_all
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.outbox_claims import claim_due
from kwartaal.models.person import Person
from tests.factories import START, a_meeting, an_item
from tests.golden import golden
from tests.telling_region import Region
from tests.test_mail import html, shown

FIVE = datetime(2027, 3, 10, 16, tzinfo=UTC)  # 17.00 uur in Amsterdam, today


@pytest.fixture
def region(app, save, clock) -> Region:
    """Anna reads changes once a day; version 2 changed a title, version 3 a time."""
    region = Region(app, save, clock)
    want_digest(region, "yes")
    region.change(region.one, title="Warmte uit water")
    region.publish(note="De eerste ronde is anders.")
    region.change(region.opening, ends_at=region.opening.ends_at - timedelta(minutes=15))
    region.publish()
    return region


def want_digest(region: Region, wanted: str) -> None:
    with region.at_work():
        anna = region.load(region.people[0])
        own_details.want_digest(anna, wanted == "yes", region.clock())


def another_meeting(region: Region) -> None:
    """Anna comes to one a day later as well, and its title changes."""
    with region.at_work():
        meeting = a_meeting(
            title="Jeugd <12",
            slug="jeugd",
            starts_at=START + timedelta(days=1),
            series=db.session.get_one(Meeting, region.meeting.id).series,
        )
        item = an_item(meeting, title="Aftrap")
        db.session.add(item)
        db.session.commit()
        begin_writing()
        clerk = region.load(region.clerk)
        telling.publish(meeting, clerk, region.clock(), Instructions())
        anna = db.session.get_one(Person, region.people[0].id)
        registrations.register(meeting, anna, Wish(anna.offices[0]), region.clock())
        item.title = "Welkom"
        telling.publish(meeting, clerk, region.clock(), Instructions())


def of_anna(region: Region) -> list[str]:
    return [became for name, kind, became in region.mails() if (name, kind) == ("Anna", "changed")]


def composed(region: Region) -> tuple[EmailMessage | None, int]:
    """Anna's daily mail and how many rows it tells."""
    with region.app.test_request_context("/", base_url=region.app.config["BASE_URL"]):
        rows = [
            row
            for row in db.session.query(OutboxMail).order_by(OutboxMail.id)
            if row.person.first_name == "Anna"
            and row.digest_at
            and not row.dropped_at
            and row.meeting_id == region.meeting.id
        ]
        daily = compose_all(rows, region.clock())
        if daily.message is not None:
            daily.message.replace_header("Message-ID", f"<{uuid.UUID(int=1)}@127.0.0.1>")
        return daily.message, len(daily.told)


def files(region: Region) -> list[EmailMessage]:
    """What the worker sent to Anna."""
    paths = sorted(region.app.config["MAIL_DIR"].glob("*.eml"))
    sent = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    return [one for one in sent if "anna@" in one["To"]]


def work_at(region: Region, moment: datetime) -> None:
    region.clock.moment = moment
    while worker.run_once(region.app):
        pass


def test_all_that_changed_is_one_mail_as_its_golden_file(region):
    message, rows = composed(region)

    assert rows == 2
    assert (shown(message), html(message)) == (
        golden("mail/daily.txt", shown(message)),
        golden("mail/daily.html", html(message)),
    )


def test_one_meeting_reads_like_the_mail_about_one_version(region):
    message, _rows = composed(region)

    assert message["Subject"] == "Gewijzigd: Wonen & energie"
    text = message.get_body(("plain",)).get_content()
    assert "De eerste ronde is anders." in text
    assert [text.count(line) for line in ("Warmte uit water: Titel", "Samen beginnen: Tijd")] == [
        1,
        1,
    ]


def test_each_meeting_is_a_mail_with_its_own_appointment(region):
    another_meeting(region)

    work_at(region, FIVE)

    sent = {
        mail["Subject"]: mail.get_body(("plain",)).get_content().count("Titel")
        for mail in files(region)
        if mail["Subject"].startswith("Gewijzigd")
    }
    assert sent == {"Gewijzigd: Wonen & energie": 1, "Gewijzigd: Jeugd <12": 1}
    appointments = [
        part.get_content().count("BEGIN:VEVENT")
        for mail in files(region)
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert set(appointments) == {1}


def test_it_goes_once_at_the_hour_and_the_others_are_told_at_once(region):
    work_at(region, region.clock())
    before = of_anna(region), len(files(region))

    work_at(region, FIVE)
    work_at(region, FIVE + timedelta(days=1))

    assert before == (["pending", "pending"], 0)
    assert (of_anna(region), len(files(region))) == (["sent", "sent"], 1)
    assert ("Bram", "changed", "sent") in region.mails()


def test_two_workers_do_not_share_it(region):
    with region.at_work():
        first = claim_due(FIVE)
    with region.at_work():
        second = claim_due(FIVE)

    assert [len(mail) for mail in first] == [2, 1, 1, 1, 1]
    assert second == []


def test_a_worker_that_died_sends_it_again_under_the_same_name(region):
    work_at(region, FIVE)
    with region.at_work():
        for row in db.session.query(OutboxMail):
            row.sent_at, row.claimed_until = None, FIVE + timedelta(minutes=5)

    work_at(region, FIVE + timedelta(minutes=5))

    assert (of_anna(region), len(files(region))) == (["sent", "sent"], 1)


def test_what_is_back_where_it_was_is_not_told(region):
    region.change(region.one, title="Warmte zonder aardgas")
    region.change(region.opening, ends_at=region.opening.ends_at)
    region.publish()

    work_at(region, FIVE)

    assert (of_anna(region), files(region)) == (["dropped"] * 3, [])


def test_a_retracted_version_is_left_out_and_needs_no_correction(region):
    region.retract(3)

    message, rows = composed(region)

    assert (rows, "Samen beginnen" in str(message)) == (1, False)
    assert of_anna(region) == ["pending", "dropped"]
    assert ("Anna", "change_retracted") not in {mail[:2] for mail in region.mails()}


def test_a_version_retracted_while_it_is_sent_is_dropped_from_it(region):
    with region.at_work():
        (ids, *_others) = claim_due(FIVE)
    region.clock.moment = region.clock() + timedelta(minutes=1)
    region.retract(3)

    with region.app.test_request_context("/", base_url=region.app.config["BASE_URL"]):
        rows = [db.session.get_one(OutboxMail, one) for one in ids]
        told = compose_all(rows, region.clock()).told

    assert told == {ids[0]}


def test_changes_to_a_meeting_of_tomorrow_do_not_wait_for_its_evening(region):
    region.forget_mails()
    region.clock.moment = START.replace(hour=17) - timedelta(days=1)
    region.change(region.opening, title="Inloop")
    region.publish()

    work_at(region, region.clock())

    assert (of_anna(region), len(files(region))) == (["sent"], 1)


def test_moving_the_meeting_lets_the_rest_go_along(region):
    with region.at_work():
        meeting, clerk = region.load(region.meeting), region.load(region.clerk)
        longer = meeting.ends_at + timedelta(hours=1)
        to = replace(time_and_place(meeting), ends_at=longer)
        moving.move(meeting, to, clerk, region.clock())

    work_at(region, region.clock())

    assert (of_anna(region), len(files(region))) == (["sent", "sent"], 2)  # and one that it moved


def test_who_wants_them_at_once_again_gets_what_was_gathered(region):
    want_digest(region, "no")

    work_at(region, region.clock())

    assert (of_anna(region), len(files(region))) == (["sent", "sent"], 1)


def test_an_hour_that_no_day_has_is_refused_at_the_start():
    environ = {"DIGEST_HOUR": "24", "SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite://"}

    with pytest.raises(UnsafeSettings, match="DIGEST_HOUR moet een heel uur zijn"):
        Config.from_environment(environ)
