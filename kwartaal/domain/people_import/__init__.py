"""Importing a list of people: what will happen row by row, and doing it.

A row is about a known person when address and name agree or, without an address, when name and
organisation do. An empty cell changes nothing, and the same file a second time changes nothing
either. Rows are looked at in order: a later row sees what an earlier one adds.
"""

from kwartaal.domain.people_import.carrying_out import carry_out
from kwartaal.domain.people_import.forecast import Forecast, forecast
from kwartaal.domain.people_import.region import Region
from kwartaal.domain.people_import.rows import Change, Fact, ForecastRow, ImportRow, Outcome

__all__ = [
    "Change",
    "Fact",
    "Forecast",
    "ImportRow",
    "Outcome",
    "ForecastRow",
    "Region",
    "carry_out",
    "forecast",
]
