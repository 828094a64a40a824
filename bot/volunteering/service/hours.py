"""Hours that follow from shifts: derived when somebody was there, approved by the organisation."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, case, delete, literal, null, select

from bot.events import tables as events_tables
from bot.events.domain import EventId, ParticipantId, Place
from bot.language import formats
from bot.schedule import due
from bot.storage.transaction import Tx
from bot.volunteering import tables
from bot.volunteering.domain import Status
from bot.volunteering.domain import hours as domain

DERIVED, APPROVED = domain.DERIVED, domain.APPROVED
REACHED_KIND = "volunteering.reached"
FIRST_KIND = "volunteering.first"
_DAY = timedelta(days=1)  # how it was is asked when it has sunk in

_table = tables.hours
_KEY = ("volunteer_id", "assignment_id", "worked_on", "event_id")


class Worked(NamedTuple):
    """What counts of a shift for hours."""

    event: EventId
    assignment: int
    starts_at: datetime
    ends_at: datetime


async def derive(tx: Tx, event_id: EventId, *, now: datetime) -> None:
    """Whoever was at a shift has its length as hours, until somebody corrects them; whoever turns
    out not to have been there has none."""
    shift = await _worked(tx, event_id)
    if shift is not None:
        await take_out(tx, event_id)
        await put_in(tx, shift, now=now)


async def take_out(tx: Tx, event_id: EventId) -> None:
    """No hours for who was not there after all."""
    gone = _table.c.event_id == event_id, _table.c.volunteer_id.not_in(_there(event_id))
    await tx.execute(delete(_table).where(*gone))


async def put_in(tx: Tx, shift: Worked, *, now: datetime) -> None:
    """The shift's length for who was there and has no hours of it yet."""
    event_id, values = shift.event, _values(shift, now=now)
    columns = [literal(value, _table.c[name].type) for name, value in values.items()]
    volunteers = tables.volunteers.c.id
    who = select(volunteers, *columns).where(volunteers.in_(_there(event_id)))
    made = tx.insert(_table).from_select(["volunteer_id", *values], who)
    once = made.on_conflict_do_nothing(index_elements=list(_KEY))
    if await tx.all(once.returning(_table.c.id)):
        key, at = f"event:{event_id}:first", now + _DAY
        await due.plan_unless_planned(tx, key=key, kind=FIRST_KIND, ref=str(event_id), at=at)


def _there(event_id: EventId) -> Select[Any]:
    places = events_tables.registrations.c
    came = places.state == Place.ATTENDED
    return select(places.participant_id).where(places.event_id == event_id, came)


async def approve(
    tx: Tx, event_id: EventId, minutes: Mapping[ParticipantId, int], *, via: str, now: datetime
) -> None:
    """The organisation or a coordinator says how long each was there; `derive` comes first."""
    if not minutes:
        return
    worked = case(dict(minutes), value=_table.c.volunteer_id)
    own = _table.c.event_id == event_id, _table.c.volunteer_id.in_(minutes)
    said = _table.c.said_minutes
    values = {
        "minutes": worked,
        "state": APPROVED,
        "approved_via": via,
        "said_minutes": case((said == worked, null()), else_=said),
        "approved_at": now,
        "changed_at": now,
    }
    await tx.execute(_table.update().where(*own).values(values))
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


async def _worked(tx: Tx, event_id: EventId) -> Worked | None:
    event, shift = events_tables.events.c, tables.shifts.c
    row = await tx.one(
        select(event.starts_at, event.ends_at, shift.assignment_id)
        .join(tables.shifts, shift.event_id == event.id)
        .where(event.id == event_id)
    )
    if row is None:
        return None
    return Worked(event_id, row["assignment_id"], row["starts_at"], row["ends_at"])


def _values(shift: Worked, *, now: datetime) -> dict[str, Any]:
    return {
        "assignment_id": shift.assignment,
        "event_id": shift.event,
        "worked_on": formats.day_of(shift.starts_at),
        "minutes": round((shift.ends_at - shift.starts_at) / timedelta(minutes=1)),
        "state": DERIVED,
        "created_at": now,
        "changed_at": now,
    }
