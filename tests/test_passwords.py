"""The hash of a password, and which ones are too easy to guess."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from kwartaal import passwords
from tests.signing_in import PASSWORD

REAL = (2, 46 * 1024, 1)  # passes, KiB, lanes (decision 0007)


def parameters_of(kept: str) -> tuple[int, int, int]:
    found = extract_parameters(kept)
    return found.time_cost, found.memory_cost, found.parallelism


def test_hash_is_argon2id_of_the_size_that_was_decided():
    kept = passwords.hashed(PASSWORD)

    assert kept.startswith("$argon2id$")
    assert parameters_of(kept) == REAL
    assert passwords.check(PASSWORD, kept) == passwords.Checked(is_right=True)
    assert passwords.check(PASSWORD + " ", kept) == passwords.Checked(is_right=False)


def test_nobody_costs_as_much_as_somebody():
    assert parameters_of(passwords.NOBODYS_HASH) == REAL
    assert passwords.check(PASSWORD, None) == passwords.Checked(is_right=False)


def test_hash_of_other_parameters_is_made_anew_only_for_the_right_password():
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    assert passwords.check("fout", older) == passwords.Checked(is_right=False)
    checked = passwords.check(PASSWORD, older)
    assert checked.is_right
    assert parameters_of(checked.new_hash or "") == REAL


def test_accents_may_be_typed_in_any_form(quick_hashes):
    kept = passwords.hashed("één apart café")

    assert passwords.check(unicodedata.normalize("NFD", "één apart café"), kept).is_right


@pytest.mark.parametrize(
    ("password", "easy"),
    [
        ("wachtwoord123", True),
        ("qwertyuiop12", True),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", True),
        ("123456789012", True),
        ("a" * 128, True),
        ("kastanje9maas veer", False),
        ("x7 é€🙂 kerk boom", False),
    ],
)
def test_known_passwords_and_patterns_are_easy(password, easy):
    assert passwords.is_easy_to_guess(password) is easy


def test_words_about_the_owner_are_easy():
    name = "brandsteeghof"

    assert not passwords.is_easy_to_guess(name)
    assert passwords.is_easy_to_guess(name, ["", "Brandsteeghof"])
