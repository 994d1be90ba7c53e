"""`make bench`: measure, print the table of ratios, keep it in bench/results/."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

from bench import exports, registering, servers
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
    "database en evenveel bytes (of een 304); bij aanmelden: dezelfde transactie zonder regels.\n"
    f"{exports.EXPLAINED}"
)


def measure(name: str, url: str) -> list[Row]:
    app = app_on(url)
    slug = fill(app)
    rows = [*http_rows(name, url, slug)] if shutil.which("wrk") else []
    if not rows:
        print("wrk ontbreekt: pagina's en feeds zijn niet gemeten.")
    product, raw = registering.measure(app)
    rows.append(row("één aanmelding", name, product, raw))
    return [*rows, *exports.measure(app, name, url)]


def http_rows(name: str, url: str, slug: str) -> list[Row]:
    feed, page = f"/kalender/bijeenkomst/{slug}.ics", f"/bijeenkomsten/{slug}/"
    public = "/kalender/openbaar.ics"
    environ = {"BENCH_DATABASE": url}
    with (
        servers.gunicorn("bench.product:app", environ) as product,
        servers.gunicorn("bench.reference:app", environ) as reference,
    ):
        rows = [
            compared("openbare feed van 60", name, product, reference, public),
            compared("dezelfde feed, 304", name, product, reference, public, unchanged=True),
            compared("feed van één, 60 onderdelen", name, product, reference, feed),
            compared("dezelfde feed, 304", name, product, reference, feed, unchanged=True),
            compared("pagina van 60 onderdelen", name, product, reference, page),
        ]
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
