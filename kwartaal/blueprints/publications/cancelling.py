"""Cancelling a meeting: whom it concerns and what they get, then the button.

As with moving a meeting, looking beforehand does everything and takes it back (decision 0017).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.blueprints.publications.desk import Page, bp
from kwartaal.blueprints.publications.forms import CancelForm
from kwartaal.db import db
from kwartaal.domain import publications
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.forms import form_page, preview_page, refusals_at
from kwartaal.mail.sample import SampleMail, count_to_speakers, first_of_each, samples_of, to_call
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import MailKind, mails_made
from kwartaal.models.registration import (
    Registration,
    RegistrationState,
    count_live_registrations,
)
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, signed_in_person


@dataclass(frozen=True)
class Report:
    """What cancelling would do; `fingerprint` is another one when any of it is otherwise."""

    placed: int
    waiting: int
    mailed: int
    to_speakers: int  # of these mails
    to_call: list[tuple[str, str | None]]
    samples: tuple[SampleMail, ...]
    fingerprint: str


@bp.route("/annuleren/", methods=["GET", "POST"])
@requires(Permission.PUBLISH)
def cancel(slug: str) -> Page | Response:
    """First the reason, then what it would do, then the act; without JavaScript."""
    meeting, form = meeting_to_prepare(slug), CancelForm()
    if meeting.is_cancelled and form.reason.data == meeting.cancel_reason:  # a second click
        return redirect(url_for(".show", slug=meeting.slug), 303)
    if form.validate_on_submit() and "change" not in request.form:
        with refusals_at(form):
            now, reason = clock.now(), form.reason.data
            report = _report(
                meeting, publications.cancel(meeting, reason, signed_in_person(), now), now
            )
            if form.seen.data == report.fingerprint:
                db.session.commit()
                _say_cancelled(report)
                return redirect(url_for(".show", slug=meeting.slug), 303)
            db.session.rollback()
            frame = meeting_frame(meeting)
            return preview_page(
                "publications/cancel_preview.html",
                form,
                report.fingerprint,
                report=report,
                frame=frame,
            )
    form.seen.data = ""
    return form_page(
        "publications/cancel.html",
        form,
        frame=meeting_frame(meeting),
        concerned=count_live_registrations(meeting.id),
    )


def _report(meeting: Meeting, concerned: list[Registration], now: datetime) -> Report:
    """Of a meeting that was cancelled, which may be taken back."""
    mails = mails_made(meeting.id, now, MailKind.CANCELLED)
    states = [one.state for one in concerned]
    ids = [(one.id, one.state.value) for one in concerned]
    people = [one.person for one in concerned]
    speakers = speakers_to_call(meeting, now, [person.id for person in people])
    said = (meeting.id, meeting.cancel_reason, ids, len(mails), speakers)
    return Report(
        placed=states.count(RegistrationState.PLACED),
        waiting=states.count(RegistrationState.WAITING),
        mailed=len(mails),
        to_speakers=count_to_speakers(mails),
        to_call=to_call(people, speakers),
        samples=samples_of(first_of_each(mails), now),
        fingerprint=hashlib.sha256(repr(said).encode()).hexdigest(),
    )


def _say_cancelled(report: Report) -> None:
    flash(_("De bijeenkomst is geannuleerd."))
    if report.mailed:
        sent = ngettext("%(num)s mail gaat nu weg.", "%(num)s mails gaan nu weg.", report.mailed)
        flash(sent, "info")
