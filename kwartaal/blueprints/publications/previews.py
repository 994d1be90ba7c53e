"""The draft in the clothes of the public page, as a visitor, a group or the clerk would see it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from kwartaal import clock
from kwartaal.blueprints.publications.desk import bp
from kwartaal.domain.publications import draft_of
from kwartaal.filters import AUDIENCES
from kwartaal.models.agenda import live_agenda
from kwartaal.models.meeting import Meeting
from kwartaal.models.organisation import Audience
from kwartaal.models.programme import live_items
from kwartaal.models.published import Reader, read_content, reader_of
from kwartaal.models.published_documents import live_documents
from kwartaal.permissions import Permission, meeting_to_prepare, requires, viewer

VISITOR, ONESELF = "bezoeker", "uzelf"


@dataclass(frozen=True)
class Preview:
    """For whom the page is shown: a visitor, somebody of a group, or the clerk."""

    seen_as: str
    meeting: Meeting

    @property
    def reader(self) -> Reader:
        """Visitors and groups see what everybody may see; nobody sees more than the clerk."""
        if self.seen_as != ONESELF:
            return Reader()
        return reader_of(self.meeting, viewer(), clock.today())

    @property
    def is_hidden(self) -> bool:
        """Whether the meeting itself is not for this reader."""
        return self.seen_as != ONESELF and not self.meeting.is_public

    @property
    def group(self) -> Audience | None:
        return Audience(self.seen_as) if self.seen_as in list(Audience) else None

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(words, address, whether it is this one), for the links above the page."""
        names = {VISITOR: _("Bezoeker"), ONESELF: _("Uzelf")} | {
            group.value: str(AUDIENCES[group]) for group in Audience
        }
        return [
            (name, self._address(value), value == self.seen_as) for value, name in names.items()
        ]

    def _address(self, seen_as: str) -> str:
        return url_for(".preview", slug=self.meeting.slug, als=seen_as)


@bp.get("/voorbeeld/")
@requires(Permission.MANAGE_MEETINGS)
def preview(slug: str) -> str:
    """The draft as readers would see it, for whoever prepares the meeting."""
    meeting = meeting_to_prepare(slug)
    seen_as = request.args.get("als", VISITOR)
    if seen_as not in (VISITOR, ONESELF, *Audience):
        abort(404)
    shown = Preview(seen_as, meeting)
    rows, agenda = live_items(meeting.id), live_agenda(meeting.id)
    published = read_content(
        draft_of(meeting).content,
        rows,
        agenda,
        shown.reader,
        documents=live_documents(meeting.id),
    )
    return render_template(
        "publications/preview.html", meeting=meeting, preview=shown, published=published
    )
