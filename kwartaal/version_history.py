"""The versions of a meeting as its pages tell of them: which there were, and what one changed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, url_for
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.change_lines import ChangeLine, lines_of
from kwartaal.domain.version_changes import changes_in
from kwartaal.errors import TakenBack
from kwartaal.models.meeting import Meeting
from kwartaal.models.publication import ListedVersion, find_version, listed_versions
from kwartaal.models.published import PublishedMeeting, load_version
from kwartaal.permissions import viewer


@dataclass(frozen=True)
class VersionHistory:
    """Every version with a programme, newest first, and what the visitor may know of one of them.

    `latest` is the number of the version readers see now; 0 when that is the announcement.
    """

    versions: list[ListedVersion]
    number: int
    latest: int
    changes: list[ChangeLine]

    @property
    def shown(self) -> ListedVersion | None:
        return next((one for one in self.versions if one.number == self.number), None)

    @property
    def is_latest(self) -> bool:
        return self.number == self.latest


def history_of(meeting: Meeting, number: int) -> VersionHistory:
    """For the pages of version `number` of a meeting that the visitor sees."""
    versions = [one for one in listed_versions(meeting.id) if one.number]
    standing = [one.number for one in versions if not one.is_retracted]
    changes = changes_in(meeting, number, viewer(), clock.today()) if number > 1 else ()
    return VersionHistory(versions, number, max(standing, default=0), lines_of(changes))


def readable_version(meeting: Meeting, number: int, newest: str) -> PublishedMeeting:
    """A version of a meeting that the visitor sees, or 404 when there never was one.

    Of one that was retracted visitors read only that, with a way to the page `newest`.
    """
    published = load_version(meeting, number, viewer(), clock.today())
    if published is not None:
        return published
    if find_version(meeting.id, number) is None:
        abort(404)
    raise TakenBack(
        _("Deze versie is ingetrokken"),
        _("Versie %(number)s is niet meer te lezen.", number=number),
        (_("Lees de nieuwste versie"), url_for(newest, slug=meeting.slug)),
    )
