"""What somebody has at a meeting as an event: the same in the personal feed and in mails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from kwartaal.dutch import in_dutch
from kwartaal.feeds.events import STATUS, event_of, withdrawn_event
from kwartaal.feeds.texts import (
    ITEMS_APART,
    LAPSED_ITEM,
    LEFT_ITEM,
    news,
    own_item_state,
    own_programme,
    own_state,
    paragraphs,
)
from kwartaal.ical import (
    CANCELLED_PREFIX,
    LAPSED_PREFIX,
    MOVED_TO_FEED_PREFIX,
    WITHDREW_PREFIX,
    Event,
    Status,
    busy,
)
from kwartaal.itip import Answer, Message, Party
from kwartaal.models.calendar import WithdrawnEvent
from kwartaal.models.registration import Choice, ChoiceState, Registration, RegistrationState
from kwartaal.models.standing import Standing

ITEM_STATUS = {
    ChoiceState.PLACED: Status.CONFIRMED,
    ChoiceState.WAITING: Status.TENTATIVE,
    ChoiceState.WISH: Status.TENTATIVE,
    ChoiceState.WITHDRAWN: Status.CANCELLED,
}
ANSWERS = {
    RegistrationState.WAITING: Answer.TENTATIVE,
    RegistrationState.WITHDRAWN: Answer.DECLINED,
}


def personal_event(standing: Standing, base_url: str) -> Event:
    """One event for a meeting with what somebody chose in it.

    TENTATIVE for who waits for the meeting, CANCELLED after withdrawing. SEQUENCE is the meeting's
    plus those of the registration and its choices, whose rows are kept, so it never falls (decision
    "Calendars"). A closed meeting reads "Bezet". Raises ValueError for a meeting without a version.
    """
    return _event(standing, own_programme(standing), base_url)


def frame_event(standing: Standing, base_url: str) -> Event:
    """The same where what one chose has events of its own: it says so instead of listing them.

    It still is what takes up the day: one is there before, between and after what one chose.
    """
    return _event(standing, ITEMS_APART if standing.registration.live_choices else "", base_url)


def own_item_events(
    standing: Standing, items: Mapping[int, Event], now: datetime
) -> Iterator[Event]:
    """What somebody chose in a meeting; `items` are the events of the meeting's own feed by item.

    Under the same UID; TENTATIVE while one waits, CANCELLED once one left it and until the meeting
    is over. Who chose otherwise while the workshop was off did not leave it: that choice lapsed.
    SEQUENCE is that of the item plus the revision of the choice. The meeting takes up the time
    already, so these do not.
    """
    registration = standing.registration
    states = {one.choice.id: own_item_state(one) for one in standing.chosen}
    over = registration.meeting.ends_at <= now
    for choice in registration.choices:
        event = items.get(choice.item_id)
        if event is not None and (choice.is_live or not over):
            yield _own_item(event, choice, states.get(choice.id) or _ended(choice))


def _event(standing: Standing, parts: str, base_url: str) -> Event:
    registration, published = standing.registration, standing.published
    meeting = registration.meeting
    if published is None:
        raise ValueError(f"meeting {meeting.id} was never published")
    said = (news(meeting, published), own_state(standing), parts)
    event = event_of(meeting, published, said, base_url)
    event = replace(event, status=_status(registration), cancelled_prefix=_prefix(registration))
    return revised(event if meeting.is_public else busy(event), registration)


def _own_item(event: Event, choice: Choice, state: str) -> Event:
    is_off = event.status is Status.CANCELLED
    return replace(
        event,
        description=paragraphs("" if is_off else state, event.description),
        status=Status.CANCELLED if is_off else ITEM_STATUS[choice.state],
        cancelled_prefix=CANCELLED_PREFIX if is_off else _item_prefix(choice),
        sequence=event.sequence + choice.revision,
        revised_at=max(event.revised_at, choice.changed_at),
    )


def _ended(choice: Choice) -> str:
    return LEFT_ITEM if choice.ended_as is None else LAPSED_ITEM


def _item_prefix(choice: Choice) -> str:
    return WITHDREW_PREFIX if choice.ended_as is None else LAPSED_PREFIX


def revised(event: Event, registration: Registration) -> Event:
    """The event with the revisions of a registration and its choices added to its own."""
    return replace(
        event,
        sequence=event.sequence + registration.revisions,
        revised_at=max(event.revised_at, *_changes(registration)),
    )


def invitation(
    standing: Standing, base_url: str, organiser: Party, attendee: Party, made_at: datetime
) -> Message:
    """What somebody has at one meeting, as a message for their calendar: the event of the feed.

    A REQUEST while they come or wait, a CANCEL after withdrawing and when the meeting is cancelled
    (decision 0027).
    """
    return Message(
        event=personal_event(standing, base_url),
        organiser=organiser,
        attendee=attendee,
        answer=ANSWERS.get(standing.registration.state, Answer.ACCEPTED),
        made_at=made_at,
    )


def closed_to(
    gone: WithdrawnEvent,
    registration: Registration,
    organiser: Party,
    attendee: Party,
    made_at: datetime,
) -> Message:
    """The message that takes back the appointment of who may not see the meeting any more.

    It is the event of the feed, "Vervallen afspraak": nothing of what happens to the meeting since.
    """
    return Message(
        event=revised(withdrawn_event(gone), registration),
        organiser=organiser,
        attendee=attendee,
        answer=ANSWERS.get(registration.state, Answer.ACCEPTED),
        made_at=made_at,
    )


def moved_to_feed(message: Message) -> Message:
    """The message that takes an appointment back because the feed holds it (decision 0027)."""
    event = replace(
        message.event,
        status=Status.CANCELLED,
        cancelled_prefix=MOVED_TO_FEED_PREFIX,
        description=in_dutch("U blijft aangemeld. De bijeenkomst staat in uw agenda-abonnement."),
    )
    return replace(message, event=event)


def _changes(registration: Registration) -> Iterator[datetime]:
    yield registration.changed_at
    yield from (choice.changed_at for choice in registration.choices)


def _status(registration: Registration) -> Status:
    if registration.state == RegistrationState.WITHDRAWN:
        return Status.CANCELLED
    if registration.state == RegistrationState.WAITING and not registration.meeting.is_cancelled:
        return Status.TENTATIVE
    return STATUS[registration.meeting.state]


def _prefix(registration: Registration) -> str:
    """Who withdrew must not read that the meeting is off."""
    left = registration.state == RegistrationState.WITHDRAWN
    return WITHDREW_PREFIX if left and not registration.meeting.is_cancelled else CANCELLED_PREFIX
