"""The page that gives whoever keeps a site the line to put in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from kwartaal import clock
from kwartaal.models.listed import series_of
from kwartaal.models.organisation import OrganisationKind, all_organisations
from kwartaal.models.visibility import OUTSIDER, visible_meetings
from kwartaal.permissions import public

bp = Blueprint("embed", __name__)
LIST, MONTH = "lijst", "maand"
HEIGHTS = {LIST: 600, MONTH: 800}
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """What stands in the frame; "" for everything."""

    view: str = LIST
    series: str = ""
    municipality: str = ""

    @property
    def args(self) -> dict[str, Any]:
        """For an address of the frame."""
        return {"reeks": self.series or None, "gemeente": self.municipality or None}

    @property
    def path(self) -> str:
        return url_for("embed.month" if self.view == MONTH else "embed.listing", **self.args)

    def but(self, **changes: str) -> str:
        """The address of this page with something else chosen."""
        other = replace(self, **changes)
        return url_for("embed.show", weergave=other.view, **other.args)


@bp.get("/insluiten/")
@public
def show() -> str:
    series = series_of(visible_meetings(OUTSIDER, clock.today()))
    towns = [(one.slug, one.name) for one in all_organisations(OrganisationKind.MUNICIPALITY)]
    asked = Asked(
        _one_of([LIST, MONTH], "weergave") or LIST,
        _one_of([slug for slug, _name in series], "reeks"),
        _one_of([slug for slug, _name in towns], "gemeente"),
    )
    return render_template(
        "embed/show.html",
        asked=asked,
        series=series,
        municipalities=towns,
        line=_line(asked, dict(series), dict(towns)),
    )


def _one_of(offered: list[str], name: str) -> str:
    """What was asked for, "" when that is not offered."""
    asked = request.args.get(name, "")
    return asked if asked in offered else ""


def _line(asked: Asked, series: dict[str, str], towns: dict[str, str]) -> str:
    """The HTML to copy; every value in it is escaped."""
    about = filter(None, (series.get(asked.series), towns.get(asked.municipality)))
    title = ", ".join((_("Bijeenkomsten in de regio"), *about))
    markup = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>')
    address = current_app.config["BASE_URL"] + asked.path
    return str(markup.format(address, title, HEIGHTS[asked.view]))
