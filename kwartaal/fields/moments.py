"""Fields for a day and for a moment. Moments are typed as Amsterdam wall time and kept in UTC."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import DateInput, TimeInput

from kwartaal.amsterdam import AMSTERDAM, SkippedTime, amsterdam_moment
from kwartaal.fields.typed import TypedField, typed_text

YEARS = range(1900, 2101)
ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
DUTCH_DAY = re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")
TIME = re.compile(r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(:00(\.0+)?)?")


class DateField(TypedField):
    """A day, or None. Browsers send 2027-03-28; 28-3-2027 is understood as well."""

    widget = DateInput()

    def read(self, text: str) -> date:
        return read_day(text)


class TimeField(TypedField):
    """A time of day, or None. Browsers send 14:30; 14.30 is understood as well."""

    widget = TimeInput()

    def read(self, text: str) -> time:
        return read_time(text)

    def shown(self, value: time) -> str:
        return value.isoformat("minutes")


class MomentField(Field):
    """A day and a time of day in Amsterdam, as an aware moment in UTC; None when both are empty.

    It is sent as two inputs, named `<name>-date` and `<name>-time`. A time that the clock skips in
    spring is refused. A time that comes twice in autumn is its first occurrence, in summer time;
    but what was left as it stood keeps its moment, so a stored second occurrence stays that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed: tuple[str, str] | None = None
        self.wrong_part = "date"
        self.day_is_known = False  # then the day is sent along unseen and only the time is typed

    @property
    def date_name(self) -> str:
        return f"{self.name}-date"

    @property
    def time_name(self) -> str:
        return f"{self.name}-time"

    @property
    def date_id(self) -> str:
        return f"{self.id}-date"

    @property
    def time_id(self) -> str:
        return f"{self.id}-time"

    @property
    def error_id(self) -> str:
        """The input that the error summary leads to."""
        return self.time_id if self.day_is_known else f"{self.id}-{self.wrong_part}"

    @property
    def date_value(self) -> str:
        if self.process_errors and self.typed:
            return shown_or_typed(self.typed[0], read_day)
        return _inputs(self.data)[0] if self.data else ""

    @property
    def time_value(self) -> str:
        if self.process_errors and self.typed:
            return shown_or_typed(self.typed[1], read_time)
        return _inputs(self.data)[1] if self.data else ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata is not None:
            self.typed = (
                typed_text(formdata.getlist(self.date_name)),
                typed_text(formdata.getlist(self.time_name)),
            )
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read both parts; `valuelist` is empty, since no input has the field's own name."""
        self.data = None
        day_text, time_text = self.typed or ("", "")
        if not day_text and not time_text:
            return
        if not day_text:
            raise ValueError(_("Vul ook een datum in."))
        day = read_day(day_text)
        self.wrong_part = "time"
        if not time_text:
            raise ValueError(_("Vul ook een tijd in."))
        self.data = self._as_stored(moment_of(day, read_time(time_text)))
        self.wrong_part = "date"

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()

    def _as_stored(self, typed: datetime) -> datetime:
        """What is stored, where the page shows that exactly as what was typed."""
        stored = self.object_data
        return stored if stored and _inputs(stored) == _inputs(typed) else typed


def _inputs(moment: datetime) -> tuple[str, str]:
    """A moment as the two inputs show it."""
    local = moment.astimezone(AMSTERDAM)
    return local.date().isoformat(), f"{local:%H:%M}"


def read_day(text: str) -> date:
    """The day that `text` names, or ValueError with a sentence."""
    found = ISO_DAY.fullmatch(text) or DUTCH_DAY.fullmatch(text)
    if not found:
        raise ValueError(_("Vul een datum in met dag, maand en jaar. Bijvoorbeeld: 28-3-2027"))
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    if year not in YEARS:
        raise ValueError(
            _(
                "Kies een jaar van %(first)s tot en met %(last)s.",
                first=YEARS[0],
                last=YEARS[-1],
            )
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("Deze datum bestaat niet.")) from None


def read_time(text: str) -> time:
    """The time of day that `text` names, or ValueError with a sentence."""
    found = TIME.fullmatch(text)
    if not found:
        raise ValueError(_("Vul een tijd in met uren en minuten. Bijvoorbeeld: 14.30"))
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise ValueError(_("Deze tijd bestaat niet.")) from None


def shown_or_typed(text: str, read: Callable[[str], date | time]) -> str:
    """The part as browsers want it (ISO 8601), since they show nothing else; or what was typed."""
    try:
        value = read(text)
    except ValueError:
        return text
    return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()


def moment_of(day: date, time_of_day: time) -> datetime:
    """The UTC moment of an Amsterdam wall time, or ValueError with a sentence when it is skipped.

    Of a time that comes twice it is the first.
    """
    try:
        return amsterdam_moment(day, time_of_day)
    except SkippedTime as skipped:
        start, end = skipped.gap_starts, skipped.gap_ends
    raise ValueError(
        _(
            "Deze tijd bestaat niet: op %(day)s gaat de klok van %(start)s naar %(end)s uur.",
            day=format_date(day, "EEEE d MMMM y"),
            start=f"{start.hour}.{start.minute:02}",
            end=f"{end.hour}.{end.minute:02}",
        )
    )
