"""Who is on the list of an event, what somebody has, and at which position they wait."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import (
    TAKES_A_PLACE,
    Event,
    EventId,
    ParticipantId,
    Place,
    Registration,
    Taken,
)
from bot.events.service import rows
from bot.people import service as people
from bot.storage.transaction import Row, Tx

events, registrations = tables.events, tables.registrations
_LIVE = (Place.ASKED, Place.WAITING, Place.OFFERED, Place.PLACED)
_OF_EVENT = [column.label(f"of_event_{column.name}") for column in events.c]


async def on_the_list(tx: Tx, event_id: int) -> list[Taken]:
    """Everybody who has, had or wants a place, in the order of the waitlist."""
    table, people_ = registrations, tables.participants
    wanted = (
        select(table, people_.c.name.label("known_as"), people_.c.person_id)
        .join(people_, people_.c.id == table.c.participant_id)
        .where(table.c.event_id == event_id)
        .order_by(*rows.in_order())
    )
    found = await tx.all(wanted)
    ids = [row["person_id"] for row in found if row["person_id"] is not None]
    first_names = await people.staff_names(tx, ids) if ids else {}
    return [
        Taken(
            registration=rows.registration(row),
            name=row["known_as"] or first_names.get(row["person_id"], "—"),
            person_id=row["person_id"],
        )
        for row in found
    ]


async def of(tx: Tx, event_id: int, participant: int) -> Registration | None:
    """What this participant has at this event."""
    return await rows.of(tx, event_id, participant)


async def place(tx: Tx, registration_id: int) -> tuple[Event, Registration] | None:
    """A place by its own number, and its event."""
    found = await rows.by_id(tx, registration_id)
    event = None if found is None else await rows.find(tx, found.event_id)
    return None if found is None or event is None else (event, found)


class Look(NamedTuple):
    """An event as one person finds it.

    participant  None: never took part anywhere
    place        None: has nothing here
    """

    event: Event
    participant: ParticipantId | None
    place: Registration | None


async def seen_by(tx: Tx, person_id: int, event_id: int) -> Look:
    """The event, who the person is there, and what they have. Raises Outdated when it is gone."""
    table, who = registrations, tables.participants
    own = and_(table.c.event_id == events.c.id, table.c.participant_id == who.c.id)
    row = await tx.one(
        select(table, *_OF_EVENT, who.c.id.label("who"))
        .select_from(events.outerjoin(who, who.c.person_id == person_id).outerjoin(table, own))
        .where(events.c.id == event_id)
    )
    if row is None:
        raise Outdated
    return Look(
        event=_event(row),
        participant=row["who"],
        place=None if row["id"] is None else rows.registration(row),
    )


async def find(tx: Tx, event_id: int) -> Event | None:
    """The event, as it is now."""
    return await rows.find(tx, event_id)


async def get(tx: Tx, event_id: int) -> Event:
    """The same. Raises Outdated where there is none."""
    return await rows.get(tx, event_id)


def event_of(row: Row) -> Event:
    """The event of a row that somebody above read together with rows of their own."""
    return rows.event(row)


async def of_all(tx: Tx, ids: Iterable[int]) -> dict[EventId, Event]:
    """Several events by their numbers."""
    found = await tx.all(select(events).where(events.c.id.in_(set(ids))))
    return {EventId(row["id"]): rows.event(row) for row in found}


async def of_events(tx: Tx, participant: int, ids: Iterable[int]) -> dict[EventId, Registration]:
    """What this participant has at these events."""
    table = registrations
    own = (table.c.participant_id == participant) & table.c.event_id.in_(set(ids))
    found = [rows.registration(row) for row in await tx.all(select(table).where(own))]
    return {one.event_id: one for one in found}


async def of_person(tx: Tx, person_id: int, ids: Iterable[int]) -> dict[EventId, Registration]:
    """The same of a person, whether they ever took part or not."""
    table, who = registrations, tables.participants
    wanted = (
        select(table)
        .join(who, who.c.id == table.c.participant_id)
        .where(who.c.person_id == person_id, table.c.event_id.in_(set(ids)))
    )
    found = [rows.registration(row) for row in await tx.all(wanted)]
    return {one.event_id: one for one in found}


async def position(tx: Tx, mine: Registration) -> int:
    """The place on the waitlist: 1 is next. Of who does not wait: 0."""
    return (await positions(tx, [mine])).get(mine.id, 0)


async def positions(tx: Tx, places: Iterable[Registration]) -> dict[int, int]:
    """The same of several, by their own numbers; who does not wait is left out."""
    ids = [one.id for one in places if one.state is Place.WAITING]
    if not ids:
        return {}
    mine, other = registrations.alias("mine"), registrations.alias("other")
    earlier = or_(
        other.c.queued_at < mine.c.queued_at,
        and_(other.c.queued_at == mine.c.queued_at, other.c.id <= mine.c.id),
    )
    waits = and_(other.c.event_id == mine.c.event_id, other.c.state == Place.WAITING)
    found = await tx.all(
        select(mine.c.id, func.count().label("position"))
        .join(other, and_(waits, earlier))
        .where(mine.c.id.in_(ids), mine.c.state == Place.WAITING)
        .group_by(mine.c.id)
    )
    return {row["id"]: row["position"] for row in found}


async def ahead(
    tx: Tx, participant: int, *, now: datetime, kinds: Iterable[str] = ()
) -> list[tuple[Event, Registration]]:
    """What somebody has before them: places, offers, waitlists and invitations, soonest first."""
    table = registrations
    wanted = (
        select(table, *_OF_EVENT)
        .join(events, events.c.id == table.c.event_id)
        .where(table.c.participant_id == participant, table.c.state.in_(_LIVE))
        .where(events.c.ends_at > now, events.c.cancelled_at.is_(None))
        .order_by(events.c.starts_at, events.c.id)
    )
    if kinds:
        wanted = wanted.where(events.c.kind.in_(tuple(kinds)))
    found = await tx.all(wanted)
    return [(_event(row), rows.registration(row)) for row in found]


async def upcoming(
    tx: Tx, kind: str, *, now: datetime, until: datetime | None = None, limit: int = 50
) -> list[Event]:
    """Events of a kind to which people may sign up, soonest first."""
    wanted = (
        select(events)
        .where(events.c.kind == kind, events.c.starts_at > now)
        .where(events.c.cancelled_at.is_(None), events.c.is_open)
        .order_by(events.c.starts_at, events.c.id)
        .limit(limit)
    )
    if until is not None:
        wanted = wanted.where(events.c.starts_at < until)
    return [rows.event(row) for row in await tx.all(wanted)]


async def at_that_time(tx: Tx, participant: ParticipantId, event: Event) -> list[Event]:
    """Other events where somebody has a place at the time of this one."""
    table = registrations
    wanted = (
        select(events)
        .join(table, table.c.event_id == events.c.id)
        .where(table.c.participant_id == participant, table.c.state.in_(TAKES_A_PLACE))
        .where(events.c.id != event.id, events.c.cancelled_at.is_(None))
        .where(events.c.starts_at < event.ends_at, events.c.ends_at > event.starts_at)
    )
    return [rows.event(row) for row in await tx.all(wanted)]


def _event(row: Row) -> Event:
    """Of a row that also bears a place."""
    return rows.event({column.name: row[f"of_event_{column.name}"] for column in events.c})
