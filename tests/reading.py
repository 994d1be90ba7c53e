"""Pages as somebody reads them: the words of the main part, and where its links lead."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.html_tree import Node, find

NO_BREAK_SPACE = "\u00a0"


def words(client: FlaskClient, path: str, status: int = 200) -> str:
    """The text of the main part, with plain spaces."""
    return _words(_main(client, path, status))


def words_in(answer: TestResponse) -> str:
    """The same of a page that is there already."""
    return _words(find(answer.text, "main")[0])


def links(client: FlaskClient, path: str, status: int = 200) -> dict[str, str]:
    """Where the links of the main part lead, by their text."""
    return {_words(node): node[1]["href"] for node in _inside(_main(client, path, status), "a")}


def table_rows(html: str) -> list[list[str]]:
    """The cells of every table row, without buttons and pictures."""
    return [
        [" ".join(_words(cell).split()) for cell in row[2] if not isinstance(cell, str)]
        for row in find(html, "tr")
    ]


def _main(client: FlaskClient, path: str, status: int = 200) -> Node:
    response = client.get(path)
    assert response.status_code == status, response.text
    return find(response.text, "main")[0]


def _inside(node: Node, tag: str) -> list[Node]:
    found = []
    for child in node[2]:
        if not isinstance(child, str):
            found += [child] if child[0] == tag else _inside(child, tag)
    return found


def _words(node: Node) -> str:
    parts = [child if isinstance(child, str) else _words(child) for child in node[2]]
    return " ".join(part for part in parts if part).replace(NO_BREAK_SPACE, " ")
