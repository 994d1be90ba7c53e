"""What differs between any two versions of a meeting, and each version by itself."""

from __future__ import annotations

from flask import abort, render_template

from kwartaal import clock
from kwartaal.blueprints.publications.desk import bp
from kwartaal.blueprints.publications.forms import CompareForm
from kwartaal.change_lines import lines_of
from kwartaal.domain.version_changes import changes_between
from kwartaal.fields import SelectField
from kwartaal.models.meeting import Meeting
from kwartaal.models.publication import Publication, find_version, listed_versions
from kwartaal.models.published import load_version
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires, viewer
from kwartaal.version_history import history_of


@bp.get("/publiceren/vergelijken/")
@requires(Permission.PUBLISH)
def compare(slug: str) -> str:
    """Two versions beside each other; without a choice the last two."""
    meeting = meeting_to_prepare(slug)
    form = CompareForm.about([one for one in listed_versions(meeting.id) if one.number])
    before, after = (_chosen(meeting, field) for field in (form.before, form.after))
    viewed = viewer(), clock.today()
    return render_template(
        "publications/compare.html",
        form=form,
        frame=meeting_frame(meeting),
        numbers=(before.number, after.number),
        changes=lines_of(changes_between(meeting, before.content, after.content, *viewed)),
    )


@bp.get("/publiceren/versies/<int(max=9999):number>/")
@requires(Permission.MANAGE_MEETINGS)
def version(slug: str, number: int) -> str:
    """One version, retracted or not: that of a concept has no public page."""
    meeting = meeting_to_prepare(slug)
    published = load_version(meeting, number, viewer(), clock.today()) or abort(404)
    return render_template(
        "publications/version.html",
        meeting=meeting,
        published=published,
        history=history_of(meeting, number),
    )


def _chosen(meeting: Meeting, field: SelectField) -> Publication:
    """The version that a field names; 404 when there never was one."""
    known = (number for number, _label in field.choices if number == field.data)
    number = next(known, None)
    version = find_version(meeting.id, number) if number is not None else None
    if version is None:
        abort(404)
    return version
