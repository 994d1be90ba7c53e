"""Turnout over the quarters, if wanted of one group or municipality."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import bp
from kwartaal.blueprints.attendance.sight import limits, scope
from kwartaal.fields import KwartaalForm, SelectField
from kwartaal.filters import AUDIENCES
from kwartaal.models.organisation import Audience
from kwartaal.models.people_list import PeopleScope, municipalities_seen
from kwartaal.models.turnout import Narrowing, QuarterTurnout, turnout_per_quarter
from kwartaal.page_links import asked_page
from kwartaal.permissions import Permission, requires, viewer
from kwartaal.trend import draw


class NarrowingForm(KwartaalForm):
    """Whose turnout one wants to see; what does not exist asks for everybody's."""

    class Meta(KwartaalForm.Meta):
        csrf = False

    doelgroep = SelectField(
        lazy_gettext("Groep"),
        coerce=Audience,
        choices=[("", lazy_gettext("Alle groepen")), *AUDIENCES.items()],
    )
    gemeente = SelectField(lazy_gettext("Gemeente"))

    def __init__(self, *args: Any, seen: PeopleScope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.municipalities = {one.slug: one for one in municipalities_seen(seen)}
        self.gemeente.choices = [
            SelectChoice("", _("Alle organisaties")),
            *(SelectChoice(one.slug, one.name) for one in self.municipalities.values()),
        ]

    @property
    def narrowing(self) -> Narrowing:
        known = {name: field.data for name, field in self._fields.items() if not field.errors}
        municipality = self.municipalities.get(known.get("gemeente") or "")
        asked = PeopleScope(frozenset({municipality.id})) if municipality else self.seen
        return Narrowing(asked, known.get("doelgroep"))


@bp.get("/beheer/aanwezigheid/cijfers")
@requires(Permission.SEE_ATTENDANCE)
def quarters() -> str:
    """What readers may see of these meetings, anybody at the desk may count."""
    seen = scope()
    form = NarrowingForm(request.args, seen=seen)
    form.validate()
    page = turnout_per_quarter(viewer(), form.narrowing, clock.now(), asked_page())
    oldest_first = page.items[::-1]
    return render_template(
        "attendance/quarters.html",
        form=form,
        page=page,
        drawing=draw([_drawn(one) for one in oldest_first]),
        oldest_first=oldest_first,
        limits=limits(seen),
    )


def _drawn(one: QuarterTurnout) -> tuple[int | None, int, int]:
    return one.invited, one.figures.registered, one.figures.present
