"""Acts around mails about a cancelled part that wait for a version, and what everybody received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from kwartaal import worker
from kwartaal.domain import own_details
from kwartaal.domain.item_cancelling import cancel_item
from kwartaal.domain.restoring import restore_item
from kwartaal.models.meeting import Meeting
from kwartaal.models.person import Person
from kwartaal.models.programme import ProgrammeItem
from tests.telling_region import Region

FIVE = datetime(2027, 3, 10, 16, tzinfo=UTC)  # 17.00 uur in Amsterdam, today
HOUR = 17
REASON = "De spreker is ziek."
OFF = "Workshop gaat niet door: Warmte zonder aardgas"
CHANGED = "Gewijzigd: Wonen & energie"
Received = dict[str, list[str]]


def cancel(region: Region, item: ProgrammeItem, hour: int | None = HOUR) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        cancel_item(region.load(item), REASON, region.load(region.clerk), region.clock(), hour)


def restore(region: Region, item: ProgrammeItem) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        restore_item(region.load(item), region.load(region.clerk), region.clock())


def on_meeting(region: Region, act: Callable[[Meeting, Person], object]) -> None:
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        act(region.load(region.meeting), region.load(region.clerk))


def publish(region: Region, **how: object) -> int:
    """A version in which the agenda changed, which everybody notices."""
    region.clock.moment += timedelta(minutes=1)
    with region.at_work():
        region.load(region.point).minutes += 1
    return region.publish(**how)


def want_digest(region: Region) -> None:
    with region.at_work():
        own_details.want_digest(region.load(region.people[0]), True, region.clock())


def work_at(region: Region, moment: datetime) -> None:
    region.clock.moment = moment
    while worker.run_once(region.app):
        pass


def work(region: Region) -> Received:
    """What everybody has got, once what is due now went."""
    work_at(region, region.clock())
    return received(region)


def files(region: Region) -> list[EmailMessage]:
    """Everything that was sent, in the order of the names of who got it."""
    paths = region.app.config["MAIL_DIR"].glob("*.eml")
    sent = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    return sorted(sent, key=lambda one: (one["To"], one["Subject"]))


def received(region: Region) -> Received:
    found: Received = {}
    for one in files(region):
        found.setdefault(one["To"].split("@")[0].split("<")[-1], []).append(one["Subject"])
    return found


def text_to(region: Region, name: str) -> str:
    (mail,) = [one for one in files(region) if f"{name}@" in one["To"]]
    return mail.get_body(("plain",)).get_content().replace("\xa0", " ")
