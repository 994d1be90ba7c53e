"""What the griffie writes after a meeting."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from kwartaal.domain.recap_drafts import RecapText
from kwartaal.fields import KwartaalForm, LongTextField, Required, TextField
from kwartaal.fields.links import is_safe_address
from kwartaal.forms import SharedForm, given

LONGEST_REPORT = 40_000
LONGEST_ADDRESS = 500
MARKDOWN_HINT = _l(
    "Een lege regel begint een nieuwe alinea. Ook kan: **vet**, *schuin*, # kop, - lijst, "
    "> citaat en [naam van een link](https://adres)."
)


class ReportForm(SharedForm):
    """One version of the report. `number` is the version that the page was about."""

    number = HiddenField()
    text = LongTextField(
        _l("Tekst van het verslag"),
        [Required(_l("Vul de tekst van het verslag in."))],
        max_length=LONGEST_REPORT,
        description=MARKDOWN_HINT,
    )
    correction = LongTextField(
        _l("Wat is er anders dan in de vorige versie?"),
        [Required(_l("Vul in wat er anders is."))],
        max_length=400,
        description=_l("Iedereen leest dit bij het verslag."),
    )

    def about(self, number: int) -> ReportForm:
        """Let the form be about a version; the first one corrects nothing."""
        if number == 1:
            del self.correction
        if not self.number.data:
            self.number.data = str(number)
        return self

    @property
    def number_sent(self) -> int:
        """0 for what is no number of a version."""
        sent = self.number.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0

    @property
    def correction_sent(self) -> str:
        return self.correction.data if "correction" in self else ""


class RecapForm(SharedForm):
    """The words of the recap."""

    title = TextField(_l("Titel"), [Required(_l("Vul een titel in."))], max_length=160)
    lead = LongTextField(_l("Inleiding"), [Required(_l("Vul een inleiding in."))], max_length=1000)
    text = LongTextField(
        _l("Tekst"),
        [Required(_l("Vul een tekst in."))],
        max_length=LONGEST_REPORT,
        description=MARKDOWN_HINT,
    )

    def first(self) -> RecapForm:
        """Nothing is stored yet, so that no other clerk can have changed it."""
        self._shown_before = {}
        return self

    @property
    def written(self) -> RecapText:
        return RecapText(given(self.title), given(self.lead), given(self.text))


class SeenForm(KwartaalForm):
    """The hash of the text that was read before making it final or publishing it."""

    seen = HiddenField()


class AddressField(TextField):
    """An https address."""

    def read(self, text: str) -> str:
        address = super().read(text)
        if not is_safe_address(address):
            raise ValueError(
                _(
                    "Vul een adres in dat begint met https://. "
                    "Bijvoorbeeld: https://www.voorbeeld.nl/opname"
                )
            )
        return address


class RecordingForm(SharedForm):
    """Where the recording is; empty for none."""

    address = AddressField(
        _l("Adres van de opname"),
        max_length=LONGEST_ADDRESS,
        description=_l(
            "Het adres begint met https://. Maak het veld leeg om de link weg te halen."
        ),
    )
