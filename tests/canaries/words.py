"""Words that stand in one field each, and finding them back in whatever an answer holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kwartaal.db import Base
from tests.canaries.columns import text_columns

Readers = frozenset[str]

WORD = re.compile(r"zq(\d{4})qz|\+3170901(\d{4})", re.IGNORECASE)
# Where calendars, mails and phone numbers break a word.
BREAKS = re.compile(r"\r?\n[ \t]|=\r?\n|(?<=\d)[ \u00a0](?=\d)")


@dataclass
class Canaries:
    """Every word that was made: what it stands in, and who may read it."""

    made: list[tuple[str, Readers]] = field(default_factory=list)

    def word(self, where: str, readers: Readers) -> str:
        """A new word; `where` is what a failing test calls it."""
        assert where not in dict(self.made), f"two words are called {where}"
        self.made.append((where, readers))
        return f"zq{len(self.made) - 1:04d}qz"

    def hide(self, text: str, of: str) -> None:
        """Let nobody read the words of a column any more that stand in a text: it is replaced."""
        gone = {where for where in self.found_in(text) if where.startswith(f"{of} ")}
        nobody: Readers = frozenset()
        self.made = [(where, nobody if where in gone else who) for where, who in self.made]

    def paint(self, row: Base, called: str, readers: Readers, **own: Readers | str | None) -> None:
        """Put a word of its own in every text column of a row, for these readers.

        A column may have readers of its own, or a plain text that is no word.
        """
        for column in text_columns(type(row)):
            value = own.get(column.name, readers)
            if isinstance(value, frozenset):
                value = self._value(column, f"{column} {called}", value)
            setattr(row, column.name, value)

    def _value(self, column: sa.Column[Any], where: str, readers: Readers) -> str:
        word = self.word(where, readers)
        if column.name == "phone":
            return f"+3170901{word[2:6]}"
        if column.name in ("address", "online_address"):
            return f"https://film.example/{word}"
        return f"{word}@canarie.example" if "email" in column.name else word

    def found_in(self, text: str) -> set[str]:
        """Where the words come from that stand in a text."""
        joined = BREAKS.sub("", text)
        return {self.made[int(one or two)][0] for one, two in WORD.findall(joined)}

    def for_(self, reader: str) -> set[str]:
        """Everything that somebody may read."""
        return {where for where, readers in self.made if reader in readers}
