"""What a reader gets of a publication: plain values, frozen, ready to print.

Made by kwartaal.models.published, and only there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.models.programme import ItemKind, workshop_code
from kwartaal.models.publication import ANNOUNCEMENT
from kwartaal.models.published_documents import PublishedDocument

SUPPER_HOUR = 16


@dataclass(frozen=True)
class PublishedPlaces:
    """The places of an item at this moment; maximum and free are None without limit."""

    maximum: int | None
    taken: int
    waiting: int
    free: int | None

    @property
    def is_full(self) -> bool:
        return self.free == 0


@dataclass(frozen=True)
class PublishedSpeaker:
    name: str
    part: str


@dataclass(frozen=True)
class PublishedItem:
    """A part of the day. `places` is None where nobody can sign up (any more).

    `cancelled` is why it will not be given, None when it will.
    """

    id: int
    public_id: str
    uid: str
    kind: ItemKind
    title: str
    description: str
    theme: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    speakers: tuple[PublishedSpeaker, ...]
    workshops: tuple[PublishedItem, ...]
    places: PublishedPlaces | None
    cancelled: str | None = None

    @property
    def takes_sign_up(self) -> bool:
        return self.places is not None

    @property
    def is_supper(self) -> bool:
        """A meal so late that nobody calls it lunch: the evening form of a meeting (KB-5)."""
        late = self.starts_at.astimezone(AMSTERDAM).hour >= SUPPER_HOUR
        return self.kind == ItemKind.LUNCH and late

    @property
    def strands(self) -> int:
        """How many workshops run beside each other; 0 for a part everybody is in."""
        return sum(workshop.cancelled is None for workshop in self.workshops)


@dataclass(frozen=True)
class PublishedLink:
    label: str
    address: str


@dataclass(frozen=True)
class PublishedAgendaItem:
    """A numbered point. Title and content are None where this reader may not see them.

    `minutes` are those of its sub-points too. Sub-points of a point that this reader may not see
    are not there at all.
    """

    number: int | str  # 3, and "3.1" for a sub-point
    public_id: str
    is_closed: bool
    title: str | None
    text: str | None
    purpose: str | None
    minutes: int | None
    starts_at: datetime | None
    shows_date: bool = False  # closed, but outsiders may know the body and the date
    speaker: str = ""
    links: tuple[PublishedLink, ...] = ()
    subpoints: tuple[PublishedAgendaItem, ...] = ()
    documents: tuple[PublishedDocument, ...] = ()


@dataclass(frozen=True)
class PublishedVenue:
    name: str
    town: str
    address: str
    directions: str
    coordinates: tuple[float, float] | None = None  # latitude and longitude in degrees

    @property
    def in_town(self) -> str:
        return f"{self.name}, {self.town}"


@dataclass(frozen=True)
class PublishedMeeting:
    """One version of a meeting as one reader sees it; number 0 is the announcement."""

    number: int
    published_at: datetime | None
    title: str
    introduction: str
    note: str
    starts_at: datetime
    ends_at: datetime
    is_digital: bool
    venue: PublishedVenue | None
    items: tuple[PublishedItem, ...]
    agenda: tuple[PublishedAgendaItem, ...]
    documents: tuple[PublishedDocument, ...] = ()
    online_address: str = ""

    @property
    def numbered_documents(self) -> tuple[tuple[int | str | None, PublishedDocument], ...]:
        """Every document with the number of its point, sub-points behind theirs; None: of all."""
        points = [one for point in self.agenda for one in (point, *point.subpoints)]
        whole = [(None, document) for document in self.documents]
        return (*whole, *((one.number, document) for one in points for document in one.documents))

    @property
    def is_announcement(self) -> bool:
        return self.number == ANNOUNCEMENT

    @property
    def place(self) -> str | None:
        """Where people come together; None when it is online only."""
        return self.venue.in_town if self.venue else None

    @property
    def when_and_where(self) -> tuple[datetime, datetime, bool, PublishedVenue | None]:
        """What a move changes."""
        return self.starts_at, self.ends_at, self.is_digital, self.venue

    @property
    def kinds(self) -> frozenset[ItemKind]:
        """What the day is made of, such as whether there is lunch; less what is cancelled."""
        return frozenset(item.kind for item in self.all_items if item.cancelled is None)

    @property
    def has_supper(self) -> bool:
        """Whether the meal of the day is no lunch."""
        return any(item.is_supper for item in self.items)

    @property
    def rounds(self) -> tuple[PublishedItem, ...]:
        return tuple(item for item in self.items if item.kind == ItemKind.ROUND)

    @property
    def workshops(self) -> tuple[PublishedItem, ...]:
        return tuple(workshop for round_ in self.rounds for workshop in round_.workshops)

    @property
    def given(self) -> tuple[PublishedItem, ...]:
        """The workshops without those that were cancelled."""
        return tuple(workshop for workshop in self.workshops if workshop.cancelled is None)

    @property
    def codes(self) -> dict[int, str]:
        """How lists name each workshop, by its id: 1A is the first of the first round."""
        return {
            workshop.id: workshop_code(number, place)
            for number, round_ in enumerate(self.rounds, 1)
            for place, workshop in enumerate(round_.workshops)
        }

    @property
    def all_items(self) -> tuple[PublishedItem, ...]:
        """Rounds, and everything that is not in one; then the workshops."""
        return self.items + self.workshops

    @property
    def offered(self) -> tuple[PublishedItem, ...]:
        """What one can sign up for, at the top level and inside rounds."""
        return tuple(item for item in self.all_items if item.takes_sign_up)
