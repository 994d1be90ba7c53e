"""How many came, per group, organisation and part of the programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flask import render_template
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.sight import seen
from kwartaal.blueprints.attendance.words import coded
from kwartaal.filters import AUDIENCES
from kwartaal.models import attendance_figures as counted
from kwartaal.models.afterwards import councils_of
from kwartaal.models.attendance_figures import Figures
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.invited_figures import invited_per_audience, invited_per_organisation
from kwartaal.models.organisation import Audience, Organisation
from kwartaal.models.people_list import municipalities_seen
from kwartaal.models.published import PublishedMeeting
from kwartaal.permissions import Permission, requires, viewer


class PeopleLine(NamedTuple):
    """A group or an organisation; `invited` is None when nobody was told, or it is not known."""

    name: str
    numbers: Figures
    invited: int | None


class ItemLine(NamedTuple):
    """A part of the programme; its bar is drawn against `scale`."""

    name: str
    numbers: Figures
    maximum: int | None
    scale: int


@bp.get(f"{LIST}/cijfers")
@requires(Permission.SEE_ATTENDANCE)
def figures(slug: str) -> str:
    here = seen(slug)
    municipalities = municipalities_seen(here.attendance.scope)
    return render_template(
        "attendance/figures.html",
        here=here,
        audience_lines=list(_audiences(here.attendance)),
        municipality_lines=list(_municipalities(here.attendance, municipalities)),
        organisation_lines=list(_other_organisations(here.attendance, municipalities)),
        item_lines=list(_items(here.published, counted.per_item(here.attendance))),
        councils=councils_of(here.meeting, viewer(), clock.today()) if here.is_held else [],
    )


def _audiences(attendance: Attendance) -> Iterator[PeopleLine]:
    """Groups of which somebody registered or was told of it."""
    invited = invited_per_audience(attendance.meeting, attendance.scope)
    found = counted.per_audience(attendance)
    groups: tuple[Audience | None, ...] = (*Audience, None)
    for group in groups:
        told = None if invited is None or group is None else invited.get(group, 0)
        if group in found or told:
            name = str(AUDIENCES[group]) if group else _("geen groep")
            yield PeopleLine(name, found.get(group, Figures()), told)


def _municipalities(
    attendance: Attendance, municipalities: Sequence[Organisation]
) -> Iterator[PeopleLine]:
    """All of them: who is missing counts as well (docs/mission.md W-9)."""
    invited = invited_per_organisation(attendance.meeting, attendance.scope)
    found = counted.per_municipality(attendance, [one.id for one in municipalities])
    for one in municipalities:
        told = None if invited is None else invited.get(one.id, 0)
        yield PeopleLine(one.name, found[one.id], told)


def _other_organisations(
    attendance: Attendance, municipalities: Sequence[Organisation]
) -> Iterator[PeopleLine]:
    found = counted.per_other_organisation(attendance, [one.id for one in municipalities])
    for name, numbers in found.items():
        yield PeopleLine(name or _("geen organisatie"), numbers, None)


def _items(published: PublishedMeeting | None, found: Mapping[int, Figures]) -> Iterator[ItemLine]:
    """What people can choose, in order of the day; a bar is full at the maximum."""
    if published is None:
        return
    for item in published.offered:
        numbers = found.get(item.id, Figures())
        maximum = item.places.maximum if item.places else None
        yield ItemLine(coded(item, published), numbers, maximum, maximum or max(numbers))
