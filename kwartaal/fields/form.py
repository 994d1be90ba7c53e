"""The form every form is made from, and the validators that say why a form is not right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, FieldList, FormField
from wtforms.validators import StopValidation


class Required:
    """Refuses an empty field with a sentence that fits it: "Vul de titel in." Zero is not empty."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None or field.data is False or field.data in ("", []):
            raise StopValidation(self.message)


class After:
    """Refuses a day, moment or number that is not later than that of another field.

    With `or_equal` it may be the same. Nothing is said while one of the two is empty.
    """

    def __init__(self, other: str, message: Any, *, or_equal: bool = False) -> None:
        self.other, self.message, self.or_equal = other, message, or_equal

    def __call__(self, form: Any, field: Any) -> None:
        start, end = form[self.other].data, field.data
        if start is None or end is None or end > start:
            return
        if not (self.or_equal and end == start):
            raise StopValidation(self.message)


class KwartaalForm(FlaskForm):
    """A form with CSRF protection that can list what is wrong, in the order of the page."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent as a form. Unlike FlaskForm's: never JSON, and an empty form counts.

            So a box that is the only input, and was unticked, is unticked.
            """
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            if not form.is_submitted():
                return None
            return CombinedMultiDict((request.files, request.form))

    def errors_in_order(self) -> list[tuple[str | None, str, str]]:
        """What is wrong: (id of the input, label, sentence), for the summary above the form.

        What concerns the whole form comes first, with no id and an empty label.
        """
        whole = [(None, "", str(message)) for message in self.form_errors]
        return [*whole, *_errors_of(self)]


def _errors_of(fields: Any) -> Iterator[tuple[str | None, str, str]]:
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _errors_of(field)
        else:
            for message in field.errors:
                yield input_id(field), str(field.label.text), str(message)


def input_id(field: Field) -> str:
    """The id of the input where someone can mend the field."""
    return str(getattr(field, "error_id", field.id))
