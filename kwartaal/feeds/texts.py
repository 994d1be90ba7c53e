"""What events say in words; pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.domain.refusals import N_
from kwartaal.dutch import in_dutch
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ItemKind
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import ChoiceState, RegistrationState
from kwartaal.models.standing import Chosen, Standing

ITEMS_APART = in_dutch("Wat u koos, staat als aparte afspraken in deze agenda.")
IN_LINE = N_("U staat op de wachtlijst, nummer %(rank)s.")
_WORKSHOP_IS_OFF = N_("Deze workshop gaat niet door.")
_ITEM_IS_OFF = N_("Dit onderdeel gaat niet door.")
LEFT_ITEM = in_dutch("U hebt zich hiervoor afgemeld.")
LAPSED_ITEM = in_dutch("Uw aanmelding hiervoor verviel toen dit onderdeel niet doorging.")


def place(published: PublishedMeeting) -> str:
    """Name and address, for LOCATION; empty while the place follows: calendars look it up."""
    venue = published.venue
    if venue is None:
        return in_dutch("Online") if published.is_digital else ""
    return f"{venue.name}, {venue.address or venue.town}"


def news(meeting: Meeting, published: PublishedMeeting) -> str:
    """What a reader should know first."""
    if meeting.is_cancelled:
        return f"{in_dutch('Deze bijeenkomst gaat niet door.')} {meeting.cancel_reason}".strip()
    if not published.is_announcement:
        return ""
    is_known = published.venue is not None or published.is_digital
    if is_known:
        return in_dutch("Het programma volgt.")
    return in_dutch("Plaats en programma volgen.")


def item_news(item: PublishedItem) -> str:
    """The same for one part of the day."""
    if item.cancelled is None:
        return ""
    what = _WORKSHOP_IS_OFF if item.kind == ItemKind.WORKSHOP else _ITEM_IS_OFF
    return f"{in_dutch(what)} {item.cancelled}".strip()


def programme(published: PublishedMeeting) -> str:
    """The day in lines: each part with its time, under a round its workshops."""
    return titled(
        in_dutch("Programma"), *(line for item in published.items for line in _outline(item))
    )


def speakers(item: PublishedItem) -> str:
    """One on a line, with the part somebody plays."""
    return "\n".join(", ".join(filter(None, (one.name, one.part))) for one in item.speakers)


def own_state(standing: Standing) -> str:
    """Whether somebody is expected; nothing when nobody is, because the meeting is cancelled."""
    state = standing.registration.state
    if state == RegistrationState.WITHDRAWN:
        return in_dutch("U hebt zich afgemeld.")
    if standing.registration.meeting.is_cancelled:
        return ""
    if state == RegistrationState.WAITING:
        return in_dutch(IN_LINE, rank=standing.rank)
    return in_dutch("U bent aangemeld.")


def own_item_state(chosen: Chosen) -> str:
    """The same for one part of the day that somebody chose."""
    states = {
        ChoiceState.WAITING: in_dutch(IN_LINE, rank=chosen.rank),
        ChoiceState.WISH: in_dutch("U krijgt deze plek als er plek is in de bijeenkomst."),
    }
    return states.get(chosen.state, in_dutch("U bent hiervoor aangemeld."))


def own_programme(standing: Standing) -> str:
    """What somebody chose in lines, with times, rooms and ranks."""
    lines = (_own_line(chosen, chosen.item) for chosen in standing.chosen if chosen.item)
    return titled(in_dutch("Uw keuze"), *lines)


def titled(heading: str, *lines: str) -> str:
    """Nothing when there are no lines."""
    return "\n".join((heading, *lines)) if lines else ""


def paragraphs(*texts: str) -> str:
    """Those that say something, with an empty line between them."""
    return "\n\n".join(text for text in texts if text)


def _outline(item: PublishedItem) -> Iterator[str]:
    yield f"{_clock(item.starts_at)} {_in_room(item)}"
    yield from (f"- {_in_room(workshop)}" for workshop in item.workshops)


def _in_room(item: PublishedItem) -> str:
    if item.cancelled is not None:
        return in_dutch("%(title)s (gaat niet door)", title=item.title)
    return f"{item.title} ({item.room})" if item.room else item.title


def _own_line(chosen: Chosen, item: PublishedItem) -> str:
    words = {
        ChoiceState.WAITING: in_dutch("(wachtlijst, nummer %(rank)s)", rank=chosen.rank),
        ChoiceState.WISH: in_dutch("(als er plek is)"),
    }
    start, end = _clock(item.starts_at), _clock(item.ends_at)
    times = in_dutch("%(start)s tot %(end)s uur", start=start, end=end)
    what = f"{item.title}, {item.room}" if item.room else item.title
    return " ".join(filter(None, (times, what, words.get(chosen.state))))


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H.%M}"
