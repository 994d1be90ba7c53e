"""What the preview of an import shows: counts, and a page of the rows asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_sqlalchemy.pagination import Pagination

from kwartaal.blueprints.people.import_words import OUTCOMES
from kwartaal.domain.people_import import Forecast, ForecastRow, Outcome
from kwartaal.models.people_import import PeopleImport

PER_PAGE = 100
EVERYTHING = "alles"
SHOWN = {
    "fout": Outcome.REFUSED,
    "nieuw": Outcome.NEW,
    "bijgewerkt": Outcome.CHANGED,
    "niets": Outcome.UNCHANGED,
}


class RowPage(Pagination):
    """A page of rows that are in memory already."""

    def _query_items(self) -> list[Any]:
        start = self._query_offset
        rows: list[Any] = self._query_args["rows"]
        return rows[start : start + self.per_page]

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


@dataclass(frozen=True)
class Preview:
    """The forecast of one upload. `asked` is a key of SHOWN or EVERYTHING."""

    kept: PeopleImport
    forecast: Forecast
    asked: str
    page: RowPage

    @classmethod
    def of(cls, kept: PeopleImport, forecast: Forecast) -> Preview:
        """What the address asks for in `?toon=`; by itself the mistakes, if there are any."""
        usual = "fout" if forecast.counts[Outcome.REFUSED] else EVERYTHING
        asked = request.args.get("toon", usual)
        if asked not in (*SHOWN, EVERYTHING):
            asked = usual
        rows = [row for row in forecast.rows if asked == EVERYTHING or row.outcome == SHOWN[asked]]
        number = request.args.get("pagina", 1, type=int)
        last = max(-(-len(rows) // PER_PAGE), 1)
        page = RowPage(page=min(max(number, 1), last), per_page=PER_PAGE, rows=rows)
        return cls(kept, forecast, asked, page)

    @property
    def counters(self) -> list[tuple[int, str]]:
        """How many rows of each kind, as the page counts them."""
        return [
            (self.forecast.counts[outcome], str(OUTCOMES[outcome])) for outcome in SHOWN.values()
        ]

    @property
    def links(self) -> list[tuple[str, str, bool]]:
        """Links that narrow the list: (label, address, whether it is this one)."""
        offered = [(_("Alle regels"), EVERYTHING)]
        offered += [(str(OUTCOMES[o]), key) for key, o in SHOWN.items() if self.forecast.counts[o]]
        return [(label, self._address(key), key == self.asked) for label, key in offered]

    @property
    def disputed(self) -> list[ForecastRow]:
        """Rows whose address another person signs in with."""
        return [row for row in self.forecast.rows if row.contact_only is not None]

    def _address(self, asked: str) -> str:
        return url_for(".preview", import_id=self.kept.public_id, toon=asked)
