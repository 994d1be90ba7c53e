"""The documents of the demo: real files, as an upload would have judged them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from pypdf import PdfReader

from kwartaal import file_store
from kwartaal.demo.days import after_making_ends_meet, by_the_river, making_ends_meet
from kwartaal.demo.paper_files import one_page
from kwartaal.models.document import Document, DocumentVersion
from kwartaal.models.openness import Openness
from kwartaal.models.publication import Publication
from kwartaal.uploads import check

PAPERS = (
    *by_the_river.DAY.papers,
    *making_ends_meet.DAY.papers,
    *after_making_ends_meet.PRESENTATIONS,
)


def documents(stored) -> dict[str, Document]:
    return {one.title: one for one in stored.scalars(sa.select(Document))}


def test_every_file_is_what_its_row_says(stored, region, tmp_path: Path):
    for version in stored.scalars(sa.select(DocumentVersion)):
        checked = check(file_store.path_of(version.storage_name), version.file_name)

        assert (checked.name, checked.kind.media_type, checked.size, checked.sha256) == (
            version.file_name,
            version.media_type,
            version.size,
            version.sha256,
        )
        assert (checked.pages, list(checked.warnings)) == (version.pages, version.warnings)


def test_a_file_can_be_read(tmp_path: Path):
    path = tmp_path / "een.pdf"
    path.write_bytes(one_page("Eén (1)", "Eerste regel.\nTweede regel."))

    reader = PdfReader(path)
    assert reader.pages[0].extract_text().split("\n") == [
        "Eén (1)",
        "Eerste regel.",
        "Tweede regel.",
    ]
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Eén (1)", "nl-NL")


def test_one_is_closed_and_one_was_replaced(stored, region):
    found = documents(stored)

    assert sorted(found) == sorted(paper.title for paper in PAPERS)
    assert [one for one in found if found[one].openness != Openness.OPENBAAR] == [
        "Draaiboek voor sprekers en gespreksleiders"
    ]
    assert [one for one in found if len(found[one].versions) == 2] == [
        "Wat de zeven gemeenten samen deden"
    ]


def test_readers_find_them_where_they_belong(stored, region):
    found = documents(stored)
    client = region.test_client()
    slug = found["De rivier in tien kaarten"].meeting.slug
    page = client.get(f"/bijeenkomsten/{slug}/agenda/").text
    versions = stored.scalars(
        sa.select(Publication).where(
            Publication.meeting_id == found["Praktische informatie"].meeting_id
        )
    )

    assert [paper.title in page for paper in by_the_river.DAY.papers] == [True, True, True, False]
    assert "Stuk ‘Wat de zeven gemeenten samen deden’ bij agendapunt 2.1" in page
    assert max(one.number for one in versions) == 2
    for document in found.values():
        for version in document.versions:
            answer = client.get(f"/stukken/{version.public_id}/stuk.pdf", follow_redirects=True)
            is_open = document.openness == Openness.OPENBAAR
            assert answer.status_code == (200 if is_open else 404)
