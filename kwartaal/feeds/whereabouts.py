"""Where a meeting is on the map and online, as its version says; pure."""

from __future__ import annotations

from kwartaal.ical import Conference
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import PublishedMeeting


def coordinates_of(published: PublishedMeeting) -> tuple[float, float] | None:
    """Latitude and longitude of the building, for GEO."""
    return published.venue.coordinates if published.venue else None


def conference_of(meeting: Meeting, published: PublishedMeeting) -> Conference | None:
    """Where one takes part online, or only looks on; nowhere once the meeting is cancelled."""
    if meeting.is_cancelled or not published.online_address:
        return None
    label = "Online meedoen" if published.is_digital else "Live meekijken"
    return Conference(published.online_address, label)
