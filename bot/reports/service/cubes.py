"""One figure for every office, project and kind, and for all of them together, in one statement.

A source has the columns office, project, kind, figure and `what`. Each of its rows is read once for
each of the eight ways to leave sides out, so that totals count distinct things and not sums of
parts. Both databases can do this; GROUPING SETS is known to one of them only.
"""

from itertools import product
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    case,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from bot.reports.domain import Cell
from bot.storage.transaction import Tx

_SIDES = Cell._fields
_EMPTY: Final[ColumnElement[str]] = literal_column("''")


def _way(bits: tuple[int, ...]) -> Select[Any]:
    sides = zip(_SIDES, bits, strict=True)
    columns: list[Any] = [literal_column(str(bit)).label(side) for side, bit in sides]
    return select(*columns)


_WAYS: Final = union_all(*map(_way, product((0, 1), repeat=len(_SIDES)))).subquery("ways")

Cube = list[tuple[Cell, str, int]]


async def distinct(tx: Tx, source: Select[Any]) -> Cube:
    """How many different `what` there are."""
    rows = source.distinct().subquery("source")
    return await _counted(tx, rows, func.count(rows.c.what.distinct()))


async def total(tx: Tx, source: Select[Any]) -> Cube:
    """The sum of `what`. Every side must be named: an empty one counts as part and as total."""
    rows = source.subquery("source")
    sides = [rows.c[side] for side in (*_SIDES, "figure")]
    once = select(*sides, func.sum(rows.c.what).label("what")).group_by(*sides).subquery("once")
    return await _counted(tx, once, func.sum(once.c.what))


async def _counted(tx: Tx, rows: Subquery, counting: Any) -> Cube:
    told = [
        case((_WAYS.c[side] == literal_column("1"), rows.c[side]), else_=_EMPTY).label(f"of_{side}")
        for side in _SIDES
    ]
    wanted = (
        select(*told, rows.c.figure.label("of_figure"), counting.label("counted"))
        .select_from(rows.join(_WAYS, true()))
        .group_by(*(f"of_{side}" for side in (*_SIDES, "figure")))
    )
    found = await tx.all(wanted)
    return [
        (
            Cell(row["of_office"], row["of_project"], row["of_kind"]),
            row["of_figure"],
            int(row["counted"]),
        )
        for row in found
    ]
