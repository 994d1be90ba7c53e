"""The secrets in sign-in mails, and the rows behind them.

Links are signatures over a row's public_id, codes a keyed hash of it; keys are derived from
SECRET_KEY per purpose. So nothing secret is stored, and a mail can be made again when it is sent.
A token says which row is meant; whether the row still works, the row says (decision 0007).
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from itsdangerous import BadSignature, Signer

from kwartaal.models import account
from kwartaal.models.account import EmailChange, SignInLink

LINK = "kwartaal.sign-in-link"
CODE = "kwartaal.sign-in-code"
CONFIRM = "kwartaal.email-change-confirm"
STOP = "kwartaal.email-change-stop"
CODE_DIGITS = 6


def link_token(link: SignInLink, secret: str) -> str:
    """What stands in the mailed address: `url_for("account.follow_link", token=…)`."""
    return _signed(link.public_id, secret, LINK)


def code_for(link: SignInLink, secret: str) -> str:
    """The six digits of the mail; they work only in the browser that asked for it."""
    key = hmac.digest(secret.encode(), CODE.encode(), "sha256")
    number = int.from_bytes(hmac.digest(key, link.public_id.bytes, "sha256"), "big")
    return str(number % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def confirm_token(change: EmailChange, secret: str) -> str:
    """For the new address: `url_for("account.confirm_email", token=…)`."""
    return _signed(change.public_id, secret, CONFIRM)


def stop_token(change: EmailChange, secret: str) -> str:
    """For the old address: `url_for("account.stop_email", token=…)`."""
    return _signed(change.public_id, secret, STOP)


def find_link(token: str, secret: str) -> SignInLink | None:
    """The request a mailed link belongs to, used and expired ones too; None for a forged token."""
    public_id = _checked(token, secret, LINK)
    return account.find_link(public_id) if public_id else None


def find_change_to_confirm(token: str, secret: str) -> EmailChange | None:
    public_id = _checked(token, secret, CONFIRM)
    return account.find_change(public_id) if public_id else None


def find_change_to_stop(token: str, secret: str) -> EmailChange | None:
    public_id = _checked(token, secret, STOP)
    return account.find_change(public_id) if public_id else None


def is_code_of(link: SignInLink, typed: str, secret: str) -> bool:
    return hmac.compare_digest(code_for(link, secret).encode(), typed.encode())


def _signer(secret: str, purpose: str) -> Signer:
    return Signer(secret, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)


def _signed(public_id: uuid.UUID, secret: str, purpose: str) -> str:
    text = urlsafe_b64encode(public_id.bytes).rstrip(b"=")
    return _signer(secret, purpose).sign(text).decode()


def _checked(token: str, secret: str, purpose: str) -> uuid.UUID | None:
    try:
        text = _signer(secret, purpose).unsign(token)
    except BadSignature:
        return None
    return uuid.UUID(bytes=urlsafe_b64decode(text + b"=="))
