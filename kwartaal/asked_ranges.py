"""Ranges in what a client asks: a range that cannot be served is as one that was not sent.

RFC 9110 section 14.2: a Range must be ignored with another method than GET, or with a unit we do
not know; one that is not valid, or asks for several parts, may be. Werkzeug answers all of these
with 416, which is for a range beyond the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.http import parse_range_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RANGE = "HTTP_RANGE"


class ServableRanges:
    """Around an application: leaves out what is not one range of bytes of a file that is read.

    Files are sent by what the environment holds, so leaving it to a request class is not enough.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if RANGE in environ and not _is_servable(environ[RANGE], environ["REQUEST_METHOD"]):
            del environ[RANGE]
        return self._application(environ, start_response)


def _is_servable(text: str, method: str) -> bool:
    asked = parse_range_header(text)
    is_one_of_bytes = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
    return is_one_of_bytes and method == "GET"
