"""The markup of the macros, compared as trees; a bare Jinja environment renders them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from kwartaal.fields import CheckboxesField, MomentField, RadioField
from kwartaal.filters import FILTERS
from tests.html_tree import find, only, text, tree

TEMPLATES = Path(__file__).parent.parent / "kwartaal" / "templates"
NBSP = "\u00a0"
NOON = datetime(2021, 11, 9, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _environment() -> Environment:

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: message,
        lambda one, many, count: one if count == 1 else many,
        newstyle=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(csrf_token=lambda: "token", page_url=lambda n: f"?pagina={n}")
    return environment


ENVIRONMENT = _environment()


def render(file: str, call: str, **values: Any) -> str:
    """What `{{ call }}` prints with every macro of the file at hand."""
    return ENVIRONMENT.from_string(f'{{% import "macros/{file}.html" as m %}}{call}').render(
        **values
    )


class PersonForm(Form):
    name = StringField("Naam", [InputRequired("Vul uw naam in.")])
    phone = StringField("Telefoon")
    about = TextAreaField("Over u")
    council = SelectField("Gemeente", choices=[SelectChoice("p", "Papendrecht")])
    secret = PasswordField("Wachtwoord", [InputRequired()])
    starts = MomentField("Begin", [InputRequired()])
    audience = RadioField("Wie mag komen?", [InputRequired("Kies.")], choices=[("a", "Iedereen")])
    groups = CheckboxesField("Groepen", choices=[("raad", "Raad"), ("college", "College")])
    mails = BooleanField("Stuur mij mail")


@pytest.fixture
def form() -> PersonForm:
    return PersonForm()


@pytest.fixture
def wrong_form() -> PersonForm:
    form = PersonForm(MultiDict({"name": "", "starts-date": "2021-03-28"}))
    form.validate()
    return form


def test_a_button_is_a_button():
    assert only(render("actions", "{{ m.button('Bewaar', name='op', value='x') }}")) == (
        "button",
        {"class": "nl-button nl-button--primary", "type": "submit", "name": "op", "value": "x"},
        ["Bewaar"],
    )


def test_a_button_with_an_icon_and_more_to_hear():
    html = "{{ m.button('Wijzig', 'default', 'edit', hidden_label=': Pauze') }}"

    assert only(render("actions", html))[2] == [
        ("span", {"class": "nl-button__icon-start"}, ["icon"]),
        (
            "span",
            {"class": "nl-button__label"},
            ["Wijzig", ("span", {"class": "kw-visually-hidden"}, [": Pauze"])],
        ),
    ]


def test_a_disabled_button_can_still_be_reached():
    html = "{{ m.button('Publiceer', disabled=true, aria_describedby='why') }}"

    assert only(render("actions", html))[1] == {
        "class": "nl-button nl-button--primary nl-button--disabled",
        "type": "submit",
        "aria-disabled": "true",
        "aria-describedby": "why",
    }


def test_a_link_button_goes_somewhere():
    assert only(render("actions", "{{ m.link_button('Verder', '/a?b=1&c', wide=true) }}")) == (
        "a",
        {"class": "nl-button nl-button--secondary kw-button--wide", "href": "/a?b=1&c"},
        ["Verder"],
    )


def test_a_post_button_is_a_form_with_a_token():
    html = "{{ m.post_button('Meld u af', '/af', fields={'sure': 'y'}, swap='#row-3', id='b3') }}"

    assert only(render("actions", html)) == (
        "form",
        {"class": "kw-post", "method": "post", "action": "/af", "data-swap": "#row-3"},
        [
            ("input", {"type": "hidden", "name": "csrf_token", "value": "token"}, []),
            ("input", {"type": "hidden", "name": "sure", "value": "y"}, []),
            (
                "button",
                {"class": "nl-button nl-button--secondary", "type": "submit", "id": "b3"},
                ["Meld u af"],
            ),
        ],
    )


def test_what_is_shown_is_escaped():
    html = render("actions", "{{ m.button(label, value=label) }}", label='<b>"&')

    assert html.count("&lt;b&gt;&#34;&amp;") == 2


def test_a_copy_field_names_its_help_and_its_status():
    html = render("actions", "{{ m.copy_field('feed', 'Uw link', 'https://x', 'Deel niet.') }}")

    (field,) = find(html, "input")
    (button,) = find(html, "button")
    assert (field[1]["aria-describedby"], field[1]["value"]) == ("feed-help", "https://x")
    assert (button[1]["data-copy"], button[1]["data-status"]) == ("feed", "feed-status")
    assert "hidden" in button[1]


@pytest.mark.parametrize(
    ("arguments", "words", "kind", "share"),
    [
        ("18, 24", "Nog 6 plekken van 24", "", "75"),
        ("20, 24", "Nog 4 plekken van 24", "", "83"),
        ("21, 24", "Nog 3 plekken van 24", " kw-places--few", "88"),
        ("23, 24", "Nog 1 plek van 24", " kw-places--few", "96"),
        ("24, 24", "Vol", " kw-places--full", "100"),
        ("26, 24, 5", "Vol · 5 op de wachtlijst", " kw-places--full", "100"),
        ("23, 24, 2", "Nog 1 plek van 24 · 2 op de wachtlijst", " kw-places--few", "96"),
        ("0, 0", "Vol", " kw-places--full", "100"),
    ],
)
def test_places_say_it_and_show_it(arguments: str, words: str, kind: str, share: str):
    span = only(render("status", f"{{{{ m.places({arguments}) }}}}"))
    (bar,) = find(render("status", f"{{{{ m.places({arguments}) }}}}"), "rect")

    assert (span[1]["class"], span[2][1]) == (f"kw-places{kind}", ("span", {}, [words]))
    assert bar[1]["width"] == share


def test_places_without_a_maximum_are_free():
    assert only(render("status", "{{ m.places(7, None) }}")) == (
        "span",
        {"class": "kw-places"},
        ["Vrij aanmelden"],
    )


def test_a_closed_badge_has_a_lock_and_a_word():
    assert only(render("status", "{{ m.closed_badge() }}")) == (
        "span",
        {"class": "utrecht-status-badge utrecht-status-badge--active"},
        ["icon", "Besloten"],
    )


def test_an_alert_holds_what_is_said():
    html = "{% call m.alert('error', 'Gaat niet door', role='alert') %}<p>De zaal.</p>{% endcall %}"

    assert only(render("status", html)) == (
        "div",
        {"class": "utrecht-alert utrecht-alert--error kw-mb5", "role": "alert"},
        [
            "icon",
            (
                "div",
                {"class": "utrecht-alert__content"},
                [
                    (
                        "div",
                        {"class": "utrecht-alert__message"},
                        [
                            (
                                "h2",
                                {"class": "nl-heading nl-heading--level-4"},
                                ["Gaat niet door"],
                            ),
                            ("p", {}, ["De zaal."]),
                        ],
                    )
                ],
            ),
        ],
    )


def test_a_field_has_its_label(form: PersonForm):
    assert only(render("form", "{{ m.field(f.name, autocomplete='name') }}", f=form)) == (
        "div",
        {"class": "utrecht-form-field utrecht-form-field--distanced"},
        [
            (
                "div",
                {"class": "utrecht-form-field__label"},
                [("label", {"class": "utrecht-form-label", "for": "name"}, ["Naam"])],
            ),
            (
                "div",
                {"class": "utrecht-form-field__input"},
                [
                    (
                        "input",
                        {
                            "autocomplete": "name",
                            "class": "utrecht-textbox utrecht-textbox--html-input",
                            "id": "name",
                            "name": "name",
                            "required": "",
                            "type": "text",
                            "value": "",
                        },
                        [],
                    )
                ],
            ),
        ],
    )


def test_a_wrong_field_names_its_error_and_its_help(wrong_form: PersonForm):
    html = render("form", "{{ m.field(f.name, help='Voluit.') }}", f=wrong_form)

    (field,) = find(html, "input")
    ids = {node[1]["id"]: node[2] for node in find(html, "p")}
    assert field[1]["aria-describedby"] == "name-error name-help"
    assert field[1]["aria-invalid"] == "true"
    assert ids == {
        "name-help": ["Voluit."],
        "name-error": ["icon", ("span", {}, ["Vul uw naam in."])],
    }


@pytest.mark.parametrize(
    ("call", "label"),
    [
        ("m.field(f.name)", "Naam"),
        ("m.field(f.phone)", "Telefoon (niet verplicht)"),
        ("m.field(f.phone, optional=false)", "Telefoon"),
        ("m.field(f.phone, label='Mobiel')", "Mobiel (niet verplicht)"),
        ("m.field(f.council)", "Gemeente"),
    ],
)
def test_a_label_says_what_may_stay_empty(form: PersonForm, call: str, label: str):
    (node,) = find(render("form", f"{{{{ {call} }}}}", f=form), "label")

    assert node[2] == [label]


@pytest.mark.parametrize(
    ("name", "tag", "css_class"),
    [
        ("about", "textarea", "utrecht-textarea utrecht-textarea--html-textarea"),
        ("council", "select", "utrecht-select utrecht-select--html-select"),
        ("secret", "input", "utrecht-textbox utrecht-textbox--html-input"),
    ],
)
def test_every_kind_of_field_has_its_component(
    form: PersonForm, name: str, tag: str, css_class: str
):
    (node,) = find(render("form", "{{ m.field(f) }}", f=form[name]), tag)

    assert node[1]["class"] == css_class


def test_a_password_is_never_sent_back():
    form = PersonForm(MultiDict({"secret": "geheim"}))

    (node,) = find(render("form", "{{ m.field(f.secret) }}", f=form), "input")

    assert (node[1]["type"], node[1]["value"]) == ("password", "")


def test_a_moment_is_a_group_of_two_inputs(wrong_form: PersonForm):
    html = render("form", "{{ m.field(f.starts) }}", f=wrong_form)

    day, clock = find(html, "input")
    assert (day[1]["type"], day[1]["name"], day[1]["value"]) == (
        "date",
        "starts-date",
        "2021-03-28",
    )
    assert (clock[1]["type"], clock[1]["name"], clock[1]["value"]) == ("time", "starts-time", "")
    assert (clock[1]["aria-describedby"], "aria-invalid" in day[1]) == ("starts-error", False)
    assert [label[1]["for"] for label in find(html, "label")] == ["starts-date", "starts-time"]


def test_what_a_date_input_cannot_show_stays_as_text():
    form = PersonForm(MultiDict({"starts-date": "morgen", "starts-time": "half acht"}))

    inputs = find(render("form", "{{ m.field(f.starts) }}", f=form), "input")

    assert [(node[1]["type"], node[1]["value"]) for node in inputs] == [
        ("text", "morgen"),
        ("text", "half acht"),
    ]


def test_a_wrong_radio_group_says_so_once(wrong_form: PersonForm):
    html = render("form", "{{ m.radio_group(f.audience) }}", f=wrong_form)

    group = only(html)
    assert group[1] == {
        "class": "utrecht-form-fieldset utrecht-form-fieldset--html-fieldset kw-group "
        "utrecht-form-fieldset--invalid",
        "id": "audience",
        "role": "radiogroup",
        "aria-invalid": "true",
        "aria-describedby": "audience-error",
    }
    assert [node[1] for node in find(html, "input")] == [
        {
            "class": "utrecht-radio-button utrecht-radio-button--html-input",
            "id": "audience-0",
            "name": "audience",
            "type": "radio",
            "value": "a",
        }
    ]


def test_checkboxes_in_a_group_keep_what_was_ticked():
    form = PersonForm(MultiDict({"groups": "college"}))

    boxes = find(render("form", "{{ m.checkbox_group(f.groups) }}", f=form), "input")

    assert [(node[1]["value"], "checked" in node[1]) for node in boxes] == [
        ("raad", False),
        ("college", True),
    ]


def test_a_checkbox_stands_in_its_label(form: PersonForm):
    (label,) = find(render("form", "{{ m.checkbox(f.mails, help='Later.') }}", f=form), "label")

    assert label[2] == [
        (
            "input",
            {
                "aria-describedby": "mails-help",
                "class": "utrecht-checkbox--custom utrecht-checkbox--html-input",
                "id": "mails",
                "name": "mails",
                "type": "checkbox",
                "value": "y",
            },
            [],
        ),
        ("span", {}, ["Stuur mij mail"]),
    ]


def test_a_choice_card_tells_its_places():
    html = (
        "{% call m.choice('round-1', '7', 'Warmte', 'r7', checked=true) %}"
        "<span>Zaal Noord</span>{% endcall %}"
    )

    assert only(render("form", html)) == (
        "label",
        {"class": "kw-choice"},
        [
            (
                "input",
                {
                    "class": "utrecht-radio-button utrecht-radio-button--html-input",
                    "type": "radio",
                    "name": "round-1",
                    "value": "7",
                    "id": "r7",
                    "checked": "",
                },
                [],
            ),
            (
                "span",
                {},
                [
                    ("span", {"class": "kw-choice__title"}, ["Warmte"]),
                    ("span", {"class": "kw-choice__info"}, [("span", {}, ["Zaal Noord"])]),
                ],
            ),
        ],
    )


def test_a_choice_card_can_be_out_of_reach():
    html = render("form", "{{ m.choice('r', '8', 'Vervallen', 'r8', disabled=true) }}")

    (box,) = find(html, "input")
    assert ("disabled" in box[1], "checked" in box[1]) == (True, False)


def test_a_wrong_round_says_so_at_the_group():
    html = (
        "{% call m.choice_group('round-1', 'Ronde 1', note='13.45 uur', error='Kies.') %}"
        "{% endcall %}"
    )

    assert only(render("form", html))[1] == {
        "class": "utrecht-form-fieldset utrecht-form-fieldset--html-fieldset "
        "utrecht-form-fieldset--distanced utrecht-form-fieldset--invalid",
        "id": "round-1",
        "role": "radiogroup",
        "aria-invalid": "true",
        "aria-describedby": "round-1-error",
    }


@dataclass
class Problems:
    """As KwartaalForm lists them."""

    listed: list[tuple[str | None, str, str]]

    def errors_in_order(self) -> list[tuple[str | None, str, str]]:
        return self.listed


def test_the_error_summary_links_to_the_fields():
    problems = Problems(
        [
            (None, "", "De bijeenkomst is net vol."),
            ("name", "Naam", "Vul uw naam in."),
            ("audience-0", "Wie mag komen?", "Kies."),
        ]
    )
    html = render("form", "{{ m.error_summary(f, [('r1', 'Ronde 1: kies.')]) }}", f=problems)

    assert [node[2] for node in find(html, "li")] == [
        ["De bijeenkomst is net vol."],
        [("a", {"class": "nl-link", "href": "#name"}, ["Naam: Vul uw naam in."])],
        [("a", {"class": "nl-link", "href": "#audience-0"}, ["Wie mag komen? Kies."])],
        [("a", {"class": "nl-link", "href": "#r1"}, ["Ronde 1: kies."])],
    ]
    assert only(html)[1] == {
        "class": "utrecht-alert utrecht-alert--error kw-mb5",
        "role": "alert",
        "tabindex": "-1",
        "data-error-summary": "",
        "aria-labelledby": "error-summary-heading",
    }


def test_without_errors_there_is_no_summary():
    assert tree(render("form", "{{ m.error_summary(f) }}", f=Problems([]))) == []


def test_a_date_tile_is_decoration():
    assert only(render("meeting", "{{ m.date_tile(at) }}", at=NOON)) == (
        "div",
        {"class": "kw-date-tile", "aria-hidden": "true"},
        [
            ("span", {"class": "kw-date-tile__day"}, ["9"]),
            ("span", {"class": "kw-date-tile__month"}, ["november"]),
        ],
    )


def test_a_cancelled_meeting_is_struck_through_and_says_why():
    html = (
        "{% call m.meeting_row(at, 'Inloop', '/x', cancelled=true) %}"
        "<p>Gaat niet door.</p>{% endcall %}"
    )

    assert only(render("meeting", html, at=NOON))[2][1] == (
        "div",
        {},
        [
            (
                "h3",
                {"class": "kw-meeting__title"},
                [
                    (
                        "s",
                        {"class": "kw-struck"},
                        [("a", {"class": "nl-link", "href": "/x"}, ["Inloop"])],
                    )
                ],
            ),
            ("p", {}, ["Gaat niet door."]),
        ],
    )


@dataclass
class Part:
    starts_at: datetime
    ends_at: datetime
    title: str
    strands: int = 0


@pytest.fixture
def midday() -> list[Part]:
    return [
        Part(NOON, NOON + HOUR, "Lunch"),
        Part(NOON + HOUR, NOON + 2 * HOUR, "Workshops", 3),
        Part(NOON + 2 * HOUR, NOON + 3 * HOUR, "Borrel"),
    ]


def test_the_dagstroom_tells_in_text_what_it_draws(midday: list[Part]):
    html = render("meeting", "{{ m.dayflow(day) }}", day=midday)

    assert [text_of(node) for node in find(html, "li")] == [
        ["12.00 uur", "Lunch"],
        ["13.00 uur", "Workshops", "3 workshops"],
        ["14.00 uur", "Borrel tot 15.00 uur"],
    ]


def test_the_dagstroom_draws_a_strand_per_workshop(midday: list[Part]):
    html = render("meeting", "{{ m.dayflow(day) }}", day=midday)

    river, *rails = find(html, "svg")
    assert [len(drawing[2]) for drawing in (river, *rails)] == [4, 1, 3, 1]
    assert river[2][-1] == ("path", {"class": "kw-dayflow__main", "d": "M0 36H200M400 36H600"}, [])
    assert [node[1]["class"] for node in find(html, "li")] == ["kw-dayflow__part kw-w20"] * 3


def test_the_dagstroom_marks_now_with_a_word(midday: list[Part]):
    html = render("meeting", "{{ m.dayflow(day, now) }}", day=midday, now=NOON + 1.5 * HOUR)

    now = [node for node in find(html, "li") if "aria-current" in node[1]]
    assert [text_of(node) for node in now] == [["13.00 uur", "Nu", "Workshops", "3 workshops"]]


def test_a_day_without_parts_has_no_dagstroom():
    assert tree(render("meeting", "{{ m.dayflow([]) }}")) == []


def test_a_round_holds_its_workshops():
    html = (
        "{% call m.block(at, at + hour, 'Ronde 1', 'round') %}<ul class=\"kw-tracks\">"
        "{% call m.workshop_card('Zon', 'Energie', 'Kil', state='chosen', foot='Uw keuze') %}"
        "<p>Met Pieter.</p>{% endcall %}</ul>{% endcall %}"
    )

    block = only(render("programme", html, at=NOON, hour=HOUR))
    assert block[1] == {"class": "kw-block kw-block--round"}
    assert block[2][0] == (
        "p",
        {"class": "kw-block__time"},
        ["12.00", ("span", {}, [f"tot 13.00{NBSP}uur"])],
    )
    (card,) = find(render("programme", html, at=NOON, hour=HOUR), "li")[1:]
    assert card == (
        "li",
        {"class": "kw-workshop kw-workshop--chosen"},
        [
            (
                "p",
                {"class": "kw-workshop__theme"},
                [("span", {}, ["Energie"]), ("span", {}, ["Kil"])],
            ),
            ("h3", {"class": "kw-workshop__title"}, ["Zon"]),
            ("div", {"class": "kw-workshop__text"}, [("p", {}, ["Met Pieter."])]),
            ("div", {"class": "kw-workshop__foot"}, ["Uw keuze"]),
        ],
    )


def test_a_block_over_two_days_names_both():
    html = render("programme", "{{ m.block(at, at + 24 * hour, 'Hackathon') }}", at=NOON, hour=HOUR)

    (time,) = find(html, "p")
    assert plain(time[2][0]) == (
        "dinsdag 9 november 2021, 12.00 uur tot woensdag 10 november 2021, 12.00 uur"
    )


def test_an_agenda_item_says_its_number_aloud():
    html = "{% call m.agenda_item(3, 'Energie', 'item-3') %}<p>Zon en wind.</p>{% endcall %}"

    item = only(render("programme", html))
    assert item[1] == {"class": "kw-agenda-item", "id": "item-3"}
    assert item[2][0] == (
        "span",
        {"class": "nl-number-badge"},
        [
            ("span", {"class": "nl-number-badge__hidden-label"}, ["Agendapunt"]),
            ("span", {"class": "nl-number-badge__visible-label"}, ["3"]),
        ],
    )


def test_a_table_stays_a_table_when_it_turns_into_rows():
    html = (
        "{% call m.table('Aanwezigen', ['Naam', 'Van'], id='list', actions='Inchecken') %}"
        "{% call m.row('row-1', present=true, announce='Loes is er.') %}{{ m.name_cell('Loes') }}"
        "{{ m.cell('Van', 'Dordrecht') }}{% call m.action_cell() %}x{% endcall %}"
        "{% endcall %}{% endcall %}"
    )

    rendered = render("table", html)
    head, row = find(rendered, "tr")
    assert [node[2] for node in head[2]] == [
        ["Naam"],
        ["Van"],
        [("span", {"class": "kw-visually-hidden"}, ["Inchecken"])],
    ]
    assert row[1] == {
        "class": "utrecht-table__row kw-is-present",
        "id": "row-1",
        "role": "row",
        "data-announce": "Loes is er.",
    }
    cells = [*find(rendered, "th")[-1:], *find(rendered, "td")]
    assert [node[1]["role"] for node in cells] == ["rowheader", "cell", "cell"]
    assert cells[1][1]["data-label"] == "Van"


@dataclass
class Page:
    """As Flask-SQLAlchemy's Pagination."""

    page: int = 2
    pages: int = 15
    total: int = 1145
    first: int = 11
    last: int = 20

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def prev_num(self) -> int:
        return self.page - 1

    @property
    def next_num(self) -> int:
        return self.page + 1


def test_a_list_in_pages_says_where_one_is():
    html = render("table", "{{ m.pagination(page) }}", page=Page())

    assert find(html, "p")[0][2] == ["11 tot en met 20 van 1.145 mensen"]
    assert [node[1]["href"] for node in find(html, "a")] == ["?pagina=1", "?pagina=3"]


def test_one_page_has_no_navigation():
    html = render("table", "{{ m.pagination(p, 'mails') }}", p=Page(page=1, pages=1, total=3))

    assert only(html) == ("p", {"class": "kw-pagination kw-soft kw-m0"}, ["3 mails"])


def test_a_page_title_holds_the_way_back_and_the_facts():
    html = render(
        "page",
        "{{ m.page_title('Programma', 'Eén middag.', [('Begin', '/')], [('clock', '12.00')]) }}",
    )

    assert [node[2] for node in find(html, "h1")] == [["Programma"]]
    assert [(node[1]["href"], node[2]) for node in find(html, "a")] == [("/", ["Begin"])]
    assert [node[2] for node in find(html, "li")][1] == ["icon", ("span", {}, ["12.00"])]


def test_a_cancelled_title_is_struck_through():
    html = render("page", "{{ m.page_title('Inloop', cancelled=true) }}")

    assert find(html, "h1")[0][2] == [("s", {"class": "kw-struck"}, ["Inloop"])]


def test_versions_mark_the_one_shown():
    versions = [
        {"label": "Versie 2", "moment": "nu", "note": "Nieuw stuk.", "url": None},
        {"label": "Versie 1", "moment": "toen", "note": None, "url": "/v/1"},
    ]

    items = find(render("page", "{{ m.versions(v) }}", v=versions), "li")
    assert [text_of(item) for item in items] == [
        ["Versie 2 (deze)", "nu", "Nieuw stuk."],
        ["Versie 1", "toen"],
    ]


def test_a_failed_check_is_more_than_a_colour():
    html = render("page", "{{ m.checks([(true, 'Tijden'), (false, 'Zaal dubbel')]) }}")

    assert text(html) == "icon Tijden icon Niet in orde: Zaal dubbel"


def test_what_was_not_chosen_is_named_in_the_summary():
    html = render("page", "{{ m.summary_box('Uw keuze', [('Ronde 1', none), ('Eten', 'Lunch')]) }}")

    assert [node[2] for node in find(html, "dd")] == [["Nog niet gekozen"], ["Lunch"]]


def text_of(node: Any) -> list[str]:
    """The texts inside, one per element, with ordinary spaces."""
    found = []
    for child in node[2]:
        found += [plain(child)] if isinstance(child, str) else text_of(child)
    return found


def plain(words: Any) -> str:
    return str(words).replace(NBSP, " ")


SOURCES = {
    str(path.relative_to(TEMPLATES)): re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    for path in TEMPLATES.rglob("*.html")
}
IMPORTS = re.compile(r'\{%-? from "[^"]+" import ([^%]+?)(?: with context)? -?%\}')


def with_includes(name: str) -> str:
    """A template and all it includes, which see what it imports; without the imports."""
    parts = re.findall(r'include "([^"]+)"', SOURCES[name])
    return IMPORTS.sub("", SOURCES[name]) + "".join(map(with_includes, parts))


def test_a_template_imports_no_macro_that_it_does_not_use() -> None:
    imported = [
        (name, one.split(" as ")[-1].strip())
        for name, source in SOURCES.items()
        for names in IMPORTS.findall(source)
        for one in names.split(",")
    ]

    assert [one for one in imported if not re.search(rf"\b{one[1]}\b", with_includes(one[0]))] == []
