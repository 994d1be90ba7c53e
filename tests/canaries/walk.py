"""What one viewer finds on the whole site: addresses, what their links ask for, and mails."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.canaries.reading import links_in, told_by, told_by_mail
from tests.canaries.words import Canaries

MADE_FILE = re.compile("/exporteren/bestand/.")  # its address is known to who had it made
MOST_QUESTIONS = 2  # of one page: a filter shows less than the page without


@dataclass
class Walk:
    """Where each word was first met. An address that was typed in does not count as found."""

    browser: FlaskClient
    words: Canaries
    found: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    asked: dict[str, int] = field(default_factory=dict)

    def get(self, path: str) -> None:
        """Read an address, where it leads, and what its links ask for."""
        if path in self.seen:
            return
        self.seen.add(path)
        answer = self.browser.get(path)
        self._note(answer, path)
        if answer.location:
            self.get(answer.location)
        if answer.mimetype == "text/html":
            links = links_in(answer.text)
            self.follow(link for link in links if "?" in link)
            for link in filter(MADE_FILE.search, links):
                self.get(link)

    def follow(self, links: Iterable[str]) -> None:
        """The questions on a page, a few of each kind."""
        for link in links:
            path = urlsplit(link).path
            if path == "/inloggen" or link in self.seen:
                continue
            self.asked[path] = self.asked.get(path, 0) + 1
            if self.asked[path] <= MOST_QUESTIONS:
                self.get(link)

    def post(self, path: str, cookie: str | None) -> None:
        """Send an empty form and read what comes of it; one may sign out, so not in the browser."""
        browser = self.browser.application.test_client()
        if cookie:
            browser.set_cookie("session", cookie)
        answer = browser.post(path, follow_redirects=True)
        for one in (*answer.history, answer):
            self._note(one, f"POST {path}")

    def read(self, mail: EmailMessage) -> None:
        self.note(told_by_mail(mail), f"mail {mail['Subject']}")

    def note(self, text: str, where: str, known: Iterable[str] = ()) -> None:
        for word in self.words.found_in(text) - set(known):
            self.found.setdefault(word, where)

    def _note(self, answer: TestResponse, path: str) -> None:
        assert answer.status_code < 500, path
        self.note(told_by(answer), path, known=self.words.found_in(path))
