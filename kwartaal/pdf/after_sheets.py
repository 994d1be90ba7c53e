"""What is read after a meeting, on paper: the recap, and what one council hears."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from kwartaal.domain.council_summaries import CouncilSummary
from kwartaal.filters import audience_names, long_date, number, short_date, time_range
from kwartaal.models.published import PublishedDocument, PublishedItem, PublishedMeeting
from kwartaal.models.recap import Recap
from kwartaal.pdf.rich_text import markdown_blocks, plain_blocks
from kwartaal.pdf.sheets import Words, day_facts, document_lines, frame
from kwartaal.pdf.typesetting import Sheet


@dataclass(frozen=True)
class Readings:
    """What a recap leads to: pages as (name, full address), and the presentations."""

    pages: Sequence[tuple[str, str]]
    presentations: Iterable[PublishedDocument]


@dataclass(frozen=True)
class DatedSource:
    """The page that a paper prints, and the day in Amsterdam on which it did."""

    address: str
    today: date


def recap_sheet(
    recap: Recap, published: PublishedMeeting, readings: Readings, address: str
) -> Sheet:
    """The recap as it is on the site."""
    day = short_date(recap.published_at) if recap.published_at else ""
    foot = _("Vlugschrift van %(day)s", day=day)
    words = {
        "words": {
            "day": _("Over de dag"),
            "more": _("Verder lezen"),
            "presentations": _("Presentaties"),
        },
        "blocks": markdown_blocks(recap.text),
        "links": [{"label": label, "address": address} for label, address in readings.pages],
        "documents": document_lines(readings.presentations),
    }
    framed = frame(recap.title, recap.title, foot, address)
    return Sheet.of("recap", words | framed | {"lead": recap.lead, "facts": day_facts(published)})


def council_sheet(
    municipality: str, published: PublishedMeeting, summary: CouncilSummary, source: DatedSource
) -> Sheet:
    """The counts of one municipality as its page shows them: hidden there is hidden here."""
    heading = _("Terugkoppeling voor de raad van %(name)s", name=municipality)
    words = {
        "words": {
            "who": _("Wie er was namens %(name)s", name=municipality),
            "programme": _("Wat er op het programma stond"),
        },
        "columns": [_("Groep"), _("Aangemeld"), _("Aanwezig")],
        "rows": _rows(summary),
        "notes": plain_blocks("\n\n".join(_notes(municipality, summary))),
        "items": [_part(item, published) for item in published.items],
    }
    foot = _("Stand van %(day)s.", day=long_date(source.today))
    framed = frame(f"{heading} - {published.title}", heading, foot, source.address)
    about = {"lead": published.title, "facts": day_facts(published)}
    return Sheet.of("council", words | framed | about)


def _rows(summary: CouncilSummary) -> list[list[str]]:
    few, hidden = _("minder dan 3"), _("niet getoond")
    lines = [
        [audience_names([line.group]), _shown(line.registered, few), _shown(line.present, few)]
        for line in summary.lines
    ]
    totals = (_shown(total, hidden) for total in (summary.registered, summary.present))
    return [*lines, [_("Samen"), *totals]]


def _shown(count: int | None, instead: str) -> str:
    return instead if count is None else number(count)


def _notes(municipality: str, summary: CouncilSummary) -> list[str]:
    notes = [
        _("Geteld is wie namens %(name)s kwam als raad, college of ambtenaar.", name=municipality),
        _("Aangemeld is wie een plek had. Aanwezig is wie er was, ook zonder aanmelding."),
    ]
    if summary.hides:
        notes.append(
            _(
                "Bij groepen buiten raad en college tonen we geen aantal onder de 3. "
                "Dan tonen we ook niet hoeveel het er samen zijn."
            )
        )
    return notes


def _part(item: PublishedItem, published: PublishedMeeting) -> Words:
    return {
        "title": f"{time_range(item.starts_at, item.ends_at)}: {item.title}",
        "workshops": [_workshop(one, published) for one in item.workshops],
    }


def _workshop(workshop: PublishedItem, published: PublishedMeeting) -> str:
    name = f"{published.codes[workshop.id]} {workshop.title}"
    return name if workshop.cancelled is None else f"{name} ({_('ging niet door')})"
