"""The HTTP side of a PDF: an ETag that names its content, and the newest ones kept."""

from __future__ import annotations

from collections import OrderedDict

from flask import Response, current_app, request

from kwartaal.pdf.typesetting import Sheet, typeset

KEPT = 20  # of perhaps 60 kB each


def pdf_response(sheet: Sheet, file_name: str) -> Response:
    """The sheet as a file to look at; 304 before anything is made when the browser has it.

    Who may see what is decided before, in the words of the sheet: the ETag and what is kept go by
    those words, so nobody is given the paper of a reader who may see more.
    """
    response = Response(mimetype="application/pdf")
    response.set_etag(sheet.key)
    if request.if_none_match.contains_weak(sheet.key):
        response.status_code = 304
        return response
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    response.set_data(_kept(sheet))
    return response


def _kept(sheet: Sheet) -> bytes:
    """Making one takes half a second; each process keeps those that were asked for last."""
    papers: OrderedDict[str, bytes] = current_app.extensions.setdefault("papers", OrderedDict())
    content = papers.pop(sheet.key, None) or typeset(sheet)
    papers[sheet.key] = content
    while len(papers) > KEPT:
        papers.popitem(last=False)
    return content
