"""Importing a list of people: what will happen row by row, and doing it.

A row is about a known person when address and name agree or, without an address, when name and
organisation do. An empty cell changes nothing, and the same file a second time changes nothing
either. Rows are looked at in order: a later row sees what an earlier one adds.
"""

from kwartaal.domain.people_import.carrying_out import carry_out
from kwartaal.domain.people_import.plan import ImportPlan, plan
from kwartaal.domain.people_import.region import Region
from kwartaal.domain.people_import.rows import Change, Fact, ImportRow, Outcome, PlannedRow

__all__ = [
    "Change",
    "Fact",
    "ImportPlan",
    "ImportRow",
    "Outcome",
    "PlannedRow",
    "Region",
    "carry_out",
    "plan",
]
