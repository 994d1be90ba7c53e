"""Reading the log: its lines, and what they are about as far as the reader may know it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, lazyload

from kwartaal.db import db
from kwartaal.models.audit import AuditAction, AuditEntry
from kwartaal.models.meeting import Meeting, MeetingSlug
from kwartaal.models.organisation import Organisation
from kwartaal.models.person import Person
from kwartaal.models.publication import published_titles
from kwartaal.models.visibility import Sight, Viewer, visible_meetings

EXPORTS_SHOWN = 20


def log_lines(action: AuditAction | None = None) -> Select[AuditEntry]:
    """The log, newest first, of one kind or all; with who did it."""
    statement = (
        select(AuditEntry)
        .options(joinedload(AuditEntry.actor).lazyload(Person.roles))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return statement if action is None else statement.where(AuditEntry.action == action)


def exports_of(meeting: Meeting, actor: Person | None = None) -> list[AuditEntry]:
    """The newest exports of a meeting's list, under any address it had; of one person or of all."""
    slugs = select(MeetingSlug.slug).where(MeetingSlug.meeting_id == meeting.id)
    subjects = [f"meeting:{slug}" for slug in (meeting.slug, *db.session.scalars(slugs))]
    statement = log_lines(AuditAction.EXPORTED).where(AuditEntry.subject.in_(subjects))
    if actor is not None:
        statement = statement.where(AuditEntry.actor_id == actor.id)
    return list(db.session.scalars(statement.limit(EXPORTS_SHOWN)))


def names_of(entries: Iterable[AuditEntry], viewer: Viewer, today: date) -> dict[str, str]:
    """What lines are about, by subject ("person:…"): only what the viewer may see has a name.

    A fixed number of queries. Whoever is named as the one an assistant acts for is in it too.
    """
    subjects = {entry.subject for entry in entries}
    subjects |= {f"person:{entry.detail['acts_for']}" for entry in entries if _has_principal(entry)}
    return (
        _people(_keys(subjects, "person"))
        | _meetings(_keys(subjects, "meeting"), viewer, today)
        | _organisations(_keys(subjects, "organisation"))
    )


def _has_principal(entry: AuditEntry) -> bool:
    return "acts_for" in entry.detail


def _keys(subjects: set[str], kind: str) -> list[str]:
    """What stands after "person:" and the like."""
    return [key for found, _colon, key in (s.partition(":") for s in subjects) if found == kind]


def _people(keys: list[str]) -> dict[str, str]:
    ids = [uuid.UUID(key) for key in keys]
    statement = select(Person).options(lazyload(Person.roles)).where(Person.public_id.in_(ids))
    return {f"person:{one.public_id}": one.full_name for one in db.session.scalars(statement)}


def _organisations(slugs: list[str]) -> dict[str, str]:
    statement = select(Organisation).where(Organisation.slug.in_(slugs))
    return {f"organisation:{one.slug}": one.name for one in db.session.scalars(statement)}


def _meetings(slugs: list[str], viewer: Viewer, today: date) -> dict[str, str]:
    """Titles that the viewer may read, under the address of now and those of before."""
    earlier = select(MeetingSlug).where(MeetingSlug.slug.in_(slugs))
    moved = {old.slug: old.meeting_id for old in db.session.scalars(earlier)}
    statement = visible_meetings(viewer, today).where(
        or_(Meeting.slug.in_(slugs), Meeting.id.in_(moved.values()))
    )
    seen = {m.id: m.slug for m, sight in db.session.execute(statement) if sight == Sight.FULL}
    titles = published_titles(seen)
    now = {seen[meeting_id]: title for meeting_id, title in titles.items()}
    before = {slug: titles[m] for slug, m in moved.items() if m in titles}
    return {f"meeting:{slug}": title for slug, title in (before | now).items()}
