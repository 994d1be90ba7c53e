"""What a publication freezes, byte for byte, and the hash of it. No application, no database."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path

from kwartaal.domain.snapshots import (
    announced,
    announcement,
    content_hash,
    date_and_place,
    parts_of,
    snapshot,
)
from kwartaal.models.agenda import AgendaItem
from kwartaal.models.meeting import Meeting
from kwartaal.models.openness import Openness
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, Speaker
from kwartaal.models.series import Purpose
from kwartaal.models.venue import Room, Venue
from tests.factories import START

GOLDEN = Path(__file__).parent.parent / "snapshots" / "publication.json"


def an_id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def the_meeting(**columns: object) -> Meeting:
    venue = Venue(
        id=3,
        name="De Werfzaal",
        street="Kade 1",
        postcode="3361 AB",
        town="Sliedrecht",
        directions="Vijf minuten\nvan het station.",
    )
    standard: dict[str, object] = {
        "title": "Wonen & energie: “samen” 🏠",
        "introduction": "Een middag.\n\nMet workshops.",
        "note": "De dag is verzonnen.",
        "starts_at": START,
        "ends_at": START + timedelta(hours=6),
        "is_digital": False,
        "venue": venue,
    }
    return Meeting(**(standard | columns))


def an_item(number: int, kind: ItemKind, title: str, after: float, **columns: object):
    return ProgrammeItem(
        id=number,
        public_id=an_id(number),
        uid=an_id(100 + number),
        kind=kind,
        title=title,
        description=columns.pop("description", ""),
        theme=columns.pop("theme", ""),
        starts_at=START + timedelta(hours=after),
        ends_at=START + timedelta(hours=after + 1),
        position=columns.pop("position", 0),
        sign_up=columns.pop("sign_up", SignUp.NONE),
        **columns,
    )


def the_items() -> list[ProgrammeItem]:
    """Not in order, as a query may give them."""
    room = Room(name="Kil")
    speakers = [Speaker(name="Tarık Yıldız", part="adviseur"), Speaker(name="Bo", part="")]
    limited = {"sign_up": SignUp.LIMITED, "round_id": 2, "room": room}
    return [
        an_item(2, ItemKind.ROUND, "Ronde 1", 1),
        an_item(4, ItemKind.WORKSHOP, "Warmte", 1, position=2, theme="Energie", **limited),
        an_item(3, ItemKind.WORKSHOP, "Bouwen", 1, position=1, speakers=speakers, **limited),
        an_item(1, ItemKind.LUNCH, "Lunch", 0, sign_up=SignUp.OPEN, description="Met soep."),
    ]


def the_agenda() -> list[AgendaItem]:
    return [
        AgendaItem(id=7, public_id=an_id(7), title="Opening", text="", minutes=5),
        AgendaItem(
            id=6,
            public_id=an_id(6),
            title="Een besloten punt",
            text="Tekst",
            purpose=Purpose(name="ophalen"),
            openness=Openness.BESLOTEN,
        ),
    ]


def test_snapshot_is_the_golden_json():
    content = snapshot(the_meeting(), the_items(), the_agenda())

    assert content == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_snapshot_survives_json():
    content = snapshot(the_meeting(), the_items(), the_agenda())

    assert json.loads(json.dumps(content)) == content


def test_snapshot_holds_neither_openness_nor_places():
    text = json.dumps(snapshot(the_meeting(), the_items(), the_agenda()))

    assert [word for word in ("openness", "maximum", "taken", "waiting") if word in text] == []


def test_content_hash_is_the_one_of_earlier_releases():
    content = snapshot(the_meeting(), the_items(), the_agenda())

    assert (
        content_hash(content) == "600e66fb98bd74c4331e8a53fef6c8404cd6ed749bfb005df965c03c3cccd4fd"
    )


def test_content_hash_does_not_depend_on_the_order_of_keys():
    content = snapshot(the_meeting(), the_items(), the_agenda())

    assert content_hash(dict(reversed(content.items()))) == content_hash(content)


def test_content_hash_does_not_depend_on_the_order_of_the_query():
    turned = snapshot(the_meeting(), list(reversed(the_items())), the_agenda())

    assert content_hash(turned) == content_hash(snapshot(the_meeting(), the_items(), the_agenda()))


def test_content_hash_changes_with_one_letter():
    other = snapshot(the_meeting(title="Wonen"), the_items(), the_agenda())

    assert content_hash(other) != content_hash(snapshot(the_meeting(), the_items(), the_agenda()))


def test_what_was_announced_of_a_version_has_no_programme_and_no_documents():
    content = snapshot(the_meeting(), the_items(), the_agenda()) | {"documents": [{"title": "x"}]}

    assert announced(content) == announcement(the_meeting())


def test_parts_are_the_items_with_their_workshops_behind_them():
    content = snapshot(the_meeting(), the_items(), the_agenda())

    assert [part["title"] for part in parts_of(content)] == ["Lunch", "Ronde 1", "Bouwen", "Warmte"]


def test_announcement_has_title_date_place_and_note_only():
    content = announcement(the_meeting())

    empty = {"introduction": "", "items": [], "agenda": []}
    assert content == snapshot(the_meeting(), [], []) | empty


def test_date_and_place_of_a_digital_meeting():
    content = snapshot(the_meeting(venue=None, is_digital=True), [], [])

    assert date_and_place(content) == {
        "starts_at": "2027-03-23T11:00:00Z",
        "ends_at": "2027-03-23T17:00:00Z",
        "is_digital": True,
        "venue": None,
    }


def test_subpoints_speakers_and_links_are_in_it_only_where_there_are_any():
    parent = AgendaItem(id=7, public_id=an_id(7), title="Wonen", text="")
    links = [{"label": "Wet", "address": "https://a.nl"}]
    below = AgendaItem(
        id=8, public_id=an_id(8), title="Huur", text="", parent_id=7, speaker="Vos", links=links
    )

    points = snapshot(the_meeting(), [], [parent, below])["agenda"]

    assert [point["number"] for point in points] == [1, "1.1"]
    assert sorted(points[1].keys() - points[0].keys()) == ["links", "parent", "speaker"]
    assert {name: points[1][name] for name in ("parent", "speaker", "links")} == {
        "parent": 7,
        "speaker": "Vos",
        "links": links,
    }


def test_online_address_and_coordinates_are_in_it_only_where_there_are_any():
    without = announcement(the_meeting())
    meeting = the_meeting(online_address="https://stream.example.org/a")
    meeting.venue.latitude, meeting.venue.longitude = 51.8212, 4.7724

    content = announcement(meeting)

    assert ("online_address" in without, "coordinates" in without["venue"]) == (False, False)
    assert content["online_address"] == "https://stream.example.org/a"
    assert content["venue"]["coordinates"] == [51.8212, 4.7724]
    assert announced(content) == content
