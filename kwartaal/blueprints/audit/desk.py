"""/beheer/logboek/: what happened, newest first. Lines are never changed."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kwartaal import clock
from kwartaal.blueprints.audit.words import ACTIONS, described, subject_named
from kwartaal.db import db
from kwartaal.models.audit import AuditAction
from kwartaal.models.audit_list import log_lines, names_of
from kwartaal.page_links import asked_page
from kwartaal.permissions import Permission, requires, viewer

bp = Blueprint("audit", __name__, url_prefix="/beheer/logboek")

PER_PAGE = 50


@bp.get("/")
@requires(Permission.SEE_AUDIT_LOG)
def index() -> str:
    action = _chosen_action()
    page = db.paginate(log_lines(action), page=asked_page(), per_page=PER_PAGE)
    names = names_of(page.items, viewer(), clock.today())
    lines = [
        (entry, ACTIONS[entry.action], subject_named(entry, names), described(entry, names))
        for entry in page.items
    ]
    return render_template(
        "audit/index.html", page=page, lines=lines, actions=ACTIONS, action=action
    )


def _chosen_action() -> AuditAction | None:
    """The kind in the address; all kinds when it is none of ours."""
    try:
        return AuditAction(request.args.get("soort", ""))
    except ValueError:
        return None
