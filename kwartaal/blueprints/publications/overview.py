"""The page on which one publishes: what changed, whom it concerns, what was published before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from kwartaal import clock
from kwartaal.blueprints.publications.aside import take_up
from kwartaal.blueprints.publications.forms import PublishForm
from kwartaal.change_lines import ChangeLine, lines_of
from kwartaal.domain.publication_checks import Draft
from kwartaal.domain.publication_refusals import WasMoved
from kwartaal.domain.refusals import Refused
from kwartaal.domain.retracting import LONGEST, check_can_retract
from kwartaal.domain.speaking import speakers_to_call
from kwartaal.domain.telling import (
    Concerned,
    concerned_by,
    concerned_by_draft,
    daily_mail_of,
    with_kept,
)
from kwartaal.domain.version_changes import changes_between
from kwartaal.forms import form_page
from kwartaal.mail.sample import to_call
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import people_to_call
from kwartaal.models.publication import listed_versions
from kwartaal.models.stage import stage_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import viewer
from kwartaal.translations import filled, sentence


@dataclass(frozen=True)
class Difference:
    """What publishing the draft would change, as this clerk may know it, and whom it concerns."""

    lines: list[ChangeLine]
    people: list[Concerned]
    gathered: int = 0  # how many of the mails go with a daily mail

    @property
    def mails(self) -> list[Concerned]:
        return [one for one in self.people if one.can_be_mailed]

    @property
    def to_call(self) -> list[tuple[str, str | None]]:
        """Name and telephone number of who would get no mail."""
        return unreached(self.people)

    @property
    def kept_until(self) -> datetime | None:
        """When the last mail goes by itself that waits for the version; None without any."""
        moments = [mail.due_at for one in self.people for mail in one.kept]
        return max(moments, default=None)

    @property
    def at_once(self) -> int:
        return len(self.mails) - self.gathered


def unreached(people: list[Concerned]) -> list[tuple[str, str | None]]:
    """Name and phone of whom no mail tells, by name."""
    silent = (one.to_call for one in people if not one.can_be_mailed)
    return sorted(silent, key=lambda one: one[0])


def difference_of(draft: Draft) -> Difference:
    """Between the draft and the programme that is online; empty without one."""
    people = with_kept(concerned_by_draft(draft, clock.today()), draft.meeting)
    return _difference(draft, people, clock.now())


def difference_then(draft: Draft, publish_at: datetime | None) -> Difference:
    """The same for a version that is planned: without the mails that go by themselves before it.

    As long as the moment is not known, that are all.
    """
    people = concerned_by_draft(draft, clock.today())
    if publish_at is not None:
        people = with_kept(people, draft.meeting, publish_at)
    return _difference(draft, people, publish_at or clock.now())


def _difference(draft: Draft, people: list[Concerned], at: datetime) -> Difference:
    if draft.latest is None or draft.latest.is_announcement:
        return Difference([], [])
    before, today = draft.latest.content, clock.today()
    changes = changes_between(draft.meeting, before, draft.content, viewer(), today)
    return Difference(lines_of(changes), people, _gathered(people, draft.meeting, at))


def _gathered(people: list[Concerned], meeting: Meeting, at: datetime) -> int:
    """How many of these people would read it in their daily mail, published at that moment."""
    hour = current_app.config["DIGEST_HOUR"]
    reached = [one for one in people if one.can_be_mailed]
    return sum(daily_mail_of(one, meeting, at, hour) is not None for one in reached)


def overview(meeting: Meeting, form: PublishForm) -> tuple[str, int]:
    """The page, with what is wrong in the form when it is shown again."""
    frame = meeting_frame(meeting)
    plan = frame.plan
    take_up(form, meeting)
    form.seen.data = frame.draft.hash
    return form_page(
        "publications/show.html",
        form,
        frame=frame,
        difference=difference_of(frame.draft),
        stage=stage_of(meeting, clock.now()),
        versions=listed_versions(meeting.id),
        retraction=_retraction(frame.draft),
        refusal=filled(plan.refusal, plan.refusal_values) if plan and plan.refusal else None,
        to_call=_to_call(frame.draft),
    )


def _to_call(draft: Draft) -> list[tuple[str, str | None]]:
    """Name and phone of who got no mail that the meeting is off, or about the latest version."""
    meeting, latest, now = draft.meeting, draft.latest, clock.now()
    if meeting.ends_at <= now:
        return []
    if meeting.is_cancelled:
        people = people_to_call(meeting.id)
        listed = [person.id for person in people]
        return to_call(people, speakers_to_call(meeting, now, listed))
    if latest is None or latest.told is None or latest.untold:
        return []
    return unreached(concerned_by(latest, clock.today()))


@dataclass(frozen=True)
class Retraction:
    """Until when the latest version can be retracted, or why not."""

    until: datetime
    refusal: str | None
    was_moved: bool


def _retraction(draft: Draft) -> Retraction | None:
    """None once the hour has passed, and for a version that restores another."""
    latest, now = draft.latest, clock.now()
    if latest is None or latest.is_announcement or latest.restores is not None:
        return None
    until = latest.published_at + LONGEST
    if now > until or draft.meeting.is_cancelled:
        return None
    try:
        check_can_retract(draft.meeting, latest, now)
    except Refused as no:
        return Retraction(until, sentence(no), isinstance(no, WasMoved))
    return Retraction(until, None, False)
