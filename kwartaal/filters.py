"""Dutch dates, times, sizes and plurals for templates.

Moments are aware datetimes (kept in UTC) and are shown in Europe/Amsterdam. Spaces that must not
break are no-break spaces: between day and month, before "uur", before a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from markupsafe import Markup

from kwartaal import dayflow, limited_markdown
from kwartaal.amsterdam import AMSTERDAM
from kwartaal.models.organisation import Audience, OrganisationKind
from kwartaal.models.published_documents import PublishedDocument
from kwartaal.page_links import page_url, static_url
from kwartaal.phone_numbers import spaced
from kwartaal.uploads import type_of

NO_BREAK_SPACE = "\u00a0"
_SIZES = ((10**9, "GB"), (10**6, "MB"))


def init_app(app: Flask) -> None:
    """Register the filters and globals named in docs/design.md."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(static_url=static_url, page_url=page_url)


def in_amsterdam(moment: datetime) -> datetime:
    """The same moment on an Amsterdam clock; a naive datetime raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"A moment without a zone cannot be shown: {moment!r}")
    return moment.astimezone(AMSTERDAM)


def long_date(value: datetime | date) -> str:
    """dinsdag 6 april 2021"""
    return f"{_formatted(value, 'EEEE')} {short_date(value)}"


def short_date(value: datetime | date) -> str:
    """6 april 2021"""
    return f"{day_number(value)}{NO_BREAK_SPACE}{_formatted(value, 'MMMM y')}"


def day_number(value: datetime | date) -> str:
    """The day of the month, for a date tile."""
    return _formatted(value, "d")


def month_name(value: datetime | date) -> str:
    """april"""
    return _formatted(value, "MMMM")


def clock_time(moment: datetime) -> str:
    """19.30 uur"""
    return _o_clock(_clock(moment))


def time_range(start: datetime, end: datetime | None) -> str:
    """12.00 tot 18.00 uur; when the days differ both are named, so nobody comes a day late."""
    if end is None:
        return clock_time(start)
    closes = _closing_time(start, end)
    if closes is None:
        return _from_to(moment(start), moment(end))
    return _from_to(_clock(start), _o_clock(closes))


def moment(value: datetime) -> str:
    """dinsdag 6 april 2021, 12.00 uur"""
    return f"{long_date(value)}, {clock_time(value)}"


def period(start: datetime, end: datetime | None) -> str:
    """dinsdag 6 april 2021, 12.00 tot 18.00 uur"""
    if end is not None and _closing_time(start, end) is None:
        return time_range(start, end)
    return f"{long_date(start)}, {time_range(start, end)}"


def where(place: str | None, is_digital: bool) -> str:
    """De Werfzaal, Sliedrecht, en online"""
    if not place:
        return str(_("Online") if is_digital else _("Plaats volgt"))
    return str(_("%(place)s, en online", place=place)) if is_digital else place


def time_tag(value: datetime | date, style: str = "moment") -> Markup:
    """The value in one of the styles of `TIME_STYLES`, inside `<time datetime="…">`."""
    shown = in_amsterdam(value) if isinstance(value, datetime) else value
    machine = shown.isoformat(timespec="minutes") if isinstance(shown, datetime) else str(shown)
    return Markup('<time datetime="{}">{}</time>').format(machine, TIME_STYLES[style](value))


def paragraphs(text: str, css_class: str = "nl-paragraph") -> Markup:
    """Plain text with its paragraphs (an empty line between) and line breaks."""
    start = Markup('<p class="{}">').format(css_class) if css_class else Markup("<p>")
    blocks = (Markup("<br>").join(block.splitlines()) for block in text_blocks(text))
    return Markup("\n").join(start + block + Markup("</p>") for block in blocks)


def first_paragraph(text: str) -> str:
    """The first paragraph of a plain text on one line; empty when there is none."""
    return " ".join(next(text_blocks(text), "").split())


def later_paragraphs(text: str) -> str:
    """A plain text without its first paragraph."""
    return "\n\n".join(list(text_blocks(text))[1:])


def audience_names(audiences: Iterable[Audience]) -> str:
    """raadsleden, collegeleden en ambtenaren; in the order the region names them."""
    chosen = set(audiences)
    names = [str(AUDIENCES[audience]) for audience in Audience if audience in chosen]
    return format_list(names, locale=_locale())


def file_size(size: int) -> str:
    """Bytes as 512 bytes, 180 kB, 3,1 MB; thousands, as Dutch offices count."""
    if size < 1000:
        return plural(size, "byte", "bytes")
    for unit, name in _SIZES:
        if size >= unit * 0.9995:
            return f"{_decimal(size / unit, '#,##0.#')}{NO_BREAK_SPACE}{name}"
    return f"{_decimal(size / 1000, '0')}{NO_BREAK_SPACE}kB"


def file_kind(media_type: str) -> str:
    """pdf, Word, foto …"""
    kind = type_of(media_type)
    return kind.name if kind else ""


def document_line(document: PublishedDocument) -> str:
    """raadsvoorstel, pdf, 3 pagina’s, 1,2 MB, van Papendrecht, versie 2; of what may be read."""
    pages, owner = document.pages, document.owner
    about = (
        document.kind,
        file_kind(document.media_type),
        plural(pages, _("pagina"), _("pagina’s")) if pages else "",
        file_size(document.size),
        _("van %(owner)s", owner=owner) if owner else "",
        document.reference,
        short_date(document.dated_on) if document.dated_on else "",
        _("versie %(number)s", number=document.number) if document.number > 1 else "",
    )
    return ", ".join(word for word in about if word)


def closed_point(body: str | None, day: datetime | None) -> str:
    """What stands in the place of a point that is closed to the reader.

    `day` is that of the meeting when the reader may know that there is a point, else None.
    """
    closed = str(_("Dit punt is niet openbaar."))
    if day is None:
        return closed
    known = _("%(body)s, %(day)s.", body=body, day=long_date(day)) if body else f"{long_date(day)}."
    return f"{known} {closed}"


def phone(number: str | None) -> str:
    """+31 78 770 12 34, in one piece; empty when there is no number."""
    return spaced(number).replace(" ", NO_BREAK_SPACE) if number else ""


def plural(count: int, one: str, many: str) -> str:
    """1 plek, 2 plekken"""
    return f"{number(count)}{NO_BREAK_SPACE}{one if count == 1 else many}"


def number(value: float) -> str:
    """1.250"""
    return _decimal(value, "#,##0.##")


def text_blocks(text: str) -> Iterator[str]:
    """The paragraphs of a plain text, each with its lines."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    return (block.strip("\n") for block in lines.split("\n\n") if block.strip())


def _closing_time(start: datetime, end: datetime) -> str | None:
    """The end on the clock of the first day, 24.00 for midnight; None on another day."""
    first, last = in_amsterdam(start), in_amsterdam(end)
    if first.date() == last.date():
        return _clock(end)
    ends_at_midnight = last.time() == time.min and last.date() - first.date() == timedelta(days=1)
    return "24.00" if ends_at_midnight else None


def _from_to(start: str, end: str) -> str:
    return str(_("%(start)s tot %(end)s", start=start, end=end))


def _clock(moment: datetime) -> str:
    shown = in_amsterdam(moment)
    return f"{shown.hour}.{shown.minute:02}"


def _o_clock(clock: str) -> str:
    return str(_("%(time)s uur", time=clock)).replace(" ", NO_BREAK_SPACE)


def _formatted(value: datetime | date, pattern: str) -> str:
    day = in_amsterdam(value).date() if isinstance(value, datetime) else value
    return format_date(day, pattern, locale=_locale())


def _decimal(value: float, pattern: str) -> str:
    return format_decimal(value, pattern, locale=_locale())


def _locale() -> str:
    """Mails are rendered outside a request, where Flask-Babel knows no locale."""
    return str(get_locale() or "nl")


TIME_STYLES: dict[str, Callable[[Any], str]] = {
    "moment": moment,
    "long_date": long_date,
    "short_date": short_date,
    "clock_time": clock_time,
}
AUDIENCES = {
    Audience.RAAD: lazy_gettext("raadsleden"),
    Audience.COLLEGE: lazy_gettext("collegeleden"),
    Audience.AMBTELIJK: lazy_gettext("ambtenaren"),
    Audience.BEDRIJF: lazy_gettext("bedrijven"),
    Audience.KENNISINSTELLING: lazy_gettext("kennisinstellingen"),
    Audience.MAATSCHAPPELIJK: lazy_gettext("maatschappelijke instellingen"),
    Audience.BUURGEMEENTE: lazy_gettext("buurgemeenten"),
}
ORGANISATION_KINDS = {
    OrganisationKind.MUNICIPALITY: lazy_gettext("Gemeente"),
    OrganisationKind.NEIGHBOUR: lazy_gettext("Buurgemeente"),
    OrganisationKind.AFFILIATED: lazy_gettext("Verbonden partij"),
    OrganisationKind.AUTHORITY: lazy_gettext("Provincie of Rijk"),
    OrganisationKind.COMPANY: lazy_gettext("Bedrijf"),
    OrganisationKind.KNOWLEDGE: lazy_gettext("Kennisinstelling"),
    OrganisationKind.SOCIETAL: lazy_gettext("Maatschappelijke instelling"),
}
ORGANISATION_GROUPS = {
    OrganisationKind.MUNICIPALITY: lazy_gettext("Gemeenten"),
    OrganisationKind.NEIGHBOUR: lazy_gettext("Buurgemeenten"),
    OrganisationKind.AFFILIATED: lazy_gettext("Verbonden partijen"),
    OrganisationKind.AUTHORITY: lazy_gettext("Provincie en Rijk"),
    OrganisationKind.COMPANY: lazy_gettext("Bedrijven"),
    OrganisationKind.KNOWLEDGE: lazy_gettext("Kennisinstellingen"),
    OrganisationKind.SOCIETAL: lazy_gettext("Maatschappelijke instellingen"),
}
FILTERS = {
    "audience_names": audience_names,
    "clock_time": clock_time,
    "closed_point": closed_point,
    "day_number": day_number,
    "dayflow": dayflow.draw,
    "document_line": document_line,
    "file_kind": file_kind,
    "file_size": file_size,
    "first_paragraph": first_paragraph,
    "later_paragraphs": later_paragraphs,
    "limited_markdown": limited_markdown.render,
    "long_date": long_date,
    "moment": moment,
    "month_name": month_name,
    "number": number,
    "paragraphs": paragraphs,
    "period": period,
    "phone": phone,
    "plain_markdown": limited_markdown.plain,
    "plural": plural,
    "short_date": short_date,
    "time_range": time_range,
    "time_tag": time_tag,
    "where": where,
}
