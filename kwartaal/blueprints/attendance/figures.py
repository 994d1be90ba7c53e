"""How many came, per group, organisation and part of the programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from kwartaal.models.published import PublishedMeeting
from kwartaal.permissions import Permission, requires, viewer


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
    audiences = counted.per_audience(here.attendance).items()
    organisations = counted.per_organisation(here.attendance).items()
    return render_template(
        "attendance/figures.html",
        here=here,
        audience_lines=[
            (AUDIENCES[group] if group else _("geen groep"), numbers)
            for group, numbers in audiences
        ],
        organisation_lines=[
            (name or _("geen organisatie"), numbers) for name, numbers in organisations
        ],
        item_lines=list(_items(here.published, counted.per_item(here.attendance))),
        councils=councils_of(here.meeting, viewer(), clock.today()) if here.is_held else [],
    )


def _items(published: PublishedMeeting | None, found: Mapping[int, Figures]) -> Iterator[ItemLine]:
    """What people can choose, in order of the day; a bar is full at the maximum."""
    if published is None:
        return
    for item in published.offered:
        numbers = found.get(item.id, Figures())
        maximum = item.places.maximum if item.places else None
        yield ItemLine(coded(item, published), numbers, maximum, maximum or max(numbers))
