"""The database object, its column types, and how a transaction begins."""

from __future__ import annotations

import fcntl
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVarTuple

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    Select,
    collate,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, QueryableAttribute
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


BEGIN_WRITING = "BEGIN IMMEDIATE"
Ts = TypeVarTuple("Ts")


class Base(DeclarativeBase):
    """Every constraint has a predictable name, so migrations can name it on both databases."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """Aware moments in, aware UTC moments out, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(values: type[StrEnum], name: str = "") -> Enum:
    """A text column that holds the values of a StrEnum and nothing else (a CHECK guards it).

    A second column of one type in a table names its CHECK itself.
    """
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def upsert(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT: both databases do, each in a statement of its own."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(model) if is_postgresql else sqlite.insert(model)


def read_rows(statement: Select[*Ts], **values: str) -> list[tuple[*Ts]]:
    """The rows of one statement with parameters of its own, read beside the request's session.

    For what calendar programs ask all day. It goes to the driver as it is, and in no transaction:
    what a connection and a result of SQLAlchemy do for one row costs as much as all the rest of the
    answer. Constants and columns keep their types (decision 0025). Raises OperationalError.
    """
    engine = db.engine
    prepared = _prepared(statement, engine.dialect)
    with closing(engine.raw_connection()) as connection:
        try:
            rows = _fetch(connection, prepared.text, {**prepared.constants, **values})
        except engine.dialect.loaded_dbapi.Error as error:
            raise OperationalError(prepared.text, values, error) from error
    return [prepared.read(row) for row in rows]


def _fetch(
    connection: PoolProxiedConnection, text: str, values: Mapping[str, Any]
) -> Sequence[Sequence[Any]]:
    """With PostgreSQL the BEGIN and ROLLBACK that are left out would be a round trip each."""
    driver: Any = connection.driver_connection
    with _autocommit(driver) if db.engine.name == "postgresql" else nullcontext():
        cursor = connection.cursor()
        cursor.execute(text, values)
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
        cursor.close()
    return rows


@contextmanager
def _autocommit(driver: Any) -> Iterator[None]:
    driver.autocommit = True
    try:
        yield
    finally:
        if not driver.closed:
            driver.autocommit = False


class _Prepared(NamedTuple):
    """A statement as a driver takes it, and what makes Python values of what comes back."""

    text: str
    constants: Mapping[str, Any]
    readers: Sequence[Callable[[Any], Any] | None]

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            [read(value) if read else value for read, value in zip(self.readers, row, strict=True)]
        )


@lru_cache(maxsize=100)
def _prepared(statement: Select[*Ts], dialect: Dialect) -> _Prepared:
    by_name = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
    compiled = statement.compile(dialect=by_name)
    constants = {name: one for name, one in compiled.binds.items() if not one.required}
    return _Prepared(
        str(compiled),
        {name: _bound(one, by_name) for name, one in constants.items()},
        [
            column.type.dialect_impl(by_name).result_processor(by_name, None)
            for column in statement.selected_columns
        ],
    )


def _bound(constant: BindParameter[Any], dialect: Dialect) -> Any:
    process = constant.type.dialect_impl(dialect).bind_processor(dialect)
    return process(constant.effective_value) if process else constant.effective_value


def bytewise(column: ColumnElement[str] | QueryableAttribute[str]) -> ColumnElement[str]:
    """A text column to sort by, in the order in which Python sorts, whatever the database's own."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return collate(column, "C" if is_postgresql else "BINARY")


def begin_writing() -> None:
    """End the transaction that read who is asking, and begin one that may write.

    SQLite then takes its write lock at once: a transaction that reads first and writes later
    can be refused halfway, one that begins as a writer only waits its turn.
    """
    db.session.rollback()
    db.session.connection(execution_options={"begin_statement": BEGIN_WRITING})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in (
        "journal_mode = WAL",
        "busy_timeout = 15000",
        "foreign_keys = ON",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    statement = connection.get_execution_options().get("begin_statement", "BEGIN")
    if statement == BEGIN_WRITING and connection.engine.url.database:
        connection.info["turn"] = _wait_for_turn(f"{connection.engine.url.database}-turn")
    connection.exec_driver_sql(statement)


@event.listens_for(Pool, "checkin")
def _end_turn(connection: object, record: ConnectionPoolEntry) -> None:
    """The transaction is over when its connection comes back, however it ended."""
    turn = record.info.pop("turn", None)
    if turn is not None:
        turn.close()


_own = threading.local()


def _wait_for_turn(path: str) -> IO[bytes]:
    """Stand in line for SQLite's write lock, over all threads and processes; closing ends it.

    SQLite itself lets writers look again now and then, and who looks least lucky waits until the
    time-out. The kernel wakes whoever waits for a file.
    """
    held: IO[bytes] | None = getattr(_own, "turn", lambda: None)()
    if held is not None and not held.closed:
        raise RuntimeError("this thread is writing already, and would wait for itself")
    turn = open(path, "ab")  # kept open until the transaction ends
    fcntl.flock(turn, fcntl.LOCK_EX)
    _own.turn = weakref.ref(turn)
    return turn
