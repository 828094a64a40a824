"""An assignment that closes: its shifts are called off, and whoever has a place hears it."""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, func, select

from bot.events import tables as events_tables
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.desk import VolunteeringDesk
from bot.volunteering.domain.assignments import Assignment, Stage
from bot.volunteering.domain.placing import CLOSED, LIVE
from bot.volunteering.service import assignments, ending, placements, planning

KIND: Final = "volunteering.close"
_AT_ONCE: Final = 20  # shifts in one transaction

_shifts, _events, _placed = tables.shifts, events_tables.events, tables.placements


class Ahead(NamedTuple):
    """What ends with an assignment."""

    shifts: int
    people: int  # places that people have at these shifts
    places: int  # that last


async def ahead(tx: Tx, assignment: int, *, now: datetime) -> Ahead:
    """What would end with it."""
    counted = select(func.count().label("n"), func.sum(_events.c.taken).label("people"))
    of_it = counted.join(_shifts, _shifts.c.event_id == _events.c.id)
    row = await tx.one(of_it.where(*_to_come(assignment, now)))
    live = _placed.c.assignment_id == assignment, _placed.c.state.in_(LIVE)
    places = await tx.scalar(select(func.count()).select_from(_placed).where(*live))
    assert row is not None
    return Ahead(int(row["n"]), int(row["people"] or 0), int(places))


async def close(tx: Tx, person: Person, assignment: int, *, now: datetime) -> Assignment:
    """Nobody new from now on; what is ahead ends in a moment. Raises StaffOnly, NotYourOffice."""
    found = await assignments.close(tx, person, assignment, now=now)
    await due.plan(tx, key=f"assignment:{assignment}:close", kind=KIND, ref=str(assignment), at=now)
    return found


async def finish(desk: VolunteeringDesk, tx: Tx, ref: str, *, now: datetime) -> None:
    """Call off what is ahead, a part at a time; unless it was opened again meanwhile."""
    found = await assignments.get(tx, int(ref))
    if found.stage is not Stage.CLOSED:
        return
    wanted = select(_events.c.id).join(_shifts, _shifts.c.event_id == _events.c.id)
    wanted = wanted.where(*_to_come(found.id, now)).order_by(_events.c.starts_at, _events.c.id)
    rows = await tx.all(wanted.limit(_AT_ONCE))
    for row in rows:
        await planning.call_off(tx, row["id"], now=now)
    for number in (await ending.of_assignment(tx, found.id))[:_AT_ONCE]:
        placement = await placements.find(tx, number, holds=True)
        if placement is not None and placement.state in LIVE:
            await ending.close(desk, tx, placement, CLOSED, now=now)
    if len(rows) == _AT_ONCE or await ending.of_assignment(tx, found.id):
        await due.plan(tx, key=f"assignment:{ref}:close", kind=KIND, ref=ref, at=now)


def _to_come(assignment: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_ahead = _events.c.starts_at > now
    return _shifts.c.assignment_id == assignment, is_ahead, _events.c.cancelled_at.is_(None)
