"""Limits on guessing: failures are counted, successes are not (decision 0007).

Counted per account (5 a minute) and per client address (100 a minute), in this process or, with
REDIS_URL, in all of them. Mailed links cannot be guessed and are never counted, so nobody can
lock the owner of an account out.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import math
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

PER_ACCOUNT = RateLimitItemPerMinute(5, namespace="account")
PER_CLIENT = RateLimitItemPerMinute(100, namespace="client")
REDIS_ANSWERS_WITHIN = 1.0  # seconds
IPV6_HOME = 64  # one household or phone has at least this network to itself

T = TypeVar("T")
log = logging.getLogger(__name__)


class FailureCounter:
    """Counts in the shared storage; while that does not answer, in this process."""

    def __init__(self, redis_url: str) -> None:
        self.own = MovingWindowRateLimiter(MemoryStorage())
        self.shared = self.own
        if redis_url:
            storage = storage_from_string(
                redis_url,
                wrap_exceptions=True,
                socket_timeout=REDIS_ANSWERS_WITHIN,
                socket_connect_timeout=REDIS_ANSWERS_WITHIN,
            )
            self.shared = MovingWindowRateLimiter(storage)

    def ask(self, question: Callable[[MovingWindowRateLimiter], T]) -> T:
        try:
            return question(self.shared)
        except StorageError as error:
            log.warning("REDIS_URL does not answer: %s", type(error.storage_error).__name__)
            return question(self.own)


def init_app(app: Flask) -> None:
    app.extensions["failures"] = FailureCounter(app.config["REDIS_URL"])


def refuse_guessing(account: str) -> None:
    """Raise TooManyRequests (429 with Retry-After) after too many failures.

    `account` is the address that was typed, known or not: both are counted alike. Ask before the
    slow work, and again after a right answer: guesses that were checked at the same moment count.
    """
    for limit, key in _counted(account):
        if not _has_room(limit, key):
            raise TooManyRequests(retry_after=_seconds_left(limit, key))


def count_failure(account: str) -> None:
    """Note a wrong password or code; raise TooManyRequests when it was one too many."""
    refused = [(limit, key) for limit, key in _counted(account) if not _hit(limit, key)]
    if refused:
        raise TooManyRequests(retry_after=_seconds_left(*refused[0]))


def _counted(account: str) -> list[tuple[RateLimitItem, str]]:
    # Keyed, so that a copy of the storage names nobody.
    key = current_app.config["SECRET_KEY"].encode()[:64]
    name = hashlib.blake2b(account.encode(), key=key, digest_size=16).hexdigest()
    return [(PER_ACCOUNT, name), (PER_CLIENT, _client())]


def _client() -> str:
    """The client's address; of IPv6 the network, which is one subscriber's."""
    text = request.remote_addr or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return text
    return str(ipaddress.ip_network((address, IPV6_HOME), strict=False))


def _has_room(limit: RateLimitItem, key: str) -> bool:
    return _failures().ask(lambda counter: counter.test(limit, key))


def _hit(limit: RateLimitItem, key: str) -> bool:
    return _failures().ask(lambda counter: counter.hit(limit, key))


def _seconds_left(limit: RateLimitItem, key: str) -> int:
    stats = _failures().ask(lambda counter: counter.get_window_stats(limit, key))
    return max(1, math.ceil(stats.reset_time - time.time()))


def _failures() -> FailureCounter:
    counter: FailureCounter = current_app.extensions["failures"]
    return counter
