"""Text and lines of calendars (RFC 5545) as pure string work; why by hand: decision 0010."""

import re

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_REMOVED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_BREAK_WITH_SPACE = re.compile(r" *[\t\n][ \t\n]*")
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
# At most 74 octets, since a continuation adds a space; not inside a character, and not behind a
# backslash unless there is nothing else: some readers unescape before they unfold.
_PIECE = re.compile(rb".{1,74}(?<!\\)(?![\x80-\xbf])|.{1,74}(?![\x80-\xbf])", re.DOTALL)


def clean(text: str) -> str:
    """The text as a calendar can carry it (RFC 5545 section 3.3.11, TSAFE-CHAR).

    Every kind of line break becomes a newline; control characters other than the tab go, and so do
    byte order marks and the space at both ends; half a surrogate pair becomes U+FFFD.
    """
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _LINE_BREAK.sub("\n", text))
    return _REMOVED.sub("", text).strip()


def one_line(text: str) -> str:
    """`clean`, and each run of space that holds a line break or tab becomes one space."""
    return _BREAK_WITH_SPACE.sub(" ", clean(text))


def without_space(text: str) -> str:
    """`clean` without any space inside: for addresses, which are not escaped (RFC 5545 section
    3.3.13) and so must not hold a line break.
    """
    return "".join(clean(text).split())


def escaped(text: str) -> str:
    r"""The value of a TEXT property: `\\`, `\;`, `\,` and `\n` (RFC 5545 section 3.3.11)."""
    return text.translate(_ESCAPED)


def folded(line: str) -> bytes:
    """The content line as UTF-8 with CRLF, in pieces of at most 75 octets (RFC 5545 section 3.1).

    A piece never begins inside a character.
    """
    return b"\r\n ".join(_PIECE.findall(line.encode())) + b"\r\n"
