"""What somebody typed about a version, kept while looking at the preview, the mails or later."""

from __future__ import annotations

import json

from flask import request, session

from kwartaal.blueprints.publications.forms import PublishForm
from kwartaal.models.meeting import Meeting

KEY = "publishing"
LONGEST = 2000  # as it stands in the cookie, which browsers refuse when it is too long


def put_aside(form: PublishForm, meeting: Meeting) -> None:
    """Keep it in the session, of one meeting at a time; a text that does not fit is let go of."""
    kept = [meeting.id, form.note.data or "", form.tells.data]
    if len(json.dumps(kept)) <= LONGEST:
        session[KEY] = kept


def take_up(form: PublishForm, meeting: Meeting) -> None:
    """Fill it in again where a form is shown for the first time."""
    kept = session.get(KEY)
    if request.method == "GET" and kept and kept[0] == meeting.id:
        form.note.data, form.tells.data = kept[1], kept[2]


def note_aside(meeting: Meeting) -> str:
    """The text alone, for the mails as they would go."""
    kept = session.get(KEY)
    return str(kept[1]) if kept and kept[0] == meeting.id else ""


def forget() -> None:
    """It was published, or planned."""
    session.pop(KEY, None)
