"""Passwords: their hash, and whether one is easy to guess (decision 0007).

A hash takes 46 MiB and tens of milliseconds on purpose, so it is made before a transaction begins
and only a few at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
AT_ONCE = 2
EASY_GUESSES = 10**8  # what an attacker with a stolen hash tries in days, not in years
ESTIMATED_CHARACTERS = 72  # zxcvbn reads no more

# Argon2id, above the least of OWASP's Password Storage Cheat Sheet (m=46 MiB, t=1, p=1).
_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_slots = BoundedSemaphore(AT_ONCE)

# Checked for who is unknown or has no password, so that it takes as long. Of a forgotten text.
NOBODYS_HASH = (
    "$argon2id$v=19$m=47104,t=2,p=1"
    "$zSpcx2SgbBvU6yf0G3FOEQ$mNEU6lr1APOy8czCeaIrN5krw6dTiIfJBqsoXpnP0lQ"
)


@dataclass(frozen=True)
class Checked:
    """The outcome for one password: is it right, and the hash to keep from now on if not ours."""

    is_right: bool
    new_hash: str | None = None


def hashed(password: str) -> str:
    """The text to keep; slow on purpose."""
    with _slots:
        return _hasher.hash(_normal(password))


def check(password: str, kept: str | None) -> Checked:
    """Compare with a kept hash, or with nobody's; the same work whatever comes of it.

    A right password whose hash is of older parameters gets a new hash.
    """
    if not _verifies(password, kept or NOBODYS_HASH) or kept is None:
        return Checked(is_right=False)
    return Checked(True, hashed(password) if _hasher.check_needs_rehash(kept) else None)


def is_easy_to_guess(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is a known password, a pattern, or made of words `about` its owner."""
    # Its word lists take 15 MB, which only a process that sets a password has to carry.
    from zxcvbn import zxcvbn

    text = _normal(password)[:ESTIMATED_CHARACTERS]
    guesses = zxcvbn(text, user_inputs=[word for word in about if word])["guesses"]
    return bool(guesses < EASY_GUESSES)


def _verifies(password: str, kept: str) -> bool:
    try:
        with _slots:
            return _hasher.verify(kept, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """One form for what keyboards write in several (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
