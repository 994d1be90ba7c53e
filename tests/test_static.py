"""What is served as it is: unchanged vendored files, our own styles, and markup the CSP allows."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kwartaal"
STATIC = PACKAGE / "static"
VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text())["files"]
STYLES = [VENDOR / "nlds.min.css", STATIC / "css/kwartaal-tokens.css", STATIC / "css/kwartaal.css"]
OWN_CSS = re.sub(r"/\*.*?\*/", "", STYLES[-1].read_text(), flags=re.S)
BRAND = r"--kw-(?:nacht|diep|stroom|nevel|slib|lantaarn|spits|stomp|wit)\b"
# Mail programs know no stylesheets: what they get is styled in place.
TEMPLATES = [
    path
    for path in sorted((PACKAGE / "templates").rglob("*.html"))
    if "mail" not in path.relative_to(PACKAGE / "templates").parts
]


def source(template: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.S)


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def zipped_size(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_the_vendored_files_are_the_ones_of_the_manifest():
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }

    assert found == {name: file["sha256"] for name, file in MANIFEST.items()}


def test_every_licence_lies_beside_its_files():
    licences = {name for name in MANIFEST if "LICENSE" in name}

    assert licences == {
        "LICENSE-EUPL-1.2.md",
        "fonts/LICENSE-OFL-1.1-bricolage-grotesque.txt",
        "fonts/LICENSE-OFL-1.1-figtree.txt",
    }


def test_every_class_of_a_template_has_a_style():
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(path.read_text() for path in STYLES)))
    classes = re.compile(r"(?<![\w/.-])((?:kw|nl|utrecht)-[\w-]*)('? ?(?:~|\{\{))?")
    unknown = {
        name_of(template): name
        for template in TEMPLATES
        for name, more_follows in classes.findall(source(template))
        if name not in styled
        and not (more_follows and any(other.startswith(name) for other in styled))
    }

    assert unknown == {}


def test_no_template_has_an_inline_style_or_script():
    # Data for search engines is never carried out, so the policy does not stand in its way.
    script = r'<script(?![^>]*\s(?:src=|type="application/ld\+json"))'
    inline = rf"<style|\sstyle=|{script}|\son[a-z]+=|javascript:"
    markup = {one: re.sub(r"\{\{.*?\}\}", "", source(one)) for one in TEMPLATES}

    assert found_in(markup, inline) == {}


def test_no_template_loads_anything_from_another_host():
    markup = {one: source(one) for one in TEMPLATES}

    assert found_in(markup, r"\s(?:src|srcset)=\"(?:https?:)?//") == {}


def found_in(markup: dict[Path, str], pattern: str) -> dict[str, list[str]]:
    """By template what it has of this; not those that have nothing."""
    found = {name_of(one): re.findall(pattern, text) for one, text in markup.items()}
    return {name: parts for name, parts in found.items() if parts}


def test_every_icon_of_a_template_exists():
    drawn = re.findall(
        r"^  '([a-z-]+)': '<", (PACKAGE / "templates/macros/icons.html").read_text(), re.M
    )
    used = found_in({one: source(one) for one in TEMPLATES}, r"\b(?:icon|draw)(?:\(|=)'([a-z-]+)'")

    assert {name: set(icons) - set(drawn) for name, icons in used.items()} == {
        name: set() for name in used
    }
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("path", [*STYLES, STATIC / "js/kwartaal.js"], ids=name_of)
def test_a_style_or_script_loads_nothing_from_another_host(path: Path):
    loaded = re.findall(
        r"url\(([^)]*)\)|@import ([^;]*)|\b(https?:\/\/[^\s\"')]*)", path.read_text()
    )
    elsewhere = [
        address
        for group in loaded
        for address in (part.strip("\"' ") for part in group)
        if re.match(r"(https?:)?//", address) and "www.w3.org/2000/svg" not in address
    ]

    assert elsewhere == []


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_every_file_a_style_names_exists(path: Path):
    named = [
        address.strip("\"'")
        for address in re.findall(r"url\(([^)]*)\)", path.read_text())
        if not address.strip("\"'").startswith("data:")
    ]

    assert [address for address in named if not (path.parent / address).is_file()] == []


def test_own_styles_use_roles_and_no_colours():
    colours = re.findall(rf"#[0-9a-fA-F]{{3,8}}\b|rgba?\(|{BRAND}", OWN_CSS)

    assert colours == []


def test_a_colour_is_written_out_in_the_brand_layer_only():
    tokens = re.sub(r"/\*.*?\*/", "", STYLES[1].read_text(), flags=re.S)
    declared = [
        line.strip() for line in tokens.splitlines() if re.search(r"#[0-9a-f]{3,8}\b", line)
    ]

    assert [line for line in declared if not re.match(BRAND, line)] == []


def test_every_token_that_is_used_is_declared():
    text = "".join(path.read_text() for path in STYLES[1:])

    used, declared = (set(re.findall(p, text)) for p in (r"var\((--kw-[\w-]+)", r"(--kw-[\w-]+):"))

    assert used - declared == set()


def test_a_first_visit_stays_within_the_budget():
    fonts = [VENDOR / f"fonts/{name}-latin.woff2" for name in ("figtree", "bricolage-grotesque")]

    assert zipped_size(*STYLES) <= 28_000
    assert zipped_size(STATIC / "js/kwartaal.js") <= 6_000
    assert sum(font.stat().st_size for font in fonts) <= 75_000
