"""Shifts and series of shifts: planned, changed, called off. Places are events' own affair."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, select, update

from bot.errors import Outdated
from bot.events import tables as events_tables
from bot.events.domain import SHIFT, Draft, Event, EventId
from bot.events.service import listing
from bot.events.service import planning as events
from bot.people.domain import Person
from bot.schedule import due
from bot.storage.transaction import Row, Tx
from bot.volunteering import tables
from bot.volunteering.domain.assignments import Assignment
from bot.volunteering.domain.organisations import Contact, ContactId
from bot.volunteering.domain.shifts import LINK_LASTS, Shift
from bot.volunteering.service import assignments, contacts
from bot.volunteering.service.offices import require_office

ATTENDANCE_KIND: Final = "volunteering.attendance"
RETITLE_KIND: Final = "volunteering.retitle"
LISTED: Final = 12

_table = tables.shifts


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a coordinator plans for an assignment.

    capacity    None: no limit
    place       "": where the assignment is
    contact_id  None: the assignment's own contact person
    """

    starts_at: datetime
    ends_at: datetime
    capacity: int | None = None
    minimum: int = 0
    has_waitlist: bool = True
    place: str = ""
    contact_id: int | None = None


async def add(
    tx: Tx, person: Person, assignment_id: int, wanted: Wanted, *, now: datetime
) -> Shift:
    """One shift. Raises StaffOnly, NotYourOffice, EndsBeforeItBegins."""
    found = await assignments.get(tx, assignment_id)
    await require_office(tx, person, found.office)
    drafted = await draft(tx, found, wanted)
    event_id = await events.create(tx, drafted, now=now)
    await keep(tx, found, [event_id], wanted, ends_at=[drafted.ends_at])
    await assignments.note(tx, "shift.added", assignment_id, actor=person, now=now)
    return await get(tx, event_id)


async def add_series(
    tx: Tx,
    person: Person,
    assignment_id: int,
    wanted: Wanted,
    *,
    rule: str,
    until: date,
    skips_holidays: bool,
    now: datetime,
) -> list[EventId]:
    """Shifts by a rule of RFC 5545, the first as it is wanted. Raises BadRule, TooMany too."""
    found = await assignments.get(tx, assignment_id)
    await require_office(tx, person, found.office)
    drafted = await draft(tx, found, wanted)
    made = await events.make_series(
        tx, rule, drafted, now=now, until=until, skips_holidays=skips_holidays
    )
    known = await listing.of_all(tx, made)
    await keep(tx, found, made, wanted, ends_at=[known[one].ends_at for one in made])
    detail = {"count": len(made)}
    await assignments.note(tx, "shift.series", assignment_id, actor=person, now=now, detail=detail)
    return made


async def change(tx: Tx, person: Person, event_id: int, *, now: datetime, **values: Any) -> Shift:
    """Other times, place or number of places; who has a place hears of it from events."""
    before = await get(tx, event_id)
    await require_office(tx, person, before.assignment.office)
    changed = await events.change(tx, event_id, replace(before.event.draft, **values), now=now)
    await replan(tx, changed.id, changed.ends_at)
    await assignments.note(tx, "shift.changed", before.assignment.id, actor=person, now=now)
    return await get(tx, event_id)


async def cancel(tx: Tx, person: Person, event_id: int, *, now: datetime) -> Shift:
    """It does not take place. Raises Over, Cancelled."""
    before = await get(tx, event_id)
    await require_office(tx, person, before.assignment.office)
    await call_off(tx, event_id, now=now)
    await assignments.note(tx, "shift.cancelled", before.assignment.id, actor=person, now=now)
    return await get(tx, event_id)


async def call_off(tx: Tx, event_id: int, *, now: datetime) -> None:
    """The same for who has looked already if it may be. Raises Over, Cancelled."""
    await events.cancel(tx, event_id, now=now)
    await due.cancel(tx, f"shift:{event_id}:attendance")


async def new_link(tx: Tx, person: Person, event_id: int, *, now: datetime) -> Shift:
    """Links to its page that were given before no longer open."""
    before = await get(tx, event_id)
    await require_office(tx, person, before.assignment.office)
    own = _table.c.event_id == event_id
    await tx.execute(update(_table).where(own).values(link_version=_table.c.link_version + 1))
    await assignments.note(tx, "shift.new_link", before.assignment.id, actor=person, now=now)
    return await get(tx, event_id)


async def get(tx: Tx, event_id: int) -> Shift:
    """One of them. Raises Outdated when it is gone, or no shift."""
    return await _one(tx, _whole().where(_table.c.event_id == event_id))


async def hold(tx: Tx, event_id: int) -> Shift:
    """The same, and nobody else changes its places until this is committed."""
    events_ = events_tables.events
    held = _whole().where(_table.c.event_id == event_id).with_for_update(of=events_)
    return await _one(tx, held)


def _whole() -> Select[Any]:
    """A shift with its event, its assignment and its organisation's name, in one statement."""
    event = events_tables.events
    return (
        assignments.selected()
        .join(_table, _table.c.assignment_id == tables.assignments.c.id)
        .join(event, event.c.id == _table.c.event_id)
        .add_columns(*_named("shift", _table), *_named("event", event))
    )


def _named(of: str, table: Table) -> list[ColumnElement[Any]]:
    return [column.label(f"{of}_{column.name}") for column in table.c]


async def _one(tx: Tx, wanted: Select[Any]) -> Shift:
    row = await tx.one(wanted)
    if row is None:
        raise Outdated
    own = {column.name: row[f"shift_{column.name}"] for column in _table.c}
    event = {column.name: row[f"event_{column.name}"] for column in events_tables.events.c}
    return shift(own, listing.event_of(event), assignments.assignment(row))


async def of_assignment(tx: Tx, assignment_id: int, *, now: datetime) -> Sequence[Event]:
    """The next ones, and those whose attendance can still be said; the soonest first."""
    since = _table.c.assignment_id == assignment_id
    return await _events(tx, since, now=now)


async def of_organisations(
    tx: Tx, organisation_ids: Sequence[int], *, now: datetime
) -> Sequence[Event]:
    """The same of all assignments of some organisations."""
    mine = select(tables.assignments.c.id).where(
        tables.assignments.c.organisation_id.in_(organisation_ids)
    )
    return await _events(tx, _table.c.assignment_id.in_(mine), now=now)


async def _events(tx: Tx, which: ColumnElement[bool], *, now: datetime) -> Sequence[Event]:
    event = events_tables.events.c
    lately = event.ends_at > now - LINK_LASTS
    rows = await tx.all(
        select(event.id)
        .join(_table, _table.c.event_id == event.id)
        .where(which, lately, event.cancelled_at.is_(None))
        .where((event.ends_at > now) | _table.c.confirmed_at.is_(None))
        .order_by(event.starts_at, event.id)
        .limit(LISTED)
    )
    found = await listing.of_all(tx, [row["id"] for row in rows])
    return [found[EventId(row["id"])] for row in rows]


async def draft(tx: Tx, found: Assignment, wanted: Wanted) -> Draft:
    """The event that a shift is: what the assignment says, unless the shift says otherwise."""
    contact_id = wanted.contact_id or found.contact_id
    contact = None if contact_id is None else await contacts.find(tx, contact_id)
    return Draft(
        kind=SHIFT,
        titles=found.titles,
        texts=found.texts,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=wanted.place or found.place or found.organisation,
        town=found.town,
        latitude=found.latitude,
        longitude=found.longitude,
        capacity=wanted.capacity,
        minimum=wanted.minimum,
        has_waitlist=wanted.has_waitlist,
        contact=called(contact),
        office=found.office,
    )


def called(contact: Contact | None) -> str:
    """A contact person as volunteers read it: name and number."""
    return "" if contact is None else ", ".join(filter(None, (contact.name, contact.phone)))[:120]


async def keep(
    tx: Tx,
    found: Assignment,
    made: Sequence[EventId],
    wanted: Wanted,
    *,
    ends_at: Sequence[datetime],
) -> None:
    """These events are shifts of the assignment; when each is over, it is asked who came."""
    values = [
        {"event_id": one, "assignment_id": found.id, "contact_id": wanted.contact_id}
        for one in made
    ]
    await tx.execute(tx.insert(_table), values)
    for one, ends in zip(made, ends_at, strict=True):
        await replan(tx, one, ends)


async def retitle(tx: Tx, assignment_id: int, *, now: datetime) -> None:
    """Shifts to come are called as their assignment is now; that rings nobody. Another contact
    person does."""
    found = await assignments.get(tx, assignment_id)
    event = events_tables.events.c
    rows = await tx.all(
        select(event.id, _table.c.contact_id)
        .join(_table, _table.c.event_id == event.id)
        .where(_table.c.assignment_id == assignment_id)
        .where(event.ends_at > now, event.cancelled_at.is_(None))
    )
    own = {row["id"]: row["contact_id"] or found.contact_id for row in rows}
    known = {one: await contacts.find(tx, one) for one in set(own.values()) if one is not None}
    for one in (await listing.of_all(tx, list(own))).values():
        contact = called(known.get(own[one.id])) or one.draft.contact
        titles, texts = dict(found.titles), dict(found.texts)
        named = replace(one.draft, titles=titles, texts=texts, contact=contact)
        await events.change(tx, one.id, named, now=now)


async def plan_retitle(tx: Tx, assignment_id: int, *, now: datetime) -> None:
    """Have that done in a moment, outside this turn."""
    ref = str(assignment_id)
    await due.plan(tx, key=f"assignment:{ref}:retitle", kind=RETITLE_KIND, ref=ref, at=now)


async def replan(tx: Tx, event_id: EventId, ends_at: datetime) -> None:
    """When the shift is over, its contact person is asked who came."""
    ref = str(event_id)
    await due.plan(tx, key=f"shift:{ref}:attendance", kind=ATTENDANCE_KIND, ref=ref, at=ends_at)


def shift(row: Row, event: Event, assignment: Assignment) -> Shift:
    """A row, with its event and its assignment, as a value."""
    contact = row["contact_id"]
    return Shift(
        event=event,
        assignment=assignment,
        contact_id=None if contact is None else ContactId(contact),
        link_version=row["link_version"],
        edition=row["edition"],
        confirmed_at=row["confirmed_at"],
    )
