"""Who speaks in or leads a part of the programme; a part takes no seat. Callers commit."""

from __future__ import annotations

import uuid

from kwartaal.domain import ordering
from kwartaal.domain.meetings import check_changeable
from kwartaal.domain.preparation_refusals import AlreadySpeaker, SpeakerWasMarked
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker


def add(
    item: ProgrammeItem, name: str, part: str, person: Person | None, key: uuid.UUID
) -> Speaker:
    """Put somebody in an item, as a person we know or by name alone.

    Raises CancelledIsFixed or AlreadySpeaker.
    """
    check_changeable(item.meeting)
    for speaker in item.speakers:
        same_name = speaker.name.casefold() == name.casefold()
        if speaker.person is person if person else same_name:
            raise AlreadySpeaker(name=name)
    speaker = Speaker(
        public_id=key,
        person=person,
        name=name,
        part=part,
        position=ordering.next_position(item.speakers),
    )
    item.speakers.append(speaker)
    return speaker


def move(speaker: Speaker, *, earlier: bool) -> None:
    """Change the order in which the speakers of an item are named; raises CancelledIsFixed."""
    check_changeable(speaker.item.meeting)
    ordering.step(speaker.item.speakers, speaker, earlier=earlier)


def remove(speaker: Speaker, marked: bool) -> None:
    """Take somebody out of an item; `marked`: was the presence written down?

    Raises CancelledIsFixed or SpeakerWasMarked.
    """
    check_changeable(speaker.item.meeting)
    if marked:
        raise SpeakerWasMarked(name=speaker.name)
    speaker.item.speakers.remove(speaker)
