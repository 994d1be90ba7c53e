"""What was done in the demo region, replayed in order of time.

Everything goes through the real operations, each at its own moment. So numbers, revisions and the
log stand in the order in which they would have come about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Deed = Callable[[datetime], object]


class Timeline:
    """Deeds with their moments; what is added first goes first among equals."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []

    def at(self, moment: datetime, deed: Deed) -> None:
        """Do this then; the deed is told the moment."""
        self._deeds.append((moment, len(self._deeds), deed))

    def replay(self) -> None:
        """Do everything once, oldest first."""
        for moment, _, deed in sorted(self._deeds, key=lambda one: one[:2]):
            deed(moment)
