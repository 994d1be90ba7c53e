"""What the links above a list and above a programme ask for. Unknown values ask for everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kwartaal.models.listed import (
    Meetings,
    coming,
    in_series,
    in_year,
    past,
    series_of,
    years_of,
)
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.visibility import Viewer

PAST = "voorbij"
FREE = "plek"
CHOSEN = "keuzes"


@dataclass(frozen=True)
class ListFilter:
    """Coming or past meetings, if wanted of one year and one series; and what one can choose."""

    is_past: bool
    year: int | None
    series: str | None
    years: list[int]
    all_series: list[tuple[str, str]]
    meetings: Meetings

    @classmethod
    def of(cls, args: Mapping[str, str], viewer: Viewer, today: date) -> ListFilter:
        is_past = args.get("periode") == PAST
        meetings = past(viewer, today) if is_past else coming(viewer, today)
        years, all_series = years_of(meetings), series_of(meetings)
        year = next((y for y in years if str(y) == args.get("jaar")), None)
        series = next((slug for slug, _name in all_series if slug == args.get("reeks")), None)
        if year is not None:
            meetings = in_year(meetings, year)
        if series is not None:
            meetings = in_series(meetings, series)
        return cls(is_past, year, series, years, all_series, meetings)

    def args(self, **changes: object) -> dict[str, object]:
        """The query of a link that changes some of it and keeps the rest; page one again."""
        now = {"periode": PAST if self.is_past else None, "jaar": self.year, "reeks": self.series}
        return now | changes


@dataclass(frozen=True)
class ProgrammeFilter:
    """All workshops, those with places left or one's own; if wanted of one theme."""

    published: PublishedMeeting
    show: str | None
    theme: str | None
    chosen: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, args: Mapping[str, str], published: PublishedMeeting, chosen: Mapping[int, str]
    ) -> ProgrammeFilter:
        show = args.get("toon") if args.get("toon") in (FREE, CHOSEN) else None
        asked = cls(published, None if show == CHOSEN and not chosen else show, None, chosen)
        theme = args.get("thema")
        return replace(asked, theme=theme if theme in asked.themes else None)

    @property
    def themes(self) -> list[str]:
        return sorted({w.theme for w in self.published.workshops if w.theme}, key=str.casefold)

    @property
    def is_narrow(self) -> bool:
        return self.show is not None or self.theme is not None

    @property
    def items(self) -> list[PublishedItem]:
        """The whole day, with in each round only the workshops asked for."""
        return [self._narrowed(item) if item.workshops else item for item in self.published.items]

    @property
    def finds_nothing(self) -> bool:
        return self.is_narrow and not any(map(self._fits, self.published.workshops))

    def args(self, **changes: object) -> dict[str, object]:
        """The query of a link that changes some of it and keeps the rest."""
        return {"toon": self.show, "thema": self.theme} | changes

    def _narrowed(self, round_: PublishedItem) -> PublishedItem:
        return replace(round_, workshops=tuple(filter(self._fits, round_.workshops)))

    def _fits(self, workshop: PublishedItem) -> bool:
        if self.theme is not None and workshop.theme != self.theme:
            return False
        if self.show == CHOSEN:
            return workshop.id in self.chosen
        return self.show is None or (workshop.places is not None and not workshop.places.is_full)
