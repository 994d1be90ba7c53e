"""What tests type into the desk's forms, and what they read back from its pages."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from html import unescape

from kwartaal.amsterdam import AMSTERDAM

SUMMARY = re.compile(r"data-error-summary.*?<ul>(.*?)</ul>", re.DOTALL)
MESSAGES = re.compile(r'class="kw-inner kw-messages"(.*?)<p class="kw-visually-hidden"', re.DOTALL)
ROWS = re.compile(r'<span class="kw-row__time">(.*?)</span><span class="kw-row__what">([^<]*)')


def moment(name: str, value: datetime | str) -> dict[str, str]:
    """The two inputs of a moment: an aware one, or "2027-06-15 12:00" as typed."""
    typed = (
        f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
    )
    day, _space, time = typed.partition(" ")
    return {f"{name}-date": day, f"{name}-time": time}


def key() -> str:
    """What the page of a new thing sends along."""
    return str(uuid.uuid4())


def problems(answer) -> list[str]:
    """The sentences of the error summary."""
    found = SUMMARY.search(answer.text)
    return words(found[1], "li") if found else []


def messages(answer) -> list[str]:
    """What stands above a page about what just happened."""
    found = MESSAGES.search(answer.text)
    return words(found[1], "p") if found else []


def rows(answer) -> list[tuple[str, str]]:
    """(time or number, title) of every row of an editor's list."""
    return [(unescape(time), unescape(title).strip()) for time, title in ROWS.findall(answer.text)]


def hidden(answer, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', answer.text)
    assert found, f"no input {name}"
    return unescape(found[1])


def press_publish(browser, page: str, **fields: str):
    """The answer to the button of the page that publishes, with the draft as the page shows it."""
    return browser.post(page, data={"seen": hidden(browser.get(page), "seen")} | fields)


def shown(answer, name: str) -> str:
    """The value of an input or the text of a textarea."""
    area = re.search(
        rf'<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', answer.text, re.DOTALL
    )
    return unescape(area[1]) if area else hidden(answer, name)


def words(markup: str, tag: str) -> list[str]:
    parts = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", markup, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", "", part)).split()) for part in parts]
