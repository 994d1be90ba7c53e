"""What the griffie sends along with publishing and cancelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField

from kwartaal.domain.telling import Instructions
from kwartaal.fields import (
    KwartaalForm,
    LongTextField,
    MomentField,
    RadioField,
    Required,
    SelectField,
)
from kwartaal.models.publication import ANNOUNCEMENT, ListedVersion

NUMBER = re.compile("[0-9]{1,4}")
TELL, KEEP_QUIET = "vertel", "niet"


class PublishForm(KwartaalForm):
    """The draft as it was on the page, so that nothing else is published."""

    seen = HiddenField()
    note = LongTextField(
        lazy_gettext("Wat wilt u over deze versie zeggen?"),
        max_length=400,
        description=lazy_gettext("Iedereen leest dit op de site en in de mail."),
    )
    tells = RadioField(
        lazy_gettext("Wie iets merkt van de wijzigingen"),
        choices=(
            (TELL, lazy_gettext("Vertel het: stuur een mail")),
            (KEEP_QUIET, lazy_gettext("Niet versturen")),
        ),
        default=TELL,
    )

    @property
    def instructions(self) -> Instructions:
        """Telling is the rule: only who says so keeps quiet. Who saw no draft publishes none."""
        return Instructions(
            seen=str(self.seen.data or ""),
            note=self.note.data or "",
            tells=self.tells.data != KEEP_QUIET,
            digest_hour=current_app.config["DIGEST_HOUR"],
        )


class PlanForm(PublishForm):
    publish_at = MomentField(
        lazy_gettext("Wanneer?"),
        validators=[Required(lazy_gettext("Vul in wanneer u wilt publiceren."))],
    )


class CompareForm(KwartaalForm):
    """Which two versions; it is sent in the address."""

    before = SelectField(lazy_gettext("Van"), name="van", coerce=int)
    after = SelectField(lazy_gettext("Naar"), name="naar", coerce=int)

    @classmethod
    def about(cls, versions: Sequence[ListedVersion]) -> CompareForm:
        """With every version to choose from, newest first; the last two unless asked."""
        form = cls(request.args, meta={"csrf": False})
        for field, newest in ((form.before, versions[1:2]), (form.after, versions[:1])):
            field.choices = [(one.number, _label(one)) for one in versions]
            if field.data is None and newest:
                field.data = newest[0].number
        return form


def _label(version: ListedVersion) -> str:
    label = _("Versie %(number)s", number=version.number)
    return str(_("%(version)s, ingetrokken", version=label) if version.is_retracted else label)


class ConfirmForm(KwartaalForm):
    """A button that does something once."""


def _number(sent: object) -> int:
    """The number of a version; 0, which nobody retracts, for what is none."""
    text = str(sent or "")
    return int(text) if NUMBER.fullmatch(text) else ANNOUNCEMENT


class RetractForm(KwartaalForm):
    """The version that was on the page, so that no other one is retracted."""

    number = HiddenField(filters=[_number])


class CancelForm(KwartaalForm):
    """The reason. `seen` is what the page showed that it would do."""

    seen = HiddenField()
    reason = LongTextField(
        lazy_gettext("Waarom gaat de bijeenkomst niet door?"),
        max_length=400,
        description=lazy_gettext("Iedereen leest dit op de site en in de mail."),
        validators=[Required(lazy_gettext("Vul in waarom de bijeenkomst niet doorgaat."))],
    )
