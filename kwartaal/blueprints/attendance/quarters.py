"""Turnout over the quarters, if wanted of one group or municipality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from wtforms.fields.choices import SelectChoice

from kwartaal import clock
from kwartaal.blueprints.attendance.desk import bp
from kwartaal.blueprints.attendance.sight import limits, scope
from kwartaal.fields import KwartaalForm, SelectField
from kwartaal.filters import AUDIENCES
from kwartaal.models.organisation import Audience
from kwartaal.models.people_list import PeopleScope, municipalities_seen
from kwartaal.models.turnout import (
    Narrowing,
    Quarter,
    QuarterTurnout,
    together_of,
    turnout_per_quarter,
)
from kwartaal.page_links import asked_page
from kwartaal.permissions import Permission, requires, viewer
from kwartaal.trend import SMALL_WIDTH, draw


class Drawn(NamedTuple):
    """What the picture shows of a quarter, or of those left out: no numbers then."""

    numbers: tuple[int | None, ...]
    name: str
    short_name: str
    below: str


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
    drawn = list(_drawn(page.items[::-1]))
    columns = [one.numbers for one in drawn]
    return render_template(
        "attendance/quarters.html",
        form=form,
        page=page,
        total=together_of(page.items) if len(page.items) > 1 else None,
        drawn=drawn,
        wide=draw(columns),
        small=draw(columns, SMALL_WIDTH),
        limits=limits(seen),
    )


def _drawn(oldest_first: Iterable[QuarterTurnout]) -> Iterator[Drawn]:
    """A column for each quarter, and a break where there are quarters without a meeting."""
    before: Quarter | None = None
    for one in oldest_first:
        quarter = one.quarter
        if before and (skipped := quarter.since(before) - 1):
            words = ngettext("%(num)s kwartaal", "%(num)s kwartalen", skipped)
            yield Drawn((), words, _("%(count)s kw", count=skipped), _("zonder"))
        name = _("%(number)se kwartaal", number=quarter.number)
        short = _("kw %(number)s", number=quarter.number)
        numbers = one.invited, one.figures.registered, one.figures.present
        yield Drawn(numbers, name, short, str(quarter.year))
        before = quarter
