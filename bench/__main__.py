"""`make bench`: measure, print the table of ratios, keep it in bench/results/."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

from bench import attendance, desk, exports, feeds, registering, servers
from bench.scenario import app_on, databases, fill
from bench.servers import Server, Target
from config import ROOT

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1/postgres")
HEADING = ("wat", "database", "Kwartaal", "minimaal", "verhouding")
Row = tuple[str, str, str, str, str]


def main() -> None:
    rows: list[Row] = []
    with databases(POSTGRES) as urls:
        for name, url in urls.items():
            rows += measure(name, url)
    table = as_table(rows)
    print(table)
    path = ROOT / "bench" / "results" / f"{datetime.now(UTC):%Y-%m-%d}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"# Meting van {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n\n{EXPLAINED}\n{table}\n"
    )


EXPLAINED = (
    "Verzoeken (of aanmeldingen) per seconde; gunicorn met 2 sync-processen, wrk met 8 "
    "verbindingen, om en om gemeten, mediaan van 3.\nMinimaal = één leesopdracht op dezelfde "
    "database en evenveel bytes (of een 304); bij aanmelden: dezelfde transactie zonder regels; "
    "bij persoonlijke feeds:\nprocessortijd van de eerste 500 van 5.000.\n"
    f"{exports.EXPLAINED}"
)


def measure(name: str, url: str) -> list[Row]:
    app = app_on(url)
    slug, cookie = fill(app), desk.fill(app)
    feeds.fill_large(app)
    rows = [*http_rows(name, url, slug, cookie)] if shutil.which("wrk") else []
    if not rows:
        print("wrk ontbreekt: pagina's en feeds zijn niet gemeten.")
    product, raw = registering.measure(app)
    rows += [row("één aanmelding", name, product, raw), *feeds.personal_rows(app, name)]
    return [*rows, *exports.measure(app, name, url)]


def http_rows(name: str, url: str, slug: str, cookie: str) -> list[Row]:
    page = f"/bijeenkomsten/{slug}/"
    environ = {"BENCH_DATABASE": url}
    with (
        servers.gunicorn("bench.product:app", environ) as product,
        servers.gunicorn("bench.reference:app", environ) as reference,
    ):
        rows = [
            compared(what, name, product, reference, path, unchanged)
            for feed, path in feeds.addresses(slug).items()
            for what, unchanged in ((feed, False), ("dezelfde feed, 304", True))
        ]
        rows += [compared("pagina van 60 onderdelen", name, product, reference, page)]
        rows += desk.rows(name, product, reference, cookie)
        rows += [row(what, name, *two) for what, *two in attendance.rates(url, product, reference)]
        memory = f"{servers.memory_per_worker(product):.0f} MiB"
        least = f"{servers.memory_per_worker(reference):.0f} MiB"
    return [*rows, ("geheugen per proces (PSS)", name, memory, least, "")]


def compared(
    what: str,
    name: str,
    product: Server,
    reference: Server,
    path: str,
    unchanged: bool = False,
) -> Row:
    status, headers, size = servers.fetch(product.url(path))
    assert status == 200, (path, status)
    sent = {"If-None-Match": headers["ETag"]} if unchanged else {}
    if unchanged:
        assert servers.fetch(product.url(path), sent)[0] == 304, path
    least = Target(reference.url(f"/bytes/{size}"), sent)
    return row(what, name, *servers.interleaved(Target(product.url(path), sent), least))


def row(what: str, name: str, product: float, least: float) -> Row:
    return (what, name, f"{product:.0f}", f"{least:.0f}", f"{product / least:.2f}")


def as_table(rows: list[Row]) -> str:
    lines = [HEADING, tuple("---" for _ in HEADING), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
