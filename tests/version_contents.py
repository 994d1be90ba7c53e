"""Contents of versions as plain JSON, to compare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kwartaal.domain.snapshots import Content

START = datetime(2027, 3, 23, 11, 0, tzinfo=UTC)


def at(minutes: float) -> str:
    """A moment so many minutes after the meeting begins."""
    moment = START + timedelta(minutes=minutes)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def an_item(key: int, kind: str = "plenary", start: float = 0, **changed: object) -> Content:
    content: Content = {
        "id": key,
        "kind": kind,
        "title": f"Onderdeel {key}",
        "description": "",
        "theme": "",
        "starts_at": at(start),
        "ends_at": at(start + 60),
        "room": None,
        "sign_up": "limited" if kind == "workshop" else "none",
        "speakers": [],
        "workshops": [],
    }
    return content | changed


def a_round(key: int, start: float, *workshops: Content) -> Content:
    return an_item(key, "round", start, title=f"Ronde {key}", workshops=list(workshops))


def a_workshop(key: int, start: float, **changed: object) -> Content:
    return an_item(key, "workshop", start, title=f"Workshop {key}", **changed)


def a_point(key: int, number: int, **changed: object) -> Content:
    point: Content = {
        "id": key,
        "number": number,
        "title": f"Punt {key}",
        "text": "",
        "purpose": None,
        "minutes": None,
    }
    return point | changed


def a_document(key: int, **changed: object) -> Content:
    document: Content = {
        "id": key,
        "public_id": f"document-{key}",
        "title": f"Stuk {key}",
        "reference": "",
        "withdrawn": False,
        "version": 1,
    }
    return document | changed


def an_agenda(*points: Content) -> list[Content]:
    """The points, numbered by their place."""
    return [point | {"number": number} for number, point in enumerate(points, 1)]


def a_content(**changed: object) -> Content:
    """Plenary 1, round 2 with workshops 21 to 24, round 3 with 31 and 32, drinks 4; points 1-5."""
    content: Content = {
        "format": 1,
        "title": "Wonen",
        "note": "",
        "starts_at": at(0),
        "ends_at": at(360),
        "is_digital": False,
        "venue": {"id": 1, "name": "De Werf", "town": "Sliedrecht", "address": "Kade 1"}
        | {"directions": "Bij het station."},
        "introduction": "Een middag.",
        "items": [
            an_item(1),
            a_round(2, 60, *(a_workshop(key, 60) for key in (21, 22, 23, 24))),
            a_round(3, 150, *(a_workshop(key, 150) for key in (31, 32))),
            an_item(4, "drinks", 300),
        ],
        "agenda": an_agenda(*(a_point(key, key) for key in (1, 2, 3, 4, 5))),
    }
    return content | changed


def item_of(content: Content, key: int) -> Content:
    """The part with that id, at the top or inside a round."""
    parts = [part for item in content["items"] for part in (item, *item["workshops"])]
    found: Content = next(part for part in parts if part["id"] == key)
    return found


def point_of(content: Content, key: int) -> Content:
    found: Content = next(point for point in content["agenda"] if point["id"] == key)
    return found


def is_in_order(content: Content) -> Content:
    """The same content with everything in the order in which a version holds it."""
    return content | {
        "items": sorted(content["items"], key=lambda item: item["starts_at"]),
        "agenda": an_agenda(*content["agenda"]),
    }
