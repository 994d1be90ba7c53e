"""Meetings that turned out otherwise than readers knew: closed, moved away, called off and on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kwartaal import worker
from kwartaal.db import db
from kwartaal.domain import meetings, moving, publications, restoring
from kwartaal.domain.meetings import Texts, time_and_place
from kwartaal.models.openness import Openness
from kwartaal.models.programme import programme_of
from kwartaal.models.venue import Venue
from tests.canaries.meetings import PaintedMeeting
from tests.canaries.viewers import NOBODY, PREPARERS
from tests.factories import a_venue

if TYPE_CHECKING:
    from tests.canaries.region import Region


def close(region: Region) -> None:
    """Of a body and public, moved to another municipality; then closed, and written on.

    Its guests were told while they might know, and of all that the calendars of both
    municipalities had it. What they may still be told is that it is gone.
    """
    one = region.closed
    region.publish(one, region.clock())
    for person in region.guests_of_open:
        region.register(person, one, region.clock())
    _tell(region)
    _move(region, one)
    _tell(region)
    with region.at_work():
        meeting = region.load(one.meeting)
        texts = _other_texts(region, one)
        when, programme = time_and_place(meeting), programme_of(meeting.id)
        meetings.change(meeting, texts, when, programme, region.clerk, region.clock())
    region.publish(one, region.clock(), "closed")


def move_and_call_off(region: Region) -> None:
    """Moved to another municipality while a clerk writes on; called off, and on again."""
    one = region.moved
    region.publish(one, region.clock())
    for person in region.guests_of_open:
        region.register(person, one, region.clock())
    with region.at_work():
        region.repaint(one, "draft")
    _move(region, one)
    reason = region.words.word("meeting.cancel_reason moved", NOBODY)
    with region.at_work():
        publications.cancel(region.load(one.meeting), reason, region.clerk, region.clock())
    with region.at_work():
        restoring.restore_meeting(region.load(one.meeting), region.clerk, region.clock())


def _tell(region: Region) -> None:
    """Send what is due. Who gets it may read it now; it is not looked at afterwards."""
    while worker.run_once(region.app):
        pass
    for file in region.app.config["MAIL_DIR"].glob("*.eml"):
        file.unlink()


def _move(region: Region, one: PaintedMeeting) -> None:
    with region.at_work():
        meeting = region.load(one.meeting)
        to = replace(time_and_place(meeting), venue=_elsewhere(region, one))
        moving.move(meeting, to, region.clerk, region.clock())


def _elsewhere(region: Region, one: PaintedMeeting) -> Venue:
    """A building in the other municipality."""
    venue = a_venue(rooms=[], organisation=region.load(region.other_town))
    place = one.audience.of_place | PREPARERS
    one.paint(venue, "elsewhere", place, slug=PREPARERS)
    db.session.add(venue)
    db.session.flush()
    return venue


def _other_texts(region: Region, one: PaintedMeeting) -> Texts:
    title, introduction, note, online = (
        region.words.word(f"meeting.{what} closed afterwards", one.audience.of_all)
        for what in ("title", "introduction", "note", "online_address")
    )
    address = f"https://film.example/{online}"
    email = region.load(one.meeting).organiser_email
    return Texts(title, Openness.BESLOTEN, introduction, note, email, address)
