"""E-mail addresses as they are kept: lower case, so that one person has one address."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def kept(text: str) -> str | None:
    """The address as it is kept, or None when `text` is no e-mail address.

    Nothing is looked up: whether the mailbox exists shows when a mail is sent. A domain with
    accents is kept in its ASCII form (RFC 5891), since every mail server understands that.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return checked.ascii_email.lower() if checked.ascii_email else None
