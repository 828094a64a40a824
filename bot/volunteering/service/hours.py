"""Hours that follow from shifts: derived when somebody was there, approved by the organisation."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, null, select

from bot.events import tables as events_tables
from bot.events.domain import EventId, ParticipantId, Place
from bot.language import formats
from bot.schedule import due
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import Status
from bot.volunteering.domain import hours as domain

DERIVED, APPROVED = domain.DERIVED, domain.APPROVED
REACHED_KIND = "volunteering.reached"
FIRST_KIND = "volunteering.first"
_DAY = timedelta(days=1)  # how it was is asked when it has sunk in

_table = tables.hours
_KEY = ("volunteer_id", "assignment_id", "worked_on", "event_id")


async def derive(tx: Tx, event_id: EventId, *, now: datetime) -> None:
    """Whoever was at a shift has its length as hours, until somebody corrects them; whoever turns
    out not to have been there has none."""
    shift = await _shift(tx, event_id)
    if shift is None:
        return
    places = events_tables.registrations.c
    there = select(places.participant_id).where(
        places.event_id == event_id, places.state == Place.ATTENDED
    )
    gone = _table.c.event_id == event_id, _table.c.volunteer_id.not_in(there)
    await tx.execute(delete(_table).where(*gone))
    volunteers = tables.volunteers.c.id
    rows = await tx.all(select(volunteers).where(volunteers.in_(there)))
    values = [_row(shift, row["id"], shift["minutes"], now=now) for row in rows]
    if not values:
        return
    made = tx.insert(_table).values(values).on_conflict_do_nothing(index_elements=list(_KEY))
    if await tx.all(made.returning(_table.c.id)):
        key, at = f"event:{event_id}:first", now + _DAY
        await due.plan_unless_planned(tx, key=key, kind=FIRST_KIND, ref=str(event_id), at=at)


async def approve(
    tx: Tx, event_id: EventId, minutes: Mapping[ParticipantId, int], *, via: str, now: datetime
) -> None:
    """The organisation or a coordinator says how long each was there; `derive` comes first."""
    said = _table.c.said_minutes
    for volunteer, worked in minutes.items():
        own = _table.c.event_id == event_id, _table.c.volunteer_id == volunteer
        values = {"minutes": worked, "state": APPROVED, "approved_via": via}
        agreed = {"said_minutes": case((said == worked, null()), else_=said)}
        changed = {**values, **agreed, "approved_at": now, "changed_at": now}
        await tx.execute(_table.update().where(*own).values(changed))
    await look_at_trajectories(tx, minutes, now=now)


async def look_at_trajectories(tx: Tx, volunteers: Iterable[int], *, now: datetime) -> None:
    """Hours were approved: somebody may have reached the target of their trajectory."""
    table = tables.trajectories
    ids = set(volunteers)
    mine = table.c.volunteer_id.in_(ids), table.c.status == Status.ACTIVE
    for row in await tx.all(select(table.c.volunteer_id).where(*mine)) if ids else ():
        ref = str(row["volunteer_id"])
        key = f"volunteer:{ref}:reached"
        await due.plan_unless_planned(tx, key=key, kind=REACHED_KIND, ref=ref, at=now)


async def of_event(tx: Tx, event_id: EventId) -> dict[ParticipantId, int]:
    """The minutes of each, as they stand."""
    found = select(_table.c.volunteer_id, _table.c.minutes).where(_table.c.event_id == event_id)
    return {ParticipantId(row["volunteer_id"]): row["minutes"] for row in await tx.all(found)}


async def _shift(tx: Tx, event_id: EventId) -> Row | None:
    event, shift = events_tables.events.c, tables.shifts.c
    row = await tx.one(
        select(event.starts_at, event.ends_at, shift.assignment_id)
        .join(tables.shifts, shift.event_id == event.id)
        .where(event.id == event_id)
    )
    if row is None:
        return None
    length = round((row["ends_at"] - row["starts_at"]) / timedelta(minutes=1))
    return {**row, "minutes": length, "event_id": event_id}


def _row(shift: Row, volunteer: int, minutes: int, *, now: datetime) -> dict[str, Any]:
    return {
        "volunteer_id": volunteer,
        "assignment_id": shift["assignment_id"],
        "event_id": shift["event_id"],
        "worked_on": formats.day_of(shift["starts_at"]),
        "minutes": minutes,
        "state": DERIVED,
        "created_at": now,
        "changed_at": now,
    }
