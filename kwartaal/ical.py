"""Calendars as bytes: RFC 5545 with the additions of RFC 7986, in Dutch and Amsterdam time.

Pure: it gets an `Event` or `Calendar` and returns bytes, the same bytes for the same input. Who may
see which event, and what stands in it, is decided before. Why parts are written by hand and not by
the icalendar package: decision 0010.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from functools import cache

import icalendar
from icalendar.prop import vDuration, vInline, vUri

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.content_lines import clean, escaped, folded, one_line, without_space
from kwartaal.dutch import in_dutch

FORMAT = 2
"""In every feed's ETag: raise it by one when equal input gives other bytes than before."""

PRODID = "-//Kwartaal//Kwartaal//NL"
CANCELLED_PREFIX = in_dutch("GEANNULEERD: ")
WITHDREW_PREFIX = in_dutch("AFGEMELD: ")
LAPSED_PREFIX = in_dutch("VERVALLEN: ")
ELSEWHERE_PREFIX = in_dutch("VERPLAATST: ")
MOVED_TO_FEED_PREFIX = in_dutch("ABONNEMENT: ")
BUSY = in_dutch("Bezet")
WITHDRAWN = in_dutch("Vervallen afspraak")


class Status(StrEnum):
    """STATUS of an event (RFC 5545 section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Class(StrEnum):
    """CLASS of an event (RFC 5545 section 3.8.1.3)."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"


class Transparency(StrEnum):
    """TRANSP of an event (RFC 5545 section 3.8.2.7): does it take up the reader's time?"""

    OPAQUE = "OPAQUE"
    TRANSPARENT = "TRANSPARENT"


class Color(Enum):
    """Colours that RFC 7986 section 5.9 knows by their CSS3 name, with the value Apple wants."""

    DARKSLATEBLUE = "#483D8B"
    TEAL = "#008080"
    SIENNA = "#A0522D"
    DARKGREEN = "#006400"
    STEELBLUE = "#4682B4"
    PURPLE = "#800080"
    MAROON = "#800000"
    DARKGOLDENROD = "#B8860B"
    OLIVE = "#808000"
    SLATEGRAY = "#708090"


@dataclass(frozen=True)
class Conference:
    """CONFERENCE of an event (RFC 7986 section 5.11): where one sees and hears it from afar."""

    address: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One VEVENT (RFC 5545 section 3.6.1); every moment is an aware datetime in UTC.

    `uid` is stored with the meeting or item and never made anew (RFC 7986 section 5.3);
    `revised_at` and `sequence` rise on every change a reader sees, `created_at` never moves (RFC
    5545 section 3.8.7). `attachments` are addresses of pages, never content; `color` is that of a
    body (RFC 7986 section 5.9). `geo` is latitude and longitude in degrees; `related_to` is the UID
    of the meeting that an item belongs to; `cancelled_prefix` stands before the title once the
    status is CANCELLED. Raises ValueError for a moment that is not in UTC and for an end that is
    not after the start.
    """

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    revised_at: datetime
    created_at: datetime
    sequence: int = 0
    status: Status = Status.CONFIRMED
    location: str = ""
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    color: Color | None = None
    geo: tuple[float, float] | None = None
    conference: Conference | None = None
    class_: Class = Class.PUBLIC
    transp: Transparency = Transparency.OPAQUE
    related_to: str = ""
    cancelled_prefix: str = CANCELLED_PREFIX

    def __post_init__(self) -> None:
        require_utc(self.starts_at, self.ends_at, self.revised_at, self.created_at)
        if self.ends_at <= self.starts_at:
            raise ValueError(f"event {self.uid} ends at {self.ends_at}, not after its start")


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """One VCALENDAR (RFC 5545 section 3.4) with what RFC 7986 section 5 says about a feed.

    `source` is the feed's own address and stays empty for a personal feed, whose address is secret;
    `url` is the page about it. `revised_at` never falls, also not when an event is deleted; without
    it the newest event counts. A `single` file hands one event over (mail, download): it says
    nothing about a feed, else Outlook opens a new calendar for it (MS-OXCICAL, X-WR-CALNAME).
    Raises ValueError for a single file of any other number of events, and for equal UIDs.
    """

    name: str
    events: tuple[Event, ...]
    description: str = ""
    source: str = ""
    url: str = ""
    color: Color | None = None
    single: bool = False
    refresh: timedelta = timedelta(hours=1)
    revised_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.revised_at:
            require_utc(self.revised_at)
        if self.single and len(self.events) != 1:
            raise ValueError(f"a single file with {len(self.events)} events")
        if len(self.uids) != len(self.events):
            raise ValueError(f"calendar {self.name} has two events with one UID")

    @property
    def uids(self) -> frozenset[str]:
        return frozenset(event.uid for event in self.events)

    @property
    def last_modified(self) -> datetime | None:
        """When anything in it last changed (RFC 7986 section 5.4); None for an empty calendar."""
        return self.revised_at or max((event.revised_at for event in self.events), default=None)


def busy(event: Event) -> Event:
    """The event as "Bezet": when, and nothing else (CLASS of RFC 5545 section 3.8.1.3).

    For a closed meeting in a personal feed whose body does not allow titles.
    """
    return replace(_without_content(event), summary=BUSY, class_=Class.PRIVATE)


def withdrawn(event: Event) -> Event:
    """The event cancelled (RFC 5545 section 3.8.1.11) as "Vervallen afspraak", without its content.

    For an item whose openness was lowered after subscribers had already read it.
    """
    return replace(_without_content(event), summary=WITHDRAWN, status=Status.CANCELLED)


def write(calendar: Calendar) -> bytes:
    """The calendar as UTF-8 bytes: RFC 5545 sections 3.1 (lines) and 3.4, RFC 7986 section 5.

    Lines end in CRLF and have at most 75 octets. Events are ordered by start and UID. No METHOD
    (RFC 5546 section 3.2.1) and no calendar-level UID (RFC 7986 section 5.3 allows it; vdirsyncer
    then drops all events but one). A RELATED-TO whose target is not in this calendar is left out.
    """
    return lines_of(component_of(calendar))


def component_of(calendar: Calendar) -> icalendar.Calendar:
    """The calendar before it is bytes, for what a message adds to it (kwartaal.itip)."""
    component = icalendar.Calendar()
    component.add("version", "2.0")
    component.add("prodid", PRODID)
    component.add("calscale", "GREGORIAN")
    if not calendar.single:
        _describe_feed(component, calendar)
    component.add_component(_amsterdam())
    for event in sorted(calendar.events, key=lambda event: (event.starts_at, event.uid)):
        component.add_component(_component(event, calendar.uids))
    return component


def lines_of(component: icalendar.Calendar) -> bytes:
    """A component as folded lines (RFC 5545 section 3.1)."""
    return b"".join(folded(line) for line in component.content_lines() if line)


def _text(*values: str) -> vInline:
    """Escaped by hand: the package's vText writes a backslash before an N as a line break."""
    return vInline(",".join(escaped(value) for value in values))


def _uri(address: str) -> vUri:
    return vUri(without_space(address))


def _add_if_any(component: icalendar.Component, name: str, value: vInline | vUri) -> None:
    if value:
        component.add(name, value)


def _describe_feed(component: icalendar.Calendar, calendar: Calendar) -> None:
    for name in ("name", "x-wr-calname"):
        component.add(name, _text(one_line(calendar.name)))
    for name in ("description", "x-wr-caldesc"):
        _add_if_any(component, name, _text(clean(calendar.description)))
    component.add("x-wr-timezone", _text(AMSTERDAM.key))
    component.add("refresh-interval", vDuration(calendar.refresh), {"VALUE": "DURATION"})
    component.add("x-published-ttl", vDuration(calendar.refresh))
    if calendar.last_modified:
        component.add("last-modified", calendar.last_modified)
    if calendar.color:
        component.add("color", _text(calendar.color.name.lower()))
        component.add("x-apple-calendar-color", _text(calendar.color.value))
    if calendar.source:
        component.add("source", _uri(calendar.source), {"VALUE": "URI"})
    _add_if_any(component, "url", _uri(calendar.url))


def _component(event: Event, uids: frozenset[str]) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", _text(one_line(event.uid)))
    component.add("dtstamp", event.revised_at)
    component.add("last-modified", event.revised_at)
    component.add("created", event.created_at)
    component.add("sequence", event.sequence)
    starts_at, ends_at = _local(event.starts_at, event.ends_at)
    component.add("dtstart", starts_at)
    component.add("dtend", ends_at)
    component.add("status", _text(event.status))
    component.add("class", _text(event.class_))
    component.add("transp", _text(_transparency(event)))
    # libical takes an empty one for an error.
    _add_if_any(component, "summary", _text(one_line(title_of(event))))
    _add_content(component, event)
    if event.related_to in uids:
        component.add("related-to", _text(one_line(event.related_to)), {"RELTYPE": "PARENT"})
    return component


def _add_content(component: icalendar.Event, event: Event) -> None:
    _add_if_any(component, "location", _text(one_line(event.location)))
    _add_if_any(component, "description", _text(clean(event.description)))
    _add_if_any(component, "url", _uri(event.url))
    _add_if_any(component, "categories", _text(*filter(None, map(one_line, event.categories))))
    for address in event.attachments:
        component.add("attach", _uri(address), {"FMTTYPE": "text/html"})
    if event.color:
        component.add("color", _text(event.color.name.lower()))
    if event.geo:
        component.add("geo", vInline("{:.6f};{:.6f}".format(*event.geo)))
    if event.conference:
        component.add("conference", _uri(event.conference.address), _how_to_join(event.conference))


def _how_to_join(conference: Conference) -> dict[str, str]:
    """RFC 7986 sections 6.3 and 6.4; VALUE has to be said (section 5.11)."""
    return {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": conference.label}


def title_of(event: Event) -> str:
    """Some clients ignore STATUS, so a cancelled event says so in its title too."""
    if event.status is Status.CANCELLED and event.summary != WITHDRAWN:
        return event.cancelled_prefix + event.summary
    return event.summary


def _transparency(event: Event) -> Transparency:
    return Transparency.TRANSPARENT if event.status is Status.CANCELLED else event.transp


def _without_content(event: Event) -> Event:
    return replace(
        event,
        location="",
        description="",
        url="",
        categories=(),
        attachments=(),
        color=None,
        geo=None,
        conference=None,
        related_to="",
        cancelled_prefix=CANCELLED_PREFIX,
    )


def _local(*moments: datetime) -> list[datetime]:
    """In Amsterdam time, or all in UTC when one falls in the hour that the clock repeats.

    RFC 5545 section 3.3.5: a repeated local time means its first occurrence, so the second cannot
    be said, and readers differ on the first.
    """
    local = [moment.astimezone(AMSTERDAM) for moment in moments]
    other = [moment.replace(fold=1 - moment.fold) for moment in local]
    repeated = [moment.utcoffset() for moment in local] != [moment.utcoffset() for moment in other]
    return list(moments) if repeated else local


@cache
def _amsterdam() -> icalendar.Timezone:
    """The two rules of Amsterdam since 1996 (RFC 5545 section 3.6.5), each from its first onset.

    By hand: the package's own has the spring onset an hour late and lists dates up to 2038, which
    ical.js and vobject do not read.
    """
    zone = icalendar.Timezone()
    zone.add("tzid", _text(AMSTERDAM.key))
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    daylight, standard = icalendar.TimezoneDaylight(), icalendar.TimezoneStandard()
    _add_rule(daylight, "CEST", datetime(1981, 3, 29, 2), winter, summer)
    _add_rule(standard, "CET", datetime(1996, 10, 27, 3), summer, winter)
    zone.add_component(daylight)
    zone.add_component(standard)
    return zone


def _add_rule(
    component: icalendar.TimezoneDaylight | icalendar.TimezoneStandard,
    name: str,
    onset: datetime,
    before: timedelta,
    after: timedelta,
) -> None:
    """`onset` is on the clock that is being changed, as RFC 5545 section 3.6.5 wants."""
    component.add("tzname", _text(name))
    component.add("dtstart", onset)
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    component.add("rrule", {"freq": "yearly", "bymonth": onset.month, "byday": "-1SU"})


def require_utc(*moments: datetime) -> None:
    """Raises ValueError for a moment in another time zone, or in none."""
    for moment in moments:
        if moment.utcoffset() != timedelta(0):
            raise ValueError(f"{moment} is not in UTC")
