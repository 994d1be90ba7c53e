"""The next quarter after the example of a meeting: one form, a title and a date."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, exists
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.preparing.desk import Answer, bp
from kwartaal.db import db
from kwartaal.domain import moving
from kwartaal.domain import new_quarter as rules
from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.domain.refusals import Refused
from kwartaal.fields import DateField, KeyField, KwartaalForm, Required, TextField
from kwartaal.forms import form_page, given, refusals_at, refusals_flashed
from kwartaal.models.meeting import Meeting, MeetingState, find_meeting
from kwartaal.models.programme import ProgrammeItem, programme_of
from kwartaal.models.visibility import preparable_meetings
from kwartaal.models.year_list import days_taken
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import (
    Permission,
    allowed,
    meeting_at_desk,
    meeting_to_prepare,
    requires,
    signed_in_person,
    viewer,
)


class NewQuarterForm(KwartaalForm):
    """What the next meeting is called, and on which day it is."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    day = DateField(_l("Datum"), [Required(_l("Vul een datum in."))])
    key = KeyField()

    def __init__(self, meeting: Meeting, day: date) -> None:
        super().__init__(data={"title": meeting.title, "day": day})


@bp.route("/beheer/bijeenkomsten/<slug>/nieuw-kwartaal/", methods=["GET", "POST"])
@requires(Permission.MANAGE_MEETINGS)
def new_quarter(slug: str) -> Answer:
    """A new concept; the same form sent twice makes one."""
    meeting = meeting_to_prepare(slug)
    form = NewQuarterForm(meeting, rules.suggested_day(meeting, clock.today()))
    if form.validate_on_submit():
        made = find_meeting(form.key.data)
        if made is not None:
            return _to_new(meeting_at_desk(made.slug))
        with refusals_at(form):
            programme, day, title = programme_of(meeting.id), given(form.day), form.title.data
            taken, key = days_taken(meeting.series_id), form.key.data
            new, items = rules.copy(meeting, programme, day, title, key, taken, clock.now())
            db.session.add_all([new, *items])
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard als concept.", title=new.title))
            return _to_new(new)
    return form_page(
        "preparing/new_quarter.html",
        form,
        frame=meeting_frame(meeting),
        empty=[_Empty.of(one, meeting) for one in db.session.scalars(_empty(meeting))],
        known=db.session.scalars(_coming(meeting)).all(),
    )


@bp.post("/beheer/bijeenkomsten/<slug>/overnemen")
@requires(Permission.MANAGE_MEETINGS)
def fill_quarter(slug: str) -> Response:
    """The same into a meeting whose date is known already; `van` is the example's public id.

    With `tijd` an announced meeting is moved to the hours of the example, for who publishes.
    """
    target = meeting_to_prepare(slug)
    wanted = request.form.get("van", type=uuid.UUID)
    statement = preparable_meetings(viewer(), clock.today()).where(
        Meeting.public_id == wanted, Meeting.series_id == target.series_id
    )
    meeting = db.session.scalars(statement).one_or_none() or abort(404)
    with refusals_flashed():
        there, programme = programme_of(target.id), programme_of(meeting.id)
        hours = rules.hours_needed(target, meeting) if "tijd" in request.form else None
        if hours is not None and not there and _moves(target):
            moving.move(target, hours, signed_in_person(), clock.now())
        db.session.add_all(rules.fill(target, there, meeting, programme, clock.now()))
        db.session.commit()
        flash(_("Het programma is overgenomen."))
        return redirect(url_for("programme.show", slug=target.slug), 303)
    return redirect(url_for(".new_quarter", slug=meeting.slug), 303)


@dataclass(frozen=True)
class _Empty:
    """A date to fill. `hours` is set when those of the example come along."""

    meeting: Meeting
    hours: TimeAndPlace | None

    @classmethod
    def of(cls, target: Meeting, meeting: Meeting) -> _Empty:
        try:
            return cls(target, rules.hours_needed(target, meeting))
        except Refused:  # said when somebody tries
            return cls(target, None)

    @property
    def may_be_filled(self) -> bool:
        """The hours that readers know are changed by who may publish."""
        return self.hours is None or not _is_known(self.meeting) or allowed(Permission.PUBLISH)


def _moves(target: Meeting) -> bool:
    return _is_known(target) and allowed(Permission.PUBLISH)


def _is_known(target: Meeting) -> bool:
    return target.state != MeetingState.CONCEPT


def _empty(meeting: Meeting) -> Select[Meeting]:
    """Coming meetings of the series that have a date and no programme yet."""
    items = exists().where(ProgrammeItem.meeting_id == Meeting.id)
    return _coming(meeting).where(
        Meeting.id != meeting.id,
        Meeting.state.in_((MeetingState.CONCEPT, MeetingState.ANNOUNCED)),
        ~items,
    )


def _coming(meeting: Meeting) -> Select[Meeting]:
    """What the series has planned, so that nobody plans the same day twice."""
    return (
        preparable_meetings(viewer(), clock.today())
        .options(joinedload(Meeting.venue))
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at > clock.now(),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


def _to_new(meeting: Meeting) -> Response:
    return redirect(url_for(".show", slug=meeting.slug), 303)
