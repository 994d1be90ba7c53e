"""How migrations run: on the application's own engine, one transaction, SQLite's keys off."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from kwartaal.db import Base, UtcDateTime

engine = current_app.extensions["migrate"].db.engine


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """Write moments as plain SQLAlchemy types: migrations must not import today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_with_keys_checked_after(connection: Connection) -> None:
    """With keys on, a batch change would delete the rows that point at the table it re-makes."""
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        run(connection)
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"migration left dangling keys: {broken}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


with engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        run_with_keys_checked_after(connection)
    else:
        run(connection)
