"""What a paper can print, and texts as blocks for it; without making one."""

from __future__ import annotations

import logging

import pytest

from kwartaal.pdf.glyphs import UNKNOWN, covered, printable
from kwartaal.pdf.rich_text import markdown_blocks, plain_blocks


def said(*spans):
    return {
        "kind": "paragraph",
        "spans": [{"text": s} if isinstance(s, str) else s for s in spans],
    }


BREAK = {"text": "", "break": True}


@pytest.mark.parametrize(
    "text", ["Zeeën, façade, Łódź", "Ελλάδα", "Київ", "王小明", "さくら", "שלום", "مرحبا"]
)
def test_these_scripts_are_printed_as_they_are(text):
    assert printable(text) == text


def test_what_no_font_has_becomes_a_mark_and_a_line_in_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        shown = printable({"title": "a\U00012000b"})

    assert shown == {"title": f"a{UNKNOWN}b"}
    assert [record.getMessage() for record in caplog.records] == ["no font has U+12000"]


def test_the_mark_itself_can_be_printed():
    assert ord(UNKNOWN) in covered()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("een\r\n\ttwee", "een twee"),
        ("gnp.\u202egpj", "gnp.gpj"),
        ("a\u200bb\x00c\u00ad", "abc"),
        ("e\u0301e\u0301n", "één"),
        ("17\u00a0december", "17\u00a0december"),
        ("\ud800", UNKNOWN),
    ],
)
def test_a_text_is_one_line_without_what_has_no_form(typed, shown):
    assert printable([typed]) == [shown]


def test_a_plain_text_is_paragraphs_with_their_lines():
    assert plain_blocks("Een.\nTwee.\n\nDrie *3*.") == [
        said("Een.", BREAK, "Twee."),
        said("Drie *3*."),
    ]


def test_limited_markdown_is_blocks():
    typed = "# Kop\n\nLees **dit *zo***\nen [meer](https://a.nl/b)\n\n> Citaat\n\n#"

    assert markdown_blocks(typed) == [
        {"kind": "heading", "spans": [{"text": "Kop"}]},
        said(
            "Lees ",
            {"text": "dit ", "bold": True},
            {"text": "zo", "bold": True, "italic": True},
            BREAK,
            "en ",
            {"text": "meer", "link": "https://a.nl/b"},
        ),
        {"kind": "quote", "blocks": [said("Citaat")]},
    ]


def test_lists_may_stand_in_lists():
    assert markdown_blocks("- een\n  1. eerst\n- twee\n\n4. vier") == [
        {
            "kind": "list",
            "start": 0,
            "items": [
                [said("een"), {"kind": "list", "start": 1, "items": [[said("eerst")]]}],
                [said("twee")],
            ],
        },
        {"kind": "list", "start": 4, "items": [[said("vier")]]},
    ]


def test_a_link_without_words_is_called_by_its_address():
    link = {"text": "https://a.nl", "link": "https://a.nl"}

    assert markdown_blocks("[](https://a.nl)") == [said(link)]


def test_html_and_other_signs_stay_text():
    assert markdown_blocks('<b>#eval("1")</b> ![x](y)') == [said('<b>#eval("1")</b> ![x](y)')]


def test_quotes_far_inside_quotes_stand_beside_each_other():
    block = markdown_blocks("> " * 9 + "Diep")[0]
    depth = 0
    while block["kind"] == "quote":
        (block,), depth = block["blocks"], depth + 1

    assert (depth, block) == (3, said("Diep"))


def test_an_address_too_long_for_a_link_leaves_its_words():
    assert markdown_blocks(f"[meer](https://a.nl/{'b' * 2000}) nog") == [said("meer", " nog")]
