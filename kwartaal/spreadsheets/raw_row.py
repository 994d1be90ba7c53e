"""A row as it stands in a file, before anybody asks whether it fits the heading."""

from __future__ import annotations

from dataclasses import dataclass

from kwartaal.domain.refusals import Refused


@dataclass(frozen=True)
class RawRow:
    number: int
    cells: list[str]
    refusal: Refused | None = None

    @property
    def is_empty(self) -> bool:
        return self.refusal is None and not any(cell.strip() for cell in self.cells)

    @property
    def trimmed(self) -> list[str]:
        """The cells up to the last that is not empty."""
        last = max((at for at, cell in enumerate(self.cells, 1) if cell.strip()), default=0)
        return self.cells[:last]
