"""What somebody typed about a version, kept while looking at the preview, the mails or later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from flask import request, session
from werkzeug.datastructures import MultiDict

from kwartaal.blueprints.publications.forms import TELL, PlanForm, PublishForm
from kwartaal.models.meeting import Meeting

KEY = "publishing"
LONGEST = 2000  # as it stands in the cookie, which browsers refuse when it is too long
LONGEST_PART = 20  # of a date or a time


@dataclass(frozen=True)
class Aside:
    """`moment` holds the date and the time as they were typed, right or wrong, by their input."""

    meeting: int
    note: str
    tells: str
    moment: dict[str, str]


def put_aside(form: PublishForm, meeting: Meeting) -> None:
    """Keep it in the session, of one meeting at a time; a text that does not fit is let go of.

    A form that does not ask for a moment leaves the one that was typed before.
    """
    before = _kept(meeting)
    moment = dict(_moment_sent()) or (before.moment if before else {})
    kept = asdict(Aside(meeting.id, form.note.data or "", form.tells.data or TELL, moment))
    if len(json.dumps(kept)) <= LONGEST:
        session[KEY] = kept


def take_up(form: PublishForm, meeting: Meeting) -> None:
    """Fill it in again where a form is shown for the first time."""
    kept = _kept(meeting)
    if request.method != "GET" or kept is None:
        return
    form.note.data, form.tells.data = kept.note, kept.tells
    if isinstance(form, PlanForm) and kept.moment:
        form.publish_at.process(MultiDict(kept.moment))


def note_aside(meeting: Meeting) -> str:
    """The text alone, for the mails as they would go."""
    kept = _kept(meeting)
    return kept.note if kept else ""


def forget() -> None:
    """It was published, or planned."""
    session.pop(KEY, None)


def _kept(meeting: Meeting) -> Aside | None:
    """None as well for what an earlier release kept, which was a list."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept["meeting"] != meeting.id:
        return None
    return Aside(**kept)


def _moment_sent() -> Iterator[tuple[str, str]]:
    for name in ("publish_at-date", "publish_at-time"):
        if name in request.form:
            yield name, request.form[name][:LONGEST_PART]
