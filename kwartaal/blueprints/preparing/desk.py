"""The desk's pages about meetings: list, new, overview, data, registering, delete."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select
from werkzeug.wrappers import Response

from kwartaal import clock, file_store
from kwartaal.blueprints.preparing.forms import (
    MeetingForm,
    NewMeetingForm,
    StoredMeetingForm,
    TermsForm,
    data_of,
    is_date_fixed,
    terms_of,
)
from kwartaal.blueprints.preparing.openness import look, report_of
from kwartaal.db import db
from kwartaal.domain import meetings, publications
from kwartaal.domain.place_to_follow import place_follows
from kwartaal.forms import form_page, refusals_at, refusals_flashed, say_mailed
from kwartaal.models.document import storage_names_of
from kwartaal.models.meeting import Meeting, MeetingState, find_meeting
from kwartaal.models.moving import latest_move
from kwartaal.models.openness import Openness
from kwartaal.models.programme import programme_of
from kwartaal.models.publication import find_latest
from kwartaal.models.series import Series
from kwartaal.models.venue import all_venues
from kwartaal.models.visibility import preparable_meetings, preparable_series
from kwartaal.navigation import meeting_frame
from kwartaal.page_links import asked_page
from kwartaal.permissions import (
    Permission,
    allowed,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)

bp = Blueprint("preparing", __name__)

PER_PAGE = 25
Answer = str | tuple[str, int] | Response


@bp.get("/beheer/bijeenkomsten/")
@requires(Permission.MANAGE_MEETINGS)
def index() -> str:
    shown = request.args.get("toon", "komend")
    return render_template(
        "preparing/index.html", page=_page_of(_chosen(shown)), shown=shown, now=clock.now()
    )


@bp.route("/beheer/bijeenkomsten/nieuw/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new() -> Answer:
    """One form per series; which one is in the address. The same form twice is one meeting."""
    choices = list(db.session.scalars(preparable_series(viewer(), clock.today())))
    series = _asked_for(choices)
    if series is None:
        return render_template("preparing/choose_series.html", choices=choices)
    form = NewMeetingForm(series, all_venues(), data={"openness": series.openness})
    if form.validate_on_submit():
        made = find_meeting(form.key.data)
        if made is not None:
            return redirect(url_for(".show", slug=meeting_to_prepare(made.slug).slug), 303)
        with refusals_at(form):
            now = clock.now()
            meeting = meetings.prepare(series, form.texts(), form.when(), form.key.data, now)
            db.session.add(meeting)
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard als concept.", title=meeting.title))
            return redirect(url_for(".show", slug=meeting.slug), 303)
    return form_page("preparing/new.html", form, series=series)


@bp.get("/beheer/bijeenkomsten/<slug>/")
@requires(Permission.MANAGE_MEETINGS)
def show(slug: str) -> str:
    meeting = meeting_to_prepare(slug)
    moved = latest_move(meeting.id)
    return render_template("preparing/show.html", frame=meeting_frame(meeting), moved=moved)


@bp.route("/beheer/bijeenkomsten/<slug>/gegevens/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def edit(slug: str) -> Answer:
    meeting = meeting_to_prepare(slug)
    follows = place_follows(find_latest(meeting.id))
    form = _form_of(meeting, follows)
    if form.validate_on_submit() and "change" not in request.form:
        with refusals_at(form):
            texts, when = form.texts(meeting.openness), form.when(meeting)
            now, was_public, was_open = clock.now(), meeting.is_public, meeting.openness
            programme = programme_of(meeting.id)
            actor = signed_in_person()
            lost = meetings.change(
                meeting, texts, when, programme, actor, now, place_follows=follows
            )
            report = report_of(meeting, was_public, now)
            if report is not None and form.looked_at.data != report.fingerprint:
                db.session.rollback()
                return look(meeting, form, report)
            db.session.commit()
            _say_saved(meeting, lost, was_open)
            say_mailed(report.mailed if report else 0)
            return redirect(url_for(".edit", slug=meeting.slug), 303)
    form.looked_at.data = ""
    return form_page(
        "preparing/edit.html",
        form,
        frame=meeting_frame(meeting),
        fixed=is_date_fixed(meeting),
        place_follows=follows,
    )


@bp.route("/beheer/bijeenkomsten/<slug>/aanmelden/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def registration(slug: str) -> Answer:
    meeting = meeting_to_prepare(slug)
    form = TermsForm(data=terms_of(meeting))
    if form.validate_on_submit():
        with refusals_at(form):
            meetings.change_terms(meeting, form.terms(), clock.now())
            db.session.commit()
            flash(_("Het aanmelden is bewaard."))
            return redirect(url_for(".registration", slug=meeting.slug), 303)
    return form_page(
        "preparing/registration.html",
        form,
        frame=meeting_frame(meeting),
        items=[item for item in programme_of(meeting.id) if item.takes_sign_up],
    )


@bp.post("/beheer/bijeenkomsten/<slug>/verwijderen")
@requires(Permission.MANAGE_MEETINGS)
def delete(slug: str) -> Response:
    meeting = meeting_to_prepare(slug)
    files = storage_names_of(meeting.id)
    with refusals_flashed():
        publications.delete_concept(meeting)
        db.session.commit()
        file_store.remove(files)
        flash(_("Het concept is verwijderd."))
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", slug=slug), 303)


def _chosen(shown: str) -> Select[Meeting]:
    """What the list holds: coming and concepts soonest first, past newest first."""
    now = clock.now()
    statement = preparable_meetings(viewer(), clock.today())
    soonest = statement.order_by(Meeting.starts_at, Meeting.id)
    if shown == "geweest":
        newest = statement.order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        return newest.where(Meeting.ends_at <= now)
    if shown == "concept":
        return soonest.where(Meeting.state == MeetingState.CONCEPT)
    return soonest.where(Meeting.ends_at > now)


def _page_of(statement: Select[Meeting]) -> Pagination:
    page: Pagination = db.paginate(statement, page=asked_page(), per_page=PER_PAGE, error_out=False)
    return page


def _asked_for(choices: list[Series]) -> Series | None:
    """The series in the address; when there is only one, it needs no asking."""
    wanted = request.args.get("reeks")
    if wanted is None and len(choices) == 1:
        return choices[0]
    return next((series for series in choices if series.slug == wanted), None)


def _form_of(meeting: Meeting, follows: bool) -> StoredMeetingForm:
    """The form with what may still change; once announced only the griffie opens or closes.

    `follows`: readers do not know the place yet.
    """
    form = StoredMeetingForm(meeting.series, all_venues(), data=data_of(meeting))
    if is_date_fixed(meeting):
        _fix(form, follows and meeting.state == MeetingState.ANNOUNCED)
        if not allowed(Permission.PUBLISH):
            form.fix_openness()
    return form


def _fix(form: MeetingForm, but_place: bool) -> None:
    if but_place:
        form.fix_time()
    else:
        form.fix_date()


def _say_saved(meeting: Meeting, lost: int, was_open: Openness) -> None:
    flash(_("De gegevens zijn bewaard."))
    if lost:
        flash(
            ngettext(
                "%(num)s onderdeel heeft nu geen zaal meer.",
                "%(num)s onderdelen hebben nu geen zaal meer.",
                lost,
            ),
            "warning",
        )
    is_known = meeting.state != MeetingState.CONCEPT
    later = publications.has_unpublished_changes(publications.draft_of(meeting))
    if is_known and meeting.openness != was_open:
        flash(_("De openbaarheid geldt meteen."), "info")
        if later:
            flash(_("De andere gegevens zien bezoekers pas als u opnieuw publiceert."), "info")
    elif later:
        flash(_("Bezoekers zien dit pas als u opnieuw publiceert."), "info")
