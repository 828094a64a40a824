"""Statements that run for each message: built and compiled once, then handed to the driver.

SQLAlchemy's own way costs about 0.4 ms of processor time a statement, most of it for looking up
what it compiled before and for results that can do everything. Here only the values travel.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Delete, Dialect, Float, Insert, Select, Table, Update
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from sqlalchemy.dialects import sqlite

    Upsert = sqlite.Insert
else:
    Upsert = Insert

Convert = Callable[[Any], Any]
Inserting = Callable[[Table], Upsert]
Statement = Select[Any] | Insert | Update | Delete


def inserting(dialect: Dialect) -> Inserting:
    """What makes an INSERT that knows ON CONFLICT, which each database spells in its own way.

    Only the dialect in use is imported: each costs 20 ms at the start.
    """
    made: Inserting = importlib.import_module(f"sqlalchemy.dialects.{dialect.name}").insert
    return made


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in the words of one database.

    values   for each place in order: the name in what is handed in (None: `fixed` counts), what is
             fixed, and how it is written
    columns  the name of each column of a row, and how it is read
    """

    sql: str
    values: tuple[tuple[str | None, Any, Convert | None], ...]
    columns: tuple[tuple[str, Convert | None], ...]

    def given(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of every place. Raises KeyError when one is missing."""
        return tuple(
            [
                (fixed if name is None else values[name])
                if convert is None
                else convert(fixed if name is None else values[name])
                for name, fixed, convert in self.values
            ]
        )

    def row(self, found: Sequence[Any]) -> dict[str, Any]:
        """A row of the driver by its names."""
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(self.columns, found, strict=True)
        }


class Prepared:
    """A statement with `bindparam` places, made where it is used and kept in the module.

    One with ON CONFLICT is a function that makes it of the database's own INSERT.
    `Tx` takes it like any other. Raises TypeError at its first use for a list inside `IN`.
    """

    def __init__(self, statement: Statement | Callable[[Inserting], Statement]) -> None:
        self.statement = statement
        self._known: WeakKeyDictionary[Dialect, Compiled] = WeakKeyDictionary()

    def compiled(self, dialect: Dialect) -> Compiled:
        """In the words of this database."""
        known = self._known.get(dialect)
        if known is None:
            made = self.statement
            statement = made(inserting(dialect)) if callable(made) else made
            known = self._known[dialect] = _compile(statement, dialect)
        return known


def _compile(statement: Statement, dialect: Dialect) -> Compiled:
    done: Any = statement.compile(dialect=dialect)
    places = []
    for place in (done.binds[name] for name in done.positiontup):
        if place.expanding:
            raise TypeError("IN takes literal() values here: a list would be compiled each time")
        write = place.type.dialect_impl(dialect).bind_processor(dialect)
        places.append((place.key if place.required else None, place.value, write))
    columns = tuple(
        (str(column.key), _reader(column.type, dialect)) for column in statement.exported_columns
    )
    return Compiled(str(done), tuple(places), columns)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How a value is read. Both drivers give floats as they are, and asyncpg's dialect asks for the
    column's number in PostgreSQL, which nobody knows before the statement has run."""
    if isinstance(kind, Float):
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)
