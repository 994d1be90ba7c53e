"""Objects that stay readable after their session: columns and ids are known, no more is read."""

from __future__ import annotations

import sqlalchemy as sa

from kwartaal.db import db


def commit_and_let_go() -> None:
    """Commit everything in the session, read it again as it is stored, and let go of it."""
    db.session.flush()
    everything = list(db.session)
    db.session.commit()
    for kind in dict.fromkeys(type(one) for one in everything):
        _read_again([one for one in everything if type(one) is kind])
    db.session.expunge_all()


def _read_again(stored: list[object]) -> None:
    """Load the columns of objects of one kind: in one statement, where refresh() takes many."""
    kind = type(stored[0])
    keys = sa.inspect(kind).primary_key
    key = keys[0] if len(keys) == 1 else sa.tuple_(*keys)
    ids = [sa.inspect(one).identity for one in stored]
    wanted = key.in_([one[0] for one in ids] if len(keys) == 1 else ids)
    db.session.scalars(sa.select(kind).where(wanted)).unique().all()
