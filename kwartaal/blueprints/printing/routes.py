"""Papers as PDF, each for whoever may see the page it prints."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, url_for
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.printing.answers import pdf_response
from kwartaal.domain.council_summaries import summarise
from kwartaal.models.afterwards import Afterwards, read_afterwards
from kwartaal.models.attendance_figures import per_audience
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.listed import find_series
from kwartaal.models.meeting import Meeting
from kwartaal.models.people_list import PeopleScope
from kwartaal.models.publication import listed_versions
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.year_list import year_of_series
from kwartaal.pdf.after_sheets import DatedSource, Readings, council_sheet, recap_sheet
from kwartaal.pdf.sheets import Source, agenda_sheet, programme_sheet
from kwartaal.pdf.year_sheet import year_sheet
from kwartaal.permissions import (
    held_meeting,
    public,
    readable_council,
    signed_in,
    viewer,
    visible_meeting,
)
from kwartaal.version_history import readable_version

bp = Blueprint("printing", __name__)


@bp.get("/bijeenkomsten/<slug>/agenda.pdf")
@public
def agenda(slug: str) -> Response:
    meeting = visible_meeting(slug)
    return _agenda(meeting, load_published(meeting, viewer(), clock.today()))


@bp.get("/bijeenkomsten/<slug>/agenda/versie/<int(max=9999):number>/agenda.pdf")
@public
def agenda_version(slug: str, number: int) -> Response:
    meeting = visible_meeting(slug)
    return _agenda(meeting, readable_version(meeting, number, "agenda.show"))


@bp.get("/bijeenkomsten/<slug>/programma.pdf")
@public
def programme(slug: str) -> Response:
    meeting = visible_meeting(slug)
    return _programme(meeting, load_published(meeting))


@bp.get("/bijeenkomsten/<slug>/programma/versie/<int(max=9999):number>/programma.pdf")
@public
def programme_version(slug: str, number: int) -> Response:
    meeting = visible_meeting(slug)
    return _programme(meeting, readable_version(meeting, number, "meetings.show"))


@bp.get("/reeksen/<slug>/jaar/<int:year>/jaarlijst.pdf")
@public
def year(slug: str, year: int) -> Response:
    who, today = viewer(), clock.today()
    series = find_series(who, today, slug)
    meetings = year_of_series(who, today, clock.now(), slug, year) if series else []
    if series is None or not meetings:
        abort(404)
    address = _full(url_for("series.year", slug=slug, year=year))
    sheet = year_sheet(series.name, year, meetings, today, address)
    return pdf_response(sheet, f"jaarlijst-{slug}-{year}.pdf")


@bp.get("/bijeenkomsten/<slug>/vlugschrift.pdf")
@public
def recap(slug: str) -> Response:
    meeting, published = held_meeting(slug)
    after = read_afterwards(meeting, published, viewer(), clock.today())
    if after.recap is None:
        abort(404)
    address = _full(url_for("afterwards.recap", slug=meeting.slug))
    sheet = recap_sheet(after.recap, published, _readings(meeting, published, after), address)
    return pdf_response(sheet, f"vlugschrift-{meeting.slug}.pdf")


@bp.get("/bijeenkomsten/<slug>/terugkoppeling/<municipality>.pdf")
@signed_in
def council(slug: str, municipality: str) -> Response:
    meeting, published = held_meeting(slug)
    of = readable_council(meeting, municipality)
    figures = per_audience(Attendance(meeting, PeopleScope(frozenset({of.id}))))
    path = url_for("afterwards.council", slug=meeting.slug, municipality=of.slug)
    source = DatedSource(_full(path), clock.today())
    sheet = council_sheet(of.name, published, summarise(figures), source)
    return pdf_response(sheet, f"terugkoppeling-{of.slug}-{meeting.slug}.pdf")


def _readings(meeting: Meeting, published: PublishedMeeting, after: Afterwards) -> Readings:
    """What the page of the recap leads to, for the same reader."""
    pages = [(_("Het programma"), "meetings.show")]
    if after.report:
        pages.append((_("Verslag"), "afterwards.report"))
    if published.agenda or published.documents:
        pages.append((_("Agenda en stukken"), "agenda.show"))
    links = [(name, _full(url_for(endpoint, slug=meeting.slug))) for name, endpoint in pages]
    if after.recording:
        links.append((_("Kijk de bijeenkomst terug"), after.recording.address))
    return Readings(links, after.presentations)


def _agenda(meeting: Meeting, published: PublishedMeeting | None) -> Response:
    if published is None or not (published.agenda or published.documents):
        abort(404)
    number = published.number
    source = _source(meeting, number, url_for("agenda.version", slug=meeting.slug, number=number))
    sheet = agenda_sheet(meeting, published, source)
    return pdf_response(sheet, f"agenda-{meeting.slug}-versie-{number}.pdf")


def _programme(meeting: Meeting, published: PublishedMeeting | None) -> Response:
    if published is None or published.is_announcement:
        abort(404)
    number = published.number
    path = url_for("meetings.version", slug=meeting.slug, number=number)
    sheet = programme_sheet(meeting, published, _source(meeting, number, path))
    return pdf_response(sheet, f"programma-{meeting.slug}-versie-{number}.pdf")


def _source(meeting: Meeting, number: int, path: str) -> Source:
    """Where version `number` is, and whether it still counts."""
    retracted = {one.number: one.is_retracted for one in listed_versions(meeting.id)}
    newest = max((one for one, is_retracted in retracted.items() if not is_retracted), default=0)
    return Source(_full(path), newest, retracted.get(number, False))


def _full(path: str) -> str:
    return f"{current_app.config['BASE_URL']}{path}"
