"""The first text of a recap, made of a version and figures alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kwartaal import limited_markdown
from kwartaal.domain.recap_drafts import draft_recap
from kwartaal.filters import AUDIENCES
from kwartaal.models.attendance_figures import Figures
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import ItemKind
from kwartaal.models.published_documents import PublishedDocument
from kwartaal.models.published_view import (
    PublishedAgendaItem,
    PublishedItem,
    PublishedMeeting,
    PublishedSpeaker,
    PublishedVenue,
)
from tests.golden import golden

START = datetime(2027, 3, 23, 11, 0, tzinfo=UTC)
NAMES = {group: group.value for group in AUDIENCES}
DAY = "dinsdag 23 maart 2027"


def an_item(number: int, kind: ItemKind, title: str, **values: object) -> PublishedItem:
    values = {"speakers": (), "workshops": (), "places": None} | values
    return PublishedItem(
        id=number,
        public_id=str(number),
        uid=str(number),
        kind=kind,
        title=title,
        description="Niet in het vlugschrift.",
        theme="",
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        room=None,
        **values,
    )


def a_meeting(**values: object) -> PublishedMeeting:
    """Two workshops are given, one is not; of the documents one may be read by everybody."""
    speakers = tuple(PublishedSpeaker(name, "spreker") for name in ("Noor", "Hamza", "Ed_ith"))
    workshops = (
        an_item(2, ItemKind.WORKSHOP, "Dijken *nu*", speakers=speakers),
        an_item(3, ItemKind.WORKSHOP, "Canarie", cancelled="Ziek"),
        an_item(4, ItemKind.WORKSHOP, "Warmte", speakers=speakers[:1]),
    )
    documents = (
        PublishedDocument("Sheets", None),
        PublishedDocument("Canarie", None, is_withdrawn=True),
        PublishedDocument("Canarie", None, is_closed=True),
        PublishedDocument(None, None, is_closed=True),
    )
    subpoint = PublishedAgendaItem("1.1", "b", False, "Sub", "", None, None, None)
    subpoint = replace(subpoint, documents=(PublishedDocument("Bijlage", None),))
    point = PublishedAgendaItem(1, "a", False, "Punt", "", None, None, None, subpoints=(subpoint,))
    meeting = PublishedMeeting(
        number=1,
        published_at=START,
        title="Aan de rivier",
        introduction="",
        note="",
        starts_at=START,
        ends_at=START + timedelta(hours=6),
        is_digital=False,
        venue=PublishedVenue("De Griendschuur", "Papendrecht", "", ""),
        items=(an_item(1, ItemKind.ROUND, "Ronde 1", workshops=workshops),),
        agenda=(point,),
        documents=documents,
    )
    return replace(meeting, **values)


FIGURES = {
    Audience.RAAD: Figures(50, 0, 1, 41),
    Audience.COLLEGE: Figures(2, 0, 0, 1),
    Audience.AMBTELIJK: Figures(20, 0, 0, 12),
    Audience.BEDRIJF: Figures(2, 0, 0, 2),
    None: Figures(0, 0, 7, 7),
}


def test_the_draft_matches_the_golden_text():
    made = draft_recap(a_meeting(), FIGURES, DAY, NAMES)

    written = f"{made.title}\n\n{made.lead}\n\n{made.text}\n"
    assert written == golden("recap.md", written)


def test_titles_read_as_they_are_where_markdown_is_read():
    made = draft_recap(a_meeting(), FIGURES, DAY, NAMES)

    assert "1A Dijken *nu*, met Noor, Hamza en Ed_ith" in limited_markdown.plain(made.text)


@pytest.mark.parametrize("title", ["2. Nota", "- Nota", "1) Nota", "# Nota", "> Nota", "<b>"])
def test_a_title_that_begins_like_markdown_stays_a_title(title):
    documents = (PublishedDocument(title, None),)
    made = draft_recap(a_meeting(documents=documents, agenda=()), FIGURES, DAY, NAMES)

    assert limited_markdown.plain(made.text).splitlines()[-1] == f"- {title}"


def test_all_groups_of_three_or_more_have_a_total():
    figures = {group: Figures(9, 0, 0, 3) for group in Audience}

    assert "- samen: 21" in draft_recap(a_meeting(), figures, DAY, NAMES).text


def test_a_meeting_without_workshops_or_documents_tells_only_who_was_there():
    made = draft_recap(
        a_meeting(items=(), agenda=(), documents=(), venue=None), FIGURES, DAY, NAMES
    )

    assert made.lead == "Op dinsdag 23 maart 2027 kwamen wij bij elkaar online."
    assert made.text.startswith("# Wie er was\n")
    assert made.text.count("#") == 1


def test_where_no_attendance_was_kept_nothing_is_said_of_who_was_there():
    figures = {Audience.RAAD: Figures(50)}

    text = draft_recap(a_meeting(), figures, DAY, NAMES).text

    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Workshops",
        "# Stukken",
    ]


def test_a_long_title_fits():
    assert len(draft_recap(a_meeting(title="x" * 160), FIGURES, DAY, NAMES).title) == 160
