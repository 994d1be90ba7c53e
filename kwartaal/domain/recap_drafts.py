"""The first text of a recap, made of what the meeting's version and figures say.

Made once; from then on the text is the griffie's. What goes in is what outsiders may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kwartaal.domain.small_counts import shown_counts
from kwartaal.dutch import in_dutch
from kwartaal.models.attendance_figures import Figures
from kwartaal.models.organisation import Audience
from kwartaal.models.published_documents import PublishedDocument
from kwartaal.models.published_view import PublishedItem, PublishedMeeting

BEGINNINGS = re.compile(r"^(\d*)([.)+-])")  # of a list, where a line begins with it
MARKS = re.compile(r"([\\*_#>\[\]`])")


class RecapText(NamedTuple):
    """Title and lead are plain, the text is limited Markdown."""

    title: str
    lead: str
    text: str


def draft_recap(
    published: PublishedMeeting,
    figures: Mapping[Audience | None, Figures],
    day: str,
    group_names: Mapping[Audience, str],
) -> RecapText:
    """A text to finish, from a meeting as outsiders see it; `day` is its date in words.

    Who was there is counted per group. How many registered is not told: the total of that was on
    the site, and would give a small group away.
    """
    sections = [_workshops(published), _present(figures, group_names), _documents(published)]
    return RecapText(
        title=in_dutch("Vlugschrift: %(title)s", title=published.title)[:160],
        lead=_lead(published, day),
        text="\n\n".join("\n".join(lines) for section in sections if (lines := list(section))),
    )


def _lead(published: PublishedMeeting, day: str) -> str:
    place = published.place
    met = (
        in_dutch("Op %(day)s kwamen wij bij elkaar in %(place)s.", day=day, place=place)
        if place
        else in_dutch("Op %(day)s kwamen wij bij elkaar online.", day=day)
    )
    given = published.given
    if len(given) < 2:
        return met
    return f"{met} {in_dutch('Er waren %(count)s workshops.', count=len(given))}"


def _workshops(published: PublishedMeeting) -> Iterator[str]:
    given = published.given
    if given:
        yield from _heading(in_dutch("Workshops"))
    for workshop in given:
        code = published.codes[workshop.id]
        title = f"**{code} {_plain(workshop.title)}**"
        yield f"- {_with_speakers(title, workshop)}"


def _heading(words: str) -> Iterator[str]:
    yield from (f"# {words}", "")


def _with_speakers(title: str, item: PublishedItem) -> str:
    names = [_plain(speaker.name) for speaker in item.speakers]
    if not names:
        return title
    *others, last = names
    if not others:
        return in_dutch("%(title)s, met %(name)s", title=title, name=last)
    first = ", ".join(others)
    return in_dutch("%(title)s, met %(names)s en %(last)s", title=title, names=first, last=last)


def _present(
    figures: Mapping[Audience | None, Figures], group_names: Mapping[Audience, str]
) -> Iterator[str]:
    """All groups, also those of which nobody came: else a missing one would tell.

    Nothing where nobody was seen: then attendance was not kept, and zeros would be untrue.
    """
    if not any(one.present for one in figures.values()):
        return
    shown = shown_counts({group: figures.get(group, Figures()).present for group in Audience})
    yield from _heading(in_dutch("Wie er was"))
    few = in_dutch("minder dan 3")
    for group, count in shown.counts.items():
        yield f"- {group_names[group]}: {few if count is None else count}"
    if shown.total is not None:
        yield f"- {in_dutch('samen: %(total)s', total=shown.total)}"


def _documents(published: PublishedMeeting) -> Iterator[str]:
    titles = [_plain(one.title) for one in _readable(published) if one.title]
    if titles:
        yield from _heading(in_dutch("Stukken"))
        yield from (f"- {title}" for title in titles)


def _readable(published: PublishedMeeting) -> list[PublishedDocument]:
    documents = (document for _number, document in published.numbered_documents)
    return [one for one in documents if one.can_be_read and not one.is_closed]


def _plain(text: str) -> str:
    """The same words where limited Markdown is read."""
    return BEGINNINGS.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))
