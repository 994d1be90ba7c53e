"""Making a long list that comes whole at the end, on a page that shows how far it is.

The page is sent piece by piece while the file is made, so it needs no script and no second process
(decision 0029). The file lies ready for a day, for who made it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from flask import (
    Response,
    abort,
    current_app,
    render_template,
    send_file,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from kwartaal import file_store
from kwartaal.blueprints.attendance.desk import LIST, bp
from kwartaal.blueprints.attendance.downloads import (
    Wanted,
    mimetype_of,
    named,
    pieces_of,
    wanted_file,
    write_down_file,
)
from kwartaal.blueprints.attendance.exporting import FORMAT_NAMES, SLOW, export_page
from kwartaal.blueprints.attendance.sight import Seen, seen
from kwartaal.domain.refusals import Refused
from kwartaal.exports import Row
from kwartaal.pdf.typesetting import NotTypeset
from kwartaal.permissions import Permission, requires, signed_in_person

SALT = "made-export"
READY_FOR = 24 * 60 * 60  # seconds
STEPS_HERE = "<!-- steps -->"


@bp.get(f"{LIST}/exporteren/<kind>")
@requires(Permission.SEE_ATTENDANCE)
def make(slug: str, kind: str) -> ResponseReturnValue:
    here = seen(slug)
    if kind not in SLOW:
        abort(404)
    try:
        wanted = wanted_file(here, kind)
    except Refused as refusal:
        return export_page(here, refusal=refusal), 422
    write_down_file(here, wanted)
    page = render_template(
        "attendance/making.html",
        here=here,
        people=wanted.people,
        format=FORMAT_NAMES[kind],
    )
    sent = stream_with_context(_page(page, here, wanted, signed_in_person().public_id))
    # A proxy that kept the page until its end would hide how far it is.
    return Response(sent, headers={"X-Accel-Buffering": "no"})


@bp.get(f"{LIST}/exporteren/bestand/<token>")
@requires(Permission.SEE_ATTENDANCE)
def made(slug: str, token: str) -> Response:
    """A file that was made, for who made it, as long as that person may see the list."""
    here = seen(slug)
    known = _read(token)
    if known is None or known["slug"] != here.meeting.slug:
        abort(404)
    path, kind = file_store.passing_path(known["name"]), known["kind"]
    if not path.is_file():
        abort(404)
    answer = send_file(path, mimetype=mimetype_of(kind), max_age=0)
    answer.headers.update(named(here.meeting, "aanwezigheid", kind))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(page: str, here: Seen, wanted: Wanted, who: uuid.UUID) -> Iterator[str]:
    """The page up to the steps, each step when it is made, and what comes after them."""
    before, after = page.split(STEPS_HERE)
    step = current_app.jinja_env.get_template("attendance/_step.html")
    yield before
    for told in _steps(here, wanted, who):
        yield step.render(told, people=wanted.people)
    yield after


def _steps(here: Seen, wanted: Wanted, who: uuid.UUID) -> Iterator[dict[str, Any]]:
    """How many rows are done, then where the file is; `failed` when there is none.

    Whoever goes away while it is made leaves nothing behind.
    """
    name, done, told = uuid.uuid4().hex, 0, -1
    path = file_store.passing_path(name)

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal done
        for row in rows:
            done += 1
            yield row

    finished = False
    try:
        with path.open("xb") as file:
            for piece in pieces_of(here, wanted, counted):
                file.write(piece)
                if done != told:
                    told = done
                    yield {"rows": done}
        finished = True
        address = url_for(".made", slug=here.meeting.slug, token=_token(here, wanted, name, who))
        yield {"address": address, "size": path.stat().st_size}
    except NotTypeset:
        yield {"failed": True}
    finally:
        if not finished:
            path.unlink(missing_ok=True)


def _token(here: Seen, wanted: Wanted, name: str, who: uuid.UUID) -> str:
    known = {"name": name, "kind": wanted.kind, "slug": here.meeting.slug, "who": str(who)}
    return str(_signer().dumps(known))


def _read(token: str) -> dict[str, str] | None:
    """What a token says, to whom it was given; None to others and when it is too old."""
    try:
        known: dict[str, str] = _signer().loads(token, max_age=READY_FOR)
    except BadData:
        return None
    return known if known["who"] == str(signed_in_person().public_id) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT)
