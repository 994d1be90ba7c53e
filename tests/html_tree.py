"""HTML as nested tuples, so that markup can be compared without its white space."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle"})
Node = tuple[str, dict[str, str], list["Node | str"]]


def tree(html: str) -> list[Node | str]:
    """The elements and texts of a fragment: `(tag, attributes, children)`; icons become `icon`."""
    parser = _Parser()
    parser.feed(str(html))
    parser.close()
    return parser.children[0]


def only(html: str) -> Node:
    """The one element a fragment consists of."""
    (node,) = tree(html)
    assert not isinstance(node, str)
    return node


def find(html: str, tag: str) -> list[Node]:
    """Every element with this tag, in order of the page."""
    return [node for node in _walk(tree(html)) if node[0] == tag]


def text(html: str) -> str:
    """What is read, without markup."""
    return " ".join(_texts(tree(html)))


def _walk(nodes: list[Node | str]) -> list[Node]:
    found = []
    for node in nodes:
        if not isinstance(node, str):
            found += [node, *_walk(node[2])]
    return found


def _texts(nodes: list[Node | str]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        found += [node] if isinstance(node, str) else _texts(node[2])
    return found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.children: list[list[Node | str]] = [[]]
        self.open: list[Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: Node = (tag, {name: value or "" for name, value in attrs}, [])
        self.children[-1].append(node)
        if tag not in VOID:
            self.open.append(node)
            self.children.append(node[2])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.children[-1].append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        node = self.open.pop()
        assert node[0] == tag, f"</{tag}> closes <{node[0]}>"
        self.children.pop()
        if node[1].get("class") == "kw-icon":
            self.children[-1][-1] = "icon"

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split(" ")).strip(" \n")
        if words:
            self.children[-1].append(" ".join(words.split("\n")))
