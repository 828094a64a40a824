"""The roster as the rows say it, and what a timetable has not read yet."""

from collections.abc import Iterable
from datetime import time
from typing import NamedTuple

from sqlalchemy import select

from bot.duty import tables
from bot.duty.desk import Timetable
from bot.duty.domain import Block, Closure, Duty, Roster
from bot.people import service as people
from bot.people.domain.team import Team
from bot.storage.transaction import Row, Tx


async def news(timetable: Timetable, tx: Tx) -> Roster | None:
    """The roster when it, or the team, changed since it was read; else None, for two queries."""
    known = timetable.roster
    staff = await _staff(tx)
    if staff == known.staff and await version(tx) == known.version:
        return None
    return await read(tx, staff=staff)


async def read(tx: Tx, *, staff: Iterable[int] | None = None) -> Roster:
    """The whole roster. Blocks of who is not of the team (any more) do not count."""
    team = await _staff(tx) if staff is None else frozenset(staff)
    blocks, closures = tables.duty_blocks, tables.duty_closures
    counted = await version(tx)  # first: what is written meanwhile is read again
    duties = [a_duty(row) for row in await tx.all(select(blocks).order_by(blocks.c.id))]
    closed = await tx.all(select(closures).order_by(closures.c.day, closures.c.id))
    return Roster(
        duties=tuple(one for one in duties if one.person_id in team),
        closures=tuple(_closure(row) for row in closed),
        version=counted,
        staff=team,
    )


async def look(tx: Tx) -> "Office":
    """The roster and the team, as they are now."""
    members = await people.staff_members(tx)
    team = Team({one.person.id: one.person.first_name for one in members})
    return Office(await read(tx, staff=team.names), team)


class Office(NamedTuple):
    """What a colleague looks at: the roster, and everybody of the team."""

    roster: Roster
    team: Team


async def version(tx: Tx) -> int:
    """Counted on with every change."""
    return int(await tx.scalar(select(tables.duty_version.c.last)) or 0)


async def _staff(tx: Tx) -> frozenset[int]:
    return frozenset(one.person.id for one in await people.staff_members(tx))


def a_duty(row: Row) -> Duty:
    """A row of the roster."""
    block = Block(time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
    return Duty(row["desk"], row["language"], row["weekday"], block, row["person_id"], id=row["id"])


def _closure(row: Row) -> Closure:
    return Closure(row["day"], row["desk"], row["language"], row["reason"], id=row["id"])
