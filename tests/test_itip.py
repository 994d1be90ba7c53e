"""Messages for one attendee against the tables of RFC 5546 sections 3.2.2 and 3.2.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import vobject

from kwartaal.ical import Status
from kwartaal.itip import Answer, Message, Method, Party
from tests.calendar_samples import MEETING

MESSAGE = Message(
    event=MEETING,
    organiser=Party("griffie@x.example", "Kwartaal"),
    attendee=Party("anna@x.example", "Anna Jansen"),
    answer=Answer.ACCEPTED,
    made_at=datetime(2027, 3, 10, 11, 0, tzinfo=UTC),
)
CANCELLED = replace(MESSAGE, event=replace(MEETING, status=Status.CANCELLED))


def lines(message: Message, *names: str) -> list[str]:
    """The unfolded lines that begin with one of these names."""
    text = message.write().decode().replace("\r\n ", "")
    return [line for line in text.split("\r\n") if line.startswith(names)]


def test_message_has_one_organiser_and_one_attendee_who_is_asked_nothing():
    assert lines(MESSAGE, "ORGANIZER", "ATTENDEE") == [
        'ATTENDEE;CN="Anna Jansen";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT'
        ";RSVP=FALSE:mailto:anna@x.example",
        "ORGANIZER;CN=Kwartaal:mailto:griffie@x.example",
    ]


@pytest.mark.parametrize(
    ("message", "method"), [(MESSAGE, "REQUEST"), (CANCELLED, "CANCEL")], ids=["comes", "is off"]
)
def test_method_stands_in_the_calendar_once(message, method):
    assert (message.method, lines(message, "METHOD")) == (Method(method), [f"METHOD:{method}"])


def test_dtstamp_is_when_the_message_was_made_and_last_modified_when_the_meeting_changed():
    changed = MEETING.revised_at.astimezone(UTC)

    assert lines(MESSAGE, "DTSTAMP", "LAST-MODIFIED") == [
        "DTSTAMP:20270310T110000Z",
        f"LAST-MODIFIED:{changed:%Y%m%dT%H%M%SZ}",
    ]


def test_feed_properties_are_left_out():
    assert lines(MESSAGE, "NAME", "X-WR-", "X-APPLE-", "REFRESH", "SOURCE") == []


def test_moment_that_is_not_in_utc_is_refused():
    amsterdam = timezone(timedelta(hours=1))

    with pytest.raises(ValueError):
        replace(MESSAGE, made_at=datetime(2027, 3, 10, 12, 0, tzinfo=amsterdam))


@pytest.mark.parametrize("name", ["", "Ü; , :", 'a "b"', "🌊", "x\r\nBEGIN:VEVENT", "אבג", "^n"])
def test_no_name_breaks_out_of_its_parameter(name):
    message = replace(
        MESSAGE, attendee=Party("anna@x.example", name), organiser=Party("g@x.nl", name)
    )

    calendar = vobject.readOne(message.write().decode(), validate=True)

    assert len(calendar.contents["vevent"]) == 1
    assert calendar.vevent.attendee.value == "mailto:anna@x.example"
    assert calendar.vevent.organizer.value == "mailto:g@x.nl"
