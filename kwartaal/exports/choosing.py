"""Which columns somebody wants: the choice in the address, or those of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kwartaal.domain.refusals import N_, Refused
from kwartaal.exports.columns import Column

SEPARATOR = ","
COLUMNS_PARAMETER, WITHDRAWN_PARAMETER = "kolommen", "afgemeld"
PARAMETERS = (COLUMNS_PARAMETER, WITHDRAWN_PARAMETER)
YES_NO = {"ja": True, "nee": False}
ALIKE = 0.7  # "kolom" and "kolomen" are meant as "kolommen", "foo" and "onderdeel" are not


@dataclass(frozen=True)
class Asked:
    """What somebody wants in a file: which columns, and whether with who withdrew."""

    columns: tuple[Column, ...]
    with_withdrawn: bool = False

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def parameters(self, offered: Iterable[Column]) -> dict[str, str]:
        """What its address says; nothing for the file of the contract."""
        said = {}
        if self.columns != default_columns(offered):
            said[COLUMNS_PARAMETER] = SEPARATOR.join(self.names)
        if self.with_withdrawn:
            said[WITHDRAWN_PARAMETER] = "ja"
        return said


class UnknownColumn(Refused):
    message = N_("De kolom ‘%(name)s’ bestaat niet. Kies uit: %(known)s.")
    field = "columns"


class NoColumns(Refused):
    message = N_("Kies ten minste één kolom.")
    field = "columns"


class MisspeltParameter(Refused):
    message = N_("In het adres staat ‘%(name)s’. Bedoelt u ‘%(meant)s’?")
    field = "columns"


class NeitherYesNorNo(Refused):
    message = N_("Zet in het adres achter ‘%(name)s’ ja of nee.")
    field = "with_withdrawn"


class TooManyForPaper(Refused):
    message = N_(
        "Van deze lijst passen hoogstens %(most)s mensen op papier. Kies minder kolommen of een "
        "ander soort bestand."
    )
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


def asked_in(parameters: Mapping[str, Sequence[str]], columns: Sequence[Column]) -> Asked:
    """What an address asks (`?kolommen=naam,email&afgemeld=ja`), else the file of the contract.

    Raises MisspeltParameter, UnknownColumn, NoColumns or NeitherYesNorNo. Names that are like none
    of ours are of somebody else, such as a mail program that counts who follows a link.
    """
    for name in parameters:
        meant = get_close_matches(name.lower(), PARAMETERS, 1, ALIKE)
        if meant and name not in PARAMETERS:
            raise MisspeltParameter(name=name[:40], meant=meant[0])
    chosen = default_columns(columns)
    if COLUMNS_PARAMETER in parameters:
        names = SEPARATOR.join(parameters[COLUMNS_PARAMETER]).split(SEPARATOR)
        chosen = chosen_columns(columns, names)
    said = parameters.get(WITHDRAWN_PARAMETER, ["nee"])[-1].strip().lower()
    if said not in YES_NO:
        raise NeitherYesNorNo(name=WITHDRAWN_PARAMETER)
    return Asked(chosen, YES_NO[said])


def still_known(columns: Sequence[Column], names: Iterable[str]) -> tuple[Column, ...]:
    """Those of a remembered choice that this meeting has; its default when there is none."""
    wanted = set(names)
    return tuple(one for one in columns if one.name in wanted) or default_columns(columns)
