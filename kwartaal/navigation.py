"""Where one can go at the desk: only pages that exist, and only what the visitor may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from kwartaal import clock
from kwartaal.change_lines import ChangeLine, lines_of
from kwartaal.domain.planned_publications import would_fail
from kwartaal.domain.preparation_refusals import (
    MaximumAboveRoom,
    RoomTaken,
    RoomTakenByClosed,
    RoomTakenElsewhere,
)
from kwartaal.domain.publication_checks import Check, Draft, check
from kwartaal.domain.publications import draft_of, has_unpublished_changes
from kwartaal.domain.refusals import (
    DateOrPlaceChanged,
    ItemOutsideMeeting,
    NobodyAdmitted,
    NoPlaceChosen,
    NoProgramme,
    Refused,
    RegistrationWindowMissing,
    RoomElsewhere,
    RoundsOverlap,
    RoundWithoutWorkshops,
    WorkshopOutsideRound,
)
from kwartaal.domain.version_changes import changes_between
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.planned_publication import PlannedPublication, find_plan
from kwartaal.permissions import Permission, allowed, viewer
from kwartaal.translations import sentence

DESK = "/beheer/"
# Pages about one meeting belong to "Bijeenkomsten", whichever blueprint shows them.
MEETING_PAGES = f"{DESK}bijeenkomsten/"
ATTENDANCE = "attendance.show"
AFTERWARDS = "afterwards.desk"
PROGRAMME = "programme.show"


@dataclass(frozen=True)
class DeskPage:
    """A page of the desk: where it is, what it is called, who may use it, what it is for."""

    endpoint: str
    label: LazyString
    permission: Permission
    purpose: LazyString | None = None


@dataclass(frozen=True)
class Link:
    """A link to such a page. `current` is true on that page and on all pages under it."""

    label: str
    url: str
    current: bool
    purpose: str = ""

    @property
    def is_this_page(self) -> bool:
        return self.url == request.path


DESK_PAGES = (
    DeskPage("desk.show", lazy_gettext("Overzicht"), Permission.USE_DESK),
    DeskPage(
        "preparing.index",
        lazy_gettext("Bijeenkomsten"),
        Permission.MANAGE_MEETINGS,
        lazy_gettext("Programma, agenda en aanmelden voorbereiden"),
    ),
    DeskPage(
        "attendance.index",
        lazy_gettext("Aanwezigheid"),
        Permission.SEE_ATTENDANCE,
        lazy_gettext("Wie er komt, wie er was en wie er wacht"),
    ),
    DeskPage(
        "people.index",
        lazy_gettext("Personen"),
        Permission.SEE_PEOPLE,
        lazy_gettext("Wie er in de regio meedoet, met ambt en adres"),
    ),
    DeskPage(
        "organisations.index",
        lazy_gettext("Organisaties"),
        Permission.MANAGE_ORGANISATIONS,
        lazy_gettext("Gemeenten, bedrijven en instellingen"),
    ),
    DeskPage(
        "venues.index",
        lazy_gettext("Locaties"),
        Permission.MANAGE_MEETINGS,
        lazy_gettext("Gebouwen en hun zalen"),
    ),
    DeskPage(
        "series.index",
        lazy_gettext("Reeksen"),
        Permission.MANAGE_MEETINGS,
        lazy_gettext("Soorten bijeenkomsten en waar agendapunten voor zijn"),
    ),
    DeskPage(
        "accounts.index",
        lazy_gettext("Accounts"),
        Permission.MANAGE_ACCOUNTS,
        lazy_gettext("Rollen, inlogadressen en sessies"),
    ),
    DeskPage(
        "audit.index",
        lazy_gettext("Logboek"),
        Permission.SEE_AUDIT_LOG,
        lazy_gettext("Wie wat wanneer deed"),
    ),
)
MEETING_TABS = (
    DeskPage("preparing.show", lazy_gettext("Overzicht"), Permission.MANAGE_MEETINGS),
    DeskPage("preparing.edit", lazy_gettext("Gegevens"), Permission.MANAGE_MEETINGS),
    DeskPage("programme.show", lazy_gettext("Programma"), Permission.MANAGE_MEETINGS),
    DeskPage("agenda.desk", lazy_gettext("Agenda"), Permission.MANAGE_MEETINGS),
    DeskPage("documents.desk", lazy_gettext("Stukken"), Permission.MANAGE_MEETINGS),
    DeskPage("preparing.registration", lazy_gettext("Aanmelden"), Permission.MANAGE_MEETINGS),
    DeskPage("publications.show", lazy_gettext("Publiceren"), Permission.PUBLISH),
    DeskPage(ATTENDANCE, lazy_gettext("Aanwezigheid"), Permission.SEE_ATTENDANCE),
    DeskPage(AFTERWARDS, lazy_gettext("Na afloop"), Permission.MANAGE_MEETINGS),
)


# What to do about what is wrong, and on which page.
MENDING: dict[type[Refused], tuple[str, LazyString]] = {
    DateOrPlaceChanged: ("publications.show", lazy_gettext("Naar publiceren")),
    NoPlaceChosen: ("preparing.edit", lazy_gettext("Kies een locatie")),
    RegistrationWindowMissing: ("preparing.registration", lazy_gettext("Naar het aanmelden")),
    NobodyAdmitted: ("preparing.registration", lazy_gettext("Naar het aanmelden")),
    NoProgramme: (PROGRAMME, lazy_gettext("Naar het programma")),
    RoundWithoutWorkshops: (PROGRAMME, lazy_gettext("Naar deze ronde")),
    ItemOutsideMeeting: (PROGRAMME, lazy_gettext("Wijzig de tijd")),
    RoundsOverlap: (PROGRAMME, lazy_gettext("Wijzig de tijd")),
    WorkshopOutsideRound: (PROGRAMME, lazy_gettext("Wijzig de tijd")),
    RoomElsewhere: (PROGRAMME, lazy_gettext("Kies een andere zaal")),
    RoomTaken: (PROGRAMME, lazy_gettext("Kies een andere zaal")),
    RoomTakenElsewhere: (PROGRAMME, lazy_gettext("Kies een andere zaal")),
    RoomTakenByClosed: (PROGRAMME, lazy_gettext("Kies een andere zaal")),
    MaximumAboveRoom: (PROGRAMME, lazy_gettext("Kies een andere zaal of minder plekken")),
}


class CheckLine(NamedTuple):
    """A line of the list before publishing; `url` is where to mend what is wrong."""

    in_order: bool
    sentence: str
    url: str | None = None
    words: str = ""


@dataclass(frozen=True)
class MeetingFrame:
    """What stands around every page about one meeting: the tabs, and how it stands."""

    draft: Draft
    tabs: list[Link]
    is_held: bool
    plan: PlannedPublication | None = None

    @property
    def meeting(self) -> Meeting:
        return self.draft.meeting

    @property
    def is_over(self) -> bool:
        """Whether its end has passed, cancelled or not."""
        return self.meeting.ends_at <= clock.now()

    @property
    def unpublished(self) -> bool:
        """Whether readers see something else than the draft."""
        return has_unpublished_changes(self.draft)

    @property
    def up_to_date(self) -> bool:
        """Whether readers see exactly the draft."""
        return self.meeting.state == MeetingState.PUBLISHED and not self.unpublished

    @property
    def plan_fails(self) -> bool:
        """Whether publishing is planned, and would not happen with the draft as it is."""
        return self.plan is not None and would_fail(self.plan, self.draft)

    @property
    def differences(self) -> list[ChangeLine]:
        """What publishing would change for readers, as this clerk may know it."""
        latest = self.draft.latest
        if latest is None or not self.unpublished:
            return []
        before, after = latest.content, self.draft.content
        changes = changes_between(self.meeting, before, after, viewer(), clock.today())
        return lines_of(changes)

    @property
    def checks(self) -> list[CheckLine]:
        """What stands between the draft and publishing, with where to mend it."""
        if self.meeting.is_cancelled:
            return []
        return [line for one in check(self.draft) for line in _lines(one, self.draft)]

    def link(self, endpoint: str) -> str | None:
        """The address of a page about the meeting; None when there is none for the visitor."""
        return meeting_link(endpoint, self.meeting)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"desk_nav": desk_nav()})


def desk_nav() -> list[Link]:
    """The menu of the desk; empty elsewhere."""
    if not request or not request.path.startswith(DESK):
        return []
    return [_desk_link(page) for page in DESK_PAGES if _is_open(page)]


def meeting_frame(meeting: Meeting) -> MeetingFrame:
    """Head and tabs of a page about a meeting, in the order in which one prepares it."""
    tabs = [_tab(page, meeting) for page in MEETING_TABS if _is_open_for(page, meeting)]
    held = meeting.is_held(clock.now())
    return MeetingFrame(draft_of(meeting), tabs, held, find_plan(meeting.id))


def meeting_link(endpoint: str, meeting: Meeting) -> str | None:
    """The address of a page about a meeting; None when there is no such page for the visitor."""
    page = next((tab for tab in MEETING_TABS if tab.endpoint == endpoint), None)
    if page is None or not _is_open_for(page, meeting):
        return None
    return url_for(endpoint, slug=meeting.slug)


def _lines(one: Check, draft: Draft) -> list[CheckLine]:
    wrong = [
        CheckLine(False, sentence(refusal), *_mend(refusal, draft)) for refusal in one.refusals
    ]
    return wrong or [CheckLine(True, str(_(one.right)))]


def _mend(refusal: Refused, draft: Draft) -> tuple[str | None, str]:
    """Where a clerk can mend what is wrong, and in words what to do there."""
    words = next((said for kind, said in MENDING.items() if isinstance(refusal, kind)), None)
    if words is None:
        return None, ""
    endpoint, said = words
    url = meeting_link(endpoint, draft.meeting)
    named = [item for item in draft.items if item.title == refusal.values.get("title")]
    if url is not None and endpoint == PROGRAMME and len(named) == 1:
        key = named[0].public_id
        url = url_for("programme.edit", slug=draft.meeting.slug, key=key, _anchor=f"item-{key}")
    return url if url != request.path else None, str(said)


def _is_open(page: DeskPage) -> bool:
    return page.endpoint in current_app.view_functions and allowed(page.permission)


def _is_open_for(page: DeskPage, meeting: Meeting) -> bool:
    """Nobody comes to a concept yet, and what is for afterwards is there after the meeting."""
    if page.endpoint == AFTERWARDS and not meeting.is_held(clock.now()):
        return False
    comes_later = page.endpoint == ATTENDANCE and meeting.state == MeetingState.CONCEPT
    return _is_open(page) and not comes_later


def _desk_link(page: DeskPage) -> Link:
    url = url_for(page.endpoint)
    here = MEETING_PAGES if page.endpoint == _owner_of_meeting_pages() else url
    current = request.path == url if url == DESK else request.path.startswith((url, here))
    return Link(str(page.label), url, current, str(page.purpose or ""))


def _owner_of_meeting_pages() -> str:
    """A griffier comes to the pages of a meeting only for its attendance."""
    prepares = allowed(Permission.MANAGE_MEETINGS)
    return "preparing.index" if prepares else "attendance.index"


def _tab(page: DeskPage, meeting: Meeting) -> Link:
    url = url_for(page.endpoint, slug=meeting.slug)
    overview = page.endpoint == "preparing.show"
    current = request.path == url if overview else request.path.startswith(url)
    # The waiting list has an address of its own and stands under the same tab.
    waiting_list = page.endpoint == ATTENDANCE and request.blueprint == "attendance"
    return Link(str(page.label), url, current or waiting_list)
