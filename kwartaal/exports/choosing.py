"""Which columns somebody wants: the choice in the address, or those of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kwartaal.domain.refusals import N_, Refused
from kwartaal.exports.columns import Column

SEPARATOR = ","


class UnknownColumn(Refused):
    message = N_("De kolom ‘%(name)s’ bestaat niet. Kies uit: %(known)s.")
    field = "columns"


class NoColumns(Refused):
    message = N_("Kies ten minste één kolom.")
    field = "columns"


class TooManyForPaper(Refused):
    message = N_("Op papier passen hoogstens %(most)s mensen. Kies een ander soort bestand.")
    field = "columns"


def default_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Those of the plain address (contract.md)."""
    return tuple(column for column in columns if column.by_default)


def chosen_columns(columns: Sequence[Column], names: Iterable[str]) -> tuple[Column, ...]:
    """The columns with these names, in the order of the names; each once.

    Raises UnknownColumn or NoColumns.
    """
    known = {column.name: column for column in columns}
    wanted = dict.fromkeys(name.strip().lower() for name in names)
    wanted.pop("", None)
    for name in wanted:
        if name not in known:
            raise UnknownColumn(name=name[:40], known=", ".join(known))
    if not wanted:
        raise NoColumns
    return tuple(known[name] for name in wanted)


def still_known(columns: Sequence[Column], names: Iterable[str]) -> tuple[Column, ...]:
    """Those of a remembered choice that this meeting has; its default when there is none."""
    wanted = set(names)
    return tuple(one for one in columns if one.name in wanted) or default_columns(columns)
