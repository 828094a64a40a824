"""Two participants turn out to be one: what both have at events comes together in one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update

from bot.events import domain, tables
from bot.events.domain import Event, ParticipantId, Place, Registration
from bot.events.service import listing, places, rows, team_rows
from bot.schedule import due
from bot.storage.transaction import Tx

_people, _places = tables.participants, tables.registrations

# Of two at the same event the one that says more stays.
_MORE: Final = (
    Place.ATTENDED,
    Place.PLACED,
    Place.OFFERED,
    Place.WAITING,
    Place.ABSENT,
    Place.ASKED,
    Place.GIVEN_BACK,
    Place.LAPSED,
    Place.DECLINED,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What somebody has to know of it.

    twice    events at which both had something; one of the two is gone
    at_once  pairs of events at the same time, at both of which they have a place now
    """

    twice: Sequence[Event] = ()
    at_once: Sequence[tuple[Event, Event]] = ()


async def merge(tx: Tx, keep: ParticipantId, gone: ParticipantId, *, now: datetime) -> Merged:
    """From now on `keep` has what `gone` had. `remove` follows when nothing else hangs on it."""
    await _hold(tx, keep, gone)
    wanted = select(_places).where(_places.c.participant_id == gone).order_by(_places.c.event_id)
    twice = []
    for theirs in [rows.registration(row) for row in await tx.all(wanted)]:
        mine = await rows.of(tx, theirs.event_id, keep)
        if mine is not None:
            event = await rows.hold(tx, theirs.event_id)
            await _settle(tx, event, mine, theirs, now=now)
            twice.append(event)
    theirs_now = _places.c.participant_id == gone
    await tx.execute(update(_places).where(theirs_now).values(participant_id=keep))
    led = tables.teams.c.captain_id == gone
    await tx.execute(update(tables.teams).where(led).values(captain_id=keep))
    return Merged(twice, await _at_once(tx, keep, now=now))


async def remove(tx: Tx, gone: ParticipantId) -> None:
    """Nobody is called this any more."""
    await tx.execute(delete(_people).where(_people.c.id == gone))


async def _hold(tx: Tx, *both: ParticipantId) -> None:
    """Neither takes a place meanwhile."""
    wanted = select(_people.c.id).where(_people.c.id.in_(both)).order_by(_people.c.id)
    await tx.all(wanted.with_for_update())


async def _settle(
    tx: Tx, event: Event, mine: Registration, theirs: Registration, *, now: datetime
) -> None:
    """One of two places at one event goes, and is free for others where it was kept."""
    best, other = sorted((mine, theirs), key=lambda one: _MORE.index(one.state))
    if best.state is Place.WAITING and other.state is Place.WAITING:
        since = min(one.queued_at or now for one in (best, other))
        await rows.change(tx, best.id, now=now, queued_at=since)
    if other.state in (Place.PLACED, Place.OFFERED):
        await places.leave(tx, event, other, Place.GIVEN_BACK, now=now)
    elif other.state in domain.TAKES_A_PLACE:
        used = tables.events.c.taken - other.size
        own = tables.events.c.id == event.id
        await tx.execute(update(tables.events).where(own).values(taken=used))
    elif other.state is Place.WAITING:
        await team_rows.left(tx, other, now=now)
    await due.cancel(tx, f"place:{other.id}:missed")
    await tx.execute(delete(_places).where(_places.c.id == other.id))


async def _at_once(tx: Tx, who: ParticipantId, *, now: datetime) -> list[tuple[Event, Event]]:
    """Places ahead that overlap: a person decides which of the two stays."""
    ahead = [
        event
        for event, place in await listing.ahead(tx, who, now=now)
        if place.state in (Place.PLACED, Place.OFFERED)
    ]
    return [
        (one, other)
        for number, one in enumerate(ahead)
        for other in ahead[number + 1 :]
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at
    ]
