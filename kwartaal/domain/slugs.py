"""Addresses made from names: of meetings, venues and series."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from kwartaal.amsterdam import amsterdam_date
from kwartaal.models.meeting import Meeting, keep_old_slug, slugs_beginning_with
from kwartaal.models.openness import Openness
from kwartaal.models.series import Series

LONGEST = 70  # leaves room for a date and a number in the columns that hold a slug
# Letters that Unicode does not take apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug_from(text: str, otherwise: str) -> str:
    """Small letters without accents, digits and hyphens; `otherwise` when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN_LETTERS))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    words = [word for word in re.split("[^a-z0-9]+", kept.replace("'", "")) if word]
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST]
    return slug or otherwise


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """The slug itself, or with the first number that nobody has."""
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def meeting_slug(title: str, series: Series, day: date, openness: Openness) -> str:
    """Title and date; of what is not openbaar body and date, never the title.

    Source: decision "Openness".
    """
    group = series.body.name if series.body else series.name
    name = title if openness == Openness.OPENBAAR else group
    return f"{slug_from(name, 'bijeenkomst')}-{day.isoformat()}"


def follow_title(meeting: Meeting, title: str | None = None) -> None:
    """Give a meeting the address that fits it now.

    Once announced, the address it had keeps redirecting for whoever may see the meeting. For a
    published meeting this is called when a version with a new title is published: its draft title
    must not be read in an address. `title` is another one than that of the draft.
    """
    day = amsterdam_date(meeting.starts_at)
    wanted = meeting_slug(title or meeting.title, meeting.series, day, meeting.openness)
    if fits(meeting.slug, wanted):
        return
    new = free_slug(wanted, slugs_beginning_with(wanted, meeting))
    keep_old_slug(meeting, new)
    meeting.slug = new


def fits(slug: str | None, wanted: str) -> bool:
    """Whether a slug is the wanted one, maybe with a number after it."""
    return bool(slug) and re.fullmatch(re.escape(wanted) + "(-[0-9]{1,3})?", slug or "") is not None
