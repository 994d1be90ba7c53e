"""The documents of the demo's meetings, added and replaced as a clerk would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.demo import paper_files
from kwartaal.domain import document_acts, documents
from kwartaal.domain.documents import Description, Shelf, StoredFile
from kwartaal.file_store import Batch
from kwartaal.models.agenda import agenda_of
from kwartaal.models.document import document_kinds, documents_of
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.person import Person


@dataclass(frozen=True)
class Paper:
    """A document of one page; `point` is the title of its agenda point, "" for the whole meeting.

    `kind` is the code of a kind of document; `better` is what the file says once it is replaced.
    """

    title: str
    file_name: str
    text: str
    point: str = ""
    kind: str = ""
    owner: str = ""
    is_closed: bool = False
    better: str = ""


class Filing:
    """Puts files in a batch, and documents with a meeting."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def add(self, meeting: Meeting, papers: Sequence[Paper], clerk: Person, now: datetime) -> None:
        """Every paper under its point; they are a draft until the meeting is published."""
        points = {item.title: item for item in agenda_of(meeting.id)}
        kinds = {kind.code: kind for kind in document_kinds()}
        for paper in papers:
            description = Description(
                title=paper.title,
                openness=Openness.BESLOTEN if paper.is_closed else Openness.OPENBAAR,
                shelf=Shelf(points[paper.point] if paper.point else None),
                kind=kinds[paper.kind] if paper.kind else None,
                dated_on=amsterdam_date(now),
                owner_name=paper.owner,
            )
            there = documents_of(meeting.id)
            file = self._file(paper, paper.text)
            db.session.add(documents.add(meeting, description, file, there, clerk, now))
            db.session.flush()

    def replace(
        self, meeting: Meeting, papers: Sequence[Paper], clerk: Person, now: datetime
    ) -> None:
        """A better file for every paper that gets one."""
        there = {document.title: document for document in documents_of(meeting.id)}
        for paper in papers:
            if paper.better:
                file = self._file(paper, paper.better)
                document_acts.replace(there[paper.title], file, clerk, now)

    def _file(self, paper: Paper, text: str) -> StoredFile:
        return paper_files.stored(self._batch, paper.file_name, paper.title, text)
