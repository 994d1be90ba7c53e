"""Languages: the msgids are the Dutch sentences, so Dutch needs no catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from flask_babel import Babel, gettext

from kwartaal.domain.refusals import Refused

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=lambda: "nl", timezone_selector=lambda: "Europe/Amsterdam")


def sentence(refusal: Refused) -> str:
    """The refusal's sentence in the visitor's language."""
    return filled(refusal.message, refusal.values)


def filled(message: str, values: Mapping[str, object]) -> str:
    """The same of a sentence that was stored with what fills its gaps."""
    return str(gettext(message, **values))
