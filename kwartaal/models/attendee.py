"""Somebody on an attendance list, with what each chose and how each stands; plain values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from kwartaal.models.attendance_search import AttendanceSearch, Stand
from kwartaal.models.organisation import Audience
from kwartaal.models.person import folded, words_of
from kwartaal.models.registration import ChoiceState, RegistrationState
from kwartaal.models.speakers_list import Part


@dataclass(frozen=True)
class Pick:
    """A live choice; `rank` is for who waits for the item."""

    item_id: int
    round_id: int | None
    state: ChoiceState
    rank: int | None


@dataclass(frozen=True)
class Attendee:
    """Somebody on the list. `state` is None for who only speaks; `rank` is for who waits.

    Moments are in UTC: when the person came in, left, and excused themselves or withdrew; what was
    taken back is None. `marked` is the key of the newest mark.
    """

    key: uuid.UUID
    person_id: int | None
    name: str
    list_name: str
    sort_key: str
    address: str | None
    phone: str | None
    office: str
    organisation: str
    audiences: tuple[Audience, ...]
    state: RegistrationState | None
    rank: int | None = None
    arrived_at: datetime | None = None
    is_late: bool = False
    left_at: datetime | None = None
    excused_at: datetime | None = None
    marked: uuid.UUID | None = None
    picks: tuple[Pick, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_present(self) -> bool:
        """Whether the person was seen, and may have left since."""
        return self.arrived_at is not None

    @property
    def is_inside(self) -> bool:
        return self.is_present and self.left_at is None

    @property
    def is_excused(self) -> bool:
        return self.excused_at is not None

    @property
    def is_walk_in(self) -> bool:
        return self.state == RegistrationState.WALK_IN

    @property
    def has_withdrawn(self) -> bool:
        return self.state == RegistrationState.WITHDRAWN

    @property
    def waits(self) -> bool:
        """Whether this person waits for the meeting itself."""
        return self.state == RegistrationState.WAITING

    @property
    def is_registered(self) -> bool:
        """Whether this person is on the list other than as a speaker alone."""
        return self.state is not None

    @property
    def stands(self) -> dict[Stand, bool]:
        """What `stands_of` is in SQL, for who only speaks: nobody waits or walks in to speak."""
        return {
            Stand.EXPECTED: not self.is_present and not self.is_excused,
            Stand.PRESENT: self.is_inside,
            Stand.LATE: self.is_late,
            Stand.LEFT: self.left_at is not None,
            Stand.EXCUSED: self.is_excused,
        }

    def fits(self, search: AttendanceSearch) -> bool:
        """Whether a speaker fits a search."""
        known = f"{folded(self.name)} {folded(self.organisation)}"
        return (
            all(folded(word) in known for word in words_of(search.words))
            and (search.organisation is None or search.organisation == self.organisation)
            and (search.audience is None or search.audience in self.audiences)
            and (search.stand is None or self.stands.get(search.stand, False))
        )
