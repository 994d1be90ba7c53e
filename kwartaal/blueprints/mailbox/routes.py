"""/postvak/: only with the demo data and only while mails are kept as files."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, request

from kwartaal import mailbox
from kwartaal.permissions import public

bp = Blueprint("mailbox", __name__)

MARKUP_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
)


@bp.get("/postvak/")
@public
def index() -> str:
    to = request.args.get("aan", "").strip()
    mails = mailbox.newest(_mail_dir(), to)
    return render_template("mailbox/index.html", mails=mails, to=to)


@bp.get("/postvak/<key>/")
@public
def show(key: str) -> str:
    return render_template("mailbox/show.html", mail=_mail_or_404(key))


@bp.get("/postvak/<key>/opmaak/")
@public
def markup(key: str) -> Response:
    """The HTML part as a mail program shows it: without scripts, forms or an origin of ours."""
    response = Response(_mail_or_404(key).markup or abort(404), mimetype="text/html")
    response.headers["Content-Security-Policy"] = MARKUP_POLICY
    return response


@bp.get("/postvak/<key>/mail.eml")
@public
def original(key: str) -> Response:
    """The mail itself, to open in a mail program with its markup."""
    response = Response(_mail_or_404(key).original, mimetype="message/rfc822")
    response.headers.set("Content-Disposition", "attachment", filename="mail.eml")
    return response


@bp.get("/postvak/<key>/bijlage/<int:number>/<name>")
@public
def attachment(key: str, number: int, name: str) -> Response:
    attachments = _mail_or_404(key).attachments
    if number >= len(attachments) or attachments[number].name != name:
        abort(404)
    found = attachments[number]
    response = Response(found.data, mimetype=found.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    return response


def _mail_or_404(key: str) -> mailbox.KeptMail:
    mail = mailbox.find(_mail_dir(), key)
    if mail is None:
        abort(404)
    return mail


def _mail_dir() -> Path:
    config = current_app.config
    if not config["DEMO"] or not config["MAIL_URL"].startswith("file:"):
        abort(404)
    directory: Path = config["MAIL_DIR"]
    return directory
