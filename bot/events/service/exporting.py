"""What coordinators take along as a file: their events, who comes, and a poster.

Made when it is sent, so it is judged again then who may have it: a reference names the colleague.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from bot.errors import Outdated, Refused, number_in
from bot.events import tables
from bot.events.desk import EventsDesk
from bot.events.domain import Event, Kind, Taken
from bot.events.service import listing, participants, rows
from bot.people import service as people
from bot.people.domain import Person, Role, require
from bot.storage.transaction import Tx

_AT_MOST = 1000

events = tables.events


class Guests(NamedTuple):
    """Who has, had or wants a place, each with their language ("": not known)."""

    event: Event
    all: Sequence[tuple[Taken, str]]


async def coming(desk: EventsDesk, tx: Tx, person: Person, *, now: datetime) -> list[Event]:
    """Events of the offices for which they plan, that take place and are not over.
    Raises StaffOnly."""
    require(person, Role.COORDINATOR)
    column = events.c
    wanted = (
        select(events)
        .where(column.kind.in_([str(one) for one in Kind]), column.ends_at > now)
        .where(column.cancelled_at.is_(None))
        .order_by(column.starts_at, column.id)
        .limit(_AT_MOST)
    )
    found = [rows.event(row) for row in await tx.all(wanted)]
    offices = {one.draft.office for one in found}
    theirs = {one for one in offices if await _may(desk, tx, person, one)}
    return [one for one in found if one.draft.office in theirs]


async def one(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Event:
    """An event for which they plan. Raises StaffOnly, NotYourOffice, Outdated."""
    require(person, Role.COORDINATOR)
    found = await rows.get(tx, event_id)
    if found.kind not in tuple(Kind):
        raise Outdated
    await desk.require_office(tx, person, found.draft.office or "")
    return found


async def guests(desk: EventsDesk, tx: Tx, person: Person, event_id: int) -> Guests:
    """Who comes to it. Raises StaffOnly, NotYourOffice, Outdated."""
    event = await one(desk, tx, person, event_id)
    listed = await listing.on_the_list(tx, event.id)
    known = await participants.people_of(tx, [taken.participant for taken in listed])
    languages = {key: found.language or "" for key, found in known.items()}
    return Guests(event, [(taken, languages.get(taken.participant, "")) for taken in listed])


async def colleague(tx: Tx, ref: str) -> Person:
    """For whom a file is made. Raises Outdated when they are gone."""
    person = await people.find_person(tx, number_in(ref))
    if person is None:
        raise Outdated
    return person


async def _may(desk: EventsDesk, tx: Tx, person: Person, office: str | None) -> bool:
    try:
        await desk.require_office(tx, person, office or "")
    except Refused:
        return False
    return True
