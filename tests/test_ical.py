"""The calendar writer: bytes against golden files, and against readers that are not ours."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.content_lines import clean, one_line
from kwartaal.ical import Calendar, Class, Event, Status, busy, withdrawn, write
from tests.calendar_readers import READERS, Read, categories_with_vobject, rounded
from tests.calendar_samples import (
    CANCELLED,
    GOLDEN,
    MEETING,
    SAMPLES,
    WORKSHOP,
    a_calendar,
    an_event,
    at,
    texts,
    utc,
)
from tests.test_content_lines import TEXT

readers = pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
samples = pytest.mark.parametrize("calendar", SAMPLES.values(), ids=SAMPLES.keys())


def expected(event: Event) -> Read:
    """What a subscriber must see of the event; the title of a cancelled one as it is written."""
    prefix = "GEANNULEERD: " if event.status == Status.CANCELLED else ""
    if event.summary == "Vervallen afspraak":
        prefix = ""
    return Read(
        uid=one_line(event.uid),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        status=event.status,
        summary=one_line(prefix + event.summary),
        location=one_line(event.location),
        description=clean(event.description),
        geo=rounded(*event.geo or ()),
        online=event.conference.address if event.conference else "",
    )


def in_order(events: tuple[Event, ...]) -> list[Read]:
    return sorted(
        (expected(event) for event in events), key=lambda read: (read.starts_at, read.uid)
    )


def lines(content: bytes) -> list[str]:
    """The content lines, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def lines_of_calendar(content: bytes) -> list[str]:
    """Those before the first component."""
    found = lines(content)
    return found[1 : found.index("BEGIN:VTIMEZONE")]


def names(content_lines: list[str]) -> list[str]:
    return [re.split("[:;]", line)[0] for line in content_lines]


# Bytes


@pytest.mark.parametrize("name", SAMPLES)
def test_write_gives_the_bytes_of_the_golden_file(name):
    assert write(SAMPLES[name]) == (GOLDEN / f"{name}.ics").read_bytes(), (
        "meant? then raise kwartaal.ical.FORMAT and run python -m tests.calendar_samples"
    )


def test_every_golden_file_has_its_sample():
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(SAMPLES)


@samples
def test_lines_end_in_crlf_and_have_at_most_75_octets(calendar):
    *pieces, end = write(calendar).split(b"\r\n")

    assert end == b""
    assert [piece for piece in pieces if len(piece) > 75 or not piece.strip(b"\r\n")] == []
    assert [piece for piece in pieces if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", piece)] == []
    assert "".join(piece.decode() for piece in pieces)  # no piece begins inside a character


@samples
def test_nothing_that_no_feed_may_hold(calendar):
    found = names(lines(write(calendar)))

    assert {"METHOD", "ATTENDEE", "ORGANIZER", "VALARM", "RDATE"} & set(found) == set()
    assert "UID" not in names(lines_of_calendar(write(calendar)))
    assert found.count("UID") == len(calendar.events)


def test_order_of_the_events_given_changes_nothing():
    calendar = SAMPLES["public"]

    assert write(replace(calendar, events=calendar.events[::-1])) == write(calendar)


# What other libraries read


@readers
@samples
def test_reader_sees_uids_moments_states_and_texts(read, calendar):
    assert read(write(calendar)) == in_order(calendar.events)


@readers
def test_reader_agrees_on_both_sides_of_every_clock_change(read):
    """A reader that trusts our two rules must find what the time zone database says."""
    changes = [
        utc(year, month, 31 - utc(year, month, 31).isoweekday() % 7, 1)
        for year in range(1997, 2060)
        for month in (3, 10)
    ]
    events = tuple(
        at(f"{change:%Y-%m} {minutes}", change + timedelta(minutes=minutes), hours=2)
        for change in changes
        for minutes in (-180, -61, -60, -1, 0, 1, 59, 60, 61)
    )

    assert [change.astimezone(AMSTERDAM).hour for change in changes] == [3, 2] * 63
    assert read(write(a_calendar(*events))) == in_order(events)


@pytest.mark.parametrize("season", ["DAYLIGHT", "STANDARD"])
def test_each_rule_begins_when_the_time_zone_database_changes(season):
    """Readers that go from UTC to local time need the onset on the clock that is changed."""
    (rule,) = icalendar.Calendar.from_ical(write(a_calendar())).walk(season)
    repeated = rrulestr(rule["RRULE"].to_ical().decode(), dtstart=rule.decoded("DTSTART"))
    offset_from, offset_to = rule.decoded("TZOFFSETFROM"), rule.decoded("TZOFFSETTO")

    for onset in repeated.between(datetime(1996, 1, 1), datetime(2060, 1, 1)):
        change = (onset - offset_from).replace(tzinfo=UTC)
        before = change - timedelta(seconds=1)
        assert before.astimezone(AMSTERDAM).utcoffset() == offset_from
        assert change.astimezone(AMSTERDAM).utcoffset() == offset_to
        assert change.astimezone(AMSTERDAM).tzname() == rule["TZNAME"]


@readers
@settings(deadline=None)
@given(text=TEXT)
def test_reader_gets_any_text_back(read, text):
    events = (texts("a", text),)

    content = write(a_calendar(*events, name=text, description=text))

    assert read(content) == in_order(events)
    assert content == write(a_calendar(*events, name=text, description=text))
    assert [piece for piece in content.split(b"\r\n") if len(piece) > 75] == []


@settings(deadline=None)
@given(TEXT)
def test_categories_come_back_one_by_one(text):
    content = write(a_calendar(an_event(categories=("Raad, college", text, "Ronde; 1"))))

    assert categories_with_vobject(content) == [
        name for name in ("Raad, college", one_line(text), "Ronde; 1") if name
    ]


MOMENTS = st.datetimes(datetime(1997, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@readers
@settings(deadline=None)
@given(starts_at=MOMENTS, length=st.integers(1, 100_000))
def test_reader_gets_any_moment_back(read, starts_at, length):
    events = (at("a", starts_at.replace(microsecond=0), minutes=length),)

    assert read(write(a_calendar(*events))) == in_order(events)


# Properties of the calendar


def test_feed_says_its_name_colour_addresses_and_how_often_to_come():
    calendar = a_calendar(MEETING, name="Raad, alles", description="Voor; raden")

    assert lines_of_calendar(write(calendar)) == [
        "VERSION:2.0",
        "PRODID:-//Kwartaal//Kwartaal//NL",
        "CALSCALE:GREGORIAN",
        r"DESCRIPTION:Voor\; raden",
        r"X-WR-CALDESC:Voor\; raden",
        r"NAME:Raad\, alles",
        r"X-WR-CALNAME:Raad\, alles",
        "COLOR:darkslateblue",
        "LAST-MODIFIED:20270115T091233Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://kwartaal.example/kalender/openbaar.ics",
        "URL:https://kwartaal.example/kalender/",
        "X-APPLE-CALENDAR-COLOR:#483D8B",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/Amsterdam",
    ]


def test_single_file_says_nothing_of_a_feed():
    assert lines_of_calendar(write(a_calendar(MEETING, single=True))) == [
        "VERSION:2.0",
        "PRODID:-//Kwartaal//Kwartaal//NL",
        "CALSCALE:GREGORIAN",
    ]


def test_feed_without_source_does_not_tell_its_address():
    assert "SOURCE" not in names(lines(write(a_calendar(MEETING, source=""))))


def test_last_modified_is_that_of_the_newest_event():
    newest = an_event(uid="b", revised_at=utc(2027, 2, 1))

    assert a_calendar(MEETING, newest).last_modified == utc(2027, 2, 1)


def test_last_modified_given_outlives_a_deleted_event():
    assert a_calendar(MEETING, revised_at=utc(2027, 3, 1)).last_modified == utc(2027, 3, 1)


def test_last_modified_of_nothing():
    assert "LAST-MODIFIED" not in names(lines(write(a_calendar())))


@pytest.mark.parametrize("events", [(), (MEETING, WORKSHOP)])
def test_single_file_refuses_another_number_of_events(events):
    with pytest.raises(ValueError, match="single"):
        a_calendar(*events, single=True)


def test_calendar_refuses_two_events_with_one_uid():
    with pytest.raises(ValueError, match="one UID"):
        a_calendar(MEETING, MEETING)


def test_calendar_refuses_a_revision_that_is_not_in_utc():
    with pytest.raises(ValueError, match="not in UTC"):
        Calendar(name="x", events=(), revised_at=datetime(2027, 1, 1))


# Properties of an event


def lines_of(event: Event, *others: Event) -> list[str]:
    found = lines(write(a_calendar(event, *others)))
    start = found.index(f"UID:{event.uid}")
    begin = max(index for index in range(start) if found[index] == "BEGIN:VEVENT")
    return found[begin + 1 : found.index("END:VEVENT", start)]


def test_event_with_everything():
    assert lines_of(replace(MEETING, related_to=WORKSHOP.uid), WORKSHOP) == [
        "SUMMARY:Kwartaalbijeenkomst voorjaar",
        "DTSTART;TZID=Europe/Amsterdam:20270310T123000",
        "DTEND;TZID=Europe/Amsterdam:20270310T170000",
        "DTSTAMP:20270115T091233Z",
        "UID:0d4f8f2e-6c1b-4a6e-9a35-5a1d0a7b3c11",
        "SEQUENCE:3",
        "ATTACH;FMTTYPE=text/html:https://kwartaal.example/bijeenkomsten/voorjaar-2027/agenda/",
        r"CATEGORIES:Kwartaalbijeenkomst,Raad\, college en ambtelijk",
        "CLASS:PUBLIC",
        "COLOR:teal",
        """CONFERENCE;FEATURE=VIDEO;LABEL="Online; ^'mee^', hier";VALUE=URI:"""
        "https://stream.example.org/mei?taal=nl;s=1",
        "CREATED:20261122T080000Z",
        r"DESCRIPTION:Programma\n13.00 Plenair\n14.00 Ronde 1\n\n"
        "https://kwartaal.example/bijeenkomsten/",
        "GEO:51.817200;4.633330",
        "LAST-MODIFIED:20270115T091233Z",
        r"LOCATION:Stadhuis Zwijndrecht\, Raadhuisplein 3\, Zwijndrecht",
        "RELATED-TO;RELTYPE=PARENT:d5a3a5b0-3a2b-4b44-8e0a-0c4a9b1f7e22",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://kwartaal.example/bijeenkomsten/voorjaar-2027/",
    ]


def test_cancelled_event_says_so_three_times():
    found = lines_of(CANCELLED)

    assert "SUMMARY:GEANNULEERD: Kwartaalbijeenkomst voorjaar" in found
    assert "STATUS:CANCELLED" in found
    assert "TRANSP:TRANSPARENT" in found


def test_related_to_is_left_out_when_its_target_is_not_there():
    assert "RELATED-TO" not in names(lines_of(WORKSHOP))


@pytest.mark.parametrize(
    ("starts_at", "start", "end"),
    [
        (utc(2027, 10, 30, 23, 0), "DTSTART;TZID=Europe/Amsterdam:20271031T010000", None),
        (utc(2027, 10, 31, 0, 0), "DTSTART:20271031T000000Z", "DTEND:20271031T003000Z"),
        (utc(2027, 10, 31, 1, 0), "DTSTART:20271031T010000Z", "DTEND:20271031T013000Z"),
        (utc(2027, 10, 30, 23, 45), "DTSTART:20271030T234500Z", "DTEND:20271031T001500Z"),
        (utc(2027, 10, 31, 2, 0), "DTSTART;TZID=Europe/Amsterdam:20271031T030000", None),
    ],
)
def test_only_the_hour_that_comes_twice_is_written_in_utc(starts_at, start, end):
    found = lines_of(at("a", starts_at, minutes=30))

    assert start in found
    assert end is None or end in found


def test_busy_tells_when_and_nothing_else():
    assert lines_of(busy(replace(MEETING, related_to=WORKSHOP.uid)), WORKSHOP) == [
        "SUMMARY:Bezet",
        "DTSTART;TZID=Europe/Amsterdam:20270310T123000",
        "DTEND;TZID=Europe/Amsterdam:20270310T170000",
        "DTSTAMP:20270115T091233Z",
        "UID:0d4f8f2e-6c1b-4a6e-9a35-5a1d0a7b3c11",
        "SEQUENCE:3",
        "CLASS:PRIVATE",
        "CREATED:20261122T080000Z",
        "LAST-MODIFIED:20270115T091233Z",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ]


def test_withdrawn_tells_when_and_that_it_is_off():
    assert lines_of(withdrawn(MEETING)) == [
        "SUMMARY:Vervallen afspraak",
        "DTSTART;TZID=Europe/Amsterdam:20270310T123000",
        "DTEND;TZID=Europe/Amsterdam:20270310T170000",
        "DTSTAMP:20270115T091233Z",
        "UID:0d4f8f2e-6c1b-4a6e-9a35-5a1d0a7b3c11",
        "SEQUENCE:3",
        "CLASS:PUBLIC",
        "CREATED:20261122T080000Z",
        "LAST-MODIFIED:20270115T091233Z",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
    ]


def test_busy_keeps_the_state():
    assert busy(CANCELLED).status == Status.CANCELLED
    assert busy(CANCELLED).class_ == Class.PRIVATE


@pytest.mark.parametrize("field", ["starts_at", "ends_at", "revised_at", "created_at"])
@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=1))])
def test_event_refuses_a_moment_that_is_not_in_utc(field, zone):
    with pytest.raises(ValueError, match="not in UTC"):
        an_event(**{field: getattr(MEETING, field).replace(tzinfo=zone)})


@pytest.mark.parametrize("minutes", [0, -1])
def test_event_refuses_an_end_that_is_not_after_the_start(minutes):
    with pytest.raises(ValueError, match="not after its start"):
        an_event(ends_at=MEETING.starts_at + timedelta(minutes=minutes))
