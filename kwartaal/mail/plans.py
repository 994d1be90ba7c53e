"""The mail to a clerk whose planned publication was not carried out."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from kwartaal.amsterdam import amsterdam_date
from kwartaal.db import db
from kwartaal.filters import moment, period
from kwartaal.mail.letter import Letter
from kwartaal.models.meeting import Meeting
from kwartaal.models.outbox import OutboxMail
from kwartaal.models.person import Role
from kwartaal.models.planned_publication import find_plan
from kwartaal.models.visibility import Viewer, preparable_meetings
from kwartaal.translations import filled


def plan_refused(mail: OutboxMail, now: datetime) -> Letter | None:
    """Nothing once somebody published or planned anew, or for who no longer prepares it."""
    meeting = _prepared(mail, now)
    plan = find_plan(meeting.id) if meeting is not None else None
    if meeting is None or plan is None or not plan.refusal or not mail.tells(plan.key):
        return None
    return Letter(
        subject=_("Niet gepubliceerd: %(title)s", title=meeting.title),
        sentences=(
            _("U had gepland om deze bijeenkomst te publiceren. Dat ging niet door."),
            _("Reden: %(reason)s", reason=filled(plan.refusal, plan.refusal_values)),
            _("Voor bezoekers is er niets veranderd."),
        ),
        facts=(
            (_("Gepland op"), moment(plan.publish_at)),
            (_("Bijeenkomst"), f"{meeting.title}, {period(meeting.starts_at, meeting.ends_at)}"),
        ),
        action=(
            _("Naar publiceren"),
            url_for("publications.show", slug=meeting.slug, _external=True),
        ),
    )


def _prepared(mail: OutboxMail, now: datetime) -> Meeting | None:
    """The meeting as its reader may prepare it now: openness and roles may have changed."""
    viewer = Viewer(mail.person_id, prepares_meetings=mail.person.has_role(Role.GRIFFIE))
    meetings = preparable_meetings(viewer, amsterdam_date(now))
    meeting: Meeting | None = db.session.scalars(
        meetings.where(Meeting.id == mail.meeting_id)
    ).one_or_none()
    return meeting
