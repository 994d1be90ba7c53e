"""Documents of a point that moves: along as they are, or as a copy of what was published."""

from __future__ import annotations

import pytest

from kwartaal.domain.agenda_transfer import copy_over
from kwartaal.domain.document_transfer import take_along
from kwartaal.domain.preparation_refusals import ClosedStaysWithBody
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from tests.conftest import NOON
from tests.factories import (
    a_body,
    a_document,
    a_meeting,
    a_person,
    a_series,
    a_version,
    an_agenda_item,
)

HELD = {1}
SAID = ("title", "reference", "dated_on", "owner_name", "kind", "owner")


def a_paper(item: AgendaItem, **columns: object) -> Document:
    """Document 1, of two versions, under a point."""
    versions = [a_version(uploader=a_person()), a_version(number=2, uploader=a_person())]
    columns = {"id": 1, "openness": Openness.OPENBAAR, "owner_name": "Smartwijs"} | columns
    return a_document(item.meeting, agenda_item=item, versions=versions, **columns)


def moved(
    item: AgendaItem, *documents: Document, held: set[int], target: Meeting | None = None
) -> list[Document]:
    """The documents that stand with the other meeting once the point is there."""
    pairs = copy_over(item, [item], target or a_meeting(), [], documents)
    there = [a_document(a_meeting(), position=4)]
    return take_along(pairs, documents, there, held, lambda name: name[::-1])


@pytest.fixture
def item() -> AgendaItem:
    return an_agenda_item(a_meeting(), openness=Openness.OPENBAAR)


def test_what_no_version_holds_moves_as_it_is(item):
    paper, target = a_paper(item), a_meeting()
    versions, key = list(paper.versions), paper.public_id

    assert moved(item, paper, held=set(), target=target) == [paper]
    assert (paper.meeting, paper.agenda_item.meeting, paper.position) == (target, target, 5)
    assert (paper.versions, paper.public_id) == (versions, key)


def test_what_a_version_holds_stays_and_a_copy_goes(item):
    paper, target = a_paper(item), a_meeting()

    [copy] = moved(item, paper, held=HELD, target=target)

    assert copy is not paper
    assert (paper.meeting, paper.agenda_item, len(paper.versions)) == (item.meeting, item, 2)
    assert (copy.meeting, copy.agenda_item.meeting, copy.under_item) == (target, target, True)
    assert [getattr(copy, name) for name in SAID] == [getattr(paper, name) for name in SAID]


def test_the_copy_has_the_newest_file_under_a_name_of_its_own(item):
    paper = a_paper(item)

    [copy] = moved(item, paper, held=HELD)

    [version] = copy.versions
    assert (version.number, version.storage_name, version.sha256) == (
        1,
        paper.latest.storage_name[::-1],
        paper.latest.sha256,
    )
    assert version.public_id != paper.latest.public_id


def test_what_was_withdrawn_after_it_was_published_stays(item):
    assert moved(item, a_paper(item, withdrawn_at=NOON), held=HELD) == []


def test_what_stands_elsewhere_stays(item):
    other = an_agenda_item(item.meeting)

    assert moved(item, a_paper(other), a_document(item.meeting, id=2), held=set()) == []


def test_documents_of_sub_points_go_along(item):
    below = an_agenda_item(item.meeting, parent=item, openness=Openness.OPENBAAR)
    paper = a_paper(below)

    pairs = copy_over(item, [item, below], a_meeting(), [], [paper])
    take_along(pairs, [paper], [], set(), str)

    assert paper.agenda_item is pairs[1][1]


@pytest.mark.parametrize("held", [set(), HELD])
def test_a_document_is_there_as_closed_as_the_point(held):
    series = a_series(body=a_body(id=1), body_id=1)
    meeting = a_meeting(series=series, openness=Openness.BESLOTEN)
    item = an_agenda_item(meeting, openness=Openness.OPENBAAR)

    [paper] = moved(item, a_paper(item), held=held, target=a_meeting(series=series))

    assert paper.openness == Openness.BESLOTEN


def test_a_closed_document_stays_with_its_body(item):
    paper = a_paper(item, openness=Openness.DATUM)
    other = a_meeting(series=a_series(body=a_body(id=2), body_id=2))

    with pytest.raises(ClosedStaysWithBody):
        copy_over(item, [item], other, [], [paper])
    assert not item.removed
