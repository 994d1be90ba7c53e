"""The demo's mailbox shows everybody all mails, and each mail tells what its reader may know."""

from __future__ import annotations

from collections.abc import Iterator

from flask.testing import FlaskClient

from kwartaal.mailbox import SHOWN
from tests.canaries.conftest import ON_SQLITE
from tests.canaries.everywhere import send_mails
from tests.canaries.reading import links_in, told_by
from tests.canaries.region import Region
from tests.canaries.walk import Walk

INDEX = "/postvak/"
Strange = dict[str, set[str]]


@ON_SQLITE
def test_each_mail_tells_what_its_reader_may_know_to_whoever_opens_it(
    region: Region, walks: dict[str, Walk]
) -> None:
    region.app.config["DEMO"] = True
    readers = {f"{INDEX}{file.stem}/": reader for file, _mail, reader in send_mails(region)}
    assert 0 < len(readers) <= SHOWN

    seen = {name: strange_mails(region, walk.browser, readers) for name, walk in walks.items()}

    assert seen == dict.fromkeys(walks, dict.fromkeys(readers, set()))


@ON_SQLITE
def test_list_of_an_address_tells_what_its_reader_may_know(
    region: Region, client: FlaskClient
) -> None:
    region.app.config["DEMO"] = True
    readers = {mail["To"].addresses[0].addr_spec: name for _file, mail, name in send_mails(region)}

    lists = {to: client.get(INDEX, query_string={"aan": to}) for to in readers}

    told = {to: region.words.found_in(told_by(page)) for to, page in lists.items()}
    strange = {to: told[to] - region.words.for_(reader) for to, reader in readers.items()}
    assert strange == dict.fromkeys(readers, set())


def strange_mails(region: Region, browser: FlaskClient, readers: dict[str, str]) -> Strange:
    """Of every mail in the list the words that are not for its reader."""
    return {
        address: region.words.found_in("\n".join(told_of(browser, address)))
        - region.words.for_(readers[address])
        for address in links_in(browser.get(INDEX).text)
        if address.startswith(INDEX) and address != INDEX
    }


def told_of(browser: FlaskClient, address: str) -> Iterator[str]:
    """The page of a mail, its markup, its attachments, and the mail as it was sent."""
    page = browser.get(address)
    yield told_by(page)
    for link in links_in(page.text):
        if link.startswith(address) and link != address:
            answer = browser.get(link)
            assert answer.status_code == 200, link
            yield told_by(answer)
