"""Text and lines of RFC 5545."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.content_lines import clean, escaped, folded, one_line, without_space

NASTY = st.text(st.sampled_from("\\nN;,: \t\r\n\"'^BEGIN:éא🙂\u200f\u202e\u2028\x85\x0b\ufeffa"))
TEXT = st.text() | NASTY


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028"])
def test_clean_makes_every_line_break_a_newline(line_break):
    assert clean(f"een{line_break}twee") == "een\ntwee"


def test_clean_removes_what_no_calendar_may_hold():
    assert clean(" \ufeffa\x00b\x07\x1bc\x7fd\x9f\te ") == "abcd\te"


def test_clean_replaces_half_a_surrogate_pair():
    assert clean("a\ud83db") == "a\N{REPLACEMENT CHARACTER}b"


def test_one_line_keeps_the_spaces_that_were_typed():
    assert one_line("a  b \r\n\n\t c\td") == "a  b c d"


def test_without_space_keeps_the_rest():
    assert (
        without_space(" https://a.example/b\r\nEND:VEVENT c ") == "https://a.example/bEND:VEVENTc"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a;b,c:d", r"a\;b\,c:d"),
        ("een\ntwee", r"een\ntwee"),
        (r"C:\Nieuw\nota", r"C:\\Nieuw\\nota"),
        ('"^n"', '"^n"'),
    ],
)
def test_escaped(text, value):
    assert escaped(text) == value


def test_folded_short_line():
    assert folded("SUMMARY:Raad") == b"SUMMARY:Raad\r\n"


def test_folded_cuts_between_characters():
    assert (
        folded("X:" + "é" * 50)
        == b"X:" + "é".encode() * 36 + b"\r\n " + "é".encode() * 14 + b"\r\n"
    )


def test_folded_keeps_a_backslash_with_what_it_escapes():
    assert folded("X:" + "a" * 71 + r"\nb") == b"X:" + b"a" * 71 + b"\r\n \\nb\r\n"


@given(TEXT)
def test_folded_is_undone_by_unfolding(text):
    line = "X:" + escaped(clean(text))

    pieces = folded(line).split(b"\r\n")

    assert pieces.pop() == b""
    assert [len(piece) for piece in pieces if len(piece) > 75] == []
    assert pieces[0].decode() + "".join(piece.decode()[1:] for piece in pieces[1:]) == line


@given(TEXT)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)
