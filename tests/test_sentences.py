"""Every sentence that people read stands in a call that marks it, so that extraction finds it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from config import ROOT

CODE = ROOT / "kwartaal"
# Data: what a new installation begins with, and names of columns that other programs read.
DATA = {CODE / "models" / "reference.py", CODE / "exports" / "columns.py"}
MARKS = {"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "in_dutch"}
# Words that stand in nearly every Dutch sentence, and in no English or technical text.
DUTCH = re.compile(
    r"\b(aan|aanmelden|agenda|als|bij|bijeenkomst(en)?|dat|deze|dit|een|gaat|geen|heeft|het|kan"
    r"|met|naar|niet|nog|onderdeel|staat|stuk(ken)?|uur|uw|van|voor|wachtlijst|wordt|zich|zijn)\b",
    re.IGNORECASE,
)


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of Dutch words in a sentence outside a call that marks it; not in docstrings."""
    tree = ast.parse(source)
    skipped = {id(part) for call in ast.walk(tree) if _marks(call) for part in ast.walk(call)}
    skipped |= {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in skipped:
            if " " in one.value and DUTCH.search(one.value):
                yield one.lineno, one.value


def _marks(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) in MARKS


def test_a_dutch_sentence_is_marked_for_translation() -> None:
    files = (path for path in sorted(CODE.rglob("*.py")) if path not in DATA)
    found = [
        (str(path.relative_to(CODE)), *one)
        for path in files
        if CODE / "demo" not in path.parents
        for one in unmarked(path.read_text())
    ]

    assert found == []


def test_a_sentence_in_pieces_is_found_and_a_marked_one_is_not() -> None:
    source = 'a = f"{name}, met {other}"\nb = _("Dit kan niet.")\ndef c():\n    """Not "een"."""'

    assert list(unmarked(source)) == [(1, ", met ")]
