"""Places: the counters of everything that can fill up, guarded by the database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Places:
    """Columns of a meeting and of a programme item that people take places in.

    `maximum` None means without limit. `taken` and `waiting` are kept in the row, so that no page
    and no lock ever counts registrations; `next_seq` orders the waiting list and is raised by the
    statement that locks the row.
    """

    maximum: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    next_seq: Mapped[int] = mapped_column(default=0)

    @staticmethod
    def checks() -> tuple[CheckConstraint, ...]:
        return (
            CheckConstraint("maximum IS NULL OR maximum > 0", name="maximum"),
            CheckConstraint(
                "taken >= 0 AND (maximum IS NULL OR taken <= maximum)", name="never_overbooked"
            ),
            CheckConstraint("waiting >= 0", name="waiting"),
        )

    @property
    def has_room(self) -> bool:
        """Whether one more fits, whoever it is for."""
        return self.maximum is None or self.taken < self.maximum

    @property
    def has_free_place(self) -> bool:
        """Whether a newcomer may take a place: nobody passes those who wait."""
        return self.has_room and not self.waiting

    @property
    def free_places(self) -> int | None:
        """Places left for newcomers; None means without limit."""
        if self.maximum is None:
            return None
        return 0 if self.waiting else max(self.maximum - self.taken, 0)
