"""The programme as the desk lists it: one row per item, workshops under their round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from kwartaal.amsterdam import amsterdam_date
from kwartaal.domain.programme import Programme, in_order, workshops_of
from kwartaal.domain.publication_checks import Draft
from kwartaal.domain.snapshots import Content, parts_of
from kwartaal.filters import in_amsterdam, number, plural, short_date
from kwartaal.models.meeting import Meeting
from kwartaal.models.programme import ItemKind, ProgrammeItem, SignUp, workshop_code


@dataclass(frozen=True)
class ProgrammeRow:
    """A line of the list; `index` is its place among what stands beside it, counted from 0."""

    item: ProgrammeItem
    label: str
    sub: str
    index: int
    last: int
    news: str = ""

    @property
    def is_round(self) -> bool:
        return self.item.kind == ItemKind.ROUND

    @property
    def is_workshop(self) -> bool:
        return self.item.is_workshop


def rows_of(draft: Draft) -> list[ProgrammeRow]:
    """Every item in the order of the day, with what is new or changed since the last version."""
    news = _news(draft)
    rows = _rows(draft.meeting, draft.items)
    return [replace(row, news=news.get(row.item.id, "")) for row in rows]


def _news(draft: Draft) -> dict[int, str]:
    """By item; nothing before there is a version to compare with."""
    if draft.latest is None or draft.latest.is_announcement:
        return {}
    before = {part["id"]: _alone(part) for part in parts_of(draft.latest.content)}
    return {
        part["id"]: str(_("Gewijzigd") if part["id"] in before else _("Nieuw"))
        for part in parts_of(draft.content)
        if before.get(part["id"]) != _alone(part)
    }


def _alone(part: Content) -> Content:
    """A part of the day without the workshops in it, which are rows of their own."""
    return {name: value for name, value in part.items() if name != "workshops"}


def _meanwhile(item: ProgrammeItem, before: Sequence[ProgrammeItem]) -> str | None:
    """What began earlier and goes on: it may be meant, such as a meal during a round."""
    going_on = [one.title for one in before if item.starts_at < one.ends_at]
    if item.is_cancelled or not going_on:
        return None
    return str(_("tegelijk met ‘%(titles)s’", titles="’, ‘".join(going_on)))


def _rows(meeting: Meeting, programme: Programme) -> Iterator[ProgrammeRow]:
    days = amsterdam_date(meeting.ends_at) - amsterdam_date(meeting.starts_at)
    top = in_order([item for item in programme if item.round is None])
    rounds = 0
    for index, item in enumerate(top):
        is_round = item.kind == ItemKind.ROUND
        workshops = workshops_of(item, programme) if is_round else []
        rounds += is_round
        sub = _round_line(workshops) if is_round else _line(item)
        if (meanwhile := _meanwhile(item, top[:index])) is not None:
            sub = ", ".join(part for part in (sub, meanwhile) if part)
        if days:
            sub = ", ".join(part for part in (short_date(item.starts_at), sub) if part)
        yield ProgrammeRow(item, times(item), sub, index, len(top) - 1)
        for place, workshop in enumerate(workshops):
            label = workshop_code(rounds, place)
            yield ProgrammeRow(workshop, label, _line(workshop, item), place, len(workshops) - 1)


def times(item: ProgrammeItem) -> str:
    """12.00–13.00"""
    start, end = in_amsterdam(item.starts_at), in_amsterdam(item.ends_at)
    return f"{start.hour}.{start.minute:02}–{end.hour}.{end.minute:02}"


def _round_line(workshops: Programme) -> str:
    """3 workshops en 1 geannuleerd, 78 plekken"""
    given = [workshop for workshop in workshops if not workshop.is_cancelled]
    count = ngettext("%(num)s workshop", "%(num)s workshops", len(given))
    if len(given) < len(workshops):
        cancelled = number(len(workshops) - len(given))
        count = _("%(workshops)s en %(count)s geannuleerd", workshops=count, count=cancelled)
    limits = [workshop.maximum for workshop in given if workshop.maximum is not None]
    if not given or len(limits) < len(given):
        return str(count)
    return f"{count}, {plural(sum(limits), _('plek'), _('plekken'))}"


def _line(item: ProgrammeItem, round_: ProgrammeItem | None = None) -> str:
    """Room, places and speakers, as far as there are any; times where they differ."""
    differs = round_ is not None and times(item) != times(round_)
    parts = [str(_("gaat niet door"))] if item.is_cancelled else []
    parts += [times(item)] if differs else []
    parts += [item.room.name] if item.room else []
    parts += [_places(item)] if item.takes_sign_up else []
    parts += [speaker.name for speaker in item.speakers]
    return ", ".join(parts)


def _places(item: ProgrammeItem) -> str:
    if item.sign_up == SignUp.OPEN or item.maximum is None:
        return str(_("%(count)s aangemeld", count=number(item.taken)))
    if item.has_free_place:
        return str(
            _(
                "%(taken)s van %(maximum)s plekken bezet",
                taken=number(item.taken),
                maximum=number(item.maximum),
            )
        )
    full = _("vol") if not item.has_room else _("plek vrij")
    if not item.waiting:
        return str(full)
    return f"{full}, {_('%(count)s op de wachtlijst', count=number(item.waiting))}"
