"""In which municipality a meeting is, as readers know it, and what stays where it moved away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kwartaal.db import Model, UtcDateTime, db
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Organisation, OrganisationKind
from kwartaal.models.publication import Publication
from kwartaal.models.published import PublishedMeeting, read_stored
from kwartaal.models.venue import Venue


class Hosting(Model):
    """A meeting in the feed of a municipality, from the first version that has it there.

    It holds what readers saw last, so that after a move the feed of the old municipality can say
    what is gone (RFC 5545 section 3.8.1.11): `left_at` and `sequence` are then set, and the rest
    stays as it was. The title is empty once the meeting was closed: what happened afterwards is
    not for outsiders.
    """

    __tablename__ = "hosting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("(left_at IS NULL) = (sequence IS NULL)", name="left"),
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )
    title: Mapped[str] = mapped_column(String(160))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int | None]

    meeting: Mapped[Meeting] = relationship()


def note_host(meeting: Meeting, latest: Publication, now: datetime) -> bool:
    """Let the feeds of municipalities follow a version, or the openness, that readers see now.

    What happens to a closed meeting is not for outsiders: no feed gets it, and those that had it
    keep the time they knew. True when one of those tells something else by that.
    """
    rows = {row.organisation_id: row for row in _rows_of(meeting.id)}
    if not meeting.is_public:
        return any([_close(row, meeting, now) for row in rows.values()])
    host = _municipality_of(latest)
    for organisation_id, row in rows.items():
        if organisation_id != host and row.left_at is None:
            row.left_at, row.sequence = now, meeting.calendar_revision
    if host is not None:
        row = rows.get(host) or Hosting(meeting_id=meeting.id, organisation_id=host)
        _stay(row, read_stored(latest))
        db.session.add(row)
    return False


def hosted_in(organisation_id: int) -> list[Hosting]:
    """What is, or was, in a municipality; each with its meeting."""
    statement = (
        select(Hosting)
        .options(joinedload(Hosting.meeting))
        .where(Hosting.organisation_id == organisation_id)
        .order_by(Hosting.meeting_id)
    )
    return list(db.session.scalars(statement))


def hosted_now(organisation_id: int) -> Select[int]:
    """The keys of the meetings that are in a municipality, by what readers saw last."""
    here = Hosting.organisation_id == organisation_id
    return select(Hosting.meeting_id).where(here, Hosting.left_at.is_(None))


def _rows_of(meeting_id: int) -> list[Hosting]:
    return list(db.session.scalars(select(Hosting).where(Hosting.meeting_id == meeting_id)))


def _municipality_of(version: Publication) -> int | None:
    """Of the building in it, as it is known at this moment."""
    venue = version.content["venue"]
    if venue is None:
        return None
    statement = (
        select(Organisation.id)
        .join(Venue, Venue.organisation_id == Organisation.id)
        .where(Venue.id == venue["id"], Organisation.kind == OrganisationKind.MUNICIPALITY)
    )
    return db.session.scalar(statement)


def _stay(row: Hosting, seen: PublishedMeeting) -> None:
    row.title = seen.title
    row.starts_at, row.ends_at = seen.starts_at, seen.ends_at
    row.left_at = row.sequence = None


def _close(row: Hosting, meeting: Meeting, now: datetime) -> bool:
    """Once; where it is, `WithdrawnEvent` tells that it is gone."""
    tells_otherwise = bool(row.title) and row.left_at is not None
    if tells_otherwise:
        row.left_at, row.sequence = now, meeting.calendar_revision
    row.title = ""
    return tells_otherwise
