"""Mails about signing in; tokens and codes are made here, when the mail is sent."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _

from kwartaal import sign_in
from kwartaal.filters import clock_time, moment
from kwartaal.mail.letter import Letter
from kwartaal.models.account import EmailChange
from kwartaal.models.outbox import OutboxMail


def signing_in(mail: OutboxMail, now: datetime) -> Letter | None:
    """Link and code; nothing when the link was used or is too old."""
    link = mail.sign_in_link
    if link is None or link.used_at is not None or link.expires_at <= now:
        return None
    secret = current_app.config["SECRET_KEY"]
    token = sign_in.link_token(link, secret)
    code = sign_in.code_for(link, secret)
    return Letter(
        subject=_("Uw link om in te loggen"),
        sentences=(
            _("Met de link hieronder logt u in bij Kwartaal."),
            _("Of vul deze code in op de pagina waar u om de link vroeg."),
        ),
        facts=((_("Code"), code), (_("Geldig tot"), clock_time(link.expires_at))),
        action=(_("Log in"), url_for("account.follow_link", token=token, _external=True)),
        closing=(
            _("De link werkt één keer."),
            _("Vroeg u hier niet om? Dan hoeft u niets te doen."),
        ),
    )


def confirming_address(mail: OutboxMail, now: datetime) -> Letter | None:
    """To the new address: it takes effect after this link."""
    change = _open_change(mail, now)
    if change is None:
        return None
    token = sign_in.confirm_token(change, current_app.config["SECRET_KEY"])
    return Letter(
        subject=_("Bevestig uw nieuwe e-mailadres"),
        sentences=(
            _("U wilt dit adres gebruiken om in te loggen bij Kwartaal."),
            _("Bevestig dat met de link hieronder. Daarna moet u opnieuw inloggen."),
        ),
        facts=((_("Geldig tot"), moment(change.expires_at)),),
        action=(
            _("Bevestig dit adres"),
            url_for("account.confirm_email", token=token, _external=True),
        ),
        closing=(_("Vroeg u hier niet om? Dan hoeft u niets te doen."),),
    )


def changing_address(mail: OutboxMail, now: datetime) -> Letter | None:
    """To the old address: who did not ask for it can stop it for a day."""
    change = mail.email_change
    if change is None or change.stopped_at is not None:
        return None
    token = sign_in.stop_token(change, current_app.config["SECRET_KEY"])
    return Letter(
        subject=_("Uw e-mailadres voor Kwartaal verandert"),
        sentences=(
            _("Iemand vroeg om een ander e-mailadres om bij Kwartaal in te loggen."),
            _("Was u dat? Dan hoeft u niets te doen."),
            _("Was u dat niet? Stop het dan met de link hieronder. Dat kan tot een dag erna."),
        ),
        action=(
            _("Stop deze wijziging"),
            url_for("account.stop_email", token=token, _external=True),
        ),
    )


def _open_change(mail: OutboxMail, now: datetime) -> EmailChange | None:
    change = mail.email_change
    return change if change is not None and change.is_open(now) else None
