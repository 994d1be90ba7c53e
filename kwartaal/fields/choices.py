"""Fields for choosing from what is offered. What is not offered is refused, in Dutch.

Choices are `(value, label)` pairs or WTForms' SelectChoice. An empty value is no choice: `data` is
None then, [] for checkboxes. `error_id` is the input that the error summary leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField as WTRadioField
from wtforms import SelectField as WTSelectField
from wtforms import SelectMultipleField as WTSelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

NOT_OFFERED = lazy_gettext("Deze keuze bestaat niet. Kies uit de lijst.")


class SelectField(WTSelectField):
    """One choice from a list, or None."""

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        coerce: Callable[[Any], Any] = str,
        choices: Any = None,
        **kwargs: Any,
    ) -> None:
        offered = as_choices(choices)
        super().__init__(label, validators, coerce=none_if_empty(coerce), choices=offered, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        try:
            self.data = self.coerce(valuelist[0] if valuelist else None)
        except (ValueError, TypeError):
            raise ValueError(NOT_OFFERED) from None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()
        offered = [choice.value for choice in self.iter_choices() if choice.selected]
        if self.data is not None and not offered:
            raise StopValidation(NOT_OFFERED)


class RadioField(SelectField, WTRadioField):
    """One choice from radio buttons, or None."""

    @property
    def error_id(self) -> str:
        return f"{self.id}-0"


class CheckboxesField(WTSelectMultipleField):
    """Any number of choices, in the order of the page, each once."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        coerce: Callable[[Any], Any] = str,
        choices: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, coerce, as_choices(choices), **kwargs)
        self.label.field_id = False

    @property
    def error_id(self) -> str:
        return f"{self.id}-0"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        try:
            self.data = list(dict.fromkeys(self.coerce(value) for value in valuelist if value))
        except (ValueError, TypeError):
            raise ValueError(NOT_OFFERED) from None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()
        offered = {self.coerce(choice.value) for choice in self.iter_choices()}
        if not offered.issuperset(self.data or []):
            raise StopValidation(_("Een van uw keuzes bestaat niet meer. Kies opnieuw."))


def as_choices(choices: Any) -> Any:
    """Pairs as WTForms wants them; a function that gives the choices stays one."""
    if choices is None or callable(choices):
        return choices
    return [as_choice(choice) for choice in choices]


def as_choice(choice: Any) -> SelectChoice:
    return choice if isinstance(choice, SelectChoice) else SelectChoice(*choice)


def none_if_empty(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same conversion, in which nothing chosen is None."""
    return lambda value: None if value in (None, "") else coerce(value)
