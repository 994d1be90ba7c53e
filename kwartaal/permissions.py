"""Who may do what: every view names its access, and what may not be seen answers 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from kwartaal import clock
from kwartaal.db import begin_writing, db
from kwartaal.models.afterwards import councils_of
from kwartaal.models.locks import lock_meeting
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person, Role
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.visibility import (
    Sight,
    Viewer,
    at_address,
    preparable_meetings,
    visible_meetings,
)

P = ParamSpec("P")
R = TypeVar("R")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Signed out, these lead to the sign-in page; everything else hidden is plainly not there.
SIGN_IN_PATHS = ("/mijn/", "/beheer/")


class Permission(StrEnum):
    """What a role allows. Being signed in is enough for one's own things."""

    USE_DESK = "use_desk"
    MANAGE_MEETINGS = "manage_meetings"  # series, meetings, programme, agenda, venues
    PUBLISH = "publish"  # announce, publish, cancel, send "aanmelden is open"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"  # change, import, end a council term
    MANAGE_ORGANISATIONS = "manage_organisations"
    SEE_ATTENDANCE = "see_attendance"
    MARK_ATTENDANCE = "mark_attendance"  # tick presence, walk-ins, give a waiting person a place
    MANAGE_ACCOUNTS = "manage_accounts"  # roles, sign-in addresses, sessions of others
    SEE_AUDIT_LOG = "see_audit_log"


ROLES: dict[Role, frozenset[Permission]] = {
    Role.BEHEERDER: frozenset(
        {Permission.USE_DESK, Permission.MANAGE_ACCOUNTS, Permission.SEE_AUDIT_LOG}
    ),
    Role.GRIFFIE: frozenset(
        {
            Permission.USE_DESK,
            Permission.MANAGE_MEETINGS,
            Permission.PUBLISH,
            Permission.SEE_PEOPLE,
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_ORGANISATIONS,
            Permission.SEE_ATTENDANCE,
            Permission.MARK_ATTENDANCE,
            Permission.SEE_AUDIT_LOG,
        }
    ),
    Role.ORGANISATOR: frozenset(
        {
            Permission.USE_DESK,
            Permission.MANAGE_MEETINGS,
            Permission.SEE_ATTENDANCE,
            Permission.MARK_ATTENDANCE,
        }
    ),
    # A local griffier sees the people of the own municipality only: the lookup narrows it.
    Role.GRIFFIER: frozenset(
        {Permission.USE_DESK, Permission.SEE_PEOPLE, Permission.SEE_ATTENDANCE}
    ),
    Role.ASSISTENT: frozenset(),
}


@dataclass(frozen=True)
class Access:
    """What a view asks of its visitor; the route matrix is generated from it."""

    signed_in: bool = False
    permission: Permission | None = None


def public(view: Callable[P, R]) -> Callable[P, R]:
    """For everybody; what is shown is narrowed by the visibility query."""
    return _guard(view, Access())


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """For whoever is signed in, about their own things."""
    return _guard(view, Access(signed_in=True))


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For whoever has a role that allows it; to all others the page does not exist."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        return _guard(view, Access(signed_in=True, permission=permission))

    return decorate


def prepares_first(view: Callable[P, R]) -> Callable[P, R]:
    """For a POST with slow work (hashing, reading a file): it calls begin_writing() itself.

    Stands under the access decorator.
    """
    view.prepares_first = True  # type: ignore[attr-defined]
    return view


def _guard(view: Callable[P, R], access: Access) -> Callable[P, R]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        refusal = _refusal(access)
        if refusal is not None:
            return refusal  # type: ignore[return-value]
        if request.method not in SAFE_METHODS and not hasattr(view, "prepares_first"):
            begin_writing()
        return view(*args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def _refusal(access: Access) -> Response | None:
    if access.signed_in and find_person() is None:
        if request.path.startswith(SIGN_IN_PATHS) and request.method in SAFE_METHODS:
            return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)
        abort(404)
    if access.permission is not None and not allowed(access.permission):
        abort(404)
    return None


def find_person() -> Person | None:
    """The signed-in person, as a real object, or None."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user.person
    return person


def signed_in_person() -> Person:
    """The signed-in person; only for views that ask for one."""
    person = find_person()
    if person is None:
        abort(404)
    return person


def allowed(permission: Permission | str) -> bool:
    """Whether the visitor has a role that gives the permission."""
    person = find_person()
    if person is None:
        return False
    return any(Permission(permission) in ROLES[grant.role] for grant in person.roles)


def own_municipalities() -> frozenset[int]:
    """Whose griffier the signed-in person is: the ids of those organisations."""
    grants = (grant for grant in signed_in_person().roles if grant.role == Role.GRIFFIER)
    return frozenset(grant.organisation_id for grant in grants if grant.organisation_id)


def viewer() -> Viewer:
    """The visitor as the visibility query knows one."""
    if "viewer" not in g:
        person = find_person()
        g.viewer = Viewer(
            person_id=person.id if person else None,
            prepares_meetings=allowed(Permission.MANAGE_MEETINGS),
        )
    seen: Viewer = g.viewer
    return seen


def visible_meeting(slug: str) -> Meeting:
    """The meeting at an address as the visitor sees all of it, or 404.

    An address it had before leads to the one it has now, for whoever may see it.
    """
    meeting = find_visible_meeting(slug) or abort(404)
    if meeting.slug != slug:
        here = (request.view_args or {}) | {"slug": meeting.slug}
        abort(redirect(url_for(request.endpoint or "", **here), 308))
    return meeting


def find_visible_meeting(slug: str) -> Meeting | None:
    """The same, also by an address it had before; None when the visitor does not see all of it."""
    statement = at_address(visible_meetings(viewer(), clock.today()), slug)
    row = db.session.execute(statement).first()
    return row.Meeting if row is not None and row.sight == Sight.FULL else None


def held_meeting(slug: str) -> tuple[Meeting, PublishedMeeting]:
    """A meeting that is over, as the visitor sees all of it, or 404."""
    meeting = visible_meeting(slug)
    published = load_published(meeting, viewer(), clock.today())
    if published is None or not meeting.is_held(clock.now()):
        abort(404)
    return meeting, published


def readable_council(meeting: Meeting, slug: str) -> Organisation:
    """A municipality whose council summary the visitor may read; of others there is none (404)."""
    readable = councils_of(meeting, viewer(), clock.today())
    found = next((one for one in readable if one.slug == slug), None)
    return found or abort(404)


def meeting_to_prepare(slug: str) -> Meeting:
    """The meeting as the visitor may prepare it at the desk, or 404; an old address works too.

    A writing request holds its row until it ends: clerks at the same meeting take turns.
    """
    meeting = meeting_at_desk(slug)
    if request.method in SAFE_METHODS:
        return meeting
    try:
        return lock_meeting(meeting.id)
    except NoResultFound:  # deleted in another tab since the statement above
        abort(404)


def meeting_at_desk(slug: str) -> Meeting:
    """The same without holding the row: for a look before the slow work of a writing request."""
    statement = at_address(preparable_meetings(viewer(), clock.today()), slug)
    meeting: Meeting | None = db.session.scalars(statement).one_or_none()
    if meeting is None:
        abort(404)
    return meeting


def init_app(app: Flask) -> None:
    @app.context_processor
    def _who() -> dict[str, object]:
        return {"person": find_person(), "allowed": allowed}
