"""Dates in what a client asks: one that cannot be read is as one that was not sent.

RFC 9110 section 13.1.3: "A recipient MUST ignore the If-Modified-Since header field if the
received field value is not a valid HTTP-date". Werkzeug does so, but for numbers too large for a
date: its `parse_date` then raises OverflowError, in feeds and in every file it sends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.http import parse_date

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DATED = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_DATE")


class ReadableDates:
    """Around an application: leaves out the headers whose date has too large a number.

    Files are sent by what the environment holds, so leaving it to a request class is not enough.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        for name in DATED:
            if name in environ and _overflows(environ[name]):
                del environ[name]
        return self._application(environ, start_response)


def _overflows(text: str) -> bool:
    try:
        parse_date(text)
    except OverflowError:
        return True
    return False
