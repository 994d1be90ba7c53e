"""Every route × every role: who gets in, who is led to sign in, who finds nothing.

The expectation follows from what each view declares; the answer comes from a real request. A
route without a declaration, or with an address this test cannot fill, makes it fail.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from kwartaal.models.person import Person, Role, RoleGrant
from kwartaal.permissions import ROLES, SIGN_IN_PATHS, Access
from tests.factories import a_council_member, an_organisation, staff

UNDECLARED = {"static"}  # files of the design, for everybody


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in UNDECLARED]


def access_of(app: Flask, rule: Rule) -> Access:
    return app.view_functions[rule.endpoint].access


def everybody() -> dict[str, Person | None]:
    """One person per role, one without a role, and nobody."""
    people: dict[str, Person | None] = {role.value: staff(role) for role in SIMPLE_ROLES}
    griffier, assistant = a_council_member(), a_council_member()
    griffier.roles.append(RoleGrant(role=Role.GRIFFIER, organisation=an_organisation()))
    assistant.roles.append(RoleGrant(role=Role.ASSISTENT, acts_for=a_council_member()))
    extra = {"griffier": griffier, "assistent": assistant, "deelnemer": a_council_member()}
    return people | extra | {"niemand": None}


SIMPLE_ROLES = (Role.BEHEERDER, Role.GRIFFIE, Role.ORGANISATOR)


def expected(access: Access, rule: Rule, person: Person | None, method: str) -> str:
    """`in` (the view decides), `sign in` or `404`, as decisions "Openness" and "Sign-in" say."""
    if not access.signed_in:
        return "in"
    if person is None:
        leads_to_sign_in = method == "GET" and rule.rule.startswith(SIGN_IN_PATHS)
        return "sign in" if leads_to_sign_in else "404"
    if access.permission is None:
        return "in"
    may = any(access.permission in ROLES[grant.role] for grant in person.roles)
    return "in" if may else "404"


def refusal_of(response: object, path: str) -> str:
    """What a refused request got."""
    if response.status_code == 303 and response.location.startswith("/inloggen"):
        return "sign in"
    return str(response.status_code)


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = {
        rule.endpoint
        for rule in rules_of(app)
        if not hasattr(app.view_functions[rule.endpoint], "access")
    }

    assert undeclared == set()


def test_who_is_not_allowed_finds_nothing(
    app: Flask,
    client: FlaskClient,
    save: Callable[..., None],
    browser_of: Callable[[Person], FlaskClient],
) -> None:
    people = everybody()
    save(*[person for person in people.values() if person])
    browsers = {name: browser_of(p) if p else client for name, p in people.items()}

    wanted, got = {}, {}
    for rule in rules_of(app):
        for method in sorted(rule.methods & {"GET", "POST"}):
            for name, person in people.items():
                want = expected(access_of(app, rule), rule, person, method)
                if want == "in":
                    continue
                path = filled(rule)
                answer = browsers[name].open(path, method=method)
                wanted[rule.rule, method, name] = want
                got[rule.rule, method, name] = refusal_of(answer, path)

    assert got == wanted


@pytest.mark.parametrize("name", ["deelnemer", "griffie", "organisator", "beheerder", "niemand"])
def test_who_is_allowed_gets_in(
    name: str,
    app: Flask,
    client: FlaskClient,
    save: Callable[..., None],
    browser_of: Callable[[Person], FlaskClient],
) -> None:
    person = everybody()[name]
    if person:
        save(person)
    browser = browser_of(person) if person else client
    open_to_all = [
        rule
        for rule in rules_of(app)
        if "GET" in rule.methods
        and not rule.arguments
        and expected(access_of(app, rule), rule, person, "GET") == "in"
        and rule.endpoint not in NEEDS_MORE
    ]

    answers = {rule.rule: browser.get(rule.rule).status_code for rule in open_to_all}

    assert {path: status for path, status in answers.items() if status not in (200, 303)} == {}


# Only with the demo data on this computer.
NEEDS_MORE = {"mailbox.index"}


def filled(rule: Rule) -> str:
    """The address with something plausible in each variable part."""
    samples = {"int": 1, "uuid": "6f1c1f0e-58d5-4c0b-9a57-0d7e1f0b6c11", "default": "iets"}
    path = rule.rule
    for argument, converter in rule._converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        sample = {"integer": samples["int"], "uuid": samples["uuid"]}.get(kind, samples["default"])
        path = path.replace(_part(rule, argument), str(sample))
    return path


def _part(rule: Rule, argument: str) -> str:
    """`<slug>` or `<int:number>` as it stands in the rule."""
    start = next(
        i
        for i in range(len(rule.rule))
        if rule.rule[i] == "<"
        and rule.rule[i + 1 : rule.rule.index(">", i)].split(":")[-1] == argument
    )
    return rule.rule[start : rule.rule.index(">", start) + 1]
