"""Start slots of a walk: planned, moved, given room; and who sets off when.

Everybody who walks has the moment at which they set off in their own row (`own_start`), so that
reminders and cards need not look for it; it changes here, and only here, with the slot.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from bot.errors import Outdated
from bot.events import tables
from bot.events.domain import WALKS_ALONG, Event, ParticipantId, Place
from bot.events.domain import refusals as refused
from bot.events.domain import teams as domain
from bot.events.domain.teams import Slot, SlotRoom
from bot.events.service import planned, rows, team_planned, team_rows
from bot.language.formats import BRUSSELS
from bot.storage.transaction import Tx

slots, registrations, teams = tables.start_slots, tables.registrations, tables.teams

MOST = 200  # slots that are made at once
_GATHERED = timedelta(minutes=2)  # who tries several times tells people once


async def plan(
    tx: Tx,
    event_id: int,
    moments: Sequence[datetime],
    *,
    now: datetime,
    walkers: int | None = None,
    most_teams: int | None = None,
) -> list[SlotRoom]:
    """Let walkers set off at these moments too; a moment that is there already stays as it is.
    Raises OutsideEvent, Cancelled, Over, Outdated."""
    event = await rows.hold(tx, event_id)
    _check_ahead(event, now)
    if not moments or not all(event.starts_at <= at < event.ends_at for at in moments):
        raise domain.OutsideEvent
    values = [
        {"event_id": event_id, "starts_at": at, "walkers": walkers, "most_teams": most_teams}
        for at in moments[:MOST]
    ]
    made = tx.insert(slots).values(values)
    await tx.execute(made.on_conflict_do_nothing(index_elements=["event_id", "starts_at"]))
    return await team_rows.rooms(tx, event_id)


def every(first: datetime, last: datetime, minutes: int) -> list[datetime]:
    """Moments from the first up to and with the last."""
    step = timedelta(minutes=max(1, minutes))
    found: list[datetime] = []
    while first <= last and len(found) < MOST:
        found.append(first)
        first += step
    return found


async def set_room(
    tx: Tx, slot_id: int, *, walkers: int | None, most_teams: int | None, now: datetime
) -> SlotRoom:
    """For so many there is room. Raises SlotTooSmall, Outdated."""
    _event, found = await _held(tx, slot_id)
    if walkers is not None and walkers < found.walkers:
        raise domain.SlotTooSmall(found.walkers)
    values = {"walkers": walkers, "most_teams": most_teams}
    await tx.execute(update(slots).where(slots.c.id == slot_id).values(values))
    return await _get(tx, slot_id)


async def move(tx: Tx, slot_id: int, starts_at: datetime, *, now: datetime) -> SlotRoom:
    """Who set off then sets off at this moment now, and hears of it soon.
    Raises OutsideEvent, SlotThere, Cancelled, Over, Outdated."""
    event, found = await _held(tx, slot_id)
    _check_ahead(event, now)
    if not event.starts_at <= starts_at < event.ends_at:
        raise domain.OutsideEvent
    there = and_(slots.c.event_id == event.id, slots.c.starts_at == starts_at)
    if await tx.scalar(select(slots.c.id).where(there, slots.c.id != slot_id)) is not None:
        raise domain.SlotThere
    await tx.execute(update(slots).where(slots.c.id == slot_id).values(starts_at=starts_at))
    await set_start(tx, event, _sets_off_in(slot_id), starts_at, now=now)
    return await _get(tx, found.slot.id)


async def remove(tx: Tx, slot_id: int, *, now: datetime) -> None:
    """Nobody sets off then. Raises SlotUsed, Outdated."""
    _event, found = await _held(tx, slot_id)
    if found.walkers or found.teams:
        raise domain.SlotUsed
    await tx.execute(delete(slots).where(slots.c.id == slot_id))


async def shift(tx: Tx, before: Event, event: Event, *, now: datetime) -> None:
    """The walk was moved: its slots move with it on the wall clock. People hear of the whole."""
    found = await team_rows.rooms(tx, event.id) if before.starts_at != event.starts_at else []
    later = _wall(event.starts_at) - _wall(before.starts_at)
    for one in reversed(found) if later > timedelta() else found:
        at = (_wall(one.slot.starts_at) + later).replace(tzinfo=BRUSSELS)
        own = update(slots).where(slots.c.id == one.slot.id)
        await tx.execute(own.values(starts_at=at))
        sets_off = update(registrations).where(_sets_off_in(one.slot.id))
        await tx.execute(sets_off.values(own_start=at, told_start=None, changed_at=now))


async def choose(tx: Tx, event: Event, slot_id: int, *, size: int, is_team: bool) -> Slot:
    """A slot of this event, which is held, with room for so many. Raises SlotFull, Outdated."""
    found = await _get(tx, slot_id)
    if found.slot.event_id != event.id:
        raise Outdated
    if not found.has_room(size, is_team=is_team):
        raise domain.SlotFull(size)
    return found.slot


async def set_start(
    tx: Tx,
    event: Event,
    who: ColumnElement[bool],
    starts_at: datetime | None,
    *,
    now: datetime,
    but: ParticipantId | None = None,
) -> None:
    """These registrations set off then. They are asked again whether they come, reminded of the
    new moment, and told soon; `but` knows it already."""
    table = registrations
    known = func.coalesce(table.c.told_start, table.c.own_start, event.starts_at)
    values = {"own_start": starts_at, "told_start": known, "confirmed_at": None, "changed_at": now}
    moved = update(table).where(table.c.event_id == event.id, who).values(values)
    found = [rows.registration(row) for row in await tx.all(moved.returning(table))]
    placed = [one for one in found if one.state is Place.PLACED]
    await planned.reminder_of_all(tx, event, placed, now=now)
    if but is not None:
        heard = and_(table.c.event_id == event.id, table.c.participant_id == but)
        await tx.execute(update(table).where(heard).values(told_start=None))
    if any(one.participant != but for one in found):
        await team_planned.starts(tx, event.id, at=now + _GATHERED)


def _sets_off_in(slot_id: int) -> ColumnElement[bool]:
    """Who walks alone in this slot, or with a team that has it."""
    theirs = select(teams.c.id).where(teams.c.slot_id == slot_id)
    with_team = registrations.c.team_id.in_(theirs)
    alone = and_(registrations.c.slot_id == slot_id, registrations.c.team_id.is_(None))
    return and_(with_team | alone, registrations.c.state.in_(WALKS_ALONG))


def _wall(at: datetime) -> datetime:
    return at.astimezone(BRUSSELS).replace(tzinfo=None)


async def _get(tx: Tx, slot_id: int) -> SlotRoom:
    found = await team_rows.room(tx, slot_id)
    if found is None:
        raise Outdated
    return found


async def _held(tx: Tx, slot_id: int) -> tuple[Event, SlotRoom]:
    """A slot whose event is held."""
    event = await rows.hold(tx, (await _get(tx, slot_id)).slot.event_id)
    return event, await _get(tx, slot_id)


def _check_ahead(event: Event, now: datetime) -> None:
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
