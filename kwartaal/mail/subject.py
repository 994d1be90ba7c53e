"""How the Subject of a mail is written: from its own line on, and read back as it was.

The standard library begins some long subjects below an empty first line, loses a space between two
encoded words, and writes encoded words of nothing. A line that holds nothing is no folding (RFC
5322 section 2.2.3), and an encoded word holds something (RFC 2047 section 2).
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import HeaderRegistry, UniqueUnstructuredHeader
from email.policy import SMTP, Policy

LINE = 76  # characters, with the name of the header (RFC 2047 section 2)
LONGEST_WORD = 60  # characters; what is longer is cut, and only an encoded word can be


class Subject(UniqueUnstructuredHeader):
    """Plain where every program reads that alike, else encoded words alone, from end to end."""

    def fold(self, *, policy: Policy) -> str:
        text, name = str(self), "Subject"
        charset = "us-ascii" if _is_plain(text) else "utf-8"
        header = Header(text, charset, maxlinelen=LINE, header_name=name)
        return f"{name}: {header.encode(linesep=policy.linesep)}{policy.linesep}"


def _is_plain(text: str) -> bool:
    """Whether it is ASCII that folds at single spaces and has nothing that looks encoded."""
    words = text.split(" ")
    return text.isascii() and "=?" not in text and all(0 < len(w) <= LONGEST_WORD for w in words)


_registry = HeaderRegistry()
# The registry adds BaseHeader to it; the stubs ask for one that has it already.
_registry.map_to_type("subject", Subject)  # type: ignore[arg-type]
POLICY = SMTP.clone(header_factory=_registry)
