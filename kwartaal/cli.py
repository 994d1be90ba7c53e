"""Commands of the installation (contract.md, Commands)."""

from __future__ import annotations

import signal
import sys
from threading import Event, Thread

import click
from flask import Flask, current_app, url_for
from flask.cli import with_appcontext

from kwartaal import clock, demo, email_addresses, serving, sign_in, worker
from kwartaal.db import begin_writing, db
from kwartaal.domain import accounts
from kwartaal.dutch import in_dutch
from kwartaal.models.reference import load_reference_data


def init_app(app: Flask) -> None:
    """Add the commands to `flask --app wsgi`."""
    app.cli.add_command(start)
    app.cli.add_command(work)
    app.cli.add_command(create_clerk)


@click.command("start")
def start() -> None:
    """Bring the database up to date and serve; what `make run` calls."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    serving.prepare(app, demo.load)
    click.echo(
        in_dutch("Kwartaal staat klaar op %(address)s", address=f"{app.config['BASE_URL']}/")
    )
    if app.config["DEMO"]:
        click.echo(demo.welcome())
    serving.serve(app)


@click.command("worker")
@click.option("--until-stdin-closes", is_flag=True, help="Stop when the parent process is gone.")
def work(until_stdin_closes: bool) -> None:
    """Publish what is due and send the mails of the outbox, until interrupted."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    if until_stdin_closes:
        Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
    worker.run(current_app._get_current_object(), stop)  # type: ignore[attr-defined]


@click.command("create-clerk")
@click.argument("email")
@click.option("--first-name", default=in_dutch("Eerste"), help="Only for a new person.")
@click.option("--last-name", default=in_dutch("Beheerder"), help="Only for a new person.")
@with_appcontext
def create_clerk(email: str, first_name: str, last_name: str) -> None:
    """Give the roles beheerder and griffie to EMAIL and print a link to sign in once."""
    address = email_addresses.kept(email)
    if address is None:
        raise click.BadParameter(
            in_dutch("Dit is geen e-mailadres. Bijvoorbeeld: naam@voorbeeld.nl")
        )
    begin_writing()
    load_reference_data()
    link = accounts.create_clerk(address, first_name[:60], last_name[:80], clock.now())
    db.session.commit()
    config = current_app.config
    with current_app.test_request_context(base_url=config["BASE_URL"]):
        token = sign_in.link_token(link, config["SECRET_KEY"])
        here = url_for("account.follow_link", token=token, _external=True)
    said = in_dutch(
        "%(address)s is beheerder en griffie. Log binnen 30 minuten in met deze link:",
        address=address,
    )
    click.echo(f"{said}\n{here}")


def _stop_at_end_of_input(stop: Event) -> None:
    sys.stdin.read()
    stop.set()
