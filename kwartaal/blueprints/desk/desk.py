"""What needs attention now, and where to go from here."""

from __future__ import annotations

from flask import Blueprint, render_template

from kwartaal import clock
from kwartaal.blueprints.desk.overview import load_overview
from kwartaal.permissions import Permission, requires, viewer

bp = Blueprint("desk", __name__)


@bp.get("/beheer/")
@requires(Permission.USE_DESK)
def show() -> str:
    overview = load_overview(viewer(), clock.today(), clock.now())
    return render_template("desk/show.html", overview=overview)
