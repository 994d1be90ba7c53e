"""Which kind of program a User-Agent stands for."""

from __future__ import annotations

import pytest

from kwartaal.feeds.programs import program_of

BROWSER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari"
OFFICE = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)"


@pytest.mark.parametrize(
    ("user_agent", "program"),
    [
        ("iOS/26.1 (23B85) dataaccessd/1.0", "apple"),
        ("macOS/15.1 (24B83) CalendarAgent/1100", "apple"),
        ("Mac OS X/10.15.7 (19H15) CalendarAgent/930.5.1", "apple"),
        ("Google-Calendar-Importer", "google"),
        (OFFICE, "outlook"),
        ("Microsoft.Exchange/15.20 (ExchangeServicesClient)", "outlook"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
            "thunderbird",
        ),
        ("Nextcloud Webcal Service", "server"),
        ("FastmailUA/1.0", "server"),
        (BROWSER, "other"),
        ("vdirsyncer/0.21.0", "other"),
        ("", "other"),
    ],
)
def test_program_is_known_by_what_it_says(user_agent: str, program: str) -> None:
    assert program_of(user_agent) == program
