"""Texts as blocks that a template can set: plain text, and the limited Markdown of agenda points.

A block is a dict with `kind`: `paragraph` and `heading` have `spans`, `quote` has `blocks`, `list`
has `items` (each a list of blocks) and `start`, which is 0 for bullets. A span has `text`, and
maybe `bold`, `italic` and `link`; a line break is a span with `text` "" and `break`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from kwartaal.filters import text_blocks
from kwartaal.limited_markdown import parsed

Block = dict[str, Any]
Span = dict[str, Any]
BREAK: Span = {"text": "", "break": True}
LONGEST_ADDRESS = 2000  # typst refuses a link of 8,000
DEEPEST = 3  # quotes in quotes; typst gives up at some depth, and nobody reads so far


def plain_blocks(text: str) -> list[Block]:
    """Paragraphs with their line breaks."""
    return [_paragraph(block.splitlines()) for block in text_blocks(text)]


def markdown_blocks(text: str) -> list[Block]:
    """The toelichting of a point."""
    return list(_blocks(iter(parsed(text)), ""))


def _paragraph(lines: Sequence[str]) -> Block:
    spans: list[Span] = []
    for line in lines:
        spans += [BREAK, {"text": line}] if spans else [{"text": line}]
    return {"kind": "paragraph", "spans": spans}


def _blocks(tokens: Iterator[Token], until: str, quotes: int = 0) -> Iterator[Block]:
    """The blocks up to the closing token of what they stand in."""
    for token in tokens:
        if token.type == until:
            return
        if token.type in ("paragraph_open", "heading_open"):
            spans = list(_spans(next(tokens).children or []))
            yield {"kind": token.type.removesuffix("_open"), "spans": spans}
        elif token.type == "blockquote_open":
            quoted = list(_blocks(tokens, "blockquote_close", quotes + 1))
            yield from [{"kind": "quote", "blocks": quoted}] if quotes < DEEPEST else quoted
        elif token.type == "bullet_list_open":
            yield {"kind": "list", "start": 0, "items": _items(tokens, "bullet_list_close", quotes)}
        elif token.type == "ordered_list_open":
            items = _items(tokens, "ordered_list_close", quotes)
            yield {"kind": "list", "start": int(token.attrGet("start") or 1), "items": items}


def _items(tokens: Iterator[Token], until: str, quotes: int) -> list[list[Block]]:
    items = []
    for token in tokens:
        if token.type == until:
            break
        items.append(list(_blocks(tokens, "list_item_close", quotes)))
    return items


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    style: Span = {}
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type in ("softbreak", "hardbreak"):
            yield BREAK
        elif token.type == "link_open":
            address = str(token.attrGet("href"))
            if len(address) <= LONGEST_ADDRESS:
                style["link"] = address
            if after is not None and after.type == "link_close":  # as pages show it
                yield {"text": address, **style}
        elif token.type == "link_close":
            style.pop("link", None)
        elif token.type in ("strong_open", "em_open"):
            style["bold" if token.type == "strong_open" else "italic"] = True
        elif token.type in ("strong_close", "em_close"):
            style.pop("bold" if token.type == "strong_close" else "italic", None)
        elif token.content:
            yield {"text": token.content, **style}
