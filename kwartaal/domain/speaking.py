"""What a change is to who speaks at a meeting, and the mails that tell speakers of an act.

A speaker need not be registered. Who is both gets one mail, that of the registration, with what
touches them as a speaker in it (decision 0032).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.changes import Change, ChangeKind, Subject
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import TO_SPEAKER, MailKind, OutboxMail, enqueue
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.speaking import Parts, SpeakerOnSite, Who, speakers_on_site

# Of the part somebody speaks in. That it is cancelled, or on again, is told by that act itself.
OF_A_PART = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.MOVED,
    ChangeKind.RETITLED,
    ChangeKind.TIME,
    ChangeKind.ROUND,
    ChangeKind.ROOM,
)


@dataclass(frozen=True)
class Speaks:
    """What one person speaks in before and after a version."""

    before: Parts = field(default_factory=dict)
    after: Parts = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    def joins(self, item_id: int | None) -> bool:
        """Whether they were put in an item."""
        return item_id in self.after and item_id not in self.before

    def leaves(self, item_id: int | None) -> bool:
        """Whether they were taken off an item."""
        return item_id in self.before and item_id not in self.after


@dataclass(frozen=True)
class Speakers:
    """Everybody who speaks before and after a version."""

    before: Mapping[Who, Parts] = field(default_factory=dict)
    after: Mapping[Who, Parts] = field(default_factory=dict)

    def of(self, who: Who) -> Speaks:
        """What one of them speaks in."""
        return Speaks(self.before.get(who, {}), self.after.get(who, {}))

    @property
    def everybody(self) -> dict[Who, Parts]:
        """Each once, with what they speak in now, or did."""
        return {who: self.after.get(who, mine) for who, mine in self.before.items()} | dict(
            self.after
        )


def touching_speaker(
    changes: Iterable[Change], speaks: Speaks, of_the_day: Collection[ChangeKind]
) -> tuple[Change, ...]:
    """Of these changes those that touch somebody as a speaker.

    That are the day and place of the meeting, the time, room and round of their part, and that they
    were put in it or taken off.
    """
    if not speaks:
        return ()
    mine = {**speaks.before, **speaks.after}
    rounds = {round_id for round_id in mine.values() if round_id is not None}
    return tuple(
        one
        for one in changes
        if (one.subject == Subject.MEETING and one.kind in of_the_day)
        or (one.subject == Subject.ITEM and _touches(one, speaks, mine, rounds))
    )


def _touches(change: Change, speaks: Speaks, mine: Parts, rounds: Collection[int]) -> bool:
    if change.id in rounds:
        return change.kind == ChangeKind.TIME
    if change.id not in mine:
        return False
    if change.kind == ChangeKind.SPEAKERS:
        return speaks.joins(change.id) or speaks.leaves(change.id)
    return change.kind in OF_A_PART


def tell_speakers(
    kind: MailKind,
    meeting: Meeting,
    key: str,
    now: datetime,
    but: Iterable[int],
    item: ProgrammeItem | None = None,
) -> list[OutboxMail]:
    """A mail to who speaks at a meeting, or in one item; not to who gets one anyway.

    `key` names the act; `but` holds ids of people.
    """
    told = frozenset(but)
    mails = [
        enqueue(
            kind,
            one.person,
            f"{speaker_key(one.person.id)}:{key}",
            now,
            meeting_id=meeting.id,
            **({"item_id": item.id} if item is not None else {}),
        )
        for one in _on_site(meeting, now, item)
        if one.person is not None and one.can_be_mailed and one.person.id not in told
    ]
    return [mail for mail in mails if mail is not None]


def speakers_to_call(
    meeting: Meeting, now: datetime, but: Iterable[int], item: ProgrammeItem | None = None
) -> list[tuple[str, str | None]]:
    """Name and telephone number of the speakers whom no mail tells; `but` are on a list already."""
    listed = frozenset(but)
    return [
        one.to_call
        for one in silent_speakers(meeting, now, item)
        if one.person is None or one.person.id not in listed
    ]


def silent_speakers(
    meeting: Meeting, now: datetime, item: ProgrammeItem | None = None
) -> list[SpeakerOnSite]:
    """The speakers whom no mail tells."""
    return [one for one in _on_site(meeting, now, item) if not one.can_be_mailed]


def speaker_key(person_id: int) -> str:
    """How the key of a mail begins that goes to somebody as a speaker."""
    return f"{TO_SPEAKER}{person_id}"


def _on_site(meeting: Meeting, now: datetime, item: ProgrammeItem | None) -> list[SpeakerOnSite]:
    return speakers_on_site(meeting, amsterdam_date(now), item.id if item is not None else None)
