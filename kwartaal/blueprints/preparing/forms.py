"""The forms of a meeting: its data, and who may register from when until when."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from kwartaal.domain.meetings import Terms, Texts, TimeAndPlace, time_and_place
from kwartaal.fields import (
    AddressField,
    After,
    CheckboxesField,
    EmailField,
    KeyField,
    LongTextField,
    MomentField,
    RadioField,
    Required,
    SelectField,
    TextField,
    WholeNumberField,
)
from kwartaal.filters import AUDIENCES
from kwartaal.forms import SharedForm, given
from kwartaal.models.meeting import Meeting, MeetingState
from kwartaal.models.openness import Openness
from kwartaal.models.organisation import Audience
from kwartaal.models.series import Series
from kwartaal.models.venue import Venue

OPENNESS = (
    (Openness.OPENBAAR, _l("Openbaar: iedereen ziet de bijeenkomst")),
    (Openness.DATUM, _l("Datum openbaar: buitenstaanders zien alleen het gremium en de datum")),
    (Openness.BESLOTEN, _l("Besloten: alleen leden van het gremium zien de bijeenkomst")),
)


class MeetingForm(SharedForm):
    """What a meeting is called, when and where it is, and how open."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    starts_at = MomentField(_l("Begin"), [Required(_l("Vul in wanneer de bijeenkomst begint."))])
    ends_at = MomentField(
        _l("Einde"),
        [
            Required(_l("Vul in wanneer de bijeenkomst eindigt.")),
            After("starts_at", _l("Het einde moet na het begin liggen.")),
        ],
    )
    venue = SelectField(_l("Locatie"))
    is_digital = BooleanField(_l("Mensen kunnen online meedoen"))
    openness = RadioField(
        _l("Openbaarheid"),
        [Required(_l("Kies wie de bijeenkomst mag zien."))],
        coerce=Openness,
        choices=OPENNESS,
    )
    online_address = AddressField(
        _l("Adres om online mee te doen of te kijken"),
        description=_l("Staat op de pagina, in mails en in agenda’s, zodra u publiceert."),
    )
    introduction = LongTextField(_l("Inleiding"), max_length=4000)
    note = TextField(
        _l("Opmerking bij de datum"),
        max_length=400,
        description=_l("Bijvoorbeeld: de dag is nog onder voorbehoud."),
    )
    organiser_email = EmailField(
        _l("E-mailadres van de organisator"),
        description=_l(
            "Agenda-afspraken komen op naam van dit adres, en antwoorden op mails komen hier "
            "binnen. Laat leeg voor het adres van de griffie."
        ),
    )

    def __init__(
        self, series: Series, venues: Collection[Venue], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._venues = {venue.slug: venue for venue in venues}
        names = [(venue.slug, f"{venue.name}, {venue.town}") for venue in venues]
        self.venue.choices = [("", _l("Plaats volgt")), *names]
        if series.body is None:
            del self.openness

    def fix_date(self) -> None:
        """Date, time and place are no longer asked."""
        self.fix_time()
        for name in ("venue", "is_digital"):
            delattr(self, name)

    def fix_time(self) -> None:
        """Date and time are no longer asked; the place still is, as long as it follows."""
        for name in ("starts_at", "ends_at"):
            delattr(self, name)

    def fix_openness(self) -> None:
        """How open the meeting is, is no longer asked."""
        if "openness" in self:
            del self.openness

    def texts(self, openness: Openness = Openness.OPENBAAR) -> Texts:
        """What was typed; `openness` counts where it was not asked."""
        chosen = given(self.openness) if "openness" in self else openness
        return Texts(
            self.title.data,
            chosen,
            self.introduction.data,
            self.note.data,
            self.organiser_email.data,
            self.online_address.data,
        )

    def when(self, meeting: Meeting | None = None) -> TimeAndPlace:
        """When and where; as it is where it was not asked."""
        if meeting is not None and "venue" not in self:
            return time_and_place(meeting)
        venue = self._venues[self.venue.data] if self.venue.data else None
        if meeting is not None and "starts_at" not in self:
            start, end = meeting.starts_at, meeting.ends_at
        else:
            start, end = given(self.starts_at), given(self.ends_at)
        return TimeAndPlace(start, end, venue, bool(self.is_digital.data))


class NewMeetingForm(MeetingForm):
    """The same for a meeting that does not exist yet."""

    seen = None
    key = KeyField()


class StoredMeetingForm(MeetingForm):
    """The same for one that is stored. `looked_at` is whom another openness was said to concern."""

    seen = HiddenField()
    looked_at = HiddenField()


class TermsForm(SharedForm):
    """Who may register, when, and for how many places."""

    audiences = CheckboxesField(_l("Wie mogen zich aanmelden?"), coerce=Audience)
    maximum = WholeNumberField(
        _l("Plekken in totaal"),
        minimum=1,
        description=_l("Laat leeg als er geen maximum is."),
    )
    registration_opens_at = MomentField(
        _l("Aanmelden opent"),
        description=_l("Laat leeg om aanmelden te openen zodra u publiceert."),
    )
    registration_closes_at = MomentField(
        _l("Aanmelden sluit"),
        [After("registration_opens_at", _l("Aanmelden moet sluiten nadat het opengaat."))],
        description=_l("Tot dan kan iedereen ook wijzigen. Laat leeg als niemand zich aanmeldt."),
    )
    promotes_until = MomentField(
        _l("Doorschuiven van de wachtlijst stopt"),
        description=_l("Daarna kiest u zelf wie een vrije plek krijgt."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audiences.flags.required = True  # no "niet verplicht": the rules say when it is
        self.audiences.choices = [(a, str(AUDIENCES[a]).capitalize()) for a in Audience]

    def terms(self) -> Terms:
        return Terms(
            audiences=frozenset(self.audiences.data),
            maximum=self.maximum.data,
            opens_at=self.registration_opens_at.data,
            closes_at=self.registration_closes_at.data,
            promotes_until=self.promotes_until.data,
        )


def data_of(meeting: Meeting) -> dict[str, object]:
    """A stored meeting as its form shows it."""
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "venue": meeting.venue.slug if meeting.venue else None,
        "is_digital": meeting.is_digital,
        "openness": meeting.openness,
        "online_address": meeting.online_address,
        "introduction": meeting.introduction,
        "note": meeting.note,
        "organiser_email": meeting.organiser_email,
    }


def terms_of(meeting: Meeting) -> dict[str, object]:
    """What a stored meeting asks of who registers, as its form shows it."""
    return {
        "audiences": [audience for audience in Audience if audience in meeting.admitted],
        "maximum": meeting.maximum,
        "registration_opens_at": meeting.registration_opens_at,
        "registration_closes_at": meeting.registration_closes_at,
        "promotes_until": meeting.promotes_until,
    }


def is_date_fixed(meeting: Meeting) -> bool:
    """Date, time and place are fixed from the announcement on."""
    return meeting.state != MeetingState.CONCEPT
