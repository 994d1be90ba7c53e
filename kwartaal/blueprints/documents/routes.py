"""Reading documents: one file, or all of a meeting in one ZIP file."""

from __future__ import annotations

import logging
import uuid

from flask import Blueprint, Response, abort, redirect, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from kwartaal import clock, file_store
from kwartaal.blueprints.documents.archive import Entry, streamed, unlike
from kwartaal.blueprints.documents.sight import readable_file
from kwartaal.models.document import DocumentVersion, versions_with
from kwartaal.models.published import PublishedMeeting, load_published
from kwartaal.models.published_documents import published_title
from kwartaal.permissions import find_person, public, viewer, visible_meeting
from kwartaal.uploads import type_of
from kwartaal.uploads.names import extension_of, in_address, named_after

bp = Blueprint("documents", __name__)
log = logging.getLogger(__name__)

# A file came from outside. Whatever it holds, it gets no script, no form and no origin of ours.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@bp.get("/stukken/<uuid:public_id>/<filename>")
@public
def show(public_id: uuid.UUID, filename: str) -> BaseResponse:
    """One version of a document, named after its title whatever the address says."""
    version = readable_file(public_id)
    title = published_title(version) or version.document.title
    in_url = _name_in_address(title, version.file_name, version.document.is_closed)
    if filename != in_url:  # not for ever: titles change
        return redirect(url_for(".show", public_id=public_id, filename=in_url))
    path = file_store.path_of(version.storage_name)
    if not path.is_file():
        log.error("the file of document version %s is not there", version.id)
        abort(404)
    return _with_rules(_file(version, named_after(title, version.file_name)), version)


@bp.get("/bijeenkomsten/<slug>/stukken.zip")
@public
def archive(slug: str) -> Response:
    """What this reader may read of the documents that are out now."""
    meeting = visible_meeting(slug)
    published = load_published(meeting, viewer(), clock.today())
    entries = _entries(published) if published else []
    if not entries:
        abort(404)
    response = Response(streamed(entries), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"stukken-{slug}.zip")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@bp.app_context_processor
def _about_files() -> dict[str, object]:
    return {"document_url": document_url}


def document_url(version_id: uuid.UUID, title: str, file_name: str, is_closed: bool) -> str:
    """The address of a version, for pages; with any other name at its end it leads to the same."""
    name = _name_in_address(title, file_name, is_closed)
    return url_for("documents.show", public_id=version_id, filename=name)


def _name_in_address(title: str, file_name: str, is_closed: bool) -> str:
    """Of what is closed the address tells nothing: addresses end up in logs and histories."""
    if is_closed:
        return f"stuk{extension_of(file_name)}"
    return in_address(named_after(title, file_name))


def _file(version: DocumentVersion, name: str) -> Response:
    kind = type_of(version.media_type)
    return send_file(
        file_store.path_of(version.storage_name),
        mimetype=version.media_type,
        as_attachment=kind is None or not kind.shows_in_browser,
        download_name=name,
        conditional=True,
        etag=version.sha256,
        last_modified=version.uploaded_at,
    )


def _with_rules(response: Response, version: DocumentVersion) -> Response:
    """Openness may change any minute: open files are asked for anew, closed ones never kept."""
    whose = "private, no-cache" if find_person() else "no-cache"
    kept = "private, no-store" if version.document.is_closed else whose
    response.headers["Cache-Control"] = kept
    response.headers.pop("Expires", None)  # files of the design are kept for a year
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _in_order(number: int | str | None) -> str:
    """The number of a point so that names sort in the order of the agenda: "03.1 - "."""
    if number is None:
        return ""
    point, *below = str(number).split(".")
    return ".".join((point.zfill(2), *below)) + " - "


def _entries(published: PublishedMeeting) -> list[Entry]:
    """The files in the order of the agenda, named after their number on it."""
    named = [(_in_order(number), document) for number, document in published.numbered_documents]
    readable = [(start, one) for start, one in named if one.can_be_read and one.version_id]
    versions = versions_with([one.version_id for _start, one in readable if one.version_id])
    names = unlike(start + named_after(one.title or "", one.file_name) for start, one in readable)
    entries = []
    for name, (_start, one) in zip(names, readable, strict=True):
        version = versions[one.version_id] if one.version_id else None
        path = file_store.path_of(version.storage_name) if version else None
        if version is None or path is None or not path.is_file():
            log.error("a file of document version %s is not there", version and version.id)
            continue
        entries.append(Entry(name, path, version.uploaded_at))
    return entries
