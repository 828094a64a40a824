"""Fills any database with rows, whatever its tables: for migrations, which must not lose one."""

import re
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Inspector, MetaData, Table

ROWS = 3

_QUOTED = re.compile(r"'([^']*)'")
_NUMBER = re.compile(r"\d+")


def fill(connection: Connection) -> dict[str, int]:
    """Put ROWS rows into every table, parents first; returns the count of each table."""
    kept = MetaData()
    kept.reflect(connection)
    inspector = sa.inspect(connection)
    for table in _tables(kept):
        rows = [_row(table, inspector, number) for number in range(1, ROWS + 1)]
        connection.execute(sa.insert(table), rows)
    return count(connection)


def count(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    kept = MetaData()
    kept.reflect(connection)
    found = {}
    for table in _tables(kept):
        found[table.name] = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    return found


def described(connection: Connection) -> dict[str, Any]:
    """Every table as the database itself describes it."""
    inspector = sa.inspect(connection)
    return {
        name: {
            "columns": [_column(column) for column in inspector.get_columns(name)],
            "key": inspector.get_pk_constraint(name),
            "parents": _sorted(inspector.get_foreign_keys(name)),
            "unique": _sorted(inspector.get_unique_constraints(name)),
            "checks": _sorted(inspector.get_check_constraints(name)),
            "indexes": _sorted(inspector.get_indexes(name)),
            "uses_an_id_once": _uses_an_id_once(connection, name),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def _uses_an_id_once(connection: Connection, name: str) -> bool:
    """SQLite gives the number of a deleted row away again, unless told not to: outbox keys, slots
    and buttons of somebody else would be taken for the new row's. Rebuilding a table forgets it."""
    if connection.dialect.name != "sqlite":
        return True
    made = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in connection.execute(made, {"name": name}).scalar_one()


def _tables(kept: MetaData) -> list[Table]:
    return [table for table in kept.sorted_tables if table.name != "alembic_version"]


def _column(column: Any) -> tuple[object, ...]:
    return column["name"], str(column["type"]), column["nullable"], column["default"]


def _sorted(found: Any) -> list[str]:
    return sorted(_told(one) for one in found)


def _told(found: Any) -> str:
    """A condition is an object of its own each time; its words are what counts."""
    if isinstance(found, dict):
        return ", ".join(f"{name}: {_told(value)}" for name, value in sorted(found.items()))
    return str(found)


def _row(table: Table, inspector: Inspector, number: int) -> dict[str, Any]:
    allowed = _allowed(table, inspector)
    return {
        column.name: allowed.get(column.name) or _value(column, number)
        for column in table.columns
        if column.foreign_keys or not column.nullable or column.name not in allowed
    }


def _allowed(table: Table, inspector: Inspector) -> dict[str, Any]:
    """The first value that each CHECK allows."""
    found: dict[str, Any] = {}
    for check in inspector.get_check_constraints(table.name):
        rule = check["sqltext"]  # in the words of the database; the column comes first in it
        column = next(one for one in re.findall(r"\w+", rule) if one in table.columns)
        quoted, number = _QUOTED.search(rule), _NUMBER.search(rule)
        found[column] = quoted[1] if quoted else int(number[0]) if number else None
    return found


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, sa.Integer | sa.Numeric | sa.Float):
        return number  # a parent's id too: each table has the rows 1, 2, 3
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, number, 9, 0, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 11, number)
    if isinstance(kind, sa.JSON):
        return [number]
    if isinstance(kind, sa.String):
        return f"{column.name} {number}"[: kind.length]
    if isinstance(kind, sa.LargeBinary):
        return bytes([number])
    raise AssertionError(f"{column}: teach tests/support/filling.py the type {kind}")
