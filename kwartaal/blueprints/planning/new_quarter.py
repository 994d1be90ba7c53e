"""The next quarter after the example of a meeting: one form, a title and a date."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.planning.desk import Answer, bp
from kwartaal.db import db
from kwartaal.domain import new_quarter as rules
from kwartaal.fields import DateField, KeyField, KwartaalForm, Required, TextField
from kwartaal.forms import form_page, given, refusals_at
from kwartaal.models.meeting import Meeting, find_meeting
from kwartaal.models.programme import programme_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, plannable_meeting, requires


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
    meeting = plannable_meeting(slug)
    form = NewQuarterForm(meeting, rules.suggested_day(meeting, clock.today()))
    if form.validate_on_submit():
        made = find_meeting(form.key.data)
        if made is not None:
            return _to_new(made)
        with refusals_at(form):
            programme, day, title = programme_of(meeting.id), given(form.day), form.title.data
            new, items = rules.copy(meeting, programme, day, title, form.key.data, clock.now())
            db.session.add_all([new, *items])
            db.session.commit()
            flash(_("‘%(title)s’ is bewaard als concept.", title=new.title))
            return _to_new(new)
    return form_page("planning/new_quarter.html", form, frame=meeting_frame(meeting))


def _to_new(meeting: Meeting) -> Response:
    return redirect(url_for(".show", slug=meeting.slug), 303)
