"""The list of events: what is for somebody, by date, near a town if they like; and what they have
there already."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from bot.errors import Outdated, Refused
from bot.events import tables
from bot.events.desk import EventsDesk, Town
from bot.events.domain import Event, EventId, Kind, Registration
from bot.events.domain import refusals as refused
from bot.events.domain.finding import NEAR, PAGE, Page, Search, Seen
from bot.events.service import listing, participants, rows
from bot.language import formats
from bot.people.domain import Person
from bot.storage.transaction import Row, Tx

events = tables.events

_MOST = 1000  # events ahead that are looked through

_LIGHT = (
    events.c.id, events.c.audience, events.c.place, events.c.town, events.c.latitude,
    events.c.longitude, events.c.online_link,
)  # fmt: skip


class _Spot(NamedTuple):
    """Where an event is on the map."""

    name: str
    postcode: str
    latitude: float
    longitude: float


async def found(
    desk: EventsDesk, tx: Tx, person: Person, search: Search, *, page: int, now: datetime
) -> Page:
    """Events for this person, the soonest first: those of their role, their region and their
    language."""
    guest = await desk.guest(tx, person)
    town = town_at(desk, search.postcode)
    towns: dict[str, Town | None] = {}
    ids = [
        EventId(row["id"])
        for row in await tx.all(_ahead(search, now))
        if rows.audience(row).includes(guest, person.language)
        and (town is None or _is_near(desk, row, town, towns))
    ]
    some = ids[page * PAGE : (page + 1) * PAGE]
    return Page(await _seen(tx, person.id, some) if some else [], len(ids))


async def own(tx: Tx, person_id: int, *, now: datetime) -> list[Seen]:
    """Where somebody has a place, an offer, or waits; the soonest first."""
    mine = await participants.known(tx, person_id)
    if mine is None:
        return []
    ahead = await listing.ahead(tx, mine, now=now, kinds=tuple(Kind))
    return await _with_positions(tx, ahead)


async def one(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Seen:
    """One event with what the person has there. Raises Outdated for what is no event of the
    list, NotForYou for one of others."""
    event, _mine, place = await listing.seen_by(tx, person.id, event_id)
    if not is_listed(event):
        raise Outdated
    if place is None:
        await require_role(desk, tx, person, event)
    if place is None:
        return Seen(event, None, 0)
    return Seen(event.for_place(place), place, await listing.position(tx, place))


def is_listed(event: Event) -> bool:
    """Is it one of the events that everybody finds here? Shifts and talks have doors of their
    own."""
    return event.kind in tuple(Kind)


async def require_role(desk: EventsDesk, tx: Tx, person: Person, event: Event) -> None:
    """Raises NotForYou where an event is for others, such as the thanks for volunteers. Region
    and language only narrow the list: who was sent a link is welcome."""
    roles = event.draft.audience.roles
    if roles and not set(roles) & set((await desk.guest(tx, person)).roles):
        raise refused.NotForYou


def town_at(desk: EventsDesk, postcode: str) -> Town | None:
    """The town of a button; None: none was asked for, or there is none."""
    return _town(desk, postcode) if postcode else None


async def _seen(tx: Tx, person_id: int, ids: Sequence[EventId]) -> list[Seen]:
    known = await listing.of_all(tx, ids)
    mine = await listing.of_person(tx, person_id, ids)
    pairs = [(known[one], mine.get(one)) for one in ids if one in known]
    return await _with_positions(tx, pairs)


async def _with_positions(tx: Tx, pairs: Sequence[tuple[Event, Registration | None]]) -> list[Seen]:
    places = [place for _event, place in pairs if place is not None]
    positions = await listing.positions(tx, places)
    return [
        Seen(event, None, 0)
        if place is None
        else Seen(event.for_place(place), place, positions.get(place.id, 0))
        for event, place in pairs
    ]


def _ahead(search: Search, now: datetime) -> Select[Any]:
    first, after = search.days(formats.day_of(now))
    wanted = (
        select(*_LIGHT)
        .where(events.c.kind.in_(tuple(Kind)), events.c.starts_at > now)
        .where(events.c.cancelled_at.is_(None), events.c.is_open)
        .order_by(events.c.starts_at, events.c.id)
        .limit(_MOST)
    )
    if first is not None:
        wanted = wanted.where(events.c.starts_at >= _begins(first))
    if after is not None:
        wanted = wanted.where(events.c.starts_at < _begins(after))
    return wanted


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), formats.BRUSSELS)


def _is_near(desk: EventsDesk, row: Row, town: Town, towns: dict[str, Town | None]) -> bool:
    """What is online is near everywhere."""
    if row["online_link"] and not row["place"]:
        return True
    there: Town | None
    if row["latitude"] is not None and row["longitude"] is not None:
        there = _Spot("", "", row["latitude"], row["longitude"])
    else:
        name = row["town"]
        there = towns[name] if name in towns else towns.setdefault(name, _town(desk, name))
    return there is not None and desk.kilometres(town, there) <= NEAR


def _town(desk: EventsDesk, said: str) -> Town | None:
    try:
        return desk.town_of(said)
    except Refused:
        return None
