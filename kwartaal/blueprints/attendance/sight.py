"""Which meetings and whose people a visitor sees; every lookup of the blueprint goes through here.

Whoever prepares meetings sees everybody. A griffier sees, of the meetings open to them, who comes
for the own municipality (decision "Openness", Roles).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, request
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.attendance.words import coded
from kwartaal.models.attendance_list import Attendance
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.people_list import EVERYBODY, PeopleScope
from kwartaal.models.programme import ItemKind
from kwartaal.models.published import PublishedItem, PublishedMeeting, load_published
from kwartaal.navigation import MeetingFrame, meeting_frame
from kwartaal.permissions import (
    Permission,
    allowed,
    meeting_at_desk,
    own_municipalities,
    signed_in_person,
    viewer,
    visible_meeting,
)


@dataclass(frozen=True)
class Seen:
    """A meeting's attendance with what stands around it. `frame` is None for a griffier.

    `item` is the part of the programme whose list it is, None for the meeting as a whole.
    """

    attendance: Attendance
    published: PublishedMeeting | None
    frame: MeetingFrame | None
    item: PublishedItem | None = None

    @property
    def meeting(self) -> Meeting:
        return self.attendance.meeting

    @property
    def whole(self) -> Attendance:
        """The list of the meeting as a whole."""
        return replace(self.attendance, item_id=None)

    @property
    def title(self) -> str:
        """As readers know it; only whoever prepares the meeting sees a concept's."""
        return self.published.title if self.published else self.meeting.title

    @property
    def item_title(self) -> str | None:
        """Of the part whose list it is: "1A Waar bouwen we"."""
        return coded(self.item, self.published) if self.item else None

    @property
    def item_is_off(self) -> bool:
        """Whether the part whose list it is will not be given: what was noted stays to be read."""
        return self.item is not None and self.item.cancelled is not None

    @property
    def is_held(self) -> bool:
        return self.meeting.is_held(clock.now())

    @property
    def is_early(self) -> bool:
        """Whether the day of the meeting is still to come."""
        return self.attendance.day > clock.today()

    @property
    def may_mark(self) -> bool:
        """Whether the visitor writes down who is there, and whether there is anything to write."""
        is_on = self.meeting.state in (MeetingState.ANNOUNCED, MeetingState.PUBLISHED)
        return is_on and not self.item_is_off and allowed(Permission.MARK_ATTENDANCE)

    @property
    def limits(self) -> str | None:
        """Whose people the visitor sees, in words, when that is not everybody."""
        return limits(self.attendance.scope)


def attended_meeting(slug: str) -> Meeting:
    """The meeting as the visitor sees all of it, or 404; concepts for whoever prepares them."""
    return meeting_at_desk(slug) if viewer().prepares_meetings else visible_meeting(slug)


def attendance_at(slug: str) -> Attendance:
    """The list of a meeting as far as the visitor may see it, or 404."""
    return Attendance(attended_meeting(slug), scope())


def seen(slug: str) -> Seen:
    """The same with the head of the page, for the part of the programme that is asked for."""
    attendance = attendance_at(slug)
    frame = meeting_frame(attendance.meeting) if viewer().prepares_meetings else None
    published = load_published(attendance.meeting)
    item = asked_item(published)
    attendance = replace(attendance, item_id=item.id if item else None)
    return Seen(attendance, published, frame, item)


def asked_item(published: PublishedMeeting | None) -> PublishedItem | None:
    """The part of the programme in the address; what has no list asks for the whole meeting."""
    asked = request.args.get("onderdeel")
    return next((one for one in listed_items(published) if one.public_id == asked), None)


def marked_item(published: PublishedMeeting | None) -> PublishedItem | None:
    """The part that is written about: one that is not there (any more) is 404, never the whole."""
    item = asked_item(published)
    if item is None and request.args.get("onderdeel"):
        abort(404)
    return item


def listed_items(published: PublishedMeeting | None) -> list[PublishedItem]:
    """The parts with a list of their own: workshops, and what people sign up for."""
    items = published.all_items if published else ()
    return [one for one in items if one.takes_sign_up or one.kind == ItemKind.WORKSHOP]


def scope() -> PeopleScope:
    """Everybody for who prepares meetings; for a griffier, those of the own municipality."""
    if viewer().prepares_meetings:
        return EVERYBODY
    return PeopleScope(own_municipalities())


def limits(scope: PeopleScope) -> str | None:
    """Whose people are in the visitor's scope, in words; None for everybody."""
    if scope is EVERYBODY:
        return None
    names = sorted(g.organisation.name for g in signed_in_person().roles if g.organisation)
    return str(_("U ziet wie er komt namens %(names)s.", names=", ".join(names)))
