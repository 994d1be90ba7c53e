"""What must be right before a programme may be published; the desk shows the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kwartaal.domain.periods import lies_inside
from kwartaal.domain.place_to_follow import is_moved
from kwartaal.domain.preparation_refusals import MaximumAboveRoom
from kwartaal.domain.programme import rounds_of
from kwartaal.domain.refusals import (
    N_,
    DateOrPlaceChanged,
    ItemOutsideMeeting,
    MeetingIsCancelled,
    NobodyAdmitted,
    NoPlaceChosen,
    NoProgramme,
    NothingChanged,
    Refused,
    RegistrationWindowMissing,
    RoomElsewhere,
    RoundsOverlap,
    RoundWithoutWorkshops,
    WorkshopOutsideRound,
)
from kwartaal.domain.rooms import clashes, fits
from kwartaal.domain.snapshots import Content, content_hash, with_cancelled
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ProgrammeItem
from kwartaal.models.publication import Publication
from kwartaal.models.room_use import Booking


@dataclass(frozen=True)
class Draft:
    """What is about to be published, the version it would replace, and rooms others use."""

    meeting: Meeting
    items: Sequence[ProgrammeItem]
    content: Content
    latest: Publication | None
    elsewhere: Sequence[Booking] = ()

    @property
    def hash(self) -> str:
        return content_hash(self.content)

    @property
    def shown(self) -> Content | None:
        """What readers see of the version: what was cancelled since counts at once."""
        if self.latest is None:
            return None
        off = (item for item in self.items if item.is_cancelled)
        return with_cancelled(self.latest.content, off)

    @property
    def is_shown(self) -> bool:
        """Whether readers see all of it already."""
        return self.shown is not None and content_hash(self.shown) == self.hash

    @property
    def rounds(self) -> list[ProgrammeItem]:
        return rounds_of(self.items)


@dataclass(frozen=True)
class Check:
    """One thing looked at: a sentence for when it is right, and what is wrong with it."""

    right: str
    refusals: tuple[Refused, ...]


def check(draft: Draft) -> list[Check]:
    """Everything that is looked at, in the order of the desk's list."""
    without_rooms = bool(draft.items) and all(item.room is None for item in draft.items)
    left_out = ABOUT_ROOMS if without_rooms else (_no_rooms,)
    found = [Check(right, tuple(find(draft))) for right, find in CHECKS if find not in left_out]
    return [*found, _news(draft)]


def refusals(draft: Draft) -> Iterator[Refused]:
    """Every reason why the draft cannot be published now."""
    for one in check(draft):
        yield from one.refusals


def _not_cancelled(draft: Draft) -> Iterator[Refused]:
    if draft.meeting.is_cancelled:
        yield MeetingIsCancelled()


def _news(draft: Draft) -> Check:
    """Whether there is anything to publish; what is off readers know of without a version."""
    if draft.latest and draft.latest.content_hash == draft.hash:
        return Check(SOMETHING_NEW, (NothingChanged(),))
    return Check(KNOWN_TO_READERS if draft.is_shown else SOMETHING_NEW, ())


def _date_and_place(draft: Draft) -> Iterator[Refused]:
    if draft.meeting.venue_id is None and not draft.meeting.is_digital:
        yield NoPlaceChosen()
    if draft.latest and is_moved(draft.latest.content, draft.content):
        yield DateOrPlaceChanged()


def _programme(draft: Draft) -> Iterator[Refused]:
    if not draft.items:
        yield NoProgramme()
    filled = {item.round_id for item in draft.items}
    for round_ in draft.rounds:
        if round_.id not in filled:
            yield RoundWithoutWorkshops(title=round_.title)


def _times(draft: Draft) -> Iterator[Refused]:
    for item in draft.items:
        if not lies_inside(item, draft.meeting):
            yield ItemOutsideMeeting(title=item.title)
    for before, after in zip(draft.rounds, draft.rounds[1:], strict=False):
        if after.starts_at < before.ends_at:
            yield RoundsOverlap(title=after.title, before=before.title)
    rounds = {round_.id: round_ for round_ in draft.rounds}
    for item in draft.items:
        if item.round_id is not None and not lies_inside(item, rounds[item.round_id]):
            yield WorkshopOutsideRound(title=item.title, round=rounds[item.round_id].title)


def _no_rooms(_draft: Draft) -> Iterator[Refused]:
    """Nothing is wrong with that; it takes the place of what is said about rooms."""
    return iter(())


def _rooms(draft: Draft) -> Iterator[Refused]:
    for item in draft.items:
        if item.room is not None and item.room.venue_id != draft.meeting.venue_id:
            yield RoomElsewhere(title=item.title)


def _room_use(draft: Draft) -> Iterator[Refused]:
    yield from clashes(draft.items, draft.elsewhere)


def _seats(draft: Draft) -> Iterator[Refused]:
    for item in draft.items:
        if item.room is not None and item.takes_sign_up and not fits(item.room, item.maximum):
            room = item.room
            yield MaximumAboveRoom(title=item.title, room=room.name, capacity=room.capacity)


def _registration(draft: Draft) -> Iterator[Refused]:
    if not any(item.takes_sign_up for item in draft.items):
        return
    if draft.meeting.registration_closes_at is None:
        yield RegistrationWindowMissing()
    if not draft.meeting.admitted:
        yield NobodyAdmitted()


CHECKS: tuple[tuple[str, Callable[[Draft], Iterator[Refused]]], ...] = (
    (N_("De bijeenkomst gaat door."), _not_cancelled),
    (N_("Datum, tijd en plaats zijn bekend en niet veranderd."), _date_and_place),
    (N_("Er is een programma."), _programme),
    # Parts beside each other may be meant, such as a meal during a round: nothing is said of that.
    (N_("Alles valt binnen de bijeenkomst, en rondes lopen niet door elkaar."), _times),
    (N_("Er is nog geen zaal gekozen. Publiceren kan wel."), _no_rooms),
    (N_("Alle zalen horen bij de locatie."), _rooms),
    (N_("Geen zaal is dubbel in gebruik."), _room_use),
    (N_("Elke zaal heeft genoeg zitplaatsen."), _seats),
    (N_("Doelgroepen en tijden van het aanmelden zijn ingevuld."), _registration),
)
ABOUT_ROOMS = (_rooms, _room_use, _seats)  # right of themselves when no room is chosen
SOMETHING_NEW = N_("Er is iets nieuws om te publiceren.")
KNOWN_TO_READERS = N_(
    "Bezoekers zien al wat er niet doorgaat. Publiceren kan, dan noemt de versie het ook."
)
