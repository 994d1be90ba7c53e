"""The mails about the draft beforehand: every text once, with who gets it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template

from kwartaal import clock
from kwartaal.blueprints.publications.aside import note_aside
from kwartaal.blueprints.publications.desk import bp
from kwartaal.blueprints.publications.overview import difference_of
from kwartaal.domain.publication_checks import Draft
from kwartaal.domain.publications import draft_of
from kwartaal.domain.telling import Concerned, waits_for
from kwartaal.mail import letter_for
from kwartaal.mail.cancelled_parts import find_cancelled
from kwartaal.mail.digests import letter_telling
from kwartaal.mail.letter import Letter
from kwartaal.mail.news import News, letter_of
from kwartaal.mail.version_changes import together
from kwartaal.navigation import meeting_frame
from kwartaal.permissions import Permission, meeting_to_prepare, requires


@dataclass(frozen=True)
class SameMail:
    """A letter and the names of everybody who gets it, but for the name above it."""

    letter: Letter
    names: list[str]


@bp.get("/publiceren/mail/")
@requires(Permission.PUBLISH)
def letter(slug: str) -> str:
    """Who would get which mail if one published now, and whom no mail reaches."""
    meeting = meeting_to_prepare(slug)
    draft = draft_of(meeting)
    difference = difference_of(draft)
    if not difference.people:
        abort(404)
    note = note_aside(meeting)
    return render_template(
        "publications/letter.html",
        frame=meeting_frame(meeting),
        count=len(difference.mails),
        note=note,
        mails=_mails(draft, difference.mails, note),
        to_call=difference.to_call,
    )


def _mails(draft: Draft, people: list[Concerned], note: str) -> list[SameMail]:
    """What most people get first."""
    groups: dict[str, list[Concerned]] = {}
    for one in people:
        groups.setdefault(_reads(one), []).append(one)
    mails = [
        SameMail(letter, [one.name for one in same])
        for same in groups.values()
        if (letter := _letter(draft, same[0], note)) is not None
    ]
    return sorted(mails, key=lambda mail: -len(mail.names))


def _letter(draft: Draft, one: Concerned, note: str) -> Letter | None:
    """What waits for the version goes with it, as one mail; None when that is not true any more."""
    now = clock.now()
    kept = [told for mail in one.kept if (told := find_cancelled(mail, now)) is not None]
    if one.changes:
        return letter_of(together([*(told.news for told in kept), _news(draft, one, note)]))
    return letter_telling(kept, now, letter_for)


def _reads(one: Concerned) -> str:
    """All that the text of a mail is made of: equal for people who read the same."""
    waits = sorted(waits_for(one.registration) & {change.repeats for change in one.changes})
    kept = [(mail.item_id, mail.is_to_speaker) for mail in one.kept]
    return repr((one.changes, waits, one.speaks, one.registration is None, kept))


def _news(draft: Draft, one: Concerned, note: str) -> News:
    return News(
        title=draft.content["title"],
        slug=draft.meeting.slug,
        changes=one.changes,
        content=draft.content,
        notes=(note,) if note else (),
        registration=one.registration,
        may_choose=draft.meeting.takes_registrations(clock.now()),
        speaks=one.speaks,
    )
