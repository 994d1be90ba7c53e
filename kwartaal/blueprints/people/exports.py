"""personen.csv: the people the signed-in clerk may see (contract.md, Addresses)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Response, request

from kwartaal import clock
from kwartaal.blueprints.people.desk import bp
from kwartaal.blueprints.people.sight import scope
from kwartaal.db import begin_writing, db
from kwartaal.models.audit import AuditAction, record
from kwartaal.models.organisation import Audience
from kwartaal.models.people_list import ListedPerson, listed_people
from kwartaal.permissions import Permission, requires, signed_in_person
from kwartaal.spreadsheets import Cell, write_csv

COLUMNS = ("naam", "email", "organisatie", "doelgroep")


@bp.get("/beheer/personen.csv")
@requires(Permission.SEE_PEOPLE)
def export() -> Response:
    """Everybody in sight, with what the offices of today give; written down in the log."""
    today = clock.today()
    listed = listed_people(scope(), today)
    if request.method != "HEAD":  # which takes nothing
        _write_down(len(listed))
    return Response(write_csv(COLUMNS, rows(listed)), mimetype="text/csv", headers=_named(today))


def _write_down(people: int) -> None:
    begin_writing()
    record(
        AuditAction.EXPORTED,
        clock.now(),
        signed_in_person(),
        "people",
        columns=COLUMNS,
        people=people,
    )
    db.session.commit()


def rows(listed: list[ListedPerson]) -> Iterator[tuple[Cell, ...]]:
    """Name, address, organisations and groups, in the order of the seven.

    Groups are separated by a comma alone, so that each part is exactly one of those words.
    """
    for person in listed:
        groups = ",".join(audience for audience in Audience if audience in person.audiences)
        yield person.name, person.address, ", ".join(person.organisations), groups


def _named(day: date) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="personen-{day.isoformat()}.csv"'}
