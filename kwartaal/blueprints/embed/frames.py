"""What stands in the frame: no cookie, no header, public meetings; links leave the frame."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from flask import Response, make_response, render_template, request

from kwartaal import clock
from kwartaal.blueprints.embed.routes import bp
from kwartaal.headers import let_be_framed
from kwartaal.models.embedded import Narrowed, embedded_list, embedded_month, find_narrowed
from kwartaal.models.listed import ListedMeeting
from kwartaal.permissions import public
from kwartaal.sessions import ignores_session

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")  # int() reads other digits, and refuses very many
Week = list[tuple[date, list[ListedMeeting]]]


@dataclass(frozen=True)
class Month:
    """A month in a year, with the weeks that hold its days from Monday on."""

    year: int
    number: int

    @classmethod
    def of(cls, text: str, today: date) -> Month:
        """Of an address ("2027-03"); this month for anything else."""
        written = MONTH.fullmatch(text)
        year, number = map(int, written.groups()) if written else (0, 0)
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12:
            return cls(year, number)
        return cls(today.year, today.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def weeks(self) -> list[list[date]]:
        return calendar.Calendar().monthdatescalendar(self.year, self.number)

    @property
    def days(self) -> list[date]:
        return [day for week in self.weeks for day in week if day.month == self.number]

    def later(self, months: int) -> Month:
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)


@bp.get("/insluiten/lijst")
@public
@ignores_session
def listing() -> Response:
    narrowed = _narrowed()
    if narrowed is None:
        return _gone()
    meetings = embedded_list(narrowed, clock.today(), clock.now())
    return _framed(render_template("embed/list.html", meetings=meetings, narrowed=narrowed))


@bp.get("/insluiten/maand")
@public
@ignores_session
def month() -> Response:
    narrowed = _narrowed()
    if narrowed is None:
        return _gone()
    shown = Month.of(request.args.get("maand", ""), clock.today())
    meetings = embedded_month(narrowed, shown.days, clock.today(), clock.now())
    page = render_template(
        "embed/month.html",
        month=shown,
        weeks=_filled(shown, meetings),
        meetings=meetings,
        narrowed=narrowed,
        today=clock.today(),
    )
    return _framed(page)


def _narrowed() -> Narrowed | None:
    asked = request.args
    return find_narrowed(asked.get("reeks", ""), asked.get("gemeente", ""), clock.today())


def _filled(month: Month, meetings: list[ListedMeeting]) -> list[Week]:
    return [
        [(day, [one for one in meetings if one.day == day]) for day in week] for week in month.weeks
    ]


def _framed(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    return let_be_framed(response)


def _gone() -> Response:
    return _framed(render_template("embed/gone.html"), 404)
