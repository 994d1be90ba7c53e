"""The Markdown of a toelichting: what it can, and that nothing else ever reaches a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartaal.limited_markdown import TAGS, plain, render

P = '<p class="nl-paragraph">'
A = '<a href="{}" class="nl-link" rel="noopener noreferrer">'

WRITTEN = [
    ("Een.\nTwee.\n\nDrie.", f"{P}Een.<br>\nTwee.</p>\n{P}Drie.</p>\n"),
    ("**vet** en *schuin*", f"{P}<strong>vet</strong> en <em>schuin</em></p>\n"),
    ("[Wet](https://a.nl/b)", f"{P}{A.format('https://a.nl/b')}Wet</a></p>\n"),
    ("<griffie@a.nl>", f"{P}{A.format('mailto:griffie@a.nl')}griffie@a.nl</a></p>\n"),
    ("- a\n- b", '<ul class="kw-list">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
    (
        "3. a\n4. b",
        '<ol start="3" class="kw-list kw-list--numbered">\n<li>a</li>\n<li>b</li>\n</ol>\n',
    ),
    ("> Zo.", f'<blockquote class="kw-quote">\n{P}Zo.</p>\n</blockquote>\n'),
    ("# Kop", '<h4 class="nl-heading nl-heading--level-4">Kop</h4>\n'),
    ("### Kop", '<h4 class="nl-heading nl-heading--level-4">Kop</h4>\n'),
    # What it does not know stays as typed.
    ("Kop\n---", f"{P}Kop<br>\n---</p>\n"),
    ("    code `x` ~~y~~", f"{P}code `x` ~~y~~</p>\n"),
    ("a | b\n--|--", f"{P}a | b<br>\n--|--</p>\n"),
    ("1 < 2 & 3 > 2 &lt;", f"{P}1 &lt; 2 &amp; 3 &gt; 2 &amp;lt;</p>\n"),
    # What would be announced as nothing.
    ("#", ""),
    ("[](https://a.nl)", f"{P}{A.format('https://a.nl')}https://a.nl</a></p>\n"),
]


@pytest.mark.parametrize(("typed", "html"), WRITTEN)
def test_render_knows_a_little_markdown(typed: str, html: str):
    assert render(typed) == html


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt\n>alert(1)</sCrIpT\n>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<b onclick=alert(1)>x</b>",
    "<!-- <script> --><p>x</p>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "![x](https://evil.example/pixel.png)",
    '![x](https://evil.example/pixel.png" onerror="alert(1))',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](http://evil.example)",
    "[x](//evil.example)",
    "[x](/beheer/)",
    "<javascript:alert(1)>",
    '[x](https://a.nl "onmouseover=alert(1)")',
    '[x](https://a.nl"onmouseover="alert(1))',
    "[x](https://a.nl'onmouseover='alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "[<img src=x onerror=alert(1)>](https://a.nl)",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "- <script>alert(1)</script>\n> <script>",
    "# <script>alert(1)</script>",
    "**<script>**alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    '<a href="javascript:alert(1)">x</a>',
    "<https://a.nl/<script>alert(1)</script>>",
]


class Found(HTMLParser):
    """Every element and attribute of some HTML, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update((tag, name) for name, _value in attrs)
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def unsafe(html: str) -> list[object]:
    found = Found(html)
    allowed = {(tag, "class") for tag in TAGS} | {("a", "href"), ("a", "rel"), ("ol", "start")}
    addresses = [one for one in found.addresses if not re.match("https://|mailto:", one, re.I)]
    return [*(found.tags - TAGS), *(found.attributes - allowed), *addresses]


@pytest.mark.parametrize("attack", ATTACKS)
def test_render_lets_nothing_else_through(attack: str):
    assert unsafe(render(attack)) == []


@given(st.text(alphabet="<>/\"'=[]()!*_#-`&;:\n \tajsx1", max_size=60))
def test_render_lets_nothing_else_through_whatever_is_typed(text: str):
    assert unsafe(render(text)) == []


@pytest.mark.parametrize("piece", ["[", "*a_ ", "> ", "- ", "<", "**", "- a\n", "\\", "[a](", "# "])
def test_render_is_not_held_up_by_the_longest_text(piece: str):
    text = (piece * 8000)[:8000]

    assert unsafe(render(text)) == []


@pytest.mark.parametrize(("level", "tag"), [(3, "h3"), (4, "h4"), (5, "h5")])
def test_headings_are_of_the_level_the_page_asks(level: int, tag: str):
    assert (
        render("# Kop", level)
        == f'<{tag} class="nl-heading nl-heading--level-{level}">Kop</{tag}>\n'
    )


PLAIN = [
    ("# Kop\n\n**Vet** en *schuin*\nverder", "Kop\n\nVet en schuin\nverder"),
    ("- a\n- b\n\n2. c\n3. d", "- a\n- b\n2. c\n3. d"),
    ("- a\n  b", "- a\n  b"),
    ("[Wet](https://a.nl) <https://b.nl> <c@d.nl>", "Wet (https://a.nl) https://b.nl c@d.nl"),
    ("[Mail](mailto:c@d.nl)", "Mail (c@d.nl)"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "text"), PLAIN)
def test_plain_is_the_text_without_signs(typed: str, text: str):
    assert plain(typed) == text
