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
from kwartaal.models.attendance_figures import Figures, ItemFigures
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.invited_figures import (
    invited_per_audience,
    invited_per_meeting,
    invited_per_organisation,
)
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience, Organisation, names_of
from kwartaal.models.people_list import PeopleScope, municipalities_seen
from kwartaal.models.published import PublishedMeeting
from kwartaal.permissions import Permission, requires, viewer


class PeopleLine(NamedTuple):
    """A group or an organisation; `invited` is None when nobody was told, or it is not known."""

    name: str
    numbers: Figures
    invited: int | None


class PeopleTable(NamedTuple):
    """Its lines, and all of them together: there whoever has two offices was invited once."""

    lines: list[PeopleLine]
    total: PeopleLine


class ItemLine(NamedTuple):
    """A part of the programme; its bar is drawn against `scale`."""

    name: str
    numbers: Figures
    maximum: int | None
    scale: int
    has_own_list: bool


@bp.get(f"{LIST}/cijfers")
@requires(Permission.SEE_ATTENDANCE)
def figures(slug: str) -> str:
    here = seen(slug)
    municipalities = municipalities_seen(here.attendance.scope)
    return render_template(
        "attendance/figures.html",
        here=here,
        audiences=_audiences(here.attendance),
        municipalities=_municipalities(here.attendance, municipalities),
        organisations=_other_organisations(here.attendance, municipalities),
        item_lines=list(_items(here.published, counted.per_item(here.attendance))),
        councils=councils_of(here.meeting, viewer(), clock.today()) if here.is_held else [],
    )


def _audiences(attendance: Attendance) -> PeopleTable:
    """Groups of which somebody registered or was told of it."""
    invited = invited_per_audience(attendance.meeting, attendance.scope)
    found = counted.per_audience(attendance)
    groups: tuple[Audience | None, ...] = (*Audience, None)
    lines = []
    for group in groups:
        told = None if invited is None or group is None else invited.get(group, 0)
        if group in found or told:
            name = str(AUDIENCES[group]) if group else _("geen groep")
            lines.append(PeopleLine(name, found.get(group, Figures()), told))
    return _table(lines, attendance.meeting, attendance.scope)


def _municipalities(attendance: Attendance, municipalities: Sequence[Organisation]) -> PeopleTable:
    """All of them: who is missing counts as well (docs/mission.md W-9)."""
    invited = invited_per_organisation(attendance.meeting, attendance.scope)
    ids = [one.id for one in municipalities]
    found = counted.per_municipality(attendance, ids)
    lines = [
        PeopleLine(one.name, found[one.id], None if invited is None else invited.get(one.id, 0))
        for one in municipalities
    ]
    return _table(lines, attendance.meeting, PeopleScope(frozenset(ids)))


def _other_organisations(
    attendance: Attendance, municipalities: Sequence[Organisation]
) -> PeopleTable:
    """Of which somebody registered or was told of it, by name."""
    ids = [one.id for one in municipalities]
    found = counted.per_other_organisation(attendance, ids)
    invited = invited_per_organisation(attendance.meeting, attendance.scope)
    told = {key: many for key, many in (invited or {}).items() if key not in ids}
    by_name = {name: told[key] for key, name in names_of(told).items()}
    names = sorted({*found, *by_name}, key=lambda name: (not name, name.casefold()))
    lines = [
        PeopleLine(
            name or _("geen organisatie"),
            found.get(name, Figures()),
            None if invited is None else by_name.get(name, 0),
        )
        for name in names
    ]
    return _table(lines, attendance.meeting, PeopleScope(frozenset(told)))


def _table(lines: list[PeopleLine], meeting: Meeting, scope: PeopleScope) -> PeopleTable:
    numbers = counted.together([line.numbers for line in lines] or [Figures()])
    invited = invited_per_meeting([meeting], scope).get(meeting.id)
    return PeopleTable(lines, PeopleLine(_("Samen"), numbers, invited))


def _items(
    published: PublishedMeeting | None, found: Mapping[int, ItemFigures]
) -> Iterator[ItemLine]:
    """What people can choose, in order of the day; a bar is full at the maximum."""
    if published is None:
        return
    for item in published.offered:
        numbers, has_own_list = found.get(item.id, ItemFigures())
        maximum = item.places.maximum if item.places else None
        scale = maximum or max(numbers)
        yield ItemLine(coded(item, published), numbers, maximum, scale, has_own_list)
