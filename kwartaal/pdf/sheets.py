"""What stands on each paper, in words: from the reading view that the page itself shows.

A sheet tells what its reader may see and nothing else, because it knows nothing else: closed
points come without title and text (kwartaal.models.published). Places left and the reader's own
choices stay off paper: they are old before it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from kwartaal.filters import (
    audience_names,
    clock_time,
    closed_point,
    document_line,
    long_date,
    plural,
    short_date,
    time_range,
    where,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.published import (
    PublishedAgendaItem,
    PublishedDocument,
    PublishedItem,
    PublishedMeeting,
)
from kwartaal.pdf.rich_text import markdown_blocks, plain_blocks
from kwartaal.pdf.typesetting import Sheet

Words = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where a paper comes from. `newest` is the number of the version that counts now."""

    address: str
    newest: int
    is_retracted: bool = False


def agenda_sheet(meeting: Meeting, published: PublishedMeeting, source: Source) -> Sheet:
    words = {
        "words": {"documents": _("Stukken"), "more": _("Stukken bij de bijeenkomst")},
        "points": [_point(point, meeting, published) for point in published.agenda],
        "documents": document_lines(published.documents),
    }
    return Sheet.of("agenda", words | _frame(_("Agenda"), meeting, published, source))


def programme_sheet(meeting: Meeting, published: PublishedMeeting, source: Source) -> Sheet:
    words = {
        "words": {"cancelled": _("Gaat niet door.") + " "},
        "items": [_part(item) for item in published.items],
        "sections": list(_practical(meeting, published)),
    }
    return Sheet.of("programme", words | _frame(_("Programma"), meeting, published, source))


def frame(title: str, heading: str, foot: str, address: str) -> Words:
    """What the template `sheet.typ` asks of every paper."""
    return {
        "title": title,
        "heading": heading,
        "lead": "",
        "facts": [],
        "notices": [],
        "foot": foot,
        "address": address,
        "page": _("Pagina"),
        "of": _("van"),
    }


def _frame(kind: str, meeting: Meeting, published: PublishedMeeting, source: Source) -> Words:
    return frame(f"{kind} - {published.title}", kind, _version(published), source.address) | {
        "lead": published.title,
        "facts": day_facts(published),
        "notices": list(_notices(meeting, published, source)),
    }


def day_facts(published: PublishedMeeting) -> list[tuple[str, str]]:
    """Date, time and place, each with its name."""
    return [
        (_("Datum"), long_date(published.starts_at)),
        (_("Tijd"), time_range(published.starts_at, published.ends_at)),
        (_("Plaats"), where(published.place, published.is_digital)),
    ]


def _version(published: PublishedMeeting) -> str:
    number, day = published.number, published.published_at
    if day is None:
        return str(_("Versie %(number)s", number=number))
    return str(_("Versie %(number)s van %(day)s", number=number, day=short_date(day)))


def _notices(meeting: Meeting, published: PublishedMeeting, source: Source) -> Iterator[Words]:
    if meeting.is_cancelled:
        yield _notice(_("Deze bijeenkomst gaat niet door"), meeting.cancel_reason)
    if source.is_retracted:
        yield _notice(_("Deze versie is ingetrokken"))
    elif published.number != source.newest:
        old, new = published.number, source.newest
        replaced = _("Versie %(old)s is vervangen door versie %(new)s.", old=old, new=new)
        yield _notice(_("Dit is een oude versie"), replaced)
    if published.note:
        yield _notice("", published.note)


def _notice(heading: str, text: str = "") -> Words:
    return {"heading": heading, "blocks": plain_blocks(text)}


def _point(point: PublishedAgendaItem, meeting: Meeting, published: PublishedMeeting) -> Words:
    return {
        "number": str(point.number),
        "title": point.title or _("Besloten agendapunt"),
        "line": ", ".join(_about_point(point)),
        "blocks": _text_of_point(point, meeting, published),
        "links": [{"label": one.label, "address": one.address} for one in point.links],
        "documents": document_lines(point.documents),
        "subpoints": [_point(one, meeting, published) for one in point.subpoints],
    }


def _about_point(point: PublishedAgendaItem) -> Iterator[str]:
    if point.starts_at:
        yield clock_time(point.starts_at)
    if point.minutes:
        yield plural(point.minutes, _("minuut"), _("minuten"))
    if point.purpose:
        yield point.purpose
    if point.is_closed:
        yield _("besloten")
    if point.speaker:
        yield _("door %(name)s", name=point.speaker)


def _text_of_point(
    point: PublishedAgendaItem, meeting: Meeting, published: PublishedMeeting
) -> list[Words]:
    if point.text is not None:
        return markdown_blocks(point.text)
    body = meeting.series.body
    day = published.starts_at if point.shows_date else None
    return plain_blocks(closed_point(body.name if body else None, day))


def document_lines(documents: Iterable[PublishedDocument]) -> list[str]:
    """Each document on a line."""
    return [_document(document) for document in documents]


def _document(document: PublishedDocument) -> str:
    """The name of a document and what kind of file it is; of a closed one at most its date."""
    day = short_date(document.dated_on) if document.dated_on else ""
    if document.title is None:
        return _joined(_("Besloten stuk"), day)
    if not document.can_be_read:
        return _joined(document.title, _("ingetrokken"))
    return _joined(
        document.title,
        document_line(document),
        _("besloten") if document.is_closed else "",
        _("vervangen") if document.is_replaced else "",
    )


def _part(item: PublishedItem) -> Words:
    """A part of the day; the time of a workshop is that of its round, which it stands under."""
    times = time_range(item.starts_at, item.ends_at)
    return _item(item, times) | {"workshops": [_item(one) for one in item.workshops]}


def _item(item: PublishedItem, times: str = "") -> Words:
    people = (_joined(speaker.name, speaker.part) for speaker in item.speakers)
    return {
        "title": item.title,
        "line": " · ".join(filter(None, (times, item.room, item.theme, "; ".join(people)))),
        "cancelled": item.cancelled,
        "blocks": plain_blocks(item.description),
    }


def _practical(meeting: Meeting, published: PublishedMeeting) -> Iterator[Words]:
    """How to get there and who may come, unless nobody has to."""
    if meeting.is_cancelled:
        return
    if venue := published.venue:
        text = f"{venue.name}\n{venue.address}\n\n{venue.directions}"
        yield {"heading": _("Zo komt u er"), "blocks": plain_blocks(text)}
    if meeting.admitted:
        names = audience_names(meeting.admitted)
        text = _("Deze bijeenkomst is voor %(audiences)s.", audiences=names)
        yield {"heading": _("Voor wie"), "blocks": plain_blocks(text)}


def _joined(*words: str | None) -> str:
    return ", ".join(word for word in words if word)
