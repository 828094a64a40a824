"""Reads volunteers, assignments and shifts into the index: all of them once, then what changed."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select, type_coerce

from bot.events import tables as events
from bot.events.domain import SHIFT
from bot.storage.columns import Moment
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain import Kind, State, matching
from bot.volunteering.domain.assignments import Stage
from bot.volunteering.domain.matching import Need, Seeker, Span, Spot
from bot.volunteering.domain.placing import LIVE
from bot.volunteering.matching import Index, Shift

_PAGE = 100  # rows; what one of them costs is far below the time in which others may wait
_MARGIN = timedelta(minutes=2)  # longer than any transaction: what it wrote bears its beginning
_WHOLE_EVERY = timedelta(hours=6)

_volunteers, _assignments, _events = tables.volunteers, tables.assignments, events.events

_SEEKER = select(
    _volunteers.c.id,
    _volunteers.c.state,
    _volunteers.c.latitude,
    _volunteers.c.longitude,
    _volunteers.c.max_km,
    _volunteers.c.mobility,
    _volunteers.c.availability,
    _volunteers.c.languages,
    _volunteers.c.sectors,
    _volunteers.c.talents,
    _volunteers.c.wishes,
    _volunteers.c.has_licence,
    _volunteers.c.age_group,
)
_NEED = select(
    _assignments.c.id,
    _assignments.c.state,
    _assignments.c.kind,
    _assignments.c.sector,
    _assignments.c.latitude,
    _assignments.c.longitude,
    _assignments.c.languages,
    _assignments.c.talents,
    _assignments.c.availability,
    _assignments.c.needs_licence,
    _assignments.c.least_age,
    _assignments.c.ends_on,
)
# What lasts stands in the index only while a place is free; who takes or gives up one of them
# touches the assignment's row (`placements.touch`).
_PLACED = (
    select(func.count())
    .where(tables.placements.c.assignment_id == _assignments.c.id)
    .where(tables.placements.c.state.in_(LIVE))
    .correlate(_assignments)
    .scalar_subquery()
)
_NEEDS = _NEED.add_columns(_assignments.c.wanted, _PLACED.label("placed"))
_SHIFT = select(
    _events.c.id,
    tables.shifts.c.assignment_id,
    _events.c.starts_at,
    _events.c.ends_at,
    _events.c.starts_wall,
    _events.c.latitude,
    _events.c.longitude,
    _events.c.capacity,
    _events.c.taken,
    _events.c.has_waitlist,
    _events.c.is_open,
    _events.c.cancelled_at,
).join(tables.shifts, tables.shifts.c.event_id == _events.c.id)

_WHOLE = _SHIFT.join(_assignments, _assignments.c.id == tables.shifts.c.assignment_id).add_columns(
    *(one.label(f"need_{one.name}") for one in _NEED.selected_columns)
)


async def ready(index: Index, tx: Tx, *, now: datetime) -> None:
    """See to it that the index was read at least once."""
    if index.known_at is None:
        await refresh(index, tx, now=now)


async def refresh(index: Index, tx: Tx, *, now: datetime) -> int:
    """Read what was written since the last time, or everything. How many rows were read?

    Nobody has to say that something changed: each row bears the moment at which it was written, by
    the clock of the one database that all replicas share.
    """
    async with index.turn:
        reached = await tx.scalar(select(type_coerce(func.now(), Moment)))
        is_whole = index.whole_at is None or reached - index.whole_at > _WHOLE_EVERY
        since = None if index.known_at is None or is_whole else index.known_at - _MARGIN
        target = Index() if is_whole else index
        read = await _read(target, tx, since, now=now)
        if is_whole:
            index.become(target)
            index.whole_at = reached
        index.known_at = reached
        return read


async def seeker(tx: Tx, volunteer: int) -> Seeker | None:
    """A volunteer as the row says it now; None for who is not approved (any more)."""
    row = await tx.one(_SEEKER.where(_volunteers.c.id == volunteer))
    return None if row is None or row["state"] != State.ACTIVE else a_seeker(row)


async def opening(tx: Tx, event: int) -> matching.Opening | None:
    """A shift as the rows say it now, whether or not people may still sign up."""
    row = await tx.one(_WHOLE.where(_events.c.id == event))
    if row is None:
        return None
    need = a_need({one.name: row[f"need_{one.name}"] for one in _NEED.selected_columns})
    shift = a_shift(row)
    spot = shift.spot or need.spot
    return matching.Opening(need=need, event=event, spot=spot, parts=shift.parts, span=shift.span)


async def _read(index: Index, tx: Tx, since: datetime | None, *, now: datetime) -> int:
    wanted: Sequence[
        tuple[Select[Any], Table, list[ColumnElement[bool]], Callable[[Row], None]]
    ] = (
        (_SEEKER, _volunteers, [], lambda row: _put_seeker(index, row)),
        (_NEEDS, _assignments, [], lambda row: _put_need(index, row)),
        (_SHIFT, _events, [_events.c.kind == SHIFT], lambda row: _put_shift(index, row)),
    )
    read = 0
    for statement, table, which, put in wanted:
        if since is not None:
            which = [*which, table.c.touched_at >= since]
        elif table is _events:
            which = [*which, table.c.ends_at > now]
        async for page in _pages(tx, statement.where(*which), table):
            for row in page:
                put(row)
            read += len(page)
    return read


async def _pages(tx: Tx, statement: Select[Any], table: Table) -> AsyncIterator[Sequence[Row]]:
    """Rows in order of their numbers, so few at a time that nobody waits for them."""
    last = 0
    while True:
        page = await tx.all(statement.where(table.c.id > last).order_by(table.c.id).limit(_PAGE))
        if page:
            yield page
        if len(page) < _PAGE:
            return
        last = page[-1]["id"]


def _put_seeker(index: Index, row: Row) -> None:
    if row["state"] == State.ACTIVE:
        index.seekers[row["id"]] = a_seeker(row)
    else:
        index.seekers.pop(row["id"], None)


def _put_need(index: Index, row: Row) -> None:
    is_full = row["kind"] != Kind.OCCASIONAL and row["placed"] >= row["wanted"]
    if row["state"] == Stage.OPEN and not is_full:
        index.needs[row["id"]] = a_need(row), row["ends_on"]
    else:
        index.needs.pop(row["id"], None)


def _put_shift(index: Index, row: Row) -> None:
    if row["is_open"] and row["cancelled_at"] is None:
        index.put_shift(a_shift(row))
    else:
        index.take_out_shift(row["id"])


def a_seeker(row: Row) -> Seeker:
    """What may count of a volunteer's row."""
    age = row["age_group"]
    return Seeker(
        id=row["id"],
        spot=_spot(row),
        reach=matching.reach_of(row["max_km"], row["mobility"]),
        max_km=row["max_km"],
        availability=row["availability"],
        languages=row["languages"],
        sectors=frozenset(row["sectors"]),
        talents=frozenset(row["talents"]),
        wishes=frozenset(row["wishes"]),
        has_licence=row["has_licence"],
        is_adult=None if age is None else age == "adult",
    )


def a_need(row: Row) -> Need:
    """What an assignment's row asks."""
    return Need(
        id=row["id"],
        kind=row["kind"],
        sector=row["sector"],
        spot=_spot(row),
        languages=row["languages"],
        talents=frozenset(row["talents"]),
        availability=row["availability"],
        needs_licence=row["needs_licence"],
        least_age=row["least_age"],
    )


def a_shift(row: Row) -> Shift:
    """A shift, its times by the clock on the wall."""
    starts = datetime.fromisoformat(row["starts_wall"])
    capacity = row["capacity"]
    return Shift(
        event=row["id"],
        assignment=row["assignment_id"],
        span=Span(row["starts_at"], row["ends_at"]),
        parts=matching.parts_of(starts, starts + (row["ends_at"] - row["starts_at"])),
        spot=_spot(row),
        has_room=capacity is None or row["taken"] < capacity,
        has_waitlist=row["has_waitlist"],
    )


def _spot(row: Row) -> Spot | None:
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return Spot(row["latitude"], row["longitude"])
