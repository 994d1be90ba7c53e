"""The fields of every form: what people type becomes a value, or a Dutch sentence beside it.

A field may stay empty unless it has `Required`. Only the first thing wrong with a field is said.
What was typed is shown again after an error.
"""

from kwartaal.fields.choices import CheckboxesField, RadioField, SelectField
from kwartaal.fields.coordinates import CoordinatesField
from kwartaal.fields.form import After, KwartaalForm, Required
from kwartaal.fields.key import KeyField
from kwartaal.fields.links import AddressField, LinksField
from kwartaal.fields.moments import DateField, MomentField, TimeField
from kwartaal.fields.typed import (
    EmailField,
    LongTextField,
    PhoneField,
    SlugField,
    TextField,
    WholeNumberField,
)

__all__ = [
    "AddressField",
    "After",
    "CheckboxesField",
    "CoordinatesField",
    "DateField",
    "EmailField",
    "KeyField",
    "KwartaalForm",
    "LinksField",
    "LongTextField",
    "MomentField",
    "PhoneField",
    "RadioField",
    "Required",
    "SelectField",
    "SlugField",
    "TextField",
    "TimeField",
    "WholeNumberField",
]
