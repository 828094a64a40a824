"""Rows of events and places as the values that the rest of the house knows."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, select, update
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import (
    Audience,
    Draft,
    Event,
    EventId,
    ParticipantId,
    Place,
    Registration,
    Role,
)
from bot.language.formats import BRUSSELS
from bot.storage.transaction import Row, Tx

events, registrations = tables.events, tables.registrations

PLANNED = (
    "kind", "titles", "texts", "starts_at", "ends_at", "place", "town", "latitude", "longitude",
    "capacity", "minimum", "has_waitlist", "contact", "office", "online_link", "languages",
    "has_interpreter", "for_children", "access", "audience", "picture",
)  # fmt: skip


def event(row: Row) -> Event:
    """An event of its row."""
    return Event(
        id=EventId(row["id"]),
        draft=_draft(row),
        taken=row["taken"],
        sequence=row["sequence"],
        series_id=row["series_id"],
        is_open=row["is_open"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        cancelled_at=row["cancelled_at"],
        before=row["before"],
        off_why=row["off_why"],
        off_words=row["off_words"],
    )


def audience(row: Row) -> Audience:
    """For whom the event of a row is."""
    known = row["audience"]
    return Audience(
        roles=tuple(Role(role) for role in known.get("roles", ())),
        offices=tuple(known.get("offices", ())),
        languages=tuple(known.get("languages", ())),
    )


def _draft(row: Row) -> Draft:
    values = {name: row[name] for name in PLANNED}
    return Draft(**{**values, "languages": tuple(row["languages"]), "audience": audience(row)})


def registration(row: Row) -> Registration:
    """A place, or the wish for one, of its row."""
    return Registration(
        id=row["id"],
        event_id=EventId(row["event_id"]),
        participant=ParticipantId(row["participant_id"]),
        state=Place(row["state"]),
        companions=row["companions"],
        queued_at=row["queued_at"],
        offered_until=row["offered_until"],
        confirmed_at=row["confirmed_at"],
        reason=row["reason"],
        is_excused=row["is_excused"],
        team=row["team_id"],
        slot=row["slot_id"],
        own_start=row["own_start"],
        wants_team=row["wants_team"],
    )


def planned(draft: Draft) -> dict[str, Any]:
    """The columns of a draft; the wall clock is what people agreed on."""
    values = {name: getattr(draft, name) for name in PLANNED}
    wall = draft.starts_at.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")
    return {
        **values,
        "titles": dict(draft.titles),
        "texts": dict(draft.texts),
        "languages": list(draft.languages),
        "audience": {name: said for name, said in asdict(draft.audience).items() if said},
        "starts_wall": wall,
    }


async def written(tx: Tx, statement: ReturningInsert[Any] | ReturningUpdate[Any]) -> Event:
    """The event that this statement writes and returns."""
    row = await tx.one(statement)
    assert row is not None, "just written"
    return event(row)


async def find(tx: Tx, event_id: int) -> Event | None:
    """The event, as it is now."""
    row = await tx.one(select(events).where(events.c.id == event_id))
    return None if row is None else event(row)


async def get(tx: Tx, event_id: int) -> Event:
    """The same. Raises Outdated where there is none."""
    found = await find(tx, event_id)
    if found is None:
        raise Outdated
    return found


async def hold(tx: Tx, event_id: int | ScalarSelect[int]) -> Event:
    """The event, and nobody else changes its places until this is committed: whoever looks at
    places to give one away holds the event first. Raises Outdated where there is none."""
    row = await tx.one(select(events).where(events.c.id == event_id).with_for_update())
    if row is None:
        raise Outdated
    return event(row)


async def of(tx: Tx, event_id: int, participant: int) -> Registration | None:
    """What this participant has at this event."""
    table = registrations
    own = (table.c.event_id == event_id) & (table.c.participant_id == participant)
    row = await tx.one(select(table).where(own))
    return None if row is None else registration(row)


async def by_id(tx: Tx, registration_id: int) -> Registration | None:
    """The same, by its own number."""
    row = await tx.one(select(registrations).where(registrations.c.id == registration_id))
    return None if row is None else registration(row)


async def all_of(
    tx: Tx, event_id: int, *states: Place, where: ColumnElement[bool] | None = None
) -> list[Registration]:
    """Places of an event in these states (none: all), in the order of the waitlist."""
    table = registrations
    wanted = select(table).where(table.c.event_id == event_id)
    if states:
        wanted = wanted.where(table.c.state.in_(states))
    if where is not None:
        wanted = wanted.where(where)
    return [registration(row) for row in await tx.all(wanted.order_by(*in_order()))]


def in_order() -> tuple[ColumnElement[Any], ...]:
    """The order of the waitlist: who came first, and of the same moment the lower number."""
    return registrations.c.queued_at, registrations.c.id


async def change(tx: Tx, registration_id: int, *, now: datetime, **values: Any) -> None:
    """Write what has changed of a place."""
    own = registrations.c.id == registration_id
    await tx.execute(update(registrations).where(own).values(changed_at=now, **values))
