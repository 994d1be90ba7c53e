"""Forged forms: what changes something is only taken from a page of ours (flask_wtf.csrf)."""

from __future__ import annotations

from flask import current_app, request
from flask_wtf.csrf import CSRFProtect


class ForgeryCheck(CSRFProtect):
    """Asks first whether the request can change anything at all.

    Flask-WTF looks up the exemptions of a view before that, which is a twentieth of the work of a
    poll of a feed.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        if request.method in current_app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)
