"""Documents: what may change when, and what a publication freezes of them. No database."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from kwartaal.domain import documents
from kwartaal.domain.document_refusals import (
    AlreadyWithdrawn,
    DocumentWasPublished,
    TwoOwners,
    WithdrawnIsFixed,
)
from kwartaal.domain.documents import Description, Shelf, StoredFile
from kwartaal.domain.refusals import CancelledIsFixed
from kwartaal.domain.snapshots import snapshot
from kwartaal.models.document import DocumentKind
from kwartaal.models.meeting import MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.published_documents import documents_in, holds_documents
from tests.conftest import NOON
from tests.factories import (
    a_document,
    a_meeting,
    a_person,
    a_version,
    an_agenda_item,
    an_organisation,
)

FILE = StoredFile("Brief.pdf", "application/pdf", 10, "0" * 64, 2, ("untagged",), "ab" * 16)
OPEN = Description("Brief", Openness.OPENBAAR)


def an_item(meeting, item_id):
    return an_agenda_item(meeting, id=item_id, public_id=uuid.uuid4())


def test_add_makes_the_last_entry_with_a_first_version():
    meeting, person = a_meeting(), a_person()

    document = documents.add(meeting, OPEN, FILE, [a_document(meeting, position=4)], person, NOON)

    version = document.latest
    assert (document.position, document.title, version.number) == (5, "Brief", 1)
    assert (version.file_name, version.uploader, version.uploaded_at) == (
        "Brief.pdf",
        person,
        NOON,
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda one: documents.add(one.meeting, OPEN, FILE, [], a_person(), NOON),
        lambda one: documents.change(one, OPEN),
        lambda one: documents.replace(one, FILE, a_person(), NOON),
        lambda one: documents.move(one, [one], earlier=True),
    ],
    ids=["add", "change", "replace", "move"],
)
def test_nothing_changes_in_a_cancelled_meeting(act):
    document = a_document(a_meeting(state=MeetingState.CANCELLED))

    with pytest.raises(CancelledIsFixed):
        act(document)


def test_change_puts_a_document_under_a_point_and_back():
    meeting = a_meeting()
    document, item = a_document(meeting), an_agenda_item(meeting)

    documents.change(document, Description("Brief", Openness.BESLOTEN, Shelf(item)))
    under = (document.agenda_item, document.under_item, document.openness)
    documents.change(document, OPEN)

    assert under == (item, True, Openness.BESLOTEN)
    assert (document.agenda_item, document.under_item) == (None, False)


def test_change_leaves_what_stands_nowhere_there():
    document = a_document(a_meeting(), under_item=True)

    documents.change(document, Description("Brief", Openness.OPENBAAR, Shelf(nowhere=True)))

    assert (document.agenda_item, document.under_item) == (None, True)


def test_a_document_is_of_an_organisation_or_of_somebody():
    description = Description(
        "Brief", Openness.OPENBAAR, owner=an_organisation(), owner_name="Anna"
    )

    with pytest.raises(TwoOwners):
        documents.change(a_document(a_meeting()), description)


def test_replace_counts_on():
    document = a_document(a_meeting())

    documents.replace(document, FILE, a_person(), NOON)

    assert [version.number for version in document.versions] == [1, 2]


def test_a_withdrawn_document_is_not_replaced_until_it_is_back():
    document = a_document(a_meeting())
    documents.withdraw(document, NOON)

    with pytest.raises(WithdrawnIsFixed):
        documents.replace(document, FILE, a_person(), NOON)
    documents.put_back(document)
    documents.replace(document, FILE, a_person(), NOON)

    assert document.latest.number == 2


def test_withdraw_twice_is_refused():
    document = a_document(a_meeting(), withdrawn_at=NOON)

    with pytest.raises(AlreadyWithdrawn):
        documents.withdraw(document, NOON)


def test_only_what_was_never_published_goes_for_good():
    document = a_document(a_meeting())

    documents.check_removable(document, was_published=False)
    with pytest.raises(DocumentWasPublished):
        documents.check_removable(document, was_published=True)


def frozen(documents_, agenda=()):
    return snapshot(a_meeting(venue=None), [], agenda, documents_)


def test_a_snapshot_freezes_the_latest_version_of_each():
    meeting = a_meeting()
    versions = [a_version(number=1), a_version(number=2, file_name="Beter.pdf", size=12)]
    document = a_document(
        meeting,
        id=7,
        public_id=uuid.UUID(int=7),
        title="Brief",
        kind=DocumentKind(code="A-2", name="Collegebrief"),
        reference="2020-0148445",
        dated_on=date(2020, 11, 3),
        owner=an_organisation("Dordrecht"),
        versions=versions,
    )

    assert frozen([document])["documents"] == [
        {
            "id": 7,
            "public_id": "00000000-0000-0000-0000-000000000007",
            "title": "Brief",
            "kind": "Collegebrief",
            "reference": "2020-0148445",
            "date": "2020-11-03",
            "owner": "Dordrecht",
            "withdrawn": False,
            "version": 2,
            "version_id": str(versions[1].public_id),
            "file_name": "Beter.pdf",
            "media_type": "application/pdf",
            "size": 12,
            "pages": 2,
        }
    ]


def test_a_snapshot_holds_documents_where_they_stand():
    meeting = a_meeting()
    items = [an_item(meeting, 1), an_item(meeting, 2)]
    below = a_document(meeting, agenda_item=items[1], agenda_item_id=2, title="Onder")
    whole, nowhere = a_document(meeting, title="Geheel"), a_document(meeting, under_item=True)

    content = frozen([below, whole, nowhere], items)

    assert [(one["title"], item) for one, item in documents_in(content)] == [
        ("Geheel", None),
        ("Onder", 2),
    ]
    assert "documents" not in content["agenda"][0]


def test_a_meeting_without_documents_is_frozen_as_before():
    content = frozen([], [an_item(a_meeting(), 1)])

    assert not holds_documents(content)
    assert "documents" not in content
