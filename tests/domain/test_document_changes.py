"""What differs between the documents of two versions, and who may know of it."""

from __future__ import annotations

import pytest

from kwartaal.domain.change_sight import LiveRows, as_seen_by
from kwartaal.domain.changes import ChangeKind, Subject, compare
from kwartaal.domain.snapshots import Content
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.document import Document
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.published import Reader
from kwartaal.models.published_documents import LiveDocument
from kwartaal.models.series import Series
from kwartaal.models.visibility import Viewer
from tests.version_contents import START, a_content, a_document, a_point, an_agenda

OUTSIDER = Reader()
CLERK = Reader(Viewer(person_id=1, prepares_meetings=True))
MEMBER = Reader(Viewer(person_id=1), is_member=True)


def with_the_meeting(*documents: Content) -> Content:
    return a_content(documents=list(documents))


def under(point: int, *documents: Content, parent: int | None = None) -> Content:
    """Points 1 to 3, the documents under one of them; `parent` is the point above that one."""
    more: Content = {"documents": list(documents)} | ({"parent": parent} if parent else {})
    points = (a_point(key, 0, **(more if key == point else {})) for key in (1, 2, 3))
    return a_content(agenda=an_agenda(*points))


def told(before: Content, after: Content) -> list[tuple[object, ...]]:
    return [
        (one.kind, one.id, one.title, one.number, one.before, one.after)
        for one in compare(before, after)
        if one.subject == Subject.DOCUMENT
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([], [a_document(7)], [(ChangeKind.ADDED, None, None)]),
        ([a_document(7)], [], [(ChangeKind.REMOVED, None, None)]),
        ([a_document(7)], [a_document(7, version=3)], [(ChangeKind.REPLACED, 1, 3)]),
        ([a_document(7)], [a_document(7, withdrawn=True)], [(ChangeKind.WITHDRAWN, None, None)]),
        ([a_document(7, withdrawn=True)], [a_document(7)], [(ChangeKind.PUT_BACK, None, None)]),
        ([], [a_document(7, withdrawn=True)], []),
        ([a_document(7, withdrawn=True)], [], []),
        ([a_document(7)], [a_document(7, reference="2027/1")], []),
    ],
    ids=["new", "gone", "better", "withdrawn", "back", "never", "not_any_more", "described"],
)
def test_each_change_of_a_document_is_told_once(before, after, changes):
    expected = [(kind, 7, "Stuk 7", None, was, now) for kind, was, now in changes]

    assert told(with_the_meeting(*before), with_the_meeting(*after)) == expected


def test_a_new_title_is_told_with_the_old_one():
    before, after = under(2, a_document(7)), under(2, a_document(7, title="Brief"))

    assert told(before, after) == [(ChangeKind.RETITLED, 7, "Brief", 2, "Stuk 7", "Brief")]


def test_a_document_under_another_point_is_not_a_new_one():
    assert told(under(2, a_document(7)), under(3, a_document(7))) == [
        (ChangeKind.SHELVED, 7, "Stuk 7", 3, None, None)
    ]


def test_another_order_is_not_told():
    one, other = a_document(7), a_document(8)

    assert told(with_the_meeting(one, other), with_the_meeting(other, one)) == []


def live(openness: Openness = Openness.OPENBAAR, closed: int | None = None) -> LiveRows:
    """Points 1 to 3 of which one may be closed, and document 7 with the meeting."""
    meeting = Meeting(series=Series(), starts_at=START, openness=Openness.OPENBAAR)
    agenda = {
        key: AgendaItem(
            id=key,
            meeting=meeting,
            openness=Openness.BESLOTEN if key == closed else Openness.OPENBAAR,
            shows_title=False,
        )
        for key in (1, 2, 3)
    }
    row = Document(id=7, meeting=meeting, openness=openness)
    return LiveRows(agenda, {7: LiveDocument(row)})


def seen(reader: Reader, before: Content, after: Content, rows: LiveRows) -> list[object]:
    return [(one.kind, one.is_closed) for one in as_seen_by(reader, compare(before, after), rows)]


NEW = (under(2), under(2, a_document(7)))


@pytest.mark.parametrize("openness", [Openness.DATUM, Openness.BESLOTEN])
def test_of_a_closed_document_only_who_may_read_it_is_told(openness):
    rows = live(openness)

    assert seen(OUTSIDER, *NEW, rows) == []
    assert seen(CLERK, *NEW, rows) == seen(MEMBER, *NEW, rows) == [(ChangeKind.ADDED, True)]


def test_of_an_open_document_everybody_is_told():
    assert seen(OUTSIDER, *NEW, live()) == [(ChangeKind.ADDED, False)]


def test_nothing_is_told_of_what_stands_under_a_closed_point():
    rows = live(closed=2)

    assert seen(OUTSIDER, *NEW, rows) == []
    assert seen(OUTSIDER, NEW[1], NEW[0], rows) == []
    assert len(seen(CLERK, *NEW, rows)) == 1


def test_nothing_is_told_of_what_stands_under_a_sub_point_of_a_closed_point():
    before, after = under(3, parent=2), under(3, a_document(7), parent=2)

    assert seen(OUTSIDER, before, after, live(closed=2)) == []


def test_an_old_title_under_a_point_that_is_closed_is_not_told():
    before, after = under(2, a_document(7, title="Canarie")), under(3, a_document(7))

    assert seen(OUTSIDER, before, after, live(closed=2)) == [(ChangeKind.SHELVED, False)]


def test_a_document_whose_row_is_gone_is_closed():
    assert seen(CLERK, *NEW, LiveRows(live().agenda)) == []
