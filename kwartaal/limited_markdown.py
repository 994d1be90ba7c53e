"""The toelichting of an agenda item: a little Markdown that becomes safe HTML, or plain text.

What is stored is what was typed; it is rendered when somebody reads it. Known are paragraphs, line
breaks, **bold**, *italics*, lists, quotes, headings of one level, and links to https and mailto
addresses. All else stays on the page as the signs that were typed (decision 0020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

RULES = ("autolink", "blockquote", "emphasis", "escape", "heading", "link", "list", "newline")
SCHEMES = ("https://", "mailto:")
CLASSES = {
    "p": "nl-paragraph",
    "a": "nl-link",
    "ul": "kw-list",
    "ol": "kw-list kw-list--numbered",
    "blockquote": "kw-quote",
}
HEADINGS = {level: f"nl-heading nl-heading--level-{level}" for level in (3, 4, 5)}
TAGS = {"br", "strong", "em", "li", *CLASSES, *(f"h{level}" for level in HEADINGS)}
BULLET = "- "


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """A link that leads elsewhere stays text: who wrote it sees that it is none."""
        return url.lower().startswith(SCHEMES)


# The preset "zero" knows nothing, so what is not named above is text: HTML, images, code, rules.
_markdown = _Markdown("zero", {"breaks": True, "html": False}).enable(list(RULES))


def render(text: str, heading: int = 4) -> Markup:
    """The text as HTML; its headings become `<h3>`, `<h4>` or `<h5>`, as the page asks."""
    tokens = parsed(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{heading}"
    _dress(tokens, {**CLASSES, f"h{heading}": HEADINGS[heading]})
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(_cleaned(html))  # noqa: S704  (the sanitiser's outcome)


def plain(text: str) -> str:
    """The same text for a mail or a calendar: no signs, and the address behind a link's words."""
    written, in_list = "", False
    for prefix, block in _blocks(_markdown.parse(text)):
        lines = ("\n" + " " * len(prefix)).join(block.splitlines())
        written += ("\n" if in_list and prefix else "\n\n") + prefix + lines
        in_list = bool(prefix)
    return written.strip("\n")


def parsed(text: str) -> list[Token]:
    """What the text is made of, for whoever sets it in another form than these two."""
    return _without_empty_headings(_markdown.parse(text))


def _cleaned(html: str) -> str:
    """A second lock on the door: whatever a parser lets through, only this reaches a page."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        url_schemes={"https", "mailto"},
        allowed_classes={
            **{tag: set(names.split()) for tag, names in CLASSES.items()},
            **{f"h{level}": set(names.split()) for level, names in HEADINGS.items()},
        },
        link_rel="noopener noreferrer",
    )


def _without_empty_headings(tokens: Sequence[Token]) -> list[Token]:
    """A lonely # is a heading without words, which a screen reader would announce as nothing."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "heading_close" and not kept[-1].content:
            del kept[-2:]
        else:
            kept.append(token)
    return kept


def _dress(tokens: Sequence[Token], classes: dict[str, str]) -> None:
    """Give each element the class that the design has for it."""
    for token in tokens:
        if token.nesting == 1 and token.tag in classes:
            token.attrSet("class", classes[token.tag])
        if token.children:
            _name_links(token.children)
            _dress(token.children, classes)


def _name_links(tokens: list[Token]) -> None:
    """A link without words is called by its address: without a name nobody can follow it."""
    for index in range(len(tokens) - 1, 0, -1):
        opened, closed = tokens[index - 1], tokens[index]
        if (opened.type, closed.type) == ("link_open", "link_close"):
            tokens.insert(index, Token("text", "", 0, content=str(opened.attrGet("href"))))


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """(what stands before its first line, text) of each paragraph, heading or point of a list."""
    lists: list[int | None] = []  # the next number of each list we are in; None for bullets
    prefix = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            lists.append(int(token.attrGet("start") or 1) if ordered else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            prefix = BULLET if number is None else f"{number}. "
            lists[-1] = None if number is None else number + 1
        elif token.type == "inline":
            yield prefix, _words(token.children or [])
            prefix = ""


def _words(tokens: Sequence[Token]) -> str:
    words, address, start = "", "", 0
    for token in tokens:
        if token.type == "link_open":
            address, start = str(token.attrGet("href") or ""), len(words)
        elif token.type == "link_close" and words[start:] not in (address, address[7:]):
            words += f" ({address.removeprefix('mailto:')})"
        elif token.type in ("softbreak", "hardbreak"):
            words += "\n"
        else:
            words += token.content
    return words
