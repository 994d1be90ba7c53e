"""Answering a form: what a rule refuses becomes a sentence in it, and two clerks see each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from wtforms import Field, HiddenField

from kwartaal.db import db
from kwartaal.domain.refusals import N_, Refused
from kwartaal.fields import KwartaalForm
from kwartaal.filters import moment
from kwartaal.translations import sentence

LONGEST_SHOWN = 300
CHANGED_MEANWHILE = N_("Iemand anders heeft hier net iets veranderd. Probeer het opnieuw.")


@contextmanager
def refusals_at(form: KwartaalForm) -> Iterator[None]:
    """What a rule or the database refuses becomes a sentence in the form; nothing is stored.

    Stands around the domain call, the commit and the redirect of a writing route. What somebody
    else took away meanwhile is a 404.
    """
    try:
        yield
    except Refused as refusal:
        db.session.rollback()
        say_refused(form, refusal)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        _say(form, None, _(CHANGED_MEANWHILE))
    except NoResultFound:
        db.session.rollback()
        abort(404)


def say_refused(form: KwartaalForm, refusal: Refused) -> None:
    """What a rule refuses, at the field that it is about."""
    _say(form, refusal.field, sentence(refusal))


@contextmanager
def refusals_flashed() -> Iterator[None]:
    """The same for a button without a form: the sentence stands above the page that follows."""
    try:
        yield
    except Refused as refusal:
        db.session.rollback()
        flash(sentence(refusal), "error")
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        flash(_(CHANGED_MEANWHILE), "error")
    except NoResultFound:
        db.session.rollback()
        abort(404)


def form_page(template: str, form: KwartaalForm, **context: object) -> tuple[str, int]:
    """The page with the form; with what is wrong and status 422 when something is."""
    wrong = bool(form.errors)
    page = render_template(template, form=form, page_has_errors=wrong, **context)
    return page, 422 if wrong else 200


def preview_page(
    template: str, form: KwartaalForm, fingerprint: str, **context: object
) -> tuple[str, int]:
    """What a form would do, to confirm (decision 0017); 422 when the page before showed something
    else. `fingerprint` stands for all that is shown, and goes along in the form's `seen`.
    """
    changed = bool(form.seen.data)
    form.seen.data = fingerprint
    return looked_page(template, changed, form=form, **context)


def looked_page(template: str, changed: bool, **context: object) -> tuple[str, int]:
    """The same where the form keeps what was shown elsewhere; `changed` when that was otherwise."""
    page = render_template(template, changed=changed, page_has_errors=changed, **context)
    return page, 422 if changed else 200


def say_mailed(count: int) -> None:
    """Above the page that follows, how many mails go now; nothing when there are none."""
    if count > 0:
        flash(ngettext("%(num)s mail gaat nu weg.", "%(num)s mails gaan nu weg.", count), "info")


def given(field: Field) -> Any:
    """What a required field holds, for a form that is valid."""
    return field.data


def _say(form: KwartaalForm, field: str | None, words: str) -> None:
    if field is None or field not in form:
        form.form_errors.append(words)
    else:
        form[field].errors = [*form[field].errors, words]


class Clash(NamedTuple):
    """A field that two clerks changed: what the other one stored, in full."""

    name: str
    label: str
    stored: str


class SharedForm(KwartaalForm):
    """A form about something stored that another clerk may change while it is open.

    The page sends along a fingerprint of each value it showed. Fields that were left alone follow
    what is stored now. Where both changed the same field, both values are shown (`clashes`) and
    sending the form again keeps what is typed, or what is stored for the fields named in `take`. A
    form for something new sets `seen = None`.
    """

    seen: HiddenField | None = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stored = {field.name: _fingerprint(field.object_data) for field in self._values()}
        self._shown_before = {}
        self.clashes: list[Clash] = []
        if self.seen is not None:
            self._shown_before = _parsed(self.seen.data)
            self.seen.data = " ".join(":".join(pair) for pair in self._stored.items())

    def validate(self, extra_validators: Any = None) -> bool:
        self._take_what_is_stored()
        clashes = [field for field in self._values() if self._clashes(field)]
        self.clashes = [Clash(f.name, str(f.label.text), _in_words(f)) for f in clashes]
        valid = bool(super().validate(extra_validators))
        for field in clashes:
            said = _("Iemand anders maakte hiervan: ‘%(value)s’.", value=_shown(field))
            choose = _("Kies wat het moet zijn en bewaar opnieuw.")
            field.errors = [*field.errors, f"{said} {choose}"]
        return valid and not clashes

    def _take_what_is_stored(self) -> None:
        """Where the second clerk chose the other's value, unless that changed once more."""
        for name in request.form.getlist("take"):
            if name in self and self._shown_before.get(name) == self._stored.get(name, ""):
                self[name].data, self[name].process_errors = self[name].object_data, []

    def _clashes(self, field: Field) -> bool:
        """Whether two people changed this field to something else; one alone just wins."""
        before, now = self._shown_before.get(field.name), self._stored[field.name]
        if before is None or before == now or field.process_errors:
            return False
        typed = _fingerprint(field.data)
        if typed == before:
            field.data = field.object_data
            return False
        return typed != now

    def _values(self) -> list[Field]:
        return [field for field in self if not isinstance(field, HiddenField)]


def _parsed(sent: object) -> dict[str, str]:
    """What a page sent along; a file in its place says nothing."""
    pairs = (part.partition(":") for part in (sent if isinstance(sent, str) else "").split())
    return {name: digest for name, _colon, digest in pairs}


def _fingerprint(value: object) -> str:
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:12]


def _plain(value: object) -> object:
    """The same value for what is stored and what is typed."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(one) for one in value)
    return "" if value is None else str(value)


def _shown(field: Field) -> str:
    """What is stored now, in few words."""
    words = _in_words(field)
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _in_words(field: Field) -> str:
    """What is stored now, in words."""
    value = field.object_data
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if hasattr(field, "iter_choices"):
        chosen = value if isinstance(value, list | tuple) else [value]
        value = ", ".join(str(c.label) for c in field.iter_choices() if c.value in chosen)
    text = "" if value is None else str(value)
    return text or str(_("leeg"))
