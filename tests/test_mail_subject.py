"""The Subject of a mail: on its own line, in words that every program reads back as they were."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from kwartaal.mail.subject import POLICY
from kwartaal.mailer import keep

SUBJECTS = {
    "short": "U bent aangemeld: Wonen",
    "folds": "Voortaan in uw agenda-abonnement: Wonen en water in de regio voor alle zeven raden",
    "looks encoded": "Gaat toch door: Drechtsteden Drechtsteden Zwijndrecht: Drechtsteden =?",
    "not ASCII": "U bent aangemeld: Bestaanszekerheid – één regio, zeven gemeenten, nog veel meer",
    "space between": "U bent aangemeld: ‘samen’ 😀 één 😀 ‘samen’ – 😀",
    "nothing encoded": "Gaat toch door: jeugdhulp, wonen, en Drechtsteden in Zwijndrecht 😀",
    "two spaces": "U bent aangemeld: Wonen  en water",
    "one long word": "Gewijzigd: " + "x" * 90,
}


def written(subject: str, folder: Path) -> bytes:
    """The header as it stands in the file of the mail."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = subject
    message["Message-ID"] = "<een@kwartaal.example>"
    return keep(message, folder).read_bytes().partition(b"\r\nMessage-ID")[0]


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_subject_begins_on_its_line_and_folds_within_what_one_may(subject, tmp_path):
    lines = written(subject, tmp_path).split(b"\r\n")

    assert re.match(rb"Subject: \S", lines[0])
    assert [line for line in lines if len(line) > 76 or not line.strip()] == []
    assert re.findall(rb"=\?utf-8\?[bq]\?\?=", b" ".join(lines)) == []


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_subject_is_read_back_as_it_was(subject, tmp_path):
    read = message_from_bytes(written(subject, tmp_path) + b"\r\n\r\n", policy=default)

    assert read["Subject"] == subject


def test_plain_subject_stays_readable(tmp_path):
    assert written(SUBJECTS["folds"], tmp_path) == (
        b"Subject: Voortaan in uw agenda-abonnement: Wonen en water in de regio voor\r\n"
        b" alle zeven raden"
    )


def test_subject_cannot_add_a_header():
    message = EmailMessage(policy=POLICY)

    with pytest.raises(ValueError, match="linefeed"):
        message["Subject"] = "Wonen\r\nBcc: iemand@voorbeeld.example"
