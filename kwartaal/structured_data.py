"""A public meeting in the words of schema.org, for search engines (schema.org/Event)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting, PublishedVenue

POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")
Json = dict[str, Any]


def event_data(
    meeting: Meeting, published: PublishedMeeting, before: datetime | None, page: str
) -> Json | None:
    """The event of a meeting's own page, at the address `page`; only what outsiders read there.

    `before` is when it was to begin until it was moved. None for a meeting that is not public, and
    while nobody knows where it will be: name, begin and place are required (Google Search Central,
    "Event structured data", which also says that only the page of one event carries it).
    """
    online = "" if meeting.is_cancelled else published.online_address
    places = _places(published, online or page)
    if not meeting.is_public or not places:
        return None
    is_moved = before is not None and before != published.starts_at
    data: Json = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": published.title,
        "url": page,
        "startDate": _moment(published.starts_at),
        "endDate": _moment(published.ends_at),
        "eventStatus": _word(_status(meeting, is_moved)),
        "eventAttendanceMode": _word(_attendance(published)),
        "location": places if len(places) > 1 else places[0],
        "organizer": {"@type": "Organization", "name": "Kwartaal", "url": _home(page)},
        "inLanguage": "nl",
        "isAccessibleForFree": True,
    }
    if published.introduction:
        data["description"] = published.introduction
    if is_moved and before is not None and not meeting.is_cancelled:
        data["previousStartDate"] = _moment(before)
    return data


def _status(meeting: Meeting, is_moved: bool) -> str:
    if meeting.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if is_moved else "EventScheduled"


def _attendance(published: PublishedMeeting) -> str:
    if published.venue is None:
        return "OnlineEventAttendanceMode"
    return "MixedEventAttendanceMode" if published.is_digital else "OfflineEventAttendanceMode"


def _places(published: PublishedMeeting, online: str) -> list[Json]:
    """Where one is there, and where one takes part online; else the page will say how."""
    places = [_place(published.venue)] if published.venue else []
    if published.is_digital:
        places.append({"@type": "VirtualLocation", "url": online})
    return places


def _place(venue: PublishedVenue) -> Json:
    street, comma, _rest = venue.address.rpartition(", ")
    postcode = POSTCODE.search(venue.address)
    address = {"@type": "PostalAddress", "addressLocality": venue.town, "addressCountry": "NL"}
    if comma:
        address["streetAddress"] = street
    if postcode:
        address["postalCode"] = postcode.group()
    place: Json = {"@type": "Place", "name": venue.name, "address": address}
    if venue.coordinates:
        latitude, longitude = venue.coordinates
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place


def _moment(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).isoformat()


def _word(name: str) -> str:
    return f"https://schema.org/{name}"


def _home(page: str) -> str:
    return page.partition("/bijeenkomsten/")[0] + "/"
