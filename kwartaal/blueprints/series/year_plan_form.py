"""The form of a year: a title, and four rows that may each stay empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, Form, FormField, HiddenField

from kwartaal.domain.meetings import TimeAndPlace
from kwartaal.domain.year_plan import PlannedDay
from kwartaal.fields import (
    DateField,
    KeyField,
    KwartaalForm,
    Required,
    SelectField,
    TextField,
    TimeField,
)
from kwartaal.fields.moments import moment_of
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

ROWS = 4
# Between noon and six, as the kwartaalbijeenkomsten of the region are (KB-4).
USUAL = {"starts_at": time(12), "ends_at": time(18)}

PLURAL = re.compile(r"(bijeenkomst|vergadering|overleg|dag)en$", re.IGNORECASE)


def title_of_one(series: str) -> str:
    """What one meeting of a series is called: Kwartaalbijeenkomsten, Kwartaalbijeenkomst."""
    return PLURAL.sub(r"\1", series)


class DayForm(Form):
    """One date of the year; without a date the row counts as empty."""

    day = DateField(_l("Datum"))
    starts_at = TimeField(_l("Begin"))
    ends_at = TimeField(_l("Einde"))
    venue = SelectField(_l("Locatie"))

    @property
    def is_filled(self) -> bool:
        return self.day.data is not None or bool(self.day.errors) or bool(self.venue.data)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if not valid or not self.is_filled:
            return valid
        missing = {
            self.day: _("Vul ook een datum in."),
            self.starts_at: _("Vul in hoe laat het begint."),
            self.ends_at: _("Vul in hoe laat het eindigt."),
        }
        for field, sentence in missing.items():
            if field.data is None:
                field.errors = [sentence]
        return not self.errors and self._is_in_order()

    def _is_in_order(self) -> bool:
        """The times exist on that day, and follow each other."""
        for field in (self.starts_at, self.ends_at):
            try:
                moment_of(self.day.data, field.data)
            except ValueError as wrong:
                field.errors = [str(wrong)]
        if not self.errors and self.ends_at.data <= self.starts_at.data:
            self.ends_at.errors = [_("Het einde moet na het begin liggen.")]
        return not self.errors


class YearPlanForm(KwartaalForm):
    """Fields of a row are found by the name they have on the page, such as days-0-day."""

    seen = HiddenField()
    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    days = FieldList(FormField(DayForm), min_entries=ROWS, max_entries=ROWS)
    key = KeyField()

    def __init__(self, series: Series, venues: Sequence[Venue]) -> None:
        super().__init__(data={"title": title_of_one(series.name), "days": [dict(USUAL)] * ROWS})
        self._venues = {venue.slug: venue for venue in venues}
        names = [(venue.slug, f"{venue.name}, {venue.town}") for venue in venues]
        for row in self.rows:
            row.venue.choices = [("", _l("Plaats volgt")), *names]

    def errors_in_order(self) -> list[tuple[str | None, str, str]]:
        """With the number of the row, as its legend has it: there are four of each field."""
        names = {f"days-{row}-{name}": row + 1 for row in range(ROWS) for name in DayForm()._fields}
        return [
            (where, _("Datum %(number)s, %(field)s", number=names[where], field=label.lower())
             if where in names else label, words)
            for where, label, words in super().errors_in_order()
        ]  # fmt: skip

    @property
    def errors(self) -> dict[str | None, Any]:
        """With what was said at a row after its own check, such as by a rule."""
        rows = [row.errors for row in self.rows]
        return super().errors | ({"days": rows} if any(rows) else {})

    @property
    def rows(self) -> list[DayForm]:
        return [entry.form for entry in self.days]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and not any(row.is_filled for row in self.rows):
            self.rows[0].day.errors = [_("Vul minstens één datum in.")]
            return False
        return valid

    def planned(self) -> list[PlannedDay]:
        """The rows that were filled in; for a valid form."""
        return [
            PlannedDay(number, self._when(row))
            for number, row in enumerate(self.rows)
            if row.is_filled
        ]

    @property
    def years(self) -> list[int]:
        """Of the days that were filled in, in order."""
        return sorted({row.day.data.year for row in self.rows if row.day.data is not None})

    def typed(self) -> list[tuple[str, str]]:
        """What was sent and is not hidden, to send it again unseen."""
        shown = {self.title.name, *self._by_name()}
        return [(name, value) for name, value in request.form.items() if name in shown]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name() or super().__contains__(name)

    def __getitem__(self, name: str) -> Field:
        return self._by_name().get(name) or super().__getitem__(name)

    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for row in self.rows for field in row}

    def _when(self, row: DayForm) -> TimeAndPlace:
        start, end = (moment_of(row.day.data, at.data) for at in (row.starts_at, row.ends_at))
        return TimeAndPlace(start, end, self._venues.get(row.venue.data or ""))
