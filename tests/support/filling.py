"""Fills any database with rows, whatever its tables: for migrations, which must not lose one."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.engine.interfaces import ReflectedCheckConstraint

ROWS = 3

Checks = list[ReflectedCheckConstraint]

_QUOTED = re.compile(r"'([^']*)'")
_NUMBER = re.compile(r"\d+")


def fill(connection: Connection, *, after: int = 0) -> dict[str, int]:
    """Put ROWS rows into every table, parents first, numbered on from `after`; returns the count of
    each table."""
    kept = MetaData()
    kept.reflect(connection)
    checks = {
        name: found
        for (_, name), found in sa.inspect(connection).get_multi_check_constraints().items()
    }
    for table in _tables(kept):
        numbers = range(after + 1, after + ROWS + 1)
        rows = [_row(table, checks[table.name], number) for number in numbers]
        connection.execute(sa.insert(table), rows)
    return count(connection)


def count(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    names = [one for one in sa.inspect(connection).get_table_names() if one != "alembic_version"]
    counted = " UNION ALL ".join(f"SELECT '{one}', count(*) FROM \"{one}\"" for one in names)
    found = connection.exec_driver_sql(counted).all() if names else []
    return {name: rows for name, rows in found}  # noqa: C416  rows are no pairs for mypy


def described(connection: Connection) -> dict[str, Any]:
    """Every table as the database itself describes it."""
    inspector = sa.inspect(connection)
    columns = inspector.get_multi_columns()
    keys = inspector.get_multi_pk_constraint()
    parents = inspector.get_multi_foreign_keys()
    unique = inspector.get_multi_unique_constraints()
    checks = inspector.get_multi_check_constraints()
    indexes = inspector.get_multi_indexes()
    return {
        name: {
            "columns": [_column(column) for column in columns[table]],
            "key": keys[table],
            "parents": _sorted(parents[table]),
            "unique": _sorted(unique[table]),
            "checks": _sorted(checks[table]),
            "indexes": _sorted(indexes[table]),
            "uses_an_id_once": _uses_an_id_once(connection, name),
        }
        for table in columns
        if (name := table[1]) != "alembic_version"
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


def _row(table: Table, checks: Checks, number: int) -> dict[str, Any]:
    allowed = _allowed(table, checks)
    return {
        column.name: allowed.get(column.name) or _value(column, number)
        for column in table.columns
        if column.foreign_keys or not column.nullable or column.name not in allowed
    }


def _allowed(table: Table, checks: Checks) -> dict[str, Any]:
    """The first value that each CHECK allows."""
    found: dict[str, Any] = {}
    for check in checks:
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
        return number  # a parent's id too: each table has rows of the same numbers
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, 1, 9, 0, tzinfo=UTC) + timedelta(days=number)
    if isinstance(kind, sa.Date):
        return date(2026, 11, 1) + timedelta(days=number)
    if isinstance(kind, sa.JSON):
        return [number]
    if isinstance(kind, sa.String):
        return f"{column.name} {number}"[: kind.length]
    if isinstance(kind, sa.LargeBinary):
        return bytes([number])
    raise AssertionError(f"{column}: teach tests/support/filling.py the type {kind}")
