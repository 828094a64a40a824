"""What people agreed on is the clock on the wall. When the rules about summer time change, what is
ahead moves with that clock; nobody has to be told, for nothing has changed for them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.events import tables
from bot.events.domain import Place
from bot.events.service import planned, rows
from bot.storage.transaction import Row, Tx

_events = tables.events


async def keep(tx: Tx, *, now: datetime) -> None:
    """Every night: events whose moment is no longer that of their wall clock, and their
    reminders."""
    ahead = _events.c.starts_at > now, _events.c.cancelled_at.is_(None)
    for row in await tx.all(select(_events).where(*ahead).order_by(_events.c.id)):
        starts_at = _moment(row)
        if starts_at != row["starts_at"]:
            await _move(tx, row, starts_at, now=now)


async def _move(tx: Tx, row: Row, starts_at: datetime, *, now: datetime) -> None:
    values = {
        "starts_at": starts_at,
        "ends_at": row["ends_at"] + (starts_at - row["starts_at"]),
        "sequence": row["sequence"] + 1,
        "changed_at": now,
    }
    own = update(_events).where(_events.c.id == row["id"]).values(values).returning(_events)
    event = await rows.written(tx, own)
    await planned.evening(tx, event, now=now)
    for place in await rows.all_of(tx, event.id, Place.PLACED):
        await planned.reminder(tx, event, place, now=now)


def _moment(row: Row) -> datetime:
    """When the clock on the wall shows what was agreed on, by the rules of today. An hour that
    exists twice stays the one it is."""
    zone = ZoneInfo(row["zone"])
    local = row["starts_at"].astimezone(zone)
    if local.strftime("%Y-%m-%dT%H:%M") == row["starts_wall"]:
        return row["starts_at"]  # type: ignore[no-any-return]
    wall = datetime.fromisoformat(row["starts_wall"]).replace(tzinfo=zone)
    return wall.astimezone(row["starts_at"].tzinfo)
