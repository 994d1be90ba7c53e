"""The year list on paper: a table with a line per meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from kwartaal.filters import long_date, time_range, where
from kwartaal.models.listed import ListedMeeting
from kwartaal.models.stage import Stage
from kwartaal.pdf.sheets import Words, frame
from kwartaal.pdf.typesetting import Sheet


def year_sheet(
    series: str, year: int, meetings: Iterable[ListedMeeting], today: date, address: str
) -> Sheet:
    """The year as the page shows it to the same reader; `series` is its name."""
    heading = _("%(series)s in %(year)s", series=series, year=year)
    words = {
        "columns": [_("Datum"), _("Tijd"), _("Bijeenkomst"), _("Plaats")],
        "rows": [_row(meeting) for meeting in meetings],
    }
    foot = _("Stand van %(day)s.", day=long_date(today))
    return Sheet.of("year_list", words | frame(heading, heading, foot, address))


def _row(meeting: ListedMeeting) -> Words:
    notes = (
        _("Geannuleerd") if meeting.is_cancelled else "",
        _("Vooraankondiging") if meeting.stage == Stage.ANNOUNCED else "",
        _("Besloten") if meeting.is_closed else "",
    )
    starts_at = meeting.starts_at
    return {
        "day": long_date(meeting.day),
        "time": time_range(starts_at, meeting.ends_at) if starts_at else "",
        "title": meeting.title,
        "cancelled": meeting.is_cancelled,
        "note": ", ".join(filter(None, notes)),
        "place": where(meeting.place, meeting.is_digital),
    }
