"""A meeting with everything that one can hold, each field with a word of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kwartaal.db import Base
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, Speaker
from kwartaal.models.venue import Room
from tests.canaries.viewers import NOBODY, PREPARERS
from tests.canaries.words import Canaries, Readers
from tests.factories import (
    a_document,
    a_meeting,
    a_round,
    a_venue,
    a_version,
    a_workshop,
    an_agenda_item,
    an_item,
)


@dataclass(frozen=True)
class Audience:
    """Who reads what of a meeting; the clerks of it read everything, at the desk."""

    clerks: Readers
    open_: Readers = NOBODY  # what is open in it
    closed: Readers = NOBODY  # the points and documents that are closed in it
    announced: Readers = NOBODY  # title, note, date and place
    registered: Readers = NOBODY  # they answer its mails, so they know who organises it
    takes_place: bool = True

    @property
    def of_all(self) -> Readers:
        return self.open_ | self.clerks

    @property
    def of_closed(self) -> Readers:
        return self.closed | self.clerks

    @property
    def of_mails(self) -> Readers:
        return self.registered | self.clerks

    @property
    def of_place(self) -> Readers:
        return self.of_all | self.announced


@dataclass
class PaintedMeeting:
    """Day, agenda and documents; `texts` are the contents of the files."""

    words: Canaries
    called: str
    audience: Audience
    columns: dict[str, Any]
    uploader: Person
    host: Organisation
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._venue()
        self.meeting = a_meeting(venue=self.room.venue, **self.columns)
        place = self.audience.of_place
        shown = {"title": place, "note": place, "slug": place}
        shown["organiser_email"] = self.audience.of_mails
        # Of what is off nobody takes part any more: it stands in the form at the desk alone.
        online = place if self.audience.takes_place else self.audience.clerks
        shown["online_address"] = online
        self.paint(self.meeting, "", self.audience.of_all, cancel_reason="", **shown)
        self._programme()
        self._agenda()
        self._documents()

    def parts(self) -> Iterator[Base]:
        yield from (self.opening, self.workshop, self.round, *self.points, *self.documents)

    def paint(self, row: Base, what: str, readers: Readers, **own: Readers | str | None) -> None:
        self.words.paint(row, f"{self.called} {what}".strip(), readers, **own)

    def paint_item(self, item: ProgrammeItem, what: str, readers: Readers) -> None:
        """Only workshops have a theme; a reason is for who cancels one."""
        theme: Readers | str = readers if item.is_workshop else ""
        self.paint(item, what, readers, theme=theme, cancel_reason="")
        for speaker in item.speakers:
            self.paint(speaker, what, readers)

    def paint_point(self, point: AgendaItem, what: str, readers: Readers, title: Readers) -> None:
        self.paint(point, what, readers, title=title)
        label, address = (
            self.words.word(f"agenda_item.links {part} {self.called} {what}", readers)
            for part in ("label", "address")
        )
        point.links = [{"label": label, "address": f"https://elders.example/{address}"}]

    def paint_file(self, version: DocumentVersion, what: str, readers: Readers) -> None:
        """A name for a file, which only the desk shows, and a word that stands in it."""
        self.paint(version, what, readers, file_name=readers & PREPARERS)
        version.file_name += ".pdf"
        self.texts[version.storage_name] = self.words.word(f"file {self.called} {what}", readers)

    def _venue(self) -> None:
        """Everybody who prepares meetings chooses from all venues, also those of bodies."""
        self.room = Room(name="", capacity=200)
        venue = a_venue(rooms=[self.room], organisation=self.host)
        self.paint(self.room, "", self.audience.of_all | PREPARERS)
        place = self.audience.of_place | PREPARERS
        directions = place if self.audience.takes_place else PREPARERS
        self.paint(venue, "", place, slug=PREPARERS, directions=directions)

    def _programme(self) -> None:
        self.opening = an_item(self.meeting, room=self.room, speakers=[Speaker()])
        self.round = a_round(self.meeting)
        self.workshop = a_workshop(self.round, room=self.room, speakers=[Speaker()])
        for item in (self.opening, self.round, self.workshop):
            self.paint_item(item, item.kind.value, self.audience.of_all)

    def _agenda(self) -> None:
        besloten = Openness.BESLOTEN
        purpose = self.meeting.series.purposes[0]
        point = an_agenda_item(self.meeting, openness=Openness.OPENBAAR, purpose=purpose)
        self.closed = an_agenda_item(self.meeting, openness=besloten)
        titled = an_agenda_item(self.meeting, openness=besloten, shows_title=True)
        below = an_agenda_item(
            self.meeting, openness=Openness.OPENBAAR, parent=self.closed, level=2
        )
        self.points = [point, self.closed, titled, below]
        of_all, of_closed = self.audience.of_all, self.audience.of_closed
        self.paint_point(point, "point", of_all, of_all)
        self.paint_point(self.closed, "closed point", of_closed, of_closed)
        self.paint_point(titled, "titled point", of_closed, of_all)
        self.paint_point(below, "sub-point", of_closed, of_closed)

    def _documents(self) -> None:
        of_all, of_closed = self.audience.of_all, self.audience.of_closed
        open_ = Openness.OPENBAAR
        self.withdrawn = self._document("withdrawn paper", self.audience.clerks, open_, of_all)
        if not self.audience.takes_place:  # its owner stands in the form to change it, gone now
            self.words.hide(self.withdrawn.owner_name, of="document.owner_name")
        self.documents = [
            self._document("paper", of_all, open_),
            self._document("closed paper", of_closed, Openness.BESLOTEN),
            self._document("dated paper", of_closed, Openness.DATUM),
            self._document("paper of closed point", of_closed, open_, agenda_item=self.closed),
            self.withdrawn,
        ]

    def _document(
        self,
        what: str,
        readers: Readers,
        openness: Openness,
        title: Readers | None = None,
        **columns: Any,
    ) -> Document:
        version = a_version(uploader=self.uploader)
        document = a_document(self.meeting, openness=openness, versions=[version], **columns)
        self.paint(document, what, readers, title=title or readers)
        self.paint_file(version, what, readers)
        return document
