"""Each field at its edges: what becomes of it, or the sentence that is shown beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from wtforms import BooleanField, FieldList, FormField

from kwartaal.amsterdam import AMSTERDAM
from kwartaal.fields import (
    After,
    CheckboxesField,
    DateField,
    EmailField,
    KwartaalForm,
    LongTextField,
    MomentField,
    PhoneField,
    RadioField,
    Required,
    SelectField,
    SlugField,
    TextField,
    WholeNumberField,
)
from kwartaal.fields.moments import moment_of

THEMES = [("wonen", "Wonen"), ("energie", "Energie")]
FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
HIDDEN_CHARACTER = (
    "Er staat een onzichtbaar teken in de tekst. Haal het weg of typ de tekst opnieuw."
)
EMAIL_WITHOUT_AT = "Vul een adres in met een @. Bijvoorbeeld: naam@voorbeeld.nl"
EMAIL_WRONG = "Dit adres klopt niet. Bijvoorbeeld: naam@voorbeeld.nl"
PHONE_WRONG = (
    "Dit telefoonnummer klopt niet. Bijvoorbeeld: 078 770 12 34. "
    "Zet bij een buitenlands nummer + en het landnummer ervoor."
)
DATE_WRONG = "Vul een datum in met dag, maand en jaar. Bijvoorbeeld: 28-3-2027"
TIME_WRONG = "Vul een tijd in met uren en minuten. Bijvoorbeeld: 14.30"
NUMBER_WRONG = "Vul een heel getal in. Bijvoorbeeld: 30"
NUMBER_OUTSIDE = "Vul een getal in van 1 tot en met 2.000."
SLUG_WRONG = (
    "Gebruik alleen kleine letters zonder accenten, cijfers en streepjes. "
    "Bijvoorbeeld: wonen-aan-het-water"
)
YEAR_WRONG = "Kies een jaar van 1900 tot en met 2100."
NOT_OFFERED = "Deze keuze bestaat niet. Kies uit de lijst."


class EveryField(KwartaalForm):
    line = TextField("Titel", max_length=10)
    text = LongTextField("Toelichting", max_length=2000)
    email = EmailField("E-mailadres")
    phone = PhoneField("Telefoon")
    day = DateField("Datum")
    moment = MomentField("Begin")
    number = WholeNumberField("Maximum", minimum=1, maximum=2000)
    slug = SlugField("Adres")
    theme = SelectField("Thema", choices=[("", "Kies een thema"), *THEMES])
    room = SelectField("Zaal", choices=[("", "Geen"), ("7", "Merwede")], coerce=int)
    openness = RadioField("Openheid", choices=THEMES)
    themes = CheckboxesField("Thema's", choices=THEMES)
    numbers = CheckboxesField("Zalen", choices=[(7, "Merwede"), (8, "Kil")], coerce=int)


class RequiredFields(KwartaalForm):
    themes = CheckboxesField(
        "Thema's", choices=THEMES, validators=[Required("Kies een of meer thema's.")]
    )
    openness = RadioField("Openheid", choices=THEMES, validators=[Required("Kies de openheid.")])
    email = EmailField("E-mailadres", validators=[Required("Vul uw e-mailadres in.")])
    number = WholeNumberField("Maximum", validators=[Required("Vul het maximum in.")])
    agreed = BooleanField("Akkoord", validators=[Required("Vink dit aan.")])
    starts_at = MomentField("Begin", validators=[Required("Vul in wanneer het begint.")])
    ends_at = MomentField("Einde", validators=[After("starts_at", "Het einde is na het begin.")])


app = Flask(__name__)
app.config |= {"SECRET_KEY": "x" * 32, "WTF_CSRF_ENABLED": False}
Babel(app, default_locale="nl")


@pytest.fixture(autouse=True)
def a_request() -> Iterator[None]:
    """Sentences are translated when they are read, and that needs a request."""
    with app.test_request_context():
        yield


def submitted(typed: dict[str, Any], form_class: type[Any] = EveryField) -> Any:
    with app.test_request_context(method="POST", data=typed):
        form = form_class()
        form.validate()
        return form


def outcome(name: str, typed: Any) -> Any:
    """What becomes of the field: its value, or the sentences beside it."""
    with app.test_request_context(method="POST", data={name: typed}):
        form = EveryField()
        return form[name].data if form.validate() else [str(e) for e in form[name].errors]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", ""),
        (" \t ", ""),
        ("\N{ZERO WIDTH SPACE}", ""),
        ("  Wonen \n", "Wonen"),
        ("=1+1", "=1+1"),
        ("<script>", "<script>"),
        ("'t Hof", "'t Hof"),
        ("e\N{COMBINING ACUTE ACCENT}n", "\N{LATIN SMALL LETTER E WITH ACUTE}n"),
        (FAMILY, FAMILY),
        ("x" * 10, "x" * 10),
        ("x" * 11, ["Gebruik niet meer dan 10 tekens. Nu zijn het er 11."]),
        ("a\nb", ["Gebruik hier één regel, zonder enters."]),
        ("a\u2028b", ["Gebruik hier één regel, zonder enters."]),
        ("a\tb", [HIDDEN_CHARACTER]),
        ("a\0b", [HIDDEN_CHARACTER]),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", [HIDDEN_CHARACTER]),
        ("a\uffffb", [HIDDEN_CHARACTER]),
        ((BytesIO(b"a file"), "name.txt"), ""),
    ],
)
def test_line(typed: Any, becomes: Any) -> None:
    assert outcome("line", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", ""),
        ("\r\n \r\n", ""),
        ("een \r\n\r\ntwee\rdrie\u2029vier", "een\n\ntwee\ndrie\nvier"),
        ("kolom\tkolom", "kolom kolom"),
        ("a\x07b", [HIDDEN_CHARACTER]),
        ("\r\n".join("x" * 1000), "\n".join("x" * 1000)),
        ("x" * 2001, ["Gebruik niet meer dan 2.000 tekens. Nu zijn het er 2.001."]),
    ],
)
def test_long_text(typed: str, becomes: Any) -> None:
    assert outcome("text", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", None),
        (" Griffie@Kwartaal.Example ", "griffie@kwartaal.example"),
        ("=1+1@kwartaal.example", "=1+1@kwartaal.example"),
        ("naam@súdwest.example", "naam@xn--sdwest-pya.example"),
        ("griffie.kwartaal.example", [EMAIL_WITHOUT_AT]),
        ("griffie@", [EMAIL_WRONG]),
        ("twee@a.example, adressen@a.example", [EMAIL_WRONG]),
        ("Naam <naam@a.example>", [EMAIL_WRONG]),
        ("<script>@a.example", [EMAIL_WRONG]),
        ("naam@a.example\nBcc: b@a.example", [EMAIL_WRONG]),
        (f"{'x' * 250}@a.example", [EMAIL_WRONG]),
        ("\N{GRINNING FACE}@a.example", [EMAIL_WRONG]),
    ],
)
def test_email(typed: str, becomes: Any) -> None:
    assert outcome("email", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", None),
        ("078 770 12 34", "+31787701234"),
        ("078-7701234", "+31787701234"),
        ("+31 (0)78 770 12 34", "+31787701234"),
        ("0031 6 12345678", "+31612345678"),
        ("+49 30 901820", "+4930901820"),
        ("12", [PHONE_WRONG]),
        ("078 770 12 34 56", [PHONE_WRONG]),
        ("078 770 12 34 toestel 5", [PHONE_WRONG]),
        ("=1+1", [PHONE_WRONG]),
        ("<script>0787701234</script>", [PHONE_WRONG]),
        ("\N{TELEPHONE RECEIVER}", [PHONE_WRONG]),
        ("9" * 5000, [PHONE_WRONG]),
    ],
)
def test_phone(typed: str, becomes: Any) -> None:
    assert outcome("phone", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", None),
        ("2027-03-28", date(2027, 3, 28)),
        ("28-3-2027", date(2027, 3, 28)),
        ("28/03/2027", date(2027, 3, 28)),
        ("2028-02-29", date(2028, 2, 29)),
        ("2027-02-29", ["Deze datum bestaat niet."]),
        ("31-4-2027", ["Deze datum bestaat niet."]),
        ("2027-13-01", ["Deze datum bestaat niet."]),
        ("0027-03-28", [YEAR_WRONG]),
        ("9999-12-31", [YEAR_WRONG]),
        ("morgen", [DATE_WRONG]),
        ("28-3-27", [DATE_WRONG]),
        ("=1+1", [DATE_WRONG]),
        ("２０２７-03-28", [DATE_WRONG]),
    ],
)
def test_date(typed: str, becomes: Any) -> None:
    assert outcome("day", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", None),
        ("1", 1),
        (" 2000 ", 2000),
        ("0030", 30),
        ("0", [NUMBER_OUTSIDE]),
        ("2001", [NUMBER_OUTSIDE]),
        ("-5", [NUMBER_OUTSIDE]),
        ("9" * 5000, [NUMBER_OUTSIDE]),
        ("30,5", [NUMBER_WRONG]),
        ("1e3", [NUMBER_WRONG]),
        ("dertig", [NUMBER_WRONG]),
        ("=1+1", [NUMBER_WRONG]),
        ("٣", [NUMBER_WRONG]),
    ],
)
def test_whole_number(typed: str, becomes: Any) -> None:
    assert outcome("number", typed) == becomes


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", ""),
        ("wonen-2027", "wonen-2027"),
        ("Wonen", [SLUG_WRONG]),
        ("één", [SLUG_WRONG]),
        ("-wonen", [SLUG_WRONG]),
        ("a--b", [SLUG_WRONG]),
        ("../beheer", [SLUG_WRONG]),
        ("x" * 81, ["Gebruik niet meer dan 80 tekens. Nu zijn het er 81."]),
    ],
)
def test_slug(typed: str, becomes: Any) -> None:
    assert outcome("slug", typed) == becomes


@pytest.mark.parametrize(
    ("field", "typed", "becomes"),
    [
        ("theme", "", None),
        ("theme", "wonen", "wonen"),
        ("theme", "jeugd", [NOT_OFFERED]),
        ("theme", "<script>", [NOT_OFFERED]),
        ("room", "", None),
        ("room", "7", 7),
        ("room", "8", [NOT_OFFERED]),
        ("room", "zeven", [NOT_OFFERED]),
        ("room", "9" * 5000, [NOT_OFFERED]),
        ("openness", "", None),
        ("openness", "energie", "energie"),
        ("openness", "None", [NOT_OFFERED]),
        ("themes", [], []),
        ("themes", ["energie", "wonen", "energie"], ["energie", "wonen"]),
        ("themes", ["wonen", "jeugd"], ["Een van uw keuzes bestaat niet meer. Kies opnieuw."]),
        ("numbers", ["7", "8"], [7, 8]),
        ("numbers", ["zeven"], [NOT_OFFERED]),
        ("theme", (BytesIO(b"a file"), "wonen"), [NOT_OFFERED]),
    ],
)
def test_choices(field: str, typed: Any, becomes: Any) -> None:
    assert outcome(field, typed) == becomes


@pytest.mark.parametrize(
    ("day", "time", "becomes"),
    [
        ("", "", None),
        ("2027-01-28", "14:30", datetime(2027, 1, 28, 13, 30, tzinfo=UTC)),
        ("2027-06-28", "14:30", datetime(2027, 6, 28, 12, 30, tzinfo=UTC)),
        ("28-6-2027", "9.05", datetime(2027, 6, 28, 7, 5, tzinfo=UTC)),
        ("2027-06-28", "14:30:00.000", datetime(2027, 6, 28, 12, 30, tzinfo=UTC)),
        ("2027-06-28", "00:00", datetime(2027, 6, 27, 22, 0, tzinfo=UTC)),
        ("2027-03-28", "01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28", "03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        # It is half past two twice; summer time comes first.
        ("2027-10-31", "02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31", "03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        ("", "14:30", "Vul ook een datum in."),
        ("2027-06-28", "", "Vul ook een tijd in."),
        ("2027-06-31", "14:30", "Deze datum bestaat niet."),
        ("2027-06-28", "24:00", "Deze tijd bestaat niet."),
        ("2027-06-28", "14:60", "Deze tijd bestaat niet."),
        ("2027-06-28", "half drie", TIME_WRONG),
        ("2027-06-28", "=1+1", TIME_WRONG),
        ("<script>", "14:30", DATE_WRONG),
    ],
)
def test_moment(day: str, time: str, becomes: Any) -> None:
    form = submitted({"moment-date": day, "moment-time": time})

    assert (form.moment.data or [*form.moment.errors] or None) == (
        [becomes] if isinstance(becomes, str) else becomes
    )


@pytest.mark.parametrize("time", ["02:00", "02:30", "02:59"])
def test_moment_that_the_clock_skips_is_refused_and_stays_typed(time: str) -> None:
    form = submitted({"moment-date": "28-3-2027", "moment-time": time})

    assert form.errors_in_order() == [
        (
            "moment-time",
            "Begin",
            "Deze tijd bestaat niet: op zondag 28 maart 2027 gaat de klok van 2.00 naar 3.00 uur.",
        )
    ]
    assert (form.moment.date_value, form.moment.time_value) == ("2027-03-28", time)
    assert form.moment.data is None


def test_moment_error_leads_to_the_part_that_is_wrong_and_keeps_the_other() -> None:
    form = submitted({"moment-date": "gisteren", "moment-time": "9.05"})

    assert form.errors_in_order() == [("moment-date", "Begin", DATE_WRONG)]
    assert (form.moment.date_value, form.moment.time_value) == ("gisteren", "09:05")


def test_moment_shows_a_stored_moment_in_amsterdam() -> None:
    form = EveryField(formdata=None, data={"moment": datetime(2027, 6, 28, 22, 30, tzinfo=UTC)})

    assert (form.moment.date_value, form.moment.time_value) == ("2027-06-29", "00:30")
    assert (form.moment.date_id, form.moment.time_id) == ("moment-date", "moment-time")


FORWARD, BACK = datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)
SECONDS = st.integers(-6 * 3600, 6 * 3600).map(lambda count: timedelta(seconds=count))


def saved(stored: datetime, **typed: str) -> Any:
    """The form of something stored, sent with what it showed but for what was typed."""
    shown = EveryField(formdata=None, data={"moment": stored}).moment
    sent = {"moment-date": shown.date_value, "moment-time": shown.time_value}
    sent |= {f"moment-{part}": text for part, text in typed.items()}
    with app.test_request_context(method="POST", data=sent):
        form = EveryField(data={"moment": stored})
        assert form.validate(), form.errors
        return form.moment.data


@given(st.sampled_from([FORWARD, BACK]), SECONDS)
def test_moment_that_was_left_alone_is_the_stored_one(change: datetime, span: timedelta) -> None:
    assert saved(change + span) == change + span


@pytest.mark.parametrize("stored", [BACK - timedelta(minutes=15), BACK + timedelta(minutes=45)])
def test_another_time_in_the_double_hour_is_the_first(stored: datetime) -> None:
    """Both show 2.45; what is typed over it is in summer time again."""
    assert saved(stored, time="2.30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1)))
def test_moment_of_any_wall_time_is_that_wall_time_or_refused(wall: datetime) -> None:
    minute = wall.replace(second=0, microsecond=0)
    with app.test_request_context():
        try:
            moment = moment_of(minute.date(), minute.time())
        except ValueError:
            back = minute.replace(tzinfo=AMSTERDAM).astimezone(UTC).astimezone(AMSTERDAM)
            assert back.replace(tzinfo=None) - minute == timedelta(hours=1)
        else:
            assert moment.astimezone(AMSTERDAM).replace(tzinfo=None) == minute


def test_typed_values_stay_after_an_error() -> None:
    typed = {
        "line": "een te lange <b>regel</b>",
        "email": "geen adres",
        "phone": "078 770 12 34 56",
        "day": "30-2-2027",
        "number": "veel",
        "slug": "Één",
    }

    form = submitted(typed)

    assert {name: form[name]._value() for name in typed} == typed
    assert len(form.errors_in_order()) == len(typed)


def test_values_are_shown_as_people_write_them() -> None:
    form = EveryField(formdata=None, data={"phone": "+31787701234", "day": date(2027, 3, 28)})

    assert 'value="+31 78 770 12 34"' in str(form.phone())
    assert 'value="2027-03-28"' in str(form.day())
    assert 'value=""' in str(form.email())
    assert str(form.number()) == (
        '<input id="number" inputmode="numeric" name="number" type="text" value="">'
    )
    assert "&lt;script&gt;" in str(submitted({"text": "<script>"}).text())


def test_required_fields_each_have_their_own_sentence_in_the_order_of_the_page() -> None:
    form = submitted({"number": "0"}, RequiredFields)

    assert form.errors_in_order() == [
        ("themes-0", "Thema's", "Kies een of meer thema's."),
        ("openness-0", "Openheid", "Kies de openheid."),
        ("email", "E-mailadres", "Vul uw e-mailadres in."),
        ("agreed", "Akkoord", "Vink dit aan."),
        ("starts_at-date", "Begin", "Vul in wanneer het begint."),
    ]
    assert form.number.data == 0


def test_only_the_first_thing_wrong_is_said() -> None:
    form = submitted({"email": "geen adres"}, RequiredFields)

    assert form.email.errors == [EMAIL_WITHOUT_AT]


@pytest.mark.parametrize(
    ("end", "or_equal", "errors"),
    [
        ("15:00", False, []),
        ("14:30", False, ["Het einde is na het begin."]),
        ("14:30", True, []),
        ("14:00", True, ["Het einde is na het begin."]),
        ("", False, []),
    ],
)
def test_end_before_start(end: str, or_equal: bool, errors: list[str]) -> None:
    class Period(KwartaalForm):
        starts_at = MomentField("Begin")
        ends_at = MomentField(
            "Einde",
            validators=[After("starts_at", "Het einde is na het begin.", or_equal=or_equal)],
        )

    day = "2027-06-28"
    typed = {
        "starts_at-date": day,
        "starts_at-time": "14:30",
        "ends_at-date": day if end else "",
        "ends_at-time": end,
    }

    form = submitted(typed, Period)

    assert form.ends_at.errors == errors


def test_errors_of_the_whole_form_and_of_nested_forms_are_listed() -> None:
    class Round(KwartaalForm):
        title = TextField("Titel", validators=[Required("Vul de titel in.")])

    class Programme(KwartaalForm):
        rounds = FieldList(FormField(Round), min_entries=2)

    form = submitted({"rounds-0-title": "Ronde 1", "rounds-1-title": ""}, Programme)
    form.form_errors.append("De bijeenkomst is vol.")

    assert form.errors_in_order() == [
        (None, "", "De bijeenkomst is vol."),
        ("rounds-1-title", "Titel", "Vul de titel in."),
    ]


def test_an_empty_form_is_not_filled_with_what_is_stored() -> None:
    class Settings(KwartaalForm):
        wants_mail = BooleanField("Mail")

    with app.test_request_context(method="POST"):
        form = Settings(data={"wants_mail": True})

    assert form.wants_mail.data is False


def test_json_is_no_form() -> None:
    with app.test_request_context(method="POST", json={"number": 7, "line": ["x"]}):
        form = EveryField()

        assert form.validate()
    assert (form.number.data, form.line.data) == (None, "")
