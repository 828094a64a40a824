"""Take a place, give it back, say no, say yes to an offer, confirm.

Guards against races: the event's row is held while its places are counted; the count is only ever
raised by a statement that looks at the capacity again; a participant has one row at an event. Who
takes a place is held before the event, so that nobody has two places at the same time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select, update

from bot.events import domain, tables
from bot.events.domain import Event, EventId, ParticipantId, Place, Registration, Taken
from bot.events.domain import refusals as refused
from bot.events.service import listing, planned, rows, team_rows
from bot.events.service.holding import Known, at_that_time, hold
from bot.storage.transaction import Tx

events, registrations = tables.events, tables.registrations


class Held(NamedTuple):
    """What somebody has now, and the event as it is with that."""

    event: Event
    place: Registration


async def take(
    tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime, companions: int = 0
) -> Place:
    """A place where one is free, else one on the waitlist: PLACED or WAITING.

    While others wait a free place is theirs, except in the last hours, when the first tap wins.
    Raises Over, Cancelled, Closed, Full, GroupTooLarge, AlreadyThere, Taken, Conflict.
    """
    held = await claim(tx, participant, event_id, now=now, companions=companions)
    return held.place.state


async def accept_offer(
    tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime
) -> Place:
    """Yes to an offer that still stands; a little late is fine as long as nobody else has it.

    Raises OfferOver, NoPlace (nobody asked them), Conflict, Over, Cancelled.
    """
    return (await claim_again(tx, participant, event_id, now=now, is_offer=True)).place.state


async def claim(
    tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime, companions: int = 0
) -> Held:
    """As `take`, and tells what there is to say about it."""
    event, known = await hold(tx, participant, event_id)
    return await take_held(tx, event, known, participant, companions=companions, now=now)


async def claim_again(
    tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime, is_offer: bool = False
) -> Held:
    """The same for who is, or was, on the list already. `is_offer`: as `accept_offer`.

    Raises NoPlace for who was never on the list, and what `take` and `accept_offer` raise.
    """
    event, known = await hold(tx, participant, event_id)
    if known.mine is None:
        raise refused.NoPlace
    if is_offer and known.mine.state is Place.LAPSED:
        raise refused.OfferOver
    companions = known.mine.companions  # who waits with others comes with them
    return await take_held(tx, event, known, participant, companions=companions, now=now)


async def take_held(
    tx: Tx,
    event: Event,
    known: Known,
    participant: ParticipantId,
    *,
    companions: int = 0,
    walk: Mapping[str, Any] = MappingProxyType({}),
    now: datetime,
) -> Held:
    """As `claim`, of an event that is held (`hold`). `walk`: columns of who walks with a team."""
    check_ahead(event, now)
    mine = known.mine
    if mine is not None and mine.state in domain.HAS_A_PLACE:
        raise refused.AlreadyThere
    if not event.is_open and (mine is None or mine.state not in _MAY_GO):
        raise refused.Closed
    if known.elsewhere is not None:
        raise refused.Conflict(await rows.get(tx, known.elsewhere))
    if mine is not None and mine.state is Place.OFFERED:
        return Held(event, await _place(tx, event, mine, walk=walk, now=now))
    has_room = await _has_room(tx, event, known, 1 + companions, now=now)
    state = Place.PLACED if has_room else Place.WAITING
    written = await _write(
        tx,
        event.id,
        participant,
        state,
        mine=mine,
        queued_at=known.stands_since(now),
        companions=companions,
        walk=walk,
        now=now,
    )
    if state is Place.WAITING:
        return Held(event, written)
    await count(tx, event, written.size)
    await planned.placed(tx, event, written, now=now)
    if event.first_tap_wins(now) and event.free == written.size:
        await _call_again(tx, event)
    return Held(replace(event, taken=event.taken + written.size), written)


async def _has_room(tx: Tx, event: Event, known: Known, size: int, *, now: datetime) -> bool:
    """A place, or one on the waitlist? Raises AlreadyThere, Taken, Full, GroupTooLarge."""
    refused.require_size(event, size)
    is_waiting = known.mine is not None and known.mine.state is Place.WAITING
    has_room, is_near = event.has_room(size), event.first_tap_wins(now)
    if is_waiting and not is_near:
        raise refused.AlreadyThere
    if is_waiting and not has_room:
        raise refused.Taken
    if has_room and not is_near and known.last is not None:
        has_room = False
        await planned.look(tx, event.id, at=now)  # who waits may all be somewhere else then
    if not has_room and not event.draft.has_waitlist:
        raise refused.Full
    return has_room


async def give_back(
    tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime, reason: str = ""
) -> Place:
    """The participant does not come, or waits no more; what is free goes to the next one.

    Returns what they have now: GIVEN_BACK, or DECLINED where it was only offered or asked.
    Raises NoPlace, Over.
    """
    event = await rows.hold(tx, event_id)
    mine = await rows.of(tx, event_id, participant)
    if mine is None or mine.state not in _MAY_GO:
        raise refused.NoPlace
    if event.for_place(mine).has_begun(now) and mine.state is Place.PLACED:
        raise refused.Over
    state = _MAY_GO[mine.state]
    await leave(tx, event, mine, state, now=now, reason=reason)
    return state


_MAY_GO = {
    Place.PLACED: Place.GIVEN_BACK,
    Place.WAITING: Place.GIVEN_BACK,
    Place.OFFERED: Place.DECLINED,
    Place.ASKED: Place.DECLINED,
}


async def leave(
    tx: Tx, event: Event, mine: Registration, state: Place, *, now: datetime, reason: str = ""
) -> None:
    """End what somebody has at an event that is held; a place that is free looks for its next."""
    ended = {"state": state, "reason": reason, "offered_until": None, "confirmed_at": None}
    await rows.change(tx, mine.id, now=now, **ended, **team_rows.NO_WALK)
    await team_rows.left(tx, mine, now=now)
    if mine.state in (Place.OFFERED, Place.PLACED):
        await count(tx, event, -mine.size)
        await planned.nothing(tx, mine)
        await look_elsewhere(tx, [mine.participant], event.id, now=now)


async def look_elsewhere(
    tx: Tx, participants: Sequence[ParticipantId], *here: EventId, now: datetime
) -> None:
    """They have time again: a place that they could not be offered may be theirs now. `here`: and
    where a place is free."""
    table = registrations
    wanted = (
        select(table.c.event_id)
        .distinct()
        .join(events, events.c.id == table.c.event_id)
        .where(table.c.participant_id.in_(participants), table.c.state == Place.WAITING)
        .where(events.c.starts_at > now, events.c.cancelled_at.is_(None))
    )
    waiting = [EventId(row["event_id"]) for row in await tx.all(wanted)]
    await planned.look(tx, *here, *waiting, at=now)


async def decline(tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime) -> None:
    """No to an invitation or an offer; who said it is not asked again for this event."""
    mine = await rows.of(tx, event_id, participant)
    if mine is not None and mine.state in _MAY_GO:
        await give_back(tx, participant, event_id, now=now)
        mine = replace(mine, state=Place.GIVEN_BACK)
    if mine is None or mine.state in (Place.GIVEN_BACK, Place.LAPSED):
        await _write(tx, EventId(event_id), participant, Place.DECLINED, mine=mine, now=now)


async def ask(
    tx: Tx, participants: Sequence[ParticipantId], event_id: int, *, now: datetime
) -> list[ParticipantId]:
    """Invite; who has said anything about this event already is left alone.

    Returns those who are asked now, in the order given; telling them is the caller's.
    Raises Over, Cancelled.
    """
    check_ahead(await rows.get(tx, event_id), now)
    if not participants:
        return []
    values = [
        {
            "event_id": event_id,
            "participant_id": one,
            "state": Place.ASKED,
            "created_at": now,
            "changed_at": now,
        }
        for one in participants
    ]
    made = tx.insert(registrations).values(values).on_conflict_do_nothing()
    result = await tx.execute(made.returning(registrations.c.participant_id))
    asked = set(result.scalars().all())
    return [one for one in participants if one in asked]


async def confirm(tx: Tx, participant: ParticipantId, event_id: int, *, now: datetime) -> None:
    """ "Yes, I come." Raises NoPlace, Over, Cancelled."""
    event = await rows.get(tx, event_id)
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.ends_at <= now:
        raise refused.Over
    mine = registrations.c.participant_id == participant
    own = and_(registrations.c.event_id == event_id, mine, registrations.c.state == Place.PLACED)
    done = await tx.execute(update(registrations).where(own).values(confirmed_at=now))
    if done.rowcount != 1:
        raise refused.NoPlace


async def on_the_list(tx: Tx, event_id: int) -> list[Taken]:
    """Everybody who has or wants a place, in the order of the waitlist, with first names."""
    return await listing.on_the_list(tx, event_id)


async def offer(
    tx: Tx, event: Event, waiting: Registration, *, until: datetime, now: datetime
) -> None:
    """Keep a place for the next in line of an event that is held."""
    await rows.change(tx, waiting.id, now=now, state=Place.OFFERED, offered_until=until)
    await count(tx, event, waiting.size)
    await planned.lapse(tx, waiting, at=until)


async def busy(
    tx: Tx, event: Event, participants: Sequence[ParticipantId]
) -> frozenset[ParticipantId]:
    """Who of these has a place somewhere else at that time."""
    table = registrations
    wanted = (
        select(table.c.participant_id)
        .join(events, events.c.id == table.c.event_id)
        .where(table.c.participant_id.in_(participants), at_that_time(event, events))
    )
    found = await tx.all(wanted)
    return frozenset(ParticipantId(row["participant_id"]) for row in found)


async def _place(
    tx: Tx, event: Event, mine: Registration, *, walk: Mapping[str, Any], now: datetime
) -> Registration:
    """An offer becomes a place: it counts already."""
    placed = {"state": Place.PLACED, "offered_until": None, "confirmed_at": None, **walk}
    own = update(registrations).where(registrations.c.id == mine.id)
    row = await tx.one(own.values(changed_at=now, **placed).returning(registrations))
    assert row is not None, "held"
    mine = rows.registration(row)
    await planned.no_lapse(tx, mine)
    await planned.placed(tx, event, mine, now=now)
    return mine


async def count(tx: Tx, event: Event, size: int) -> None:
    """Places that are used, or free again; never more than there are. Raises Full."""
    fits = or_(events.c.capacity.is_(None), events.c.taken + size <= events.c.capacity)
    guard = events.c.id == event.id if size < 0 else and_(events.c.id == event.id, fits)
    done = await tx.execute(update(events).where(guard).values(taken=events.c.taken + size))
    if done.rowcount != 1:
        raise refused.Full


async def _call_again(tx: Tx, event: Event) -> None:
    """The last place is gone: who waits hears again when another one is free."""
    waits = and_(registrations.c.event_id == event.id, registrations.c.state == Place.WAITING)
    await tx.execute(update(registrations).where(waits).values(offered_until=None))


async def _write(
    tx: Tx,
    event_id: EventId,
    participant: ParticipantId,
    state: Place,
    *,
    now: datetime,
    mine: Registration | None,
    queued_at: datetime | None = None,
    companions: int = 0,
    walk: Mapping[str, Any] = MappingProxyType({}),
) -> Registration:
    if mine is not None and mine.state is Place.WAITING:
        queued_at = mine.queued_at
    values = {
        "state": state,
        "companions": companions,
        "queued_at": queued_at or now,
        "offered_until": None,
        "confirmed_at": None,
        "changed_at": now,
        "reason": "",
        **walk,
    }
    key = {"event_id": event_id, "participant_id": participant, "created_at": now}
    made = tx.insert(registrations).values(**values, **key)
    made = made.on_conflict_do_update(index_elements=["event_id", "participant_id"], set_=values)
    row = await tx.one(made.returning(registrations))
    assert row is not None, "just written"
    return rows.registration(row)


def check_ahead(event: Event, now: datetime) -> None:
    """Does it still begin? Raises Cancelled, Over."""
    if event.cancelled_at is not None:
        raise refused.Cancelled
    if event.has_begun(now):
        raise refused.Over
