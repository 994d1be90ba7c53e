"""The page on which somebody registers: made from the programme, read back by its names.

Fields (the load tests send the same): `office`, `round-<id>` (a workshop, or empty for none),
`item-<id>` for what stands outside the rounds, `waitlist_if_full`, `asked` with the id of each
round that was on the page, and `seen`, how often the registration had changed by then. All ids are
public ones. `waitlist_if_full` with the id of a round or an item is for that one alone; with
anything else it is for the meeting and everything in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _

from kwartaal.blueprints.registrations.fields import (
    NO_WORKSHOP,
    RoundField,
    Sent,
    TickField,
    is_full,
)
from kwartaal.domain.refusals import ItemsFull, Refused
from kwartaal.domain.registrations import Wish
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Office
from kwartaal.models.programme import ItemKind, ProgrammeItem
from kwartaal.models.published import PublishedItem, PublishedMeeting
from kwartaal.models.registration import RegistrationState
from kwartaal.models.standing import Chosen, Standing
from kwartaal.translations import sentence

WAITLIST = "waitlist_if_full"


class RegistrationForm:
    """Everything on the page, filled with what somebody has, or with what was just sent."""

    def __init__(
        self,
        meeting: Meeting,
        published: PublishedMeeting,
        offices: Sequence[Office],
        standing: Standing | None,
    ) -> None:
        self.published = published
        self.offices = offices
        self.standing = standing if standing and standing.registration.is_live else None
        self.office = self._office_now()
        chosen = {one.choice.item_id: one for one in self.standing.chosen} if self.standing else {}
        fields = (self._round(round_, chosen) for round_ in published.rounds)
        self.rounds = [one for one in fields if one.options]
        self.ticks = [
            TickField(item, chosen.get(item.id), item.id in chosen)
            for item in published.items
            if item.takes_sign_up
        ]
        # A newcomer to a full meeting joins its line, and only wishes for what is in it.
        self.joins_line = not self.is_change and not meeting.has_free_place
        # What this page is about, so that an older one does not undo a newer choice.
        self.seen = standing.registration.revisions if standing else 0
        self.seen_before: int | None = None
        self.waits: frozenset[str] = frozenset()
        self.office_error: str | None = None
        self.whole_errors: list[str] = []

    @property
    def is_change(self) -> bool:
        """Whether somebody is registered already."""
        return self.standing is not None

    @property
    def takes_places(self) -> bool:
        """Not while one waits for the meeting itself: choices are wishes then."""
        if self.standing is None:
            return not self.joins_line
        return self.standing.registration.state == RegistrationState.PLACED

    def read(self, sent: Sent) -> None:
        """Take over what was sent; what is wrong with it stands at the fields."""
        for one in self._fields:
            one.read(sent)
        self.seen_before = sent.get("seen", type=int)
        self.waits = frozenset(value for value in sent.getlist(WAITLIST) if value)
        if self.takes_places:
            self._mark_full(self._chosen_full())
        if len(self.offices) > 1 or "office" in sent:
            self.office = self._office_with(sent.get("office", ""))
        if self.office is None:
            self.office_error = _("Kies waarvoor u komt.")
        unknown = {name for name in sent if sent.get(name) and self._is_unknown(name)}
        off = [item for item in self.off if f"item-{item.public_id}" in unknown]
        for item in off:
            self.whole_errors.append(_("‘%(title)s’ gaat niet door.", title=item.title))
        if len(unknown) > len(off):
            self.whole_errors.append(_("Een van uw keuzes bestaat niet meer. Kies opnieuw."))

    def wish(self, items: Mapping[int, ProgrammeItem]) -> Wish:
        """What a form without errors asks for; `items` are the meeting's rows by id."""
        if self.office is None:
            raise ValueError("a form without an office has an error")
        workshops = [one.workshop.id for one in self.rounds if one.workshop]
        ticked = [one.item.id for one in self.ticks if one.chosen]
        return Wish(
            office=self.office,
            items=tuple(items[item_id] for item_id in (*workshops, *ticked)),
            waitlist_if_full=self._waits_for_all,
            waits_for=frozenset(self._waits_for()),
            seen=self.seen_before,
        )

    def suggest(self, public_id: str) -> None:
        """Choose what was pressed on the programme; where it is full, the line for it."""
        self.waits = frozenset(one.key for one in self._fields if one.suggest(public_id))

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal at the field it is about."""
        if isinstance(refusal, ItemsFull):
            self._mark_full({getattr(item, "id", 0) for item in refusal.items})
        elif refusal.field == "office":
            self.office_error = sentence(refusal)
        else:
            self.whole_errors.append(sentence(refusal))

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: (id of the input, sentence) in the order of the page."""
        return list(self._errors())

    @property
    def summary(self) -> list[tuple[str, str | None, str]]:
        """What is chosen so far: (what it is about, the choice or None, name of the field)."""
        rounds = [(one.round.title, self._words(one), one.name) for one in self.rounds]
        ticks = [
            (one.item.title, _("Ja") if one.chosen else _("Nee"), one.name) for one in self.ticks
        ]
        return [*rounds, *ticks]

    @property
    def only_meals(self) -> bool:
        """Whether what stands outside the rounds is all food and drink."""
        return all(one.item.kind in (ItemKind.LUNCH, ItemKind.DRINKS) for one in self.ticks)

    @property
    def off(self) -> list[PublishedItem]:
        """What one could tick until it was cancelled."""
        return [item for item in self.published.items if item.cancelled is not None]

    @property
    def tick_error(self) -> str | None:
        return next((one.error for one in self.ticks if one.error), None)

    @property
    def _fields(self) -> list[RoundField | TickField]:
        return [*self.rounds, *self.ticks]

    def _errors(self) -> Iterator[tuple[str | None, str]]:
        yield from ((None, words) for words in self.whole_errors)
        if self.office_error:
            yield "office-1" if len(self.offices) > 1 else None, self.office_error
        for one in self.rounds:
            if one.error:
                yield one.first_input, f"{one.round.title}: {one.error}"
        for tick in self.ticks:
            if tick.error:
                yield tick.name, f"{tick.item.title}: {tick.error}"

    def _words(self, one: RoundField) -> str | None:
        if one.chosen == NO_WORKSHOP:
            return str(_("Geen workshop in deze ronde"))
        if one.workshop:
            return one.workshop.title
        return None if self.errors else str(_("Nog niet gekozen"))

    def _chosen_full(self) -> set[int]:
        """What is full already and is not waited for; the operation looks again under its locks."""
        workshops = [one.workshop for one in self.rounds if one.workshop and not one.is_kept]
        ticked = [one.item for one in self.ticks if one.chosen and not one.is_kept]
        waited_for = set(self._waits_for())
        return {
            item.id
            for item in (*workshops, *ticked)
            if is_full(item) and item.id not in waited_for and not self._waits_for_all
        }

    def _mark_full(self, item_ids: set[int]) -> None:
        for one in self.rounds:
            if one.workshop and one.workshop.id in item_ids:
                one.error = _(
                    "‘%(title)s’ is vol. Kies de wachtlijst of een andere workshop.",
                    title=one.workshop.title,
                )
        for tick in self.ticks:
            if tick.item.id in item_ids:
                tick.error = _("Dit is vol. Kies de wachtlijst of haal het vinkje weg.")

    def _round(self, round_: PublishedItem, chosen: Mapping[int, Chosen]) -> RoundField:
        mine = next((chosen[one.id] for one in round_.workshops if one.id in chosen), None)
        if mine is None or mine.item is None:
            return RoundField(round_, chosen=NO_WORKSHOP if self.is_change else None)
        return RoundField(round_, mine, mine.item.public_id)

    def _office_now(self) -> Office | None:
        """The only office that fits, or the one somebody registered with."""
        if len(self.offices) == 1:
            return self.offices[0]
        return next((office for office in self.offices if self._came_as(office)), None)

    def _came_as(self, office: Office) -> bool:
        if self.standing is None:
            return False
        was = self.standing.registration
        return (was.organisation_id, was.office_name) == (office.organisation_id, office.kind.name)

    def _office_with(self, public_id: str) -> Office | None:
        return next((one for one in self.offices if str(one.public_id) == public_id), None)

    @property
    def _waits_for_all(self) -> bool:
        return not self.waits <= {one.key for one in self._fields}

    def _waits_for(self) -> Iterator[int]:
        for one in self.rounds:
            if one.key in self.waits:
                yield from (workshop.id for workshop in one.options)
        yield from (tick.item.id for tick in self.ticks if tick.key in self.waits)

    def _is_unknown(self, name: str) -> bool:
        known = {one.name for one in self._fields}
        return name.startswith(("round-", "item-")) and name not in known
