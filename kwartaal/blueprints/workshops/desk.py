"""The desk's pages about workshops, meals and drinks that are cancelled.

As with moving a meeting, looking beforehand does everything and takes it back (decision 0017).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.workshops.forms import CancelItemForm, said_when
from kwartaal.blueprints.workshops.report import Report, concerned, report_of
from kwartaal.db import db
from kwartaal.domain.digests import digest_about
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.publications import draft_of, has_unpublished_changes
from kwartaal.domain.speaking import silent_speakers
from kwartaal.filters import moment
from kwartaal.forms import form_page, preview_page, refusals_at, say_mailed
from kwartaal.mail.sample import to_call
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem, cancelled_items, find_item, live_items
from kwartaal.models.published import load_published
from kwartaal.models.registration import choices_ended_by_cancelling, live_choices_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person

bp = Blueprint("workshops", __name__, url_prefix="/beheer/bijeenkomsten/<slug>/workshops")
Answer = str | tuple[str, int] | Response


@bp.get("/")
@requires(Permission.PUBLISH)
def index(slug: str) -> str:
    """What can be cancelled by itself: how many chose it, whether it is on, and whom to call."""
    meeting = meeting_to_prepare(slug)
    published = load_published(meeting) or abort(404)
    rows = live_items(meeting.id)
    return render_template(
        "workshops/index.html",
        frame=meeting_frame(meeting),
        published=published,
        rows=rows,
        others=[one for one in published.items if _stands_alone(rows.get(one.id))],
        to_call=_people_to_call(meeting),
        fixed=meeting.state != MeetingState.PUBLISHED or meeting.is_held(clock.now()),
    )


@bp.route("/<uuid:key>/annuleren/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def cancel(slug: str, key: uuid.UUID) -> Answer:
    """First the reason, then what it would do, then the act; without JavaScript."""
    meeting = meeting_to_prepare(slug)
    item = find_item(meeting.id, key) or abort(404)
    form = _form(meeting)
    if form.validate_on_submit() and "change" not in request.form:
        with refusals_at(form):
            return _cancel(meeting, item, form, clock.now())
    form.seen.data = ""
    return form_page(
        "workshops/cancel.html",
        form,
        frame=meeting_frame(meeting),
        item=item,
        concerned=concerned(choice.state for choice in live_choices_of(item.id)),
    )


def _cancel(meeting: Meeting, item: ProgrammeItem, form: CancelItemForm, now: datetime) -> Answer:
    """The act, when the page before showed all that it does; that page otherwise."""
    ended = cancel_item(item, form.reason.data, signed_in_person(), now, form.waits_until_hour)
    report = report_of(item, ended, now)
    if form.seen.data == report.fingerprint:
        db.session.commit()
        _say_cancelled(item, report)
        return redirect(url_for(".index", slug=meeting.slug), 303)
    db.session.rollback()
    return preview_page(
        "workshops/preview.html",
        form,
        report.fingerprint,
        item=item,
        report=report,
        when=said_when(report.waits_until, now),
        again=[(name, form[name].data or "") for name in ("reason", "when")],
        frame=meeting_frame(meeting),
    )


def _form(meeting: Meeting) -> CancelItemForm:
    now, is_asked = clock.now(), request.method == "GET"
    latest = digest_about(meeting, now, current_app.config["DIGEST_HOUR"])
    busy = is_asked and latest is not None and has_unpublished_changes(draft_of(meeting))
    return CancelItemForm(now, latest, busy=busy)


def _stands_alone(item: ProgrammeItem | None) -> bool:
    """What is off can be restored, also when people need not sign up for it any more."""
    return item is not None and (item.stands_alone or item.is_cancelled)


def _people_to_call(meeting: Meeting) -> dict[int, list[tuple[str, str | None]]]:
    """Name and phone of who had or spoke in a cancelled part and gets no mail, by item."""
    had: defaultdict[int, list[Person]] = defaultdict(list)
    for choice in choices_ended_by_cancelling(meeting.id):
        had[choice.item_id].append(choice.registration.person)
    spoke = silent_speakers(meeting, clock.now())
    found = {
        item_id: to_call(
            had[item_id],
            [
                one.to_call
                for one in spoke
                if item_id in one.parts and one.person not in had[item_id]
            ],
        )
        for item_id in cancelled_items([meeting.id])
    }
    return {item_id: people for item_id, people in found.items() if people}


def _say_cancelled(item: ProgrammeItem, report: Report) -> None:
    flash(_("‘%(title)s’ is geannuleerd.", title=item.title))
    if report.waits_until is None:
        say_mailed(report.mailed)
        return
    flash(
        ngettext(
            "%(num)s mail gaat weg met de volgende versie. Uiterlijk op %(moment)s.",
            "%(num)s mails gaan weg met de volgende versie. Uiterlijk op %(moment)s.",
            report.mailed,
            moment=moment(report.waits_until),
        ),
        "info",
    )
