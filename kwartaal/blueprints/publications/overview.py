"""The page on which one publishes: what changed, whom it concerns, what was published before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from kwartaal import clock
from kwartaal.blueprints.publications.forms import PublishForm
from kwartaal.change_lines import ChangeLine, lines_of
from kwartaal.domain.changes import compare
from kwartaal.domain.digests import digest_for
from kwartaal.domain.publication_checks import Draft
from kwartaal.domain.retracting import LONGEST
from kwartaal.domain.telling import Concerned, concerned
from kwartaal.domain.version_changes import changes_between
from kwartaal.forms import form_page
from kwartaal.models.meeting import Meeting
from kwartaal.models.moving import people_to_call
from kwartaal.models.publication import listed_versions
from kwartaal.models.stage import stage_of
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import viewer
from kwartaal.translations import filled


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
    def unreachable(self) -> int:
        """How many people it concerns who have no address."""
        return len(self.people) - len(self.mails)

    @property
    def at_once(self) -> int:
        return len(self.mails) - self.gathered


def difference_of(draft: Draft) -> Difference:
    """Between the draft and the programme that is online; empty without one."""
    if draft.latest is None or draft.latest.is_announcement:
        return Difference([], [])
    today, before = clock.today(), draft.latest.content
    changes = changes_between(draft.meeting, before, draft.content, viewer(), today)
    people = concerned(draft.meeting, compare(before, draft.content), today)
    return Difference(lines_of(changes), people, _gathered(people, draft.meeting))


def _gathered(people: list[Concerned], meeting: Meeting) -> int:
    """How many of these people would read it in their daily mail."""
    now, hour = clock.now(), current_app.config["DIGEST_HOUR"]
    reached = [one.person for one in people if one.can_be_mailed]
    return sum(digest_for(person, meeting, now, hour) is not None for person in reached)


def overview(meeting: Meeting, form: PublishForm) -> tuple[str, int]:
    """The page, with what is wrong in the form when it is shown again."""
    frame = meeting_frame(meeting)
    plan = frame.plan
    form.seen.data = frame.draft.hash
    return form_page(
        "publications/show.html",
        form,
        frame=frame,
        difference=difference_of(frame.draft),
        stage=stage_of(meeting, clock.now()),
        versions=listed_versions(meeting.id),
        retractable_until=_retractable_until(frame.draft),
        refusal=filled(plan.refusal, plan.refusal_values) if plan and plan.refusal else None,
        to_call=_to_call(meeting),
    )


def _to_call(meeting: Meeting) -> list[tuple[str, str | None]]:
    """Name and phone of who got no mail that the meeting is off."""
    if not meeting.is_cancelled:
        return []
    return [(person.list_name, person.phone) for person in people_to_call(meeting.id)]


def _retractable_until(draft: Draft) -> datetime | None:
    """None when nothing can be retracted (any more); the page about it says why."""
    latest = draft.latest
    if latest is None or latest.is_announcement or latest.restores is not None:
        return None
    until = latest.published_at + LONGEST
    return until if clock.now() <= until and not draft.meeting.is_cancelled else None
