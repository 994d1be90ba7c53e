"""Fields for one typed text: lines, long texts, addresses, phone numbers, whole numbers, slugs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import EmailInput, TelInput, TextArea, TextInput

from kwartaal import email_addresses, phone_numbers
from kwartaal.filters import number

LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# They turn the reading direction of what comes after, so that a name can pose as another.
DIRECTION_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class TypedField(Field):
    """A field whose value is read from one typed text.

    A subclass says how: `read` returns the value or raises ValueError with the sentence, `shown`
    writes a value back into the field, `empty` is the value of a field left empty.
    """

    widget = TextInput()
    empty: Any = None

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.empty
        text = typed_text(valuelist)
        if text:
            self.data = self.read(text)

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()

    def _value(self) -> str:
        if self.process_errors and self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)


class TextField(TypedField):
    """One line of text. `data` is "" when it is empty."""

    empty = ""

    def __init__(self, *args: Any, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = max_length

    def read(self, text: str) -> str:
        return read_line(text, self.max_length)


class LongTextField(TypedField):
    """Text of several lines, with one LF as line break. `data` is "" when it is empty."""

    widget = TextArea()
    empty = ""

    def __init__(self, *args: Any, max_length: int = 10_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = max_length

    def read(self, text: str) -> str:
        lines = [kept_line.rstrip() for kept_line in LINE_BREAKS.split(text.replace("\t", " "))]
        return kept_text("\n".join(lines), self.max_length, allowed="\n")


class EmailField(TypedField):
    """An e-mail address in lower case, or None."""

    widget = EmailInput()

    def read(self, text: str) -> str:
        return read_email(text)


class PhoneField(TypedField):
    """A phone number as E.164, or None. Without a country code it is Dutch."""

    widget = TelInput()

    def read(self, text: str) -> str:
        return read_phone(text)

    def shown(self, value: str) -> str:
        return phone_numbers.spaced(value)


class WholeNumberField(TypedField):
    """A whole number from `minimum` to `maximum`, both included, or None.

    It is a text input with a numeric keyboard: a number input sends and shows nothing at all when
    it holds something else, and then what was typed would be gone.
    """

    def __init__(self, *args: Any, minimum: int = 0, maximum: int = 100_000, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"inputmode": "numeric", **kwargs.get("render_kw", {})}
        super().__init__(*args, **kwargs)
        self.minimum, self.maximum = minimum, maximum

    def read(self, text: str) -> int:
        if not re.fullmatch(r"-?[0-9]+", text):
            raise ValueError(_("Vul een heel getal in. Bijvoorbeeld: 30"))
        # int() refuses thousands of digits with an error of its own.
        if len(text) > 15 or not self.minimum <= int(text) <= self.maximum:
            raise ValueError(
                _(
                    "Vul een getal in van %(minimum)s tot en met %(maximum)s.",
                    minimum=number(self.minimum),
                    maximum=number(self.maximum),
                )
            )
        return int(text)


class SlugField(TypedField):
    """The last part of a page's address. `data` is "" when it is empty."""

    empty = ""
    max_length = 80

    def read(self, text: str) -> str:
        if not SLUG.fullmatch(text):
            raise ValueError(
                _(
                    "Gebruik alleen kleine letters zonder accenten, cijfers en streepjes. "
                    "Bijvoorbeeld: wonen-aan-het-water"
                )
            )
        return kept_text(text, self.max_length)


def read_line(text: str, max_length: int) -> str:
    """One line of text as it is kept, or ValueError with a sentence."""
    if LINE_BREAKS.search(text):
        raise ValueError(_("Gebruik hier één regel, zonder enters."))
    return kept_text(text, max_length)


def read_email(text: str) -> str:
    """The address in lower case, or ValueError with a sentence."""
    address = email_addresses.kept(text)
    if address is not None:
        return address
    if "@" in text:
        raise ValueError(_("Dit adres klopt niet. Bijvoorbeeld: naam@voorbeeld.nl"))
    raise ValueError(_("Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl"))


def read_phone(text: str) -> str:
    """The number as E.164, or ValueError with a sentence."""
    kept = phone_numbers.kept(text)
    if kept is None:
        raise ValueError(
            _(
                "Dit telefoonnummer klopt niet. Bijvoorbeeld: 078 770 12 34. "
                "Zet bij een buitenlands nummer + en het landnummer ervoor."
            )
        )
    return kept


def typed_text(valuelist: list[Any]) -> str:
    """What was typed, without white space around it; "" when nothing can be seen.

    Whoever sends a file under the name of a text field has typed nothing.
    """
    text = valuelist[0] if valuelist else ""
    if not isinstance(text, str) or all(_is_invisible(character) for character in text):
        return ""
    return text.strip()


def kept_text(text: str, max_length: int, allowed: str = "") -> str:
    """The text in Unicode's composed form (NFC), or ValueError with a sentence."""
    text = unicodedata.normalize("NFC", text)
    if any(_is_refused(character) for character in text if character not in allowed):
        raise ValueError(
            _("Er staat een onzichtbaar teken in de tekst. Haal het weg of typ de tekst opnieuw.")
        )
    if len(text) > max_length:
        raise ValueError(
            _(
                "Gebruik niet meer dan %(maximum)s tekens. Nu zijn het er %(count)s.",
                maximum=number(max_length),
                count=number(len(text)),
            )
        )
    return text


def _is_refused(character: str) -> bool:
    """Control characters, half characters and code points that are no character."""
    unusable = unicodedata.category(character) in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE
    return unusable or character in DIRECTION_OVERRIDES


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"
